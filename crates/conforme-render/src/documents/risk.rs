//! The cybersecurity risk assessment: context, criteria, assets, threats, risks, what remains and who accepted it.

use super::evidence::parted;
use super::page::{Page, cell, date, joined, row, words};
use super::{OWN_LANGUAGE, Subject, figures, matrix};
use crate::document::{Cell, Document, Tone};
use conforme_catalogue::Stage;
use conforme_core::dossier::{Acceptance, Dossier, Risk};
use conforme_core::risk::scale;

/// The report.
pub(super) fn document(subject: &Subject<'_>) -> Document {
    let mut page = Page::default();
    content(subject, 1, &mut page);
    page.heading(1, "How the essential cybersecurity requirements apply");
    let caption = "Essential cybersecurity requirements of Annex I";
    matrix::implementation(subject, caption, subject.essential(), &mut page);
    not_applicable(subject, &mut page);
    let passed = subject.passed(Stage::Documentation);
    let speech = subject.speech(OWN_LANGUAGE);
    let title = "Cybersecurity risk assessment".to_owned();
    subject.document("risk-assessment".to_owned(), title, &speech, passed, page)
}

/// The assessment itself; also point 3 of the technical documentation, one level deeper.
pub(super) fn content(subject: &Subject<'_>, level: u8, page: &mut Page) {
    let dossier = &subject.loaded.dossier;
    page.heading(level, "Context");
    context(subject, page);
    page.heading(level, "Method and criteria");
    criteria(subject, page);
    page.heading(level, "Assets");
    assets(dossier, page);
    page.heading(level, "Threats");
    threats(dossier, page);
    page.heading(level, "Data flows");
    flows(dossier, page);
    page.heading(level, "Security problem definition");
    problem(subject, page);
    page.heading(level, "Risks and their treatment");
    risks(subject, page);
    page.heading(level, "Assumptions");
    let assumptions = dossier.context.as_ref().map_or(&[][..], |it| &it.assumptions);
    page.list(assumptions.iter().map(|it| it.value.as_str()));
    if assumptions.is_empty() {
        page.paragraph("No assumption is recorded.");
    }
    page.heading(level, "Review");
    review(dossier, page);
}

/// Requirements put aside, each with its reason and who decided (Art. 13(4)).
pub(super) fn not_applicable(subject: &Subject<'_>, page: &mut Page) {
    if subject.essential().next().is_none() {
        page.missing("no essential cybersecurity requirement was judged; the findings of the assessment say why");
    }
    let rows = subject.loaded.dossier.not_applicable.iter().map(|it| {
        vec![
            cell(it.provision.as_ref()),
            cell(it.reason.as_ref()),
            Cell::text(joined(&it.refers_to)),
            cell(it.decided_by.as_ref()),
        ]
    });
    let columns = [("Provision", 2), ("Reason", 7), ("Refers to", 3), ("Decided by", 3)];
    page.table("Declared not applicable", &columns, rows.collect());
}

/// Art. 13(3): purpose, foreseeable use, conditions of use, expected time of use.
fn context(subject: &Subject<'_>, page: &mut Page) {
    let dossier = &subject.loaded.dossier;
    let context = dossier.context.as_ref();
    let said = [
        ("Intended purpose", dossier.product.as_ref().and_then(|it| it.purpose.as_ref()), "`purpose` under [product]"),
        ("Operational environment", context.and_then(|it| it.environment.as_ref()), "`environment` under [context]"),
        ("Users", context.and_then(|it| it.users.as_ref()), "`users` under [context]"),
        ("Architecture", context.and_then(|it| it.architecture.as_ref()), "`architecture` under [context]"),
        (
            "Health and safety",
            context.and_then(|it| it.health_and_safety.as_ref()),
            "`health_and_safety` under [context]",
        ),
        (
            "Use of the result from planning to maintenance",
            context.and_then(|it| it.phases.as_ref()),
            "`phases` under [context]",
        ),
    ];
    let years = date(dossier.support.as_ref().and_then(|it| it.expected_use_years));
    let years = if years.is_empty() { years } else { format!("{years} years") };
    let rows = said.iter().map(|(label, text, _)| row(*label, words(*text)));
    page.facts(rows.chain([row("Expected time of use", years.as_str())]));
    for (_, _, key) in said.iter().filter(|(_, text, _)| words(*text).is_empty()) {
        page.missing(key);
    }
    if years.is_empty() {
        page.missing("`expected_use_years` under [support]");
    }
    let uses = context.map_or(&[][..], |it| &it.foreseeable_use);
    if uses.is_empty() {
        page.missing("`foreseeable_use` under [context]");
    } else {
        page.paragraph("Reasonably foreseeable use and misuse:");
        page.list(uses.iter().map(|it| it.value.as_str()));
    }
}

