//! A document as one self-contained HTML page.
//!
//! Everything a template prints is escaped, whatever the template says: neither the `safe` filter nor an `autoescape`
//! block lets words of a document become markup.

use std::fmt;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value};
use minijinja::{AutoEscape, Environment, HtmlEscape, UndefinedBehavior};
use serde::Serialize;

use crate::document::{Block, Document};

/// The built-in template.
pub const TEMPLATE: &str = include_str!("../../../templates/document.html");

/// Documents with more headings than this get a list of contents.
const HEADINGS_WITHOUT_CONTENTS: usize = 6;

/// Headings below this level look the same.
const DEEPEST_LEVEL: u8 = 3;

/// Why there is no page: something about the template.
#[derive(Debug)]
pub struct HtmlError(minijinja::Error);

impl fmt::Display for HtmlError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("the HTML template cannot be rendered")?;
        if let Some(line) = self.0.line() {
            write!(out, " at line {line}")?;
        }
        write!(out, ": {}", self.0.kind())?;
        self.0.detail().map_or(Ok(()), |detail| write!(out, ": {detail}"))
    }
}

impl std::error::Error for HtmlError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0)
    }
}

/// The page of a document, made with the given template or the built-in one.
pub fn page(document: &Document, template: Option<&str>) -> Result<String, HtmlError> {
    render("document.html", template.unwrap_or(TEMPLATE), view(document))
}

/// Fills a template in which everything printed is escaped.
pub(crate) fn render(name: &str, template: &str, view: Value) -> Result<String, HtmlError> {
    let mut environment = Environment::new();
    environment.set_syntax(SyntaxConfig::builder().trim_blocks(true).build().map_err(HtmlError)?);
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.remove_filter("safe");
    environment.set_formatter(|out, state, value: &Value| {
        if value.is_undefined() || value.is_safe() {
            return minijinja::escape_formatter(out, state, value);
        }
        let text = if value.is_none() { String::new() } else { value.to_string() };
        write!(out, "{}", HtmlEscape(&text)).map_err(Into::into)
    });
    environment.render_named_str(name, template, view).map_err(HtmlError)
}

/// What a template sees.
#[derive(Serialize)]
struct View<'a> {
    document: &'a Document,
    blocks: Vec<BlockView<'a>>,
    contents: Vec<HeadingView<'a>>,
}

/// A block with what its markup needs beside its words.
#[derive(Serialize)]
struct BlockView<'a> {
    #[serde(flatten)]
    block: &'a Block,
    heading: Option<HeadingView<'a>>,
    /// Widths of the columns of a table in percent.
    shares: Vec<u32>,
    /// A drawing as an address that holds it.
    drawing: Option<String>,
}

/// SVG as a `data:` address (RFC 2397): shown as an image it can neither run scripts nor load anything.
fn data_address(svg: &str) -> String {
    let mut address = String::from("data:image/svg+xml,");
    for byte in svg.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            address.push(char::from(byte));
        } else {
            let _ = fmt::Write::write_fmt(&mut address, format_args!("%{byte:02X}"));
        }
    }
    address
}

/// A heading as an element of the page.
#[derive(Clone, Serialize)]
struct HeadingView<'a> {
    tag: String,
    anchor: String,
    text: &'a str,
}

