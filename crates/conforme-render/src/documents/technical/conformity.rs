//! What the technical documentation says of the product as a whole: category and procedure, support period, and the
//! standards and other specifications that are applied.

use crate::document::Cell;
use crate::documents::Subject;
use crate::documents::applied::{Harmonised, Other};
use crate::documents::evidence::parted;
use crate::documents::page::{Page, cell, date, joined, row, words, yes};
use conforme_catalogue::{FactValue, Tier};
use conforme_core::dossier::Module;

/// General description: what it is, its core functionality, category, tier and procedure, with the reasons.
pub(super) fn general(subject: &Subject<'_>, page: &mut Page) {
    let dossier = &subject.loaded.dossier;
    page.told(dossier.product.as_ref().and_then(|it| it.description.as_ref()), "`description` under [product]");
    let maker = dossier.manufacturer.as_ref();
    page.facts([
        row("Manufacturer", words(maker.and_then(|it| it.name.as_ref()))),
        row("Address", words(maker.and_then(|it| it.address.as_ref()))),
        row("Identification", words(dossier.product.as_ref().and_then(|it| it.identification.as_ref()))),
        row("Markets", joined(dossier.product.as_ref().map_or(&[][..], |it| &it.markets))),
    ]);
    family(subject, page);
    page.heading(2, "Core functionality and category");
    category(subject, page);
    page.heading(2, "Conformity assessment procedure");
    procedure(subject, page);
}

/// Models that share this documentation, and why they are alike for cybersecurity.
fn family(subject: &Subject<'_>, page: &mut Page) {
    let dossier = &subject.loaded.dossier;
    let rows = dossier.variant.iter().map(|it| {
        vec![cell(it.name.as_ref()), cell(it.model.as_ref()), Cell::text(joined(&it.differs)), cell(it.reason.as_ref())]
    });
    let columns = [("Variant", 3), ("Model", 2), ("Differs in", 4), ("Why that does not matter", 5)];
    page.table("Models of the family", &columns, rows.collect());
    if !dossier.variant.is_empty() {
        page.told(dossier.family.as_ref().and_then(|it| it.reason.as_ref()), "`reason` under [family]");
    }
}

fn category(subject: &Subject<'_>, page: &mut Page) {
    let assessment = subject.assessment;
    let decision = subject.loaded.dossier.classification.as_ref();
    let core = decision.and_then(|it| it.core_functionality.as_ref());
    page.told(core, "`core_functionality` under [classification]");
    match assessment.category.as_ref().and_then(|it| subject.law.categories.get(it)) {
        Some(category) => page.facts([
            row("Category", format!("{}: {} ({})", category.id, category.title, category.cites)),
            row("Tier", category.tier.phrase()),
        ]),
        None => page.missing("the category is not decided; the findings of the assessment say which facts are needed"),
    }
    page.facts([
        row("Decided by", words(decision.and_then(|it| it.decided_by.as_ref()))),
        row("Decided on", date(decision.and_then(|it| it.decided_on))),
        row("Reason of the decision", words(decision.and_then(|it| it.reason.as_ref()))),
    ]);
    let reasons = assessment.classified.reasons.iter();
    page.list(reasons.map(|it| format!("{} ({})", it.text, it.source)));
}

fn procedure(subject: &Subject<'_>, page: &mut Page) {
    let route = subject.loaded.dossier.route.as_ref();
    match route.and_then(|it| it.module).map(|it| it.value) {
        Some(module) => page.paragraph(format!("{}: {}.", module.word(), procedure_name(module))),
        None => page.missing("`module` under [route]"),
    }
    match &subject.assessment.routes {
        Some(answer) => {
            page.facts([
                row("Why", format!("{} ({})", answer.about, answer.cites)),
                row("Open to this product", answer.allowed.join(", ")),
            ]);
            let uncovered: Vec<&str> = answer.uncovered.iter().map(conforme_catalogue::Id::as_str).collect();
            let class_one = subject.assessment.category.as_ref().and_then(|it| subject.law.categories.get(it));
            if class_one.is_some_and(|it| it.tier == Tier::ImportantClassI) {
                page.facts([row("Without presumption for the risks of the core functionality", uncovered.join(", "))]);
            }
        }
        None => page.missing("the procedures open to the product are not known while its category is not decided"),
    }
    if let Some(body) = route.and_then(|it| it.notified_body.as_ref()) {
        let certificate = parted(", ", [words(body.certificate.as_ref()), &date(body.issued)]);
        page.facts([
            row("Notified body", parted(", ", [words(body.name.as_ref()), words(body.number.as_ref())])),
            row("Certificate", certificate),
            row("Valid until", date(body.valid_until)),
            row("Conditions", words(body.conditions.as_ref())),
            row("Language agreed with it", words(body.language.as_ref())),
        ]);
    }
    page.facts([row(
        "Public address of this documentation",
        words(route.and_then(|it| it.documentation_url.as_ref())),
    )]);
}

