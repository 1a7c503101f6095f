//! The engine: one release of one product, judged against the law of its placing date with what is known on a day.

use crate::assessment::{Assessment, Link, RouteAnswer, Status, Verdict, VerdictKind};
use crate::checks::{self, risks};
use crate::chronology;
use crate::classify::{self, Regime};
use crate::codes;
use crate::dates::{Dates, choose, placing, variant};
use crate::decision::{decide, family, parts};
use crate::dossier::Role;
use crate::evidence;
use crate::files::FileFacts;
use crate::finding::Reporter;
use crate::following::{self, Following};
use crate::inquiry::{Answer, Inquiry, order, sort};
use crate::load::Loaded;
use crate::presumption::{self, Presumed};
use crate::references;
use crate::risk;
use crate::surveillance;
use conforme_catalogue::{Applies, Authority, Catalogue, FactValue, Library, Provision, Severity, Tier};
use jiff::civil::Date;
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

/// What is to be judged.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// The law and the standards.
    pub law: &'a Catalogue,
    /// The dossier.
    pub loaded: &'a Loaded,
    /// What standards ask: at least the editions that the dossier follows.
    pub library: &'a Library,
    /// The files it names, as they are.
    pub files: &'a FileFacts,
    /// Version of the release; the newest not yet placed when there is none.
    pub release: Option<&'a str>,
    /// Name of the variant of a family.
    pub variant: Option<&'a str>,
    /// What is known, stale or overdue.
    pub as_of: Date,
}

