//! What the engine says of a dossier: one that passes, and the same with one thing wrong at a time.

use conforme_catalogue::{Catalogue, Library, Severity, Stage};
use conforme_core::assessment::{Assessment, Gate, Status};
use conforme_core::evaluate::{Question, evaluate};
use conforme_core::files::{FileFact, FileFacts, wanted};
use conforme_core::load::{Loaded, load};
use conforme_core::source::SourceFile;
use jiff::civil::{Date, date};

pub(crate) const PASSING: &str = include_str!("fixtures/passing.toml");
pub(crate) const ON: Date = date(2028, 1, 8);

fn read(law: &Catalogue, text: &str) -> Loaded {
    load(law, &[SourceFile { path: "conforme.toml".into(), text: text.into() }], None)
}

/// Every file that is named exists and has the hash `aa`.
pub(crate) fn all_there(loaded: &Loaded) -> FileFacts {
    let mut facts = FileFacts::default();
    for path in wanted(&loaded.dossier, &loaded.sources).into_iter().filter_map(|it| it.path) {
        facts.insert(path, FileFact::Present { size: 10, sha256: "aa".into() });
    }
    facts
}

pub(crate) fn judge(text: &str, as_of: Date) -> (Loaded, Assessment) {
    let law = conforme_law::catalogue();
    let loaded = read(&law, text);
    let files = all_there(&loaded);
    let assessment = evaluate(Question {
        law: &law,
        loaded: &loaded,
        library: &Library::default(),
        files: &files,
        release: None,
        variant: None,
        as_of,
    });
    (loaded, assessment)
}

fn told(assessment: &Assessment) -> Vec<String> {
    assessment.findings.iter().map(|it| format!("{}[{}] {}", it.severity.word(), it.code, it.message)).collect()
}

/// Replaces one stretch of the passing dossier and expects a code at the line of `at`.
#[track_caller]
fn seeded(from: &str, to: &str, code: &str, at: &str) -> Assessment {
    assert_eq!(PASSING.matches(from).count(), 1, "the defect is put in exactly once: {from}");
    let text = PASSING.replacen(from, to, 1);
    let (loaded, assessment) = judge(&text, ON);
    let found: Vec<_> = assessment.findings.iter().filter(|it| it.code == code).collect();
    assert!(!found.is_empty(), "no {code} in {:#?}", told(&assessment));
    if !at.is_empty() {
        let lines: Vec<&str> = text.lines().collect();
        let hit =
            found.iter().filter_map(|it| it.place).any(|it| lines[loaded.sources.line_column(it).0 - 1].contains(at));
        assert!(
            hit,
            "{code} does not point at `{at}`: {:?}",
            found.iter().map(|it| it.place.map(|it| loaded.sources.line_column(it))).collect::<Vec<_>>()
        );
    }
    for finding in &found {
        assert!(!finding.next.is_empty() && !finding.cites.is_empty(), "{code} says what now and on what it rests");
    }
    assessment
}

#[test]
fn a_complete_dossier_passes_every_gate() {
    let (_, assessment) = judge(PASSING, ON);
    for stage in Stage::ALL {
        assert_eq!(assessment.gate(stage, Severity::Warning), Gate::Passed, "{stage:?}: {:#?}", told(&assessment));
    }
    assert!(assessment.verdicts.len() > 60);
    assert!(assessment.verdicts.iter().all(|it| matches!(it.status, Status::Met | Status::NotApplicable)));
}

#[test]
fn equal_arguments_give_equal_assessments() {
    assert_eq!(judge(PASSING, ON).1, judge(PASSING, ON).1);
}

