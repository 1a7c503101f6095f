//! A stretch of lines that belongs to one table: from its header to the next one, with what waits there as a comment.

use std::ops::Range;
use toml_edit::{Item, Table, Value};

/// The lines of one table.
#[derive(Debug)]
pub(crate) struct Region<'a> {
    text: &'a str,
    /// Lines that begin outside every value, as byte ranges without their line ends.
    lines: Vec<Range<usize>>,
    /// Where a value begins and ends, for telling keys from lines inside a value.
    values: Vec<Range<usize>>,
    start: usize,
}

impl<'a> Region<'a> {
    /// The lines of a table that has a header, or of the root.
    pub fn of(text: &'a str, root: &Table, owner: &Table) -> Self {
        let header = owner.span().filter(|it| !it.is_empty());
        Self::between(text, root, header.map_or(0, |it| it.end))
    }

    /// The lines from a place to the next header.
    pub fn after(text: &'a str, root: &Table, place: usize) -> Self {
        Self::between(text, root, place + 1)
    }

    /// All lines of the file.
    pub fn whole(text: &'a str, root: &Table) -> Self {
        let mut region = Self { text, lines: Vec::new(), values: Vec::new(), start: 0 };
        collect(root, &mut Vec::new(), &mut region.values);
        region.lines = lines(text, 0..text.len(), &region.values);
        region
    }

    fn between(text: &'a str, root: &Table, start: usize) -> Self {
        let (mut headers, mut values) = (Vec::new(), Vec::new());
        collect(root, &mut headers, &mut values);
        let end = headers.iter().map(|it| it.start).filter(|it| *it >= start).min().unwrap_or(text.len());
        let lines = lines(text, start..end, &values);
        Self { text, lines, values, start }
    }

    /// The line in which a key of this table waits as a comment: `#end = ""`.
    pub fn commented(&self, key: &str) -> Option<Range<usize>> {
        let waits = |line: &str| {
            comment(line).and_then(|it| it.strip_prefix(key)).is_some_and(|it| it.trim_start().starts_with('='))
        };
        self.own().find(|it| waits(&self.text[(*it).clone()])).cloned()
    }

    /// The line in which a header waits as a comment: `#[family]`.
    pub fn commented_header(&self, header: &str) -> Option<Range<usize>> {
        self.lines
            .iter()
            .find(|it| comment(&self.text[(*it).clone()]).is_some_and(|it| it.trim_end() == header))
            .cloned()
    }

    /// Adds a key after the last one of the table.
    pub fn append_key(&self, line: &str) -> String {
        let last =
            self.values.iter().filter(|it| self.own().any(|line| line.contains(&it.start))).map(|it| it.end).max();
        // The end of the line of the last value, or of the header; nothing stands before the first key of a file.
        let after = last.or((self.start > 0).then_some(self.start));
        self.insert_after(after, line)
    }

    /// Adds a table after everything of this one, comments that wait included.
    pub fn append_section(&self, header: &str, line: &str) -> String {
        let belongs = |it: &&Range<usize>| {
            let text = &self.text[(*it).clone()];
            comment(text)
                .map_or(!text.trim().is_empty(), |it| it.split_once('=').is_some_and(|(key, _)| is_key(key.trim())))
        };
        let whole = self.start == 0;
        let last = if whole {
            self.text.trim_end().len()
        } else {
            self.own().filter(belongs).map(|it| it.end).max().unwrap_or(self.start)
        };
        let last = self.values.iter().filter(|it| it.start <= last).map(|it| it.end).max().unwrap_or(0).max(last);
        self.insert_after(Some(last), &format!("{0}{header}{0}{line}", self.line_end()))
    }

    /// Lines of the table itself: a header that waits as a comment begins another one.
    fn own(&self) -> impl Iterator<Item = &Range<usize>> {
        self.lines.iter().take_while(|it| !comment(&self.text[(*it).clone()]).is_some_and(|it| it.starts_with('[')))
    }

    fn insert_after(&self, after: Option<usize>, line: &str) -> String {
        let line_end = self.line_end();
        let Some(after) = after else { return format!("{line}{line_end}{}", self.text) };
        let rest = &self.text[after..];
        match rest.find('\n') {
            Some(at) => format!("{}{line}{line_end}{}", &self.text[..=after + at], &rest[at + 1..]),
            None => format!("{}{line_end}{line}{line_end}", self.text),
        }
    }

    fn line_end(&self) -> &'static str {
        if self.text.contains("\r\n") { "\r\n" } else { "\n" }
    }
}

/// The inside of a comment, or nothing when the line is none.
fn comment(line: &str) -> Option<&str> {
    line.trim_start().strip_prefix('#').map(str::trim_start)
}

fn is_key(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'_' || it == b'-')
}

fn lines(text: &str, within: Range<usize>, values: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut at = within.start;
    let mut lines = Vec::new();
    for line in text[within.clone()].split_inclusive('\n') {
        let inside = values.iter().any(|it| it.start < at && at < it.end);
        if !inside {
            lines.push(at..at + line.trim_end_matches(['\n', '\r']).len());
        }
        at += line.len();
    }
    lines
}

/// Places of all headers and values of a file.
fn collect(table: &Table, headers: &mut Vec<Range<usize>>, values: &mut Vec<Range<usize>>) {
    if !table.is_implicit() && !table.is_dotted() {
        headers.extend(table.span().filter(|it| !it.is_empty()));
    }
    for (_, item) in table {
        match item {
            Item::Table(table) => collect(table, headers, values),
            Item::ArrayOfTables(list) => list.iter().for_each(|it| collect(it, headers, values)),
            Item::Value(value) => values.extend(Value::span(value)),
            Item::None => {}
        }
    }
}
