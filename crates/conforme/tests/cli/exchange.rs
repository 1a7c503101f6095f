//! `conforme standards import` and `export`.

use crate::world::{ON, World};

const CATALOG: &str = r##"{ "catalog": {
  "uuid": "11111111-2222-4333-8444-555555555555",
  "metadata": { "title": "Harbour controls 5", "last-modified": "2025-03-04T10:11:12Z", "version": "5.1 final", "oscal-version": "1.1.3" },
  "groups": [{ "id": "moor", "title": "Mooring", "controls": [{
    "id": "mo-1", "title": "Ropes", "params": [{ "id": "p", "label": "number" }],
    "props": [{ "name": "label", "value": "MO-1" }],
    "parts": [
      { "id": "mo-1_smt", "name": "statement", "prose": "A ship has {{ insert: param, p }} ropes." },
      { "id": "mo-1_gdn", "name": "guidance", "prose": "Hemp rots \u001b[31m fast." },
      { "name": "assessment-method", "props": [{ "name": "method", "ns": "http://csrc.nist.gov/ns/rmf", "value": "TEST" }] }
    ],
    "controls": [{ "id": "mo-1.1", "title": "Spare ropes", "parts": [{ "name": "statement", "prose": "One lies ready." }] }]
  }]}]
}}"##;

#[track_caller]
fn ran(world: &World, arguments: &[&str]) -> String {
    let ran = world.run(arguments);
    assert_eq!(ran.code(), 0, "{arguments:?}\n{}{}", ran.out(), ran.err());
    ran.out()
}

#[test]
fn a_catalog_becomes_an_overlay_and_a_catalog_again() {
    let world = World::new();
    world.write("harbour.json", CATALOG);
    let import = ["standards", "import", "harbour.json", "--into", "ov", "--standard", "HARBOUR", "--on", "2026-05-04"];
    let told = ran(&world, &[&import[..], &["--dry-run"]].concat());
    for words in [
        "would write ov/standards/HARBOUR/5.1-final/requirements.toml",
        "guidance",
        "[[requirement]]",
        "`kind` was assumed",
    ] {
        assert!(told.contains(words), "{words}\n{told}");
    }
    assert!(!told.contains('\u{1b}'), "foreign text is shown, not obeyed");
    assert!(!world.path().join("ov").exists(), "a dry run writes nothing");

    ran(&world, &import);
    let shown = ran(&world, &["standards", "show", "HARBOUR", "--overlay", "ov", "--requirement", "mo-1"]);
    assert!(shown.contains("A ship has [Assignment: number] ropes."), "{shown}");
    let json = world.run(&["standards", "show", "HARBOUR", "--overlay", "ov", "--format", "json"]).json();
    assert_eq!(json["requirements"].as_array().map(Vec::len), Some(2), "{json}");

    let export = ["standards", "export", "HARBOUR@5.1-final", "--overlay", "ov", "--to", "oscal", "--output"];
    ran(&world, &[&export[..], &["out.json"]].concat());
    let before: serde_json::Value = serde_json::from_str(CATALOG).expect("JSON");
    let after: serde_json::Value = serde_json::from_str(&world.read("out.json")).expect("JSON");
    let ropes = |of: &serde_json::Value| of["catalog"]["groups"][0]["controls"][0].clone();
    for key in ["id", "title", "params"] {
        assert_eq!(ropes(&after)[key], ropes(&before)[key], "{key}");
    }
    assert_eq!(ropes(&after)["props"][0], ropes(&before)["props"][0]);
    for at in 0..3 {
        assert_eq!(ropes(&after)["parts"][at], ropes(&before)["parts"][at], "part {at}");
    }

    ran(&world, &["standards", "import", "out.json", "--into", "again"]);
    for name in ["requirements.toml", "leftover.json"] {
        let of = |overlay: &str| world.read(&format!("{overlay}/standards/HARBOUR/5.1-final/{name}"));
        assert_eq!(of("again"), of("ov"), "{name}");
    }
}

#[test]
fn an_edition_of_the_catalogue_passes_through_every_format() {
    let world = World::new();
    for (to, file) in [("oscal", "a.json"), ("csv", "a.csv"), ("xlsx", "a.xlsx"), ("json", "own.json")] {
        ran(&world, &["standards", "export", "EN-303-645", "--to", to, "--output", file]);
    }
    let import = |file: &str, into: &str| {
        world.run(&["standards", "import", file, "--into", into, "--standard", "EN 303 645", "--edition", "mine"])
    };
    for (file, into) in [("a.json", "o"), ("a.csv", "c"), ("a.xlsx", "x")] {
        let ran = import(file, into);
        assert_eq!(ran.code(), 0, "{}{}", ran.out(), ran.err());
    }
    let rows = |overlay: &str| {
        let text = world.read(&format!("{overlay}/standards/EN-303-645/mine/requirements.toml"));
        text.split_once("[[requirement]]").expect("requirements").1.to_owned()
    };
    assert_eq!(rows("c"), rows("o"));
    assert_eq!(rows("x"), rows("o"));
    let mapping = ran(&world, &["standards", "coverage", "EN-303-645@mine", "--overlay", "o"]);
    assert!(!mapping.is_empty());
    let workbook = world.run(&["standards", "export", "EN-303-645", "--to", "xlsx"]);
    assert_eq!(workbook.code(), 2);
    assert!(workbook.err().contains("--output"), "{}", workbook.err());
}

