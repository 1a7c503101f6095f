//! What can be asked of the library alone: coverage of the law, the method of a standard, the defects of a draft.

pub mod coverage;
pub mod defects;
pub mod difference;
pub mod procedure;

use conforme_catalogue::StandardEdition;

/// The name of a level in an edition, from what a person writes: `2`, `SL 2`, `sl2`, `sl-c 2`.
pub fn level<'a>(edition: &'a StandardEdition, written: &str) -> Option<&'a str> {
    let plain = |it: &str| it.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    let wanted = plain(written);
    let number = |it: &str| it.chars().filter(char::is_ascii_digit).collect::<String>();
    let levels = &edition.head.levels;
    let exact = levels.iter().find(|it| plain(it) == wanted);
    let by_number = || levels.iter().find(|it| !number(it).is_empty() && number(it) == number(written));
    exact.or_else(by_number).map(String::as_str)
}
