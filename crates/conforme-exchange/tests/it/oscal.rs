//! Catalogs of OSCAL.

use crate::{editions, good, read};
use conforme_catalogue::{Id, LookedAt, Modal, StandardEdition};
use conforme_exchange::{Imported, oscal, written};
use serde_json::{Value, json};

fn edition(of: &Imported) -> StandardEdition {
    StandardEdition {
        standard: of.standard.as_deref().map_or_else(|| Id::from("MADE-UP"), Id::from),
        slug: of.slug.clone().unwrap_or_else(|| "1".to_owned()),
        head: of.head.clone(),
        method: conforme_catalogue::Method::Requirements,
        mapping: of.mapping.clone(),
    }
}

/// Texts and values anywhere in a document.
fn words(value: &Value, into: &mut Vec<String>) {
    match value {
        Value::Array(list) => list.iter().for_each(|it| words(it, into)),
        Value::Object(map) => map.values().for_each(|it| words(it, into)),
        other => into.push(other.to_string()),
    }
}

/// A catalogue of others, with everything our record cannot hold.
fn foreign() -> Value {
    json!({ "$schema": "x", "catalog": {
        "uuid": "11111111-2222-4333-8444-555555555555",
        "metadata": {
            "title": "Harbour controls", "last-modified": "2025-03-04T10:11:12.5+02:00", "version": "5.1 beta",
            "oscal-version": "1.2.0", "roles": [{ "id": "author", "title": "Author" }],
            "props": [{ "name": "keywords", "value": "boats" }],
        },
        "params": [{ "id": "whole", "values": ["all piers"] }],
        "groups": [
            { "id": "moor", "class": "family", "title": "Mooring", "props": [{ "name": "label", "value": "MO" }],
              "parts": [{ "name": "overview", "prose": "About ropes." }],
              "controls": [{
                "id": "mo-1", "class": "base", "title": "Ropes",
                "params": [
                    { "id": "mo-1_p1", "label": "number of ropes" },
                    { "id": "mo-1_p2", "select": { "how-many": "one-or-more", "choice": ["bow", "stern with {{ insert: param, whole }}"] } },
                ],
                "props": [{ "name": "label", "value": "MO-1" }, { "name": "sort-id", "value": "mo-01" }],
                "links": [{ "href": "#mo-2", "rel": "related" }],
                "parts": [
                    { "id": "mo-1_ov", "name": "overview", "prose": "Ships drift." },
                    { "id": "mo-1_smt", "name": "statement", "prose": "Ships have {{ insert: param, mo-1_p1 }}:", "parts": [
                        { "id": "mo-1_smt.a", "name": "item", "props": [{ "name": "label", "value": "a." }], "prose": "at {{ insert: param, mo-1_p2 }};" },
                        { "id": "mo-1_smt.b", "name": "item", "props": [{ "name": "label", "value": "b." }], "prose": "{{ insert: param, nowhere }}." },
                    ]},
                    { "id": "mo-1_gdn", "name": "guidance", "prose": "Hemp rots." },
                    { "name": "assessment-objective", "prose": "Find whether ropes hold." },
                    { "name": "assessment-method", "props": [{ "name": "method", "ns": "http://csrc.nist.gov/ns/rmf", "value": "TEST" }],
                      "parts": [{ "name": "assessment-objects", "prose": "ropes; cleats" }] },
                    { "name": "assessment-method", "props": [{ "name": "method", "ns": "http://csrc.nist.gov/ns/rmf", "value": "INTERVIEW" }] },
                ],
                "controls": [{ "id": "mo-1.1", "title": "Spare ropes", "parts": [{ "name": "statement", "prose": "One lies ready." }] }],
              }],
              "groups": [{ "id": "moor.sub", "title": "Buoys", "controls": [
                { "id": "bu-1", "title": "Chains", "props": [{ "name": "status", "value": "withdrawn" }] },
                { "title": "No id", "parts": [{ "name": "statement", "prose": "Has none." }, 7] },
                { "id": "mo-1", "title": "Twice", "parts": [{ "name": "statement", "prose": "Again." }] },
                "no object",
                { "id": "bu-9", "title": 9, "props": "none", "parts": [{ "name": "statement", "prose": ["x"] }] },
              ]}],
            },
            { "title": "Group without id", "controls": [] },
        ],
        "controls": [{ "id": "z-1", "title": "Alone" }],
        "back-matter": { "resources": [{ "uuid": "22222222-2222-4333-8444-555555555555", "title": "A book" }] },
    }})
}

