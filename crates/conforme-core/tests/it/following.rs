//! Following a standard, on one that is made up: what is met in it counts for the law as the mapping allows.

use crate::checking::{ON, PASSING, all_there};
use conforme_catalogue::{Catalogue, Files, Library, parse_library};
use conforme_core::assessment::{Assessment, Status};
use conforme_core::evaluate::{Question, evaluate};
use conforme_core::load::load;
use conforme_core::source::SourceFile;

const HEAD: &str = r#"
edition = "Made-up 1:2027"
reach = "complete"
reach_note = "Made up for a test."
method = "levels"
source = ["CONFORME"]
as_of = 2027-01-01
levels = ["L 1", "L 2"]
"#;

fn requirement(id: &str, more: &str) -> String {
    format!(
        "[[requirement]]\nid = \"{id}\"\ntitle = \"Title of {id}\"\nstatement = \"It is so.\"\nkind = \"product\"\n{more}\
         [requirement.assessment]\nby = [\"test\"]\nexpected = \"It is so.\"\n"
    )
}

fn library(mapping: &str) -> Library {
    let text = [
        HEAD.to_owned(),
        requirement("A", ""),
        requirement("A RE1", "parent = \"A\"\nlevels = [\"L 2\"]\n"),
        requirement("B", ""),
        requirement("C", "modal = \"should\"\n"),
    ]
    .concat();
    let basis = "authority = \"practice\"\nsource = [\"CONFORME\"]\nas_of = 2027-01-01\n";
    let mapping = format!("{basis}{mapping}");
    // The register knows this standard; the edition is made up.
    let files = Files::new([
        ("standards/IEC-62443-4-2/made-up/requirements.toml", text.as_str()),
        ("mappings/IEC-62443-4-2@made-up.toml", mapping.as_str()),
    ]);
    parse_library(&files).expect("the standard parses")
}

fn law() -> Catalogue {
    conforme_law::catalogue()
}

/// The passing dossier, whose own measure for (d) is taken out, with the standard followed at a level.
fn dossier(level: &str, measures: &str) -> String {
    let text = PASSING.replace("\"CRA-I-2-d\", ", "").replace(", \"CRA-I-2-d\"", "").replace("\"CRA-I-2-d\"", "");
    assert!(!text.contains("CRA-I-2-d\""));
    format!(
        "{text}\n[[standard]]\nid = \"IEC-62443-4-2\"\nedition = \"made-up\"\nfollow = true\nlevel = \"{level}\"\n{measures}"
    )
}

fn answering(id: &str, answers: &str) -> String {
    format!(
        "\n[[measure]]\nid = \"{id}\"\ntitle = \"Measure\"\nhow = \"By design\"\nstate = \"implemented\"\nanswers = [\"{answers}\"]\nevidence = [\"{}\"]\n",
        evidence()
    )
}

/// Evidence of the passing dossier that counts.
fn evidence() -> String {
    let at = PASSING.find("[[evidence]]").expect("it has evidence");
    PASSING[at..].lines().find_map(|it| it.strip_prefix("id = ")).expect("with an id").trim_matches('"').to_owned()
}

fn judge(text: &str, library: &Library) -> Assessment {
    let law = law();
    let loaded = load(&law, &[SourceFile { path: "conforme.toml".into(), text: text.into() }], None);
    let files = all_there(&loaded);
    evaluate(Question { law: &law, loaded: &loaded, library, files: &files, release: None, variant: None, as_of: ON })
}

fn point(assessment: &Assessment) -> Status {
    assessment.verdict("CRA-I-2-d").expect("it is judged").status
}

fn of(assessment: &Assessment, id: &str) -> Status {
    let id = format!("IEC-62443-4-2@made-up/{id}");
    let found = assessment.requirements.iter().find(|it| it.id.as_str() == id);
    found.unwrap_or_else(|| panic!("no verdict on {id}: {:?}", assessment.requirements)).status
}

