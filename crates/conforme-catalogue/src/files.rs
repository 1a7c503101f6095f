//! The text of a catalogue, and how an overlay is laid over it.
//!
//! Merging happens on the text, before anything is typed: an overlay can then add to any record, also one that a later
//! version of this program knows more about.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use toml::{Table, Value};

/// Paths inside the catalogue folder, with `/`, and their text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Files {
    /// The files as tables of their keys; prose of a `.md` file is the key `text`.
    pub(crate) tables: BTreeMap<String, Table>,
    /// What could not be read.
    pub(crate) unread: Vec<(String, String)>,
    /// Overlays merged in, in order.
    pub(crate) overlays: Vec<Overlay>,
    pub(crate) hash: Sha256State,
}

/// A folder merged over the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overlay {
    /// Its name, as the user gave it.
    pub name: String,
    /// SHA-256 over its files, lower-case hex.
    pub sha256: String,
}

/// The running digest over all text that went in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Sha256State(Vec<u8>);

impl Sha256State {
    pub(crate) fn hex(&self) -> String {
        sha256(&self.0)
    }
}

/// The fence around the TOML of a `.md` record.
const FENCE: &str = "+++";

impl Files {
    /// Reads files given as path and text. Files that are not records (`README.md`) are left out.
    pub fn new<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut sorted: Vec<(&str, &str)> = files.into_iter().filter(|(path, _)| is_record(path)).collect();
        sorted.sort_unstable();
        let mut this = Self::default();
        let mut hasher = Sha256::new();
        for (path, text) in sorted {
            hasher.update(path.as_bytes());
            hasher.update([0]);
            hasher.update(text.replace("\r\n", "\n").as_bytes());
            hasher.update([0]);
            match read(path, text) {
                Ok(table) => {
                    this.tables.insert(path.to_owned(), table);
                }
                Err(problem) => this.unread.push((path.to_owned(), problem)),
            }
        }
        this.hash.0.extend_from_slice(&hasher.finalize());
        this
    }

    /// Lays an overlay over these files: new files are added, tables merged, lists of records extended, other values replaced.
    /// Every record it touches carries its name.
    pub fn overlaid(mut self, name: &str, overlay: Files) -> Self {
        for (path, mut table) in overlay.tables {
            mark(&mut table, name);
            match self.tables.get_mut(&path) {
                Some(base) => merge(base, table),
                None => {
                    self.tables.insert(path, table);
                }
            }
        }
        self.unread.extend(overlay.unread.into_iter().map(|(path, problem)| (format!("{name}/{path}"), problem)));
        self.overlays.push(Overlay { name: name.to_owned(), sha256: overlay.hash.hex() });
        self.hash.0.extend_from_slice(&overlay.hash.0);
        self
    }

    /// Files that could not be read, with the reason.
    pub fn unread(&self) -> &[(String, String)] {
        &self.unread
    }

    /// Paths of the records.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.tables.keys().map(String::as_str)
    }
}

fn is_record(path: &str) -> bool {
    (path.ends_with(".md") && path != "README.md") || path.ends_with(".toml")
}

fn read(path: &str, text: &str) -> Result<Table, String> {
    let parse = |toml: &str| toml.parse::<Table>().map_err(|error| error.to_string());
    if path.ends_with(".toml") {
        return parse(text);
    }
    let text = text.replace("\r\n", "\n");
    let inner = text.strip_prefix("+++\n").ok_or_else(|| format!("a record begins with a line `{FENCE}`"))?;
    let (front, prose) = inner.split_once("\n+++\n").ok_or_else(|| format!("the second line `{FENCE}` is missing"))?;
    let mut table = parse(front)?;
    table.insert("text".to_owned(), Value::String(prose.trim().to_owned()));
    Ok(table)
}

/// Writes the overlay's name into the record and into the entries of its lists that are facts of their own.
fn mark(table: &mut Table, name: &str) {
    for (key, list) in table.iter_mut() {
        for entry in list.as_array_mut().into_iter().flatten().filter_map(Value::as_table_mut) {
            if matches!(key.as_str(), "citation" | "stage") || entry.contains_key("as_of") {
                entry.insert("overlay".to_owned(), Value::String(name.to_owned()));
            }
        }
    }
    table.insert("overlay".to_owned(), Value::String(name.to_owned()));
}

fn merge(base: &mut Table, over: Table) {
    for (key, value) in over {
        match (base.get_mut(&key), value) {
            (Some(Value::Table(base)), Value::Table(over)) => merge(base, over),
            (Some(Value::Array(base)), Value::Array(over)) if over.iter().all(Value::is_table) => base.extend(over),
            (Some(Value::String(_)), Value::String(over)) if key == "text" && over.is_empty() => {}
            (_, value) => {
                base.insert(key, value);
            }
        }
    }
}

/// SHA-256 of bytes, lower-case hex.
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Bytes as lower-case hex.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::Files;

    #[test]
    fn an_overlay_extends_lists_replaces_values_and_leaves_its_name() {
        let base = Files::new([("standards/X/standard.toml", "title = 'a'\n[[stage]]\nn = 1\n")]);
        let over =
            Files::new([("standards/X/standard.toml", "title = 'b'\n[[stage]]\nn = 2\n[[citation]]\noj = 'x'\n")]);
        let merged = base.clone().overlaid("mine", over);
        let table = &merged.tables["standards/X/standard.toml"];
        assert_eq!(table["title"].as_str(), Some("b"));
        assert_eq!(table["stage"].as_array().map(Vec::len), Some(2));
        assert_eq!(table["stage"][0].get("overlay"), None);
        assert_eq!(table["citation"][0]["overlay"].as_str(), Some("mine"));
        assert_ne!(merged.hash, base.hash);
    }

    #[test]
    fn a_record_without_its_fence_is_reported() {
        let files = Files::new([("provisions/X.md", "title = 'a'")]);
        assert_eq!(files.unread().len(), 1);
    }
}
