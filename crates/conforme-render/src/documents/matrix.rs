//! The conformity matrix: provision × status × measures × evidence, and how far each gate is.

use super::evidence::{self, parted};
use super::page::{Page, status, words};
use super::{OWN_LANGUAGE, Subject};
use crate::document::{Cell, Document, Tone};
use conforme_catalogue::Stage;
use conforme_core::assessment::{Gate, Status, Verdict};

/// Every verdict with what it rests on, and the gates.
pub(super) fn document(subject: &Subject<'_>) -> Document {
    let mut page = Page::default();
    gates(subject, &mut page);
    verdicts(subject, &mut page);
    requirements(subject, &mut page);
    // Operators other than the manufacturer have a matrix of their own duties, without Annex I.
    let passed = subject.gate(Stage::Documentation) == Gate::Passed && !subject.assessment.verdicts.is_empty();
    let speech = subject.speech(OWN_LANGUAGE);
    subject.document("conformity-matrix".to_owned(), "Conformity matrix".to_owned(), &speech, passed, page)
}

fn gates(subject: &Subject<'_>, page: &mut Page) {
    page.heading(1, "Gates");
    page.paragraph("A gate counts its own verdicts and those of the gates before it.");
    let rows = Stage::ALL.into_iter().map(|stage| {
        let gate = subject.gate(stage);
        let tone = match gate {
            Gate::Passed => Tone::Good,
            Gate::Failed => Tone::Bad,
            Gate::Undecided => Tone::Unknown,
        };
        let count = |status| Cell::text(subject.assessment.count(stage, status).to_string());
        vec![
            Cell::text(stage.word()),
            Cell::toned(gate.word(), tone),
            count(Status::Met),
            count(Status::NotApplicable),
            count(Status::Partly),
            count(Status::Unknown),
            count(Status::NotMet),
        ]
    });
    let columns =
        [("Gate", 3), ("Result", 2), ("Met", 1), ("Not applicable", 2), ("Partly", 1), ("Unknown", 1), ("Not met", 1)];
    page.table("Gates and the verdicts they count", &columns, rows.collect());
}

fn verdicts(subject: &Subject<'_>, page: &mut Page) {
    page.heading(1, "Provisions");
    if subject.assessment.verdicts.is_empty() {
        page.info("No provision was judged; the findings of the assessment say why.");
    }
    let rows = subject.assessment.verdicts.iter().map(|it| {
        vec![
            Cell::text(it.id.to_string()),
            Cell::text(&it.cites),
            Cell::text(&it.title),
            status(it.status),
            Cell::text(by_what(it)),
            Cell::text(measures(it)),
            Cell::text(evidence_of(subject, it)),
            Cell::text(reasons(it)),
            Cell::text(&it.because),
        ]
    });
    let columns = [
        ("Provision", 3),
        ("Place in the law", 4),
        ("Title", 4),
        ("Status", 2),
        ("By what", 3),
        ("Measures", 3),
        ("Evidence", 4),
        ("Risks and reasons", 4),
        ("Because", 5),
    ];
    page.table("Provisions, verdicts and what they rest on", &columns, rows.collect());
}

/// What the standards that are followed ask, one by one.
fn requirements(subject: &Subject<'_>, page: &mut Page) {
    if subject.assessment.requirements.is_empty() {
        return;
    }
    page.heading(1, "Requirements of standards");
    page.paragraph(
        "Standards that are followed requirement by requirement. What is met here counts for the law in the strength of the \
         mapping; a mapping gives no presumption of conformity.",
    );
    let rows = subject.assessment.requirements.iter().map(|it| {
        vec![
            Cell::text(it.id.to_string()),
            Cell::text(&it.title),
            status(it.status),
            Cell::text(measures(it)),
            Cell::text(evidence_of(subject, it)),
            Cell::text(&it.because),
        ]
    });
    let columns = [("Requirement", 4), ("Title", 4), ("Status", 2), ("Measures", 3), ("Evidence", 4), ("Because", 5)];
    page.table("Requirements, verdicts and what they rest on", &columns, rows.collect());
}

/// Whether presumption, evidence, a reason or a statement of the dossier carries the verdict.
fn by_what(verdict: &Verdict) -> String {
    let presumed: Vec<&str> = roles(verdict, "presumption").collect();
    let has = |role: &str| verdict.chain.iter().any(|it| it.role == role);
    match verdict.status {
        Status::Met | Status::Partly if !presumed.is_empty() => format!("presumption: {}", presumed.join(", ")),
        Status::Met | Status::Partly if has("evidence") => "measures with evidence".to_owned(),
        Status::Met | Status::Partly => "what the dossier states".to_owned(),
        Status::NotApplicable if has("reason") => "the reason given".to_owned(),
        Status::NotApplicable => "the facts of the product".to_owned(),
        Status::Unknown | Status::NotMet => String::new(),
    }
}

