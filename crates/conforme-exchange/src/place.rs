//! JSON pointers (RFC 6901), and values laid back to where they stood.

use crate::Leftover;
use serde_json::{Map, Value};

/// A pointer one step further.
pub(crate) fn step(place: &str, key: impl std::fmt::Display) -> String {
    format!("{place}/{}", key.to_string().replace('~', "~0").replace('/', "~1"))
}

/// Lays leftovers into an object. Lists get them at their former index; what stands there moves on. Returns those
/// whose text the record no longer says, and those whose place is taken.
pub(crate) fn lay<'a>(into: &mut Value, mut leftover: Vec<&'a Leftover>) -> Vec<&'a Leftover> {
    leftover.sort_by_cached_key(|it| order(&it.at));
    leftover.into_iter().filter(|it| put(into, it).is_none()).collect()
}

/// Indices compare as numbers.
fn order(at: &str) -> Vec<(usize, String)> {
    at.split('/').map(|it| (it.parse().unwrap_or(usize::MAX), it.to_owned())).collect()
}

fn put(into: &mut Value, leftover: &Leftover) -> Option<()> {
    let steps: Vec<String> =
        leftover.at.strip_prefix('/')?.split('/').map(|it| it.replace("~1", "/").replace("~0", "~")).collect();
    let (last, above) = steps.split_last()?;
    let mut here = into;
    for (at, key) in above.iter().enumerate() {
        let next_is_index = steps.get(at + 1).is_some_and(|it| it.parse::<usize>().is_ok());
        here = match here {
            Value::Object(map) => map
                .entry(key.clone())
                .or_insert_with(|| if next_is_index { Value::Array(Vec::new()) } else { Value::Object(Map::new()) }),
            Value::Array(list) => list.get_mut(key.parse::<usize>().ok()?)?,
            _ => return None,
        };
    }
    match here {
        Value::Object(map) => {
            // A list that was made here stays: what stood in its place was no list, and never meant anything.
            if map.get(last).is_some_and(Value::is_array) && !leftover.value.is_array() {
                return None;
            }
            map.insert(last.clone(), leftover.value.clone());
        }
        Value::Array(list) => {
            if let Some(text) = &leftover.text {
                let same = |it: &Value| it["name"] == leftover.value["name"] && said(it).as_ref() == Some(text);
                list.remove(list.iter().position(same)?);
            }
            let index = last.parse::<usize>().ok()?.min(list.len());
            list.insert(index, leftover.value.clone());
        }
        _ => return None,
    }
    Some(())
}

/// What a part that was made here says: its prose, or its method.
fn said(part: &Value) -> Option<String> {
    let method = || part["props"].as_array()?.iter().find(|it| it["name"] == "method")?["value"].as_str();
    part["prose"].as_str().or_else(method).map(str::to_owned)
}
