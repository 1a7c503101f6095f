//! Answers from a file, and the questions as JSON, so that a script can do what a person does.

use super::page::Docs;
use super::questions::{self, Allowed, Kind, Question};
use super::values::{Answers, Given, Offer, Origin, Value};
use conforme_catalogue::Catalogue;
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeMap;

/// Version of the questions' format.
const VERSION: u32 = 1;

/// Answers of a file by key. Nothing stands for a key that was left open on purpose, with `null` or an empty text.
#[derive(Debug, Default)]
pub(crate) struct File {
    answers: BTreeMap<&'static str, Option<Value>>,
}

impl File {
    /// Reads TOML or JSON; every mistake is named, not only the first.
    pub fn read(text: &str, law: &Catalogue, docs: &Docs) -> Result<Self, Vec<String>> {
        let tree: Json = if text.trim_start().starts_with('{') {
            serde_json::from_str(text).map_err(|error| vec![format!("the answers are not valid JSON: {error}")])?
        } else {
            toml::from_str(text)
                .map_err(|error: toml::de::Error| vec![format!("the answers are not valid TOML: {error}")])?
        };
        let mut flat = Vec::new();
        flatten(&tree, String::new(), &mut flat);
        let mut file = Self::default();
        let mut problems = Vec::new();
        for (key, value) in flat {
            let Some(question) = questions::find(&key) else {
                problems.push(unknown(&key));
                continue;
            };
            match answer(question, value, &question.allowed(law, docs)) {
                Ok(value) => drop(file.answers.insert(question.key, value.filter(|it| !it.is_empty()))),
                Err(problem) => problems.push(format!("`{key}`: {problem}")),
            }
        }
        if problems.is_empty() { Ok(file) } else { Err(problems) }
    }

    /// The answer to a question: nothing when the file does not mention it, `Some(None)` when it is left open.
    pub fn get(&self, key: &str) -> Option<&Option<Value>> {
        self.answers.get(key)
    }

    /// Keys that were answered although nobody asked.
    pub fn unused(&self, answers: &Answers) -> Vec<&'static str> {
        let asked = |key: &&str| questions::find(key).is_some_and(|it| it.when.holds(answers));
        self.answers.keys().copied().filter(|it| !asked(it)).collect()
    }
}

/// Turns nested tables into dotted keys, down to keys that are questions.
fn flatten<'a>(tree: &'a Json, prefix: String, into: &mut Vec<(String, &'a Json)>) {
    match tree {
        Json::Object(keys) if questions::find(&prefix).is_none() => {
            for (key, value) in keys {
                let key = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
                flatten(value, key, into);
            }
        }
        value => into.push((prefix, value)),
    }
}

fn unknown(key: &str) -> String {
    let keys: Vec<&str> = questions::ALL.iter().map(|it| it.key).collect();
    match crate::commands::explain::nearest(key, &keys) {
        Some(near) => format!("there is no question `{key}`; did you mean `{near}`?"),
        None => format!("there is no question `{key}`; `conforme init --questions` lists them"),
    }
}

/// An answer as the question wants it. A text is read as if it was typed.
fn answer(question: &Question, value: &Json, allowed: &[Allowed]) -> Result<Option<Value>, String> {
    match value {
        Json::Null => Ok(None),
        Json::String(text) if text.trim().is_empty() => Ok(None),
        Json::String(text) => question.read(text, allowed).map(Some),
        Json::Bool(flag) if question.kind == Kind::Flag => Ok(Some(Value::Flag(*flag))),
        Json::Number(number) if question.kind == Kind::Number => question.read(&number.to_string(), allowed).map(Some),
        Json::Array(items) if matches!(question.kind, Kind::Texts | Kind::Words | Kind::Functions) => {
            let texts: Option<Vec<&str>> = items.iter().map(Json::as_str).collect();
            let texts = texts.ok_or("the list holds something else than texts")?;
            if question.kind == Kind::Texts {
                return Ok(Some(Value::List(texts.iter().map(|it| it.trim().to_owned()).collect())));
            }
            question.read(&texts.join(","), allowed).map(Some)
        }
        // TOML has dates of its own; as a tree they are tables.
        Json::Object(date) => match date.values().next().and_then(Json::as_str) {
            Some(text) if matches!(question.kind, Kind::Date | Kind::Month) => question.read(text, allowed).map(Some),
            _ => Err(format!("a {} is wanted, this is a table", question.form())),
        },
        _ => Err(format!("a {} is wanted", question.form())),
    }
}

