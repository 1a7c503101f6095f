//! An assessment for a reader: in the terminal, as JSON v1 and as SARIF.

pub mod human;
pub mod json;
pub mod sarif;

/// Text from outside, safe for a terminal: control characters and direction marks are shown, not obeyed.
pub fn plain(text: &str) -> String {
    text.chars()
        .map(|it| match it {
            '\n' | '\t' => it,
            // Bidirectional overrides can make a line read as something else (CVE-2021-42574).
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' => '\u{fffd}',
            it if it.is_control() => '\u{fffd}',
            it => it,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn control_sequences_do_not_reach_the_terminal() {
        assert_eq!(super::plain("a\u{1b}[31mb\u{202e}c\r\n"), "a\u{fffd}[31mb\u{fffd}c\u{fffd}\n");
    }
}
