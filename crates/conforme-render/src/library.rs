//! What standards ask, said aloud: requirements, coverage of the law, runs of a method, defects of a text.

pub mod human;
pub mod json;

use conforme_catalogue::{Certainty, Reach, StandardEdition};

/// How far sources reach, in words.
fn reach(edition: &StandardEdition) -> &'static str {
    match edition.head.reach {
        Reach::Complete => "complete",
        Reach::Partial => "partial",
        Reach::Structure => "structure only",
    }
}

fn sure(certainty: Option<Certainty>) -> Option<&'static str> {
    certainty.map(|it| match it {
        Certainty::Secondary => "secondary",
        Certainty::Derived => "derived",
        Certainty::Uncertain => "uncertain",
    })
}
