//! `conforme supplier`.

use crate::world::{ON, Ran, World};
use serde_json::{Value, json};
use std::fs;

const ALL: [&str; 10] = ["7.2", "7.3", "7.4", "7.5", "7.6", "7.7", "7.8", "7.9", "7.10", "7.11"];

fn agreement(world: &World) -> (Ran, String) {
    let ran = world.run(&["supplier", "agreement", "--on", ON, "--component", "sqlite", "--out", "out"]);
    let page = world.path().join("out/supplier-agreement-sqlite.html");
    (ran, fs::read_to_string(page).unwrap_or_default())
}

#[test]
fn a_proposal_is_called_one_and_keeps_the_agreement_a_draft() {
    let world = World::passing();
    world.change(
        "conforme.toml",
        "support_end = \"2050-12\"",
        "support_end = \"2050-12\"\nresponsibilities = [\"7.9: supplier\"]",
    );
    let (ran, page) = agreement(&world);
    assert_eq!(ran.code(), 0, "{}", ran.err());
    assert!(ran.err().contains("DRAFT") && page.contains("DRAFT"));
    assert!(page.contains("agreed") && page.contains("proposal: "), "one is agreed, the others are proposed");
    assert!(!page.contains("7.8, 7.9") && page.contains("7.8, 7.10"), "7.9 is not among what is only proposed");
    assert!(page.contains("Product monitoring") && page.contains("SQLite project"));
    assert!(fs::read(world.path().join("out/supplier-agreement-sqlite.pdf")).expect("pdf").starts_with(b"%PDF-"));
}

#[test]
fn an_agreement_on_everything_is_final() {
    let world = World::passing();
    let agreed: Vec<String> = ALL.iter().map(|it| format!("\"{it}: both\"")).collect();
    let keys = format!(
        "support_end = \"2050-12\"\ncontact = \"bugs@sqlite.example\"\nresponsibilities = [{}]",
        agreed.join(", ")
    );
    world.change("conforme.toml", "support_end = \"2050-12\"", &keys);
    let (ran, page) = agreement(&world);
    assert_eq!(ran.code(), 0, "{}", ran.err());
    assert!(
        !page.contains("DRAFT") && !page.contains("proposal: "),
        "every activity has a default proposal and none is left"
    );
    world.change("conforme.toml", "\"7.2: both\"", "\"7.2: nobody\", \"9.9: supplier\"");
    let check = world.run(&["check", "--on", ON, "--format", "json"]);
    assert!(check.codes().contains(&"unknown-word".to_owned()), "{:?}", check.codes());
    let (_, page) = agreement(&world);
    assert!(page.contains("7.2: nobody") && page.contains("9.9") && page.contains("DRAFT"));
}

#[test]
fn an_agreement_leaves_a_build_in_the_same_folder_alone() {
    let world = World::passing();
    assert_eq!(world.run(&["build", "--on", ON, "--only", "declaration", "--out", "out"]).code(), 0);
    assert_eq!(agreement(&world).0.code(), 0);
    assert!(world.path().join("out/declaration.en.pdf").is_file() && world.path().join("out/manifest.json").is_file());
}

#[test]
fn an_unknown_component_names_the_known_ones() {
    let ran = World::passing().run(&["supplier", "agreement", "--on", ON, "--component", "openssl"]);
    assert_eq!(ran.code(), 2);
    assert!(ran.err().contains("sqlite"), "{}", ran.err());
}

fn asked(world: &World) -> Value {
    let ran = world.run(&["supplier", "questionnaire", "--on", ON, "--component", "sqlite", "--output", "q.json"]);
    assert_eq!(ran.code(), 0, "{}", ran.err());
    serde_json::from_str(&world.read("q.json")).expect("JSON")
}

fn fill(questions: &mut Value, mut with: impl FnMut(&str, &str) -> Value) {
    for it in questions["questions"].as_array_mut().expect("questions") {
        let answer = with(it["id"].as_str().expect("id"), it["answer_as"].as_str().expect("form"));
        it["answer"] = answer;
    }
}

#[test]
fn answers_become_a_patch_and_no_file_is_edited() {
    let world = World::passing();
    let mut file = asked(&world);
    assert_eq!(file["component"]["version"], "3.51.3");
    assert!(file["questions"][0]["provisions"][0]["id"].as_str().is_some_and(|it| it.starts_with("CRA-")));
    let before = world.read("conforme.toml");
    let open = world.run(&["supplier", "answers", "q.json"]);
    assert_eq!(open.code(), 3, "nothing is answered yet");
    assert!(open.err().contains("open: "), "{}", open.err());

    fill(&mut file, |id, form| match (id, form) {
        ("contact", _) => json!("a@b.example\"\n[route]\nmodule = \"A"),
        ("ce-marking", _) => json!(false),
        (_, "YYYY-MM") => json!("2031-12"),
        (_, "true or false") => json!(true),
        _ => json!("See our\npage."),
    });
    file["answered_by"] = json!("Ann\n[product]\nname = \"x\"");
    world.write("q.json", &file.to_string());
    let ran = world.run(&["supplier", "answers", "q.json"]);
    assert_eq!(ran.code(), 0, "{}", ran.err());
    assert_eq!(world.read("conforme.toml"), before);
    let patch: toml::Table = toml::from_str(&ran.out()).expect("the patch is TOML");
    assert_eq!(patch.len(), 1, "what a supplier writes opens no section: {}", ran.out());
    let record = &patch["component"][0];
    assert_eq!(record["support_end"].as_str(), Some("2031-12"));
    assert_eq!(record["contact"].as_str(), Some("a@b.example\"\n[route]\nmodule = \"A"));
    assert!(record.get("diligence").is_none(), "a supplier's word is no diligence of the maker");
    assert!(ran.out().contains("#diligence = [") && !ran.out().contains("\"ce-marking\""), "{}", ran.out());
}

