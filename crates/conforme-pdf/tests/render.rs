//! A hostile document as PDF: it comes out, twice the same, and errors say where.

use conforme_pdf::{PdfError, Templates, Typesetter};
use conforme_render::document::{Block, Cell, Column, Document, NoteKind, Row, Tone};

const HOSTILE: &str =
    "<script> =1+1 #panic() $x$ *b* \\ // @ref <l> \"q\" \u{1}\u{FEFF} https://example.com/a?b=c&d=e_f";

fn sample(id: &str) -> Document {
    let words = || HOSTILE.to_owned();
    let row = |value: &str| Row { label: "Προϊόν".into(), value: value.into() };
    let column = |width| Column { title: "Съответствие".into(), width };
    let tones = [Tone::Good, Tone::Fair, Tone::Bad, Tone::Unknown, Tone::Muted];
    let table = tones.map(|tone| vec![Cell::toned("a".repeat(200), tone), Cell::text(words())]).into();
    let headings = (0..7).map(|number| Block::Heading { level: 1 + number % 3 * 2, text: words() });
    let blocks = [
        Block::Paragraph { text: words() },
        Block::List { items: vec![words(), String::new()], ordered: true },
        Block::List { items: Vec::new(), ordered: false },
        Block::Facts { rows: vec![row(HOSTILE), row("")] },
        Block::Facts { rows: Vec::new() },
        Block::Table { caption: words(), columns: vec![column(0), column(9)], rows: table },
        Block::Table { caption: String::new(), columns: vec![column(0)], rows: vec![Vec::new()] },
        Block::Table { caption: words(), columns: Vec::new(), rows: Vec::new() },
        Block::Note { kind: NoteKind::Info, text: words() },
        Block::Note { kind: NoteKind::Missing, text: words() },
        Block::Note { kind: NoteKind::Legal, text: words() },
        Block::PageBreak,
        Block::Signature { rows: vec![row(""), row("x")], line: words() },
    ];
    Document {
        id: id.into(),
        title: words(),
        language: "bg".into(),
        draft: Some("ПРОЕКТ".into()),
        subject: vec![row(HOSTILE)],
        blocks: headings.chain(blocks).collect(),
        colophon: words(),
        date: "2026-11-21".into(),
    }
}

fn template_error(source: &str) -> PdfError {
    let templates = Templates::builtin().with("document.typ", source);
    Typesetter::new().render(&sample("x"), &templates).expect_err("the template is wrong")
}

#[test]
fn hostile_documents_become_equal_pdfs() {
    let typesetter = Typesetter::new();
    for id in ["technical-documentation", "declaration-of-conformity"] {
        let document = sample(id);
        let first = typesetter.render(&document, &Templates::builtin()).expect("the document is typeset");
        let second = conforme_pdf::render(&document, &Templates::builtin()).expect("the document is typeset");
        assert!(first.starts_with(b"%PDF"));
        assert!(first == second, "{id} differs when made again");
        for claim in ["<pdfaid:part>2</pdfaid:part>", "<pdfaid:conformance>A</pdfaid:conformance>", "<pdfuaid:part>1"] {
            assert!(first.windows(claim.len()).any(|window| window == claim.as_bytes()), "{claim} is missing");
        }
    }
}

#[test]
fn an_almost_empty_document_is_typeset() {
    let document = Document { draft: None, subject: Vec::new(), blocks: Vec::new(), ..sample("x") };
    assert!(conforme_pdf::render(&document, &Templates::builtin()).is_ok());
}

#[test]
fn template_errors_say_where() {
    let PdfError::Template(found) = template_error("#let a = 1\n\n  #nobody") else { panic!("another error") };
    let place = found[0].place.as_ref().expect("a place in the template");
    assert_eq!((place.file.as_str(), place.line, place.column), ("document.typ", 3, 4));
    let shown = PdfError::Template(found).to_string();
    assert!(shown.contains("document.typ:3:4: unknown variable: nobody"), "{shown}");
}

#[test]
fn templates_reach_nothing_outside() {
    for source in ["#read(\"/etc/hostname\")", "#import \"@preview/cetz:0.3.0\"", "#include \"../other.typ\""] {
        assert!(matches!(template_error(source), PdfError::Template(_)), "{source}");
    }
}

#[test]
fn a_standard_that_cannot_be_met_is_an_error() {
    let skipped = "#set document(title: \"t\")\n== Second level first";
    let PdfError::Standard(found) = template_error(skipped) else { panic!("another error") };
    assert_eq!(found[0].place.as_ref().map(|place| place.line), Some(2));
    // Characters that no font has never stop a document.
    let document = Document { title: "製品".into(), ..sample("x") };
    assert!(conforme_pdf::render(&document, &Templates::builtin()).is_ok());
}

#[test]
fn dates_are_exact() {
    for date in ["", "2026-02-30", "2026-2-3", "2026-02-03T00:00", "-000001-01-01"] {
        let document = Document { date: date.into(), ..sample("x") };
        assert!(matches!(conforme_pdf::render(&document, &Templates::builtin()), Err(PdfError::Date(_))), "{date}");
    }
}

#[test]
fn sources_are_listed_in_order() {
    let templates = Templates::builtin().with("extra.typ", "x");
    let names: Vec<_> = templates.sources().map(|(name, _)| name).collect();
    assert_eq!(names, ["declaration.typ", "document.typ", "extra.typ", "style.typ"]);
}
