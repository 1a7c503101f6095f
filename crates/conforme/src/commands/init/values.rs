//! Answers by key, each with where it came from: what the files say beside a value is what is known here.

use std::collections::BTreeMap;
use toml_edit::Datetime;

/// An answer. Dates stay texts: their form was checked with the question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value {
    /// Words.
    Text(String),
    /// Several words.
    List(Vec<String>),
    /// Yes or no.
    Flag(bool),
    /// A whole number.
    Number(i64),
    /// A full date, written without quotes.
    Date(jiff::civil::Date),
}

/// Where a value came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Origin {
    /// A person said so.
    Told,
    /// It was read: `Cargo.toml, package.name`.
    Found(String),
    /// It was proposed, with the reason.
    Proposed(String),
    /// The company's file says so; the dossier need not repeat it.
    Company(String),
}

/// A value and its origin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Given {
    /// The value.
    pub value: Value,
    /// Where it came from.
    pub origin: Origin,
}

/// What is known when the files are written.
#[derive(Debug, Clone, Default)]
pub(crate) struct Answers {
    known: BTreeMap<String, Given>,
    /// Guesses nobody confirmed: they are written as comments.
    guesses: BTreeMap<String, Given>,
}

/// What the program offers before it asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Offer {
    /// Sure enough to be taken without asking.
    Default(Given),
    /// Only a guess: it takes effect when a person confirms it.
    Guess(Given),
}

impl Offer {
    /// The offered value.
    pub fn given(&self) -> &Given {
        match self {
            Self::Default(given) | Self::Guess(given) => given,
        }
    }
}

impl Value {
    /// A text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// The value as TOML, on one line.
    pub fn toml(&self) -> String {
        let value = match self {
            Self::Text(text) => return quoted(text),
            Self::List(list) => {
                return format!("[{}]", list.iter().map(|it| quoted(it)).collect::<Vec<_>>().join(", "));
            }
            Self::Flag(flag) => toml_edit::Value::from(*flag),
            Self::Number(number) => toml_edit::Value::from(*number),
            Self::Date(date) => match date.to_string().parse::<Datetime>() {
                Ok(date) => toml_edit::Value::from(date),
                Err(_) => return quoted(&date.to_string()),
            },
        };
        crate::edit::written(&value)
    }

    /// The value as a person would type it.
    pub fn typed(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::List(list) if list.is_empty() => "none".to_owned(),
            Self::List(list) => list.join(", "),
            Self::Flag(flag) => if *flag { "yes" } else { "no" }.to_owned(),
            Self::Number(number) => number.to_string(),
            Self::Date(date) => date.to_string(),
        }
    }

    /// The value as JSON.
    pub fn json(&self) -> serde_json::Value {
        match self {
            Self::Text(text) => text.clone().into(),
            Self::List(list) => list.clone().into(),
            Self::Flag(flag) => (*flag).into(),
            Self::Number(number) => (*number).into(),
            Self::Date(date) => date.to_string().into(),
        }
    }

    /// Nothing was said with it.
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Text(text) if text.trim().is_empty())
    }
}

/// A basic string on one line. The escapes are those of TOML 1.0, so that every reader understands them.
pub(crate) fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => quoted += "\\\"",
            '\\' => quoted += "\\\\",
            '\n' => quoted += "\\n",
            '\t' => quoted += "\\t",
            '\r' => quoted += "\\r",
            it if it.is_control() => quoted += &format!("\\u{:04X}", u32::from(it)),
            it => quoted.push(it),
        }
    }
    quoted.push('"');
    quoted
}

/// Text from outside on one line, without control characters: fit for a comment.
pub(crate) fn line(text: &str) -> String {
    let plain = conforme_render::report::plain(text).replace('\u{fffd}', " ");
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Origin {
    /// The words of a comment.
    pub fn comment(&self) -> Option<String> {
        match self {
            Self::Told => None,
            Self::Found(place) => Some(format!("from {}", line(place))),
            Self::Proposed(reason) => Some(format!("proposed: {}", line(reason))),
            Self::Company(file) => Some(format!("{} says so", line(file))),
        }
    }
}

impl Answers {
    /// Records an answer.
    pub fn know(&mut self, key: &str, given: Given) {
        self.guesses.remove(key);
        self.known.insert(key.to_owned(), given);
    }

    /// Records what was only offered.
    pub fn guess(&mut self, key: &str, given: Given) {
        self.guesses.insert(key.to_owned(), given);
    }

    /// An answer, wherever it came from.
    pub fn get(&self, key: &str) -> Option<&Given> {
        self.known.get(key)
    }

    /// A guess that nobody confirmed.
    pub fn guessed(&self, key: &str) -> Option<&Given> {
        self.guesses.get(key)
    }

    /// A text, if it was answered.
    pub fn text(&self, key: &str) -> Option<&str> {
        match &self.known.get(key)?.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A list; empty when it was not answered.
    pub fn list(&self, key: &str) -> &[String] {
        match self.known.get(key).map(|it| &it.value) {
            Some(Value::List(list)) => list,
            _ => &[],
        }
    }

    /// Yes; no answer counts as no.
    pub fn flag(&self, key: &str) -> bool {
        self.known.get(key).is_some_and(|it| it.value == Value::Flag(true))
    }

    /// A number, if it was answered.
    pub fn number(&self, key: &str) -> Option<i64> {
        match self.known.get(key)?.value {
            Value::Number(number) => Some(number),
            _ => None,
        }
    }

    /// A date, if it was answered.
    pub fn date(&self, key: &str) -> Option<jiff::civil::Date> {
        match self.known.get(key)?.value {
            Value::Date(date) => Some(date),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{line, quoted};

    #[test]
    fn text_from_outside_stays_text() {
        for hostile in ["a\"\n[b]\nc = \"", "\\u0000\u{0}\u{1b}[31m", "x\r\n# y", "\u{7f}\u{202e}", "'''", "\"\"\""] {
            let read: toml::Table =
                toml::from_str(&format!("a = {} # {}", quoted(hostile), line(hostile))).expect("TOML");
            assert_eq!(read.len(), 1);
            assert_eq!(read["a"].as_str(), Some(hostile));
        }
    }
}
