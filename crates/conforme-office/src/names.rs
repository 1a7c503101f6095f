//! Names of sheets: short, without the characters that the format reserves, and no two alike.

use std::collections::HashSet;

/// Longest name that the format allows, in UTF-16 units.
const LONGEST: usize = 31;
/// Name of a sheet whose table has no usable caption.
const NAMELESS: &str = "Table";
/// A name that spreadsheet programs keep for themselves, in lower case.
const RESERVED: &str = "history";

/// Hands out names of sheets.
#[derive(Default)]
pub(crate) struct SheetNames {
    taken: HashSet<String>,
}

impl SheetNames {
    /// A valid name close to the wish that no other sheet has, not even in other case.
    pub(crate) fn unique(&mut self, wish: &str) -> String {
        let wish = plain(wish);
        let wish = if wish.is_empty() { NAMELESS } else { &wish };
        let mut name = cut(wish, LONGEST);
        let mut number = 1;
        while name.to_lowercase() == RESERVED || !self.taken.insert(name.to_lowercase()) {
            number += 1;
            let suffix = format!(" {number}");
            name = cut(wish, LONGEST - suffix.len()) + &suffix;
        }
        name
    }
}

fn plain(wish: &str) -> String {
    let spaced: String = wish
        .chars()
        .map(|character| match character {
            '*' | '?' | ':' | '[' | ']' | '\\' | '/' => ' ',
            control if control.is_control() => ' ',
            other => other,
        })
        .collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ").trim_matches(['\'', ' ']).to_owned()
}

/// As much of the text as fits, without an apostrophe or space at the end.
fn cut(text: &str, longest: usize) -> String {
    let mut units = 0;
    let fitting = text.chars().take_while(|character| {
        units += character.len_utf16();
        units <= longest
    });
    fitting.collect::<String>().trim_end_matches(['\'', ' ']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_valid_and_unique() {
        let mut names = SheetNames::default();
        let long = "Основни изисквания за киберсигурност";
        let given: Vec<String> =
            ["", "Table", "'a[b]:c/d\\e*f?'", "HISTORY", long, long, "table"].map(|wish| names.unique(wish)).into();
        assert_eq!(given[..4], ["Table", "Table 2", "a b c d e f", "HISTORY 2"]);
        assert_eq!(given[4], "Основни изисквания за киберсигу");
        assert_eq!(given[5], "Основни изисквания за киберси 2");
        assert_eq!(given[6], "table 3");
    }
}