#[test]
fn our_record_passes_through_without_loss_and_to_the_same_bytes() {
    for edition in editions() {
        let (document, problems) = oscal::export(&edition, &[]);
        assert_eq!(problems, [], "{}", edition.id());
        let text = serde_json::to_string_pretty(&document).expect("text");
        let back = good(&text);
        assert_eq!(written::head(&back.head), written::head(&edition.head), "{}", edition.id());
        assert_eq!(back.head, without_overlay(&edition), "{}", edition.id());
        assert_eq!(back.mapping, edition.mapping, "{}", edition.id());
        assert_eq!(
            (back.standard.as_deref(), back.slug.as_deref()),
            (Some(edition.standard.as_str()), Some(edition.slug.as_str()))
        );
        assert_eq!(back.leftover, [], "{}", edition.id());
        let again = StandardEdition { head: back.head, mapping: back.mapping, ..edition };
        assert_eq!(oscal::export(&again, &[]).0, document);
    }
}

fn without_overlay(edition: &StandardEdition) -> conforme_catalogue::EditionHead {
    let mut head = edition.head.clone();
    head.basis.overlay = None;
    head
}

#[test]
fn ids_of_controls_are_tokens_and_each_stands_once() {
    for edition in editions() {
        let ids = oscal::control_ids(&edition.head);
        let token = |it: &String| {
            it.chars().next().is_some_and(|it| it.is_alphabetic() || it == '_')
                && it.chars().all(|it| it.is_alphanumeric() || "._-".contains(it))
        };
        assert!(ids.iter().all(token), "{ids:?}");
        assert_eq!(ids.iter().collect::<std::collections::BTreeSet<_>>().len(), ids.len());
    }
}

#[test]
fn a_catalog_of_others_is_read_and_nothing_of_it_is_lost() {
    let foreign = foreign();
    let read = good(&foreign.to_string());
    let ids: Vec<&str> = read.head.requirements.iter().map(|it| it.id.as_str()).collect();
    assert_eq!(ids, ["z-1", "mo-1", "mo-1.1", "bu-1", "control-2", "mo-1-2", "bu-9"]);
    let ropes = &read.head.requirements[1];
    assert_eq!(
        ropes.statement.as_deref(),
        Some(
            "Ships have [Assignment: number of ropes]:\na. at [Selection (one or more): bow; stern with all piers];\nb. {{ insert: param, nowhere }}."
        )
    );
    assert_eq!(ropes.assessment.objective.as_deref(), Some("Find whether ropes hold."));
    assert_eq!(ropes.assessment.by, [LookedAt::Test, LookedAt::Interview]);
    assert!(ropes.assessment.derived, "the expected result is our proposal");
    assert_eq!(read.head.requirements[2].parent.as_deref(), Some("mo-1"));
    assert_eq!(read.head.requirements[2].group.as_deref(), Some("moor"));
    assert_eq!(read.head.requirements[3].group.as_deref(), Some("moor.sub"));
    assert_eq!(read.head.requirements[3].modal, Modal::May);
    assert_eq!(read.head.edition, "Harbour controls");
    assert_eq!(read.head.basis.as_of.to_string(), "2025-03-04");
    assert_eq!(read.slug.as_deref(), Some("5.1-beta"));
    let said = |words: &str| read.problems.iter().any(|it| it.message.contains(words));
    for words in
        ["has no id", "stands twice", "is not; it is left over", "withdrawn", "`kind` was assumed", "has no statement"]
    {
        assert!(said(words), "{words}: {:?}", read.problems);
    }

    let (out, problems) = oscal::export(&edition(&read), &read.leftover);
    let places: Vec<&str> = problems.iter().map(|it| it.place.as_str()).collect();
    assert_eq!(
        places,
        ["/catalog/groups/0/groups/0/controls/4/props"],
        "properties that are no list go, and that is said"
    );
    let (mut before, mut after) = (Vec::new(), Vec::new());
    words(&foreign, &mut before);
    words(&out, &mut after);
    let lost: Vec<&String> = before.iter().filter(|it| !after.contains(it)).collect();
    assert_eq!(lost, ["\"none\""]);
    let ropes = |of: &Value| of["catalog"]["groups"][0]["controls"][0]["parts"].clone();
    for at in 0..6 {
        assert_eq!(ropes(&out)[at], ropes(&foreign)[at], "part {at} stands where it stood");
    }
    assert_eq!(out["catalog"]["groups"][0]["groups"][0]["controls"][3], "no object");
    assert_eq!(out["catalog"]["uuid"], foreign["catalog"]["uuid"]);

    let again = good(&out.to_string());
    assert_eq!(again.head, read.head);
    let kept: Vec<_> = read.leftover.iter().filter(|it| it.place != places[0]).cloned().collect();
    assert_eq!(again.leftover, kept);
    assert_eq!(oscal::export(&edition(&again), &again.leftover).0, out);
}

