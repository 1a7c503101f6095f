//! From a catalog to an edition.

use super::prose::{self, Params};
use super::{NS, OWN_FILE, PROVISION, own_prop};
use crate::place::step;
use crate::{
    ExchangeError, Given, Imported, Leftover, MAX_DEPTH, MAX_REQUIREMENTS, Problem, Unique, bare, complete, written,
};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use conforme_catalogue::{Day, Group, LookedAt, Modal, Requirement};
use serde_json::{Map, Value};

mod control;

/// Reads a catalog of OSCAL 1.x.
///
/// # Errors
/// When the text is not JSON, or not a catalog.
pub fn import(text: &str, given: &Given) -> Result<Imported, ExchangeError> {
    let document: Value = serde_json::from_str(text).map_err(|error| {
        ExchangeError::new(format!("line {}, column {}", error.line(), error.column()), format!("no JSON: {error}"))
    })?;
    let Some(catalog) = document.get("catalog").and_then(Value::as_object) else {
        let kinds = document.as_object().map_or_else(Vec::new, |it| it.keys().map(String::as_str).take(5).collect());
        let found = if kinds.is_empty() { "no object".to_owned() } else { format!("`{}`", kinds.join("`, `")) };
        let problem = format!("an OSCAL catalog has the key `catalog`, and this has {found}; give a catalog as JSON");
        return Err(ExchangeError::new("/", problem));
    };
    let mut params = Params::new();
    collect_params(&document["catalog"], 0, &mut params);
    let mut reader = Reader::new(given, &params);
    for (key, value) in document.as_object().into_iter().flatten().filter(|(key, _)| *key != "catalog") {
        let place = step("", key);
        let beside =
            Leftover { place, requirement: None, group: None, at: String::new(), value: value.clone(), text: None };
        reader.out.leftover.push(beside);
    }
    reader.catalog(catalog)?;
    Ok(reader.finish())
}

/// Parameters of the catalog, its groups and controls; ids are unique in a document.
fn collect_params<'a>(of: &'a Value, depth: usize, params: &mut Params<'a>) {
    for param in of["params"].as_array().into_iter().flatten() {
        if let Some(id) = param["id"].as_str() {
            params.insert(id, param);
        }
    }
    if depth < MAX_DEPTH {
        for inner in ["groups", "controls"].iter().flat_map(|it| of[*it].as_array().into_iter().flatten()) {
            collect_params(inner, depth + 1, params);
        }
    }
}

/// Where something stands and to whom it belongs.
#[derive(Clone)]
struct Here {
    place: String,
    requirement: Option<String>,
    group: Option<String>,
}

struct Reader<'a> {
    given: &'a Given,
    params: &'a Params<'a>,
    out: Imported,
    control_ids: Unique,
    group_ids: Unique,
    /// Places in the order of the record, where they differ from that of the document.
    order: Vec<Option<usize>>,
    assumed: usize,
    proposed: usize,
}

impl<'a> Reader<'a> {
    fn new(given: &'a Given, params: &'a Params<'a>) -> Self {
        let out = Imported {
            head: bare(given),
            mapping: None,
            standard: None,
            slug: None,
            columns: Vec::new(),
            leftover: Vec::new(),
            problems: Vec::new(),
        };
        let (control_ids, group_ids) = Default::default();
        Self { given, params, out, control_ids, group_ids, order: Vec::new(), assumed: 0, proposed: 0 }
    }

    fn finish(mut self) -> Imported {
        if self.order.iter().all(Option::is_some) {
            let mut rows: Vec<(Option<usize>, Requirement)> =
                self.order.into_iter().zip(std::mem::take(&mut self.out.head.requirements)).collect();
            rows.sort_by_key(|(order, _)| *order);
            self.out.head.requirements = rows.into_iter().map(|(_, it)| it).collect();
        }
        let counts = [
            (
                self.assumed,
                "do not say whether they are about the product, a process or a document; `kind` was assumed",
            ),
            (self.proposed, "have no complete method of assessment; what is missing was proposed (`derived = true`)"),
        ];
        for (count, what) in counts.into_iter().filter(|(count, _)| *count > 0) {
            self.out.problems.push(Problem::new("/catalog", format!("{count} controls {what}")));
        }
        self.out
    }

    fn problem(&mut self, place: &str, message: impl Into<String>) {
        self.out.problems.push(Problem::new(place, message));
    }

    fn keep(&mut self, here: &Here, at: String, value: &Value, text: Option<String>) {
        self.out.leftover.push(Leftover {
            place: format!("{}{at}", here.place),
            requirement: here.requirement.clone(),
            group: here.group.clone(),
            at,
            value: value.clone(),
            text,
        });
    }