fn view(document: &Document) -> Value {
    let mut level = 0;
    let mut blocks = Vec::with_capacity(document.blocks.len());
    let mut contents = Vec::new();
    for block in &document.blocks {
        let mut heading = None;
        let mut shares = Vec::new();
        match block {
            Block::Heading { level: wanted, text } => {
                // Skipping a level would tell readers of the outline that a heading is missing.
                level = (*wanted).clamp(1, DEEPEST_LEVEL).min(level + 1);
                let anchor = format!("section-{}", contents.len() + 1);
                let view = HeadingView { tag: format!("h{}", level + 1), anchor, text };
                contents.push(view.clone());
                heading = Some(view);
            }
            Block::Table { columns, .. } => {
                let total = columns.iter().map(|column| u32::from(column.width.max(1))).sum::<u32>();
                shares = columns.iter().map(|column| u32::from(column.width.max(1)) * 100 / total).collect();
            }
            _ => {}
        }
        let drawing = if let Block::Figure { svg, .. } = block { Some(data_address(svg)) } else { None };
        blocks.push(BlockView { block, heading, shares, drawing });
    }
    if contents.len() <= HEADINGS_WITHOUT_CONTENTS {
        contents.clear();
    }
    Serde(View { document, blocks, contents }).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Cell, Column, NoteKind, Row, Tone};

    const HOSTILE: &str = "<script>alert('x')</script> \"=1+1\" &amp; {{ 7*7 }} #panic()";

    fn sample() -> Document {
        let words = || HOSTILE.to_owned();
        let row = || Row { label: words(), value: words() };
        Document {
            id: "sample".into(),
            title: words(),
            language: "el".into(),
            draft: Some(words()),
            subject: vec![row(), Row { label: "Empty".into(), value: String::new() }],
            blocks: vec![
                Block::Heading { level: 1, text: words() },
                Block::Heading { level: 3, text: "Συμμόρφωση — съответствие".into() },
                Block::Paragraph { text: words() },
                Block::List { items: vec![words()], ordered: true },
                Block::Facts { rows: vec![row()] },
                Block::Table {
                    caption: words(),
                    columns: vec![Column { title: words(), width: 3 }, Column { title: "B".into(), width: 1 }],
                    rows: vec![vec![Cell::text(words()), Cell::toned("met", Tone::Good)]],
                },
                Block::Note { kind: NoteKind::Missing, text: words() },
                Block::Figure { caption: words(), alt: words(), svg: "<svg><script>1</script></svg>".into() },
                Block::PageBreak,
                Block::Signature { rows: vec![row()], line: words() },
            ],
            colophon: words(),
            date: "2026-11-21".into(),
        }
    }

    #[test]
    fn words_never_become_markup() {
        let page = page(&sample(), None).expect("the built-in template renders");
        assert!(!page.contains("<script"));
        assert!(!page.contains("49"));
        assert_eq!(page.matches("&lt;script&gt;").count(), 23);
        assert!(page.contains("Συμμόρφωση — съответствие"));
    }

    #[test]
    fn a_template_cannot_switch_escaping_off() {
        let page = page(&sample(), Some("{% autoescape false %}{{ document.title }}{% endautoescape %}"));
        assert!(page.expect("the template renders").starts_with("&lt;script&gt;"));
        assert!(super::page(&sample(), Some("{{ document.title|safe }}")).is_err());
    }

    #[test]
    fn the_page_is_accessible() {
        let page = page(&sample(), None).expect("the built-in template renders");
        for expected in [
            "<html lang=\"el\">",
            "Content-Security-Policy",
            "<caption id=",
            "<th scope=\"col\">",
            "<th scope=\"row\">",
            "<td class=\"good\">met</td>",
            "<h2 id=\"section-1\">",
            "<h3 id=\"section-2\">",
            "class=\"note missing\"",
            "<td>—</td>",
            "<col style=\"width: 75%\">",
        ] {
            assert!(page.contains(expected), "{expected} is missing");
        }
        assert!(!page.contains("<nav"));
    }

    #[test]
    fn long_documents_get_contents() {
        let mut document = sample();
        document.blocks = (0..7).map(|n| Block::Heading { level: 1, text: format!("Chapter {n}") }).collect();
        let page = page(&document, None).expect("the built-in template renders");
        assert!(page.contains("<a href=\"#section-7\">Chapter 6</a>"));
    }

    #[test]
    fn errors_name_the_line() {
        let error = page(&sample(), Some("one\n{{ nobody.knows }}")).expect_err("strict about unknown names");
        assert!(error.to_string().contains("line 2"), "{error}");
    }
}
