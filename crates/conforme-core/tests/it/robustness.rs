//! Whatever stands in a file, the engine answers: findings, never a panic.

use conforme_core::evaluate::{Question, evaluate};
use conforme_core::files::FileFacts;
use conforme_core::load::load;
use conforme_core::source::SourceFile;
use jiff::civil::date;
use proptest::prelude::*;
use std::sync::LazyLock;

static LIBRARY: LazyLock<conforme_catalogue::Library> = LazyLock::new(conforme_law::library);
static LAW: LazyLock<conforme_catalogue::Catalogue> = LazyLock::new(conforme_law::catalogue);
const PASSING: &str = include_str!("fixtures/passing.toml");

fn survives(text: &str) {
    let loaded = load(&LAW, &[SourceFile { path: "conforme.toml".into(), text: text.into() }], None);
    let files = FileFacts::default();
    let assessment = evaluate(Question {
        law: &LAW,
        loaded: &loaded,
        library: &LIBRARY,
        files: &files,
        release: None,
        variant: None,
        as_of: date(2028, 1, 8),
    });
    for finding in &assessment.findings {
        if let Some(place) = finding.place {
            let (line, column) = loaded.sources.line_column(place);
            assert!(line > 0 && column > 0);
        }
        assert!(!finding.next.is_empty(), "{}", finding.code);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn damaged_dossiers_are_survived(cut in 0..PASSING.len(), length in 0_usize..200, junk in "\\PC{0,12}") {
        let start = PASSING.floor_char_boundary(cut);
        let end = PASSING.floor_char_boundary((start + length).min(PASSING.len()));
        survives(&format!("{}{junk}{}", &PASSING[..start], &PASSING[end..]));
    }

    #[test]
    fn nonsense_is_survived(text in "(?s).{0,400}") {
        survives(&text);
    }
}

#[test]
fn any_value_in_any_key_is_survived() {
    const VALUES: [&str; 16] = [
        "1e999",
        "99999999999999999999",
        "9223372036854775807",
        "-9223372036854775808",
        "20000",
        "-1",
        "0",
        "nan",
        "true",
        "[]",
        "[{}]",
        "[[[[]]]]",
        "{}",
        "\"\"",
        "9999-12-31",
        "0001-01-01",
    ];
    for (at, line) in PASSING.lines().enumerate() {
        let Some((key, _)) = line.split_once(" = ") else { continue };
        for value in VALUES {
            let changed: Vec<String> = PASSING
                .lines()
                .enumerate()
                .map(|(i, it)| if i == at { format!("{key} = {value}") } else { it.to_owned() })
                .collect();
            survives(&changed.join("\n"));
        }
    }
}

#[test]
fn deep_nesting_and_long_lines_are_bounded() {
    survives(&format!("a = {}1{}", "[".repeat(20_000), "]".repeat(20_000)));
    survives(&format!("{} = 1", vec!["a"; 5_000].join(".")));
    survives(&format!("[product]\nname = \"{}\"", "x".repeat(1_000_000)));
    survives(&"[[risk]]\n".repeat(20_000));
}
