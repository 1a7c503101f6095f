//! `conforme check`.

use crate::world::{ON, World};
use std::fs;

#[test]
fn a_complete_dossier_passes_with_exit_code_0() {
    let ran = World::passing().run(&["check", "--on", ON, "--stage", "support", "--fail-on", "warning"]);
    assert_eq!(ran.code(), 0, "{}{}", ran.out(), ran.err());
    assert!(ran.out().contains("gate support: passed"), "{}", ran.out());
}

#[test]
fn a_finding_shows_the_line_the_article_and_the_next_step() {
    let world = World::passing();
    world.change("conforme.toml", "residual = \"low\"", "residual = \"high\"");
    let ran = world.run(&["check", "--on", ON]);
    assert_eq!(ran.code(), 1);
    let out = ran.out();
    assert!(out.contains("error[risk-above-criteria]"), "{out}");
    assert!(out.contains("residual = \"high\"") && out.contains("conforme.toml:"), "{out}");
    assert!(out.contains("= law: Regulation (EU) 2024/2847") && out.contains("= next: "), "{out}");
    assert!(!out.contains('\u{1b}'), "NO_COLOR is honoured");
}

#[test]
fn json_has_its_promised_fields() {
    let world = World::passing();
    let ran = world.run(&["check", "--on", ON, "--format", "json"]);
    let json = ran.json();
    assert_eq!(json["gate"], "passed");
    assert_eq!(json["version"], 1);
    assert_eq!(json["classification"]["tier"], "default");
    let verdicts = json["verdicts"].as_array().expect("verdicts");
    let verdict = verdicts.iter().find(|it| it["id"] == "CRA-I-2-d").expect("the verdict");
    assert_eq!((&verdict["kind"], &verdict["status"]), (&"provision".into(), &"met".into()));
    assert!(verdict["chain"].as_array().is_some_and(|it| it.iter().any(|it| it["role"] == "measure")));
}

#[test]
fn missing_and_stale_evidence_leave_the_gate_undecided() {
    let world = World::passing();
    fs::remove_file(world.path().join("evidence/tests.xml")).expect("removed");
    let ran = world.run(&["check", "--on", ON, "--format", "json"]);
    assert_eq!(ran.code(), 3, "{}", ran.out());
    assert_eq!(ran.json()["gate"], "undecided");
    let world = World::passing();
    world.write("evidence/tests.xml", "something else\n");
    let ran = world.run(&["check", "--on", ON, "--format", "json"]);
    assert!(ran.codes().contains(&"hash-differs".to_owned()));
    // Failed outranks undecided.
    world.change("conforme.toml", "treatment = \"mitigate\"\n", "");
    assert_eq!(world.run(&["check", "--on", ON]).code(), 1);
}

#[test]
fn a_remembered_hash_never_hides_a_change() {
    let world = World::passing();
    assert_eq!(world.run(&["check", "--on", ON]).code(), 0);
    assert_eq!(world.run(&["check", "--on", ON]).code(), 0);
    world.write("evidence/tests.xml", "longer than before\n");
    assert_eq!(world.run(&["check", "--on", ON]).code(), 3);
}

#[test]
fn the_gate_follows_stage_and_fail_on() {
    let world = World::passing();
    world.change("conforme.toml", "declared_on = 2028-01-05\n", "");
    assert_eq!(world.run(&["check", "--on", ON, "--stage", "documentation"]).code(), 0);
    assert_eq!(world.run(&["check", "--on", ON, "--stage", "declaration"]).code(), 1);
    let world = World::passing();
    world.change("conforme.toml", "support_end = \"2050-12\"", "support_end = \"2030-12\"");
    assert_eq!(world.run(&["check", "--on", ON]).code(), 0);
    assert_eq!(world.run(&["check", "--on", ON, "--fail-on", "warning"]).code(), 1);
}

#[test]
fn sarif_points_into_the_file() {
    let world = World::passing();
    world.change("conforme.toml", "module = \"A\"", "module = \"X\"");
    let log = world.run(&["check", "--on", ON, "--format", "sarif"]).json();
    assert_eq!(log["version"], "2.1.0");
    let results = log["runs"][0]["results"].as_array().expect("results");
    let result = results.iter().find(|it| it["ruleId"] == "unknown-word").expect("the finding");
    assert_eq!(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "conforme.toml");
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().expect("rules");
    assert!(results.iter().all(|it| rules.iter().any(|rule| rule["id"] == it["ruleId"])));
}

#[test]
fn a_workspace_takes_over_the_company_and_sums_up() {
    let world = World::new();
    world.write("conforme.toml", "[workspace]\nmembers = [\"products/*\"]\n");
    world.passing_in("products/ledger");
    world.passing_in("products/other");
    let maker = "[manufacturer]\nname = \"Linden Software OÜ\"\naddress = \"Pikk 7, 10123 Tallinn, Estonia\"\nemail = \"hello@linden.example\"\n\
        website = \"https://linden.example\"\nmain_establishment = \"EE\"\nsize = \"small\"\n";
    world.write("company.toml", maker);
    world.change("products/ledger/conforme.toml", maker, "");
    world.change("products/other/conforme.toml", "name = \"Linden Software OÜ\"", "name = \"Linden Zwei\"");
    let all = world.run(&["check", "--all", "--on", ON]);
    assert_eq!(all.code(), 0, "{}{}", all.out(), all.err());
    assert!(all.out().contains("2 products") && all.out().contains("products/ledger"), "{}", all.out());
    let one = world.run(&["check", "--product", "other", "--on", ON, "--format", "json"]);
    let json = one.json();
    let note = json["findings"]
        .as_array()
        .expect("findings")
        .iter()
        .find(|it| it["code"] == "overrides-company")
        .expect("both places");
    assert!(note["message"].as_str().is_some_and(|it| it.contains("company.toml:2")), "{note}");
    let none = world.run(&["check", "--product", "nobody", "--on", ON]);
    assert_eq!(none.code(), 2);
    assert!(none.err().contains("products/ledger"), "{}", none.err());
}
