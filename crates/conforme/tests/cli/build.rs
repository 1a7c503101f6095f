//! `conforme build`.

use crate::world::{ON, World};
use std::collections::BTreeMap;
use std::fs;

fn outputs(world: &World, folder: &str) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(world.path().join(folder)).expect(folder);
    entries
        .filter_map(Result::ok)
        .map(|it| (it.file_name().to_string_lossy().into_owned(), fs::read(it.path()).expect("read")))
        .collect()
}

#[test]
fn documents_come_out_twice_with_the_same_bytes_and_a_manifest() {
    let world = World::passing();
    let ran = world.run(&["build", "--on", ON, "--out", "one"]);
    assert_eq!(ran.code(), 0, "{}{}", ran.out(), ran.err());
    assert_eq!(world.run(&["build", "--on", ON, "--out", "two"]).code(), 0);
    let (one, two) = (outputs(&world, "one"), outputs(&world, "two"));
    assert!(one == two, "equal inputs give equal bytes");
    for name in [
        "technical-documentation",
        "declaration.en",
        "simplified-declaration.en",
        "user-information.en",
        "risk-assessment",
        "conformity-matrix",
        "marking-sheet",
    ] {
        assert!(one[&format!("{name}.pdf")].starts_with(b"%PDF-"), "{name}");
        assert!(one.contains_key(&format!("{name}.html")), "{name}");
    }
    assert!(one["conformity-matrix.xlsx"].starts_with(b"PK"));
    let manifest: serde_json::Value = serde_json::from_slice(&one["manifest.json"]).expect("manifest");
    assert_eq!(manifest["outputs"].as_object().map(serde_json::Map::len), Some(one.len() - 1));
    assert!(
        manifest["inputs"]["evidence"]["evidence/tests.xml"].is_string()
            && manifest["inputs"]["templates"]["document.html"].is_string()
    );
    let html = String::from_utf8(one["declaration.en.html"].clone()).expect("text");
    assert!(html.contains("Linden Software OÜ") && !html.contains("DRAFT"), "a passed gate takes DRAFT away");
}

#[test]
fn draft_stays_until_the_own_gate_passes_whatever_fails_the_exit_code() {
    let world = World::passing();
    world.change("conforme.toml", "declared_on = 2028-01-05\n", "");
    let ran = world.run(&[
        "build",
        "--on",
        ON,
        "--out",
        "out",
        "--stage",
        "documentation",
        "--only",
        "declaration,risk-assessment",
    ]);
    assert_eq!(ran.code(), 0, "{}", ran.err());
    let files = outputs(&world, "out");
    assert!(String::from_utf8_lossy(&files["declaration.en.html"]).contains("DRAFT"));
    assert!(!String::from_utf8_lossy(&files["risk-assessment.html"]).contains("DRAFT"));
    assert!(!files.contains_key("marking-sheet.pdf"));
}

#[test]
fn hostile_words_stay_words() {
    let world = World::passing();
    world.change(
        "conforme.toml",
        "name = \"Linden Ledger\"",
        "name = \"<script>alert(1)</script> #panic() =1+1 \\u202E 中文\"",
    );
    let ran = world.run(&["build", "--on", ON, "--out", "out", "--only", "declaration,conformity-matrix"]);
    assert_eq!(ran.code(), 0, "{}", ran.err());
    let html = String::from_utf8(outputs(&world, "out").remove("declaration.en.html").expect("html")).expect("text");
    assert!(!html.contains("<script>alert") && html.contains("&lt;script&gt;"));
}

#[test]
fn own_templates_replace_the_built_in_ones_and_are_named() {
    let world = World::passing();
    world.write("look/declaration.typ", "#let doc = json(\"document.json\")\n#set document(title: doc.title)\n#set text(lang: doc.language)\n= #doc.title\nHouse style.\n");
    world.change("conforme.toml", "[documents]\n", "[documents]\ntemplates = \"look\"\n");
    let ran = world.run(&["build", "--on", ON, "--out", "out", "--only", "declaration"]);
    assert_eq!(ran.code(), 0, "{}", ran.err());
    world.write("look/declaration.typ", "#let doc = json(\"document.json\")\n#unknown-function()\n");
    let broken = world.run(&["build", "--on", ON, "--out", "broken", "--only", "declaration"]);
    assert_eq!(broken.code(), 2);
    assert!(broken.err().contains("declaration.typ:2"), "{}", broken.err());
    assert!(!world.path().join("broken").exists(), "nothing is written by halves");
}

#[test]
fn modules_give_their_documents_beside_the_others() {
    let world = World::passing();
    let ran = world.run(&[
        "build",
        "--on",
        ON,
        "--out",
        "out",
        "--module",
        "a,H",
        "--only",
        "self-assessment-record,quality-system-application",
    ]);
    assert_eq!(ran.code(), 0, "{}", ran.err());
    let files = outputs(&world, "out");
    assert_eq!(files.len(), 5, "{:?}", files.keys());
    assert!(files["self-assessment-record.pdf"].starts_with(b"%PDF-"));
    let record = String::from_utf8(files["self-assessment-record.html"].clone()).expect("text");
    assert!(record.contains("DRAFT") && record.contains("[route.production]"), "what is missing is named");
    let manifest: serde_json::Value = serde_json::from_slice(&files["manifest.json"]).expect("manifest");
    assert_eq!(manifest["documents"][0]["draft"], true);

    world.change(
        "conforme.toml",
        "module = \"A\"\n",
        "module = \"A\"\nproduction = { control = \"Two builds are compared.\", evidence = [\"E-REVIEW\"] }\n",
    );
    let ran = world.run(&["build", "--on", ON, "--out", "out", "--module", "A", "--only", "self-assessment-record"]);
    assert_eq!(ran.code(), 0, "{}", ran.err());
    let files = outputs(&world, "out");
    assert_eq!(files.len(), 3, "what the earlier build left is gone");
    assert!(!String::from_utf8_lossy(&files["self-assessment-record.html"]).contains("DRAFT"));

    let unasked = world.run(&["build", "--on", ON, "--out", "out", "--only", "self-assessment-record"]);
    assert_eq!(unasked.code(), 2);
    assert!(unasked.err().contains("technical-documentation"), "{}", unasked.err());
}