const SUBSET: &str =
    "[[map]]\nprovision = \"CRA-I-2-d\"\nrelation = \"subset\"\nrequirements = [\"A\", \"B\"]\nreason = \"parts\"\n";
const EQUAL: &str =
    "[[map]]\nprovision = \"CRA-I-2-d\"\nrelation = \"equal\"\nrequirements = [\"A\"]\nreason = \"the same\"\n";

#[test]
fn the_relation_decides_what_a_requirement_counts() {
    let a = answering("M-A", "IEC-62443-4-2/A");
    let equal = judge(&dossier("1", &a), &library(EQUAL));
    assert_eq!((of(&equal, "A"), point(&equal)), (Status::Met, Status::Met), "{:#?}", equal.findings);
    let chain = &equal.verdict("CRA-I-2-d").expect("judged").chain;
    let roles: Vec<&str> = chain.iter().map(|it| it.role).collect();
    assert_eq!(roles[..3], ["requirement", "measure", "evidence"], "provision, requirement, measure, evidence");

    let subset = judge(&dossier("1", &a), &library(SUBSET));
    assert_eq!((of(&subset, "A"), point(&subset)), (Status::Met, Status::Partly));
    let nothing = judge(&dossier("1", &a), &library(""));
    assert_eq!(point(&nothing), Status::NotMet, "what is not mapped counts for nothing");
}

#[test]
fn a_set_counts_when_all_of_it_is_met() {
    let set = format!(
        "{SUBSET}[[together]]\nprovision = \"CRA-I-2-d\"\nrequirements = [\"A\", \"B\"]\nreason = \"both halves\"\n"
    );
    let a = answering("M-A", "IEC-62443-4-2/A");
    let both = a.clone() + &answering("M-B", "IEC-62443-4-2@made-up/B");
    assert_eq!(point(&judge(&dossier("1", &a), &library(&set))), Status::Partly);
    assert_eq!(point(&judge(&dossier("1", &both), &library(&set))), Status::Met);
}

#[test]
fn a_level_wants_all_its_enhancements() {
    let a = answering("M-A", "IEC-62443-4-2/A");
    let low = judge(&dossier("L 1", &a), &library(EQUAL));
    assert_eq!(of(&low, "A"), Status::Met);
    let high = judge(&dossier("2", &a), &library(EQUAL));
    assert_eq!((of(&high, "A RE1"), of(&high, "A"), point(&high)), (Status::NotMet, Status::Partly, Status::Partly));
    let all = a + &answering("M-RE", "IEC-62443-4-2/A RE1");
    assert_eq!(of(&judge(&dossier("2", &all), &library(EQUAL)), "A"), Status::Met);
    let unknown = judge(&dossier("9", &all), &library(EQUAL));
    assert!(unknown.findings.iter().any(|it| it.code == "standard-choice"));
}

#[test]
fn requirements_are_put_aside_one_by_one_with_a_reason() {
    let aside = |reason: &str| {
        let record = format!(
            "\n[[not_applicable]]\nrequirement = \"IEC-62443-4-2/B\"\nreason = \"{reason}\"\nrefers_to = [\"context\"]\n"
        );
        judge(&dossier("1", &record), &library(EQUAL))
    };
    assert_eq!(of(&aside("The product has no interface through which this could happen."), "B"), Status::NotApplicable);
    let bad = aside("n/a");
    assert_eq!(of(&bad, "B"), Status::NotMet);
    assert!(bad.findings.iter().any(|it| it.code == "requirement-reason"));
}

#[test]
fn a_claim_of_full_application_is_tested() {
    let text = dossier("1", &answering("M-A", "IEC-62443-4-2/A"))
        .replace("follow = true", "follow = true\napplied = \"full\"");
    let open = judge(&text, &library(EQUAL));
    let finding = open.findings.iter().find(|it| it.code == "standard-not-full").expect("B is open");
    assert!(finding.message.contains("1 of its requirements are open: B"), "{}", finding.message);
    let whole = judge(&(text + &answering("M-B", "IEC-62443-4-2/B")), &library(EQUAL));
    assert!(!whole.findings.iter().any(|it| it.code == "standard-not-full"), "C is a recommendation");
}