    fn catalog(&mut self, catalog: &Map<String, Value>) -> Result<(), ExchangeError> {
        let here = Here { place: "/catalog".to_owned(), requirement: None, group: None };
        for (key, value) in catalog {
            match (key.as_str(), value) {
                ("metadata", Value::Object(metadata)) => self.metadata(&here, metadata),
                ("back-matter", Value::Object(matter)) => self.back_matter(&here, matter),
                ("groups" | "controls", Value::Array(_)) => {}
                // A catalog that we wrote is named after its content, and is so again.
                ("uuid", _) if self.ours(catalog) => {}
                _ => self.keep(&here, step("", key), value, None),
            }
        }
        if !matches!(catalog.get("metadata"), Some(Value::Object(_))) {
            self.problem("/catalog/metadata", "a catalog has metadata with title and version; this one has none");
        }
        self.members(catalog, &here, None, 0)?;
        if self.out.head.requirements.is_empty() {
            self.problem("/catalog", "there is no control in it");
        }
        Ok(())
    }

    fn ours(&self, catalog: &Map<String, Value>) -> bool {
        let props = catalog.get("metadata").and_then(|it| it.get("props")).and_then(Value::as_array);
        let ours = props.into_iter().flatten().filter_map(own_prop).any(|(name, _)| name == "reach");
        let body: Map<String, Value> =
            catalog.iter().filter(|(key, _)| *key != "uuid").map(|(key, it)| (key.clone(), it.clone())).collect();
        ours && super::document("catalog", body)["catalog"]["uuid"] == catalog["uuid"]
    }

    fn metadata(&mut self, catalog: &Here, metadata: &Map<String, Value>) {
        let mut own = Map::new();
        for (at, prop) in metadata.get("props").and_then(Value::as_array).into_iter().flatten().enumerate() {
            match own_prop(prop) {
                Some(("standard", value)) => self.out.standard = Some(value.to_owned()),
                Some(("slug", value)) => self.out.slug = Some(value.to_owned()),
                Some(("level", value)) => self.out.head.levels.push(value.to_owned()),
                Some((name, value)) if HEAD_PROPS.contains(&name) => {
                    let list = own.entry(name.to_owned()).or_insert_with(|| Value::Array(Vec::new()));
                    list.as_array_mut().into_iter().for_each(|it| it.push(Value::String(value.to_owned())));
                }
                _ => self.keep(catalog, format!("/metadata/props/{at}"), prop, None),
            }
        }
        let day = own.get("as-of").and_then(|it| it[0].as_str()?.parse::<Day>().ok());
        let modified = day.map(|it| format!("{}T00:00:00Z", it.first()));
        for (key, value) in metadata {
            match (key.as_str(), value) {
                ("props", Value::Array(_)) => {}
                ("title", Value::String(title)) => self.out.head.edition.clone_from(title),
                // What we wrote follows from the edition.
                ("version", Value::String(it)) if self.out.slug.as_ref() == Some(it) => {}
                ("last-modified", Value::String(it)) if modified.as_ref() == Some(it) => {}
                ("oscal-version", Value::String(it)) if modified.is_some() && it == super::VERSION => {}
                _ => self.keep(catalog, step("/metadata", key), value, None),
            }
        }
        if self.out.slug.is_none() {
            self.out.slug = metadata.get("version").and_then(Value::as_str).map(slug);
        }
        if !metadata.get("title").is_some_and(Value::is_string) {
            self.problem("/catalog/metadata/title", "the title is missing; the edition is called after the file");
        }
        if let Some(day) =
            metadata.get("last-modified").and_then(Value::as_str).and_then(|it| it.get(..10)?.parse().ok())
        {
            self.out.head.basis.as_of = day;
        }
        self.own_head(own);
    }

    /// What our own properties say about the edition.
    fn own_head(&mut self, own: Map<String, Value>) {
        if !own.contains_key("reach") {
            return;
        }
        let mut head = written::head(&self.out.head);
        for key in ["authority", "certainty", "doubt"] {
            head.remove(key);
        }
        head.insert("source".to_owned(), Value::Array(Vec::new()));
        for (name, value) in own {
            let value = if name == "source" { value } else { value[0].clone() };
            head.insert(name.replace('-', "_"), value);
        }
        match written::read_head(head) {
            Ok(head) => self.out.head = head,
            Err(problem) => self.problem("/catalog/metadata/props", problem),
        }
    }

    fn back_matter(&mut self, catalog: &Here, matter: &Map<String, Value>) {
        for (key, value) in matter {
            let Some(resources) = value.as_array().filter(|_| key == "resources") else {
                self.keep(catalog, step("/back-matter", key), value, None);
                continue;
            };
            for (at, resource) in resources.iter().enumerate() {
                let ours = resource["base64"]["filename"] == OWN_FILE;
                let problem = match ours.then(|| self.own_file(&resource["base64"]["value"])) {
                    Some(Ok(())) => continue,
                    Some(Err(problem)) => Some(problem),
                    None => None,
                };
                let place = format!("/back-matter/resources/{at}");
                if let Some(problem) = problem {
                    self.problem(&format!("/catalog{place}"), format!("{OWN_FILE} cannot be read: {problem}"));
                }
                self.keep(catalog, place, resource, None);
            }
        }
    }

