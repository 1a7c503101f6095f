//! Changes one value in a TOML file and leaves every other byte as it is: comments, order, line ends.
//!
//! `toml_edit` says where things stand; the change itself is a splice of the text, because printing a parsed document would
//! already turn `\r\n` into `\n`. A key that is there only as a comment (`#end = ""`) is brought to life in its place.

mod path;
mod region;

use path::choose;
pub(crate) use path::{parts, record_of};
use region::Region;
use std::ops::Range;
use toml_edit::{Document, InlineTable, Item, Table, TableLike, Value};

/// Why a value cannot be set.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum EditError {
    /// The file is no TOML.
    #[error("the file is not valid TOML: {0}")]
    Syntax(String),
    /// A record that is not in the list.
    #[error("there is no `{list}[{name}]` here; {}", known_records(known))]
    NoRecord {
        /// The list.
        list: String,
        /// The wanted record.
        name: String,
        /// Names of the records it has.
        known: Vec<String>,
    },
    /// A list of several records, none of them named.
    #[error("`{list}` is a list; name one of its records, such as `{list}[{}]`; {}", known.first().map_or("NAME", String::as_str), known_records(known))]
    WhichRecord {
        /// The list.
        list: String,
        /// Names of the records it has.
        known: Vec<String>,
    },
    /// Something else stands where a table or value was expected.
    #[error("`{0}` is there and is of another kind; change it by hand")]
    OtherKind(String),
}

fn known_records(known: &[String]) -> String {
    if known.is_empty() {
        "the list is empty; add a record by hand first".to_owned()
    } else {
        format!("there are {}", known.join(", "))
    }
}

/// Sets the value at a path and returns the new text. A part of the path may name a record: `release[1.0]`.
pub(crate) fn set(text: &str, path: &[&str], value: &Value) -> Result<String, EditError> {
    let document = Document::parse(text).map_err(|error| EditError::Syntax(error.message().to_owned()))?;
    let (last, parents) = path.split_last().ok_or_else(|| EditError::OtherKind(String::new()))?;
    let mut spot = Spot::root(document.as_table());
    for (at, part) in parents.iter().enumerate() {
        if !spot.enter(part)? {
            return spot.insert_below(text, document.as_table(), &parents[at..], last, value);
        }
    }
    match spot.holder.get(last) {
        Some(Item::Value(old)) => Ok(splice(text, old.span().unwrap_or_default(), &written(value))),
        Some(Item::None) | None => Ok(spot.insert(text, document.as_table(), last, value)),
        Some(_) => Err(EditError::OtherKind((*last).to_owned())),
    }
}

/// Number, from 1, and text of the line in which a value begins.
pub(crate) fn line_of<'a>(text: &'a str, path: &[&str]) -> Option<(usize, &'a str)> {
    let document = Document::parse(text).ok()?;
    let (last, parents) = path.split_last()?;
    let mut spot = Spot::root(document.as_table());
    let there = parents.iter().all(|it| spot.enter(it).unwrap_or(false));
    let start = spot.holder.get(last).filter(|_| there)?.span()?.start;
    let number = text[..start].matches('\n').count();
    text.lines().nth(number).map(|line| (number + 1, line))
}

/// A value as it is written in a file.
pub(crate) fn written(value: &Value) -> String {
    value.to_string().trim().to_owned()
}

/// Where a walk along a path stands.
struct Spot<'a> {
    /// The table that holds the next key.
    holder: Holder<'a>,
    /// The table with a header of its own around it.
    owner: &'a Table,
    /// Keys from the owner to the holder that were written with dots.
    prefix: Vec<String>,
    /// Keys for a header, from the root to the owner.
    header: Vec<String>,
    /// The owner stands in a list, so a new header must follow it at once.
    in_record: bool,
}

#[derive(Clone, Copy)]
enum Holder<'a> {
    Table(&'a Table),
    Inline(&'a InlineTable),
}

impl<'a> Holder<'a> {
    fn get(self, key: &str) -> Option<&'a Item> {
        match self {
            Self::Table(table) => table.get(key),
            Self::Inline(table) => TableLike::get(table, key),
        }
    }
}

impl<'a> Spot<'a> {
    fn root(table: &'a Table) -> Self {
        Self { holder: Holder::Table(table), owner: table, prefix: Vec::new(), header: Vec::new(), in_record: false }
    }

    /// Steps into a part of the path; false when it is not there yet.
    fn enter(&mut self, part: &str) -> Result<bool, EditError> {
        let (name, record) = record_of(part);
        match (self.holder.get(name), record) {
            (None | Some(Item::None), None) => return Ok(false),
            (None | Some(Item::None), Some(record)) => {
                return Err(EditError::NoRecord { list: name.to_owned(), name: record.to_owned(), known: Vec::new() });
            }
            (Some(Item::Table(table)), None) => {
                self.holder = Holder::Table(table);
                if table.is_dotted() {
                    self.prefix.push(name.to_owned());
                } else {
                    self.owner = table;
                    self.header.push(name.to_owned());
                    self.prefix.clear();
                }
            }
            (Some(Item::Value(Value::InlineTable(table))), None) => {
                self.holder = Holder::Inline(table);
                self.prefix.clear();
            }
            (Some(Item::ArrayOfTables(list)), record) => {
                let tables: Vec<&Table> = list.iter().collect();
                let chosen = choose(name, record, &tables.iter().map(|it| *it as &dyn TableLike).collect::<Vec<_>>())?;
                self.owner = tables[chosen];
                self.holder = Holder::Table(self.owner);
                self.header.push(name.to_owned());
                self.prefix.clear();
                self.in_record = true;
            }
            (Some(Item::Value(Value::Array(list))), record) => {
                let tables: Vec<&InlineTable> = list.iter().filter_map(Value::as_inline_table).collect();
                let chosen = choose(name, record, &tables.iter().map(|it| *it as &dyn TableLike).collect::<Vec<_>>())?;
                self.holder = Holder::Inline(tables[chosen]);
                self.prefix.clear();
            }
            _ => return Err(EditError::OtherKind(part.to_owned())),
        }
        Ok(true)
    }