#[test]
fn names_that_do_not_exist_are_told() {
    let wrong = judge(&dossier("1", &answering("M-A", "IEC-62443-4-2/A RE7")), &library(EQUAL));
    let finding = wrong.findings.iter().find(|it| it.code == "unknown-requirement").expect("it is told");
    assert!(finding.next.contains("A RE1"), "{}", finding.next);
    let text = dossier("1", "").replace("edition = \"made-up\"", "edition = \"1999\"");
    assert!(
        judge(&text, &library(EQUAL))
            .findings
            .iter()
            .any(|it| it.code == "edition-unknown" && it.message.contains("made-up"))
    );
}

/// A made-up standard whose one mechanism has a tree: needed? of the right kind?
fn trees() -> Library {
    let text =
        HEAD.replace("method = \"levels\"", "method = \"decision-tree\"").replace("levels = [\"L 1\", \"L 2\"]\n", "")
            + &requirement("M-1", "")
            + &requirement("M-2", "");
    let tree = "[[tree]]\nrequirement = \"M-1\"\n\
        [[tree.node]]\nid = \"D1\"\nquestion = \"Are secrets stored?\"\nyes = \"D2\"\nno = \"not-applicable\"\n\
        [[tree.node]]\nid = \"D2\"\nquestion = \"Are they sealed?\"\nyes = \"pass\"\nno = \"fail\"\n";
    let files = Files::new([
        ("standards/IEC-62443-4-2/made-up/requirements.toml", text.as_str()),
        ("standards/IEC-62443-4-2/made-up/method.toml", tree),
    ]);
    parse_library(&files).expect("the standard parses")
}

#[test]
fn a_decision_tree_comes_first_and_three_assessments_after() {
    let decision = |id: &str, more: &str| format!("\n[[decision]]\nrequirement = \"IEC-62443-4-2/{id}\"\n{more}");
    let all = "conceptual = \"passed\"\ncompleteness = \"passed\"\nsufficiency = \"passed\"\nby = \"Jaan Kask\"\non = 2027-12-20\n";
    let verdict = |more: &str| {
        let text = dossier("", more).replace("level = \"\"\n", "");
        let assessment = judge(&text, &trees());
        (of(&assessment, "M-1"), of(&assessment, "M-2"), assessment)
    };
    let measure = answering("M-A", "IEC-62443-4-2/M-1");
    let (open, plain, assessment) = verdict("");
    assert_eq!((open, plain), (Status::Unknown, Status::NotMet));
    assert!(assessment.requirements[0].because.contains("Are secrets stored?"), "the open question is asked");
    assert_eq!(verdict(&decision("M-1", "answers = [\"D1=no\"]\n")).0, Status::NotApplicable);
    assert_eq!(verdict(&(measure.clone() + &decision("M-1", "answers = [\"D1=yes\", \"D2=no\"]\n"))).0, Status::NotMet);
    let right = "answers = [\"D1=yes\", \"D2=yes\"]\n";
    assert_eq!(verdict(&(measure.clone() + &decision("M-1", right))).0, Status::Partly, "nobody assessed it");
    assert_eq!(verdict(&(measure.clone() + &decision("M-1", &format!("{right}{all}")))).0, Status::Met);
    let failed = all.replace("sufficiency = \"passed\"", "sufficiency = \"failed\"");
    assert_eq!(verdict(&(measure + &decision("M-1", &format!("{right}{failed}")))).0, Status::NotMet);
    let without_tree = answering("M-B", "IEC-62443-4-2/M-2") + &decision("M-2", all);
    assert_eq!(verdict(&without_tree).1, Status::Met, "where the tree is not public the assessments remain");
}
