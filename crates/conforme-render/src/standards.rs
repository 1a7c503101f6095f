//! The register of standards, said aloud: tables for the terminal, JSON v1, and a page with a timeline.
//!
//! Every form shows how a step is known, keeps proposed deadlines apart from adopted ones, and names the overlay with its
//! hash wherever something rests on one.

pub mod human;
pub mod json;
pub(crate) mod layout;
pub mod page;
mod schema;

pub use schema::schema;

use conforme_catalogue::{Catalogue, Certainty, StageKind, Standard};
use conforme_core::register;
use jiff::civil::Date;

/// Shown of a hash where people read it.
const HASH_SHOWN: usize = 12;

/// `overlay NAME (hash)` for what an overlay brought; empty for what the catalogue knows itself.
fn overlay_mark(law: &Catalogue, name: Option<&str>) -> String {
    let Some(name) = name else { return String::new() };
    let hash = register::overlay(law, Some(name)).map_or("", |it| it.sha256.get(..HASH_SHOWN).unwrap_or(&it.sha256));
    format!("overlay {name} ({hash})")
}

/// How a step is known, in a word.
fn known(kind: StageKind) -> &'static str {
    match kind {
        StageKind::Happened => "happened",
        StageKind::Reported => "reported",
        StageKind::Planned => "planned",
    }
}

/// How sure a record is, in a word.
fn certainty(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Secondary => "secondary",
        Certainty::Derived => "derived",
        Certainty::Uncertain => "uncertain",
    }
}

/// The items of a standard, neighbours joined: `2-14`, `28-29`, `17a, 17b`.
fn items(standard: &Standard) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut run: Option<(u16, u16)> = None;
    let close = |run: Option<(u16, u16)>, parts: &mut Vec<String>| match run {
        Some((from, to)) if from == to => parts.push(from.to_string()),
        Some((from, to)) => parts.push(format!("{from}-{to}")),
        None => {}
    };
    for item in &standard.items {
        match (item.parse::<u16>().ok(), run) {
            (Some(number), Some((from, to))) if to.checked_add(1) == Some(number) => run = Some((from, number)),
            (Some(number), _) => {
                close(run, &mut parts);
                run = Some((number, number));
            }
            (None, _) => {
                close(run.take(), &mut parts);
                parts.push(item.clone());
            }
        }
    }
    close(run, &mut parts);
    parts.join(", ")
}

/// The catalogue cannot know what happened after it was made; an answer about a later day says so.
fn horizon(law: &Catalogue, on: Date) -> Option<String> {
    let end = law.edition.date;
    (on > end.first()).then(|| {
        format!(
            "The catalogue {} knows the state of the standards up to {end} at most; later steps are not in it.",
            law.edition.id
        )
    })
}

#[cfg(test)]
mod tests {
    use super::{human, items, json, schema};
    use conforme_catalogue::{Catalogue, Files, parse};
    use conforme_core::register::{self, Filter};
    use jiff::civil::date;
    use serde_json::{Value, json};

    fn with_citation() -> Catalogue {
        let text = "[[citation]]\nedition = 'EN 304 627:2026'\noj = 'OJ L, 2027/999, 1.3.2027'\nfrom = 2027-03-01\n";
        let overlay = Files::new([("standards/EN-304-627/standard.toml", text)]);
        parse(&conforme_law::files().overlaid("mine\u{1b}[2J", overlay)).expect("the overlay parses")
    }

