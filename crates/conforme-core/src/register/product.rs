//! Which standards matter for a product, and why.

use super::{opened, resolve};
use crate::classify::Facts;
use conforme_catalogue::{Catalogue, Id, Presumption, Standard, StandardRole};

/// A standard that matters for a product.
#[derive(Debug, Clone)]
pub struct Relevant<'a> {
    /// The standard.
    pub standard: &'a Standard,
    /// Why it matters; never empty.
    pub why: Vec<Why>,
    /// Procedures that its citation can help to open: they open when everything that applies is covered.
    pub opens: Vec<String>,
}

/// Why a standard matters for a product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// The dossier applies it.
    Applied,
    /// It is for the product's category.
    Category,
    /// It is for every product.
    Horizontal,
}

impl Why {
    /// The word used in output.
    pub fn word(self) -> &'static str {
        match self {
            Self::Applied => "applied",
            Self::Category => "category",
            Self::Horizontal => "horizontal",
        }
    }
}

/// Standards for a product of a category: those for the category, those for every product, and what its dossier applies
/// under any spelling.
pub fn for_product<'a>(
    law: &'a Catalogue,
    category: Option<&Id>,
    applied: &[&str],
    facts: &Facts,
) -> Vec<Relevant<'a>> {
    let tier = category.and_then(|it| law.categories.get(it)).map(|it| it.tier);
    let opens = tier.map_or_else(Vec::new, |it| opened(law, facts, it));
    let mut relevant: Vec<Relevant<'a>> = law
        .standards
        .values()
        .filter_map(|standard| {
            let why = touches(law, standard, category, applied);
            // What is not meant for citation opens nothing until it is cited all the same.
            let hoped = matches!(standard.presumption, Presumption::Expected | Presumption::Unknown)
                || !standard.citations.is_empty();
            let opens = if hoped && !standard.covers.is_empty() { opens.clone() } else { Vec::new() };
            (!why.is_empty()).then_some(Relevant { standard, why, opens })
        })
        .collect();
    relevant.sort_by_cached_key(|it| {
        let order = [StandardRole::Vertical, StandardRole::Horizontal, StandardRole::Supporting];
        (order.iter().position(|role| *role == it.standard.role), it.standard.id.clone())
    });
    relevant
}

/// Why a standard matters for a product of a category that applies these standards; empty when it does not.
pub fn touches(law: &Catalogue, standard: &Standard, category: Option<&Id>, applied: &[&str]) -> Vec<Why> {
    let mut why = Vec::new();
    if resolve(law, applied).contains(&&standard.id) {
        why.push(Why::Applied);
    }
    if category.is_some_and(|it| standard.categories.contains(it)) {
        why.push(Why::Category);
    }
    if standard.tracked && standard.role == StandardRole::Horizontal {
        why.push(Why::Horizontal);
    }
    why
}
