//! `conforme init`: what it finds, what it writes, what it refuses.

use crate::world::{Ran, World};

const ANSWERS: &str = r#"
[manufacturer]
name = "Acme GmbH"
address = "Street 1\n10115 Berlin"
email = "info@acme.example"

[product]
name = "Bell \"Hub\""
kind = "hardware-and-software"
connection = "direct"
settings = ["residential"]
markets = ["DE", "AT"]

[core]
title = "Lock and unlock the front door"
does = ["lock-and-unlock-doors", "accept-remote-control"]

[parts]
on_product = ["Firmware", "App"]
remote = ["Device cloud"]
third_party = ["Push service"]

[release]
version = "1.0"
placing = 2028-03-01

[support]
expected_use_years = 8

[supply]
supplier = "company"
"#;

/// Findings about form: keys, words, types, names. A dossier that was just made has none.
const FORM: [&str; 15] = [
    "syntax",
    "unknown-key",
    "unknown-word",
    "wrong-type",
    "wrong-date",
    "set-twice",
    "unknown-format",
    "nested-too-deep",
    "unreadable-file",
    "id-twice",
    "id-missing",
    "dangling-reference",
    "unknown-provision",
    "unknown-market",
    "path-outside",
];

#[track_caller]
fn well_formed(world: &World, folder: &str) -> Vec<String> {
    let ran = world.run(&["check", folder, "--format", "json"]);
    assert!([1, 3].contains(&ran.code()), "{}", ran.err());
    let codes = ran.codes();
    let form: Vec<&String> = codes.iter().filter(|it| FORM.contains(&it.as_str())).collect();
    assert!(form.is_empty(), "{form:?}");
    codes
}

#[track_caller]
fn done(ran: &Ran) {
    assert_eq!(ran.code(), 0, "{}{}", ran.out(), ran.err());
}

#[test]
fn answers_from_a_file_make_a_dossier_that_is_read_without_a_complaint() {
    let world = World::new();
    world.write("answers.toml", ANSWERS);
    let ran = world.run(&["init", "bell", "--answers", "answers.toml"]);
    done(&ran);
    assert!(ran.out().contains("category    III-I-17"), "{}", ran.out());
    assert!(ran.out().contains("procedures  B+C, H"), "{}", ran.out());
    let codes = well_formed(&world, "bell");
    // Nothing is settled silently: risks wait for a treatment, points for a measure, services for their record.
    for code in ["risk-untreated", "criteria-missing", "component-diligence", "CRA-I-2-b", "CRA-II-1"] {
        assert!(codes.iter().any(|it| it == code), "{code}: {codes:?}");
    }
    for code in ["asset-without-threat", "threat-without-risk", "part-undecided", "service-without-diligence"] {
        assert!(!codes.iter().any(|it| it == code), "{code}");
    }
    let text = world.read("bell/conforme.toml");
    assert!(
        text.contains("\nend = \"2036-03\" ") && text.contains("placing plus the expected use of 8 years"),
        "{text}"
    );
    assert!(text.contains("\n#module = \"B+C\" "), "a choice between procedures is only proposed: {text}");
    assert_eq!(world.read("bell/evidence/.gitkeep"), "");
}

