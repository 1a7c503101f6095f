//! OSCAL, the Open Security Controls Assessment Language of NIST: catalogs both ways; profiles, component definitions and
//! assessment results as output. <https://pages.nist.gov/OSCAL/reference/>
//!
//! A requirement is a control, a group a group, an enhancement a control inside a control. Fields that OSCAL has no word for
//! are properties and parts in the namespace [`NS`]. What belongs to the whole edition and is nested (frame, threats,
//! objectives, mapping) is a JSON file inside the back matter, so that nothing is lost.

mod component;
mod export;
mod import;
mod profile;
mod prose;
mod results;

pub use component::{Component, Implementation, Implemented, component_definition};
pub use export::export;
pub use import::import;
pub use profile::profile;
pub use results::{Judged, Results, Verdict, assessment_results};

use conforme_catalogue::{Day, EditionHead, sha256};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// Namespace of our properties and parts.
pub const NS: &str = "urn:conforme:oscal";
/// Namespace in which NIST defines the methods of assessment.
const RMF: &str = "http://csrc.nist.gov/ns/rmf";
/// Beginning of the address of a provision.
const PROVISION: &str = "urn:conforme:provision:";
/// Version of OSCAL that is written.
const VERSION: &str = "1.1.2";
/// Stands as the value of a property whose text is not one line; the text is then in its remarks.
const IN_REMARKS: &str = "in-remarks";
/// What stands in the file in the back matter, beside the mapping.
const OWN_KEYS: [&str; 6] = ["use_cases", "frame", "threat", "policy", "assumption", "objective"];
/// Name of the file in the back matter.
const OWN_FILE: &str = "conforme-edition.json";

/// Ids of the controls of an edition, in the order of its requirements: tokens as OSCAL wants them, each once.
pub fn control_ids(head: &EditionHead) -> Vec<String> {
    let mut unique = crate::Unique::default();
    head.requirements.iter().map(|it| unique.name(&token(&it.id))).collect()
}

/// A token of OSCAL: begins with a letter or `_`, goes on with letters, digits, `.`, `-` and `_`.
fn token(text: &str) -> String {
    let allowed = |it: char| it.is_alphanumeric() || matches!(it, '.' | '-' | '_');
    let mut token: String = text.chars().map(|it| if allowed(it) { it } else { '-' }).collect();
    if !token.chars().next().is_some_and(|it| it.is_alphabetic() || it == '_') {
        token.insert(0, '_');
    }
    token
}

/// A name that depends on the content alone; the format is that of version 5, whose hash is another.
fn uuid(content: &str) -> String {
    let hash = sha256(content.as_bytes());
    let variant = ["8", "9", "a", "b"][usize::from(hash.as_bytes()[16] % 4)];
    format!("{}-{}-5{}-{variant}{}-{}", &hash[..8], &hash[8..12], &hash[13..16], &hash[17..20], &hash[20..32])
}

/// A property of ours. A value of OSCAL is one line that begins and ends with a visible character.
fn prop(name: &str, value: &str) -> Value {
    let plain = !value.is_empty()
        && value != IN_REMARKS
        && value.trim() == value
        && !value.contains(|it: char| it.is_control() || matches!(it, '\u{2028}' | '\u{2029}'));
    if plain {
        json!({ "name": name, "ns": NS, "value": value })
    } else {
        json!({ "name": name, "ns": NS, "value": IN_REMARKS, "remarks": value })
    }
}

/// Name and value of a property of ours.
fn own_prop(prop: &Value) -> Option<(&str, &str)> {
    let prop = prop.as_object().filter(|it| it.get("ns").and_then(Value::as_str) == Some(NS))?;
    let name = prop.get("name")?.as_str()?;
    let value = prop.get("value")?.as_str()?;
    match prop.get("remarks") {
        None if prop.len() == 3 => Some((name, value)),
        Some(Value::String(remarks)) if value == IN_REMARKS && prop.len() == 4 => Some((name, remarks)),
        _ => None,
    }
}

/// What every document of OSCAL begins with.
fn metadata(title: &str, version: &str, as_of: Day, props: Vec<Value>) -> Value {
    let mut metadata = json!({
        "title": title,
        "last-modified": format!("{}T00:00:00Z", as_of.first()),
        "version": version,
        "oscal-version": VERSION,
    });
    if !props.is_empty() {
        metadata["props"] = Value::Array(props);
    }
    metadata
}

/// Puts the name of the content first.
fn document(kind: &str, mut body: Map<String, Value>) -> Value {
    let content = Value::Object(body.clone()).to_string();
    body.insert("uuid".to_owned(), Value::String(uuid(&format!("{kind} {content}"))));
    json!({ kind: body })
}

/// Ids that are named and are not in the edition.
fn unknown<'a>(head: &EditionHead, ids: impl Iterator<Item = &'a str>) -> Vec<String> {
    let known: BTreeSet<&str> = head.requirements.iter().map(|it| it.id.as_str()).collect();
    ids.filter(|it| !known.contains(it)).map(str::to_owned).collect()
}

/// Control ids of requirements.
fn controls<'a>(head: &EditionHead, ids: impl Iterator<Item = &'a str>) -> Result<Vec<String>, crate::ExchangeError> {
    let ids: Vec<&str> = ids.collect();
    let unknown = unknown(head, ids.iter().copied());
    if !unknown.is_empty() {
        let problem = format!("{} are no requirements of {}", unknown.join(", "), head.edition);
        return Err(crate::ExchangeError::new("the selection", problem));
    }
    let tokens = control_ids(head);
    let of: std::collections::BTreeMap<&str, &String> =
        head.requirements.iter().map(|it| it.id.as_str()).zip(&tokens).rev().collect();
    Ok(ids.iter().filter_map(|it| of.get(it).map(|it| (*it).clone())).collect())
}
