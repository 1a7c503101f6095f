//! Presumption of conformity on a day, in general and for the product of a dossier.
//!
//! In general: which provisions a citation in force reaches. For a product: which of them it enjoys, because it applies
//! the cited edition in full, and what the rest keeps closed.

use crate::assessment::{Assessment, Status};
use crate::classify::{self, Facts};
use crate::finding::{Finding, Reporter};
use crate::load::Loaded;
use crate::presumption::{self, Presumer};
use conforme_catalogue::{Catalogue, Citation, FactValue, Id, Kind, Overlay, Presumption, Provision, Standard, Tier};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// A provision and the citations that reach it on a day.
#[derive(Debug, Clone)]
pub struct Enjoyed<'a> {
    /// The provision.
    pub provision: &'a Provision,
    /// Citations in force that cover it. Empty: no presumption for anyone.
    pub through: Vec<Through<'a>>,
    /// Standards that are meant to cover it and are not cited on the day.
    pub meant: Vec<&'a Standard>,
}

/// What gives the presumption.
#[derive(Debug, Clone, Copy)]
pub struct Through<'a> {
    /// The standard; one with categories gives it to products of these only.
    pub standard: &'a Standard,
    /// Its citation: edition, reference and days.
    pub citation: &'a Citation,
    /// The overlay that brought the citation.
    pub overlay: Option<&'a Overlay>,
}

/// The essential requirements, and whatever else a citation covers, in the order of the law.
pub fn presumption(law: &Catalogue, on: Date) -> Vec<Enjoyed<'_>> {
    let cited: BTreeSet<&Id> =
        law.standards.values().flat_map(|it| it.cited(on).flat_map(|citation| it.presumed(citation))).collect();
    law.provisions
        .values()
        .filter(|it| it.kind == Kind::EssentialRequirement || cited.contains(&it.id))
        .map(|provision| Enjoyed {
            provision,
            through: through(law, provision, on),
            meant: meant(law.standards.values(), &provision.id, on),
        })
        .collect()
}

fn through<'a>(law: &'a Catalogue, provision: &Provision, on: Date) -> Vec<Through<'a>> {
    law.standards
        .values()
        .flat_map(|standard| standard.cited(on).map(move |citation| (standard, citation)))
        .filter(|(standard, citation)| standard.presumed(citation).contains(&provision.id))
        .map(|(standard, citation)| Through {
            standard,
            citation,
            overlay: super::overlay(law, citation.overlay.as_deref()),
        })
        .collect()
}

/// Standards whose citation would cover a provision.
fn meant<'a>(standards: impl Iterator<Item = &'a Standard>, provision: &Id, on: Date) -> Vec<&'a Standard> {
    standards.filter(|it| could(it, provision, on) && it.cited(on).next().is_none()).collect()
}

/// A citation covers the provision for who applies the edition in full, or one is hoped for that would.
fn could(standard: &Standard, provision: &Id, on: Date) -> bool {
    let mut cited = standard.cited(on).peekable();
    if cited.peek().is_some() {
        return cited.any(|it| standard.presumed(it).contains(provision));
    }
    matches!(standard.presumption, Presumption::Expected | Presumption::Unknown) && standard.covers.contains(provision)
}

/// What a product enjoys on the day that picks its citations.
#[derive(Debug, Clone)]
pub struct Of<'a> {
    /// The essential requirements, in the order of the law.
    pub provisions: Vec<ProductProvision<'a>>,
    /// What is applied and gives no presumption, in the words of the findings.
    pub without: Vec<Finding>,
    /// Procedures that full presumption opens and that are not open without it.
    pub opens: Vec<String>,
}

/// An essential requirement for a product.
#[derive(Debug, Clone)]
pub struct ProductProvision<'a> {
    /// The provision.
    pub provision: &'a Provision,
    /// Put aside with a reason that holds.
    pub not_applicable: bool,
    /// What gives the product presumption for it.
    pub through: Vec<Presumer>,
    /// Standards for this product that are meant to cover it, or are cited for it, without giving it presumption yet.
    pub meant: Vec<&'a Standard>,
}

impl ProductProvision<'_> {
    /// Counts towards full presumption: one that covers the risks of the core functionality, or nothing to presume.
    pub fn settled(&self) -> bool {
        self.not_applicable || self.through.iter().any(|it| it.covers_core_risks)
    }
}

/// What the product of a dossier enjoys, as it was judged.
pub fn for_dossier<'a>(law: &'a Catalogue, loaded: &Loaded, assessment: &Assessment) -> Of<'a> {
    let mut reporter = Reporter::new(law);
    let mut presumed = presumption::presumed(&loaded.dossier, assessment.placing, &assessment.not_full, &mut reporter);
    let applied: Vec<&str> =
        loaded.dossier.standard.iter().filter_map(|it| it.id.as_ref()).map(|it| it.value.as_str()).collect();
    let facts = classify::facts(law, &loaded.dossier, &loaded.facts);
    let relevant = super::for_product(law, assessment.category.as_ref(), &applied, &facts);
    let provisions = law
        .provisions
        .values()
        .filter(|it| it.kind == Kind::EssentialRequirement)
        .map(|provision| ProductProvision {
            provision,
            not_applicable: assessment
                .verdict(provision.id.as_str())
                .is_some_and(|it| it.status == Status::NotApplicable),
            through: presumed.remove(&provision.id).unwrap_or_default(),
            meant: relevant
                .iter()
                .map(|it| it.standard)
                .filter(|it| could(it, &provision.id, assessment.placing))
                .collect(),
        })
        .collect();
    let tier = assessment.category.as_ref().and_then(|it| law.categories.get(it)).map(|it| it.tier);
    Of {
        provisions,
        without: reporter.into_findings(),
        opens: tier.map_or_else(Vec::new, |it| opened(law, &facts, it)),
    }
}

/// Procedures of a tier that are open with full presumption and closed without it: the decision table, asked twice.
pub fn opened(law: &Catalogue, facts: &Facts, tier: Tier) -> Vec<String> {
    let ask = |full: bool| {
        let mut facts = facts.clone();
        facts.set("class.tier", FactValue::Word(tier.word().to_owned()));
        facts.set("presumption.full", FactValue::Flag(full));
        facts.set("scheme.mandated", FactValue::Flag(false));
        classify::routes(law, &facts, false).map_or_else(Vec::new, |it| it.allowed)
    };
    let without = ask(false);
    ask(true).into_iter().filter(|it| !without.contains(it)).collect()
}
