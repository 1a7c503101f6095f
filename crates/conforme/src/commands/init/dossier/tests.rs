//! The files say every key the schema has, and are read without a complaint.

use super::super::values::{Answers, Given, Origin, Value};
use super::super::{dossier, found::Found, others, page::Docs};
use super::Draft;
use conforme_core::load::load;
use conforme_core::source::SourceFile;
use std::collections::BTreeSet;

fn answers(pairs: &[(&str, Value)]) -> Answers {
    let mut answers = Answers::default();
    for (key, value) in pairs {
        answers.know(key, Given { value: value.clone(), origin: Origin::Told });
    }
    answers
}

fn list(items: &[&str]) -> Value {
    Value::List(items.iter().map(|it| (*it).to_owned()).collect())
}

fn texts(answers: &Answers) -> Vec<(&'static str, String)> {
    let law = conforme_law::catalogue();
    let docs = Docs::new(&law);
    let found = Found::default();
    let today = jiff::civil::date(2027, 1, 2);
    let draft = Draft { law: &law, docs: &docs, answers, found: &found, company: None, likely: None, today };
    vec![
        ("conforme.toml", dossier::conforme(&draft)),
        ("risk.toml", others::risk(&draft)),
        ("measures.toml", others::measures(&draft)),
        ("applicability.toml", others::applicability(&draft)),
        ("evidence.toml", others::evidence(&draft)),
        ("components.toml", others::components(&draft)),
    ]
}

#[track_caller]
fn check(texts: &[(&'static str, String)]) {
    let law = conforme_law::catalogue();
    let files: Vec<SourceFile> =
        texts.iter().map(|(path, text)| SourceFile { path: (*path).to_owned(), text: text.as_str().into() }).collect();
    let loaded = load(&law, &files, None);
    let complaints: Vec<String> = loaded.findings.iter().map(|it| format!("{} {}", it.code, it.message)).collect();
    assert!(complaints.is_empty(), "{complaints:#?}");
}

fn full(role: &str) -> Answers {
    answers(&[
        ("role", Value::text(role)),
        ("product.name", Value::text("Bell \"3\"\n[x]")),
        ("product.kind", Value::text("hardware-and-software")),
        ("core.title", Value::text("Ring")),
        ("core.does", list(&["show-visitors-at-the-door"])),
        ("other.does", list(&["play-audio"])),
        ("parts.on_product", list(&["Firmware", "App"])),
        ("parts.remote", list(&["Cloud", "Update server"])),
        ("parts.third_party", list(&["Push"])),
        ("release.version", Value::text("1.0")),
        ("release.placing", Value::Date(jiff::civil::date(2028, 1, 1))),
        ("route.module", Value::text("H")),
    ])
}

#[test]
fn files_are_read_without_a_complaint() {
    check(&texts(&Answers::default()));
    for role in ["manufacturer", "importer", "distributor", "authorised-representative", "steward", "modifier"] {
        check(&texts(&full(role)));
    }
}

/// Takes the `#` from every key and header that waits, and gives dates that are none a real one.
fn woken(text: &str) -> String {
    let wake = |row: &str| match row.strip_prefix('#') {
        Some(rest) if !rest.starts_with([' ', '#']) && !rest.is_empty() => rest.to_owned(),
        _ => row.to_owned(),
    };
    let rows: Vec<String> = text.lines().map(wake).collect();
    rows.join("\n").replace("YYYY-MM-DD", "2028-01-01").replace("YYYY-MM", "2028-01")
}

#[test]
fn every_key_that_waits_can_be_woken() {
    // All at once: unknown words of closed lists are the only complaint left, because a person has to choose them.
    let law = conforme_law::catalogue();
    let texts = texts(&full("importer"));
    let files: Vec<SourceFile> =
        texts.iter().map(|(path, text)| SourceFile { path: (*path).to_owned(), text: woken(text).into() }).collect();
    let loaded = load(&law, &files, None);
    let complaints: Vec<String> = loaded
        .findings
        .iter()
        .filter(|it| it.code != "unknown-word")
        .map(|it| format!("{} {}", it.code, it.message))
        .collect();
    assert!(complaints.is_empty(), "{complaints:#?}");
}

#[test]
fn every_key_of_the_schema_waits_somewhere() {
    let docs = Docs::new(&conforme_law::catalogue());
    let mut rows: BTreeSet<(String, String)> = BTreeSet::new();
    for role in ["manufacturer", "importer", "steward"] {
        for (_, text) in texts(&full(role))
            .into_iter()
            .chain(texts(&answers(&[("role", Value::text(role)), ("release.version", Value::text("1"))])))
        {
            let mut table = String::new();
            for row in text.lines() {
                let row = row.strip_prefix('#').filter(|it| !it.starts_with(' ')).unwrap_or(row);
                if let Some(header) = row.strip_prefix('[') {
                    table = header.trim_matches(['[', ']']).to_owned();
                } else if let Some((key, _)) = row.split_once(" = ") {
                    rows.insert((table.clone(), key.to_owned()));
                }
            }
        }
    }
    // Sections that a starting dossier does not have, or that are not for a product.
    let without = ["workspace"];
    let tables = docs.tables();
    assert!(tables.len() > 30, "{tables:?}");
    for table in tables.iter().filter(|it| !without.contains(&it.as_str())) {
        for key in docs.keys(table) {
            assert!(rows.contains(&(table.clone(), key.clone())), "`{key}` of [{table}] is in no file");
        }
    }
}
