//! JSON Schema of the register's machine output.

use super::json::VERSION;
use conforme_catalogue::StageName;
use conforme_core::register::STAGES;
use serde_json::{Value, json};

/// JSON Schema of everything `conforme standards --format json` prints; `kind` tells the forms apart.
pub fn schema() -> Value {
    let forms = [
        ("standards", form("standards", json!({ "summary": summary(), "standards": list(refer("standard")) }))),
        ("overdue", form("overdue", json!({ "overdue": list(refer("late")), "without_deadline": list(text()) }))),
        ("presumption", form("presumption", json!({ "presumed": count(), "provisions": list(refer("presumed")) }))),
        (
            "presumption-of-product",
            form(
                "presumption-of-product",
                json!({
                    "subject": refer("subject"), "opens": list(text()), "complete": flag(),
                    "provisions": list(refer("presumed-for-product")),
                    "without": list(object(json!({ "code": text(), "message": text(), "next": text() }))),
                }),
            ),
        ),
        (
            "standards-of-product",
            form("standards-of-product", json!({ "subject": refer("subject"), "standards": list(refer("relevant")) })),
        ),
        ("diff", form("diff", json!({ "from": text(), "to": text(), "changes": list(refer("change")) }))),
    ];
    let mut defs = parts();
    let mut any = Vec::new();
    for (name, form) in forms {
        let name = format!("output-{name}");
        any.push(refer(&name));
        defs[name] = form;
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Output of `conforme standards --format json`, version 1",
        "description": "`kind` tells which form it is. Until the first tagged release fields may be added, never removed.",
        "type": "object",
        "required": ["version", "kind", "on", "catalogue", "overlays", "ignored"],
        "oneOf": any,
        "$defs": defs,
    })
}

fn parts() -> Value {
    let stage = json!({ "enum": STAGES.map(StageName::word) });
    let sure = json!({ "enum": ["secondary", "derived", "uncertain", null] });
    let overlay = json!({ "anyOf": [{ "type": "null" }, refer("overlay")] });
    let maybe_step = json!({ "anyOf": [{ "type": "null" }, refer("step")] });
    let step = json!({
        "stage": stage, "date": text(), "kind": { "enum": ["happened", "reported", "planned"] }, "version": maybe("string"),
        "public": flag(), "source": list(text()), "note": maybe("string"), "certainty": sure, "doubt": maybe("string"),
        "overlay": overlay,
    });
    let citation = json!({
        "edition": text(), "oj": text(), "from": text(), "withdrawn": maybe("string"), "provisions": list(text()),
        "restriction": maybe("string"), "overlay": overlay, "in_force": flag(),
    });
    let standard = json!({
        "id": text(), "reference": text(), "aliases": list(text()), "title": text(), "topic": text(), "body": text(),
        "committee": text(), "role": { "enum": ["horizontal", "vertical", "supporting"] }, "tracked": flag(),
        "items": list(text()), "tier": text(), "categories": list(text()), "stage": maybe_step,
        "history": list(object(with(&step, json!({ "reached": flag() })))),
        "public_draft": { "anyOf": [{ "type": "null" }, object(json!({ "version": maybe("string"), "date": text(), "stage": stage }))] },
        "citations": list(refer("citation")), "deadlines": list(refer("deadline")), "overdue": flag(),
        "authority": { "enum": ["harmonised-standard", "draft-standard", "standard"] },
        "covers": list(text()), "not_covered": list(text()),
        "presumption": { "enum": ["expected", "not-expected", "none", "unknown"] }, "presumption_note": maybe("string"),
        "scope": text(), "source": list(text()), "as_of": text(), "certainty": sure, "doubt": maybe("string"), "overlay": overlay,
    });
    let provision =
        json!({ "id": text(), "title": text(), "cites": text(), "presumed": flag(), "meant": list(refer("brief")) });
    let giver = json!({ "standard": text(), "reference": text(), "categories": list(text()) });
    json!({
        "overlay": object(json!({ "name": text(), "sha256": text() })),
        "step": object(step),
        "citation": object(citation.clone()),
        "deadline": object(json!({
            "item": text(), "deadline": text(), "draft_deadline": text(), "passed": flag(), "days_late": count(),
            "proposed": list(object(json!({ "deadline": text(), "source": list(text()), "certainty": sure, "doubt": maybe("string") }))),
        })),
        "standard": object(standard.clone()),
        "brief": object(json!({ "id": text(), "reference": text(), "stage": maybe("string"), "cited": flag() })),
        "late": object(json!({
            "id": text(), "reference": text(), "title": text(), "body": text(), "tier": text(), "days_late": count(),
            "deadlines": list(refer("deadline")), "stage": maybe_step, "planned": maybe_step,
        })),
        "presumed": object(with(&provision, json!({ "through": list(object(with(&citation, giver))) }))),
        "presumed-for-product": object(with(&provision, json!({
            "applicable": flag(), "covers_core_risks": flag(),
            "through": list(object(json!({ "reference": text(), "oj": text(), "covers_core_risks": flag(), "overlay": overlay }))),
        }))),
        "subject": object(json!({
            "folder": text(), "product": text(), "release": text(), "placing": text(), "category": maybe("string"),
            "tier": maybe("string"), "procedures": list(text()), "procedure_cites": maybe("string"), "chosen": maybe("string"),
        })),
        "relevant": object(with(&standard, json!({
            "why": list(json!({ "enum": ["applied", "category", "horizontal"] })), "opens": list(text()), "cited_at_placing": flag(),
        }))),
        "change": object(json!({
            "id": text(), "reference": text(), "title": text(), "before": maybe_step, "after": maybe_step,
            "steps": list(refer("step")),
            "plans": list(object(json!({ "planned": refer("step"), "reached": maybe_step }))),
            "citations_gained": list(refer("citation")), "citations_lost": list(refer("citation")),
            "deadlines_passed": list(refer("deadline")), "adopted": flag(),
            "products": list(object(json!({ "folder": text(), "product": text(), "why": list(text()) }))),
        })),
    })
}

fn summary() -> Value {
    let counts = json!({ "type": "object", "additionalProperties": count() });
    object(json!({
        "tracked": count(), "etsi_public_drafts": count(), "cited": count(), "overdue": count(), "supporting": count(),
        "listed": count(), "stages": counts, "stages_by_body": { "type": "object", "additionalProperties": counts },
    }))
}

fn form(kind: &str, own: Value) -> Value {
    let ignored = object(json!({ "code": text(), "standard": text(), "overlay": text(), "file": text() }));
    let head = json!({
        "version": { "const": VERSION }, "kind": { "const": kind }, "on": text(), "catalogue": text(),
        "overlays": list(refer("overlay")), "ignored": list(ignored),
    });
    object(with(&head, own))
}

fn with(base: &Value, more: Value) -> Value {
    let mut all = base.clone();
    if let (Some(all), Value::Object(more)) = (all.as_object_mut(), more) {
        all.extend(more);
    }
    all
}

fn object(properties: Value) -> Value {
    let required: Vec<String> = properties.as_object().into_iter().flat_map(|it| it.keys().cloned()).collect();
    json!({ "type": "object", "properties": properties, "required": required })
}

fn list(items: Value) -> Value {
    json!({ "type": "array", "items": items })
}

fn refer(name: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{name}") })
}

fn text() -> Value {
    json!({ "type": "string" })
}

fn maybe(kind: &str) -> Value {
    json!({ "type": [kind, "null"] })
}

fn flag() -> Value {
    json!({ "type": "boolean" })
}

fn count() -> Value {
    json!({ "type": "integer" })
}
