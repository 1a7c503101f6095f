//! The record as the catalogue writes it: flat, without what is empty. JSON of this form is the machine form; TOML of it
//! is `requirements.toml`.

use conforme_catalogue::{Comparison, Condition, EditionHead, FactValue, Mapping, Requirement};
use serde::Serialize;
use serde_json::{Map, Value, json};
use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, Table};

/// Keys in which a record says what it rests on.
const BASIS: [&str; 6] = ["authority", "source", "as_of", "certainty", "doubt", "overlay"];
/// Keys of a head in the order in which people read them.
const HEAD: [&str; 14] = [
    "edition",
    "reach",
    "reach_note",
    "method",
    "authority",
    "source",
    "as_of",
    "certainty",
    "doubt",
    "levels",
    "use_cases",
    "groups",
    "frame",
    "basis",
];
/// Lists of tables that follow the head.
const LISTS: [&str; 5] = ["threat", "policy", "assumption", "objective", "requirement"];
/// Keys of a requirement in the same sense.
const REQUIREMENT: [&str; 20] = [
    "id",
    "title",
    "statement",
    "kind",
    "modal",
    "clause",
    "group",
    "parent",
    "levels",
    "use_cases",
    "applies",
    "applies_note",
    "inputs",
    "outputs",
    "evidence",
    "origin",
    "source",
    "certainty",
    "doubt",
    "assessment",
];

/// An edition as JSON in the written form.
pub fn head(head: &EditionHead) -> Map<String, Value> {
    let mut map = flat(head);
    map.insert("requirement".to_owned(), head.requirements.iter().map(|it| Value::Object(requirement(it))).collect());
    map.retain(|key, it| key == "source" || !empty(it));
    if let Some(Value::Object(frame)) = map.get_mut("frame") {
        frame.retain(|_, it| !it.is_null());
    }
    map
}

/// A requirement as JSON in the written form.
pub fn requirement(it: &Requirement) -> Map<String, Value> {
    let mut map = flat(it);
    if let Some(applies) = &it.applies {
        map.insert("applies".to_owned(), condition(applies));
    }
    if let Some(Value::Object(assessment)) = map.get_mut("assessment") {
        assessment.retain(|key, it| key == "by" || !(empty(it) || *it == Value::Bool(false)));
    }
    map.retain(|key, it| !(empty(it) || key == "modal" && it == "shall"));
    map
}

/// A mapping as JSON in the written form.
pub fn mapping(it: &Mapping) -> Map<String, Value> {
    let mut map = flat(it);
    for row in map.values_mut().filter_map(Value::as_array_mut).flatten().filter_map(Value::as_object_mut) {
        row.retain(|_, it| !empty(it));
    }
    map.retain(|key, it| key == "source" || !empty(it));
    map
}

/// A condition as it is written in the catalogue.
pub fn condition(it: &Condition) -> Value {
    match it {
        Condition::All(parts) => json!({ "all": parts.iter().map(condition).collect::<Vec<_>>() }),
        Condition::Any(parts) => json!({ "any": parts.iter().map(condition).collect::<Vec<_>>() }),
        Condition::Not(part) => json!({ "not": condition(part) }),
        Condition::Compare(names, comparison) => {
            let (key, value) = match comparison {
                Comparison::Is(FactValue::Flag(it)) => ("is", json!(it)),
                Comparison::Is(FactValue::Number(it)) => ("is", json!(it)),
                Comparison::Is(it) => ("is", json!(it.to_string())),
                Comparison::Has(it) => ("has", json!(it)),
                Comparison::AtLeast(it) => ("at_least", json!(it)),
                Comparison::AtMost(it) => ("at_most", json!(it)),
            };
            match names.as_slice() {
                [name] => json!({ "fact": name, key: value }),
                names => json!({ "max": names, key: value }),
            }
        }
    }
}

/// Reads an edition from JSON in the written form.
///
/// # Errors
/// What does not fit, in words.
pub fn read_head(map: Map<String, Value>) -> Result<EditionHead, String> {
    let mut map = with_basis(map);
    let rows = map.get_mut("requirement").and_then(Value::as_array_mut);
    for row in rows.into_iter().flatten() {
        *row = Value::Object(with_basis(std::mem::take(row).as_object().cloned().unwrap_or_default()));
    }
    serde_json::from_value(Value::Object(map)).map_err(|it| it.to_string())
}

