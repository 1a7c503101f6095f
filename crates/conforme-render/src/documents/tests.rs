//! What documents say, and when they say DRAFT, on small dossiers given as text.

use super::{Subject, all};
use crate::document::{Block, Document, NoteKind};
use conforme_catalogue::{Catalogue, Files};
use conforme_core::assessment::Assessment;
use conforme_core::evaluate::{Question, evaluate};
use conforme_core::files::{FileFact, FileFacts};
use conforme_core::load::{Loaded, load};
use conforme_core::source::SourceFile;
use jiff::civil::{Date, date};

mod procedure;

/// The day of every test.
const TODAY: Date = date(2028, 1, 10);

/// A dossier with nothing but a name and a draft that is applied.
const GAPS: &str = r#"
[product]
name = "Doorbell 3"
markets = ["AT"]

[[standard]]
id = "EN-304-627"
edition = "V1.0.0"
applied = "full"
"#;

/// Everything up to placing, except the measures; those are written for the catalogue at hand.
const COMPLETE: &str = include_str!("tests/complete.toml");

struct Case {
    law: Catalogue,
    loaded: Loaded,
    assessment: Assessment,
    files: FileFacts,
}

impl Case {
    fn of(text: &str) -> Self {
        Self::under(conforme_law::catalogue(), text)
    }

    fn under(law: Catalogue, text: &str) -> Self {
        let source = SourceFile { path: "conforme.toml".to_owned(), text: text.into() };
        let loaded = load(&law, &[source], None);
        let mut files = FileFacts::default();
        files.insert("bom.json", FileFact::Present { size: 2, sha256: "aa".to_owned() });
        files.insert("scan.json", FileFact::Present { size: 2, sha256: "bb".to_owned() });
        let question = Question {
            law: &law,
            loaded: &loaded,
            library: &conforme_catalogue::Library::default(),
            files: &files,
            release: None,
            variant: None,
            as_of: TODAY,
        };
        let assessment = evaluate(question);
        Self { law, loaded, assessment, files }
    }

    /// The complete dossier with one measure for every provision that wants one.
    fn complete(law: Catalogue, more: &str) -> Self {
        Self::complete_from(COMPLETE, law, more)
    }

    fn complete_from(dossier: &str, law: Catalogue, more: &str) -> Self {
        let checks = ["measure", "disclosure-policy", "free-updates"];
        let wanted = law.provisions.values().filter(|it| it.check.as_deref().is_some_and(|it| checks.contains(&it)));
        let answers: Vec<String> = wanted.map(|it| format!("{:?}", it.id.as_str())).collect();
        let measure = format!(
            "[[measure]]\nid = \"M-1\"\ntitle = \"All of it\"\nhow = \"By design\"\nstate = \"implemented\"\nevidence = [\"E-1\"]\n\
             answers = [{}]\n",
            answers.join(", ")
        );
        Self::under(law, &format!("{dossier}\n{measure}\n{more}"))
    }

    fn subject(&self) -> Subject<'_> {
        let Self { law, loaded, assessment, files } = self;
        Subject { law, loaded, assessment, files, program: "conforme 0.0.0", languages: &[] }
    }

    #[track_caller]
    fn document(&self, id: &str) -> Document {
        all(&self.subject()).into_iter().find(|it| it.id == id).unwrap_or_else(|| panic!("no document `{id}`"))
    }
}

/// Everything a document says, as one text.
fn text(document: &Document) -> String {
    serde_json::to_string(document).expect("a document is data")
}

fn missing(document: &Document) -> Vec<&str> {
    let notes = document.blocks.iter().filter_map(|it| match it {
        Block::Note { kind: NoteKind::Missing, text } => Some(text.as_str()),
        _ => None,
    });
    notes.collect()
}

fn headings(document: &Document) -> Vec<String> {
    let headings = document.blocks.iter().filter_map(|it| match it {
        Block::Heading { level, text } => Some(format!("{} {text}", "#".repeat(usize::from(*level)))),
        _ => None,
    });
    headings.collect()
}

