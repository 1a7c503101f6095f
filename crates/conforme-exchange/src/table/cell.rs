//! The text of one cell: nothing of it is lost, whatever a spreadsheet does to blanks, line ends and formulas.
//!
//! What a cell cannot carry is written as `␛`, the code of the character in hexadecimal, and `;`. People never need it.

use std::fmt::Write;

const ESCAPE: char = '\u{241b}';

/// A text as a cell. Nothing is an empty cell; a text that is empty is not nothing.
pub(crate) fn text(text: &str) -> String {
    escaped(text, &[])
}

/// Texts as a cell: one a line.
pub(crate) fn lines(texts: &[String]) -> String {
    texts.iter().map(|it| escaped(it, &['\n'])).collect::<Vec<_>>().join("\n")
}

/// Ids as a cell: separated by semicolons.
pub(crate) fn ids(ids: &[String]) -> String {
    ids.iter().map(|it| escaped(it, &['\n', ';'])).collect::<Vec<_>>().join("; ")
}

/// The text of a cell.
pub(crate) fn read(cell: &str) -> String {
    unescaped(cell.trim())
}

/// The lines of a cell.
pub(crate) fn read_lines(cell: &str) -> Vec<String> {
    cell.lines().map(str::trim).filter(|it| !it.is_empty()).map(unescaped).collect()
}

/// The ids in a cell: one a line, or separated by semicolons.
pub(crate) fn read_ids(cell: &str) -> Vec<String> {
    let mut ids = Vec::new();
    let mut rest = cell;
    let mut current = String::new();
    // The semicolon that ends an escape separates nothing.
    while let Some(next) = rest.chars().next() {
        if next == ESCAPE
            && let Some((_, length)) = escape(rest)
        {
            current += &rest[..length];
            rest = &rest[length..];
            continue;
        }
        if next == ';' || next == '\n' {
            ids.push(std::mem::take(&mut current));
        } else {
            current.push(next);
        }
        rest = &rest[next.len_utf8()..];
    }
    ids.push(current);
    ids.iter().map(|it| it.trim()).filter(|it| !it.is_empty()).map(unescaped).collect()
}

fn escaped(text: &str, also: &[char]) -> String {
    if text.is_empty() {
        return format!("{ESCAPE};");
    }
    let start = text.len() - text.trim_start().len();
    let end = text.trim_end().len();
    let mut out = String::with_capacity(text.len());
    for (at, it) in text.char_indices() {
        let outer = at < start || at >= end;
        let invisible = it != '\n' && it.is_control() || matches!(it, '\u{fffe}' | '\u{ffff}' | '\u{feff}');
        // Line ends of other kinds would part a line where a list is read.
        if outer || invisible || it == ESCAPE || also.contains(&it) {
            let _ = write!(out, "{ESCAPE}{:X};", u32::from(it));
        } else {
            out.push(it);
        }
    }
    out
}

fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(ESCAPE) {
        out += &rest[..at];
        rest = &rest[at..];
        if let Some((character, length)) = escape(rest) {
            out.extend(character);
            rest = &rest[length..];
        } else {
            out.push(ESCAPE);
            rest = &rest[ESCAPE.len_utf8()..];
        }
    }
    out + rest
}

/// The character of an escape that the text begins with, and the length of the escape.
fn escape(text: &str) -> Option<(Option<char>, usize)> {
    let inner = text.strip_prefix(ESCAPE)?;
    let code = &inner[..inner.bytes().take(9).position(|it| it == b';')?];
    let length = ESCAPE.len_utf8() + code.len() + 1;
    if code.is_empty() {
        return Some((None, length));
    }
    let plain = code.bytes().all(|it| it.is_ascii_digit() || (b'A'..=b'F').contains(&it));
    let character = u32::from_str_radix(code, 16).ok().filter(|_| plain).and_then(char::from_u32)?;
    Some((Some(character), length))
}

#[cfg(test)]
mod tests {
    use super::{ids, lines, read, read_ids, read_lines, text};

    const HARD: [&str; 10] = ["", " a ", "a\r\nb", "␛41;", "a;b", "=1+1", "\u{7}", "ä\n", "␛", "a\nb"];

    #[test]
    fn every_text_returns() {
        for it in HARD {
            assert_eq!(read(&text(it)), it);
        }
        let all: Vec<String> = HARD.iter().map(|it| (*it).to_owned()).collect();
        assert_eq!(read_lines(&lines(&all)), all);
        assert_eq!(read_ids(&ids(&all)), all);
        assert_eq!(read_ids(" SL 1;SL 2\n SL 3 "), ["SL 1", "SL 2", "SL 3"]);
        assert_eq!(read("␛zz; ␛"), "␛zz; ␛");
    }
}
