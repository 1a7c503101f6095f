//! From an assessment to the documents of a conformity file: what each says, in order, before it has a look.
//!
//! A document says what the dossier says and what the engine found, and nothing more: what is missing stands there as a
//! note that names the key to fill in, and nothing is called met or conforming on the program's word. Wording that the law
//! prescribes, and every translated label, comes from the catalogue; headings of technical documents are our own.

use crate::document::{Document, Row};
use conforme_catalogue::Catalogue;
use conforme_core::assessment::Assessment;
use conforme_core::classify::Regime;
use conforme_core::dossier::{Release, Role};
use conforme_core::files::FileFacts;
use conforme_core::load::Loaded;
use conforme_core::source::Month;

mod applied;
mod declaration;
mod draft;
mod evidence;
mod figures;
mod marking;
mod matrix;
mod page;
mod procedure;
mod risk;
mod speech;
pub mod supplier;
mod technical;
#[cfg(test)]
mod tests;
mod user_information;

pub use procedure::Module;

use page::{Page, date, row, words};
use speech::Speech;

/// Language of documents whose headings are the program's own.
const OWN_LANGUAGE: &str = "en";

/// What the documents are about.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The law the assessment was made under.
    pub law: &'a Catalogue,
    /// The dossier.
    pub loaded: &'a Loaded,
    /// What the engine says of one release of it.
    pub assessment: &'a Assessment,
    /// The files the dossier names, as they were found.
    pub files: &'a FileFacts,
    /// Name and version of the program: `conforme 0.1.0`.
    pub program: &'a str,
    /// Languages of declarations and user information in place of those of the dossier; usually none.
    pub languages: &'a [String],
}

/// Every document the author of the dossier has to draw up, in every language asked for.
///
/// An importer, distributor, steward or representative draws up nothing, and for a product outside the Regulation nobody
/// does: they get the matrix, and the risk assessment when there is one. A product that is judged voluntarily is not placed
/// on the market, so no declaration follows and nothing is marked.
pub fn all(subject: &Subject<'_>) -> Vec<Document> {
    let mut documents = Vec::new();
    if subject.draws_up() {
        documents.push(technical_documentation(subject));
        let languages = subject.languages();
        if !subject.is_voluntary() {
            documents.extend(languages.iter().map(|it| declaration(subject, it)));
        }
        if !subject.is_voluntary() && (!subject.full_copy() || subject.declaration_url().is_some()) {
            documents.extend(languages.iter().map(|it| simplified_declaration(subject, it)));
        }
        documents.extend(languages.iter().map(|it| user_information(subject, it)));
    }
    if subject.draws_up() || !subject.loaded.dossier.risk.is_empty() {
        documents.push(risk_assessment(subject));
    }
    documents.push(conformity_matrix(subject));
    if subject.draws_up() && !subject.is_voluntary() {
        documents.push(marking_sheet(subject));
    }
    documents
}

/// The documents of modules of Annex VIII; none for an author who draws up nothing.
pub fn of_modules(subject: &Subject<'_>, modules: &[Module]) -> Vec<Document> {
    if !subject.draws_up() {
        return Vec::new();
    }
    let mut modules = modules.to_vec();
    modules.sort_unstable();
    modules.dedup();
    modules.into_iter().map(|it| procedure::document(subject, it)).collect()
}

/// The technical documentation (Annex VII), point by point.
pub fn technical_documentation(subject: &Subject<'_>) -> Document {
    technical::document(subject)
}

/// The EU declaration of conformity (Annex V) in a language.
pub fn declaration(subject: &Subject<'_>, language: &str) -> Document {
    declaration::full(subject, language)
}

/// The simplified EU declaration of conformity (Annex VI) in a language.
pub fn simplified_declaration(subject: &Subject<'_>, language: &str) -> Document {
    declaration::simplified(subject, language)
}

/// Information and instructions to the user (Annex II), with labels in a language.
pub fn user_information(subject: &Subject<'_>, language: &str) -> Document {
    user_information::document(subject, language)
}

/// The cybersecurity risk assessment (Art. 13(2) to (4)).
pub fn risk_assessment(subject: &Subject<'_>) -> Document {
    risk::document(subject)
}

/// Every provision with its verdict, and what that rests on.
pub fn conformity_matrix(subject: &Subject<'_>) -> Document {
    matrix::document(subject)
}

/// What stands on the product, its packaging and its documents (Art. 13(15) to (19), 29 and 30).
pub fn marking_sheet(subject: &Subject<'_>) -> Document {
    marking::document(subject)
}

