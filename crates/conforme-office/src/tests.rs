//! A hostile document as a workbook.

use std::io::{Cursor, Read};

use conforme_render::document::{NoteKind, Row, Tone};
use zip::ZipArchive;

use super::*;

fn sample() -> Document {
    let hostile = ["=1+1", "@SUM(A1)", "+1", "-1", "<script>", "https://example.com/", "{=1}", "\u{1}&amp;"];
    let columns = || ["Ид", "=Header"].map(|title| Column { title: title.into(), width: 1 }).into();
    let rows = || {
        let row = |text: &&str| vec![Cell::text(*text), Cell::toned("Συμμόρφωση", Tone::Good)];
        hostile.iter().map(row).chain([vec![Cell::text(""), Cell::text("w".repeat(3000))]]).collect()
    };
    Document {
        id: "sample".into(),
        title: "=Title & <b>: [x]".into(),
        language: "en".into(),
        draft: Some("DRAFT & more".into()),
        subject: vec![Row { label: "Product".into(), value: "=cmd|'/C calc'!A0".into() }],
        blocks: vec![
            Block::Note { kind: NoteKind::Missing, text: "=note".into() },
            Block::Table { caption: "Same: caption".into(), columns: columns(), rows: rows() },
            Block::Table { caption: "same/ caption".into(), columns: columns(), rows: Vec::new() },
            Block::Table { caption: "No columns".into(), columns: Vec::new(), rows: Vec::new() },
        ],
        colophon: "Conforme".into(),
        date: "2026-11-21".into(),
    }
}

fn book() -> Vec<u8> {
    workbook(&sample()).expect("the sample fits")
}

fn parts(bytes: Vec<u8>) -> Vec<(String, String)> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("a whole archive");
    (0..archive.len())
        .map(|index| {
            let mut file = archive.by_index(index).expect("a whole archive");
            let mut text = String::new();
            file.read_to_string(&mut text).expect("a whole archive");
            (file.name().expect("a whole archive").into_owned(), text)
        })
        .collect()
}

#[test]
fn equal_documents_give_equal_bytes() {
    assert_eq!(book(), book());
}

#[test]
fn every_cell_is_a_string() {
    let parts = parts(book());
    let sheets: Vec<_> = parts.iter().filter(|(name, _)| name.starts_with("xl/worksheets/sheet")).collect();
    assert_eq!(sheets.len(), 3);
    for (name, sheet) in sheets {
        assert!(!sheet.contains("<f>") && !sheet.contains("<f "), "{name} has a formula");
        assert!(!sheet.contains("<hyperlink"), "{name} has a link");
        let cells = sheet.matches("<v>").count();
        assert_eq!(cells, sheet.matches(" t=\"s\"><v>").count(), "{name} has a cell that is no string");
    }
    let strings = &parts.iter().find(|(name, _)| name == "xl/sharedStrings.xml").expect("a whole archive").1;
    for text in ["=1+1", "&lt;script&gt;", "=cmd|'/C calc'!A0", "Συμμόρφωση"] {
        assert!(strings.contains(text), "{text} is missing");
    }
}

#[test]
fn sheets_are_named_and_dated() {
    let parts = parts(book());
    let text = |name: &str| parts.iter().find(|part| part.0 == name).expect("a whole archive").1.clone();
    let book = text("xl/workbook.xml");
    for name in ["=Title &amp; &lt;b&gt; x", "Same caption", "same caption 2"] {
        assert!(book.contains(&format!("<sheet name=\"{name}\"")), "{name} is missing in {book}");
    }
    assert!(text("docProps/core.xml").contains("2026-11-21T00:00:00Z"));
    let sheet = text("xl/worksheets/sheet2.xml");
    assert!(sheet.contains("<autoFilter ref=\"A1:B10\"/>") && sheet.contains("state=\"frozen\""));
}

#[test]
fn odd_dates_and_endless_texts_are_errors() {
    for date in ["", "2026-13-01", "2026-1-1", "2026-11-21T00:00:00Z"] {
        assert!(matches!(workbook(&Document { date: date.into(), ..sample() }), Err(OfficeError::Date(_))), "{date}");
    }
    let mut document = sample();
    document.subject[0].value = "x".repeat(40_000);
    let error = workbook(&document).expect_err("a cell holds less").to_string();
    assert!(error.contains("row 4"), "{error}");
}