/// What a procedure is called.
fn procedure_name(module: Module) -> &'static str {
    match module {
        Module::A => "internal control",
        Module::BC => "EU-type examination and conformity to type based on internal production control",
        Module::H => "full quality assurance",
        Module::Scheme => "European cybersecurity certification scheme",
        Module::AiAct => "procedure of the AI Act",
        Module::Ehds => "procedure of the European Health Data Space Regulation",
    }
}

/// 4: what was taken into account to set the support period (Art. 13(8)).
pub(super) fn support(subject: &Subject<'_>, page: &mut Page) {
    let support = subject.loaded.dossier.support.as_ref();
    let years = date(support.and_then(|it| it.expected_use_years));
    let end = subject.support_end().map_or_else(String::new, |it| it.value.to_string());
    let factor = |get: fn(&conforme_core::dossier::Support) -> Option<&conforme_core::source::Text>| {
        words(support.and_then(get))
    };
    let asked = [
        ("End of the support period", end.as_str(), "`end`"),
        ("Expected time of use in years", years.as_str(), "`expected_use_years`"),
        ("Reasonable expectations of users", factor(|it| it.user_expectations.as_ref()), "`user_expectations`"),
        ("Nature of the product and intended purpose", factor(|it| it.nature.as_ref()), "`nature`"),
        ("Union law on the lifetime of products", factor(|it| it.union_law.as_ref()), "`union_law`"),
        ("Reason for the length of the period", factor(|it| it.reason.as_ref()), "`reason`"),
    ];
    page.facts(asked.iter().map(|(label, value, _)| row(*label, *value)));
    page.facts([
        row("Support periods of similar products", factor(|it| it.similar_products.as_ref())),
        row("Availability of the operating environment", factor(|it| it.environment.as_ref())),
        row("Support periods of core components", factor(|it| it.components.as_ref())),
        row("Kind of technical security support", factor(|it| it.kind.as_ref())),
        row("How updates stay available", factor(|it| it.update_archive.as_ref())),
        row("Older versions", factor(|it| it.older_versions.as_ref())),
    ]);
    for (_, _, key) in asked.iter().filter(|(_, value, _)| value.is_empty()) {
        page.missing(format_args!("{key} under [support]"));
    }
    if let Some(verdict) = subject.assessment.verdict("CRA-A13-8") {
        page.paragraph(format!(
            "Length of the period ({}): {}, {}.",
            verdict.cites,
            verdict.status.word(),
            verdict.because
        ));
    }
}