#[test]
fn answers_that_cannot_be_used_are_refused_with_their_question() {
    let world = World::passing();
    let file = asked(&world);
    let again = world.run(&["supplier", "questionnaire", "--on", ON, "--component", "sqlite", "--output", "q.json"]);
    assert_eq!(again.code(), 2, "answers are never replaced");
    let mut wrong = Vec::new();
    let mut with = |says: &'static str, change: &dyn Fn(&mut Value)| {
        let mut file = file.clone();
        change(&mut file);
        wrong.push((says, file.to_string()));
    };
    with("`support-end`: answer with a month", &|it| {
        fill(it, |id, _| if id == "support-end" { json!("soon") } else { Value::Null })
    });
    with("`sbom`: answer true or false", &|it| fill(it, |id, _| if id == "sbom" { json!("yes") } else { Value::Null }));
    with("`nonsense` is no question", &|it| it["questions"][0]["id"] = json!("nonsense"));
    with("is answered twice", &|it| it["questions"][0]["id"] = it["questions"][1]["id"].clone());
    with("`format` is 9", &|it| it["format"] = json!(9));
    wrong.push(("line 1", "{".to_owned()));
    for (says, text) in wrong {
        world.write("q.json", &text);
        let ran = world.run(&["supplier", "answers", "q.json"]);
        assert_eq!((ran.code(), ran.out().as_str()), (2, ""), "{says}");
        assert!(ran.err().contains(says), "{says}: {}", ran.err());
    }
}

fn pack(world: &World, folder: &str) -> (Ran, Value) {
    let ran = world.run(&["supplier", "pack", "--on", ON, "--output", folder]);
    let manifest = fs::read_to_string(world.path().join(folder).join("manifest.json")).unwrap_or_default();
    (ran, serde_json::from_str(&manifest).unwrap_or_default())
}

#[test]
fn a_whole_pack_holds_every_part_with_its_hash() {
    let world = World::passing();
    world.change(
        "conforme.toml",
        "[user_information]\n",
        "[user_information]\nintegration = \"Call open() with a key of your own.\"\n",
    );
    assert_eq!(world.run(&["build", "--on", ON, "--only", "declaration"]).code(), 0);
    let (ran, manifest) = pack(&world, "pack");
    assert_eq!(ran.code(), 0, "{}", ran.err());
    assert_eq!(manifest["missing"], json!([]));
    for name in
        ["sbom/desktop.json", "sbom/backup.json", "policy/SECURITY.md", "declaration/declaration.en.pdf", "index.html"]
    {
        assert!(manifest["files"][name]["sha256"].as_str().is_some_and(|it| it.len() == 64), "{name}: {manifest}");
        assert!(world.path().join("pack").join(name).is_file(), "{name}");
    }
    let index = world.read("pack/index.html");
    for told in ["2035-01", "mailto:security@linden.example", "Call open()", "answered by people"] {
        assert!(index.contains(told), "{told}");
    }
    let again = pack(&world, "pack").0;
    assert_eq!(again.code(), 2, "what was handed out is never replaced");
}

#[test]
fn what_is_missing_is_listed_and_what_differs_stays_out() {
    let world = World::passing();
    world.write("sbom/desktop.json", "{\"other\": 1}\n");
    fs::remove_file(world.path().join("SECURITY.md")).expect("removed");
    let (ran, manifest) = pack(&world, "pack");
    assert_eq!(ran.code(), 1);
    assert!(
        !world.path().join("pack/sbom/desktop.json").exists() && world.path().join("pack/sbom/backup.json").is_file()
    );
    let missing = manifest["missing"].to_string();
    for it in ["is not the file that was recorded", "`SECURITY.md` is not there", "`integration`", "conforme build"] {
        assert!(missing.contains(it) && ran.err().contains(it), "{it}: {missing}");
    }
    assert!(world.read("pack/index.html").contains("is not the file that was recorded"));
}

#[test]
fn drafts_and_altered_declarations_stay_out() {
    let world = World::passing();
    world.change("conforme.toml", "declared_on = 2028-01-05\n", "");
    world.run(&["build", "--on", ON, "--only", "declaration"]);
    let (ran, manifest) = pack(&world, "draft");
    assert_eq!(ran.code(), 1);
    assert!(manifest["missing"].to_string().contains("declaration.en is a DRAFT"), "{manifest}");
    world.change("conforme.toml", "assessed_on = 2027-12-21\n", "assessed_on = 2027-12-21\ndeclared_on = 2028-01-05\n");
    assert_eq!(world.run(&["build", "--on", ON, "--only", "declaration"]).code(), 0);
    world.write("build/3.0/declaration.en.html", "altered");
    let (_, manifest) = pack(&world, "altered");
    assert!(
        manifest["missing"].to_string().contains("declaration.en.html is not the file of its manifest"),
        "{manifest}"
    );
    assert!(
        manifest["files"]["declaration/declaration.en.pdf"].is_object()
            && manifest["files"]["declaration/declaration.en.html"].is_null()
    );
}
