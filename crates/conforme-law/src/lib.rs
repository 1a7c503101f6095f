//! The law and the standards, embedded.
//!
//! [`catalogue`] decodes what the build script typed and needs no parsing. [`files`] is the same catalogue as text; an
//! overlay is merged over that.

use conforme_catalogue::{Catalogue, Files, Library, StandardEdition};

static ENCODED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/catalogue.bin"));
static LIBRARY: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/library.bin"));
static EDITIONS: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/editions.rs"));
static TEXT: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/files.rs"));

/// The embedded catalogue.
pub fn catalogue() -> Catalogue {
    Catalogue::decode(ENCODED).expect("the build script encoded it with the same types")
}

/// The whole library: every edition, threats, kinds, published mappings.
pub fn library() -> Library {
    library_of(|_| true)
}

/// The library with those editions whose `STANDARD@EDITION` is wanted.
pub fn library_of(wanted: impl Fn(&str) -> bool) -> Library {
    let mut library = Library::decode(LIBRARY).expect("the build script encoded it with the same types");
    let editions = EDITIONS.iter().filter(|(id, _)| wanted(id));
    library.editions = editions
        .map(|(_, bytes)| StandardEdition::decode(bytes).expect("the build script encoded it with the same types"))
        .collect();
    library
}

/// Names of the embedded editions, `STANDARD@EDITION`.
pub fn editions() -> impl Iterator<Item = &'static str> {
    EDITIONS.iter().map(|(id, _)| *id)
}

/// The embedded catalogue as text.
pub fn files() -> Files {
    Files::new(TEXT.iter().copied())
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_embedded_catalogue_is_the_parsed_folder() {
        let parsed = conforme_catalogue::parse(&super::files()).expect("the embedded text parses");
        assert_eq!(parsed, super::catalogue());
    }

    #[test]
    fn the_embedded_library_is_the_parsed_folder() {
        let parsed = conforme_catalogue::parse_library(&super::files()).expect("the embedded text parses");
        assert_eq!(parsed, super::library());
    }

    #[test]
    fn the_embedded_catalogue_is_clean() {
        let problems = conforme_catalogue::lint(&super::files());
        let text: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert!(text.is_empty(), "{}", text.join("\n"));
    }
}