#[test]
fn evidence_counts_only_when_it_shows_something() {
    let gate = |it: &Assessment| it.gate(Stage::Documentation, Severity::Error);
    let failed = seeded(
        "result = \"passed\"\n\n[[evidence]]",
        "result = \"failed\"\n\n[[evidence]]",
        "evidence-failed",
        "E-TEST",
    );
    assert_eq!(failed.verdict("CRA-I-2-d").map(|it| it.status), Some(Status::NotMet));
    let other = seeded("releases = [\"3.0\"]", "releases = [\"2.9\"]", "evidence-other-release", "2.9");
    assert_eq!(other.verdict("CRA-I-2-d").map(|it| it.status), Some(Status::Unknown));
    let unexamined = seeded("tool = \"cargo test\"\nresult = \"passed\"\n", "", "evidence-unexamined", "E-TEST");
    assert_eq!(unexamined.verdict("CRA-I-2-d").map(|it| it.status), Some(Status::Partly));
    let stale = seeded("valid_until = 2029-01-01", "valid_until = 2028-01-01", "evidence-stale", "2028-01-01");
    assert_eq!(gate(&stale), Gate::Undecided, "{:#?}", told(&stale));
    let altered = seeded(
        "file = \"evidence/tests.xml\"\nsha256 = \"aa\"",
        "file = \"evidence/tests.xml\"\nsha256 = \"bb\"",
        "hash-differs",
        "bb",
    );
    assert_eq!(gate(&altered), Gate::Undecided);
    seeded(
        "made = 2027-12-18\nkind = \"test report\"",
        "made = 2028-03-18\nkind = \"test report\"",
        "evidence-future",
        "2028-03-18",
    );
    seeded("evidence/tests.xml", "../../outside.xml", "path-outside", "outside.xml");
}

#[test]
fn dates_that_contradict_each_other_are_told() {
    let early = seeded(
        "by = \"Jaan Kask\", on = 2027-12-01",
        "by = \"Jaan Kask\", on = 2020-12-01",
        "date-order",
        "2020-12-01",
    );
    assert!(early.findings.iter().any(|it| it.code == "evidence-unexamined"), "such an examination does not count");
    seeded("by = \"Jaan Kask\", on = 2027-12-01", "by = \"Jaan Kask\", on = 2028-12-01", "date-future", "2028-12-01");
    seeded("reviewed_on = 2027-12-15", "reviewed_on = 2031-12-15", "date-future", "2031-12-15");
    seeded(
        "matches = 2, judged = 2, exploitable = 0, approved_by = \"Mari Tamm\", approved_on = 2028-01-02",
        "matches = 2, judged = 2, exploitable = 0, approved_by = \"Mari Tamm\", approved_on = 2027-01-02",
        "date-order",
        "2027-01-02",
    );
    let sbom = "tool = \"maker 1.0\", made = 2027-12-18, complete = true }\nscan = { file = \"sbom/backup-scan.json\"";
    seeded(sbom, &sbom.replace("2027-12-18", "2028-01-20"), "date-order", "placing = 2028-01-10");
}

#[test]
fn evidence_of_another_release_holds_with_a_reason() {
    let text = PASSING.replacen(
        "releases = [\"3.0\"]",
        "releases = [\"2.9\"]\nholds = [{ release = \"3.0\", reason = \"only the manual changed between the two releases\" }]",
        1,
    );
    let text = text.replacen(
        "[[release]]\nversion = \"3.0\"",
        "[[release]]\nversion = \"2.9\"\nplacing = 2027-12-12\nplaced = true\n\n[[release]]\nversion = \"3.0\"",
        1,
    );
    let (_, assessment) = judge(&text, ON);
    assert_eq!(assessment.verdict("CRA-I-2-d").map(|it| it.status), Some(Status::Met), "{:#?}", told(&assessment));
}

#[test]
fn risks_are_treated_and_accepted_on_grounds_the_law_admits() {
    seeded("treatment = \"mitigate\"\n", "", "risk-untreated", "R-THEFT");
    seeded("measures = [\"M-PRODUCT\"]\nresidual", "measures = []\nresidual", "risk-without-measure", "R-THEFT");
    seeded("residual = \"low\"", "residual = \"high\"", "risk-above-criteria", "residual");
    // Within the criteria but not nothing: somebody signs for it. Above the criteria nobody can.
    seeded(
        "acceptable = \"low\"\naccepting_roles = [\"product security officer\"]",
        "acceptable = \"high\"\nlevels = [\"none\", \"low\", \"medium\", \"high\"]\naccepting_roles = [\"product security officer\"]",
        "risk-not-accepted",
        "R-THEFT",
    );
    // Acceptance alone lowers nothing: without a measure the level before treatment is what remains.
    let bare = PASSING.replacen("measures = [\"M-PRODUCT\"]\n", "", 1);
    let (_, accepted) = judge(&bare.replacen("treatment = \"mitigate\"", "treatment = \"accept\"", 1), ON);
    assert!(accepted.findings.iter().any(|it| it.code == "risk-above-criteria"), "{:#?}", told(&accepted));
    let (_, passed_on) = judge(&bare.replacen("treatment = \"mitigate\"", "treatment = \"transfer\"", 1), ON);
    assert!(passed_on.findings.iter().any(|it| it.code == "risk-to-user"), "{:#?}", told(&passed_on));
    seeded("residual = \"low\"\n", "", "risk-no-residual", "R-THEFT");
    seeded("residual = \"low\"", "residual = \"tiny\"", "risk-unknown-level", "tiny");
    let accept = |ground: &str, role: &str| {
        format!(
            "residual = \"low\"\nacceptance = {{ by = \"Jaan Kask\", role = \"{role}\", on = 2027-12-15, ground = \"{ground}\", reason = \"the books are encrypted and the key is with the user\" }}"
        )
    };
    for ground in ["cost", "convenience", "appetite"] {
        seeded("residual = \"low\"", &accept(ground, "product security officer"), "risk-ground", "acceptance");
    }
    seeded("residual = \"low\"", &accept("user-notice", "product security officer"), "risk-to-user", "acceptance");
    seeded("residual = \"low\"", &accept("within-criteria", "intern"), "risk-role", "acceptance");
    seeded("acceptable = \"low\"\n", "", "criteria-missing", "[criteria]");
}