/// Judges one release of a product. Pure: equal arguments give an equal assessment.
pub fn evaluate(question: Question<'_>) -> Assessment {
    let Question { law, loaded, library, files, as_of, .. } = question;
    let dossier = &loaded.dossier;
    let mut reporter = Reporter::new(law);
    let release = choose(dossier, question.release, as_of);
    let variant = question.variant.and_then(|name| variant(dossier, name));
    overlays(law, &mut reporter);
    let readable = loaded.is_readable();
    let dates = placing(law, release, as_of, &mut reporter);
    if readable && release.is_none() {
        reporter.report(codes::NO_RELEASE, Some(loaded.start()), &[]);
    }

    let mut facts = classify::facts(law, dossier, &loaded.facts);
    if let Some(voluntary) = dossier.product.as_ref().and_then(|it| it.voluntary).filter(|it| it.value) {
        reporter.report(codes::JUDGED_VOLUNTARILY, Some(voluntary.place), &[]);
        facts.set("supply.commercial", FactValue::Flag(true));
        facts.set("supply.own_use", FactValue::Flag(false));
        facts.set("supply.earns", FactValue::Words(vec!["price".to_owned()]));
    }
    let classified = classify::classify(law, &facts, &dossier.part);
    let decided = readable.then(|| decide(loaded, &classified, &mut reporter)).flatten();
    let tier = decided.as_ref().and_then(|id| law.categories.get(id)).map(|it| it.tier);

    let open = [codes::CLASSIFICATION_UNDECIDED, codes::SCOPE_UNKNOWN];
    let needs_decision = reporter.findings().iter().any(|it| open.iter().any(|code| code.as_str() == it.code));

    let (nothing, presumed) = (Presumed::new(), OnceCell::new());
    let mut inquiry = Inquiry {
        law,
        dossier,
        sources: &loaded.sources,
        files,
        start: loaded.start(),
        release,
        variant,
        placing: dates.law,
        as_of,
        facts: facts.clone(),
        classified: &classified,
        tier,
        presumed: &nothing,
        carried: BTreeMap::new(),
        uncovered: &[],
        allowed: &[],
        row: None,
        not_applicable: &BTreeSet::new(),
        evidence: BTreeMap::new(),
        statuses: BTreeMap::new(),
    };
    let aside = if readable { risks::put_aside(&inquiry, &mut reporter) } else { BTreeSet::new() };
    inquiry.not_applicable = &aside;
    let mut following = Following::default();
    if readable && !dates.reporting_only {
        inquiry.evidence = evidence::judge_all(&inquiry, &mut reporter);
        following = following::judge(&inquiry, library, &mut reporter);
        inquiry.carried = std::mem::take(&mut following.carried);
    }
    inquiry.presumed =
        presumed.get_or_init(|| presumption::presumed(dossier, dates.law, &following.open, &mut reporter));
    let uncovered = presumption::uncovered(law, inquiry.presumed, &aside);
    if let Some(tier) = tier {
        facts.set("class.tier", FactValue::Word(tier.word().to_owned()));
    }
    facts.set("presumption.full", FactValue::Flag(uncovered.is_empty()));
    facts.set("scheme.mandated", FactValue::Flag(false));
    let routes = tier.and_then(|_| classify::routes(law, &facts, presumption::scheme_available(dossier)));
    let allowed = routes.as_ref().map_or_else(Vec::new, |it| it.allowed.clone());
    inquiry.uncovered = &uncovered;
    inquiry.allowed = &allowed;
    inquiry.row = routes.as_ref().map(|it| it.row);
    inquiry.not_applicable = &aside;

    let mut verdicts = Vec::new();
    if readable {
        references::report(dossier, &mut reporter);
        family(dossier, &mut reporter);
        parts(dossier, &mut reporter);
        if !dates.reporting_only {
            risk::report(&inquiry, &mut reporter);
            chronology::report(&inquiry, &mut reporter);
            surveillance::report(&inquiry, &mut reporter);
            chronology::series(&inquiry, &facts, &mut reporter);
        }
        if applies_at_all(&inquiry, dossier.role()) {
            verdicts = judge_all(&mut inquiry, dates, &mut reporter);
        }
    }
    let answer = routes.map(|it| RouteAnswer {
        row: it.row.id.clone(),
        about: it.row.about.clone(),
        cites: it.row.cites.clone(),
        allowed: it.allowed,
        uncovered: if tier == Some(Tier::ImportantClassI) { uncovered.clone() } else { Vec::new() },
    });
    let product = variant.and_then(|it| it.name.as_ref()).map_or(dossier.name(), |it| it.value.as_str()).to_owned();
    let release = inquiry.version().to_owned();
    let evidence = inquiry.evidence.into_values().collect();
    let mut findings = loaded.findings.clone();
    findings.extend(reporter.into_findings());
    sort(&mut findings, loaded.start());
    findings.dedup();
    let catalogue = law.mark();
    Assessment {
        product,
        release,
        placing: dates.law,
        as_of,
        catalogue,
        category: decided,
        tier,
        needs_decision,
        classified,
        routes: answer,
        evidence,
        requirements: following.verdicts,
        not_full: following.open,
        verdicts,
        findings,
    }
}

fn overlays(law: &Catalogue, reporter: &mut Reporter<'_>) {
    for overlay in &law.overlays {
        reporter.report(codes::RESTS_ON_OVERLAY, None, &[("overlay", &overlay.name), ("digest", &overlay.sha256)]);
    }
    for ignored in &law.ignored {
        let overlay = format!("{}/{}", ignored.overlay, ignored.file);
        reporter.report(
            codes::CITATION_WITHOUT_REFERENCE,
            None,
            &[("standard", &ignored.subject), ("overlay", &overlay)],
        );
    }
}

fn applies_at_all(inquiry: &Inquiry<'_>, role: Role) -> bool {
    match inquiry.classified.regime {
        Regime::None => false,
        Regime::Steward => role == Role::Steward,
        Regime::Product | Regime::Unknown => true,
    }
}

