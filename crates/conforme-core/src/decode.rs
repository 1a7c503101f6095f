//! From the tree to typed records. One declaration gives a record its fields, its decoder and its JSON Schema.
//!
//! Decoding never stops at the first mistake: a wrong value becomes a finding at its place and the field stays empty, and
//! a key nobody knows is reported with the nearest known one.

use crate::codes;
use crate::finding::Reporter;
use crate::node::{Node, Table, Value};
use crate::source::{At, Place};
use conforme_catalogue::Day;
use serde_json::{Map, Value as Json, json};

/// A type that can be read from a node and described in a schema.
pub(crate) trait Decode: Sized {
    fn decode(node: &Node<'_>, key: &str, reporter: &mut Reporter<'_>) -> Option<Self>;
    fn schema(defs: &mut Map<String, Json>) -> Json;
}

/// A type that can be a field: one value that may be absent, or a list.
pub(crate) trait Field: Sized {
    fn field(table: &Table<'_>, key: &str, reporter: &mut Reporter<'_>) -> Self;
    fn schema(defs: &mut Map<String, Json>) -> Json;
}

impl<T: Decode> Field for Option<T> {
    fn field(table: &Table<'_>, key: &str, reporter: &mut Reporter<'_>) -> Self {
        table.get(key).and_then(|node| T::decode(node, key, reporter))
    }

    fn schema(defs: &mut Map<String, Json>) -> Json {
        T::schema(defs)
    }
}

impl<T: Decode> Field for Vec<T> {
    fn field(table: &Table<'_>, key: &str, reporter: &mut Reporter<'_>) -> Self {
        match table.get(key) {
            None => Vec::new(),
            Some(Node { value: Value::List(items), .. }) => {
                let mut all = Vec::with_capacity(items.len());
                all.extend(items.iter().filter_map(|item| T::decode(item, key, reporter)));
                all
            }
            Some(node) => {
                wrong_type(node, key, "a list", reporter);
                Vec::new()
            }
        }
    }

    fn schema(defs: &mut Map<String, Json>) -> Json {
        json!({ "type": "array", "items": T::schema(defs) })
    }
}

pub(crate) fn wrong_type(node: &Node<'_>, key: &str, wanted: &str, reporter: &mut Reporter<'_>) {
    reporter.report(
        codes::WRONG_TYPE,
        Some(node.place),
        &[("key", key), ("wanted", wanted), ("found", node.value.kind())],
    );
}

macro_rules! scalar {
    ($type:ty, $pattern:pat => $value:expr, $wanted:literal, $schema:expr) => {
        impl Decode for At<$type> {
            fn decode(node: &Node<'_>, key: &str, reporter: &mut Reporter<'_>) -> Option<Self> {
                match &node.value {
                    $pattern => Some(At { value: $value, place: node.place }),
                    _ => {
                        wrong_type(node, key, $wanted, reporter);
                        None
                    }
                }
            }

            fn schema(_: &mut Map<String, Json>) -> Json {
                $schema
            }
        }
    };
}

scalar!(String, Value::Text(text) => text.to_string(), "a text", json!({ "type": "string" }));
scalar!(bool, Value::Flag(flag) => *flag, "true or false", json!({ "type": "boolean" }));
scalar!(i64, Value::Integer(number) => *number, "a whole number", json!({ "type": "integer" }));

impl Decode for At<Day> {
    fn decode(node: &Node<'_>, key: &str, reporter: &mut Reporter<'_>) -> Option<Self> {
        let text = match &node.value {
            Value::Text(text) => text.to_string(),
            Value::Date(date) => date.to_string(),
            _ => {
                wrong_type(node, key, "a date such as 2027-12-11, or \"2027-12\"", reporter);
                return None;
            }
        };
        match text.parse::<Day>() {
            Ok(value) => Some(At { value, place: node.place }),
            Err(_) => {
                reporter.report(codes::WRONG_DATE, Some(node.place), &[("key", key), ("text", &text)]);
                None
            }
        }
    }

    fn schema(_: &mut Map<String, Json>) -> Json {
        json!({ "type": "string", "pattern": "^\\d{4}-\\d{2}(-\\d{2})?$", "description": "YYYY-MM-DD or YYYY-MM" })
    }
}

impl Decode for At<jiff::civil::Date> {
    fn decode(node: &Node<'_>, key: &str, reporter: &mut Reporter<'_>) -> Option<Self> {
        let day = At::<Day>::decode(node, key, reporter)?;
        if day.is_month() {
            reporter.report(codes::WRONG_DATE, Some(node.place), &[("key", key), ("text", &day.value.to_string())]);
            return None;
        }
        Some(At { value: day.first(), place: day.place })
    }

    fn schema(_: &mut Map<String, Json>) -> Json {
        json!({ "type": "string", "format": "date" })
    }
}

/// Reports keys that no field takes, each with the nearest known one.
pub(crate) fn unknown_keys(table: &Table<'_>, known: &[&str], reporter: &mut Reporter<'_>) {
    for (key, _) in &table.entries {
        if !known.contains(&key.value.as_ref()) {
            unknown_key(&key.value, key.place, known, reporter);
        }
    }
}

pub(crate) fn unknown_key(key: &str, place: Place, known: &[&str], reporter: &mut Reporter<'_>) {
    let remedy = match nearest(key, known) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("known here: {}", known.join(", ")),
    };
    reporter.report(codes::UNKNOWN_KEY, Some(place), &[("key", key), ("remedy", &remedy)]);
}

