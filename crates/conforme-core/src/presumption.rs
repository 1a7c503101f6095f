//! Presumption of conformity on a day: which provisions enjoy it, through what, and whether it is complete.
//!
//! Only a citation in force gives it, for the cited edition, the provisions it covers, and a product that applies the
//! standard in full. Common specifications (Art. 27(5)) and certificates (Art. 27(8), (9)) count the same way.

use crate::codes;
use crate::dossier::{Dossier, Extent, Level};
use crate::finding::Reporter;
use crate::source::{Place, Text};
use conforme_catalogue::{Catalogue, Id};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// What gives presumption for a provision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Presumer {
    /// Reference of the standard, specification or scheme, with its edition.
    pub reference: String,
    /// Official Journal reference.
    pub oj: String,
    /// It was found to cover the risks of the core functionality.
    pub covers_core_risks: bool,
    /// Where the dossier says that it is applied.
    pub place: Place,
    /// The overlay that brought the citation.
    pub overlay: Option<String>,
}

/// Presumption by provision.
pub type Presumed = BTreeMap<Id, Vec<Presumer>>;

/// A scheme counts as available when the dossier names a certificate under one that the Official Journal lists.
pub(crate) fn scheme_available(dossier: &Dossier) -> bool {
    dossier.certificate.iter().any(|it| it.oj.as_ref().is_some_and(|it| !it.value.trim().is_empty()))
}

/// Finds what the product enjoys on the day of placing, and reports what is applied without giving any. `open` are standards
/// that are said to be applied in full and are not.
pub(crate) fn presumed(dossier: &Dossier, placing: Date, open: &BTreeSet<Id>, reporter: &mut Reporter<'_>) -> Presumed {
    let law = reporter.law();
    let mut presumed = Presumed::new();
    for applied in &dossier.standard {
        let Some(name) = &applied.id else { continue };
        let Some(standard) = law.standard(&name.value) else {
            reporter.report(codes::UNKNOWN_STANDARD, Some(name.place), &[("id", &name.value)]);
            continue;
        };
        let mut cited = standard.cited(placing).peekable();
        if cited.peek().is_none() {
            let stage = standard.stage(placing).map_or("unknown", |it| it.stage.word());
            reporter.report(
                codes::STANDARD_NOT_CITED,
                Some(name.place),
                &[("standard", &standard.reference), ("stage", stage)],
            );
            continue;
        }
        let full = applied.applied.is_some_and(|it| it.value == Extent::Full) && !open.contains(&standard.id);
        let edition = applied.edition.as_ref().map_or("", |it| it.value.as_str());
        let citations: Vec<_> = cited.collect();
        let Some(citation) = citations.iter().find(|it| same_edition(&it.edition, edition)) else {
            let known: Vec<&str> = citations.iter().map(|it| it.edition.as_str()).collect();
            let place = applied.edition.as_ref().map_or(name.place, |it| it.place);
            let applied = if edition.is_empty() { "no edition" } else { edition };
            reporter.report(
                codes::STANDARD_EDITION,
                Some(place),
                &[("standard", &standard.reference), ("applied", applied), ("cited", &known.join(", "))],
            );
            continue;
        };
        if let Some(restriction) =
            citation.restriction.as_ref().filter(|_| applied.restriction_met.is_none_or(|it| !it.value))
        {
            let names = [("standard", citation.edition.as_str()), ("restriction", restriction.as_str())];
            reporter.report(codes::CITATION_RESTRICTED, Some(applied.place), &names);
            continue;
        }
        if !full {
            continue;
        }
        for provision in standard.presumed(citation) {
            presumed.entry(provision.clone()).or_default().push(Presumer {
                reference: citation.edition.clone(),
                oj: citation.oj.clone(),
                covers_core_risks: applied.covers_core_risks.is_some_and(|it| it.value),
                place: applied.place,
                overlay: citation.overlay.clone(),
            });
        }
    }
    for specification in &dossier.common_specification {
        let in_force = specification.from.is_some_and(|it| it.value <= placing);
        let full = specification.applied.is_some_and(|it| it.value == Extent::Full);
        if let (Some(reference), Some(oj), true, true) = (&specification.reference, &specification.oj, in_force, full) {
            let core = specification.covers_core_risks.is_some_and(|it| it.value);
            add(&mut presumed, law, &specification.provisions, reference, oj, core, specification.place);
        }
    }
    for certificate in &dossier.certificate {
        let valid = certificate.issued.is_some_and(|it| it.value <= placing)
            && certificate.valid_until.is_none_or(|it| it.value >= placing);
        let level = certificate.level.is_some_and(|it| it.value >= Level::Substantial);
        if let (Some(scheme), Some(oj), true, true) = (&certificate.scheme, &certificate.oj, valid, level) {
            let core = certificate.covers_core_risks.is_some_and(|it| it.value);
            add(&mut presumed, law, &certificate.provisions, scheme, oj, core, certificate.place);
        }
    }
    presumed
}

fn add(
    presumed: &mut Presumed,
    law: &Catalogue,
    provisions: &[Text],
    reference: &Text,
    oj: &Text,
    core: bool,
    place: Place,
) {
    for provision in provisions.iter().filter(|it| law.provision(&it.value).is_some()) {
        presumed.entry(Id::from(provision.value.as_str())).or_default().push(Presumer {
            reference: reference.value.clone(),
            oj: oj.value.clone(),
            covers_core_risks: core,
            place,
            overlay: None,
        });
    }
}

/// `V1.1.1` is the edition of `EN 304 627 V1.1.1`; an empty edition is none.
pub fn same_edition(cited: &str, applied: &str) -> bool {
    let loose = |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_uppercase();
    let (cited, applied) = (loose(cited), loose(applied));
    !applied.is_empty() && (cited == applied || cited.ends_with(&applied))
}

/// Applicable essential requirements for which no presumption covers the risks of the core functionality.
pub(crate) fn uncovered(law: &Catalogue, presumed: &Presumed, not_applicable: &BTreeSet<Id>) -> Vec<Id> {
    law.provisions
        .values()
        .filter(|it| it.kind == conforme_catalogue::Kind::EssentialRequirement && !not_applicable.contains(&it.id))
        .filter(|it| !presumed.get(&it.id).is_some_and(|by| by.iter().any(|it| it.covers_core_risks)))
        .map(|it| it.id.clone())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::same_edition;

    #[test]
    fn only_the_cited_edition_counts() {
        assert!(same_edition("EN 304 627 V1.1.1", "V1.1.1"));
        assert!(same_edition("EN 304 627:2026", "EN 304 627:2026"));
        assert!(!same_edition("EN 304 627 V1.1.1", "V1.0.0"));
        assert!(!same_edition("EN 304 627 V1.1.1", ""));
    }
}
