//! What can go wrong between a document and its PDF, said with the place in the template.

use std::fmt;

use thiserror::Error;
use typst::diag::SourceDiagnostic;
use typst::syntax::DiagSpan;
use typst::{World, WorldExt};

use crate::world::DocumentWorld;

/// Why there is no PDF.
#[derive(Debug, Error)]
pub enum PdfError {
    /// A template could not be evaluated or laid out.
    #[error("the template cannot be typeset:\n{}", list(.0))]
    Template(Vec<Diagnostic>),
    /// The typeset document cannot meet PDF/A-2a and PDF/UA-1.
    #[error("the document cannot be exported as PDF/A-2a with PDF/UA-1:\n{}", list(.0))]
    Standard(Vec<Diagnostic>),
    /// No template of the name that the document needs.
    #[error("there is no template `{0}`")]
    NoTemplate(String),
    /// A template name that is not a plain relative path.
    #[error("`{0}` is not a usable name for a template")]
    TemplateName(String),
    /// The date of the document is not `YYYY-MM-DD`.
    #[error("`{0}` is not a date of the form YYYY-MM-DD")]
    Date(String),
    /// The document cannot be written as JSON.
    #[error("the document cannot be handed to the template: {0}")]
    Data(#[from] serde_json::Error),
}

/// One message of Typst.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Where it applies, unless it applies to the whole document.
    pub place: Option<Place>,
    /// The message.
    pub message: String,
    /// What Typst suggests.
    pub hints: Vec<String>,
}

/// A place in a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Name of the template.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(Place { file, line, column }) = &self.place {
            write!(out, "{file}:{line}:{column}: ")?;
        }
        out.write_str(&self.message)?;
        for hint in &self.hints {
            write!(out, "\n  hint: {hint}")?;
        }
        Ok(())
    }
}

fn list(diagnostics: &[Diagnostic]) -> String {
    diagnostics.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// The messages of Typst with their places looked up.
pub(crate) fn diagnostics(world: &DocumentWorld<'_>, errors: &[SourceDiagnostic]) -> Vec<Diagnostic> {
    errors
        .iter()
        .map(|error| Diagnostic {
            place: place(world, error.span),
            message: error.message.to_string(),
            hints: error.hints.iter().map(|hint| hint.v.to_string()).collect(),
        })
        .collect()
}

fn place(world: &DocumentWorld<'_>, span: DiagSpan) -> Option<Place> {
    let id = span.id()?;
    let range = world.range(span)?;
    let source = world.source(id).ok()?;
    let (line, column) = source.lines().byte_to_line_column(range.start)?;
    Some(Place { file: id.vpath().get_without_slash().to_owned(), line: line + 1, column: column + 1 })
}
