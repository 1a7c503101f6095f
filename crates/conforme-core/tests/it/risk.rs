//! The risk assessment: a declared grid decides levels, a review knows what it looked at, and the context brings threats.

use crate::checking::{ON, PASSING, all_there};
use conforme_catalogue::Library;
use conforme_core::assessment::Assessment;
use conforme_core::evaluate::{Question, evaluate};
use conforme_core::load::{Loaded, load};
use conforme_core::risk::state::state;
use conforme_core::risk::suggest::suggest;
use conforme_core::source::SourceFile;

fn read(text: &str) -> Loaded {
    load(&conforme_law::catalogue(), &[SourceFile { path: "conforme.toml".into(), text: text.into() }], None)
}

fn judge(text: &str) -> Assessment {
    let (law, loaded) = (conforme_law::catalogue(), read(text));
    let files = all_there(&loaded);
    let library = Library::default();
    evaluate(Question {
        law: &law,
        loaded: &loaded,
        library: &library,
        files: &files,
        release: None,
        variant: None,
        as_of: ON,
    })
}

fn codes(assessment: &Assessment) -> Vec<&str> {
    assessment.findings.iter().map(|it| it.code.as_str()).collect()
}

/// The passing dossier with more under [criteria].
fn under_criteria(more: &str) -> String {
    assert_eq!(PASSING.matches("[criteria]\n").count(), 1);
    PASSING.replacen("[criteria]\n", &format!("[criteria]\n{more}\n"), 1)
}

const GRID: &str =
    "matrix = \"own\"\nlikelihoods = [\"low\", \"medium\", \"high\"]\nimpacts = [\"low\", \"medium\", \"high\"]\n";

#[test]
fn a_declared_grid_decides_the_level() {
    let right = judge(&under_criteria("matrix = \"3x3\""));
    let wrong: Vec<&str> = codes(&right).into_iter().filter(|it| it.starts_with("risk-")).collect();
    let flat = format!("{GRID}grid = [\"low, low, low\", \"low, low, low\", \"low, low, low\"]");
    let differs = judge(&under_criteria(&flat));
    assert!(codes(&differs).contains(&"risk-level-differs"), "{wrong:?}");
    let words = judge(&under_criteria("matrix = \"5x5\""));
    assert!(codes(&words).contains(&"risk-scale"), "the words are those of another method");
}

#[test]
fn a_grid_that_cannot_be_used_is_told() {
    for (grid, said) in [
        ("grid = [\"low, low\"]", "3 rows of 3"),
        ("grid = [\"low, low, low\", \"low, low, huge\", \"low, low, low\"]", "`huge`"),
        ("grid = [\"high, low, low\", \"low, low, low\", \"low, low, low\"]", "falls"),
    ] {
        let assessment = judge(&under_criteria(&format!("{GRID}{grid}")));
        let found = assessment.findings.iter().find(|it| it.code == "risk-matrix").expect(grid);
        assert!(found.message.contains(said), "{}", found.message);
    }
    let unknown = judge(&under_criteria("matrix = \"7x7\""));
    assert!(unknown.findings.iter().any(|it| it.code == "risk-matrix" && it.message.contains("5x5")));
}

#[test]
fn a_review_is_stale_when_what_it_looked_at_changed() {
    let loaded = read(PASSING);
    let marks = state(&loaded.dossier, loaded.dossier.release("3.0"));
    let reviewed = PASSING.replacen("reviewed_on = ", &format!("reviewed_state = \"{marks}\"\nreviewed_on = "), 1);
    assert!(!codes(&judge(&reviewed)).contains(&"review-stale"));
    let at = reviewed.find("\npurpose = \"").expect("a purpose") + "\npurpose = \"".len();
    let changed = format!("{}Now also for hospitals. {}", &reviewed[..at], &reviewed[at..]);
    let found = judge(&changed);
    let stale = found.findings.iter().find(|it| it.code == "review-stale").expect("the purpose changed");
    assert!(stale.message.ends_with("changed: purpose"), "{}", stale.message);
}

#[test]
fn the_context_brings_threats_and_nothing_is_accepted_by_it() {
    let library = conforme_law::library_of(|_| false);
    let proposed = |text: &str| {
        let loaded = read(text);
        let suggested = suggest(&loaded.dossier, &library);
        let ids: Vec<String> = suggested.open.iter().map(|it| it.threat.id.to_string()).collect();
        (ids, suggested.taken, suggested.dismissed, suggested.unknown.len())
    };
    let radio = "[[interface]]\nid = \"W\"\nkind = \"wifi\"\n[[asset]]\nid = \"A\"\nkind = \"credentials\"\n";
    let (ids, ..) = proposed(radio);
    assert!(ids.contains(&"T-EAVESDROP-RADIO".to_owned()) && !ids.contains(&"T-OPEN-DEBUG-PORT".to_owned()), "{ids:?}");
    let debug = format!(
        "{radio}[[interface]]\nid = \"D\"\nkind = \"debug-port\"\n[[asset]]\nid = \"F\"\nkind = \"firmware\"\n"
    );
    assert!(proposed(&debug).0.contains(&"T-OPEN-DEBUG-PORT".to_owned()));
    let taken = format!("{radio}[[threat]]\nid = \"T\"\ncatalogue = \"T-EAVESDROP-RADIO\"\n");
    let (ids, count, ..) = proposed(&taken);
    assert!(count == 1 && !ids.contains(&"T-EAVESDROP-RADIO".to_owned()));
    let without_reason = format!("{radio}[[dismissed_threat]]\ncatalogue = \"T-EAVESDROP-RADIO\"\n");
    assert!(proposed(&without_reason).0.contains(&"T-EAVESDROP-RADIO".to_owned()), "a dismissal needs a reason");
    assert_eq!(proposed("[[interface]]\nid = \"W\"\nkind = \"quantum link\"\n").3, 1, "an unknown kind is said");
}