impl<'a> Subject<'a> {
    /// A finished document, with everything that all of them carry.
    fn document(&self, id: String, title: String, speech: &Speech<'_>, passed: bool, page: Page) -> Document {
        let draft = (!passed).then(|| speech.say("declaration.draft"));
        // A declaration says what the law asks of it; how it came about stands small at the foot of the page.
        let declares = id.starts_with("declaration") || id.starts_with("simplified-declaration");
        let mut colophon = format!("{} · catalogue {}", self.program, self.assessment.catalogue);
        if declares {
            colophon += &format!(" · placing {} · as of {}", self.assessment.placing, self.assessment.as_of);
        }
        Document {
            id,
            title,
            language: speech.language().to_owned(),
            draft,
            subject: if declares { Vec::new() } else { self.rows() },
            blocks: page.into_blocks(),
            colophon,
            date: self.assessment.as_of.to_string(),
        }
    }

    /// What stands under the title. Labels are English: they describe the file, not what it declares.
    fn rows(&self) -> Vec<Row> {
        let assessment = self.assessment;
        let mut rows = vec![
            row("Product", &assessment.product),
            row("Model", self.models().join(", ")),
            row("Release", &assessment.release),
            row("Placing on the market", assessment.placing.to_string()),
            row("State of knowledge", assessment.as_of.to_string()),
            row("Catalogue", &assessment.catalogue),
        ];
        if self.is_voluntary() {
            rows.push(row("Judged voluntarily", "the product is not placed on the market and is judged as if it were"));
        }
        let overlays = self.law.overlays.iter();
        rows.extend(overlays.map(|it| row("Rests on overlay", format!("{} (SHA-256 {})", it.name, it.sha256))));
        rows
    }

    /// The words of a language.
    fn speech(&self, language: &str) -> Speech<'a> {
        Speech::of(self.law, language)
    }

    /// The release that was judged.
    fn release(&self) -> Option<&'a Release> {
        self.loaded.dossier.release(&self.assessment.release)
    }

    /// Type or model designations, those of a family's variants included.
    fn models(&self) -> Vec<String> {
        let dossier = &self.loaded.dossier;
        let own = words(dossier.product.as_ref().and_then(|it| it.model.as_ref()));
        let variants = dossier.variant.iter().map(|it| match (words(it.name.as_ref()), words(it.model.as_ref())) {
            (name, "") => name.to_owned(),
            ("", model) => model.to_owned(),
            (name, model) => format!("{name} ({model})"),
        });
        std::iter::once(own.to_owned()).chain(variants).filter(|it| !it.is_empty()).collect()
    }

    /// Languages of declarations and user information: those asked for, or those of the markets.
    fn languages(&self) -> Vec<&'a str> {
        let dossier = &self.loaded.dossier;
        let asked: Vec<&'a str> =
            dossier.documents.iter().flat_map(|it| &it.languages).map(|it| it.value.as_str()).collect();
        let markets = dossier.product.iter().flat_map(|it| &it.markets).map(|it| it.value.as_str());
        let asked = match (self.languages, asked.is_empty()) {
            ([], true) => self.law.languages_for(markets),
            ([], false) => asked,
            (languages, _) => languages.iter().map(String::as_str).collect(),
        };
        let mut languages: Vec<&'a str> = Vec::new();
        for language in asked.into_iter().filter(|it| self.law.words.contains_key(*it)) {
            if !languages.contains(&language) {
                languages.push(language);
            }
        }
        // A language nobody knows is reported as a finding; there is still something to read.
        if languages.is_empty() { vec![OWN_LANGUAGE] } else { languages }
    }

    /// The author has the duties of a manufacturer, and the product may come under them.
    fn draws_up(&self) -> bool {
        let role = self.loaded.dossier.role();
        matches!(role, Role::Manufacturer | Role::Modifier)
            && matches!(self.assessment.classified.regime, Regime::Product | Regime::Unknown)
    }

    /// It is judged as if it were placed on the market.
    fn is_voluntary(&self) -> bool {
        self.loaded.dossier.product.as_ref().is_some_and(|it| it.voluntary.is_some_and(|it| it.value))
    }

    /// The declaration goes with the product in full.
    fn full_copy(&self) -> bool {
        self.loaded.dossier.declaration.as_ref().is_some_and(|it| it.full_copy.is_some_and(|it| it.value))
    }

    /// The web address of the declaration.
    fn declaration_url(&self) -> Option<&'a str> {
        let information = self.loaded.dossier.user_information.as_ref()?;
        let url = words(information.declaration_url.as_ref());
        (url.starts_with("https://") || url.starts_with("http://")).then_some(url)
    }

    /// The end of the support period of the release.
    fn support_end(&self) -> Option<Month> {
        let own = self.release().and_then(|it| it.support_end);
        own.or_else(|| self.loaded.dossier.support.as_ref().and_then(|it| it.end))
    }

    /// Place and date of the signature, as far as they are known.
    fn place_and_date(&self) -> String {
        let place = words(self.loaded.dossier.declaration.as_ref().and_then(|it| it.place_of_issue.as_ref()));
        let signed = date(self.release().and_then(|it| it.declared_on));
        [place, &signed].into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(", ")
    }
}
