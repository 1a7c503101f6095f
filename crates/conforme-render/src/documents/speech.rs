//! Labels and prescribed sentences in one language of the catalogue.

use super::OWN_LANGUAGE;
use conforme_catalogue::{Catalogue, Day, Review, Words};

/// The words of a language; English ones where the catalogue does not know the language.
#[derive(Debug, Clone, Copy)]
pub(super) struct Speech<'a> {
    words: Option<&'a Words>,
    known: bool,
}

impl<'a> Speech<'a> {
    pub fn of(law: &'a Catalogue, language: &str) -> Self {
        let own = law.words.get(language);
        Self { words: own.or_else(|| law.words.get(OWN_LANGUAGE)), known: own.is_some() }
    }

    /// The language that is really spoken.
    pub fn language(&self) -> &'a str {
        self.words.map_or(OWN_LANGUAGE, |it| it.language.as_str())
    }

    /// A text by `group.key`; the key itself where there is none, so that a gap is seen.
    pub fn say(&self, key: &str) -> String {
        self.words.map_or(key, |it| it.say(key)).to_owned()
    }

    /// The wording of a group was taken from the Official Journal or checked by a person.
    pub fn is_checked(&self, group: &str) -> bool {
        self.known && self.words.is_some_and(|it| it.review(group) != Review::Unreviewed)
    }

    /// Month and year, as Art. 13(19) and Annex II, point 7 want the end of support to be told.
    pub fn month(&self, day: Day) -> String {
        let index = usize::try_from(day.first().month()).unwrap_or(1).saturating_sub(1);
        let name = self.words.and_then(|it| it.months.get(index));
        name.map_or_else(|| day.to_string(), |name| format!("{name} {}", day.first().year()))
    }
}
