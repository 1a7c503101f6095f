//! The interview on a terminal: one question after the other, each with what was found, what is allowed and an explanation.

use super::page::Docs;
use super::questions::{Allowed, Kind, Question};
use super::search::search;
use super::values::{Offer, Value, line};
use conforme_catalogue::Catalogue;
use std::io::{self, BufRead};

/// What a person answered.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Reply {
    /// This.
    Said(Value),
    /// What was offered.
    Taken,
    /// Nothing; the key waits as a comment.
    Open,
}

/// A conversation: where answers come from and where questions go.
pub(crate) struct Interview<'a, R> {
    input: R,
    say: &'a dyn Fn(&str),
    law: &'a Catalogue,
    docs: &'a Docs,
    group: &'static str,
}

impl<'a, R: BufRead> Interview<'a, R> {
    /// Begins, with a word on how to answer.
    pub fn begin(input: R, say: &'a dyn Fn(&str), law: &'a Catalogue, docs: &'a Docs) -> Self {
        say("Enter takes what stands in [brackets]; `?` explains; `-` leaves open; Ctrl-C stops and writes nothing.");
        Self { input, say, law, docs, group: "" }
    }

    /// Asks until there is an answer. `allowed` can be fewer words than the question's own.
    pub fn ask(&mut self, question: &Question, allowed: &[Allowed], offer: Option<&Offer>) -> io::Result<Reply> {
        if self.group != question.group {
            self.group = question.group;
            (self.say)(&format!("\n{}", question.group));
        }
        (self.say)(&format!("\n  {}", question.ask));
        let numbered = allowed.len() <= 20;
        if numbered {
            for (at, it) in allowed.iter().enumerate() {
                let about = if it.about.is_empty() { String::new() } else { format!(": {}", it.about) };
                (self.say)(&format!("    {:>2} {}{about}", at + 1, it.word));
            }
        }
        if question.kind == Kind::Functions {
            return self.functions();
        }
        let hint = match (question.kind, offer) {
            (_, Some(offer)) => {
                let given = offer.given();
                let why = given.origin.comment().map_or_else(String::new, |it| format!("  ({it})"));
                format!("[{}]{why}", line(&given.value.typed()))
            }
            (Kind::Flag, None) => "yes or no".to_owned(),
            (Kind::Date, None) => "YYYY-MM-DD".to_owned(),
            (Kind::Month, None) => "YYYY-MM".to_owned(),
            (Kind::Word, None) if numbered => "number or word".to_owned(),
            (Kind::Words | Kind::Texts, None) => "several with commas".to_owned(),
            _ => "[leave open]".to_owned(),
        };
        loop {
            (self.say)(&format!("    {hint}"));
            let typed = self.read()?;
            match typed.as_str() {
                "" => return Ok(if offer.is_some() { Reply::Taken } else { Reply::Open }),
                "-" => return Ok(Reply::Open),
                "?" => {
                    let more = question.more(self.law, self.docs);
                    (self.say)(&format!("    {}", if more.is_empty() { "there is no more to say" } else { &more }));
                }
                typed => match question.read(&numbers(typed, allowed, numbered), allowed) {
                    Ok(value) => return Ok(Reply::Said(value)),
                    Err(problem) => (self.say)(&format!("    {problem}")),
                },
            }
        }
    }

    /// Free words, a list, numbers out of the list, again until an empty line.
    fn functions(&mut self) -> io::Result<Reply> {
        let mut chosen: Vec<String> = Vec::new();
        let mut listed = Vec::new();
        (self.say)("    type a few words to search, then the numbers that are true; an empty line ends");
        loop {
            let typed = self.read()?;
            match typed.as_str() {
                "" => return Ok(if chosen.is_empty() { Reply::Open } else { Reply::Said(Value::List(chosen)) }),
                "-" => return Ok(Reply::Open),
                "?" => (self.say)("    such as: door lock; then: 1, 3. A line of other words searches again"),
                typed => match picked(typed, &listed) {
                    Some(ids) => {
                        ids.into_iter().for_each(|it| {
                            if !chosen.contains(&it) {
                                chosen.push(it)
                            }
                        });
                        (self.say)(&format!("    so far: {}", chosen.join(", ")));
                    }
                    None => {
                        let found = search(self.law, typed);
                        listed = found.iter().map(|it| it.id.clone()).collect();
                        if found.is_empty() {
                            (self.say)(
                                "    nothing fits; try other words, for what it does rather than what it is called",
                            );
                        }
                        for (at, it) in found.iter().enumerate() {
                            (self.say)(&format!("    {:>2} {}: {}", at + 1, it.id, it.about));
                        }
                    }
                },
            }
        }
    }