    fn own_file(&mut self, coded: &Value) -> Result<(), String> {
        let bytes = coded.as_str().and_then(|it| BASE64.decode(it).ok()).ok_or("it is not Base64")?;
        let mut own: Map<String, Value> = serde_json::from_slice(&bytes).map_err(|it| it.to_string())?;
        let mapping = own.remove("mapping").and_then(|it| it.as_object().cloned());
        let mapping = mapping.map(written::read_mapping).transpose()?;
        if let Some(key) = own.keys().find(|it| !super::OWN_KEYS.contains(&it.as_str())) {
            return Err(format!("`{key}` does not belong into it"));
        }
        let mut head = written::head(&self.out.head);
        head.extend(own);
        self.out.head = written::read_head(head)?;
        self.out.mapping = mapping;
        Ok(())
    }

    /// Controls, then groups, of a catalog or group.
    fn members(
        &mut self,
        of: &Map<String, Value>,
        here: &Here,
        group: Option<&str>,
        depth: usize,
    ) -> Result<(), ExchangeError> {
        for (at, control) in of.get("controls").and_then(Value::as_array).into_iter().flatten().enumerate() {
            self.control(control, here, at, group, None, depth)?;
        }
        for (at, inner) in of.get("groups").and_then(Value::as_array).into_iter().flatten().enumerate() {
            self.group(inner, here, at, depth)?;
        }
        Ok(())
    }

    fn group(&mut self, value: &Value, around: &Here, at: usize, depth: usize) -> Result<(), ExchangeError> {
        let place = format!("{}/groups/{at}", around.place);
        let Some(map) = self.object(value, around, &format!("/groups/{at}"), &place, depth, "group") else {
            return Ok(());
        };
        let own = own_props(map);
        let wanted = own_value(&own, "id").or(map.get("id").and_then(Value::as_str)).map(str::to_owned);
        let title = map.get("title").and_then(Value::as_str);
        if wanted.is_none() {
            self.problem(&place, "the group has no id; it gets one");
        }
        let wanted = wanted.unwrap_or_else(|| title.map_or_else(|| format!("group-{}", at + 1), super::token));
        let id = self.group_ids.name(&wanted);
        if id != wanted {
            self.problem(&place, format!("the id {wanted} stands twice; this one is now {id}"));
        }
        if title.is_none() {
            self.problem(&place, "the group has no title; it is called after its id");
        }
        let clause = own_value(&own, "clause").map(str::to_owned);
        let title = title.unwrap_or(&id).to_owned();
        let here = Here { place, requirement: None, group: Some(id.clone()) };
        if let Some(outer) = &around.group {
            self.keep(&here, "..".to_owned(), &Value::String(outer.clone()), None);
            if let Some(it) = self.out.leftover.last_mut() {
                it.place.clone_from(&here.place);
            }
        }
        self.out.head.groups.push(Group { id: id.clone(), title, clause });
        for (key, value) in map {
            match (key.as_str(), value) {
                ("id" | "title", Value::String(_)) | ("groups" | "controls", Value::Array(_)) => {}
                ("props", Value::Array(props)) => self.foreign(&here, props, &["id", "clause"]),
                _ => self.keep(&here, step("", key), value, None),
            }
        }
        self.members(map, &here, Some(&id), depth + 1)
    }

    /// An object that is not too deep; anything else is kept as it is, and said.
    fn object<'v>(
        &mut self,
        value: &'v Value,
        around: &Here,
        at: &str,
        place: &str,
        depth: usize,
        what: &str,
    ) -> Option<&'v Map<String, Value>> {
        let problem = match value {
            Value::Object(_) if depth >= MAX_DEPTH => {
                format!("it is nested more than {MAX_DEPTH} deep; this {what} and all in it is left over")
            }
            Value::Object(map) => return Some(map),
            _ => format!("a {what} is an object, and this is not; it is left over"),
        };
        self.problem(place, problem);
        self.keep(around, at.to_owned(), value, None);
        None
    }

    /// Keeps the properties that are not ours.
    fn foreign(&mut self, here: &Here, props: &[Value], ours: &[&str]) {
        for (at, prop) in props.iter().enumerate() {
            if !own_prop(prop).is_some_and(|(name, _)| ours.contains(&name)) {
                self.keep(here, format!("/props/{at}"), prop, None);
            }
        }
    }
}

/// Properties of ours that say something about the edition.
const HEAD_PROPS: [&str; 8] = ["reach", "reach-note", "method", "as-of", "authority", "certainty", "doubt", "source"];

/// A version as a name of a folder.
fn slug(version: &str) -> String {
    version.chars().map(|it| if it.is_ascii_alphanumeric() || ".-_".contains(it) { it } else { '-' }).collect()
}

fn own_props(map: &Map<String, Value>) -> Vec<(&str, &str)> {
    map.get("props").and_then(Value::as_array).into_iter().flatten().filter_map(own_prop).collect()
}

fn own_value<'a>(own: &[(&str, &'a str)], name: &str) -> Option<&'a str> {
    own.iter().find(|it| it.0 == name).map(|it| it.1)
}
