//! `conforme classify`.

use crate::world::World;

const ROUTER: &str = r#"{ "product": { "name": "R", "kind": "hardware-and-software", "connection": "direct" },
  "function": [{ "title": "routes", "core": true, "does": ["route-between-networks"] }] }"#;

#[test]
fn facts_as_json_give_the_promised_answer() {
    let world = World::new();
    world.write("router.json", ROUTER);
    let ran = world.run(&["classify", "--facts", "router.json", "--format", "json"]);
    assert_eq!(ran.code(), 0, "{}{}", ran.out(), ran.err());
    let json = ran.json();
    assert_eq!(json["in_scope"], true);
    assert_eq!(json["category"], "III-I-12");
    assert_eq!(json["tier"], "important-class-I");
    assert_eq!(json["routes"], serde_json::json!(["B+C", "H"]));
    assert_eq!(json["needs_decision"], false);
    assert!(json["reasons"].as_array().is_some_and(|it| !it.is_empty()));
    assert!(
        json["standards"]
            .as_array()
            .is_some_and(|it| it.iter().any(|it| it["id"] == "EN-304-627" && it["cited"] == false))
    );
}

#[test]
fn a_category_is_an_answer_and_never_an_input() {
    let world = World::new();
    world.write("facts.toml", "[product]\nname = \"x\"\nkind = \"software\"\nconnection = \"direct\"\ncategory = \"III-I-12\"\ntier = \"default\"\n");
    let ran = world.run(&["classify", "--facts", "facts.toml"]);
    assert_eq!(ran.code(), 2);
    assert!(ran.err().contains("category") && ran.err().contains("tier"), "{}", ran.err());
}

#[test]
fn what_cannot_be_decided_has_exit_code_3() {
    let world = World::new();
    world.write(
        "facts.toml",
        "[product]\nname = \"x\"\nkind = \"software\"\n\n[[function]]\ncore = true\ndoes = [\"calculate\"]\n",
    );
    let ran = world.run(&["classify", "--facts", "facts.toml", "--format", "json"]);
    assert_eq!(ran.code(), 3);
    let json = ran.json();
    assert_eq!(json["needs_decision"], true);
    assert!(json["missing"].as_array().is_some_and(|it| it.iter().any(|it| it == "product.connection")), "{json}");
}

#[test]
fn schemas_are_printed_and_name_no_tier() {
    let world = World::new();
    let schema = world.run(&["schema", "facts"]).json();
    assert!(schema["properties"]["chip"]["properties"]["ava_van"]["maximum"] == 5);
    assert!(schema["properties"].get("classification").is_none());
    for name in ["dossier", "check"] {
        assert!(world.run(&["schema", name]).json()["$schema"].is_string(), "{name}");
    }
}

#[test]
fn everything_that_is_listed_can_be_explained() {
    let world = World::new();
    let list = world.run(&["explain", "--list"]).out();
    let names: Vec<&str> = list
        .lines()
        .filter_map(|it| it.strip_prefix("  "))
        .map(|it| it.split("  ").next().unwrap_or_default().trim())
        .collect();
    assert!(names.len() > 400, "{}", names.len());
    for name in names.iter().step_by(23) {
        let ran = world.run(&["explain", name]);
        assert_eq!(ran.code(), 0, "{name}: {}", ran.err());
        assert!(ran.out().contains("source: "), "{name}");
    }
    let unknown = world.run(&["explain", "CRA-I-2-z"]);
    assert_eq!(unknown.code(), 2);
    assert!(unknown.err().contains("did you mean"), "{}", unknown.err());
}
