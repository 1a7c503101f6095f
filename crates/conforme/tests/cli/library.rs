//! `conforme standards show|coverage|run|lint|diff` and `conforme risk`: what standards ask.

use crate::world::{ON, World};
use serde_json::Value;
use std::collections::BTreeSet;

fn ids(value: &Value) -> BTreeSet<&str> {
    value.as_array().expect("a list").iter().filter_map(|it| it["id"].as_str()).collect()
}

#[test]
fn counts_follow_the_public_structure() {
    let world = World::new();
    let count = |name: &str| {
        let json = world.run(&["standards", "show", name, "--format", "json"]).json();
        let requirements = json["requirements"].as_array().expect("requirements").clone();
        for it in &requirements {
            assert!(it["assessment"]["expected"].as_str().is_some_and(|it| !it.is_empty()), "{name} {it}");
            assert!(it["assessment"]["by"].as_array().is_some_and(|it| !it.is_empty()), "{name} {it}");
        }
        requirements.len()
    };
    assert_eq!(count("IEC-62443-4-1"), 47);
    assert_eq!(count("EN-40000-1-4"), 65);
    assert_eq!(count("EN-304-623"), 99);
    let groups = world.run(&["standards", "show", "EN-40000-1-4", "--format", "json"]).json();
    assert_eq!(groups["edition"]["groups"].as_array().map(Vec::len), Some(35), "objective entries");
    let os = world.run(&["standards", "show", "EN-304-626", "--format", "json"]).json();
    let top = os["requirements"].as_array().expect("requirements").iter().filter(|it| it["parent"].is_null()).count();
    assert_eq!(top, 21);
}

#[test]
fn coverage_of_62443_shows_its_four_gaps_and_grows_with_the_level() {
    let world = World::new();
    let at = |level: &str| {
        world
            .run(&["standards", "coverage", "IEC-62443-4-1", "IEC-62443-4-2", "--sl", level, "--format", "json"])
            .json()
    };
    let mut before = 0;
    for level in ["1", "2", "3", "4"] {
        let json = at(level);
        let topics: BTreeSet<&str> =
            json["summary"]["gap_topics"].as_array().expect("topics").iter().filter_map(Value::as_str).collect();
        assert_eq!(topics, BTreeSet::from(["end-of-support", "privacy", "reporting", "sbom"]), "SL {level}");
        let provisions = json["provisions"].as_array().expect("provisions");
        let answers: usize = provisions.iter().map(|it| it["by"].as_array().map_or(0, Vec::len)).sum();
        assert!(answers > before, "SL {level}: {answers} after {before}");
        before = answers;
        for it in provisions.iter().flat_map(|it| it["by"].as_array().expect("answers")) {
            assert!(it["reason"].as_str().is_some_and(|it| it.len() > 10), "{it}");
        }
        let state = |id: &str| provisions.iter().find(|it| it["id"] == id).map(|it| it["state"].clone());
        assert_eq!((state("CRA-I-2-g"), state("CRA-A14-1")), (Some("none".into()), Some("none".into())));
        assert!(provisions.iter().any(|it| it["published"].as_array().is_some_and(|it| !it.is_empty())));
    }
    let unknown = world.run(&["standards", "coverage", "IEC-62443-4-2", "--sl", "7"]);
    assert_eq!(unknown.code(), 2);
    assert!(unknown.err().contains("SL 1, SL 2, SL 3, SL 4"), "{}", unknown.err());
}

#[test]
fn a_named_profile_is_taken_as_printed_and_formulas_are_for_the_rest() {
    let world = World::new();
    let router = world.run(&["standards", "run", "EN-304-626", "--use-case", "UC-RO-1", "--format", "json"]).json();
    let differences = router["differences"].as_array().expect("differences");
    let kevu = differences.iter().find(|it| it["threat"] == "TH-KEVU").expect("the draft prints it otherwise");
    assert_eq!((&kevu["printed"], &kevu["computed"]), (&"high".into(), &"medium".into()));
    let nothing: Vec<String> = ["NUSR", "CUSR", "PPII", "SNDS", "SNDT", "SENF", "PHYS", "UEIN", "LOSS"]
        .iter()
        .chain(&["HWMD", "SWMD", "DVCS", "TNET", "FNET", "CONF", "ADMN", "SUPP"])
        .map(|it| format!("{it}=0"))
        .collect();
    let none = nothing.join(",");
    let quiet = world.run(&["standards", "run", "EN-304-626", "--factors", &none, "--format", "json"]).json();
    assert!(quiet["asked"].as_array().is_some_and(Vec::is_empty), "every grade is low: {quiet}");
    let open = none.replace("FNET=0", "FNET=2");
    let exposed = world.run(&["standards", "run", "EN-304-626", "--factors", &open, "--format", "json"]).json();
    let asked = exposed["asked"].as_array().expect("asked");
    assert!(asked.iter().any(|it| ids(&it["any_of"]).contains("MI-SSCA")), "{exposed}");
    let wrong = world.run(&["standards", "run", "EN-304-626", "--factors", "FNET=9"]);
    assert_eq!(wrong.code(), 2);
    assert!(wrong.err().contains("levels 0 to 2"), "{}", wrong.err());
    let sheet = world.run(&["standards", "run", "EN-304-623", "--use-case", "UC-IMM", "--sheet"]).out();
    assert!(sheet.contains("assessment sheet") && sheet.contains("[ ] pass"), "{sheet}");
}