#[test]
fn what_always_applies_cannot_be_put_aside() {
    seeded("provision = \"CRA-I-2-l\"", "provision = \"CRA-II-3\"", "always-applies", "CRA-II-3");
    seeded("provision = \"CRA-I-2-l\"", "provision = \"CRA-I-1\"", "always-applies", "CRA-I-1");
    let reason =
        "reason = \"The program has no service that others reach, and the asset BOOKS is opened by its owner alone.\"";
    seeded(reason, "reason = \"not applicable\"", "not-applicable-reason", "not applicable");
    seeded(reason, "reason = \"\"", "not-applicable-reason", "reason");
    seeded("refers_to = [\"BOOKS\", \"R-THEFT\"]\n", "", "not-applicable-reference", "CRA-I-2-l");
    seeded(
        "refers_to = [\"BOOKS\", \"R-THEFT\"]",
        "refers_to = [\"agreement\"]",
        "exception-not-tailor-made",
        "agreement",
    );
    seeded("free_updates = true", "free_updates = false", "exception-not-tailor-made", "free_updates");
}

#[test]
fn the_support_period_is_compared_with_the_last_placing() {
    let short = seeded("end = \"2035-01\"", "end = \"2032-12\"", "CRA-A13-8", "end");
    assert_eq!(short.verdict("CRA-A13-8").map(|it| it.status), Some(Status::NotMet));
    seeded("last_placing = 2028-01-10", "last_placing = 2030-06-30", "CRA-A13-8", "end");
    // Expected use below the floor sets the period, with its reason.
    let text = PASSING.replacen("expected_use_years = 7", "expected_use_years = 2", 1).replacen(
        "end = \"2035-01\"",
        "end = \"2030-01\"",
        1,
    );
    let (_, shorter) = judge(&text, ON);
    assert_eq!(shorter.verdict("CRA-A13-8").map(|it| it.status), Some(Status::Met));
    seeded("support_end = \"2050-12\"", "support_end = \"2030-12\"", "component-support", "2030-12");
    seeded("kept_until = \"2038-02\"", "kept_until = \"2037-12\"", "CRA-A13-13", "kept_until");
}

#[test]
fn steps_have_an_order() {
    seeded("declared_on = 2028-01-05", "declared_on = 2028-01-15", "CRA-A13-12", "placing");
    seeded("assessed_on = 2027-12-21", "assessed_on = 2027-12-01", "CRA-A13-12", "assessed_on");
    let open = seeded("declared_on = 2028-01-05\n", "", "CRA-A13-12", "[[release]]");
    assert_eq!(open.gate(Stage::Documentation, Severity::Error), Gate::Passed);
    assert_eq!(open.gate(Stage::Declaration, Severity::Error), Gate::Failed);
}

#[test]
fn a_release_with_something_exploitable_is_not_met() {
    let open = seeded(
        "matches = 2, judged = 2, exploitable = 0",
        "matches = 2, judged = 2, exploitable = 1",
        "CRA-I-2-a",
        "scan =",
    );
    assert_eq!(open.verdict("CRA-I-2-a").map(|it| it.status), Some(Status::NotMet));
    let unjudged = seeded("matches = 2, judged = 2", "matches = 2, judged = 1", "CRA-I-2-a", "");
    assert_eq!(unjudged.verdict("CRA-I-2-a").map(|it| it.status), Some(Status::Unknown));
    let old = seeded("data_date = 2027-12-30, matches = 2", "data_date = 2027-06-30, matches = 2", "CRA-I-2-a", "");
    assert_eq!(old.verdict("CRA-I-2-a").map(|it| it.status), Some(Status::Unknown));
    seeded("format = \"SPDX 2.3\"", "format = \"Excel\"", "CRA-II-1", "Excel");
}