#[test]
fn gaps_make_drafts_that_name_what_is_missing() {
    let case = Case::of(GAPS);
    let ids: Vec<String> = all(&case.subject()).into_iter().map(|it| it.id).collect();
    assert_eq!(
        ids,
        [
            "technical-documentation",
            "declaration.de",
            "simplified-declaration.de",
            "user-information.de",
            "risk-assessment",
            "conformity-matrix",
            "marking-sheet"
        ]
    );
    for document in all(&case.subject()) {
        assert!(document.draft.is_some(), "{}", document.id);
        assert_eq!(document.date, "2028-01-10");
        assert!(document.colophon.starts_with("conforme 0.0.0"), "{}", document.colophon);
    }
    let documentation = case.document("technical-documentation");
    assert!(missing(&documentation).contains(&"Missing: `purpose` under [product]"), "{:?}", missing(&documentation));
    assert!(missing(&case.document("declaration.de")).contains(&"Missing: `address` under [manufacturer]"));
    assert_eq!(case.document("declaration.de").draft.as_deref(), Some("ENTWURF"));
}

#[test]
fn every_point_of_annex_vii_is_present_even_when_nothing_is_there() {
    let case = Case::of("");
    let documentation = case.document("technical-documentation");
    let headings = headings(&documentation);
    for item in &case.law.documents[&"annex-vii".into()].items {
        assert!(headings.iter().any(|it| it.ends_with(&format!("{} {}", item.point, item.heading))), "{}", item.point);
    }
    assert!(headings.iter().any(|it| it.contains("Open points")));
}

#[test]
fn a_complete_dossier_is_final_where_the_wording_was_checked() {
    let case = Case::complete(conforme_law::catalogue(), "");
    let open: Vec<_> =
        case.assessment.findings.iter().filter(|it| it.severity <= conforme_catalogue::Severity::Undecided).collect();
    let open: Vec<_> = open.iter().map(|it| (&it.code, &it.message)).collect();
    assert!(open.is_empty(), "{open:#?}");
    for document in all(&case.subject()) {
        let unchecked = ["declaration.de", "simplified-declaration.de"].contains(&document.id.as_str());
        assert_eq!(document.draft.is_some(), unchecked, "{}: {:?}", document.id, missing(&document));
    }
}

