//! The text of a part: labels, prose and sub-items one below the other, with parameters put in.

use crate::MAX_DEPTH;
use serde_json::Value;
use std::collections::BTreeMap;

/// No text grows beyond this through parameters inside parameters.
const MAX_TEXT: usize = 1024 * 1024;
/// Parameters whose choices name parameters are followed so far.
const MAX_PARAMS: usize = 4;

/// Parameters of a document by id.
pub(super) type Params<'a> = BTreeMap<&'a str, &'a Value>;

/// What a part says; nothing when it says nothing.
pub(super) fn of_part(part: &Value, params: &Params<'_>) -> Option<String> {
    // Without sub-items the prose is the text as it is, with the whitespace it has.
    let plain = part.as_object().is_some_and(|it| !it.contains_key("parts") && !it.contains_key("title"));
    if plain && label(part).is_none() {
        return part["prose"].as_str().map(|it| filled(it, params, 0));
    }
    let mut lines = Vec::new();
    collect(part, params, 0, &mut lines);
    (!lines.is_empty()).then(|| lines.join("\n"))
}

fn collect(part: &Value, params: &Params<'_>, depth: usize, lines: &mut Vec<String>) {
    let texts = [label(part), part["title"].as_str(), part["prose"].as_str()];
    let text: Vec<String> = texts.into_iter().flatten().map(|it| filled(it, params, 0)).collect();
    let silent = part["prose"].as_str().is_none() && part["title"].as_str().is_none();
    if !silent {
        lines.push(format!("{}{}", "  ".repeat(depth.saturating_sub(1)), text.join(" ")));
    }
    if depth < MAX_DEPTH {
        for part in part["parts"].as_array().into_iter().flatten() {
            collect(part, params, depth + 1, lines);
        }
    }
}

fn label(part: &Value) -> Option<&str> {
    part["props"].as_array()?.iter().find(|it| it["name"] == "label")?["value"].as_str()
}

/// Prose with `{{ insert: param, ID }}` replaced.
fn filled(text: &str, params: &Params<'_>, depth: usize) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((insert, after)) = after.split_once("}}") else { break };
        out += before;
        let id = insert.trim().strip_prefix("insert:").and_then(|it| it.trim().strip_prefix("param,"));
        match id.and_then(|it| params.get(it.trim())) {
            Some(param) if out.len() < MAX_TEXT => out += &value(param, params, depth),
            _ => {
                out += "{{";
                out += insert;
                out += "}}";
            }
        }
        rest = after;
    }
    out + rest
}

/// What a parameter stands for: its values, its choice, or the label of what is to be assigned.
fn value(param: &Value, params: &Params<'_>, depth: usize) -> String {
    let texts = |it: &Value| -> Vec<String> {
        let texts = it.as_array().into_iter().flatten().filter_map(Value::as_str);
        texts.map(|it| if depth < MAX_PARAMS { filled(it, params, depth + 1) } else { it.to_owned() }).collect()
    };
    let values = texts(&param["values"]);
    if !values.is_empty() {
        return values.join(", ");
    }
    let choices = texts(&param["select"]["choice"]);
    if !choices.is_empty() {
        let many = if param["select"]["how-many"] == "one-or-more" { " (one or more)" } else { "" };
        return format!("[Selection{many}: {}]", choices.join("; "));
    }
    let name = param["label"].as_str().or(param["id"].as_str()).unwrap_or("value");
    format!("[Assignment: {name}]")
}