/// The known word that a misspelt one most likely meant.
pub(crate) fn nearest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let word = word.to_lowercase().replace(['-', ' '], "_");
    known
        .iter()
        .map(|it| (strsim::jaro_winkler(&word, &it.to_lowercase().replace(['-', ' '], "_")), *it))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|left, right| left.0.total_cmp(&right.0))
        .map(|(_, it)| it)
}

/// Declares the fields of a table. Documentation comments become descriptions in the schema.
macro_rules! table {
    ($(#[doc = $about:literal])* pub struct $name:ident { $($(#[doc = $doc:literal])* $field:ident : $type:ty,)* }) => {
        $(#[doc = $about])*
        #[derive(Debug, Clone, Default, PartialEq, serde::Serialize)]
        pub struct $name {
            $($(#[doc = $doc])* pub $field: $type,)*
            /// Where the table stands. What is written does not say it.
            #[serde(skip)]
            pub place: $crate::source::Place,
        }

        impl $name {
            /// Keys of the table.
            #[allow(dead_code)]
            pub(crate) const KEYS: &'static [&'static str] = &[$(stringify!($field)),*];

            #[allow(dead_code)]
            pub(crate) fn from_table(
                table: &$crate::node::Table<'_>,
                place: $crate::source::Place,
                reporter: &mut $crate::finding::Reporter<'_>,
            ) -> Self {
                Self { $($field: <$type as $crate::decode::Field>::field(table, stringify!($field), reporter),)* place }
            }

            #[allow(dead_code)]
            pub(crate) fn properties(defs: &mut serde_json::Map<String, serde_json::Value>) -> serde_json::Map<String, serde_json::Value> {
                let mut properties = serde_json::Map::new();
                $(
                    let mut field = <$type as $crate::decode::Field>::schema(defs);
                    $crate::decode::describe(&mut field, &[$($doc),*]);
                    properties.insert(stringify!($field).to_owned(), field);
                )*
                properties
            }
        }
    };
}

/// Declares a record: a table of the dossier that refuses keys it does not know.
macro_rules! record {
    ($(#[doc = $about:literal])* pub struct $name:ident { $($fields:tt)* }) => {
        $crate::decode::table! { $(#[doc = $about])* pub struct $name { $($fields)* } }

        impl $crate::decode::Decode for $name {
            fn decode(
                node: &$crate::node::Node<'_>,
                key: &str,
                reporter: &mut $crate::finding::Reporter<'_>,
            ) -> Option<Self> {
                let $crate::node::Value::Table(table) = &node.value else {
                    $crate::decode::wrong_type(node, key, "a table", reporter);
                    return None;
                };
                $crate::decode::unknown_keys(table, Self::KEYS, reporter);
                Some(Self::from_table(table, node.place, reporter))
            }

            fn schema(defs: &mut serde_json::Map<String, serde_json::Value>) -> serde_json::Value {
                $crate::decode::define(defs, stringify!($name), &[$($about),*], Self::properties)
            }
        }
    };
}

/// Declares a closed list of words.
macro_rules! words {
    ($(#[doc = $about:literal])* pub enum $name:ident { $($(#[doc = $doc:literal])* $variant:ident = $word:literal,)* }) => {
        $(#[doc = $about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[doc = $doc])* $variant,)* }

        impl $name {
            /// The word as it is written in files.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.word())
            }
        }

        impl $crate::decode::Decode for $crate::source::At<$name> {
            fn decode(
                node: &$crate::node::Node<'_>,
                key: &str,
                reporter: &mut $crate::finding::Reporter<'_>,
            ) -> Option<Self> {
                let $crate::node::Value::Text(text) = &node.value else {
                    $crate::decode::wrong_type(node, key, "a text", reporter);
                    return None;
                };
                let value = match text.as_ref() {
                    $($word => $name::$variant,)*
                    other => {
                        $crate::decode::unknown_word(other, node.place, key, &[$($word),*], reporter);
                        return None;
                    }
                };
                Some($crate::source::At { value, place: node.place })
            }

            fn schema(_: &mut serde_json::Map<String, serde_json::Value>) -> serde_json::Value {
                serde_json::json!({ "type": "string", "enum": [$($word),*] })
            }
        }
    };
}

pub(crate) use {record, table, words};

pub(crate) fn unknown_word(word: &str, place: Place, key: &str, known: &[&str], reporter: &mut Reporter<'_>) {
    let remedy = match nearest(word, known) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("one of {}", known.join(", ")),
    };
    reporter.report(codes::UNKNOWN_WORD, Some(place), &[("key", key), ("word", word), ("remedy", &remedy)]);
}

pub(crate) fn describe(schema: &mut Json, doc: &[&str]) {
    let text = doc.iter().map(|it| it.trim()).collect::<Vec<_>>().join(" ");
    if let (Some(schema), false) = (schema.as_object_mut(), text.is_empty()) {
        // Beside `$ref` a description is allowed since draft 2019-09.
        schema.insert("description".to_owned(), Json::String(text));
    }
}

pub(crate) fn define(
    defs: &mut Map<String, Json>,
    name: &str,
    about: &[&str],
    properties: impl FnOnce(&mut Map<String, Json>) -> Map<String, Json>,
) -> Json {
    if !defs.contains_key(name) {
        // Reserved first, so that a record that contains itself ends.
        defs.insert(name.to_owned(), Json::Null);
        let properties = properties(defs);
        let mut schema = json!({ "type": "object", "additionalProperties": false, "properties": properties });
        describe(&mut schema, about);
        defs.insert(name.to_owned(), schema);
    }
    json!({ "$ref": format!("#/$defs/{name}") })
}
