//! The named Typst sources that give documents their look: built in, and replaceable by the caller.

use std::borrow::Cow;
use std::collections::BTreeMap;

use conforme_render::document::Document;

/// Template of documents whose id starts with [`DECLARATION_PREFIX`].
const DECLARATION: &str = "declaration.typ";
/// Template of all other documents.
const DOCUMENT: &str = "document.typ";
/// What the id of a declaration starts with.
const DECLARATION_PREFIX: &str = "declaration";

const BUILTIN: [(&str, &str); 3] = [
    (DECLARATION, include_str!("../../../templates/declaration.typ")),
    (DOCUMENT, include_str!("../../../templates/document.typ")),
    ("style.typ", include_str!("../../../templates/style.typ")),
];

/// A set of templates. They import each other by name and read the document as `json("document.json")`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Templates {
    sources: BTreeMap<String, Cow<'static, str>>,
}

impl Templates {
    /// The built-in templates.
    pub fn builtin() -> Self {
        Self { sources: BUILTIN.map(|(name, source)| (name.to_owned(), Cow::Borrowed(source))).into() }
    }

    /// The same templates, with one more or another in place of the one with that name.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, source: impl Into<String>) -> Self {
        self.sources.insert(name.into(), Cow::Owned(source.into()));
        self
    }

    /// Names and sources in the order of the names, for hashing and for writing out.
    pub fn sources(&self) -> impl Iterator<Item = (&str, &str)> {
        self.sources.iter().map(|(name, source)| (name.as_str(), source.as_ref()))
    }

    /// The name of the template that a document is typeset with.
    pub fn main_for(&self, document: &Document) -> &'static str {
        if document.id.starts_with(DECLARATION_PREFIX) { DECLARATION } else { DOCUMENT }
    }
}

impl Default for Templates {
    fn default() -> Self {
        Self::builtin()
    }
}
