//! JSON v1 of the register: promised fields, apart from the types of the catalogue. `conforme schema standards` describes it.

mod answers;
mod product;

pub use answers::{Brief, Changed, Changes, Late, Presumed, Touched, change, changes, overdue, presumption};
pub use product::{Of, OfProduct, Subject, of_product, presumed_for};

use super::{certainty, known};
use conforme_catalogue::{Authority, Catalogue, Citation, Id, Presumption, StageEvent, StageKind, Standard};
use conforme_core::register::{self, Deadline};
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;

/// Version of these forms.
pub const VERSION: u32 = 1;

/// What stands at the head of every answer.
#[derive(Debug, Clone, Serialize)]
pub struct Head {
    version: u32,
    kind: &'static str,
    on: String,
    catalogue: String,
    overlays: Vec<Overlay>,
    ignored: Vec<Ignored>,
}

/// A folder laid over the catalogue.
#[derive(Debug, Clone, Serialize, PartialEq)]
pub struct Overlay {
    name: String,
    sha256: String,
}

#[derive(Debug, Clone, Serialize)]
struct Ignored {
    code: String,
    standard: String,
    overlay: String,
    file: String,
}

/// `conforme standards` and `conforme standards show`.
#[derive(Debug, Serialize)]
pub struct Register<'a> {
    #[serde(flatten)]
    head: Head,
    summary: Summary,
    standards: Vec<Entry<'a>>,
}

#[derive(Debug, Serialize)]
struct Summary {
    tracked: usize,
    etsi_public_drafts: usize,
    cited: usize,
    overdue: usize,
    supporting: usize,
    listed: usize,
    stages: BTreeMap<&'static str, usize>,
    stages_by_body: BTreeMap<String, BTreeMap<&'static str, usize>>,
}

/// A standard with all that is known of it.
#[derive(Debug, Serialize)]
pub struct Entry<'a> {
    id: &'a str,
    reference: &'a str,
    aliases: &'a [String],
    title: &'a str,
    topic: &'a str,
    body: &'a str,
    committee: &'a str,
    role: conforme_catalogue::StandardRole,
    tracked: bool,
    items: &'a [String],
    tier: &'a str,
    categories: &'a [Id],
    stage: Option<Step<'a>>,
    history: Vec<Past<'a>>,
    public_draft: Option<Draft<'a>>,
    citations: Vec<Cited<'a>>,
    deadlines: Vec<Due<'a>>,
    overdue: bool,
    authority: Authority,
    covers: &'a [Id],
    not_covered: &'a [Id],
    presumption: Presumption,
    presumption_note: Option<&'a str>,
    scope: &'a str,
    source: &'a [String],
    as_of: String,
    certainty: Option<&'static str>,
    doubt: Option<&'a str>,
    overlay: Option<Overlay>,
}

/// A step that was reached or announced.
#[derive(Debug, Serialize, PartialEq)]
pub struct Step<'a> {
    stage: &'static str,
    date: String,
    kind: &'static str,
    version: Option<&'a str>,
    public: bool,
    source: &'a [String],
    note: Option<&'a str>,
    certainty: Option<&'static str>,
    doubt: Option<&'a str>,
    overlay: Option<Overlay>,
}

#[derive(Debug, Serialize)]
struct Past<'a> {
    #[serde(flatten)]
    step: Step<'a>,
    reached: bool,
}

#[derive(Debug, Serialize)]
struct Draft<'a> {
    version: Option<&'a str>,
    date: String,
    stage: &'static str,
}

/// A citation, with the overlay it came from.
#[derive(Debug, Serialize, PartialEq)]
pub struct Cited<'a> {
    edition: &'a str,
    oj: &'a str,
    from: String,
    withdrawn: Option<String>,
    provisions: &'a [Id],
    restriction: Option<&'a str>,
    overlay: Option<Overlay>,
    in_force: bool,
}

/// A deadline of the request; what was proposed stands apart and counts for nothing.
#[derive(Debug, Serialize, PartialEq)]
pub struct Due<'a> {
    item: &'a str,
    deadline: String,
    draft_deadline: String,
    passed: bool,
    days_late: i32,
    proposed: Vec<Proposed<'a>>,
}

#[derive(Debug, Serialize, PartialEq)]
struct Proposed<'a> {
    deadline: String,
    source: &'a [String],
    certainty: Option<&'static str>,
    doubt: Option<&'a str>,
}

/// The head of an answer.
pub fn head(law: &Catalogue, kind: &'static str, on: Date) -> Head {
    let ignored = |it: &conforme_catalogue::Ignored| Ignored {
        code: it.code.clone(),
        standard: it.subject.clone(),
        overlay: it.overlay.clone(),
        file: it.file.clone(),
    };
    Head {
        version: VERSION,
        kind,
        on: on.to_string(),
        catalogue: law.mark(),
        overlays: law.overlays.iter().map(|it| Overlay { name: it.name.clone(), sha256: it.sha256.clone() }).collect(),
        ignored: law.ignored.iter().map(ignored).collect(),
    }
}