    /// Output and schema name the same fields, all the way down; a wrong type or word is named too.
    fn compare(schema: &Value, root: &Value, value: &Value, at: &str, wrong: &mut Vec<String>) {
        if let Some(name) = schema["$ref"].as_str() {
            let target = root.pointer(name.trim_start_matches('#')).expect("the reference leads somewhere");
            return compare(target, root, value, at, wrong);
        }
        if let Some(any) = schema["anyOf"].as_array() {
            let form = if value.is_null() { &any[0] } else { &any[1] };
            return compare(form, root, value, at, wrong);
        }
        if schema["enum"].as_array().is_some_and(|it| !it.contains(value))
            || (!schema["const"].is_null() && schema["const"] != *value)
        {
            wrong.push(format!("{at}: {value}"));
        }
        let kind = match value {
            Value::Null => "null",
            Value::Bool(_) => "boolean",
            Value::Number(_) => "integer",
            Value::String(_) => "string",
            Value::Array(_) => "array",
            Value::Object(_) => "object",
        };
        let wanted = &schema["type"];
        if !wanted.is_null() && *wanted != json!(kind) && !wanted.as_array().is_some_and(|it| it.contains(&json!(kind)))
        {
            wrong.push(format!("{at}: {kind}, wanted {wanted}"));
        }
        for (index, it) in value.as_array().into_iter().flatten().enumerate() {
            compare(&schema["items"], root, it, &format!("{at}/{index}"), wrong);
        }
        if let (Some(properties), Some(object)) = (schema["properties"].as_object(), value.as_object()) {
            if !properties.keys().eq(object.keys()) {
                wrong.push(format!(
                    "{at}: {:?} against {:?}",
                    object.keys().collect::<Vec<_>>(),
                    properties.keys().collect::<Vec<_>>()
                ));
            }
            for (key, it) in object {
                compare(&properties[key], root, it, &format!("{at}/{key}"), wrong);
            }
        }
    }

    #[track_caller]
    fn fits(form: &str, answer: impl serde::Serialize) {
        let (schema, value) = (schema(), json!(answer));
        let mut wrong = Vec::new();
        compare(&schema["$defs"][format!("output-{form}")], &schema, &value, form, &mut wrong);
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn machine_output_is_what_its_schema_says() {
        let law = with_citation();
        let (before, on) = (date(2026, 6, 4), date(2027, 4, 1));
        fits(
            "standards",
            json::register(&law, &register::list(&law, &Filter { supporting: true, ..Filter::default() }, on), on),
        );
        fits("overdue", json::overdue(&law, &register::overdue(&law, on), on));
        fits("presumption", json::presumption(&law, &register::presumption(&law, on), on));
        let changes = register::diff(&law, before, on);
        fits(
            "diff",
            json::changes(&law, before, on, changes.iter().map(|it| json::change(&law, it, on, Vec::new())).collect()),
        );
    }

    #[test]
    fn whatever_rests_on_an_overlay_says_its_name_and_hash() {
        let law = with_citation();
        let on = date(2027, 4, 1);
        let hash = &law.overlays[0].sha256;
        let router = law.standard("EN 304 627").expect("it is in the catalogue");
        let changes: Vec<_> =
            register::diff(&law, date(2027, 2, 1), on).into_iter().map(|it| (it, Vec::new())).collect();
        for text in [
            human::list(&law, &[router], on),
            human::show(&law, router, on),
            human::presumption(&law, &register::presumption(&law, on), on),
            human::changes(&law, &changes, (date(2027, 2, 1), on), None),
        ] {
            assert!(text.contains("mine\u{fffd}[2J"), "{text}");
            assert!(text.contains(&hash[..12]), "{text}");
            assert!(!text.contains('\u{1b}'), "control characters stay out of the terminal");
            assert!(text.lines().all(|it| it.chars().count() <= 100), "{text}");
        }
    }

    #[test]
    fn the_list_begins_with_the_counts() {
        let law = conforme_law::catalogue();
        let on = date(2026, 6, 4);
        let text = human::list(&law, &register::list(&law, &Filter::default(), on), on);
        assert!(text.starts_with(
            "On 2026-06-04: 35 tracked, 14 ETSI public drafts, 0 cited in the Official Journal, 0 late\n"
        ));
        assert!(text.contains("EN 40000-1-4   2-14 "));
    }

    #[test]
    fn neighbouring_items_are_joined() {
        let mut standard = conforme_law::catalogue().standard("EN 50765").expect("it is in the catalogue").clone();
        assert_eq!(items(&standard), "28-29");
        standard.items = ["17a", "17b", "3", "5", "65535"].map(str::to_owned).to_vec();
        assert_eq!(items(&standard), "17a, 17b, 3, 5, 65535");
    }
}
