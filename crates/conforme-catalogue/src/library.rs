//! The library: what standards ask, and the threat catalogue. It is read apart from the rest of the catalogue, because
//! most work needs one edition of it or none.

use crate::parse::{Reader, with_basis};
use crate::{
    CatalogueError, DecisionTrees, EditionHead, Files, Id, Kinds, Mapping, Method, MethodName, Mitigations, Profiles,
    PublishedMapping, StandardEdition, Threat,
};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use toml::{Table, Value};

/// Editions of standards, threats and published mappings.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Library {
    /// Editions, in the order of standard and slug.
    pub editions: Vec<StandardEdition>,
    /// Threats.
    pub threats: BTreeMap<Id, Threat>,
    /// Kinds of interfaces, assets and situations.
    pub kinds: Kinds,
    /// Lists of coverage that others have published.
    pub published: BTreeMap<Id, PublishedMapping>,
}

impl Library {
    /// The edition that a dossier or command names: by slug or by the printed name, however it is spelled. Without a name it
    /// is the one with the furthest reach, and of those the last.
    pub fn edition(&self, standard: &Id, edition: Option<&str>) -> Option<&StandardEdition> {
        let wanted = edition.map(crate::id::loose);
        let mut of = self.editions.iter().filter(|it| it.standard == *standard);
        match wanted {
            Some(wanted) => of.find(|it| {
                let names = [it.slug.as_str(), it.head.edition.as_str()];
                names.iter().any(|it| crate::id::loose(it) == wanted)
            }),
            None => of.max_by_key(|it| std::cmp::Reverse(it.head.reach as u8)),
        }
    }

    /// Reads a library from the bytes that [`Library::encode`] wrote.
    ///
    /// # Errors
    /// When the bytes were not written by this version.
    pub fn decode(bytes: &[u8]) -> Result<Self, postcard::Error> {
        postcard::from_bytes(bytes)
    }

    /// The decoded form, for embedding.
    ///
    /// # Errors
    /// When a value has no place in the encoding; none of the record types has such values.
    pub fn encode(&self) -> Result<Vec<u8>, postcard::Error> {
        postcard::to_stdvec(self)
    }

    /// All editions of a standard.
    pub fn editions_of<'a>(&'a self, standard: &'a Id) -> impl Iterator<Item = &'a StandardEdition> {
        self.editions.iter().filter(move |it| it.standard == *standard)
    }
}

/// Reads the library out of the files of a catalogue.
///
/// # Errors
/// Every file that could not be typed, with the reason.
pub fn parse_library(files: &Files) -> Result<Library, Vec<CatalogueError>> {
    let mut reader = Reader::new(files);
    let library = Library {
        editions: editions(&mut reader),
        threats: reader.records("threats/", ".toml"),
        kinds: files.tables.get("kinds.toml").and_then(|it| reader.typed("kinds.toml", plain(it))).unwrap_or_default(),
        published: reader.records("mappings/published/", ".toml"),
    };
    reader.finish().map(|()| library)
}

fn editions(reader: &mut Reader<'_>) -> Vec<StandardEdition> {
    let files = reader.files;
    let mut editions = Vec::new();
    for (path, table) in &files.tables {
        let Some(name) = path.strip_prefix("standards/").and_then(|it| it.strip_suffix("/requirements.toml")) else {
            continue;
        };
        let Some((standard, slug)) = name.split_once('/') else {
            reader.fail(path, "requirements stand in `standards/ID/EDITION/requirements.toml`");
            continue;
        };
        let Some(head) = reader.typed::<EditionHead>(path, head(table)) else { continue };
        let method_path = format!("standards/{standard}/{slug}/method.toml");
        let Some(method) = method(reader, &method_path, head.method) else { continue };
        let mapping_path = format!("mappings/{standard}@{slug}.toml");
        let mapping = files
            .tables
            .get(&mapping_path)
            .and_then(|it| reader.typed::<Mapping>(&mapping_path, with_basis(it.clone())));
        editions.push(StandardEdition { standard: Id::from(standard), slug: slug.to_owned(), head, method, mapping });
    }
    editions
}

/// The head of an edition: its basis and that of its requirements in tables of their own.
fn head(table: &Table) -> Table {
    let mut table = with_basis(table.clone());
    rows_with(&mut table, "requirement", |row| {
        let mut own = Table::new();
        for key in ["source", "certainty", "doubt", "overlay"] {
            if let Some(value) = row.remove(key) {
                own.insert(key.to_owned(), value);
            }
        }
        row.remove("as_of");
        row.insert("basis".to_owned(), Value::Table(own));
    });
    table
}

fn rows_with(table: &mut Table, list: &str, mut with: impl FnMut(&mut Table)) {
    for row in table.get_mut(list).and_then(Value::as_array_mut).into_iter().flatten().filter_map(Value::as_table_mut) {
        with(row);
    }
}

fn method(reader: &mut Reader<'_>, path: &str, name: MethodName) -> Option<Method> {
    let table = reader.files.tables.get(path).map(plain);
    Some(match name {
        MethodName::Requirements => Method::Requirements,
        MethodName::Activities => Method::Activities,
        MethodName::Levels => Method::Levels,
        MethodName::Mitigations => Method::Mitigations(data::<Mitigations>(reader, path, table)?),
        MethodName::Profiles => Method::Profiles(data::<Profiles>(reader, path, table)?),
        MethodName::DecisionTree => Method::DecisionTree(data::<DecisionTrees>(reader, path, table)?),
    })
}

/// The data of a method; its empty form where no source gives any.
fn data<T: DeserializeOwned + Default>(reader: &mut Reader<'_>, path: &str, table: Option<Table>) -> Option<Box<T>> {
    match table {
        Some(table) => reader.typed(path, table).map(Box::new),
        None => Some(Box::default()),
    }
}

fn plain(table: &Table) -> Table {
    let mut table = table.clone();
    table.remove("overlay");
    table
}