/// Reads a mapping from JSON in the written form.
///
/// # Errors
/// What does not fit, in words.
pub fn read_mapping(map: Map<String, Value>) -> Result<Mapping, String> {
    serde_json::from_value(Value::Object(with_basis(map))).map_err(|it| it.to_string())
}

/// `requirements.toml` of an edition.
pub fn toml(it: &EditionHead) -> String {
    let mut map = head(it);
    let lists: Vec<(&str, Value)> = LISTS.iter().filter_map(|key| Some((*key, map.remove(*key)?))).collect();
    let frame = map.remove("frame");
    let mut document = DocumentMut::new();
    fill(document.as_table_mut(), map, &HEAD);
    if let Some(frame) = frame {
        document.insert("frame", Item::Table(table(frame, &[])));
    }
    for (name, list) in lists {
        document.insert(name, rows(list));
    }
    document.to_string()
}

/// `mappings/STANDARD@EDITION.toml`.
pub fn mapping_toml(it: &Mapping) -> String {
    let mut map = mapping(it);
    let lists: Vec<(&str, Value)> =
        ["map", "together", "gap"].iter().filter_map(|key| Some((*key, map.remove(*key)?))).collect();
    let mut document = DocumentMut::new();
    fill(document.as_table_mut(), map, &["authority", "source", "as_of", "certainty", "doubt"]);
    for (name, list) in lists {
        document.insert(name, rows(list));
    }
    document.to_string()
}

/// A record as a map, with its basis among its keys. The name of an overlay belongs to the place, not to the record.
fn flat(it: &impl Serialize) -> Map<String, Value> {
    let Ok(Value::Object(mut map)) = serde_json::to_value(it) else { return Map::new() };
    if let Some(Value::Object(basis)) = map.remove("basis") {
        map.extend(basis.into_iter().filter(|(key, it)| key != "overlay" && (key == "as_of" || !it.is_null())));
    }
    map
}

fn with_basis(mut map: Map<String, Value>) -> Map<String, Value> {
    let basis: Map<String, Value> =
        BASIS.iter().filter_map(|key| Some(((*key).to_owned(), map.remove(*key)?))).collect();
    map.insert("basis".to_owned(), Value::Object(basis));
    map
}

fn empty(it: &Value) -> bool {
    it.is_null() || it.as_array().is_some_and(Vec::is_empty)
}

fn rows(list: Value) -> Item {
    let Value::Array(list) = list else { return Item::None };
    let tables = list.into_iter().map(|row| table(row, &REQUIREMENT));
    Item::ArrayOfTables(ArrayOfTables::from_iter(tables))
}

fn table(value: Value, order: &[&str]) -> Table {
    let mut table = Table::new();
    if let Value::Object(map) = value {
        fill(&mut table, map, order);
    }
    table
}

/// Keys in the given order, then the others; plain values stand before tables, as TOML wants it.
fn fill(table: &mut Table, mut map: Map<String, Value>, order: &[&str]) {
    let mut keys: Vec<String> = order.iter().filter(|it| map.contains_key(**it)).map(|it| (*it).to_owned()).collect();
    keys.extend(map.keys().filter(|it| !order.contains(&it.as_str())).cloned());
    for key in keys {
        let Some(value) = map.remove(&key) else { continue };
        let item = match (key.as_str(), value) {
            ("assessment", value) => {
                Item::Table(self::table(value, &["by", "objective", "preparation", "activities", "expected"]))
            }
            ("as_of", Value::String(day)) => match day.parse::<toml_edit::Datetime>() {
                Ok(day) => Item::Value(day.into()),
                Err(_) => Item::Value(day.into()),
            },
            (_, value) => Item::Value(inline(value)),
        };
        table.insert(&key, item);
    }
}

fn inline(value: Value) -> toml_edit::Value {
    match value {
        Value::Null => "".into(),
        Value::Bool(it) => it.into(),
        Value::Number(it) => it.as_i64().map_or_else(|| it.to_string().into(), Into::into),
        Value::String(it) => it.into(),
        Value::Array(list) => {
            let tables = list.iter().any(Value::is_object);
            let mut array = Array::from_iter(list.into_iter().map(inline));
            if tables {
                array.iter_mut().for_each(|it| it.decor_mut().set_prefix("\n  "));
                array.set_trailing_comma(true);
                array.set_trailing("\n");
            }
            array.into()
        }
        Value::Object(map) => {
            InlineTable::from_iter(map.into_iter().filter(|(_, it)| !it.is_null()).map(|(key, it)| (key, inline(it))))
                .into()
        }
    }
}
