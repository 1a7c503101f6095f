//! Bad input of any kind: a clear message, the right exit code, nothing lost, no panic.

use crate::world::{ON, World};
use std::fs;

#[test]
fn no_dossier_names_the_way_out() {
    let ran = World::new().run(&["check"]);
    assert_eq!(ran.code(), 2);
    assert!(ran.err().contains("conforme init"), "{}", ran.err());
    assert_eq!(World::new().run(&["check", "nowhere"]).code(), 2);
}

#[test]
fn rubbish_and_giants_are_findings() {
    for (name, bytes) in
        [("risk.toml", b"\xff\xfe\x00\x01binary".to_vec()), ("measures.toml", vec![b'#'; 17 * 1024 * 1024])]
    {
        let world = World::passing();
        world.write_bytes(name, &bytes);
        let ran = world.run(&["check", "--on", ON, "--format", "json"]);
        assert_eq!(ran.code(), 2, "{}{}", ran.out(), ran.err());
        assert!(ran.codes().contains(&"unreadable-file".to_owned()), "{name}: {:?}", ran.codes());
    }
    let world = World::new();
    world.write_bytes("conforme.toml", &[0, 159, 146, 150]);
    assert_eq!(world.run(&["check", "--on", ON]).code(), 2);
}

#[test]
fn every_syntax_error_of_a_file_is_told_at_once() {
    let world = World::passing();
    world.write("risk.toml", "[[risk]\nid = \n\n[x\n");
    let ran = world.run(&["check", "--on", ON, "--format", "json"]);
    assert_eq!(ran.code(), 2);
    assert!(ran.codes().iter().filter(|it| *it == "syntax").count() > 1, "{:?}", ran.codes());
    assert!(ran.json()["findings"][0]["file"] == "risk.toml");
}

#[cfg(unix)]
#[test]
fn links_out_of_the_repository_are_not_followed() {
    let outside = tempfile::tempdir().expect("folder");
    fs::write(outside.path().join("secret.xml"), "{}\n").expect("written");
    let world = World::passing();
    fs::remove_file(world.path().join("evidence/tests.xml")).expect("removed");
    std::os::unix::fs::symlink(outside.path().join("secret.xml"), world.path().join("evidence/tests.xml"))
        .expect("link");
    let ran = world.run(&["check", "--on", ON, "--format", "json"]);
    assert!(ran.codes().contains(&"path-outside".to_owned()), "{:?}", ran.codes());
    assert_eq!(ran.code(), 1);
}

#[test]
fn an_overlay_that_cannot_be_used_is_refused_with_its_file() {
    let world = World::passing();
    world.write("over/standards/EN-304-627/standard.toml", "nonsense = true\n");
    let ran = world.run(&["check", "--on", ON, "--overlay", "over"]);
    assert_eq!(ran.code(), 2);
    assert!(
        ran.err().contains("standards/EN-304-627/standard.toml") && ran.err().contains("nonsense"),
        "{}",
        ran.err()
    );
    assert_eq!(world.run(&["check", "--on", ON, "--overlay", "nowhere"]).code(), 2);
    // A citation without its Official Journal reference is not used, and said so.
    world.write("thin/standards/EN-304-627/standard.toml", "[[citation]]\nedition = \"EN 304 627:2027\"\n");
    let ran = world.run(&["check", "--on", ON, "--overlay", "thin", "--format", "json"]);
    assert!(ran.codes().contains(&"citation-without-reference".to_owned()), "{:?}", ran.codes());
    assert!(ran.json()["catalogue"].as_str().is_some_and(|it| it.contains("overlay thin")));
}

#[test]
fn control_sequences_do_not_reach_the_terminal() {
    let world = World::passing();
    world.change("conforme.toml", "name = \"Linden Ledger\"", "name = \"Linden \\u001b[31mLedger\"");
    let ran = world.run(&["check", "--on", ON]);
    assert!(!ran.out().contains('\u{1b}') && !ran.err().contains('\u{1b}'));
}
