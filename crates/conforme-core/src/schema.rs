//! JSON Schemas of what users write: the dossier, and the facts for classification.

use crate::decode::Field;
use crate::dossier::{Dossier, Function, Part};
use conforme_catalogue::{Catalogue, FactDomain, FactType};
use serde_json::{Map, Value as Json, json};

const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";

/// Schema of every file of a dossier.
pub fn dossier(law: &Catalogue) -> Json {
    let mut defs = Map::new();
    let mut properties = Dossier::properties(&mut defs);
    merge_facts(law, &mut properties, &mut defs);
    name_functions(law, &mut defs);
    json!({
        "$schema": DRAFT,
        "title": "Conforme dossier, format 1",
        "description": "conforme.toml, company.toml, risk.toml, measures.toml, evidence.toml, applicability.toml and components.toml; a section may stand in any of them",
        "type": "object",
        "additionalProperties": false,
        "properties": properties,
        "$defs": defs,
    })
}

/// Schema of the input of `conforme classify --facts`.
pub fn facts(law: &Catalogue) -> Json {
    let mut defs = Map::new();
    let mut properties = Map::new();
    properties.insert("function".to_owned(), <Vec<Function> as Field>::schema(&mut defs));
    properties.insert("part".to_owned(), <Vec<Part> as Field>::schema(&mut defs));
    let product = json!({
        "type": "object",
        "additionalProperties": false,
        "properties": { "name": { "type": "string" }, "purpose": { "type": "string", "description": "Shown, never interpreted." } },
    });
    properties.insert("product".to_owned(), product);
    merge_facts(law, &mut properties, &mut defs);
    name_functions(law, &mut defs);
    json!({
        "$schema": DRAFT,
        "title": "Conforme facts for classification",
        "description": "What a product is and does. A fact that is left out is unknown. There is no place for a category or tier: they are the answer.",
        "type": "object",
        "additionalProperties": false,
        "properties": properties,
        "$defs": defs,
    })
}

fn merge_facts(law: &Catalogue, properties: &mut Map<String, Json>, defs: &mut Map<String, Json>) {
    for domain in law.facts.iter().filter(|it| !it.derived) {
        let Some((section, key)) = domain.name.split_once('.') else { continue };
        let schema = of_domain(domain);
        let target = if section == "product" && defs.contains_key("Product") {
            defs.get_mut("Product")
        } else {
            Some(
                properties
                    .entry(section)
                    .or_insert_with(|| json!({ "type": "object", "additionalProperties": false, "properties": {} })),
            )
        };
        if let Some(keys) = target.and_then(|it| it.get_mut("properties")).and_then(Json::as_object_mut) {
            keys.insert(key.to_owned(), schema);
        }
    }
}

fn of_domain(domain: &FactDomain) -> Json {
    let mut schema = match domain.kind {
        FactType::Flag => json!({ "type": "boolean" }),
        FactType::Number => json!({ "type": "integer", "minimum": domain.least, "maximum": domain.most }),
        FactType::Word => json!({ "type": "string", "enum": domain.words }),
        FactType::Words => json!({ "type": "array", "items": { "type": "string", "enum": domain.words } }),
    };
    schema["description"] = Json::String(domain.about.clone());
    if let Some(default) = domain.default {
        schema["default"] = Json::Bool(default);
    }
    schema
}

/// The vocabulary of `does` is data, so the schema takes it from the catalogue.
fn name_functions(law: &Catalogue, defs: &mut Map<String, Json>) {
    let words: Vec<Json> =
        law.functions.iter().map(|it| json!({ "const": it.id, "title": it.title, "description": it.about })).collect();
    if let Some(items) = defs.get_mut("Function").and_then(|it| it.pointer_mut("/properties/does/items")) {
        *items = json!({ "oneOf": words });
    }
}
