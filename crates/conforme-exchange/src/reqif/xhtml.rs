//! XHTML as plain text: blocks are lines, items have marks, cells are parted by bars.

use super::xml::{Element, Node};

/// Elements that stand on lines of their own.
const BLOCKS: [&str; 15] =
    ["p", "div", "ul", "ol", "li", "table", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "blockquote"];

/// The text of an element, without its marks.
pub(super) fn plain(element: &Element) -> String {
    let mut out = String::new();
    write(element, &mut out, 0, false);
    let lines: Vec<&str> = out.lines().map(str::trim_end).filter(|it| !it.trim().is_empty()).collect();
    lines.join("\n").trim().to_owned()
}

/// Something in it that text cannot carry: pictures, files, links.
pub(super) fn loses(element: &Element) -> bool {
    matches!(element.name.as_str(), "object" | "img" | "a" | "table") || element.elements().any(loses)
}

fn write(element: &Element, out: &mut String, depth: usize, raw: bool) {
    let mut number = 0;
    for node in &element.nodes {
        match node {
            Node::Text(text) if raw => *out += text,
            Node::Text(text) => flow(text, out),
            Node::Element(inner) => {
                let block = BLOCKS.contains(&inner.name.as_str());
                if block || inner.name == "br" {
                    line(out);
                }
                if inner.name == "li" {
                    number += 1;
                    *out += &"  ".repeat(depth.saturating_sub(1));
                    *out += &if element.name == "ol" { format!("{number}. ") } else { "- ".to_owned() };
                }
                if matches!(inner.name.as_str(), "td" | "th") && !out.is_empty() && !out.ends_with('\n') {
                    *out += " | ";
                }
                let deeper = usize::from(matches!(inner.name.as_str(), "ul" | "ol"));
                write(inner, out, depth + deeper, raw || inner.name == "pre");
                if block {
                    line(out);
                }
            }
        }
    }
}

/// Running text: every run of white space is one blank.
fn flow(text: &str, out: &mut String) {
    let starts = text.starts_with(char::is_whitespace);
    for (at, word) in text.split_whitespace().enumerate() {
        if (at > 0 || starts) && !out.is_empty() && !out.ends_with(char::is_whitespace) {
            out.push(' ');
        }
        *out += word;
    }
    if text.ends_with(char::is_whitespace) && !out.is_empty() && !out.ends_with(char::is_whitespace) {
        out.push(' ');
    }
}

fn line(out: &mut String) {
    let kept = out.trim_end_matches(' ').len();
    out.truncate(kept);
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
}