/// 5: what is applied, in full or in part; what gives no presumption stands apart; then the manufacturer's own solutions.
pub(super) fn specifications(subject: &Subject<'_>, page: &mut Page) {
    let dossier = &subject.loaded.dossier;
    page.heading(2, "Harmonised standards, common specifications and certificates");
    let standards: Vec<Vec<Cell>> = subject.harmonised().iter().map(harmonised).collect();
    let specifications = dossier.common_specification.iter().map(|it| {
        vec![
            cell(it.reference.as_ref()),
            cell(it.oj.as_ref()),
            Cell::text(it.applied.map_or("", |it| it.value.word())),
            Cell::text(joined(&it.provisions)),
            Cell::text(yes(it.covers_core_risks)),
            Cell::text(gives(subject.presumes(it.place))),
        ]
    });
    let certificates = dossier.certificate.iter().map(|it| {
        let valid = [date(it.issued), date(it.valid_until)].join(" to ");
        let level = it.level.map_or("", |it| it.value.word());
        vec![
            Cell::text(parted(", ", [words(it.scheme.as_ref()), words(it.number.as_ref()), level, &valid])),
            cell(it.oj.as_ref()),
            Cell::text("certificate"),
            Cell::text(joined(&it.provisions)),
            Cell::text(yes(it.covers_core_risks)),
            Cell::text(gives(subject.presumes(it.place))),
        ]
    });
    let rows: Vec<Vec<Cell>> = standards.into_iter().chain(specifications).chain(certificates).collect();
    if rows.is_empty() {
        page.paragraph("None is applied.");
    }
    let columns = [
        ("Reference", 4),
        ("Official Journal", 3),
        ("Applied", 3),
        ("Provisions", 4),
        ("Covers the risks of the core functionality", 3),
        ("Presumption", 2),
    ];
    page.table("Applied, with publication in the Official Journal", &columns, rows);

    page.heading(2, "Other technical specifications");
    let others = subject.other_specifications();
    if others.is_empty() {
        page.paragraph("None is applied.");
    } else {
        page.paragraph(
            "Drafts, and standards whose applied edition is not cited in the Official Journal on the day of placing, give no \
             presumption of conformity.",
        );
    }
    let columns = [
        ("Reference", 3),
        ("Edition applied", 3),
        ("Stage", 2),
        ("Applied", 3),
        ("Why, and what is treated otherwise", 5),
    ];
    page.table("Other technical specifications", &columns, others.iter().map(|it| other(subject, it)).collect());

    page.heading(2, "Solutions of the manufacturer");
    let measures = dossier.measure.iter().map(|it| {
        vec![
            Cell::text(parted(" ", [words(it.id.as_ref()), words(it.title.as_ref())])),
            cell(it.how.as_ref()),
            Cell::text(it.state.map_or("", |it| it.value.word())),
            Cell::text(joined(&it.answers)),
            Cell::text(joined(&it.evidence)),
        ]
    });
    let columns = [("Measure", 4), ("How it works", 6), ("State", 2), ("Answers", 3), ("Evidence", 2)];
    page.table("Measures", &columns, measures.collect());
    if dossier.measure.is_empty() {
        page.missing("[[measure]]: the solutions that meet the essential cybersecurity requirements");
    }
}

fn harmonised(it: &Harmonised<'_>) -> Vec<Cell> {
    let overlay = it.citation.overlay.as_ref().map_or_else(String::new, |it| format!("overlay {it}"));
    let restriction = it.citation.restriction.as_deref().unwrap_or_default();
    let extent = it.applied.applied.map_or("", |it| it.value.word());
    let provisions: Vec<&str> = it.standard.presumed(it.citation).iter().map(conforme_catalogue::Id::as_str).collect();
    vec![
        Cell::text(parted(" – ", [it.citation.edition.as_str(), &it.standard.title])),
        Cell::text(parted("; ", [it.citation.oj.as_str(), restriction, &overlay])),
        Cell::text(parted(": ", [extent, words(it.applied.parts.as_ref())])),
        Cell::text(provisions.join(", ")),
        Cell::text(parted(": ", [yes(it.applied.covers_core_risks), words(it.applied.reason.as_ref())])),
        Cell::text(gives(it.presumes)),
    ]
}

fn gives(presumes: bool) -> &'static str {
    if presumes { "yes" } else { "no" }
}

fn other(subject: &Subject<'_>, it: &Other<'_>) -> Vec<Cell> {
    let named = words(it.applied.id.as_ref());
    let reference = it.standard.map_or(named, |it| it.reference.as_str());
    let title = it.standard.map_or("", |it| it.title.as_str());
    let stage = it
        .standard
        .and_then(|it| it.stage(subject.assessment.placing))
        .map_or("not in the catalogue", |it| it.stage.word());
    let extent = it.applied.applied.map_or("", |it| it.value.word());
    vec![
        Cell::text(parted(" – ", [reference, title])),
        cell(it.applied.edition.as_ref()),
        Cell::text(stage),
        Cell::text(parted(": ", [extent, words(it.applied.parts.as_ref())])),
        cell(it.applied.reason.as_ref()),
    ]
}

/// What kind of product it is, as stated.
pub(super) fn product_kind<'a>(subject: &Subject<'a>) -> Option<&'a str> {
    match &subject.loaded.facts.values.get("product.kind")?.value {
        FactValue::Word(word) => Some(word),
        FactValue::Flag(_) | FactValue::Number(_) | FactValue::Words(_) => None,
    }
}
