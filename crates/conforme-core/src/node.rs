//! TOML as a tree in which every key and value knows its place.
//!
//! The files of a dossier are read one by one and joined into one tree: a section may stand in any of the files, lists
//! are joined, and what the company says is taken over where the product is silent.

use crate::codes;
use crate::finding::Reporter;
use crate::source::{At, Place};
use std::borrow::Cow;
use toml::de::{DeTable, DeValue};
use toml::{Spanned, value::Datetime};

mod pieces;

/// A value and its place.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Node<'a> {
    pub value: Value<'a>,
    pub place: Place,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value<'a> {
    Text(Cow<'a, str>),
    Integer(i64),
    Float(f64),
    Flag(bool),
    Date(Datetime),
    List(Vec<Node<'a>>),
    Table(Table<'a>),
}

/// Keys in the order of the file.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Table<'a> {
    pub entries: Vec<(At<Cow<'a, str>>, Node<'a>)>,
}

/// Nesting beyond this is refused: no honest dossier comes near it, and it keeps the stack bounded.
const MAX_DEPTH: usize = 32;

impl<'a> Table<'a> {
    pub fn get(&self, key: &str) -> Option<&Node<'a>> {
        self.entries.iter().find(|(name, _)| name.value == key).map(|(_, node)| node)
    }
}

impl Value<'_> {
    /// How an error message calls the type.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Text(_) => "a text",
            Self::Integer(_) => "a whole number",
            Self::Float(_) => "a decimal number",
            Self::Flag(_) => "true or false",
            Self::Date(_) => "a date",
            Self::List(_) => "a list",
            Self::Table(_) => "a table",
        }
    }
}

/// Reads one file. Syntax errors become findings, all of them at once; what could be read is returned.
pub(crate) fn read<'a>(text: &'a str, file: u16, reporter: &mut Reporter<'_>) -> Table<'a> {
    if let Some((table, findings)) = pieces::read(text, file, reporter.law()) {
        reporter.extend(findings);
        return table;
    }
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in errors.iter().take(20) {
        let span = error.span().unwrap_or(0..0);
        reporter.report(codes::SYNTAX, Some(place(Origin { file, start: 0 }, span)), &[("problem", error.message())]);
    }
    if !errors.is_empty() {
        // What a parser recovers after an error is a guess; findings on guesses would drown the error itself.
        return Table::default();
    }
    document(table, Origin { file, start: 0 }, reporter)
}

/// The file of a piece of text, and the byte of the file at which the piece begins.
#[derive(Clone, Copy)]
struct Origin {
    file: u16,
    start: usize,
}

fn place(origin: Origin, span: std::ops::Range<usize>) -> Place {
    let clamp = |at: usize| u32::try_from(origin.start + at).unwrap_or(u32::MAX);
    Place { file: origin.file, start: clamp(span.start), end: clamp(span.end) }
}

fn document<'a>(table: Spanned<DeTable<'a>>, origin: Origin, reporter: &mut Reporter<'_>) -> Table<'a> {
    let span = table.span();
    match convert_table(table.into_inner(), origin, 0, place(origin, span), reporter) {
        Value::Table(table) => table,
        _ => Table::default(),
    }
}

fn convert_table<'a>(
    table: DeTable<'a>,
    file: Origin,
    depth: usize,
    at: Place,
    reporter: &mut Reporter<'_>,
) -> Value<'a> {
    if depth > MAX_DEPTH {
        reporter.report(codes::NESTED_TOO_DEEP, Some(at), &[]);
        return Value::Table(Table::default());
    }
    let mut entries = Vec::with_capacity(table.len());
    for (key, value) in table {
        let key_place = place(file, key.span());
        let node = convert(value, file, depth + 1, reporter);
        entries.push((At { value: key.into_inner(), place: key_place }, node));
    }
    // The parser sorts keys; the order of the file is what a reader expects.
    entries.sort_by_key(|(key, _)| key.place.start);
    Value::Table(Table { entries })
}

fn convert<'a>(value: Spanned<DeValue<'a>>, file: Origin, depth: usize, reporter: &mut Reporter<'_>) -> Node<'a> {
    let at = place(file, value.span());
    let value = match value.into_inner() {
        DeValue::String(text) => Value::Text(text),
        DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
            Ok(number) => Value::Integer(number),
            Err(_) => {
                reporter.report(
                    codes::WRONG_TYPE,
                    Some(at),
                    &[("key", "the number"), ("wanted", "smaller"), ("found", "too large")],
                );
                Value::Integer(0)
            }
        },
        DeValue::Float(number) => Value::Float(number.as_str().parse().unwrap_or(f64::NAN)),
        DeValue::Boolean(flag) => Value::Flag(flag),
        DeValue::Datetime(date) => Value::Date(date),
        DeValue::Array(items) => {
            if depth > MAX_DEPTH {
                reporter.report(codes::NESTED_TOO_DEEP, Some(at), &[]);
                Value::List(Vec::new())
            } else {
                Value::List(items.into_iter().map(|it| convert(it, file, depth + 1, reporter)).collect())
            }
        }
        DeValue::Table(table) => convert_table(table, file, depth, at, reporter),
    };
    Node { value, place: at }
}

/// Joins another file of the same dossier: lists are extended; a key that both files set is a finding.
pub(crate) fn join<'a>(base: &mut Table<'a>, other: Table<'a>, reporter: &mut Reporter<'_>) {
    for (key, node) in other.entries {
        let Some(at) = base.entries.iter().position(|(name, _)| name.value == key.value) else {
            base.entries.push((key, node));
            continue;
        };
        match (&mut base.entries[at].1.value, node.value) {
            (Value::List(base), Value::List(more)) => base.extend(more),
            (Value::Table(base), Value::Table(more)) => join(base, more, reporter),
            _ => reporter.report(codes::SET_TWICE, Some(key.place), &[("key", &key.value)]),
        }
    }
}

/// A key that the product says otherwise than its company.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Override {
    /// Path of the key: `manufacturer.email`.
    pub key: String,
    /// Where the product says it.
    pub own: Place,
    /// Where the company says it.
    pub company: Place,
}

/// Takes over what the company says where the product is silent. Single keys override; lists of records are joined.
pub(crate) fn inherit<'a>(product: &mut Table<'a>, company: &Table<'a>, path: &str, overrides: &mut Vec<Override>) {
    for (key, node) in &company.entries {
        let Some(at) = product.entries.iter().position(|(name, _)| name.value == key.value) else {
            product.entries.push((key.clone(), node.clone()));
            continue;
        };
        let own_place = product.entries[at].0.place;
        let path = if path.is_empty() { key.value.to_string() } else { format!("{path}.{}", key.value) };
        match (&mut product.entries[at].1.value, &node.value) {
            (Value::List(own), Value::List(company))
                if company.iter().all(|it| matches!(it.value, Value::Table(_))) =>
            {
                own.extend(company.iter().cloned());
            }
            (Value::Table(own), Value::Table(company)) => inherit(own, company, &path, overrides),
            (own, company) if same(own, company) => {}
            _ => overrides.push(Override { key: path, own: own_place, company: key.place }),
        }
    }
}

/// Equal but for the place.
fn same(left: &Value<'_>, right: &Value<'_>) -> bool {
    match (left, right) {
        (Value::List(left), Value::List(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| same(&left.value, &right.value))
        }
        (left, right) => left == right,
    }
}