#[test]
fn a_table_is_read_with_a_map_and_its_rest_is_kept() {
    let world = World::new();
    world.write("rules.csv", "Kennzeichen,Regel,Notiz\nR-1,\"=cmd\",later\n");
    world.write("map.toml", "[columns]\nid = \"Kennzeichen\"\nstatement = \"Regel\"\n[defaults]\nkind = \"process\"\n");
    let without = world.run(&["standards", "import", "rules.csv", "--into", "ov"]);
    assert_eq!(without.code(), 2);
    assert!(without.err().contains("`Kennzeichen`") && without.err().contains("--map"), "{}", without.err());
    let import = [
        "standards",
        "import",
        "rules.csv",
        "--into",
        "ov",
        "--map",
        "map.toml",
        "--standard",
        "HOUSE",
        "--edition",
        "1",
    ];
    let json = world.run(&[&import[..], &["--format", "json"]].concat()).json();
    assert_eq!(json["leftover"][0]["place"], "row 2, column C", "{json}");
    assert!(world.read("ov/standards/HOUSE/1/requirements.toml").contains("kind = \"process\""));
    assert!(world.read("ov/standards/HOUSE/1/leftover.json").contains("later"));

    let before = world.read("ov/standards/HOUSE/1/requirements.toml");
    let again = world.run(&import);
    assert_eq!(again.code(), 2);
    assert!(again.err().contains("exists and is not replaced"), "{}", again.err());
    assert_eq!(world.read("ov/standards/HOUSE/1/requirements.toml"), before);
}

#[test]
fn names_and_files_that_do_harm_are_refused() {
    let world = World::new();
    world.write("harbour.json", CATALOG);
    world.write("bomb.xml", "<!DOCTYPE a [<!ENTITY b \"c\">]><REQ-IF>&b;</REQ-IF>");
    world.write("empty.csv", "id,title\n");
    world.write("bad.toml", "[columns]\nnothing = \"x\"\n");
    for (more, words) in [
        (vec!["harbour.json", "--standard", "../x"], "cannot be the name of a folder"),
        (vec!["harbour.json", "--standard", "X", "--edition", "a/b"], "cannot be the name of a folder"),
        (vec!["harbour.json", "--standard", "EN-303-645", "--edition", "v2.1.1"], "is in the library already"),
        (vec!["harbour.json", "--map", "bad.toml"], "no map of columns"),
        (vec!["bomb.xml"], "document type"),
        (vec!["empty.csv"], "holds no requirement"),
        (vec!["nothing.csv"], "cannot be read"),
        (vec!["."], "no ordinary file"),
    ] {
        let ran = world.run(&[&["standards", "import", "--into", "ov"], &more[..]].concat());
        assert_eq!(ran.code(), 2, "{more:?} {}", ran.out());
        assert!(ran.err().contains(words), "{more:?} {}", ran.err());
    }
    assert!(!world.path().join("ov").exists());
}

#[test]
fn a_product_is_handed_over_as_profile_component_and_results() {
    let world = World::passing();
    let profile = world
        .run(&["standards", "export", "IEC-62443-4-2", "--to", "oscal-profile", "--level", "SL 1", "--use-case", "SA"])
        .json();
    let ids =
        profile["profile"]["imports"][0]["include-controls"][0]["with-ids"].as_array().expect("a selection").len();
    let all = world.run(&["standards", "show", "IEC-62443-4-2", "--format", "json"]).json();
    assert!(ids > 20 && ids < all["requirements"].as_array().expect("requirements").len(), "{ids}");

    let results =
        ["standards", "export", "IEC-62443-4-1", "--to", "oscal-results", "--product-folder", ".", "--on", ON];
    let refused = world.run(&results);
    assert_eq!(refused.code(), 2);
    assert!(refused.err().contains("follow = true"), "{}", refused.err());
    let dossier = world.read("conforme.toml").replacen(
        "answers = [\"CRA-I-2-b\"",
        "answers = [\"IEC-62443-4-1/SM-1\", \"CRA-I-2-b\"",
        1,
    );
    world.write(
        "conforme.toml",
        &format!("{dossier}\n[[standard]]\nid = \"IEC-62443-4-1\"\nedition = \"2018\"\napplied = \"part\"\nfollow = true\nreason = \"used for the process\"\n"),
    );
    let json = world.run(&results).json();
    let findings = json["assessment-results"]["results"][0]["findings"].as_array().expect("findings").clone();
    assert_eq!(findings.len(), 47);
    let state = |id: &str| {
        let found = findings.iter().find(|it| it["title"] == id).expect(id);
        found["target"]["status"]["state"].as_str().expect("a state").to_owned()
    };
    assert_eq!((state("SM-1"), state("SM-2")), ("satisfied".to_owned(), "not-satisfied".to_owned()));
    let component =
        ["standards", "export", "IEC-62443-4-1", "--to", "oscal-component", "--product-folder", ".", "--on", ON];
    let text = world.run(&component).out();
    assert!(text.contains("\"implemented\"") && text.contains("component-definition"), "{text}");
}