#[test]
fn the_declaration_follows_annex_v() {
    let case = Case::complete(
        conforme_law::catalogue(),
        "[[variant]]\nname = \"Insight S\"\nmodel = \"PI-S\"\n[family]\nreason = \"same software\"\n",
    );
    let said: Vec<String> = case
        .document("declaration.en")
        .blocks
        .into_iter()
        .map(|it| match it {
            Block::Heading { text, .. } => format!("# {text}"),
            Block::Paragraph { text } => text,
            Block::Note { kind, text } => format!("{kind:?}: {text}"),
            Block::List { items, .. } => format!("- {}", items.join("\n- ")),
            Block::Facts { rows } | Block::Signature { rows, .. } => {
                rows.iter().map(|it| format!("{} = {}", it.label, it.value)).collect::<Vec<_>>().join("\n")
            }
            other => format!("{other:?}"),
        })
        .collect();
    insta::assert_snapshot!(said.join("\n"), @r#"
    # 1. Name and type and any additional information enabling the unique identification of the product with digital elements
    Plant Insight, 3.1.0
    Models = PI-3, Insight S (PI-S)
    Version, shown under Help
    # 2. Name and address of the manufacturer or its authorised representative
    Klingel GmbH
    Gasse 1, 1010 Wien, Austria
    Legal: 3. This EU declaration of conformity is issued under the sole responsibility of the provider (the manufacturer).
    # 4. Object of the declaration (identification of the product with digital elements allowing traceability)
    Plant Insight, PI-3, Insight S (PI-S), 3.1.0
    Legal: 5. The object of the declaration described above is in conformity with the relevant Union harmonisation legislation:
    - Regulation (EU) 2024/2847, OJ L, 2024/2847, 20.11.2024
    Legal: The fulfilment of the applicable essential cybersecurity requirements set out in Annex I to Regulation (EU) 2024/2847 has been demonstrated.
    # 6. References to any relevant harmonised standards used or any other common specification or cybersecurity certification in relation to which conformity is declared
    None
    # 7. Notified body
    None
    Conformity assessment procedure = A (Regulation (EU) 2024/2847, Annex VIII, Part I)
    # 8. Additional information
    None
    Signed for and on behalf of = Klingel GmbH
    Place and date of issue = Wien, 2028-01-07
    Name, function = Eva Maier, Managing director
    "#);
}

#[test]
fn drafts_of_standards_stay_out_of_the_declaration() {
    let act = "[[act]]\nname = \"Directive 2014/53/EU\"\noj = \"OJ L 153, 22.5.2014\"\nprocedure = \"Module A\"\nstandards = [\"EN 18031-1:2024\", \"EN 304 627\"]\n";
    let case = Case::complete(conforme_law::catalogue(), act);
    for language in ["en", "de"] {
        let declaration = case.document(&format!("declaration.{language}"));
        let blocks = text(&declaration);
        assert!(!blocks.contains("V1.0.0") && !blocks.contains("EN-304-627"), "{blocks}");
        assert!(
            blocks.contains("Directive 2014/53/EU, OJ L 153, 22.5.2014") && blocks.contains("EN 18031-1:2024"),
            "{blocks}"
        );
        // It was asked for as a standard of another act: left out of the list, and said so.
        assert!(missing(&declaration).iter().any(|it| it.contains("`EN 304 627`")));
    }
    let documentation = text(&case.document("technical-documentation"));
    assert!(documentation.contains("Other technical specifications") && documentation.contains("its tests were used"));
}

#[test]
fn only_what_gives_presumption_is_named_as_harmonised() {
    let citation =
        "[[citation]]\nedition = \"EN 304 627 V1.0.0\"\noj = \"OJ L, 2027/999, 1.3.2027\"\nfrom = 2027-03-01\n";
    let standard = conforme_law::files();
    let path = "standards/EN-304-627/standard.toml";
    let overlay = Files::new([(path, citation)]);
    let law = conforme_catalogue::parse(&standard.overlaid("journal", overlay)).expect("the overlay is read");
    let cited = Case::complete(law.clone(), "");
    let declaration = text(&cited.document("declaration.en"));
    assert!(declaration.contains("EN 304 627 V1.0.0 (OJ L, 2027/999, 1.3.2027; overlay journal)"), "{declaration}");
    assert!(declaration.contains("overlay journal ("), "the foot of the page names what it rests on");
    let documentation = text(&cited.document("technical-documentation"));
    assert!(documentation.contains("EN 304 627 V1.0.0 – "), "{documentation}");

    let mut in_part = COMPLETE.replace("applied = \"full\"", "applied = \"part\"");
    in_part.push_str("\n[[measure]]\nid = \"M-1\"\n");
    let in_part = Case::under(law, &in_part);
    assert!(!text(&in_part.document("declaration.en")).contains("EN 304 627 V1.0.0"));
}

#[test]
fn the_sentence_on_the_ai_act_needs_all_of_annex_i() {
    let sentence = "Article 15 of Regulation (EU) 2024/1689";
    let claims = |text: &str| text.replace("[declaration]", "[declaration]\ncovers_ai_act = true");
    let shown = Case::complete_from(&claims(COMPLETE), conforme_law::catalogue(), "").document("declaration.en");
    assert!(text(&shown).contains(sentence) && shown.draft.is_none(), "{:?}", missing(&shown));
    let open = Case::of(&claims(COMPLETE)).document("declaration.en");
    assert!(!text(&open).contains(sentence));
    assert!(missing(&open).iter().any(|it| it.contains("the statement on the AI Act")));
}

#[test]
fn every_language_builds() {
    let languages: Vec<String> = conforme_law::catalogue().words.keys().cloned().collect();
    assert_eq!(languages.len(), 24);
    let list = languages.iter().map(|it| format!("{it:?}")).collect::<Vec<_>>().join(", ");
    let text = COMPLETE.replace("[documents]", &format!("[documents]\nlanguages = [{list}]"));
    let case = Case::under(conforme_law::catalogue(), &text);
    for language in &languages {
        for kind in ["declaration", "simplified-declaration", "user-information"] {
            let document = case.document(&format!("{kind}.{language}"));
            assert_eq!(&document.language, language);
            let said = self::text(&document);
            for untold in ["declaration.", "simplified.", "user_information.", "{manufacturer}", "{product}", "{url}"] {
                assert!(!said.replace(&document.id, "").contains(untold), "{} says `{untold}`", document.id);
            }
        }
    }
    assert!(self::text(&case.document("user-information.de")).contains("Juni 2034"));
}

#[test]
fn hostile_text_stays_data() {
    let hostile = "{url}{product}</script><script>=cmd|' /C calc'!A0 #set page(fill: red)";
    let text = COMPLETE.replace("Klingel GmbH", hostile).replace("model = \"PI-3\"", "model = \"{manufacturer}\"");
    let case = Case::under(conforme_law::catalogue(), &text);
    let simplified = case.document("simplified-declaration.en");
    let Some(Block::Note { text, .. }) = simplified.blocks.first() else { panic!("{simplified:?}") };
    assert!(text.contains(hostile) && text.contains("Plant Insight ({manufacturer})"), "{text}");
}

#[test]
fn nothing_judged_is_nothing_shown() {
    let before = Case::of(
        "[[release]]\nversion = \"1\"\nplacing = 2026-01-01\nlast_placing = 2026-06-01\n[product]\nname = \"x\"\nkind = \"software\"\nconnection = \"direct\"\n",
    );
    for document in all(&before.subject()).iter().filter(|it| it.id != "conformity-matrix") {
        assert!(document.draft.is_some(), "{}", document.id);
    }
    let importer = Case::of("role = \"importer\"\n[product]\nname = \"x\"\n");
    let ids: Vec<String> = all(&importer.subject()).into_iter().map(|it| it.id).collect();
    assert_eq!(ids, ["conformity-matrix"]);
}

#[test]
fn a_product_judged_voluntarily_is_not_declared() {
    let text = COMPLETE.replace("model = \"PI-3\"", "model = \"PI-3\"\nvoluntary = true");
    let case = Case::under(conforme_law::catalogue(), &text);
    let ids: Vec<String> = all(&case.subject()).into_iter().map(|it| it.id).collect();
    assert!(ids.iter().all(|it| !it.contains("declaration") && it != "marking-sheet"), "{ids:?}");
    assert!(super::declaration(&case.subject(), "en").draft.is_some());
}

#[test]
fn the_number_of_a_notified_body_belongs_to_module_h_alone() {
    let body =
        "[route.notified_body]\nname = \"TÜV Test\"\nnumber = \"0123\"\ncertificate = \"C-7\"\nissued = 2027-12-30\n";
    for (module, on_the_marking) in [("B+C", false), ("H", true)] {
        let text = COMPLETE.replace("module = \"A\"\n", &format!("module = \"{module}\"\n\n{body}"));
        let case = Case::under(conforme_law::catalogue(), &text);
        assert!(self::text(&case.document("declaration.en")).contains("0123"));
        assert_eq!(self::text(&case.document("marking-sheet")).contains("0123"), on_the_marking, "{module}");
    }
}

#[test]
fn equal_input_gives_equal_documents() {
    let documents = || all(&Case::complete(conforme_law::catalogue(), "").subject());
    assert_eq!(documents(), documents());
}

/// Whatever a complete dossier loses, a document that lacks something keeps its DRAFT: what it lacks is a finding too.
#[test]
fn what_a_document_lacks_is_a_finding_too() {
    let mut silent = Vec::new();
    for (at, lost) in COMPLETE.lines().enumerate().filter(|(_, it)| it.contains(" = ")) {
        let kept: Vec<&str> = COMPLETE.lines().enumerate().filter(|(line, _)| *line != at).map(|(_, it)| it).collect();
        let case = Case::complete_from(&kept.join("\n"), conforme_law::catalogue(), "");
        for document in all(&case.subject()).iter().filter(|it| it.draft.is_none() && !missing(it).is_empty()) {
            silent.push(format!("{lost}: {}: {:?}", document.id, missing(document)));
        }
    }
    assert!(silent.is_empty(), "{silent:#?}");
}
