//! The documents of modules: every point present, statements only when they are made, DRAFT while anything is missing.

use super::{COMPLETE, Case, headings, missing, text};
use crate::document::{Block, Document, NoteKind};
use crate::documents::{Module, of_modules};

const BODY: &str = r#"
[route.notified_body]
name = "Prüfhaus Eins"
number = "0123"
language = "en"
certificate = "C-7"
issued = 2027-12-30
[route.application]
no_parallel = true
specimens = ["PI-3 with serial 7, kept in Wien"]
models = ["PI-3"]
premises = ["Gasse 1, Wien"]
changes = "Eva Maier tells the body before a release that touches keys or update."
[route.production]
control = "Each build is compared with the reproducible reference."
evidence = ["E-1"]
"#;

fn case(module: &str, more: &str) -> Case {
    let dossier = COMPLETE
        .replace("module = \"A\"\n", &format!("module = \"{module}\"\ndocumentation_language = \"en\"\n{BODY}"));
    Case::complete_from(&dossier, conforme_law::catalogue(), more)
}

#[track_caller]
fn one(case: &Case, module: Module) -> Document {
    let mut all = of_modules(&case.subject(), &[module, module]);
    assert_eq!(all.len(), 1, "asked for twice is made once");
    all.remove(0)
}

fn legal(document: &Document) -> Vec<&str> {
    let notes = document.blocks.iter().filter_map(|it| match it {
        Block::Note { kind: NoteKind::Legal, text } => Some(text.as_str()),
        _ => None,
    });
    notes.collect()
}

#[test]
fn every_point_of_every_module_is_present_when_nothing_is_there() {
    let case = Case::of("");
    for (module, outline) in [
        (Module::A, "annex-viii-a"),
        (Module::B, "annex-viii-b"),
        (Module::C, "annex-viii-c"),
        (Module::H, "annex-viii-h"),
    ] {
        let document = one(&case, module);
        assert!(document.draft.is_some() && legal(&document).is_empty(), "{}", document.id);
        let headings = headings(&document);
        for item in &case.law.documents[&outline.into()].items {
            let wanted = format!("{} {}", item.point, item.heading);
            assert!(headings.iter().any(|it| it.trim_start_matches(['#', ' ']) == wanted), "{wanted}: {headings:?}");
        }
        let untold = missing(&document).into_iter().find(|it| it.contains("does not know"));
        assert_eq!(untold, None, "{}", document.id);
    }
}

#[test]
fn an_application_for_type_examination_is_complete_without_a_certificate() {
    let before = BODY.replace("certificate = \"C-7\"\nissued = 2027-12-30\n", "");
    let dossier =
        COMPLETE.replace("module = \"A\"\n", &format!("module = \"B+C\"\ndocumentation_language = \"en\"\n{before}"));
    let case = Case::complete_from(&dossier, conforme_law::catalogue(), "");
    let application = one(&case, Module::B);
    assert_eq!(missing(&application), Vec::<&str>::new());
    assert!(application.draft.is_none());
    let statements = legal(&application);
    assert_eq!(statements.len(), 1);
    assert!(statements[0].contains("any other notified body"), "{statements:?}");
    let said = text(&application);
    for told in
        ["Prüfhaus Eins", "serial 7", "Eva Maier tells the body", "Klingel GmbH", "Index of the evidence", "\"aa\""]
    {
        assert!(said.contains(told), "{told}");
    }
}

#[test]
fn the_statement_stands_only_when_it_is_made() {
    for (written, lacks) in [("", "once it is true"), ("no_parallel = false\n", "another body has the application")] {
        let dossier = COMPLETE.replace(
            "module = \"A\"\n",
            &format!(
                "module = \"B+C\"\ndocumentation_language = \"en\"\n{}",
                BODY.replace("no_parallel = true\n", written)
            ),
        );
        let application = one(&Case::complete_from(&dossier, conforme_law::catalogue(), ""), Module::B);
        assert!(legal(&application).is_empty() && application.draft.is_some());
        assert!(missing(&application).iter().any(|it| it.contains(lacks)), "{:?}", missing(&application));
    }
}

#[test]
fn the_record_of_module_a_needs_records_of_production() {
    let without = Case::complete(conforme_law::catalogue(), "");
    let record = one(&without, Module::A);
    assert!(record.draft.is_some());
    assert!(missing(&record).iter().any(|it| it.contains("[route.production]")), "{:?}", missing(&record));
    let record = one(&case("A", ""), Module::A);
    assert_eq!(missing(&record), Vec::<&str>::new());
    assert!(record.draft.is_none());
}

#[test]
fn a_procedure_that_was_not_chosen_is_said_and_stays_a_draft() {
    let record = one(&case("A", ""), Module::C);
    assert!(missing(&record).iter().any(|it| it.contains("`module` under [route] is A")), "{:?}", missing(&record));
    assert!(record.draft.is_some());
    let record = one(&case("B+C", ""), Module::C);
    assert!(!missing(&record).iter().any(|it| it.contains("`module` under [route]")), "{:?}", missing(&record));
    assert!(text(&record).contains("C-7"), "the type is that of the certificate");
    let untyped = COMPLETE.replace("module = \"A\"\n", "module = \"B+C\"\n[route.production]\ncontrol = \"x\"\n");
    let record = one(&Case::complete_from(&untyped, conforme_law::catalogue(), ""), Module::C);
    assert!(missing(&record).iter().any(|it| it.contains("the type that units conform to")), "{:?}", missing(&record));
}

#[test]
fn each_letter_of_the_quality_system_shows_its_gap() {
    let all = |skip: &str| -> String {
        let letters = ["a", "b", "c", "d", "e", "f", "g", "h"].into_iter().filter(|it| *it != skip);
        letters
            .map(|it| format!("[[quality]]\nletter = \"{it}\"\nwhat = \"Handbook, part {it}\"\nevidence = [\"E-1\"]\n"))
            .collect()
    };
    let whole = one(&case("H", &all("")), Module::H);
    assert_eq!(missing(&whole), Vec::<&str>::new());
    assert!(whole.draft.is_none());
    let gap = one(&case("H", &all("f")), Module::H);
    assert_eq!(
        missing(&gap),
        ["Missing: [[quality]] with `letter` and `what` for f", "Missing: [[quality]] with letter = \"f\""]
    );
    assert!(gap.draft.is_some());
}

#[test]
fn the_index_of_the_documentation_names_the_gaps_of_each_point() {
    let dossier = COMPLETE.replace("purpose = ", "#purpose = ");
    let record = one(&Case::complete_from(&dossier, conforme_law::catalogue(), ""), Module::A);
    let index = record.blocks.iter().find_map(|it| match it {
        Block::Table { caption, rows, .. } if caption.starts_with("Index of the technical") => Some(rows),
        _ => None,
    });
    let gaps: Vec<(&str, &str)> = index
        .expect("the index")
        .iter()
        .filter(|it| it[2].text == "gaps")
        .map(|it| (it[0].text.as_str(), it[3].text.as_str()))
        .collect();
    assert_eq!(gaps[0], ("1(a)", "Missing: `purpose` under [product]"));
    assert!(gaps.iter().all(|(point, _)| ["1(a)", "1(d)", "3"].contains(point)), "{gaps:?}");
}

#[test]
fn who_draws_up_nothing_gets_no_record() {
    let importer = Case::of("role = \"importer\"\n[product]\nname = \"x\"\n");
    assert!(of_modules(&importer.subject(), &[Module::A, Module::H]).is_empty());
}