fn roles<'a>(verdict: &'a Verdict, role: &'a str) -> impl Iterator<Item = &'a str> {
    verdict.chain.iter().filter(move |it| it.role == role).map(|it| it.id.as_str())
}

fn measures(verdict: &Verdict) -> String {
    let links = verdict.chain.iter().filter(|it| it.role == "measure");
    links.map(|it| parted(" ", [it.id.as_str(), &it.text])).collect::<Vec<_>>().join("\n")
}

fn evidence_of(subject: &Subject<'_>, verdict: &Verdict) -> String {
    let links = verdict.chain.iter().filter(|it| it.role == "evidence");
    let lines =
        links.map(|it| parted(": ", [evidence::short(subject, &it.id).as_str(), it.status.map_or("", Status::word)]));
    lines.collect::<Vec<_>>().join("\n")
}

fn reasons(verdict: &Verdict) -> String {
    let links =
        verdict.chain.iter().filter(|it| matches!(it.role, "risk" | "reason" | "fact" | "provision" | "requirement"));
    links.map(|it| parted(": ", [it.id.as_str(), &it.text])).collect::<Vec<_>>().join("\n")
}

/// How each point of Annex I applies and is implemented, in words for the technical documentation (Art. 13(3) and (4)).
pub(super) fn implementation<'a>(
    subject: &Subject<'_>,
    caption: &str,
    verdicts: impl Iterator<Item = &'a Verdict>,
    page: &mut Page,
) {
    let rows = verdicts.map(|it| {
        let facts = it.chain.iter().filter(|it| it.role == "fact");
        let facts = facts.map(|it| parted(": ", [it.id.as_str(), &it.text]));
        let lines: Vec<String> = roles(it, "measure").map(|id| measure(subject, id)).chain(facts).collect();
        let how = parted("\n", std::iter::once(it.because.as_str()).chain(lines.iter().map(String::as_str)));
        vec![
            Cell::text(it.cites.split_once(", ").map_or(it.cites.as_str(), |(_, place)| place)),
            Cell::text(&it.title),
            status(it.status),
            Cell::text(how),
            Cell::text(evidence_of(subject, it)),
        ]
    });
    let columns = [
        ("Point", 3),
        ("Essential cybersecurity requirement", 4),
        ("Status", 2),
        ("How it applies and is implemented", 7),
        ("Evidence", 4),
    ];
    page.table(caption, &columns, rows.collect());
}

fn measure(subject: &Subject<'_>, id: &str) -> String {
    let record = subject.loaded.dossier.measure.iter().find(|it| words(it.id.as_ref()) == id);
    let Some(record) = record else { return id.to_owned() };
    let state = record.state.map_or("no state", |it| it.value.word());
    let title = format!("{id} {} ({state})", words(record.title.as_ref()));
    parted(": ", [title.as_str(), words(record.how.as_ref())])
}

/// Verdicts of a document's gate that are not shown, and the findings that keep it from passing.
pub(super) fn open_points(subject: &Subject<'_>, stage: Stage, page: &mut Page) {
    let open = subject.assessment.verdicts.iter().filter(|it| it.stage <= stage && !super::draft::holds(it));
    let rows: Vec<Vec<Cell>> = open
        .map(|it| vec![Cell::text(&it.cites), Cell::text(&it.title), status(it.status), Cell::text(&it.because)])
        .collect();
    let nothing_open = rows.is_empty();
    page.table("Provisions not shown", &[("Place in the law", 4), ("Title", 4), ("Status", 2), ("Because", 6)], rows);
    let findings: Vec<Vec<Cell>> = subject
        .assessment
        .at(stage)
        .filter(|it| it.severity <= conforme_catalogue::Severity::Undecided)
        .map(|it| {
            let tone = if it.severity == conforme_catalogue::Severity::Error { Tone::Bad } else { Tone::Unknown };
            vec![
                Cell::toned(it.severity.word(), tone),
                Cell::text(&it.code),
                Cell::text(&it.message),
                Cell::text(&it.next),
            ]
        })
        .collect();
    let columns = [("Weight", 2), ("Finding", 3), ("What is open", 6), ("Next step", 6)];
    if nothing_open && findings.is_empty() {
        page.paragraph("Nothing but what is noted as missing above.");
    }
    page.table("Findings", &columns, findings);
}
