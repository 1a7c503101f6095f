//! From text to records. The parser accepts what the types can hold; the linter asks for more.

use crate::{Catalogue, Edition, Figure, Files, Id, Ignored, Words};
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::fmt;
use toml::{Table, Value};

/// A record that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogueError {
    /// Path inside the catalogue folder.
    pub file: String,
    /// What is wrong with it.
    pub message: String,
}

impl fmt::Display for CatalogueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.file, self.message)
    }
}

impl std::error::Error for CatalogueError {}

/// Keys that every record may have and that become its [`crate::Basis`].
const BASIS: [&str; 6] = ["authority", "source", "as_of", "certainty", "doubt", "overlay"];

/// Types a catalogue from its files.
///
/// # Errors
/// Every file that could not be read or typed, with the reason.
pub fn parse(files: &Files) -> Result<Catalogue, Vec<CatalogueError>> {
    let mut reader = Reader::new(files);
    for (file, message) in files.unread() {
        reader.fail(file, message);
    }
    let catalogue = Catalogue {
        edition: reader.edition(),
        digest: files.hash.hex(),
        overlays: files.overlays.clone(),
        sources: reader.named("sources.toml", &[]),
        provisions: reader.records("provisions/", ".md"),
        categories: reader.records("categories/", ".md"),
        functions: reader.rows("functions.toml", "function", false),
        facts: reader.rows("facts.toml", "fact", false),
        scope: reader.rows("scope.toml", "rule", true),
        routes: reader.rows("routes.toml", "row", true),
        standards: reader.records("standards/", "/standard.toml"),
        items: reader.rows("m606.toml", "item", true),
        documents: reader.records("documents/", ".toml"),
        terms: reader.records("terms/", ".md"),
        timeline: reader.rows("timeline.toml", "event", true),
        penalties: reader.rows("penalties.toml", "tier", true),
        exemptions: reader.rows("penalties.toml", "exemption", true),
        support: reader.rows("support-period.toml", "rule", true),
        figures: reader.figures(),
        risk_methods: reader.rows("risk-methods.toml", "method", true),
        markets: reader.rows("markets.toml", "market", false),
        findings: reader.records("findings/", ".md"),
        questions: reader.rows("questionnaire.toml", "question", true),
        responsibilities: reader.rows("agreement.toml", "responsibility", true),
        clauses: reader.rows("agreement.toml", "clause", true),
        words: reader.words(),
        ignored: Vec::new(),
    };
    let Reader { errors, ignored, .. } = reader;
    if errors.is_empty() { Ok(Catalogue { ignored, ..catalogue }) } else { Err(errors) }
}