fn criteria(subject: &Subject<'_>, page: &mut Page) {
    let dossier = &subject.loaded.dossier;
    let criteria = dossier.criteria.as_ref();
    if let Some(Ok(method)) = scale::declared(subject.law, dossier) {
        page.facts([row("How likelihood and impact combine", parted(": ", [method.title.as_str(), &method.about]))]);
    }
    page.told(criteria.and_then(|it| it.method.as_ref()), "`method` under [criteria]");
    page.facts([
        row("Levels, lowest first", scale::levels(subject.law, dossier).join(", ")),
        row("Highest level that may remain", words(criteria.and_then(|it| it.acceptable.as_ref()))),
        row("Roles that may accept", joined(criteria.map_or(&[][..], |it| &it.accepting_roles))),
        row("Where the criteria come from", words(criteria.and_then(|it| it.reason.as_ref()))),
    ]);
    if let Some(Ok(method)) = scale::declared(subject.law, dossier)
        && let Some(figure) = figures::heat_map(dossier, &method)
    {
        page.figure("Risks before treatment, by likelihood and impact", figure);
    }
    if words(criteria.and_then(|it| it.acceptable.as_ref())).is_empty() {
        page.missing("`acceptable` under [criteria]");
    }
    if criteria.is_none_or(|it| it.accepting_roles.is_empty()) {
        page.missing("`accepting_roles` under [criteria]");
    }
}

fn assets(dossier: &Dossier, page: &mut Page) {
    let rows = dossier.asset.iter().map(|it| {
        vec![cell(it.id.as_ref()), cell(it.title.as_ref()), cell(it.kind.as_ref()), Cell::text(joined(&it.objectives))]
    });
    let columns = [("Asset", 2), ("What it is", 5), ("Kind", 2), ("Objectives", 4)];
    page.table("Assets and what is to be protected about them", &columns, rows.collect());
    if dossier.asset.is_empty() {
        page.missing("[[asset]]");
    }
}

fn threats(dossier: &Dossier, page: &mut Page) {
    let rows = dossier.threat.iter().map(|it| {
        let (assets, interfaces) = (joined(&it.assets), joined(&it.interfaces));
        vec![cell(it.id.as_ref()), cell(it.title.as_ref()), Cell::text(assets), Cell::text(interfaces)]
    });
    let columns = [("Threat", 2), ("What could happen", 6), ("Assets", 3), ("Interfaces", 3)];
    page.table("Threats", &columns, rows.collect());
    if dossier.threat.is_empty() {
        page.missing("[[threat]]");
    }
}

/// The diagram, and the flows it shows.
fn flows(dossier: &Dossier, page: &mut Page) {
    let Some(figure) = figures::data_flows(dossier) else {
        return page
            .paragraph("No flow of data is recorded in [[flow]]; the architecture above describes them in words.");
    };
    page.figure("Data flows between people, parts of the product and services; numbers as in the table", figure);
    let rows = dossier.flow.iter().enumerate().map(|(at, it)| {
        let carries = Cell::text(joined(&it.carries));
        vec![
            Cell::text((at + 1).to_string()),
            cell(it.from.as_ref()),
            cell(it.to.as_ref()),
            cell(it.over.as_ref()),
            carries,
        ]
    });
    let columns = [("No.", 1), ("From", 4), ("To", 4), ("Interface", 3), ("Carries", 4)];
    page.table("Flows of data", &columns, rows.collect());
}

/// What M/606 asks a standard for, of the product: threats and assumptions, the objectives they touch, and the requirements
/// that answer them.
fn problem(subject: &Subject<'_>, page: &mut Page) {
    let dossier = &subject.loaded.dossier;
    let rows = dossier.threat.iter().map(|threat| {
        let id = words(threat.id.as_ref());
        let assets =
            dossier.asset.iter().filter(|it| threat.assets.iter().any(|name| name.value == words(it.id.as_ref())));
        let objectives = assets.map(|it| parted(": ", [words(it.id.as_ref()), &joined(&it.objectives)]));
        let risks: Vec<&Risk> = dossier.risk.iter().filter(|it| it.threats.iter().any(|it| it.value == id)).collect();
        let named: Vec<&str> = risks.iter().flat_map(|it| measures(dossier, it)).collect();
        let mut answered: Vec<&str> = dossier
            .measure
            .iter()
            .filter(|it| named.contains(&words(it.id.as_ref())))
            .flat_map(|it| &it.answers)
            .map(|it| it.value.as_str())
            .filter(|it| it.starts_with("CRA-") || it.contains('/'))
            .collect();
        answered.sort_unstable();
        answered.dedup();
        let risks: Vec<&str> = risks.iter().map(|it| words(it.id.as_ref())).collect();
        vec![
            Cell::text(parted(" ", [id, words(threat.title.as_ref())])),
            Cell::text(objectives.collect::<Vec<_>>().join("\n")),
            Cell::text(risks.join(", ")),
            Cell::text(answered.join(", ")),
        ]
    });
    let columns = [("Threat", 5), ("Objectives at stake", 4), ("Risks", 2), ("Requirements that answer it", 5)];
    page.table("From threats over objectives and risks to requirements", &columns, rows.collect());
    let rows = dossier
        .dismissed_threat
        .iter()
        .map(|it| vec![cell(it.catalogue.as_ref()), cell(it.reason.as_ref()), cell(it.decided_by.as_ref())]);
    let columns = [("Threat of the catalogue", 4), ("Why it does not concern the product", 7), ("Decided by", 3)];
    page.table("Looked at and dismissed", &columns, rows.collect());
}

