//! The document as the JSON that templates read.

use conforme_render::document::Document;
use serde_json::Value;

/// Shown for characters that no font has and no PDF/A file may contain.
const REPLACEMENT: char = '\u{FFFD}';

/// The document as JSON, without characters that would make an archivable file impossible.
///
/// A character that no font has is written as its code point, `[U+4E2D]`: foreign text must never stop a document.
pub(crate) fn json(document: &Document, has_glyph: &dyn Fn(char) -> bool) -> Result<Vec<u8>, serde_json::Error> {
    let mut value = serde_json::to_value(document)?;
    clean(&mut value, has_glyph);
    serde_json::to_vec(&value)
}

fn clean(value: &mut Value, has_glyph: &dyn Fn(char) -> bool) {
    match value {
        Value::String(text) if !text.bytes().all(|byte| byte == b'\n' || (b' '..=b'~').contains(&byte)) => {
            let mut cleaned = String::with_capacity(text.len());
            for character in text.replace("\r\n", "\n").chars().filter_map(printable) {
                if character.is_whitespace() || has_glyph(character) {
                    cleaned.push(character);
                } else {
                    cleaned.push_str(&format!("[U+{:04X}]", u32::from(character)));
                }
            }
            *text = cleaned;
        }
        Value::Array(values) => values.iter_mut().for_each(|it| clean(it, has_glyph)),
        Value::Object(fields) => fields.values_mut().for_each(|it| clean(it, has_glyph)),
        _ => {}
    }
}

/// What stands for a character on paper, if anything.
fn printable(character: char) -> Option<char> {
    match character {
        '\n' => Some('\n'),
        '\r' | '\u{2028}' | '\u{2029}' => Some('\n'),
        '\t' => Some(' '),
        // Marks without a shape: joiners, directions, variation selectors, and the byte order mark that PDF/A forbids.
        '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{FEFF}' => None,
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
        clean(&mut value, &|_| true);
        assert_eq!(value, serde_json::json!({"a": ["x\u{FFFD}y\nz q", 1, null]}));
    }

    #[test]
    fn characters_without_a_glyph_are_written_as_code_points() {
        let mut value = serde_json::json!("中 né");
        clean(&mut value, &|it| it.is_ascii() || it == 'é');
        assert_eq!(value, serde_json::json!("[U+4E2D] né"));
    }
}
