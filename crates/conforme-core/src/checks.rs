//! Checks by name. The catalogue names a check, this crate knows how; a test keeps the two lists equal.

use crate::assessment::{Link, Status};
use crate::finding::Reporter;
use crate::inquiry::{Answer, Inquiry};
use crate::source::{Place, Text};
use conforme_catalogue::Provision;

mod declaration;
mod information;
mod operators;
mod requirements;
pub(crate) mod risks;
mod vulnerabilities;

/// Judges one provision for one release.
pub(crate) type Check = fn(&Inquiry<'_>, &Provision, &mut Reporter<'_>) -> Answer;

/// All checks, by the name the catalogue uses.
pub(crate) static CHECKS: &[(&str, Check)] = &[
    // Annex I
    ("measure", requirements::measure),
    ("security-level", requirements::security_level),
    ("part-one", requirements::part_one),
    ("no-known-exploitable", vulnerabilities::no_known_exploitable),
    ("sbom", vulnerabilities::sbom),
    ("disclosure-policy", vulnerabilities::disclosure_policy),
    ("vulnerability-contact", vulnerabilities::contact),
    ("free-updates", vulnerabilities::free_updates),
    // Art. 13: risk assessment and support
    ("risk-assessment", risks::assessment),
    ("risk-assessment-content", risks::content),
    ("justifications", risks::justifications),
    ("due-diligence", risks::due_diligence),
    ("support-period", risks::support_period),
    ("update-retention", risks::update_retention),
    ("older-versions", risks::older_versions),
    ("public-archive", risks::public_archive),
    // Art. 13: what goes with the product, Annex II
    ("identification", information::identification),
    ("manufacturer-contact", information::manufacturer_contact),
    ("single-contact", information::single_contact),
    ("user-information", information::user_information),
    ("user-information-item", information::item),
    ("support-end-shown", information::support_end_shown),
    ("declaration-supplied", information::declaration_supplied),
    // Art. 13(12), 28 to 32: documents, marking, route
    ("order-of-steps", declaration::order_of_steps),
    ("retention", declaration::retention),
    ("declaration", declaration::declaration),
    ("declaration-languages", declaration::languages),
    ("one-declaration", declaration::one_for_all_acts),
    ("ce-marking", declaration::ce_marking),
    ("notified-body-number", declaration::notified_body_number),
    ("technical-documentation", declaration::technical_documentation),
    ("documentation-current", declaration::documentation_current),
    ("documentation-language", declaration::documentation_language),
    ("route", declaration::route),
    ("test-version", declaration::test_version),
    // Other operators
    ("mandate", operators::mandate),
    ("importer-before-placing", operators::before_supply),
    ("distributor-before-supply", operators::before_supply),
    ("becomes-manufacturer", operators::becomes_manufacturer),
    ("traceability", operators::traceability),
    ("steward-policy", operators::steward_policy),
];

/// Finds a check by name.
pub(crate) fn find(name: &str) -> Option<Check> {
    CHECKS.iter().find(|(it, _)| *it == name).map(|(_, check)| *check)
}

/// A text that was given and is not empty.
pub(crate) fn given(text: Option<&Text>) -> Option<&Text> {
    text.filter(|it| !it.value.trim().is_empty())
}

/// A link to something the dossier says.
pub(crate) fn fact(id: &str, text: impl Into<String>, place: Place) -> Link {
    Link { role: "fact", id: id.to_owned(), text: text.into(), place: Some(place), status: Some(Status::Met) }
}

/// Names those of a list that are not given.
pub(crate) fn missing<'a>(wanted: &[(&'a str, Option<&Text>)]) -> Vec<&'a str> {
    wanted.iter().filter(|(_, text)| given(*text).is_none()).map(|(name, _)| *name).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    #[test]
    fn law_and_code_name_the_same_checks() {
        let law = conforme_law::catalogue();
        let in_data: BTreeSet<&str> = law.provisions.values().filter_map(|it| it.check.as_deref()).collect();
        let in_code: BTreeSet<&str> = super::CHECKS.iter().map(|(name, _)| *name).collect();
        assert_eq!(in_data, in_code);
    }
}