/// All questions for a script, with what would be offered now.
pub(crate) fn catalogue(
    law: &Catalogue,
    docs: &Docs,
    offer: impl Fn(&Question) -> Option<Offer>,
    company: &Answers,
) -> Json {
    let questions = questions::ALL.iter().map(|question| {
        let mut entry = Map::new();
        let mut add = |key: &str, value: Json| drop(entry.insert(key.to_owned(), value));
        add("key", json!(question.key));
        add("group", json!(question.group));
        add("question", json!(question.ask));
        add("help", json!(question.more(law, docs)));
        add("form", json!(question.form()));
        add("asked", json!(question.asked()));
        let allowed = question.allowed(law, docs);
        if !allowed.is_empty() {
            let words = allowed.iter().map(|it| json!({ "word": it.word, "about": it.about }));
            add("allowed", words.collect());
        }
        let given =
            |given: &Given| json!({ "value": given.value.json(), "why": given.origin.comment().unwrap_or_default() });
        if let Some(said) = company.get(question.key) {
            add("company", given(said));
        }
        match offer(question) {
            Some(Offer::Default(it)) => add("default", given(&it)),
            Some(Offer::Guess(it)) => add("guess", given(&it)),
            None => {}
        }
        Json::Object(entry)
    });
    let questions: Vec<Json> = questions.collect();
    json!({
        "version": VERSION,
        "about": "answer with `conforme init --answers FILE`: a TOML or JSON object from key to answer; a key left out takes its `default`, null leaves it open, a `guess` is only written as a comment",
        "questions": questions,
    })
}

/// What the company's file says about the keys that are asked for.
pub(crate) fn of_company(text: &str, shown: &str) -> Answers {
    let mut answers = Answers::default();
    let Ok(tree) = toml::from_str::<Json>(text) else { return answers };
    for (section, keys) in tree.as_object().into_iter().flatten() {
        let Some(keys) = keys.as_object() else {
            if let Some(value) = plain(keys) {
                answers.know(section, Given { value, origin: Origin::Company(shown.to_owned()) });
            }
            continue;
        };
        for (key, value) in keys {
            if let Some(value) = plain(value) {
                answers.know(&format!("{section}.{key}"), Given { value, origin: Origin::Company(shown.to_owned()) });
            }
        }
    }
    answers
}

fn plain(value: &Json) -> Option<Value> {
    match value {
        Json::String(text) => Some(Value::text(text.clone())).filter(|it| !it.is_empty()),
        Json::Bool(flag) => Some(Value::Flag(*flag)),
        Json::Number(number) => number.as_i64().map(Value::Number),
        Json::Array(items) => {
            items.iter().map(|it| it.as_str().map(str::to_owned)).collect::<Option<Vec<_>>>().map(Value::List)
        }
        Json::Object(_) | Json::Null => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Docs, File, Value};

    #[track_caller]
    fn read(text: &str) -> Result<File, Vec<String>> {
        let law = conforme_law::catalogue();
        File::read(text, &law, &Docs::new(&law))
    }

    #[test]
    fn toml_and_json_nested_and_dotted_say_the_same() {
        let toml = "product.name = \"Bell\"\nrelease.placing = 2028-01-10\n[users]\ngroups = [\"consumers\"]\n[support]\nexpected_use_years = 7\n";
        let json = r#"{"product.name": "Bell", "release": {"placing": "2028-01-10"}, "users.groups": "consumers", "support.expected_use_years": 7}"#;
        for text in [toml, json] {
            let file = read(text).expect("readable");
            assert_eq!(file.get("product.name"), Some(&Some(Value::text("Bell"))));
            assert_eq!(file.get("release.placing"), Some(&Some(Value::Date(jiff::civil::date(2028, 1, 10)))));
            assert_eq!(file.get("users.groups"), Some(&Some(Value::List(vec!["consumers".to_owned()]))));
            assert_eq!(file.get("support.expected_use_years"), Some(&Some(Value::Number(7))));
            assert_eq!(file.get("role"), None);
        }
        assert_eq!(read("role = \"\"").expect("readable").get("role"), Some(&None));
    }

    #[test]
    fn every_mistake_is_named() {
        let problems = read(
            "prodct.name = \"x\"\nxyz = 1\nrole = \"imprter\"\nproduct.markets = [\"XX\"]\nsupply.commercial = 3\n",
        )
        .expect_err("mistakes");
        assert!(
            problems.contains(&"there is no question `prodct.name`; did you mean `product.name`?".to_owned()),
            "{problems:?}"
        );
        assert!(problems.contains(&"there is no question `xyz`; `conforme init --questions` lists them".to_owned()));
        assert!(problems.contains(&"`role`: `imprter` is not known here; did you mean `importer`?".to_owned()));
        assert!(problems.contains(&"`supply.commercial`: a flag is wanted".to_owned()));
        assert!(problems.iter().any(|it| it.starts_with("`product.markets`: `XX` is not")));
        assert_eq!(problems.len(), 5);
        assert!(read("a = ").is_err());
        assert!(read("{").is_err());
    }
}
