//! The register on known days: counts, delays, presumption, changes, and what an overlay adds.

use conforme_catalogue::{Catalogue, Files, Id, Library, StageName, parse};
use conforme_core::classify::{Facts, facts};
use conforme_core::evaluate::{Question, evaluate};
use conforme_core::files::FileFacts;
use conforme_core::load::load;
use conforme_core::register::{self, Filter, Why};
use conforme_core::source::SourceFile;
use jiff::civil::{Date, date};
use std::collections::BTreeSet;

const CITATION: &str =
    "[[citation]]\nedition = \"EN 304 627:2026\"\noj = \"OJ L, 2027/999, 1.3.2027\"\nfrom = 2027-03-01\n";

/// The embedded catalogue with an overlay that says something about EN 304 627.
fn with_overlay(text: &str) -> Catalogue {
    let overlay = Files::new([("standards/EN-304-627/standard.toml", text)]);
    parse(&conforme_law::files().overlaid("mine", overlay)).expect("the overlay parses")
}

fn plain_facts(law: &Catalogue) -> Facts {
    let empty = load(law, &[], None);
    facts(law, &empty.dossier, &empty.facts)
}

#[track_caller]
fn ids(law: &Catalogue, filter: &Filter<'_>, on: Date, expected: &[&str]) {
    let found: Vec<&str> = register::list(law, filter, on).iter().map(|it| it.id.as_str()).collect();
    assert_eq!(found, expected);
}

#[test]
fn the_register_counts_as_it_did_in_june_and_october_2026() {
    let law = conforme_law::catalogue();
    let june = register::summary(&law, date(2026, 6, 4));
    assert_eq!((june.tracked, june.etsi_public_drafts, june.cited, june.overdue), (35, 14, 0, 0));
    let october = register::summary(&law, date(2026, 10, 6));
    assert_eq!(october.stages["ETSI"][&Some(StageName::Enquiry)], 17);
    assert_eq!((october.tracked, october.etsi_public_drafts, october.cited), (35, 17, 0));
}

#[test]
fn filters_narrow_the_list() {
    let law = conforme_law::catalogue();
    let on = date(2026, 11, 21);
    ids(&law, &Filter { item: Some("27"), ..Filter::default() }, on, &["EN-304-627", "PREN-50770-5"]);
    ids(&law, &Filter { item: Some("27a"), ..Filter::default() }, on, &["EN-304-627"]);
    ids(&law, &Filter { item: Some("9"), ..Filter::default() }, on, &["EN-40000-1-4"]);
    ids(&law, &Filter { category: Some("iii-ii-2"), ..Filter::default() }, on, &["EN-304-636", "PREN-50770-1"]);
    ids(&law, &Filter { tier: Some("critical"), body: Some("etsi"), ..Filter::default() }, on, &[]);
    let horizontal = ["EN-40000-1-1", "EN-40000-1-2", "EN-40000-1-3", "EN-40000-1-4"];
    ids(&law, &Filter { tier: Some("horizontal"), ..Filter::default() }, on, &horizontal);
    assert_eq!(register::list(&law, &Filter::default(), on).len(), 35);
    assert!(
        register::list(&law, &Filter { tier: Some("supporting"), ..Filter::default() }, on)
            .iter()
            .all(|it| !it.tracked)
    );
}

#[test]
fn late_is_against_the_adopted_deadline_and_a_plan_is_no_step() {
    let law = conforme_law::catalogue();
    assert!(register::overdue(&law, date(2026, 8, 30)).is_empty(), "the day of the deadline is not late");
    let first: Vec<_> =
        register::overdue(&law, date(2026, 8, 31)).into_iter().map(|it| (it.standard.id.clone(), it.days)).collect();
    assert_eq!(first, [(Id::from("EN-40000-1-2"), 1), (Id::from("EN-40000-1-3"), 1)]);
    let late = register::overdue(&law, date(2026, 11, 21));
    assert_eq!(late.len(), 33, "all but the vocabulary, which answers no item, and EN 40000-1-4");
    let risk = &late[0];
    assert_eq!((risk.standard.id.as_str(), risk.days), ("EN-40000-1-2", 83));
    assert!(risk.planned.is_some(), "approval was announced for 2 November 2026 and nobody has seen it");
    assert_eq!(risk.deadlines[0].record.proposed.len(), 2);
}

#[test]
fn a_citation_from_an_overlay_gives_presumption_from_its_day() {
    let law = with_overlay(CITATION);
    assert_eq!(register::summary(&law, date(2027, 2, 28)).cited, 0);
    assert_eq!(register::summary(&law, date(2027, 4, 1)).cited, 1);
    let enjoyed = register::presumption(&law, date(2027, 4, 1));
    assert_eq!(enjoyed.len(), 22);
    let (with, without): (Vec<_>, Vec<_>) = enjoyed.iter().partition(|it| !it.through.is_empty());
    assert_eq!((with.len(), without.len()), (14, 8));
    let through = &with[0].through[0];
    assert_eq!(through.citation.edition, "EN 304 627:2026");
    assert_eq!(through.overlay.map(|it| (it.name.as_str(), it.sha256.len())), Some(("mine", 64)));
    assert_eq!(without[0].meant.iter().map(|it| it.id.as_str()).collect::<Vec<_>>(), ["EN-40000-1-3"]);
    assert!(register::overdue(&law, date(2027, 4, 1)).iter().all(|it| it.standard.id.as_str() != "EN-304-627"));
}

