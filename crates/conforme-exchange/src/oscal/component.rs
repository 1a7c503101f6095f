//! What a product does about requirements, as an OSCAL component definition.

use super::{controls, document, metadata, uuid};
use crate::ExchangeError;
use conforme_catalogue::{Day, StandardEdition};
use serde_json::{Map, Value, json};

/// A product and what it implements.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Component {
    /// Its name.
    pub title: String,
    /// What it is.
    pub description: String,
    /// Type as OSCAL names it: `software`, `hardware`, `service`.
    pub kind: String,
    /// Version of the product.
    pub version: String,
    /// The day of the statement.
    pub as_of: Day,
    /// What it implements.
    pub implemented: Vec<Implemented>,
}

/// A requirement and the measures that answer it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Implemented {
    /// Id of the requirement.
    pub requirement: String,
    /// Ids of measures.
    pub measures: Vec<String>,
    /// How far it is.
    pub status: Implementation,
    /// How it is done.
    pub description: String,
    /// What else there is to say.
    pub remarks: Option<String>,
}

/// How far an implementation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Implementation {
    /// It is there.
    Implemented,
    /// A part is there.
    Partial,
    /// It is intended.
    Planned,
    /// Another measure does what it asks for.
    Alternative,
    /// It does not concern the product.
    NotApplicable,
}

impl Implementation {
    /// The word of OSCAL.
    fn word(self) -> &'static str {
        match self {
            Self::Implemented => "implemented",
            Self::Partial => "partial",
            Self::Planned => "planned",
            Self::Alternative => "alternative",
            Self::NotApplicable => "not-applicable",
        }
    }
}

/// The component definition of a product against the catalog at `href`.
///
/// # Errors
/// When a requirement is not in the edition, or none is named.
pub fn component_definition(
    edition: &StandardEdition,
    href: &str,
    component: &Component,
) -> Result<Value, ExchangeError> {
    let ids = controls(&edition.head, component.implemented.iter().map(|it| it.requirement.as_str()))?;
    if ids.is_empty() {
        return Err(ExchangeError::new("the component", "it implements no requirement"));
    }
    let implemented: Vec<Value> =
        component.implemented.iter().zip(&ids).enumerate().map(|(at, (it, id))| requirement(it, id, at)).collect();
    let named = |what: &str| uuid(&format!("{what} {} {} {}", component.title, component.version, edition.id()));
    let mut body = Map::new();
    body.insert("metadata".to_owned(), metadata(&component.title, &component.version, component.as_of, Vec::new()));
    body.insert(
        "components".to_owned(),
        json!([{
            "uuid": named("component"),
            "type": component.kind,
            "title": component.title,
            "description": component.description,
            "control-implementations": [{
                "uuid": named("implementation"),
                "source": href,
                "description": format!("How {} answers {}", component.title, edition.head.edition),
                "implemented-requirements": implemented,
            }],
        }]),
    );
    Ok(document("component-definition", body))
}

fn requirement(it: &Implemented, id: &str, at: usize) -> Value {
    let mut props = vec![json!({ "name": "implementation-status", "value": it.status.word() })];
    props.extend(it.measures.iter().map(|it| super::prop("measure", it)));
    let mut value = json!({
        "uuid": uuid(&format!("implemented {at} {id} {} {:?}", it.description, it.measures)),
        "control-id": id,
        "description": it.description,
        "props": props,
    });
    if let Some(remarks) = &it.remarks {
        value["remarks"] = json!(remarks);
    }
    value
}
