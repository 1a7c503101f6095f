//! A commented file in the making: every key with what it means, its value where it is known, waiting as a comment where not.
//!
//! Descriptions and allowed words come from the schema, so that a file cannot say other than `conforme schema` does.

use super::values::{Answers, Given, Origin, line};
use conforme_catalogue::Catalogue;
use serde_json::Value as Json;
use std::fmt::Write as _;

/// Comments end before this column.
const WIDTH: usize = 100;
/// Comments beside keys begin no later than after this column.
const COLUMN: usize = 40;

/// Descriptions of keys.
#[derive(Debug)]
pub(crate) struct Docs {
    schema: Json,
}

impl Docs {
    /// Takes the descriptions of a catalogue's schema.
    pub fn new(law: &Catalogue) -> Self {
        Self { schema: conforme_core::schema::dossier(law) }
    }

    fn field(&self, key: &str) -> Option<&Json> {
        crate::commands::set::find(&self.schema, &crate::edit::parts(key)).ok()
    }

    /// What a key means.
    pub fn about(&self, key: &str) -> String {
        let text = self.field(key).and_then(|it| it.get("description")).and_then(Json::as_str);
        text.unwrap_or_default().to_owned()
    }

    /// The closed list of words of a key.
    pub fn words(&self, key: &str) -> Vec<String> {
        let Some(field) = self.field(key) else { return Vec::new() };
        let words = field.get("enum").or_else(|| field.pointer("/items/enum")).and_then(Json::as_array);
        words.into_iter().flatten().filter_map(Json::as_str).map(str::to_owned).collect()
    }

    /// Something that stands where a value belongs. Waking it without filling it in is a finding where a statement hangs on it.
    fn sample(&self, key: &str) -> String {
        let Some(field) = self.field(key) else { return "\"\"".to_owned() };
        let says = |name: &str| field.get(name).and_then(Json::as_str);
        match (says("type"), says("format"), says("pattern")) {
            (Some("boolean"), ..) => field.get("default").and_then(Json::as_bool).unwrap_or_default().to_string(),
            (Some("integer"), ..) => "0".to_owned(),
            (Some("array"), ..) => "[]".to_owned(),
            (_, Some("date"), _) => "\"YYYY-MM-DD\"".to_owned(),
            (.., Some(_)) => "\"YYYY-MM\"".to_owned(),
            _ => "\"\"".to_owned(),
        }
    }

    /// All tables and records of the schema, as they are named in headers.
    #[cfg(test)]
    pub fn tables(&self) -> Vec<String> {
        let mut tables = Vec::new();
        let mut open = vec![String::new()];
        while let Some(table) = open.pop() {
            let path: Vec<&str> = if table.is_empty() { Vec::new() } else { crate::edit::parts(&table) };
            for (key, simple) in crate::commands::set::keys(&self.schema, &path) {
                if !simple {
                    let name = if table.is_empty() { key } else { format!("{table}.{key}") };
                    open.push(name.clone());
                    tables.push(name);
                }
            }
        }
        tables
    }

    /// Keys of a table or record that are no tables themselves.
    #[cfg(test)]
    pub fn keys(&self, table: &str) -> Vec<String> {
        let path: Vec<&str> = if table.is_empty() { Vec::new() } else { crate::edit::parts(table) };
        let keys = crate::commands::set::keys(&self.schema, &path);
        keys.into_iter().filter(|(_, simple)| *simple).map(|(key, _)| key).collect()
    }
}

/// The text of one file.
pub(crate) struct Page<'a> {
    text: String,
    docs: &'a Docs,
    answers: &'a Answers,
}

impl<'a> Page<'a> {
    /// An empty page.
    pub fn new(docs: &'a Docs, answers: &'a Answers) -> Self {
        Self { text: String::new(), docs, answers }
    }

    /// The finished text.
    pub fn finish(self) -> String {
        let mut text = self.text.trim_end().to_owned();
        text.push('\n');
        text
    }

    /// A comment, wrapped.
    pub fn note(&mut self, text: &str) -> &mut Self {
        self.wrapped("# ", "# ", &line(text))
    }

    /// A point in a list of comments.
    pub fn point(&mut self, text: &str) -> &mut Self {
        self.wrapped("#   - ", "#     ", &line(text))
    }

    /// Points in a list of comments.
    pub fn points(&mut self, points: impl IntoIterator<Item = impl AsRef<str>>) -> &mut Self {
        for it in points {
            self.point(it.as_ref());
        }
        self
    }

    fn wrapped(&mut self, first: &str, next: &str, text: &str) -> &mut Self {
        let mut row = first.to_owned();
        let mut fresh = true;
        for word in text.split(' ') {
            if !fresh && row.chars().count() + word.chars().count() + 1 > WIDTH {
                let _ = writeln!(self.text, "{row}");
                row = next.to_owned();
                fresh = true;
            }
            row += if fresh { "" } else { " " };
            row += word;
            fresh = false;
        }
        let _ = writeln!(self.text, "{}", row.trim_end());
        self
    }