#[test]
fn a_citation_without_reference_is_ignored_and_said() {
    for text in
        [CITATION.replace("oj = \"OJ L, 2027/999, 1.3.2027\"\n", ""), CITATION.replace("from = 2027-03-01\n", "")]
    {
        let law = with_overlay(&text);
        assert_eq!(register::summary(&law, date(2027, 4, 1)).cited, 0);
        assert_eq!(law.ignored.iter().map(|it| it.subject.as_str()).collect::<Vec<_>>(), ["EN-304-627"]);
    }
}

#[test]
fn a_product_is_told_its_standards_and_what_they_would_open() {
    let law = conforme_law::catalogue();
    let category = Id::from("III-I-12");
    let relevant = register::for_product(&law, Some(&category), &["iec 62443-4-1"], &plain_facts(&law));
    let shown: Vec<(&str, Vec<Why>, bool)> =
        relevant.iter().map(|it| (it.standard.id.as_str(), it.why.clone(), it.opens == ["A"])).collect();
    assert_eq!(
        shown,
        [
            ("EN-304-627", vec![Why::Category], true),
            ("PREN-50770-5", vec![Why::Category], true),
            ("EN-40000-1-1", vec![Why::Horizontal], false),
            ("EN-40000-1-2", vec![Why::Horizontal], false),
            ("EN-40000-1-3", vec![Why::Horizontal], true),
            ("EN-40000-1-4", vec![Why::Horizontal], false),
            ("IEC-62443-4-1", vec![Why::Applied], false),
        ]
    );
    let class_two = register::for_product(&law, Some(&Id::from("III-II-2")), &[], &plain_facts(&law));
    assert!(class_two.iter().all(|it| it.opens.is_empty()), "for class II a citation changes no procedure");
}

#[test]
fn changes_between_two_days_have_their_reasons() {
    let law = with_overlay(CITATION);
    let gained = register::diff(&law, date(2027, 2, 1), date(2027, 4, 1));
    let router = gained.iter().find(|it| it.standard.id.as_str() == "EN-304-627").expect("it changed");
    assert_eq!(router.gained.iter().map(|it| it.oj.as_str()).collect::<Vec<_>>(), ["OJ L, 2027/999, 1.3.2027"]);
    assert!(router.steps.is_empty() && router.lost.is_empty());
    // EN 50765 and EN 50766 are planned for 10 February 2027 and nothing says that they came.
    assert!(gained.iter().flat_map(|it| &it.plans).all(|it| it.reached.is_none()));

    let autumn = register::diff(&law, date(2026, 6, 4), date(2026, 11, 21));
    let router = autumn.iter().find(|it| it.standard.id.as_str() == "EN-304-627").expect("it changed");
    assert_eq!(router.before.map(|it| it.stage), Some(StageName::FinalDraft));
    assert_eq!(router.after.map(|it| it.stage), Some(StageName::Enquiry));
    assert_eq!(router.deadlines.len(), 1);
    assert!(register::diff(&law, date(2026, 6, 4), date(2026, 6, 4)).is_empty());
}

#[test]
fn an_announced_step_comes_true_only_by_a_step() {
    let mut law = conforme_law::catalogue();
    let vocabulary = law.standards.get_mut(&Id::from("EN-40000-1-1")).expect("EN 40000-1-1");
    let mut approved = vocabulary.stages.last().expect("the plan").clone();
    approved.date = date(2026, 11, 16).into();
    approved.kind = conforme_catalogue::StageKind::Happened;
    vocabulary.stages.push(approved);
    let changes = register::diff(&law, date(2026, 11, 3), date(2026, 11, 30));
    let plan = changes.iter().find(|it| it.standard.id.as_str() == "EN-40000-1-1").expect("it changed").plans[0];
    assert_eq!(plan.reached.map(|it| it.date.to_string()).as_deref(), Some("2026-11-16"));
}

#[test]
fn a_product_enjoys_what_it_applies_in_full_and_learns_what_is_missing() {
    let law = with_overlay(CITATION);
    let facts = include_str!("../classification/facts/C08.toml");
    let release = "[[release]]\nversion = '1.0'\nplacing = 2027-12-15\n";
    let presumed = |applied: &str, on: Date| {
        let standard = format!("[[standard]]\nid = 'EN-304-627'\nedition = 'EN 304 627:2026'\n{applied}\n");
        let text = format!("{facts}\n{standard}\n{release}").into();
        let loaded = load(&law, &[SourceFile { path: "conforme.toml".into(), text }], None);
        let files = FileFacts::default();
        let question = Question {
            law: &law,
            loaded: &loaded,
            library: &Library::default(),
            files: &files,
            release: None,
            variant: None,
            as_of: on,
        };
        let of = register::for_dossier(&law, &loaded, &evaluate(question));
        assert_eq!(of.opens, ["A"]);
        let given = of.provisions.iter().filter(|it| !it.through.is_empty()).count();
        let settled = of.provisions.iter().filter(|it| it.settled()).count();
        let waiting: BTreeSet<String> = of
            .provisions
            .iter()
            .filter(|it| it.through.is_empty())
            .flat_map(|it| &it.meant)
            .map(|it| it.id.to_string())
            .collect();
        (given, settled, waiting.into_iter().collect::<Vec<_>>())
    };
    let on = date(2027, 4, 1);
    assert_eq!(presumed("applied = 'full'\ncovers_core_risks = true", on), (14, 14, vec!["EN-40000-1-3".to_owned()]));
    assert_eq!(presumed("applied = 'full'", on).1, 0, "nobody compared its scope with the risks");
    let part = presumed("applied = 'part'\ncovers_core_risks = true", on);
    assert_eq!((part.0, part.2), (0, ["EN-304-627", "EN-40000-1-3", "PREN-50770-5"].map(str::to_owned).to_vec()));
}