#[test]
fn defaults_alone_make_a_dossier_in_any_folder() {
    let world = World::new();
    world.write(
        "cargo/Cargo.toml",
        "[package]\nname = \"bell\"\nversion = \"2.3.0\"\nlicense = \"MIT\"\nauthors = [\"A <a@b.example>\"]\n",
    );
    world.write("cargo/bom.json", r#"{"bomFormat": "CycloneDX", "specVersion": "1.6"}"#);
    world.write("SECURITY.md", "# Policy\n");
    world.write("node/package.json", r#"{"name": "@acme/hub", "version": "1.2.3"}"#);
    for folder in ["cargo", "node", "empty/deep"] {
        done(&world.run(&["init", folder, "--yes"]));
        well_formed(&world, folder);
    }
    let text = world.read("cargo/conforme.toml");
    assert!(text.contains("name = \"bell\"") && text.contains("# from Cargo.toml, package.name"), "{text}");
    assert!(text.contains("#name = \"A\""), "a guess waits as a comment: {text}");
    assert!(text.contains("policy = \"../SECURITY.md\""), "{text}");
    assert!(text.contains("file = \"bom.json\"") && text.contains("format = \"CycloneDX 1.6\""), "{text}");
    assert!(world.read("node/conforme.toml").contains("version = \"1.2.3\""));
}

#[test]
fn questions_can_be_answered_by_a_script() {
    let world = World::new();
    world.write("package.json", r#"{"name": "hub"}"#);
    let ran = world.run(&["init", "--questions"]);
    done(&ran);
    let json = ran.json();
    let questions = json["questions"].as_array().expect("questions").clone();
    let name = questions.iter().find(|it| it["key"] == "product.name").expect("product.name");
    assert_eq!(name["default"]["value"], "hub");
    let does = questions.iter().find(|it| it["key"] == "core.does").expect("core.does");
    assert!(does["allowed"].as_array().is_some_and(|it| it.len() > 100));
    let kind = questions.iter().find(|it| it["key"] == "product.kind").expect("product.kind");
    assert_eq!(kind["guess"]["value"], "software");
    assert_eq!(kind["allowed"][0]["word"], "hardware");
    // A script that takes every default and guess gets a dossier.
    let mut answers = serde_json::Map::new();
    for question in &questions {
        let value =
            question.get("default").or(question.get("guess")).map_or(serde_json::Value::Null, |it| it["value"].clone());
        answers.insert(question["key"].as_str().expect("key").to_owned(), value);
    }
    world.write("answers.json", &serde_json::Value::Object(answers).to_string());
    done(&world.run(&["init", "--answers", "answers.json"]));
    well_formed(&world, ".");
}

#[test]
fn a_company_is_neither_asked_nor_repeated() {
    let world = World::new();
    world.write("company.toml", "[manufacturer]\nname = \"Acme\"\naddress = \"Street 1\"\n[vulnerability_handling]\ncontact = \"psirt@acme.example\"\n");
    done(&world.run(&["init", "products/bell", "--yes"]));
    let text = world.read("products/bell/conforme.toml");
    assert!(text.contains("# name: company.toml says \"Acme\""), "{text}");
    assert!(!text.contains("\nname = \"Acme\"") && !text.contains("\ncontact ="), "{text}");
    let codes = well_formed(&world, "products/bell");
    assert!(!codes.iter().any(|it| it == "CRA-II-6"), "{codes:?}");
}

#[test]
fn what_is_there_stays_unless_it_may_be_replaced() {
    let world = World::new();
    world.write("risk.toml", "# mine\n");
    let ran = world.run(&["init", "--yes"]);
    assert_eq!(ran.code(), 2);
    assert!(ran.err().contains("risk.toml"), "{}", ran.err());
    assert_eq!(world.read("risk.toml"), "# mine\n");
    assert!(!world.path().join("conforme.toml").exists());
    world.write("notes.md", "mine");
    done(&world.run(&["init", "--yes", "--force"]));
    assert!(world.read("risk.toml").contains("[[risk]]"));
    assert_eq!(world.read("notes.md"), "mine");
}

#[test]
fn without_a_terminal_it_says_how_to_script_it() {
    let world = World::new();
    let ran = world.run(&["init"]);
    assert_eq!(ran.code(), 2);
    assert!(ran.err().contains("--questions") && ran.err().contains("--answers"), "{}", ran.err());
    world.write("answers.toml", "prodct.name = \"x\"\nrole = \"imprter\"\n");
    let ran = world.run(&["init", "--answers", "answers.toml"]);
    assert_eq!(ran.code(), 2);
    assert!(
        ran.err().contains("did you mean `product.name`?") && ran.err().contains("did you mean `importer`?"),
        "{}",
        ran.err()
    );
    assert!(!world.path().join("conforme.toml").exists());
}

#[test]
fn one_key_is_set_and_the_rest_of_the_file_stays() {
    let world = World::new();
    done(&world.run(&["init", "--yes"]));
    let before = world.read("conforme.toml");
    let ran = world.run(&["set", "support.end", "2033-12"]);
    done(&ran);
    assert!(ran.out().ends_with(": end = \"2033-12\"\n"), "{}", ran.out());
    let after = world.read("conforme.toml");
    let changed = before.lines().zip(after.lines()).filter(|(old, new)| old != new).count();
    assert_eq!((changed, before.lines().count()), (1, after.lines().count()));
    done(&world.run(&["set", "release[1.0].declared_on", "2027-12-01"]));
    assert!(world.read("conforme.toml").contains("\ndeclared_on = 2027-12-01 "));
    done(&world.run(&["set", "risk[R-flaw].treatment", "mitigate"]));
    assert!(world.read("risk.toml").contains("\ntreatment = \"mitigate\""));
    well_formed(&world, ".");
    for (key, value, said) in [
        ("suport.end", "2033-12", "did you mean `support.end`?"),
        ("support.end", "soon", "no month"),
        ("release[2.0].placing", "2027-12-01", "there are 1.0"),
        ("product.kind", "sofware", "did you mean `software`?"),
    ] {
        let ran = world.run(&["set", key, value]);
        assert_eq!(ran.code(), 2);
        assert!(ran.err().contains(said), "{}", ran.err());
    }
}
