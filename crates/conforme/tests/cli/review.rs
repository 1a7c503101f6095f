//! `conforme review`.

use crate::world::{ON, Ran, World};
use std::collections::BTreeMap;

fn begun(world: &World) {
    let ran = world.run(&["review", "new", "--on", ON, "--by", "Liis Org \"LO\"", "--output", "review/1.toml"]);
    assert_eq!(ran.code(), 0, "{}", ran.err());
}

fn check(world: &World, more: &[&str]) -> Ran {
    world.run(&[&["review", "check", ".", "review/1.toml", "--on", ON], more].concat())
}

/// State of each item by its id.
fn states(world: &World) -> BTreeMap<String, String> {
    let json = check(world, &["--format", "json"]).json();
    let word = |it: &serde_json::Value| it.as_str().expect("a word").to_owned();
    json["items"].as_array().expect("items").iter().map(|it| (word(&it["id"]), word(&it["state"]))).collect()
}

/// Every item judged and closed.
fn passed(world: &World) {
    let text = world.read("review/1.toml");
    world.write(
        "review/1.toml",
        &text.replace("verdict = \"open\"", "verdict = \"pass\"").replace("#on = \"YYYY-MM-DD\"", "on = 2028-01-08"),
    );
}

#[track_caller]
fn stale(world: &World) -> Vec<String> {
    let ran = check(world, &[]);
    assert_eq!(ran.code(), 3, "{}{}", ran.out(), ran.err());
    states(world).into_iter().filter(|(_, state)| state == "stale").map(|(id, _)| id).collect()
}

#[test]
fn a_review_goes_from_open_to_closed_and_never_touches_the_dossier() {
    let world = World::passing();
    let before = world.read("conforme.toml");
    begun(&world);
    let open = check(&world, &[]);
    assert_eq!(open.code(), 3, "{}", open.err());
    assert!(open.out().contains("open    CRA-I-2-d"), "{}", open.out());
    assert!(states(&world).len() > 60 && states(&world).values().all(|it| it == "open"));
    passed(&world);
    let closed = check(&world, &[]);
    assert_eq!(closed.code(), 0, "{}{}", closed.out(), closed.err());
    assert!(closed.out().contains(" 0 open, 0 stale, 0 failed"), "{}", closed.out());
    assert_eq!(world.read("conforme.toml"), before);
    let again = world.run(&["review", "new", "--on", ON, "--by", "x", "--output", "review/1.toml"]);
    assert_eq!(again.code(), 2, "an assessor's work is never replaced");
    let maker = world.run(&["review", "new", "--on", ON, "--by", "x", "--output", "risk.toml"]);
    assert!(maker.code() == 2 && !world.path().join("risk.toml").exists(), "{}", maker.err());
}

#[test]
fn what_the_dossier_changes_makes_its_own_items_stale() {
    let world = World::passing();
    begun(&world);
    passed(&world);
    // Layout and comments say nothing.
    world.change("conforme.toml", "[[measure]]\nid = \"M-PROCESS\"", "# a remark\n\n[[measure]]\nid   = \"M-PROCESS\"");
    assert_eq!(check(&world, &[]).code(), 0, "{}", check(&world, &[]).out());
    // How a measure works is not in the words of the verdict, and still counts.
    world.change("conforme.toml", "how = \"See the handbook.\"", "how = \"See the new handbook.\"");
    let touched = stale(&world);
    assert!(touched.contains(&"CRA-II-2".to_owned()) && !touched.contains(&"CRA-I-2-d".to_owned()), "{touched:?}");
    world.change("conforme.toml", "how = \"See the new handbook.\"", "how = \"See the handbook.\"");
    assert_eq!(check(&world, &[]).code(), 0);
    // An address is in no chain: the points that look at it are bound to the sections at large.
    world.change("conforme.toml", "Pikk 7, 10123", "Pikk 9, 10123");
    assert!(stale(&world).contains(&"CRA-A13-16".to_owned()));
}

#[test]
fn another_file_of_evidence_makes_stale_even_with_its_new_hash() {
    let world = World::passing();
    begun(&world);
    passed(&world);
    world.write("evidence/tests.xml", "{ }\n");
    let touched = stale(&world);
    assert!(touched.contains(&"CRA-I-2-d".to_owned()), "{touched:?}");
    assert!(!touched.contains(&"CRA-II-2".to_owned()), "that rests on other evidence: {touched:?}");
}

#[test]
fn a_failed_item_decides_and_questions_want_answers() {
    let world = World::passing();
    begun(&world);
    passed(&world);
    let text = world.read("review/1.toml");
    let at = text.find("provision = \"CRA-I-2-d\"").expect("the item");
    let with = |from: &str, to: &str| format!("{}{}", &text[..at], text[at..].replacen(from, to, 1));
    world.write("review/1.toml", &with("question = \"\"", "question = \"Where is the log?\""));
    let asked = check(&world, &[]);
    assert_eq!(asked.code(), 3);
    assert!(asked.out().contains("CRA-I-2-d              missing: answer, closed_by"), "{}", asked.out());
    world.write("review/1.toml", &with("verdict = \"pass\"", "verdict = \"not-applicable\""));
    assert_eq!(states(&world)["CRA-I-2-d"], "open", "it has to say why");
    world.write("review/1.toml", &with("on = 2028-01-08", "on = 2028-01-09"));
    assert!(check(&world, &[]).out().contains("after the day of this check"));
    world.write("review/1.toml", &with("verdict = \"pass\"", "verdict = \"fail\""));
    assert_eq!(check(&world, &[]).code(), 1);
    // A failure outranks what else is stale, and says that the maker has moved.
    world.change("conforme.toml", "title = \"Secure product\"", "title = \"More secure product\"");
    let moved = check(&world, &[]);
    assert_eq!(moved.code(), 1);
    assert!(moved.out().contains("look again"), "{}", moved.out());
}

#[test]
fn an_item_left_out_is_open_and_one_too_many_is_stale() {
    let world = World::passing();
    begun(&world);
    passed(&world);
    let text = world.read("review/1.toml");
    world.write("review/1.toml", &text.replace("provision = \"CRA-I-2-d\"", "provision = \"CRA-NO-SUCH\""));
    let states = states(&world);
    assert_eq!((states["CRA-I-2-d"].as_str(), states["CRA-NO-SUCH"].as_str()), ("open", "stale"));
}

#[test]
fn what_is_no_review_is_refused_with_the_place() {
    let world = World::passing();
    begun(&world);
    let text = world.read("review/1.toml");
    for (wrong, says) in [
        (text.replacen("method = \"examine\"", "method = \"smell\"", 1), "line "),
        (text.replacen("format = 1", "format = 2", 1), "`format` is 2"),
        (text.replacen("provision = \"CRA-I-2-d\"", "provision = \"CRA-I-2-e\"", 1), "has an item already"),
        (text.replacen("provision = \"CRA-I-2-d\"", "", 1), "neither"),
        (text.replacen("product = \"Linden Ledger\"", "product = \"Other\"", 1), "is about `Other`"),
        (text.replacen("release = \"3.0\"", "release = \"9\"", 1), "release `9` is not known"),
        (text.replacen("#on = \"YYYY-MM-DD\"", "on = \"2028-01\"", 1), "is a month"),
    ] {
        world.write("review/1.toml", &wrong);
        let ran = check(&world, &[]);
        assert_eq!(ran.code(), 2, "{says}: {}", ran.out());
        assert!(ran.err().contains(says) && ran.err().contains("next: "), "{says}: {}", ran.err());
    }
}