#[test]
fn names_lead_somewhere() {
    seeded("measures = [\"M-PRODUCT\"]", "measures = [\"M-PRODUKT\"]", "dangling-reference", "M-PRODUKT");
    seeded("evidence = [\"E-REVIEW\"]", "evidence = [\"E-REVIEWS\"]", "dangling-reference", "E-REVIEWS");
    seeded("\"CRA-I-2-m\"]", "\"CRA-I-2-n\"]", "unknown-provision", "answers");
    seeded("id = \"E-REVIEW\"", "id = \"E-TEST\"", "id-twice", "E-TEST");
    seeded("title = \"Backup service\"\nruns", "title = \"Desktop program\"\nruns", "id-twice", "Desktop program");
    seeded("does = [\"keep-accounts\"]", "does = [\"keep-acounts\"]", "unknown-word", "keep-acounts");
    seeded("core = true", "core = false", "core-function", "[[function]]");
    seeded("markets = [\"IE\"]", "markets = [\"IE\", \"UK\"]", "unknown-market", "UK");
    seeded("markets = [\"IE\"]", "markets = [\"IE\", \"DE\"]", "language-missing", "[user_information]");
    seeded("runs = \"remote\"\nmade_by = \"manufacturer\"\n", "runs = \"remote\"\n", "part-undecided", "[[part]]");
    seeded(
        "runs = \"remote\"\nmade_by = \"manufacturer\"",
        "runs = \"remote\"\nmade_by = \"third-party\"",
        "service-without-diligence",
        "[[part]]",
    );
}

#[test]
fn mistakes_in_writing_are_told_where_they_are() {
    seeded("address = \"Pikk", "adress = \"Pikk", "unknown-key", "adress");
    seeded("expected_use_years = 7", "expected_use_years = \"seven\"", "wrong-type", "seven");
    seeded("end = \"2035-01\"", "end = \"January 2035\"", "wrong-date", "January");
    seeded("module = \"A\"", "module = \"B\"", "unknown-word", "\"B\"");
    seeded("format = 1\n", "format = 9\n", "unknown-format", "format");
    let broken = seeded("[users]", "[users", "syntax", "[users");
    assert_eq!(broken.gate(Stage::Documentation, Severity::Error), Gate::Failed);
    assert!(broken.verdicts.is_empty(), "nothing behind a syntax error is judged");
}

#[test]
fn older_units_owe_reporting_only_and_later_ones_everything() {
    let old = PASSING.replacen(
        "placing = 2028-01-10\nlast_placing = 2028-01-10",
        "placing = 2027-06-01\nlast_placing = 2027-12-10",
        1,
    );
    let (_, assessment) = judge(&old, ON);
    assert!(
        assessment.verdicts.iter().all(|it| it.id.as_str().starts_with("CRA-A14")),
        "{:?}",
        assessment.verdicts.len()
    );
    assert!(!assessment.verdicts.is_empty());
    let later = old.replacen("last_placing = 2027-12-10", "last_placing = 2028-12-10", 1);
    let (_, assessment) = judge(&later, ON);
    assert!(assessment.findings.iter().any(|it| it.code == "later-units"));
    assert!(assessment.verdict("CRA-I-2-d").is_some());
    // An update for units already placed: the decision on substantial modification counts.
    let update = |decision: &str| {
        let first = "[[release]]\nversion = \"2.0\"\nplacing = 2027-06-01\nlast_placing = 2027-09-01\nplaced = true\n\n[[release]]";
        let text = PASSING.replacen("[[release]]", first, 1);
        text.replacen(
            "placing = 2028-01-10\nlast_placing",
            &format!("update_of = \"2.0\"\n{decision}placing = 2028-01-10\nlast_placing"),
            1,
        )
    };
    let (_, fix) = judge(&update("substantial_modification = false\n"), ON);
    assert!(fix.verdict("CRA-I-2-d").is_none(), "a bug fix does not bring the product under the law");
    let (_, feature) = judge(&update("substantial_modification = true\n"), ON);
    assert!(feature.verdict("CRA-I-2-d").is_some(), "a substantial modification does");
    let (_, undecided) = judge(&update(""), ON);
    assert!(undecided.findings.iter().any(|it| it.code == "modification-undecided"));
}

