//! Behaviour of the editor: one value changes, every other byte stays.

use super::{EditError, parts, set};
use toml_edit::Value;

const FILE: &str = "\
format = 1

# how long
[support] # the period
end   = \"2032-12\" # proposed
#reason = \"\"

[[release]]
version = \"1.0\"
#declared_on = \"\"

[[release.part]]
part = \"Firmware\"
sbom = { file = \"a\" }

[[release]]
version = \"2.0\"
#[release.test]
#sign = \"\"

#[family]
# Why they are alike.
#reason = \"\"
";

#[track_caller]
fn check(key: &str, value: impl Into<Value>, before: &str, after: &str) {
    let value = value.into();
    let edited = set(FILE, &parts(key), &value).expect("can be set");
    assert_eq!(edited, FILE.replacen(before, after, 1));
    assert_ne!(edited, FILE);
    toml_edit::Document::parse(edited.as_str()).expect("still TOML");
    // The same on a machine with other line ends.
    let dos = FILE.replace('\n', "\r\n");
    assert_eq!(set(&dos, &parts(key), &value).expect("can be set"), edited.replace('\n', "\r\n"));
}

#[test]
fn a_value_is_replaced_and_its_comment_stays() {
    check("support.end", "2033-12", "\"2032-12\" #", "\"2033-12\" #");
    check("release[1.0].version", "1.1", "\"1.0\"", "\"1.1\"");
    check("release[1.0].part[Firmware].sbom.file", "b", "\"a\"", "\"b\"");
}

#[test]
fn a_key_that_waits_as_a_comment_comes_to_life_in_its_place() {
    check("support.reason", "long", "#reason = \"\"", "reason = \"long\"");
    check("release[1.0].declared_on", "x", "#declared_on = \"\"", "declared_on = \"x\"");
    check(
        "family.reason",
        "alike",
        "#[family]\n# Why they are alike.\n#reason = \"\"",
        "[family]\n# Why they are alike.\nreason = \"alike\"",
    );
    check("release[2.0].test.sign", "x", "#[release.test]\n#sign = \"\"", "[release.test]\nsign = \"x\"");
}

#[test]
fn the_comment_of_a_waiting_key_stays_when_it_describes_the_key() {
    let text = "[a]\n#b = \"\"  # What b is.\n#c = \"x\"  # proposed\n#d = \"YYYY-MM\"  # When.\n";
    let change = |key: &str, value: &str| set(text, &["a", key], &Value::from(value)).expect("can be set");
    assert_eq!(change("b", "1"), text.replace("#b = \"\"", "b = \"1\""));
    assert_eq!(change("c", "x"), text.replace("#c", "c"));
    assert_eq!(change("c", "y"), text.replace("#c = \"x\"  # proposed", "c = \"y\""));
    assert_eq!(change("d", "2030-01"), text.replace("#d = \"YYYY-MM\"", "d = \"2030-01\""));
}

#[test]
fn a_new_key_follows_the_last_one_of_its_table() {
    check("support.kind", "patches", "# proposed\n", "# proposed\nkind = \"patches\"\n");
    check("release[2.0].placed", true, "version = \"2.0\"\n", "version = \"2.0\"\nplaced = true\n");
    check("role", "importer", "format = 1\n", "format = 1\nrole = \"importer\"\n");
    check("release[1.0].part.sbom.tool", "x", "{ file = \"a\" }", "{ file = \"a\", tool = \"x\" }");
}

#[test]
fn a_new_table_follows_the_file_or_its_record() {
    let tail = "# Why they are alike.\n#reason = \"\"\n";
    check("declaration.signatory", "A", tail, &format!("{tail}\n[declaration]\nsignatory = \"A\"\n"));
    let record = "#declared_on = \"\"\n";
    check("release[1.0].x.y", 1, record, &format!("{record}\n[release.x]\ny = 1\n"));
    check(
        "release[1.0].part.scan.tool",
        "x",
        "{ file = \"a\" }\n",
        "{ file = \"a\" }\n\n[release.part.scan]\ntool = \"x\"\n",
    );
}

#[test]
fn lines_inside_a_text_are_no_keys() {
    let text = "[a]\nx = \"\"\"\n#b = 1\n[c]\n\"\"\"\n";
    assert_eq!(set(text, &["a", "b"], &Value::from(2)), Ok(format!("{text}b = 2\n")));
}

#[test]
fn tables_written_with_dots_and_only_as_super_tables_work() {
    let text = "a.b = 1\n\n[c.d]\ne = 1\n";
    assert_eq!(set(text, &["a", "x"], &Value::from(2)), Ok("a.b = 1\na.x = 2\n\n[c.d]\ne = 1\n".to_owned()));
    assert_eq!(set(text, &["a", "x", "y"], &Value::from(2)), Ok("a.b = 1\na.x.y = 2\n\n[c.d]\ne = 1\n".to_owned()));
    assert_eq!(set(text, &["c", "x"], &Value::from(2)), Ok("a.b = 1\n\n[c.d]\ne = 1\n\n[c]\nx = 2\n".to_owned()));
    for path in [["a", "x"].as_slice(), &["a", "x", "y"], &["c", "x"]] {
        toml_edit::Document::parse(set(text, path, &Value::from(2)).expect("can be set")).expect("still TOML");
    }
}

#[test]
fn a_list_asks_which_record_is_meant() {
    let known = vec!["1.0".to_owned(), "2.0".to_owned()];
    let error = set(FILE, &["release", "placed"], &Value::from(true));
    assert_eq!(error, Err(EditError::WhichRecord { list: "release".to_owned(), known: known.clone() }));
    let error = set(FILE, &["release[3]", "placed"], &Value::from(true));
    assert_eq!(error, Err(EditError::NoRecord { list: "release".to_owned(), name: "3".to_owned(), known }));
    let error = set(FILE, &["risk[R]", "level"], &Value::from("low"));
    assert_eq!(error, Err(EditError::NoRecord { list: "risk".to_owned(), name: "R".to_owned(), known: Vec::new() }));
    assert_eq!(set(FILE, &["support"], &Value::from(1)), Err(EditError::OtherKind("support".to_owned())));
    assert!(matches!(set("a = ", &["a"], &Value::from(1)), Err(EditError::Syntax(_))));
}