    /// Adds a key that is not there.
    fn insert(&self, text: &str, root: &Table, key: &str, value: &Value) -> String {
        let dotted: Vec<String> = self.prefix.iter().map(String::as_str).chain([key]).map(bare).collect();
        let line = format!("{} = {}", dotted.join("."), written(value));
        if let Holder::Inline(table) = self.holder {
            return insert_inline(text, table, &line);
        }
        // Only a super-table of headers: it has no place of its own, so it gets a header.
        if self.owner.is_implicit() && !self.header.is_empty() && self.prefix.is_empty() {
            return self.with_header(text, root, &self.header, &line);
        }
        let region = Region::of(text, root, self.owner);
        match region.commented(key).filter(|_| self.prefix.is_empty()) {
            Some(comment) => splice(text, comment.clone(), &wake(&text[comment], &line)),
            None => region.append_key(&line),
        }
    }

    /// Adds a key to tables that are not there.
    fn insert_below(
        &self,
        text: &str,
        root: &Table,
        missing: &[&str],
        key: &str,
        value: &Value,
    ) -> Result<String, EditError> {
        if let Some((list, name)) = missing.iter().map(|it| record_of(it)).find_map(|(list, name)| Some((list, name?)))
        {
            return Err(EditError::NoRecord { list: list.to_owned(), name: name.to_owned(), known: Vec::new() });
        }
        let names = missing.iter().map(|it| bare(it));
        let line = |keys: Vec<String>| format!("{} = {}", keys.join("."), written(value));
        match self.holder {
            Holder::Inline(table) => Ok(insert_inline(text, table, &line(names.chain([bare(key)]).collect()))),
            // A table that was begun with dots cannot be continued with a header.
            Holder::Table(_) if !self.prefix.is_empty() => {
                let keys = self.prefix.iter().map(|it| bare(it)).chain(names).chain([bare(key)]).collect();
                Ok(Region::of(text, root, self.owner).append_key(&line(keys)))
            }
            Holder::Table(_) => {
                let header: Vec<String> =
                    self.header.iter().cloned().chain(missing.iter().map(|it| (*it).to_owned())).collect();
                let region =
                    if self.in_record { Region::of(text, root, self.owner) } else { Region::whole(text, root) };
                if let Some(comment) = region.commented_header(&header_line(&header)) {
                    // The section waits as a comment: wake its header first, then set the key in it.
                    let woken = splice(text, comment.clone(), &header_line(&header));
                    let document = Document::parse(woken.as_str())
                        .map_err(|error| EditError::Syntax(error.message().to_owned()))?;
                    let region = Region::after(&woken, document.as_table(), comment.start);
                    return Ok(match region.commented(key) {
                        Some(comment) => {
                            splice(&woken, comment.clone(), &wake(&woken[comment], &line(vec![bare(key)])))
                        }
                        None => region.append_key(&line(vec![bare(key)])),
                    });
                }
                Ok(self.with_header(text, root, &header, &line(vec![bare(key)])))
            }
        }
    }

    fn with_header(&self, text: &str, root: &Table, header: &[String], line: &str) -> String {
        let region = if self.in_record { Region::of(text, root, self.owner) } else { Region::whole(text, root) };
        region.append_section(&header_line(header), line)
    }
}

/// The line that takes the place of a waiting one. A comment at its end stays when it describes the key; when it stood
/// beside another value it was about that value and goes with it.
fn wake(waiting: &str, line: &str) -> String {
    let old = waiting.trim_start().trim_start_matches('#');
    let Ok(document) = Document::parse(old) else { return line.to_owned() };
    let Some((_, Item::Value(value))) = document.iter().next() else { return line.to_owned() };
    let span = value.span().unwrap_or_default();
    let sample = ["\"\"", "[]", "0", "false"].contains(&&old[span.clone()]) || old[span.clone()].contains("YYYY");
    let same = line.ends_with(&format!("= {}", &old[span.clone()]));
    if sample || same { format!("{line}{}", &old[span.end..]) } else { line.to_owned() }
}

fn header_line(keys: &[String]) -> String {
    let keys: Vec<String> = keys.iter().map(|it| bare(it)).collect();
    format!("[{}]", keys.join("."))
}

/// A key as it is written: quoted when it must be.
fn bare(key: &str) -> String {
    toml_edit::Key::new(key).to_string()
}

fn insert_inline(text: &str, table: &InlineTable, line: &str) -> String {
    let span = table.span().unwrap_or_default();
    let Some(close) = text.get(span.clone()).and_then(|it| it.rfind('}')).map(|it| span.start + it) else {
        return text.to_owned();
    };
    let inside = text[span.start + 1..close].trim_end();
    let end = span.start + 1 + inside.len();
    let lead = if inside.trim().is_empty() || inside.ends_with(',') { " " } else { ", " };
    splice(text, end..close, &format!("{lead}{line} "))
}

fn splice(text: &str, place: Range<usize>, with: &str) -> String {
    format!("{}{with}{}", &text[..place.start], &text[place.end..])
}

#[cfg(test)]
mod tests;