#[test]
fn roles_ask_their_own_questions() {
    let importer = PASSING.replacen("format = 1\n", "format = 1\nrole = \"importer\"\n", 1);
    let (_, assessment) = judge(&importer, ON);
    assert!(assessment.verdict("CRA-A19-2").is_some() && assessment.verdict("CRA-I-2-d").is_none());
    let brand =
        importer.replacen("supplied_to =", "own_brand = true\nsubstantially_modified = false\nsupplied_to =", 1);
    let (_, assessment) = judge(&brand, ON);
    assert!(assessment.findings.iter().any(|it| it.code == "becomes-manufacturer"));
    let represented = PASSING.replacen(
        "[product]\n",
        "[authorised_representative]\nname = \"Rep\"\naddress = \"Riga\"\nmandate = [\"CRA-A13-13\", \"CRA-A13-8\"]\nevidence = \"E-REVIEW\"\n\n[product]\n",
        1,
    );
    let (_, assessment) = judge(&represented, ON);
    assert!(assessment.findings.iter().any(|it| it.code == "mandate-excluded"), "{:#?}", told(&assessment));
}

#[test]
fn a_family_stays_one_while_nothing_that_matters_differs() {
    let family = |variant: &str| {
        format!(
            "{PASSING}\n[family]\nreason = \"the same program under three names\"\n\n[[variant]]\nname = \"Linden Ledger Blue\"\n{variant}\n"
        )
    };
    let (_, fine) =
        judge(&family("differs = [\"colour of the icon\"]\nreason = \"an icon has no effect on security\""), ON);
    assert_eq!(fine.gate(Stage::Support, Severity::Warning), Gate::Passed, "{:#?}", told(&fine));
    for key in ["risks", "interfaces", "components", "sboms"] {
        let (_, broken) = judge(&family(&format!("{key} = [\"R-THEFT\"]")), ON);
        assert!(broken.findings.iter().any(|it| it.code == "family-broken"), "{key}");
    }
}

#[test]
fn a_beta_with_sign_and_end_need_not_comply() {
    let beta = PASSING.replacen("[users]\n", "[supply]\ntest_version = true\n\n[users]\n", 1);
    let (_, open) = judge(&beta, ON);
    assert_eq!(open.verdict("CRA-A4-3").map(|it| it.status), Some(Status::NotMet));
    let signed = beta.replacen(
        "version = \"3.0\"\nplacing",
        "version = \"3.0\"\ntest_until = 2028-06-30\ntest_sign = \"Beta, for testing only\"\nplacing",
        1,
    );
    let (_, allowed) = judge(&signed, ON);
    assert_eq!(allowed.verdict("CRA-A4-3").map(|it| it.status), Some(Status::Met));
    assert!(allowed.verdict("CRA-I-2-d").is_none(), "what is unfinished is not judged as if it were finished");
}

#[test]
fn a_steward_has_a_policy_and_no_declaration() {
    let steward = "format = 1\nrole = \"steward\"\n[product]\nname = \"libgarden\"\nkind = \"software\"\nconnection = \"direct\"\n\
        [[function]]\ncore = true\ndoes = [\"keep-accounts\"]\n[supply]\ncommercial = false\nsupplier = \"non-profit\"\n\
        supports_systematically = true\nearns = [\"donations-without-profit\"]\n[licence]\nopen_source = true\n\
        [steward]\npolicy = \"https://garden.example/policy\"\ncovers = [\"secure-development\", \"vulnerability-handling\", \"voluntary-reporting\", \"sharing\"]\n\
        [[release]]\nversion = \"1.0\"\nplacing = 2028-01-10\n";
    let (_, assessment) = judge(steward, ON);
    assert_eq!(assessment.verdict("CRA-A24-1").map(|it| it.status), Some(Status::Met), "{:#?}", told(&assessment));
    assert!(assessment.verdict("CRA-A28-1").is_none() && assessment.routes.is_none());
    let (_, wrong) = judge(&format!("{steward}[declaration]\nsignatory = \"A\"\n"), ON);
    assert!(wrong.findings.iter().any(|it| it.code == "steward-no-ce"));
}

