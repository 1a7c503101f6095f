//! CSV and XLSX.

use crate::{editions, given, good};
use conforme_catalogue::{EditionHead, LookedAt, Modal, Requirement, RequirementKind};
use conforme_exchange::table::{Field, Map, csv, map_toml, xlsx};
use conforme_exchange::{Format, import, written};

/// What a table holds of an edition: its requirements.
fn requirements(head: &EditionHead) -> Vec<serde_json::Map<String, serde_json::Value>> {
    head.requirements.iter().map(|it: &Requirement| written::requirement(it)).collect()
}

#[test]
fn requirements_pass_through_both_kinds_of_tables_without_loss() {
    for edition in editions() {
        let text = csv::export(&edition.head).expect("CSV");
        let book = xlsx::export(&edition.head).expect("XLSX");
        assert_eq!(book, xlsx::export(&edition.head).expect("XLSX"), "equal editions give equal bytes");
        for (format, bytes) in [(Format::Csv, text.as_bytes()), (Format::Xlsx, book.as_slice())] {
            assert_eq!(Format::of(bytes), format);
            let back = import(bytes, &Map::default(), &given()).expect("read back");
            assert_eq!(requirements(&back.head), requirements(&edition.head), "{} {format:?}", edition.id());
            assert_eq!(back.leftover, [], "{} {format:?}", edition.id());
            let again = csv::export(&back.head).expect("CSV");
            assert_eq!(again, text, "{} {format:?}", edition.id());
        }
    }
}

#[test]
fn nothing_in_a_csv_is_computed_by_a_spreadsheet() {
    let text = csv::export(&crate::hard::edition().head).expect("CSV");
    let mut reader = ::csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    for cell in reader.records().flat_map(|it| it.expect("a row").iter().map(str::to_owned).collect::<Vec<_>>()) {
        assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell}");
    }
    assert!(text.contains("'=SUM(A1)"));
}

#[test]
fn a_german_table_is_read_and_its_rest_is_listed() {
    let text = "\u{feff}Lieferant;;\r\nAnforderungs-ID;Beschreibung;Stufen;Prüfmethode;Verbindlichkeit;Bemerkung\r\n\
                A-1;\"Erste Zeile\nzweite; Zeile\";1; Test, Prüfung ;Soll;offen\r\n\
                A-1;Nochmal;2;raten;muss;\r\n;;;;;\r\n;Ohne Nummer;;;;;zu viel\r\n;;;;;nur Bemerkung\r\n";
    let map = Map::parse("header = 2\n[defaults]\nkind = \"process\"").expect("a map");
    let read = import(text.as_bytes(), &map, &given()).expect("read");
    let ids: Vec<&str> = read.head.requirements.iter().map(|it| it.id.as_str()).collect();
    assert_eq!(ids, ["A-1", "A-1-2", "row-6"]);
    let first = &read.head.requirements[0];
    assert_eq!(first.statement.as_deref(), Some("Erste Zeile\nzweite; Zeile"));
    assert_eq!(first.title, "Erste Zeile");
    assert_eq!(first.modal, Modal::Should);
    assert_eq!(first.kind, RequirementKind::Process);
    assert_eq!(first.assessment.by, [LookedAt::Test, LookedAt::Examine]);
    assert_eq!(read.head.levels, ["1", "2"]);
    let left: Vec<(&str, &str)> =
        read.leftover.iter().map(|it| (it.place.as_str(), it.value.as_str().unwrap_or_default())).collect();
    assert_eq!(
        left,
        [
            ("row 3, column F", "offen"),
            ("row 4, column D", "raten"),
            ("row 6, column G", "zu viel"),
            ("row 7, column F", "nur Bemerkung"),
            ("row 1, column A", "Lieferant"),
        ]
    );
    let toml = map_toml(&read.columns);
    assert_eq!(
        Map::parse(&toml).expect("the shown map can be given").columns.get(&Field::By).map(String::as_str),
        Some("Prüfmethode")
    );
}

#[test]
fn a_map_says_which_column_is_which() {
    let text = "A,B,C\n1,one,free\n";
    let error = crate::read(text).expect_err("nothing is known").to_string();
    assert!(error.contains("`A`, `B`, `C`") && error.contains("--map"), "{error}");
    let with = |toml: &str| import(text.as_bytes(), &Map::parse(toml).expect("a map"), &given());
    let read = with("[columns]\nid = \"A\"\ntitle = \"B\"\n").expect("read");
    assert_eq!(read.head.requirements[0].title, "one");
    assert_eq!(read.leftover.len(), 1);
    for (toml, words) in
        [("[columns]\nid = \"X\"\n", "`X`"), ("[columns]\nid = \"A\"\ntitle = \"A\"\n", "to `id` and to `title`")]
    {
        let error = with(toml).expect_err(toml).to_string();
        assert!(error.contains(words), "{error}");
    }
    for toml in ["[columns]\nnothing = \"A\"\n", "[colums]\n", "header = \"one\""] {
        assert!(Map::parse(toml).is_err(), "{toml}");
    }
}

#[test]
fn what_is_no_workbook_is_refused() {
    let book = xlsx::export(&crate::hard::edition().head).expect("XLSX");
    for bytes in [&b"PK\x03\x04"[..], &book[..book.len() / 2], &book[..book.len() - 30]] {
        let error = import(bytes, &Map::default(), &given()).expect_err("broken").to_string();
        assert!(error.contains("XLSX"), "{error}");
    }
    for text in ["", "\n\n", "\"", "id\n"] {
        match crate::read(text) {
            Ok(read) => assert!(read.head.requirements.is_empty(), "{text:?}"),
            Err(error) => assert!(!error.message.is_empty()),
        }
    }
    assert_eq!(good("id,title\n").problems.len(), 1);
}