/// Judges every provision that speaks to the author of the dossier and is in force.
fn judge_all(inquiry: &mut Inquiry<'_>, dates: Dates, reporter: &mut Reporter<'_>) -> Vec<Verdict> {
    let law = inquiry.law;
    let role = inquiry.dossier.role();
    // Own name or a substantial modification makes a manufacturer (Art. 21, 22): its duties are asked for as well.
    let made = role == Role::Modifier
        || inquiry
            .dossier
            .supply_chain
            .as_ref()
            .is_some_and(|it| [it.own_brand, it.substantially_modified].into_iter().flatten().any(|it| it.value));
    let manufacturer = (made && role != Role::Manufacturer).then(|| Role::Manufacturer.word());
    let speaks = |it: &String| it == role.word() || manufacturer == Some(it.as_str());
    let application = law.day("application").unwrap_or(Date::MAX);
    let test_version = inquiry.facts.flag("supply.test_version");
    let in_force = |it: &&Provision| {
        let from = it.from.first();
        // Unfinished software for testing need not comply (Art. 4(3)); only the conditions of that are asked for.
        if test_version && it.check.as_deref() != Some("test-version") {
            return false;
        }
        // Reporting applies to everything on the market, whenever it was placed (Art. 69(3)).
        if from < application {
            from <= inquiry.as_of.max(dates.law)
        } else {
            !dates.reporting_only && from <= dates.law
        }
    };
    let mut provisions: Vec<&Provision> =
        law.provisions.values().filter(|it| it.check.is_some() && it.who.iter().any(speaks)).filter(in_force).collect();
    // Points that sum up others come after them; the order of the law is restored below.
    provisions.sort_by_key(|it| match it.check.as_deref() {
        Some("security-level" | "justifications") => 1,
        Some("part-one") => 2,
        Some("user-information-item") if it.id.as_str().ends_with("II-8") => 1,
        _ => 0,
    });
    let mut verdicts: Vec<Verdict> = provisions.into_iter().filter_map(|it| judge(inquiry, it, reporter)).collect();
    verdicts.sort_by(|left, right| order(&left.id).cmp(&order(&right.id)).then_with(|| left.id.cmp(&right.id)));
    verdicts
}

fn judge(inquiry: &mut Inquiry<'_>, provision: &Provision, reporter: &mut Reporter<'_>) -> Option<Verdict> {
    let checked = provision.checked()?;
    let check = checks::find(checked.check)?;
    let answer = match put_aside(inquiry, provision) {
        Some(answer) => answer,
        None => check(inquiry, provision, reporter),
    };
    inquiry.statuses.insert(provision.id.clone(), answer.status);
    let severity = match answer.status {
        Status::NotMet | Status::Partly => Some(Severity::Error),
        Status::Unknown => Some(Severity::Undecided),
        Status::Met | Status::NotApplicable => None,
    };
    if let Some(severity) = severity {
        let message = format!("{}: {}", provision.title, answer.because);
        reporter.provision(provision, severity, answer.place, message, answer.next.clone());
    }
    Some(Verdict {
        kind: VerdictKind::Provision,
        id: provision.id.clone(),
        title: provision.title.clone(),
        cites: provision.cites.clone(),
        authority: provision.basis.authority.unwrap_or(Authority::Law),
        stage: checked.stage,
        status: answer.status,
        because: answer.because,
        chain: answer.chain,
    })
}

/// A provision that the dossier puts aside with a reason that holds.
fn put_aside(inquiry: &Inquiry<'_>, provision: &Provision) -> Option<Answer> {
    if provision.applies == Applies::Always || !inquiry.not_applicable.contains(&provision.id) {
        return None;
    }
    let record = inquiry
        .dossier
        .not_applicable
        .iter()
        .find(|it| it.provision.as_ref().is_some_and(|it| it.value == provision.id.as_str()))?;
    let reason = record.reason.as_ref()?;
    let mut chain = vec![Link {
        role: "reason",
        id: String::new(),
        text: reason.value.clone(),
        place: Some(reason.place),
        status: None,
    }];
    chain.extend(record.refers_to.iter().map(|it| Link {
        role: "risk",
        id: it.value.clone(),
        text: String::new(),
        place: Some(it.place),
        status: None,
    }));
    Some(Answer::not_applicable(reason.value.clone()).chain(chain).at(Some(reason.place)))
}