/// An overlay that cites a standard opens module A for a class I product that applies it in full, and only then.
#[test]
fn a_citation_opens_internal_control_when_everything_is_covered() {
    let router = PASSING.replacen("does = [\"keep-accounts\"]", "does = [\"route-between-networks\"]", 1).replacen(
        "category = \"default\"",
        "category = \"III-I-12\"",
        1,
    );
    let applied = |part_two: bool| {
        let mut text = router.clone();
        text += "\n[[standard]]\nid = \"EN-304-627\"\nedition = \"EN 304 627:2027\"\napplied = \"full\"\ncovers_core_risks = true\nreason = \"compared point by point\"\n";
        if part_two {
            text += "\n[[standard]]\nid = \"EN-40000-1-3\"\nedition = \"EN 40000-1-3:2027\"\napplied = \"full\"\ncovers_core_risks = true\nreason = \"compared point by point\"\n";
        }
        text
    };
    let citation = |edition: &str, from: &str, end: &str| {
        format!("[[citation]]\nedition = \"{edition}\"\noj = \"OJ L, 2027/1\"\nfrom = {from}\n{end}")
    };
    let judged = |text: &str, vertical: Option<&str>, horizontal: Option<&str>| {
        let mut files = Vec::new();
        files.extend(vertical.map(|it| ("standards/EN-304-627/standard.toml", it)));
        files.extend(horizontal.map(|it| ("standards/EN-40000-1-3/standard.toml", it)));
        let overlay = conforme_catalogue::Files::new(files);
        let law =
            conforme_catalogue::parse(&conforme_law::files().overlaid("what-if", overlay)).expect("the overlay parses");
        let loaded = read(&law, text);
        let files = all_there(&loaded);
        let assessment = evaluate(Question {
            law: &law,
            loaded: &loaded,
            library: &Library::default(),
            files: &files,
            release: None,
            variant: None,
            as_of: ON,
        });
        (assessment.verdict("CRA-A32-2").map(|it| it.status), assessment)
    };
    let vertical = citation("EN 304 627:2027", "2027-06-01", "");
    let horizontal = citation("EN 40000-1-3:2027", "2027-06-01", "");
    let (both, assessment) = judged(&applied(true), Some(&vertical), Some(&horizontal));
    assert_eq!(both, Some(Status::Met), "{:#?}", told(&assessment));
    assert!(
        assessment
            .verdict("CRA-I-2-d")
            .is_some_and(|it| it.because.contains("presumption") && it.status == Status::Met)
    );
    assert!(assessment.findings.iter().any(|it| it.code == "rests-on-overlay"));
    assert_eq!(
        judged(&applied(false), Some(&vertical), Some(&horizontal)).0,
        Some(Status::NotMet),
        "Part II is applied by nothing"
    );
    assert_eq!(
        judged(&applied(true), None, Some(&horizontal)).0,
        Some(Status::NotMet),
        "a Part II standard alone opens nothing"
    );
    let later = citation("EN 304 627:2027", "2028-02-01", "");
    assert_eq!(judged(&applied(true), Some(&later), Some(&horizontal)).0, Some(Status::NotMet), "cited after placing");
    let gone = citation("EN 304 627:2027", "2027-06-01", "withdrawn = 2028-01-01\n");
    assert_eq!(
        judged(&applied(true), Some(&gone), Some(&horizontal)).0,
        Some(Status::NotMet),
        "withdrawn before placing"
    );
    let other = citation("EN 304 627:2029", "2027-06-01", "");
    assert_eq!(judged(&applied(true), Some(&other), Some(&horizontal)).0, Some(Status::NotMet), "another edition");
    let partial = applied(true).replace(
        "id = \"EN-304-627\"\nedition = \"EN 304 627:2027\"\napplied = \"full\"",
        "id = \"EN-304-627\"\nedition = \"EN 304 627:2027\"\napplied = \"part\"",
    );
    assert_eq!(judged(&partial, Some(&vertical), Some(&horizontal)).0, Some(Status::NotMet), "applied in part");

    let ends = |last: &str| {
        let series = applied(true).replacen("last_placing = 2028-01-10", &format!("last_placing = {last}"), 1);
        let ending = citation("EN 304 627:2027", "2027-06-01", "withdrawn = 2028-06-01\n");
        let (route, assessment) = judged(&series, Some(&ending), Some(&horizontal));
        assert_eq!(route, Some(Status::Met), "open on the first day");
        assessment.findings.iter().any(|it| it.code == "presumption-ends")
    };
    assert!(ends("2028-08-01"), "units are placed after the withdrawal");
    assert!(!ends("2028-05-31"), "the last unit is placed before it");
}