    fn read(&mut self) -> io::Result<String> {
        let mut typed = String::new();
        // Nobody types more; a stream without line ends must not fill the memory.
        if io::Read::take(&mut self.input, 16 * 1024).read_line(&mut typed)? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(typed.trim().to_owned())
    }
}

/// Numbers of a list as its words; everything else as it was typed.
fn numbers(typed: &str, allowed: &[Allowed], numbered: bool) -> String {
    let word = |it: &str| {
        let at = it.trim().parse::<usize>().ok().filter(|_| numbered)?;
        allowed.get(at.checked_sub(1)?).map(|it| it.word.clone())
    };
    if allowed.is_empty() {
        return typed.to_owned();
    }
    let one = |it: &str| word(it).unwrap_or_else(|| it.trim().to_owned());
    let whole: Option<String> = typed
        .split([',', ' '])
        .filter(|it| !it.is_empty())
        .map(word)
        .collect::<Option<Vec<_>>>()
        .map(|it| it.join(","));
    whole.unwrap_or_else(|| typed.split(',').map(one).collect::<Vec<_>>().join(","))
}

/// Entries of a list by number, or nothing when something else was typed.
fn picked(typed: &str, listed: &[String]) -> Option<Vec<String>> {
    let one = |it: &str| listed.get(it.parse::<usize>().ok()?.checked_sub(1)?).cloned();
    typed.split([',', ' ']).filter(|it| !it.is_empty()).map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::{Interview, Reply};
    use crate::commands::init::page::Docs;
    use crate::commands::init::questions;
    use crate::commands::init::values::{Given, Offer, Origin, Value};
    use std::cell::RefCell;

    /// Asks one question, types these lines, and gives the answer and what was said.
    #[track_caller]
    fn ask(key: &str, typed: &str, offer: Option<Offer>) -> (Option<Reply>, String) {
        let law = conforme_law::catalogue();
        let docs = Docs::new(&law);
        let said = RefCell::new(String::new());
        let say = |text: &str| said.borrow_mut().push_str(&format!("{text}\n"));
        let question = questions::find(key).expect("a question");
        let mut interview = Interview::begin(typed.as_bytes(), &say, &law, &docs);
        let reply = interview.ask(question, &question.allowed(&law, &docs), offer.as_ref()).ok();
        (reply, said.into_inner())
    }

    fn list(items: &[&str]) -> Option<Reply> {
        Some(Reply::Said(Value::List(items.iter().map(|it| (*it).to_owned()).collect())))
    }

    #[test]
    fn numbers_words_and_mistakes() {
        assert_eq!(ask("product.kind", "2\n", None).0, Some(Reply::Said(Value::text("software"))));
        assert_eq!(ask("users.groups", "1 2\n", None).0, list(&["consumers", "businesses"]));
        assert_eq!(ask("users.groups", "consumers, 2\n", None).0, list(&["consumers", "businesses"]));
        assert_eq!(ask("product.markets", "de, at\n", None).0, list(&["DE", "AT"]));
        let (reply, said) = ask("product.kind", "sofware\n?\nsoftware\n", None);
        assert_eq!(reply, Some(Reply::Said(Value::text("software"))));
        assert!(said.contains("did you mean `software`?"), "{said}");
    }

    #[test]
    fn an_empty_line_takes_what_is_offered() {
        let given = Given { value: Value::text("bell"), origin: Origin::Found("Cargo.toml".to_owned()) };
        let (reply, said) = ask("product.name", "\n", Some(Offer::Guess(given)));
        assert_eq!(reply, Some(Reply::Taken));
        assert!(said.contains("[bell]  (from Cargo.toml)"), "{said}");
        assert_eq!(ask("product.name", "\n", None).0, Some(Reply::Open));
        assert_eq!(ask("product.name", "-\n", None).0, Some(Reply::Open));
        assert_eq!(ask("product.name", "", None).0, None);
    }

    #[test]
    fn functions_are_found_by_free_words() {
        let (reply, said) = ask("core.does", "door lock\n1\n\n", None);
        assert_eq!(reply, list(&["lock-and-unlock-doors"]), "{said}");
        assert!(said.contains("so far: lock-and-unlock-doors"));
        assert_eq!(ask("core.does", "xyzzy\n99\n\n", None).0, Some(Reply::Open));
    }
}