/// The register, or some standards of it, on a day.
pub fn register<'a>(law: &'a Catalogue, standards: &[&'a Standard], on: Date) -> Register<'a> {
    let summary = register::summary(law, on);
    let word = |it: &Option<conforme_catalogue::StageName>| it.map_or("unknown", conforme_catalogue::StageName::word);
    let mut stages: BTreeMap<&'static str, usize> = BTreeMap::new();
    for (stage, count) in summary.stages.values().flatten() {
        *stages.entry(word(stage)).or_default() += count;
    }
    let by_body = |(body, stages): (&String, &BTreeMap<_, usize>)| {
        (body.clone(), stages.iter().map(|(it, count)| (word(it), *count)).collect())
    };
    Register {
        head: head(law, "standards", on),
        summary: Summary {
            tracked: summary.tracked,
            etsi_public_drafts: summary.etsi_public_drafts,
            cited: summary.cited,
            overdue: summary.overdue,
            supporting: summary.supporting,
            listed: standards.len(),
            stages,
            stages_by_body: summary.stages.iter().map(by_body).collect(),
        },
        standards: standards.iter().map(|it| entry(law, it, on)).collect(),
    }
}

/// One standard on a day.
pub fn entry<'a>(law: &'a Catalogue, standard: &'a Standard, on: Date) -> Entry<'a> {
    let deadlines = register::deadlines(law, standard);
    let late = standard.tracked && !register::adopted(standard, on);
    Entry {
        id: standard.id.as_str(),
        reference: &standard.reference,
        aliases: &standard.aliases,
        title: &standard.title,
        topic: &standard.title,
        body: &standard.body,
        committee: &standard.committee,
        role: standard.role,
        tracked: standard.tracked,
        items: &standard.items,
        tier: &standard.tier,
        categories: &standard.categories,
        stage: standard.stage(on).map(|it| step(law, it)),
        history: standard
            .stages
            .iter()
            .map(|it| Past { step: step(law, it), reached: it.kind != StageKind::Planned && it.date.first() <= on })
            .collect(),
        public_draft: standard.public_draft(on).map(|it| Draft {
            version: it.version.as_deref(),
            date: it.date.to_string(),
            stage: it.stage.word(),
        }),
        citations: standard.citations.iter().map(|it| cited(law, standard, it, on)).collect(),
        overdue: late && deadlines.iter().any(|it| it.passed(on)),
        deadlines: deadlines.iter().map(|it| due(it, late, on)).collect(),
        authority: standard.authority(on),
        covers: &standard.covers,
        not_covered: &standard.not_covered,
        presumption: standard.presumption,
        presumption_note: standard.presumption_note.as_deref(),
        scope: standard.scope.trim(),
        source: &standard.basis.source,
        as_of: standard.basis.as_of.to_string(),
        certainty: standard.basis.certainty.map(certainty),
        doubt: standard.basis.doubt.as_deref(),
        overlay: overlay(law, standard.basis.overlay.as_deref()),
    }
}

/// An overlay by its name, with its hash.
pub fn overlay(law: &Catalogue, name: Option<&str>) -> Option<Overlay> {
    register::overlay(law, name).map(|it| Overlay { name: it.name.clone(), sha256: it.sha256.clone() })
}

pub(super) fn step<'a>(law: &Catalogue, event: &'a StageEvent) -> Step<'a> {
    Step {
        stage: event.stage.word(),
        date: event.date.to_string(),
        kind: known(event.kind),
        version: event.version.as_deref(),
        public: event.public,
        source: &event.source,
        note: event.note.as_deref(),
        certainty: event.certainty.map(certainty),
        doubt: event.doubt.as_deref(),
        overlay: overlay(law, event.overlay.as_deref()),
    }
}

pub(super) fn cited<'a>(law: &Catalogue, standard: &'a Standard, citation: &'a Citation, on: Date) -> Cited<'a> {
    Cited {
        edition: &citation.edition,
        oj: &citation.oj,
        from: citation.from.to_string(),
        withdrawn: citation.withdrawn.map(|it| it.to_string()),
        provisions: standard.presumed(citation),
        restriction: citation.restriction.as_deref(),
        overlay: overlay(law, citation.overlay.as_deref()),
        in_force: citation.in_force(on),
    }
}

pub(super) fn due<'a>(deadline: &Deadline<'a>, open: bool, on: Date) -> Due<'a> {
    let record = deadline.record;
    let passed = deadline.passed(on);
    Due {
        item: deadline.item,
        deadline: record.deadline.to_string(),
        draft_deadline: record.draft_deadline.to_string(),
        passed,
        days_late: if open && passed { (on - record.deadline.first()).get_days() } else { 0 },
        proposed: record
            .proposed
            .iter()
            .map(|it| Proposed {
                deadline: it.deadline.to_string(),
                source: &it.source,
                certainty: it.certainty.map(certainty),
                doubt: it.doubt.as_deref(),
            })
            .collect(),
    }
}
