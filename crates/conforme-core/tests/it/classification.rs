//! Worked cases of classification: facts in, answer out, field by field.
//!
//! `expected.toml` lists only what the case itself states. What rests on a community table or on inference must say
//! that a person has to decide.

use conforme_catalogue::FactValue;
use conforme_core::classify::{Classified, classify, facts, routes};
use conforme_core::load::load;
use conforme_core::source::SourceFile;
use std::fs;
use std::path::Path;
use toml::{Table, Value};

fn folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/classification"))
}

fn answer(file: &str) -> (Classified, Vec<String>) {
    let law = conforme_law::catalogue();
    let text = fs::read_to_string(folder().join(file)).expect(file);
    let loaded = load(&law, &[SourceFile { path: file.to_owned(), text: text.into() }], None);
    let problems: Vec<&str> = loaded.findings.iter().map(|it| it.message.as_str()).collect();
    assert!(problems.is_empty(), "{file}: {problems:?}");
    let mut given = facts(&law, &loaded.dossier, &loaded.facts);
    let classified = classify(&law, &given, &loaded.dossier.part);
    let mut open = Vec::new();
    if let Some(tier) = classified.tier {
        given.set("class.tier", FactValue::Word(tier.word().to_owned()));
        given.set("presumption.full", FactValue::Flag(false));
        given.set("scheme.mandated", FactValue::Flag(false));
        open = routes(&law, &given, false).map(|it| it.allowed).unwrap_or_default();
    }
    (classified, open)
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Boolean(flag) => flag.to_string(),
        other => format!("{other:?}"),
    }
}

fn differences(case: &Table) -> Vec<String> {
    let (answer, open) = answer(case["file"].as_str().expect("file"));
    let mut wrong = Vec::new();
    let mut compare = |field: &str, found: String| {
        if let Some(wanted) = case.get(field) {
            let wanted = plain(wanted);
            if wanted != found {
                wrong.push(format!("{field}: wanted {wanted}, found {found}"));
            }
        }
    };
    compare("in_scope", answer.in_scope.map_or("unknown".into(), |it| it.to_string()));
    compare("category", answer.category.as_ref().map_or_else(String::new, ToString::to_string));
    compare("tier", answer.tier.map_or("", |it| it.word()).to_owned());
    compare("needs_decision", answer.needs_decision.to_string());
    compare("regime", answer.regime.word().to_owned());
    for (title, kind) in case.get("parts").and_then(Value::as_table).into_iter().flatten() {
        let found = answer.parts.iter().find(|(it, _)| it == title).map(|(_, it)| it.word());
        if found != kind.as_str() {
            wrong.push(format!("part {title}: wanted {kind:?}, found {found:?}"));
        }
    }
    for route in case.get("routes").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str) {
        if !open.iter().any(|it| it == route) {
            wrong.push(format!("route {route} is not among {open:?}"));
        }
    }
    wrong
}

#[test]
fn worked_cases_come_out_as_their_sources_say() {
    let text = fs::read_to_string(folder().join("expected.toml")).expect("expected.toml");
    let table: Table = text.parse().expect("expected.toml parses");
    let cases = table["case"].as_array().expect("cases");
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(Value::as_table)
        .flat_map(|case| {
            differences(case).into_iter().map(|it| format!("{} {}: {it}", plain(&case["id"]), plain(&case["title"])))
        })
        .collect();
    assert!(wrong.is_empty(), "{} differences:\n{}", wrong.len(), wrong.join("\n"));
    assert!(cases.len() >= 84, "{} cases", cases.len());
}

#[test]
fn what_is_inferred_needs_a_decision() {
    let table: Table =
        fs::read_to_string(folder().join("expected.toml")).expect("expected.toml").parse().expect("parses");
    for case in table["case"].as_array().into_iter().flatten().filter_map(Value::as_table) {
        let inferred = case
            .get("basis")
            .and_then(Value::as_table)
            .into_iter()
            .flatten()
            .any(|(_, it)| matches!(it.as_str(), Some("I" | "C")));
        if inferred {
            assert_eq!(case.get("needs_decision").and_then(Value::as_bool), Some(true), "{}", plain(&case["id"]));
        }
    }
}
