//! Files of other tools in, records out, and back. Everything here is made up, but for the editions of the catalogue.

#![recursion_limit = "512"]

mod hard;
mod oscal;
mod oscal_out;
mod reqif;
mod tables;

use conforme_catalogue::{Modal, RequirementKind, StandardEdition};
use conforme_exchange::{ExchangeError, Given, Imported, import, table::Map};

/// What the file does not say.
pub fn given() -> Given {
    Given {
        edition: "Made up 1:2026".to_owned(),
        as_of: "2026-05-04".parse().expect("a day"),
        source: vec!["a test".to_owned()],
        kind: RequirementKind::Product,
        modal: Modal::Shall,
    }
}

/// Reads a file.
pub fn read(text: &str) -> Result<Imported, ExchangeError> {
    import(text.as_bytes(), &Map::default(), &given())
}

/// Reads a file that can be read.
#[track_caller]
pub fn good(text: &str) -> Imported {
    read(text).unwrap_or_else(|error| panic!("{error}"))
}

/// Every edition of the catalogue, and one with every field filled with what formats stumble over.
pub fn editions() -> Vec<StandardEdition> {
    let mut editions = conforme_law::library_of(|_| true).editions;
    assert!(editions.len() > 20, "the catalogue has editions");
    editions.push(hard::edition());
    editions
}