fn risks(subject: &Subject<'_>, page: &mut Page) {
    let dossier = &subject.loaded.dossier;
    let levels = scale::levels(subject.law, dossier);
    let rows = dossier.risk.iter().map(|it| {
        let treatment = it.treatment.map_or("", |it| it.value.word());
        let id = words(it.id.as_ref());
        vec![
            Cell::text(parted(" ", [id, words(it.title.as_ref())])),
            Cell::text(joined(&it.threats)),
            Cell::text(joined(&it.assets)),
            cell(it.likelihood.as_ref()),
            cell(it.impact.as_ref()),
            level(dossier, &levels, words(it.level.as_ref())),
            Cell::text(parted(": ", [treatment, words(it.transferred_to.as_ref())])),
            Cell::text(measures(dossier, it).join(", ")),
            level(dossier, &levels, words(it.residual.as_ref())),
            Cell::text(it.acceptance.as_ref().map_or_else(String::new, acceptance)),
            Cell::text(date(it.review_by)),
        ]
    });
    let columns = [
        ("Risk", 5),
        ("Threats", 2),
        ("Assets", 2),
        ("Likelihood", 2),
        ("Impact", 2),
        ("Level", 2),
        ("Treatment", 2),
        ("Measures", 3),
        ("Remains", 2),
        ("Acceptance", 5),
        ("Review by", 2),
    ];
    page.table("Risks, their treatment and what remains", &columns, rows.collect());
    if dossier.risk.is_empty() {
        page.missing("[[risk]]");
    }
}

/// Measures that a risk names, and those that name it.
fn measures<'a>(dossier: &'a Dossier, risk: &'a Risk) -> Vec<&'a str> {
    let mut names: Vec<&str> = risk.measures.iter().map(|it| it.value.as_str()).collect();
    let id = words(risk.id.as_ref());
    let answering = dossier.measure.iter().filter(|it| !id.is_empty() && it.answers.iter().any(|it| it.value == id));
    for name in answering.map(|it| words(it.id.as_ref())) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// A level, coloured by what the criteria allow to remain.
fn level(dossier: &Dossier, levels: &[String], level: &str) -> Cell {
    let rank = |level: &str| levels.iter().position(|it| *it == level);
    let acceptable = dossier.criteria.as_ref().and_then(|it| rank(words(it.acceptable.as_ref())));
    match (rank(level), acceptable) {
        _ if level.is_empty() => Cell::text(""),
        (Some(rank), Some(acceptable)) if rank <= acceptable => Cell::toned(level, Tone::Good),
        (Some(_), Some(_)) => Cell::toned(level, Tone::Bad),
        _ => Cell::toned(level, Tone::Unknown),
    }
}

/// Who accepted what remains, in which role, when, on which ground and why.
fn acceptance(acceptance: &Acceptance) -> String {
    let who = parted(", ", [words(acceptance.by.as_ref()), words(acceptance.role.as_ref()), &date(acceptance.on)]);
    let ground = acceptance.ground.map_or("", |it| it.value.word());
    parted("; ", [who.as_str(), &parted(": ", [ground, words(acceptance.reason.as_ref())])])
}

fn review(dossier: &Dossier, page: &mut Page) {
    let context = dossier.context.as_ref();
    let by = words(context.and_then(|it| it.reviewed_by.as_ref()));
    let on = date(context.and_then(|it| it.reviewed_on));
    page.facts([
        row("Version", words(context.and_then(|it| it.version.as_ref()))),
        row("Last reviewed", on.as_str()),
        row("Reviewed by", by),
    ]);
    for (text, key) in [(by, "`reviewed_by` under [context]"), (&on, "`reviewed_on` under [context]")] {
        if text.is_empty() {
            page.missing(key);
        }
    }
}