pub(crate) struct Reader<'a> {
    pub(crate) files: &'a Files,
    errors: Vec<CatalogueError>,
    ignored: Vec<Ignored>,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(files: &'a Files) -> Self {
        Self { files, errors: Vec::new(), ignored: Vec::new() }
    }

    /// What could not be read.
    pub(crate) fn finish(self) -> Result<(), Vec<CatalogueError>> {
        if self.errors.is_empty() { Ok(()) } else { Err(self.errors) }
    }

    pub(crate) fn fail(&mut self, file: &str, message: impl fmt::Display) {
        self.errors.push(CatalogueError { file: file.to_owned(), message: message.to_string().trim_end().to_owned() });
    }

    pub(crate) fn typed<T: DeserializeOwned>(&mut self, file: &str, table: Table) -> Option<T> {
        T::deserialize(Value::Table(table)).map_err(|error| self.fail(file, error)).ok()
    }

    /// One record a file; its name is the id.
    pub(crate) fn records<T: DeserializeOwned>(&mut self, folder: &str, ending: &str) -> BTreeMap<Id, T> {
        let mut records = BTreeMap::new();
        let files = self.files;
        for (path, table) in files.tables.range(folder.to_owned()..).take_while(|(path, _)| path.starts_with(folder)) {
            let Some(name) = path.strip_prefix(folder).and_then(|it| it.strip_suffix(ending)) else { continue };
            let mut table = with_basis(table.clone());
            self.drop_citations_without_reference(path, name, &mut table);
            table.insert("id".to_owned(), Value::String(name.to_owned()));
            if let Some(record) = self.typed(path, table) {
                records.insert(Id::from(name), record);
            }
        }
        records
    }

    /// Many records a file, as `[[list]]`.
    fn rows<T: DeserializeOwned>(&mut self, file: &str, list: &str, basis: bool) -> Vec<T> {
        let Some(table) = self.files.tables.get(file) else { return Vec::new() };
        let Some(rows) = table.get(list).and_then(Value::as_array) else { return Vec::new() };
        let mut typed = Vec::with_capacity(rows.len());
        for (at, row) in rows.iter().enumerate() {
            let Value::Table(row) = row else {
                self.fail(file, format!("`{list}` number {} is not a table", at + 1));
                continue;
            };
            let row = if basis { with_basis(row.clone()) } else { row.clone() };
            match T::deserialize(Value::Table(row)) {
                Ok(row) => typed.push(row),
                Err(error) => self.fail(file, format!("`{list}` number {}: {error}", at + 1)),
            }
        }
        typed
    }

    /// Many records a file, as `[NAME]`.
    fn named<T: DeserializeOwned>(&mut self, file: &str, skip: &[&str]) -> BTreeMap<String, T> {
        let Some(table) = self.files.tables.get(file) else { return BTreeMap::new() };
        let mut typed = BTreeMap::new();
        for (name, value) in table.iter().filter(|(name, _)| !skip.contains(&name.as_str()) && *name != "overlay") {
            match T::deserialize(value.clone()) {
                Ok(record) => {
                    typed.insert(name.clone(), record);
                }
                Err(error) => self.fail(file, format!("`{name}`: {error}")),
            }
        }
        typed
    }

    fn edition(&mut self) -> Edition {
        let table = self.files.tables.get("edition.toml").cloned().unwrap_or_default();
        let mut table = table;
        table.remove("overlay");
        self.typed("edition.toml", table).unwrap_or_else(|| Edition {
            id: String::new(),
            date: jiff::civil::Date::ZERO.into(),
            about: String::new(),
        })
    }

    fn figures(&mut self) -> BTreeMap<String, Figure> {
        let Some(table) = self.files.tables.get("figures.toml") else { return BTreeMap::new() };
        let mut figures = BTreeMap::new();
        for (name, value) in table.iter().filter(|(name, _)| *name != "overlay") {
            let Value::Table(row) = value else { continue };
            if let Some(figure) = self.typed("figures.toml", with_basis(row.clone())) {
                figures.insert(name.clone(), figure);
            }
        }
        figures
    }

    /// `words/<lang>.toml`: groups of texts, flattened to `group.key`.
    fn words(&mut self) -> BTreeMap<String, Words> {
        let mut all = BTreeMap::new();
        let files = self.files;
        for (path, table) in
            files.tables.range("words/".to_owned()..).take_while(|(path, _)| path.starts_with("words/"))
        {
            let mut plain = Table::new();
            let mut texts = Table::new();
            for (key, value) in table {
                match (key.as_str(), value) {
                    ("review", Value::Table(review)) => {
                        let mut review = review.clone();
                        plain.insert(
                            "review_source".into(),
                            review.remove("source").unwrap_or(Value::Array(Vec::new())),
                        );
                        plain.insert("review".into(), Value::Table(review));
                    }
                    ("months", Value::Table(months)) => {
                        plain.insert("months".into(), months.get("list").cloned().unwrap_or(Value::Array(Vec::new())));
                    }
                    (group, Value::Table(group_texts)) => {
                        for (key, text) in group_texts {
                            texts.insert(format!("{group}.{key}"), text.clone());
                        }
                    }
                    (_, value) => {
                        plain.insert(key.clone(), value.clone());
                    }
                }
            }
            plain.insert("texts".into(), Value::Table(texts));
            if let Some(words) = self.typed::<Words>(path, with_basis(plain)) {
                all.insert(words.language.clone(), words);
            }
        }
        all
    }

    /// A citation counts only with its reference in the Official Journal and its date; one without is not used, and said so.
    fn drop_citations_without_reference(&mut self, path: &str, name: &str, table: &mut Table) {
        let Some(citations) = table.get_mut("citation").and_then(Value::as_array_mut) else { return };
        let ignored = &mut self.ignored;
        citations.retain(|citation| {
            let reference = citation
                .get("oj")
                .and_then(Value::as_str)
                .is_some_and(|it| it.bytes().any(|byte| byte.is_ascii_digit()));
            let date = citation.get("from").is_some_and(|it| it.is_datetime() || it.is_str());
            let overlay = citation.get("overlay").and_then(Value::as_str).unwrap_or_default();
            if !(reference && date) {
                ignored.push(Ignored {
                    code: "citation-without-reference".to_owned(),
                    file: path.to_owned(),
                    overlay: overlay.to_owned(),
                    subject: name.to_owned(),
                });
            }
            reference && date
        });
    }
}

/// Moves what a record rests on into a table of its own, so that every type has it under one name.
pub(crate) fn with_basis(mut table: Table) -> Table {
    let mut basis = Table::new();
    for key in BASIS {
        if let Some(value) = table.remove(key) {
            basis.insert(key.to_owned(), value);
        }
    }
    table.insert("basis".to_owned(), Value::Table(basis));
    table
}
