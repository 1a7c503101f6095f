//! The documents of a conformity assessment procedure (Art. 32, Annex VIII): the record of module A, the application of
//! module B, the record of module C, the application of module H.
//!
//! Points, headings and what the applicant states come from the outlines of the catalogue; every point is present. What the
//! dossier lacks is noted and keeps the document a DRAFT.

use super::page::{Page, words};
use super::{OWN_LANGUAGE, Subject, matrix};
use crate::document::Document;
use conforme_catalogue::{DocumentItem, Stage};
use conforme_core::dossier::Module as Chosen;

mod points;
mod quality;

/// A module of Annex VIII.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Module {
    /// Internal control.
    A,
    /// EU-type examination.
    B,
    /// Conformity to type.
    C,
    /// Full quality assurance.
    H,
}

impl Module {
    /// The document it needs: its name and the outline of the catalogue.
    fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::A => ("self-assessment-record", "annex-viii-a"),
            Self::B => ("type-examination-application", "annex-viii-b"),
            Self::C => ("conformity-to-type-record", "annex-viii-c"),
            Self::H => ("quality-system-application", "annex-viii-h"),
        }
    }

    /// The procedure of the dossier that it is part of.
    fn procedure(self) -> Chosen {
        match self {
            Self::A => Chosen::A,
            Self::B | Self::C => Chosen::BC,
            Self::H => Chosen::H,
        }
    }

    /// An application comes before the decision of the body; a record comes when all is done.
    fn gate(self) -> Stage {
        match self {
            Self::B | Self::H => Stage::Documentation,
            Self::A | Self::C => Stage::Placing,
        }
    }
}

/// The document of a module, point by point.
pub(super) fn document(subject: &Subject<'_>, module: Module) -> Document {
    let (id, outline) = module.names();
    let outline = subject.law.documents.get(&outline.into());
    let mut page = Page::default();
    match outline {
        Some(outline) => page.paragraph(format!("Content and numbering follow {}.", outline.cites)),
        None => page.missing("the catalogue has no outline of this document"),
    }
    fits(subject, module, &mut page);
    for item in outline.map_or(&[][..], |it| &it.items) {
        page.heading(if item.point.contains('(') { 2 } else { 1 }, format!("{} {}", item.point, item.heading));
        if let Some(asks) = &item.asks {
            page.info(asks);
        }
        point(subject, item, &mut page);
    }
    if matches!(module, Module::B | Module::H) {
        points::signature(subject, &mut page);
    }
    let passed = subject.passed(module.gate()) && !page.lacks() && !subject.is_voluntary();
    if !passed {
        page.page_break();
        page.heading(1, "Open points of this draft");
        matrix::open_points(subject, module.gate(), &mut page);
    }
    let title = outline.map_or("Conformity assessment procedure", |it| &it.title).to_owned();
    subject.document(id.to_owned(), title, &subject.speech(OWN_LANGUAGE), passed, page)
}

/// Whether the dossier has chosen this procedure and the product may take it.
fn fits(subject: &Subject<'_>, module: Module, page: &mut Page) {
    let wanted = module.procedure();
    if subject.is_voluntary() {
        page.missing("a product that is placed on the market: it is judged voluntarily, so no procedure follows");
    }
    match subject.loaded.dossier.route.as_ref().and_then(|it| it.module).map(|it| it.value) {
        Some(chosen) if chosen == wanted => {}
        Some(chosen) => page.missing(format_args!(
            "`module` under [route] is {}; this document belongs to {}",
            chosen.word(),
            wanted.word()
        )),
        None => page.missing(format_args!("`module` under [route]; this document belongs to {}", wanted.word())),
    }
    match &subject.assessment.routes {
        Some(routes) if routes.allowed.iter().any(|it| it == wanted.word()) => {
            page.paragraph(format!("{} is open to this product: {} ({}).", wanted.word(), routes.about, routes.cites));
        }
        Some(routes) => page.missing(format_args!(
            "{} is not open to this product, only {}: {} ({})",
            wanted.word(),
            routes.allowed.join(", "),
            routes.about,
            routes.cites
        )),
        None => page.missing("the procedures open to the product are not known while its category is not decided"),
    }
}

fn point(subject: &Subject<'_>, item: &DocumentItem, page: &mut Page) {
    let dossier = &subject.loaded.dossier;
    let application = dossier.route.as_ref().and_then(|it| it.application.as_ref());
    match item.point.as_str() {
        "I.2" | "II.3.3" => points::documentation(subject, page),
        "IV.3.1(b)" => {
            points::listed(application.map_or(&[][..], |it| &it.models), "`models` under [route.application]", page);
            points::documentation(subject, page);
        }
        "I.3" => points::production(subject, false, page),
        "III.2" => points::production(subject, true, page),
        "I.4.1" | "III.3.1" | "IV.5.1" => points::marking(subject, page),
        "I.4.2" | "III.3.2" | "IV.5.2" => points::declaration(subject, page),
        "I.5" | "II.11" | "III.4" | "IV.8" => points::representative(subject, page),
        "II.3" | "IV.3.1" => points::body(subject, page),
        "II.3.1" | "IV.3.1(a)" => points::applicant(subject, page),
        "II.3.2" | "IV.3.1(d)" => points::no_parallel(subject, item, page),
        "II.3.4" => points::evidence(subject, page),
        "II.4" => {
            points::listed(
                application.map_or(&[][..], |it| &it.specimens),
                "`specimens` under [route.application]",
                page,
            );
        }
        "II.6" => points::certificate(subject, page),
        "II.7" | "IV.3.5" => {
            page.told(application.and_then(|it| it.changes.as_ref()), "`changes` under [route.application]");
        }
        "II.8" | "IV.4.3" => quality::audits(subject, item.point == "II.8", page),
        "II.10" | "IV.6" => points::kept(subject, page),
        "IV.2" => points::system(subject, page),
        "IV.3.1(c)" => quality::index(subject, page),
        "IV.3.3" => points::decision(subject, page),
        "IV.3.4" => quality::own_audits(subject, page),
        "IV.4.2" => {
            points::listed(
                application.map_or(&[][..], |it| &it.premises),
                "`premises` under [route.application]",
                page,
            );
        }
        // Tasks of the body alone: what is asked stands there, and the dossier has nothing to add.
        "II.5" | "II.9" | "IV.7" => {}
        letter if letter.starts_with("IV.3.2(") => {
            quality::letter(subject, letter.trim_start_matches("IV.3.2(").trim_end_matches(')'), page);
        }
        _ => page.missing(format_args!("this version of the program does not know what point {} asks for", item.point)),
    }
    if item.point == "II.3" || item.point == "IV.3.1" {
        let body = dossier.route.as_ref().and_then(|it| it.notified_body.as_ref());
        let language = words(body.and_then(|it| it.language.as_ref()));
        page.facts([super::page::row("Language agreed with the body", language)]);
    }
}