#[test]
fn a_changed_record_wins_over_what_was_left_over() {
    let read = good(&foreign().to_string());
    let mut edition = edition(&read);
    edition.head.requirements[1].statement = Some("Ships have two ropes.".to_owned());
    edition.head.requirements.retain(|it| it.id != "mo-1.1" && it.id != "bu-1");
    let (out, problems) = oscal::export(&edition, &read.leftover);
    let mut after = Vec::new();
    words(&out, &mut after);
    assert!(after.contains(&json!("Ships have two ropes.").to_string()));
    assert!(!after.iter().any(|it| it.contains("Ships have {{")), "{after:?}");
    let messages: Vec<&str> = problems.iter().map(|it| it.message.as_str()).collect();
    assert!(messages.iter().any(|it| it.contains("was changed since")), "{messages:?}");
    assert!(messages.iter().any(|it| it.contains("bu-1 is no longer there")), "{messages:?}");
}

#[test]
fn depth_is_bounded_and_said() {
    let mut control = json!({ "id": "deepest", "title": "x" });
    for at in (0..50).rev() {
        control = json!({ "id": format!("c{at}"), "title": "x", "controls": [control] });
    }
    let text = json!({ "catalog": { "metadata": { "title": "t" }, "controls": [control] } }).to_string();
    let read = good(&text);
    assert_eq!(read.head.requirements.len(), conforme_exchange::MAX_DEPTH);
    assert!(read.problems.iter().any(|it| it.message.contains("more than 32 deep")));
    let (out, _) = oscal::export(&edition(&read), &read.leftover);
    assert!(out.to_string().contains("deepest"));
    let endless = "[".repeat(100_000);
    assert!(crate::read(&format!("{{\"catalog\":{endless}")).is_err());
}

#[test]
fn parameters_that_name_each_other_do_not_grow_without_end() {
    let insert = "{{ insert: param, a }}".repeat(2000);
    let text = json!({ "catalog": { "metadata": { "title": "t" }, "controls": [{
        "id": "x", "title": "x", "params": [{ "id": "a", "values": [insert] }],
        "parts": [{ "name": "statement", "prose": insert }],
    }]}});
    let read = good(&text.to_string());
    let length = read.head.requirements[0].statement.as_ref().map_or(0, String::len);
    assert!(length < 8 * 1024 * 1024, "{length}");
    let huge = "ä".repeat(3_000_000);
    let text = json!({ "catalog": { "metadata": { "title": huge }, "controls": [{ "id": huge, "title": huge }] } });
    assert_eq!(good(&text.to_string()).head.requirements[0].title.len(), 6_000_000);
}

#[test]
fn what_is_no_catalog_is_refused_with_its_place() {
    for (text, words) in [
        ("{ \"catalog\": ", "line 1"),
        ("{ \"profile\": {} }", "`profile`"),
        ("[]", "no object"),
        ("{ \"catalog\": [] }", "`catalog`"),
    ] {
        let error = read(text).expect_err(text).to_string();
        assert!(error.contains(words), "{error}");
    }
    let read = good("{ \"catalog\": { \"groups\": 7, \"metadata\": [] } }");
    assert_eq!(read.leftover.len(), 2);
    assert!(read.problems.iter().any(|it| it.message.contains("no control")));
}
