//! An edition with every field, and texts that formats stumble over.

use conforme_catalogue::{Files, Id, StandardEdition, parse_library};

const REQUIREMENTS: &str = r#"
edition = "Hard: 2026 <&> \"x\""
reach = "partial"
reach_note = """two
lines """
method = "requirements"
source = ["a", " b "]
as_of = "2026-05"
certainty = "derived"
doubt = "in-remarks"
levels = ["SL 1", "SL;2"]
use_cases = [{ id = "UC 1", title = "first" }]
groups = [{ id = "CR 1", title = "" , clause = "5" }, { id = "CR-1", title = "other\nline" }, { id = "2", title = "unused" }]
[frame]
scope = "s"
risks_not_covered = []
not_covered = ["CRA-I-2-a"]
[[threat]]
id = "T 1"
title = "t"
[[objective]]
id = "O"
title = "o"
answers = ["T 1"]
requirements = ["CR 1.1"]

[[requirement]]
id = "CR 1.1"
title = "=SUM(A1)"
statement = "  begins and ends with blanks\r\nand \u0007 bells \u241b; _x0041_ \n"
kind = "process"
modal = "should"
clause = "+1"
group = "CR-1"
levels = ["SL 1", "SL;2"]
use_cases = ["UC 1"]
applies = { all = [{ not = { fact = "can.x", is = true } }, { max = ["a", "b"], at_least = 2 }, { fact = "w", is = "word" }, { fact = "l", has = "m" }] }
applies_note = "in words"
inputs = ["one", "two\nlines", "", "- dash; semicolon"]
outputs = ["@out"]
evidence = ["e", "e"]
origin = ["EN-18031-1/GEC-1"]
source = [""]
certainty = "uncertain"
doubt = ""
[requirement.assessment]
by = ["test", "examine", "interview"]
objective = "o"
preparation = ["p"]
activities = ["a", "b"]
expected = ""
reference = "R-1"
derived = true

[[requirement]]
id = "CR 1.1 RE1"
title = ""
statement = ""
kind = "document"
group = "CR 1"
parent = "CR 1.1"
[requirement.assessment]
by = []
expected = "x"

[[requirement]]
id = "CR-1.1"
title = "the same token as the first"
kind = "product"
group = "CR-1"
parent = "CR 9"
[requirement.assessment]
by = ["test"]
expected = "{{ insert: param, p }}"

[[requirement]]
id = "9"
title = "inside, without the group"
kind = "product"
parent = "CR-1.1"
modal = "may"
[requirement.assessment]
by = ["test"]
expected = "x"

[[requirement]]
id = "CR 1.2"
title = "a group that no list has, after others"
kind = "product"
group = "ZZ"
[requirement.assessment]
by = ["test"]
expected = "x"

[[requirement]]
id = "CR 1.3"
title = "back in the first group"
kind = "product"
group = "CR 1"
[requirement.assessment]
by = ["test"]
expected = "x"
"#;

const MAPPING: &str = r#"
source = ["m"]
as_of = 2026-01-02
authority = "practice"
[[map]]
provision = "CRA-I-2-a"
relation = "subset"
requirements = ["CR 1.1", "9"]
reason = "because"
[[map]]
provision = "CRA-I-2-b"
relation = "equal"
requirements = ["9"]
reason = "because"
certainty = "derived"
doubt = "d"
[[together]]
provision = "CRA-I-2-a"
requirements = ["CR 1.1", "9"]
reason = "both"
[[gap]]
provision = "CRA-I-2-c"
topic = "sbom"
reason = "none"
"#;

pub fn edition() -> StandardEdition {
    let texts = [("standards/HARD/v 1/requirements.toml", REQUIREMENTS), ("mappings/HARD@v 1.toml", MAPPING)];
    let mut library = parse_library(&Files::new(texts)).expect("the edition is read");
    let edition = library.editions.pop().expect("an edition");
    assert_eq!(edition.standard, Id::from("HARD"));
    assert!(edition.mapping.is_some());
    edition
}
