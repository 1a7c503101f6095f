//! The document as the JSON that templates read.

use conforme_render::document::Document;
use serde_json::Value;

/// Shown for characters that no font has and no PDF/A file may contain.
const REPLACEMENT: char = '\u{FFFD}';

/// The document as JSON, without characters that would make an archivable file impossible.
pub(crate) fn json(document: &Document) -> Result<Vec<u8>, serde_json::Error> {
    let mut value = serde_json::to_value(document)?;
    clean(&mut value);
    serde_json::to_vec(&value)
}

fn clean(value: &mut Value) {
    match value {
        Value::String(text) if text.chars().any(|character| printable(character) != Some(character)) => {
            *text = text.replace("\r\n", "\n").chars().filter_map(printable).collect();
        }
        Value::Array(values) => values.iter_mut().for_each(clean),
        Value::Object(fields) => fields.values_mut().for_each(clean),
        _ => {}
    }
}

/// What stands for a character on paper, if anything.
fn printable(character: char) -> Option<char> {
    match character {
        '\n' => Some('\n'),
        '\r' | '\u{2028}' | '\u{2029}' => Some('\n'),
        '\t' => Some(' '),
        // Marks without a shape; the first is a byte order mark, which PDF/A forbids as text.
        '\u{FEFF}' | '\u{200B}' | '\u{2060}' => None,
        '\u{FFFE}' | '\u{FFFF}' => Some(REPLACEMENT),
        control if control.is_control() => Some(REPLACEMENT),
        other => Some(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_become_visible() {
        let mut value = serde_json::json!({"a": ["x\u{0}y\r\nz\tq\u{FEFF}", 1, null]});
        clean(&mut value);
        assert_eq!(value, serde_json::json!({"a": ["x\u{FFFD}y\nz q", 1, null]}));
    }
}