#[test]
fn the_real_defects_of_a_draft_are_found() {
    let world = World::new();
    let ran = world.run(&["standards", "lint", "EN-304-626", "--format", "json"]);
    assert_eq!(ran.code(), 1);
    let json = ran.json();
    let defects = json["standards"][0]["defects"].as_array().expect("defects").clone();
    let has = |rule: &str, subject: &str| defects.iter().any(|it| it["rule"] == rule && it["subject"] == subject);
    assert!(has("factor-undefined", "DATA"));
    for code in ["MI-SUVP", "MI-SUAP", "MI-SUOE", "MI-SUAO", "MI-SUDC"] {
        assert!(has("mitigation-undescribed", code), "{code}");
    }
    assert!(has("threat-undefined", "CONF") && has("threat-undefined", "AVAI"));
    assert_eq!(defects.iter().filter(|it| it["rule"] == "printed-differs").count(), 29);
    assert!(has("profile-unknown", "UC-RO-1"));
    let table = world.run(&["standards", "lint"]);
    assert_eq!(table.code(), 0);
    assert!(table.out().contains("EN-304-626@v0.0.11") && table.out().contains("contradictions"));
}

#[test]
fn an_invented_standard_with_faults_is_linted() {
    let world = World::new();
    world.write(
        "draft/requirements.toml",
        r#"
edition = "Draft 1"
reach = "complete"
reach_note = "all of it"
method = "mitigations"
source = ["CONFORME"]
as_of = 2027-01-01
[frame]
scope = "Doorbells"
products = ["doorbells"]
risks_covered = ["somebody opens the door"]
risks_not_covered = []
not_mitigated = []
not_covered = ["CRA-II-1"]
modules = ["A"]
[[objective]]
id = "O-1"
title = "The door stays shut"
answers = ["T-GHOST"]
requirements = ["R-NOWHERE"]
[[requirement]]
id = "R-1"
title = "Lock"
statement = "The lock holds."
kind = "product"
[requirement.assessment]
by = ["test"]
expected = "It holds."
"#,
    );
    world.write(
        "draft/method.toml",
        r#"
[[factor]]
id = "F"
title = "Force"
levels = ["none", "much"]
[[threat]]
id = "T-1"
title = "The door is forced"
requirements = ["R-1"]
likelihood = { low = { fact = "F", at_most = 1 }, high = { fact = "F", at_least = 1 } }
impact = { low = { fact = "F", is = 0 } }
  [[threat.set]]
  axis = "likelihood"
  from = "high"
  need = ["M-MISSING"]
"#,
    );
    let ran = world.run(&["standards", "lint", "draft", "--format", "json"]);
    assert_eq!(ran.code(), 1, "{}", ran.err());
    let json = ran.json();
    let defects = json["standards"][0]["defects"].as_array().expect("defects").clone();
    let has = |rule: &str, subject: &str| defects.iter().any(|it| it["rule"] == rule && it["subject"] == subject);
    assert!(has("formula-overlaps", "T-1"), "{defects:?}");
    assert!(has("set-missing", "T-1"), "the impact can be medium and nothing brings it down");
    assert!(has("mitigation-undescribed", "M-MISSING"));
    assert!(has("threat-undefined", "T-GHOST") && has("reference-unknown", "R-NOWHERE"));
    assert!(!defects.iter().any(|it| it["rule"] == "scope" || it["rule"] == "modules"));
    world.write("draft/requirements.toml", "edition = 1\n");
    let broken = world.run(&["standards", "lint", "draft"]);
    assert_eq!(broken.code(), 2);
    assert!(broken.err().contains("draft/requirements.toml"), "{}", broken.err());
}

#[test]
fn editions_are_compared_with_what_rests_on_them() {
    let world = World::passing();
    world.change("conforme.toml", "answers = [\"CRA-I-2-b\"", "answers = [\"EN-304-621/REQ-TECH-0\", \"CRA-I-2-b\"");
    let arguments = [
        "standards",
        "diff",
        "EN-304-621@2025-draft",
        "EN-304-621@2026-draft",
        "--folder",
        ".",
        "--on",
        ON,
        "--format",
        "json",
    ];
    let json = world.run(&arguments).json();
    let changed = json["changed"].as_array().expect("changed");
    let it = changed.iter().find(|it| it["id"] == "REQ-TECH-0").expect("the number means something else");
    assert_eq!(it["products"].as_array().map(Vec::len), Some(1), "{it}");
    let days = world.run(&["standards", "diff"]);
    assert_eq!(days.code(), 2);
}

#[test]
fn threats_are_proposed_as_records_that_can_be_pasted() {
    let world = World::passing();
    world.write(
        "components.toml",
        "[[interface]]\nid = \"W\\\"X\"\nkind = \"wifi\"\n[[asset]]\nid = \"SECRET\"\ntitle = \"Secrets\"\nkind = \"credentials\"\nobjectives = [\"confidentiality\"]\n",
    );
    let out = world.run(&["risk", "suggest", ".", "--on", ON, "--format", "toml"]).out();
    let records: toml::Table = out.parse().expect("valid TOML");
    let threats = records["threat"].as_array().expect("threats");
    assert!(threats.iter().any(|it| it["catalogue"].as_str() == Some("T-EAVESDROP-RADIO")), "{out}");
    assert!(threats.iter().any(|it| it["interfaces"][0].as_str() == Some("W\"X")), "foreign words stay words");
    assert!(world.run(&["risk", "state", ".", "--on", ON]).out().starts_with("reviewed_state = \"purpose="));
}