    /// An empty line.
    pub fn gap(&mut self) -> &mut Self {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
        self
    }

    /// A heading between groups of sections.
    pub fn heading(&mut self, title: &str) -> &mut Self {
        self.gap();
        let bar = "-".repeat(WIDTH - 6 - title.chars().count());
        let _ = writeln!(self.text, "# --- {title} {bar}");
        self.gap()
    }

    /// One line as it is.
    pub fn raw(&mut self, row: &str) -> &mut Self {
        let _ = writeln!(self.text, "{row}");
        self
    }

    /// A section with its description and keys; the answers to `section.key` are its values.
    pub fn section(&mut self, name: &str, keys: &[&str]) -> &mut Self {
        self.about(name);
        self.raw(&format!("[{name}]")).keys(name, keys)
    }

    /// A section that waits as a comment until somebody needs it; awake when it has an answer.
    pub fn optional(&mut self, name: &str, keys: &[&str]) -> &mut Self {
        if keys.iter().any(|key| {
            self.answers.get(&format!("{name}.{key}")).is_some_and(|it| !matches!(it.origin, Origin::Company(_)))
        }) {
            return self.section(name, keys);
        }
        self.about(name);
        let header = if self.docs.field(name).is_some_and(|it| it.get("type").is_some_and(|it| it == "array")) {
            format!("#[[{name}]]")
        } else {
            format!("#[{name}]")
        };
        self.raw(&header).keys(name, keys)
    }

    /// The description of a section as a comment.
    pub fn about(&mut self, name: &str) -> &mut Self {
        self.gap();
        let about = self.docs.about(name);
        // `The product.` above [product] says nothing.
        if about.split(' ').count() <= 3 { self } else { self.note(&about) }
    }

    /// Keys of a section, each with its value where it is known and with its description.
    pub fn keys(&mut self, section: &str, keys: &[&str]) -> &mut Self {
        let rows: Vec<(String, String)> = keys.iter().map(|key| self.key(section, key)).collect();
        let width = rows.iter().map(|(row, _)| row.chars().count()).filter(|it| *it <= COLUMN).max().unwrap_or(0);
        for (row, comment) in rows {
            let pad = " ".repeat(width.saturating_sub(row.chars().count()));
            if comment.is_empty() {
                self.raw(&row);
            } else if row.is_empty() {
                self.note(&comment);
            } else if row.chars().count().max(width) + comment.chars().count() + 4 <= WIDTH + 20 {
                self.raw(&format!("{row}{pad}  # {comment}"));
            } else {
                self.note(&comment).raw(&row);
            }
        }
        self
    }

    /// Keys that were described before, without their descriptions.
    pub fn bare_keys(&mut self, section: &str, keys: &[&str]) -> &mut Self {
        for key in keys {
            let row = format!("#{key} = {}", self.docs.sample(&format!("{section}.{key}")));
            self.raw(&row);
        }
        self
    }

    /// The row of a key and its comment.
    fn key(&self, section: &str, key: &str) -> (String, String) {
        let path = if section.is_empty() { key.to_owned() } else { format!("{section}.{key}") };
        let row = |lead: &str, given: &Given| format!("{lead}{key} = {}", given.value.toml());
        match (self.answers.get(&path), self.answers.guessed(&path)) {
            (Some(Given { value, origin: Origin::Company(file) }), _) => {
                (String::new(), format!("{key}: {} says {}", line(file), line(&value.toml())))
            }
            (Some(given), _) => (row("", given), given.origin.comment().unwrap_or_else(|| self.explained(&path))),
            (None, Some(guess)) => (row("#", guess), guess.origin.comment().unwrap_or_default()),
            (None, None) => (format!("#{key} = {}", self.docs.sample(&path)), self.explained(&path)),
        }
    }

    /// What a key means and which words it takes.
    fn explained(&self, path: &str) -> String {
        let about = line(&self.docs.about(path));
        let key = path.rsplit('.').next().unwrap_or_default().replace('_', " ");
        // `Name.` beside `name` says nothing.
        let about = if about.trim_end_matches('.').eq_ignore_ascii_case(&key) { String::new() } else { about };
        let words = self.docs.words(path).join(", ");
        let dot = if about.is_empty() || about.ends_with(['.', '…']) { "" } else { "." };
        let several = self.docs.sample(path) == "[]";
        match (words.is_empty(), several) {
            (true, _) => format!("{about}{dot}"),
            (false, true) => format!("{about}{dot} Any of: {words}."),
            (false, false) => format!("{about}{dot} One of: {words}."),
        }
    }

    /// A key with a value and its origin.
    pub fn pair(&mut self, key: &str, given: &Given, lead: &str) {
        let origin = given.origin.comment().map_or_else(String::new, |it| format!("  # {it}"));
        let row = format!("{lead}{key} = {}{origin}", given.value.toml());
        self.raw(&row);
    }
}
