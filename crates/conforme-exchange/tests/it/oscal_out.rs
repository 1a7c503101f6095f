//! Profiles, component definitions and assessment results.

use crate::hard;
use conforme_exchange::oscal::{
    Component, Implementation, Implemented, Judged, Results, Verdict, assessment_results, component_definition, profile,
};

#[test]
fn a_profile_selects_controls_by_the_ids_of_the_catalog() {
    let edition = hard::edition();
    let ids = ["CR 1.1".to_owned(), "9".to_owned()];
    let made = profile(&edition, "Level SL 1", "catalog.json", &ids).expect("a profile");
    let with = &made["profile"]["imports"][0]["include-controls"][0]["with-ids"];
    assert_eq!(*with, serde_json::json!(["CR-1.1", "_9"]));
    assert_eq!(profile(&edition, "Level SL 1", "catalog.json", &ids), Ok(made));
    let error = profile(&edition, "t", "c", &["CR 7".to_owned()]).expect_err("an unknown id");
    assert!(error.to_string().contains("CR 7"), "{error}");
    assert!(profile(&edition, "t", "c", &[]).is_err());
}

#[test]
fn measures_and_verdicts_name_their_controls() {
    let edition = hard::edition();
    let as_of = "2027-01-01".parse().expect("a day");
    let implemented = Implemented {
        requirement: "CR-1.1".to_owned(),
        measures: vec!["M 1".to_owned()],
        status: Implementation::Partial,
        description: "Half of it.".to_owned(),
        remarks: None,
    };
    let component = Component {
        title: "Boat".to_owned(),
        description: "A boat".to_owned(),
        kind: "hardware".to_owned(),
        version: "1".to_owned(),
        as_of,
        implemented: vec![implemented],
    };
    let made = component_definition(&edition, "catalog.json", &component).expect("a definition");
    let of =
        &made["component-definition"]["components"][0]["control-implementations"][0]["implemented-requirements"][0];
    assert_eq!(of["control-id"], "CR-1.1-2", "its token was taken by another requirement");
    assert_eq!(of["props"][0]["value"], "partial");

    let judged = |requirement: &str, verdict| Judged {
        requirement: requirement.to_owned(),
        verdict,
        remarks: "seen".to_owned(),
    };
    let results = Results {
        title: "Boat".to_owned(),
        description: "Tests".to_owned(),
        version: "1".to_owned(),
        as_of,
        plan: "#plan".to_owned(),
        judged: vec![judged("CR 1.1", Verdict::Met), judged("9", Verdict::Unknown)],
    };
    let made = assessment_results(&edition, &results).expect("results");
    let findings = &made["assessment-results"]["results"][0]["findings"];
    assert_eq!(findings[0]["target"]["status"]["state"], "satisfied");
    assert_eq!(findings[1]["target"]["status"]["state"], "not-satisfied", "unknown is never satisfied");
    assert_eq!(findings[1]["props"][0]["value"], "unknown");
}
