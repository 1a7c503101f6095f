//! The register of standards, said aloud: tables for the terminal, JSON v1, and a page with a timeline.
//!
//! Every form shows how a step is known, keeps proposed deadlines apart from adopted ones, and names the overlay with its
//! hash wherever something rests on one.

pub mod human;
pub mod json;
mod layout;
pub mod page;
mod schema;

pub use schema::schema;

use conforme_catalogue::{Catalogue, Certainty, StageKind, Standard};
use conforme_core::register;
use jiff::civil::Date;

/// Shown of a hash where people read it.
const HASH_SHOWN: usize = 12;

/// `overlay NAME (hash)` for what an overlay brought; empty for what the catalogue knows itself.
fn overlay_mark(law: &Catalogue, name: Option<&str>) -> String {
    let Some(name) = name else { return String::new() };
    let hash = register::overlay(law, Some(name)).map_or("", |it| it.sha256.get(..HASH_SHOWN).unwrap_or(&it.sha256));
    format!("overlay {name} ({hash})")
}

/// How a step is known, in a word.
fn known(kind: StageKind) -> &'static str {
    match kind {
        StageKind::Happened => "happened",
        StageKind::Reported => "reported",
        StageKind::Planned => "planned",
    }
}

/// How sure a record is, in a word.
fn certainty(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Secondary => "secondary",
        Certainty::Derived => "derived",
        Certainty::Uncertain => "uncertain",
    }
}

/// The items of a standard, neighbours joined: `2-14`, `28-29`, `17a, 17b`.
fn items(standard: &Standard) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut run: Option<(u16, u16)> = None;
    let close = |run: Option<(u16, u16)>, parts: &mut Vec<String>| match run {
        Some((from, to)) if from == to => parts.push(from.to_string()),
        Some((from, to)) => parts.push(format!("{from}-{to}")),
        None => {}
    };
    for item in &standard.items {
        match (item.parse::<u16>().ok(), run) {
            (Some(number), Some((from, to))) if to.checked_add(1) == Some(number) => run = Some((from, number)),
            (Some(number), _) => {
                close(run, &mut parts);
                run = Some((number, number));
            }
            (None, _) => {
                close(run.take(), &mut parts);
                parts.push(item.clone());
            }
        }
    }
    close(run, &mut parts);
    parts.join(", ")
}

/// The catalogue cannot know what happened after it was made; an answer about a later day says so.
fn horizon(law: &Catalogue, on: Date) -> Option<String> {
    let end = law.edition.date;
    (on > end.first()).then(|| format!("The catalogue {} knows the state of the standards up to {end} at most; later steps are not in it.", law.edition.id))
}
