//! Long files are read a piece at a time.
//!
//! The parser keeps every token and event of its text until it is done, many times the size of the text. A list of a
//! thousand records needs no such memory: it is cut between records, and what the pieces say is joined again.
//!
//! The cut is safe. A line that begins with `[[` begins a record unless it stands inside a text, list or inline table
//! over several lines; then the piece before it ends in the middle of that value and does not parse. Whatever does not
//! parse, or does not join as plainly as records do, is given back to be read as a whole, so that meaning and errors
//! are always those of the whole file.

use super::{Node, Origin, Table, Value, document};
use crate::finding::{Finding, Reporter};
use conforme_catalogue::Catalogue;
use toml::de::DeTable;

/// Bytes after which a piece ends at the next record.
const PIECE: usize = 4 * 1024;

/// The file, read in pieces; nothing when it is short or has to be read as a whole.
pub(super) fn read<'a>(text: &'a str, file: u16, law: &Catalogue) -> Option<(Table<'a>, Vec<Finding>)> {
    if text.len() < 2 * PIECE {
        return None;
    }
    let mut reporter = Reporter::new(law);
    let mut joined = Table::default();
    let mut start = 0;
    while start < text.len() {
        let end = cut(text, start);
        let (table, errors) = DeTable::parse_recoverable(&text[start..end]);
        if !errors.is_empty() {
            return None;
        }
        join(&mut joined, document(table, Origin { file, start }, &mut reporter), text)?;
        start = end;
    }
    Some((joined, reporter.into_findings()))
}

/// Where the piece that begins at `start` ends: before the next record after its full length.
fn cut(text: &str, start: usize) -> usize {
    let from = text.floor_char_boundary(start + PIECE);
    text[from..].find("\n[[").map_or(text.len(), |at| from + at + 1)
}

/// Adds the records of a further piece; nothing when it says anything but further records or new sections.
fn join<'a>(joined: &mut Table<'a>, piece: Table<'a>, text: &str) -> Option<()> {
    let are_records = |nodes: &[Node<'_>]| nodes.iter().all(|it| is_record(it, text));
    for (key, node) in piece.entries {
        let Some((_, known)) = joined.entries.iter_mut().find(|(name, _)| name.value == key.value) else {
            joined.entries.push((key, node));
            continue;
        };
        match (&mut known.value, node.value) {
            (Value::List(known), Value::List(more))
                if are_records(&known[..known.len().min(1)]) && are_records(&more) =>
            {
                known.extend(more);
            }
            _ => return None,
        }
    }
    Some(())
}

/// A table under a `[[header]]` of its own; not one written inside a list.
fn is_record(node: &Node<'_>, text: &str) -> bool {
    matches!(node.value, Value::Table(_)) && text.as_bytes().get(node.place.start as usize) == Some(&b'[')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn law() -> Catalogue {
        conforme_law::catalogue()
    }

    /// What the whole file says, by the same parser.
    fn whole<'a>(text: &'a str, law: &Catalogue) -> Option<Table<'a>> {
        let (table, errors) = DeTable::parse_recoverable(text);
        errors.is_empty().then(|| document(table, Origin { file: 0, start: 0 }, &mut Reporter::new(law)))
    }

    fn records(name: &str, count: usize) -> String {
        (0..count)
            .map(|at| format!("[[{name}]]\nid = \"{at}\"\nwords = \"{}\"\n[{name}.more]\nx = {at}\n", "w".repeat(40)))
            .collect()
    }

    #[test]
    fn pieces_say_what_the_whole_says() {
        let law = law();
        let text = format!("format = 1\n[top]\na = 1\n{}[other]\nb = 2\n{}", records("one", 500), records("two", 500));
        let (read, findings) = read(&text, 0, &law).expect("long enough and plain");
        assert!(findings.is_empty());
        assert_eq!(Some(read), whole(&text, &law));
    }

    #[test]
    fn what_is_no_list_of_records_is_read_as_a_whole() {
        let law = law();
        let long = records("one", 500);
        let filler = "w".repeat(PIECE);
        for text in [
            // The same section twice, a section that is a list elsewhere, a list written in brackets and extended.
            format!("[a]\n{long}[a]\nb = 1\n"),
            format!("[one]\nx = 1\n{long}"),
            format!("one = [{{ id = \"x\" }}]\n{long}"),
            format!("[a]\nb = 1\n{long}[a.c]\nd = 1\n"),
            // Lines that look like records but stand inside a value.
            format!("a = '''\n{filler}\n[[one]]\n{filler}'''\n{long}"),
            format!("a = [\n\"{filler}\",\n[[1]],\n]\n{long}"),
            format!("{long}id = \"twice\"\nid = \"twice\"\n"),
            format!("{long}broken"),
        ] {
            assert!(read(&text, 0, &law).is_none(), "{}", &text[..60]);
        }
    }

    #[test]
    fn short_files_and_files_without_records_are_left_alone() {
        let law = law();
        assert!(read("a = 1", 0, &law).is_none());
        let text = format!("a = \"{}\"\n", "ä".repeat(3 * PIECE));
        assert_eq!(read(&text, 0, &law).map(|it| it.0), whole(&text, &law));
    }
}
