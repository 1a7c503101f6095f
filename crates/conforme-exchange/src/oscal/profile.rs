//! A selection of requirements as an OSCAL profile.

use super::{controls, document, metadata};
use crate::ExchangeError;
use conforme_catalogue::StandardEdition;
use serde_json::{Map, Value, json};

/// The profile that selects requirements, such as those of one level or use case, from the catalog at `href`.
///
/// # Errors
/// When an id is not in the edition, or nothing is selected.
pub fn profile(edition: &StandardEdition, title: &str, href: &str, ids: &[String]) -> Result<Value, ExchangeError> {
    let controls = controls(&edition.head, ids.iter().map(String::as_str))?;
    if controls.is_empty() {
        return Err(ExchangeError::new("the selection", "a profile selects at least one requirement"));
    }
    let mut body = Map::new();
    body.insert("metadata".to_owned(), metadata(title, &edition.slug, edition.as_of(), Vec::new()));
    body.insert("imports".to_owned(), json!([{ "href": href, "include-controls": [{ "with-ids": controls }] }]));
    body.insert("merge".to_owned(), json!({ "as-is": true }));
    Ok(document("profile", body))
}
