//! Documents typeset as PDF: a [`Document`] and a set of Typst templates in, bytes of PDF/A-2a with PDF/UA-1 out.
//!
//! Equal documents and templates give equal bytes. Templates see nothing but each other and the document: no files,
//! no packages, no network, no clock.

mod data;
mod error;
mod templates;
mod world;

use conforme_render::document::Document;
use jiff::civil::Date;
use typst::comemo;
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

pub use error::{Diagnostic, PdfError};
pub use templates::Templates;
use world::{DocumentWorld, Equipment};

/// How many documents ago something must have been last used to be dropped from the cache between documents.
const CACHE_AGE: usize = 0;

/// Typesets documents one after the other with the same fonts.
pub struct Typesetter {
    equipment: Equipment,
}

impl Typesetter {
    /// A typesetter with the embedded fonts. Making one is slow enough to make it once for all documents.
    pub fn new() -> Self {
        Self { equipment: Equipment::new() }
    }

    /// Typesets a document with the template that its id asks for.
    pub fn render(&self, document: &Document, templates: &Templates) -> Result<Vec<u8>, PdfError> {
        let pdf = self.typeset(document, templates);
        comemo::evict(CACHE_AGE);
        pdf
    }

    fn typeset(&self, document: &Document, templates: &Templates) -> Result<Vec<u8>, PdfError> {
        let today = day(&document.date)?;
        let json = data::json(document, &|it| self.equipment.has_glyph(it))?;
        let world = DocumentWorld::new(&self.equipment, templates, templates.main_for(document), json, today)?;
        let paged: PagedDocument =
            typst::compile(&world).output.map_err(|errors| PdfError::Template(error::diagnostics(&world, &errors)))?;
        let options = PdfOptions {
            ident: Smart::Custom(identity(document)),
            creator: Smart::Custom(Some(document.colophon.clone()).filter(|colophon| !colophon.is_empty())),
            timestamp: Some(Timestamp::new_utc(today)),
            standards: standards()?,
            tagged: true,
            ..PdfOptions::default()
        };
        typst_pdf::pdf(&paged, &options).map_err(|errors| PdfError::Standard(error::diagnostics(&world, &errors)))
    }
}

impl Default for Typesetter {
    fn default() -> Self {
        Self::new()
    }
}

/// Typesets a single document. For several, keep a [`Typesetter`].
pub fn render(document: &Document, templates: &Templates) -> Result<Vec<u8>, PdfError> {
    Typesetter::new().render(document, templates)
}

fn standards() -> Result<PdfStandards, PdfError> {
    PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1]).map_err(|error| {
        let hints = error.hints().iter().map(ToString::to_string).collect();
        PdfError::Standard(vec![Diagnostic { place: None, message: error.message().to_string(), hints }])
    })
}

/// The day of the document as the start of that day in UTC.
fn day(text: &str) -> Result<Datetime, PdfError> {
    let date = text.parse::<Date>().ok().filter(|date| date.to_string() == text && date.year() >= 0);
    date.and_then(|date| {
        let part = |number: i8| u8::try_from(number).ok();
        Datetime::from_ymd_hms(i32::from(date.year()), part(date.month())?, part(date.day())?, 0, 0, 0)
    })
    .ok_or_else(|| PdfError::Date(text.to_owned()))
}

/// What stays the same when the same document is made again, so that readers recognise a newer copy.
fn identity(document: &Document) -> String {
    let subject = document.subject.first().map_or("", |row| row.value.as_str());
    format!("conforme\n{}\n{}\n{}\n{subject}", document.id, document.language, document.title)
}
