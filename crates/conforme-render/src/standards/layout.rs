//! Tables and paragraphs in a fixed width: at most [`WIDTH`] columns, aligned, safe for a terminal.

use crate::report::plain;

/// Columns of a terminal that a table may fill.
pub(crate) const WIDTH: usize = 100;
/// Between two columns.
const GAP: usize = 2;

/// Rows under a head, each with its line feed at the end. The last column takes what is left and is wrapped into it.
pub(crate) fn table(indent: usize, head: &[&str], rows: &[Vec<String>]) -> String {
    blocks(indent, head, rows, false).concat()
}

/// The same with the last column cut: the head and each row are one line.
pub(crate) fn rows(indent: usize, head: &[&str], rows: &[Vec<String>]) -> Vec<String> {
    blocks(indent, head, rows, true)
}

fn blocks(indent: usize, head: &[&str], rows: &[Vec<String>], cut: bool) -> Vec<String> {
    let rows: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(|it| one_line(it)).collect()).collect();
    let last = head.len().saturating_sub(1);
    let wide = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|it| length(it)).chain([length(head[column])]).max()
    };
    let widths: Vec<usize> = (0..last).map(|column| wide(column).unwrap_or(0)).collect();
    let left = indent + widths.iter().map(|it| it + GAP).sum::<usize>();
    let rest = WIDTH.saturating_sub(left).max(16);
    let mut blocks = Vec::with_capacity(rows.len() + 1);
    let head: Vec<String> = head.iter().map(|it| (*it).to_owned()).collect();
    for row in std::iter::once(&head).chain(&rows) {
        let mut line = " ".repeat(indent);
        for (cell, width) in row.iter().zip(&widths) {
            line += cell;
            line += &" ".repeat(width.saturating_sub(length(cell)) + GAP);
        }
        let words = row.get(last).map_or("", String::as_str);
        let mut parts = if cut { vec![short(words, rest)] } else { lines(words, rest) }.into_iter();
        line += &parts.next().unwrap_or_default();
        let mut text = line.trim_end().to_owned() + "\n";
        for part in parts {
            text += &" ".repeat(left);
            text += &part;
            text.push('\n');
        }
        blocks.push(text);
    }
    blocks
}

/// `label` and a wrapped text beside it.
pub(crate) fn field(indent: usize, label: &str, width: usize, value: &str) -> String {
    let pad = " ".repeat(indent);
    let start = indent + width;
    let mut text = String::new();
    for (at, line) in lines(&one_line(value), WIDTH.saturating_sub(start).max(16)).iter().enumerate() {
        let label = if at == 0 { label } else { "" };
        text += format!("{pad}{label:<width$}{line}").trim_end();
        text.push('\n');
    }
    text
}

/// A wrapped paragraph.
pub(crate) fn paragraph(indent: usize, value: &str) -> String {
    field(indent, "", 0, value)
}

/// Cut to a width, with a sign that something was cut.
pub(crate) fn short(text: &str, width: usize) -> String {
    if length(text) <= width {
        return text.to_owned();
    }
    let kept: String = text.chars().take(width.saturating_sub(1)).collect();
    kept.trim_end().to_owned() + "…"
}

fn lines(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let line = lines.last_mut().map_or(0, |it| length(it));
        if line > 0 && line + 1 + length(word) > width {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            if !line.is_empty() {
                line.push(' ');
            }
            *line += word;
        }
    }
    lines
}

fn one_line(text: &str) -> String {
    plain(text).replace(['\n', '\t'], " ")
}

fn length(text: &str) -> usize {
    text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::{WIDTH, field, short, table};

    #[test]
    fn tables_are_aligned_and_stay_in_their_width() {
        let rows =
            [vec!["EN 304 627".to_owned(), "word ".repeat(60)], vec!["X".to_owned(), "a\u{1b}[31m\nb".to_owned()]];
        let text = table(2, &["reference", "title"], &rows);
        assert!(text.lines().all(|it| it.chars().count() <= WIDTH), "{text}");
        assert!(
            text.lines()
                .skip(1)
                .all(|it| it.starts_with("  EN") || it.starts_with("  X ") || it.starts_with("              ")),
            "{text}"
        );
        assert!(text.contains("a\u{fffd}[31m b"));
    }

    #[test]
    fn labels_stand_before_the_first_line_only() {
        let text = field(2, "scope", 8, &"word ".repeat(40));
        assert_eq!(text.matches("scope").count(), 1);
        assert_eq!(short("standard", 5), "stan…");
    }
}
