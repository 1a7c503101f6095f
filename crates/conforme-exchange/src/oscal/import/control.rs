//! From a control to a requirement.

use super::*;
use conforme_catalogue::RequirementKind;
use serde::de::DeserializeOwned;

/// Properties of ours that say something about a requirement.
const PROPS: [&str; 17] = [
    "id",
    "kind",
    "modal",
    "clause",
    "group",
    "no-group",
    "parent",
    "order",
    "level",
    "use-case",
    "origin",
    "source",
    "certainty",
    "doubt",
    "reference",
    "derived",
    "applies",
];

impl Reader<'_> {
    /// A control and the controls in it, which enhance it.
    pub(super) fn control(
        &mut self,
        value: &Value,
        around: &Here,
        at: usize,
        group: Option<&str>,
        parent: Option<&str>,
        depth: usize,
    ) -> Result<(), ExchangeError> {
        let place = format!("{}/controls/{at}", around.place);
        let Some(map) = self.object(value, around, &format!("/controls/{at}"), &place, depth, "control") else {
            return Ok(());
        };
        if self.out.head.requirements.len() >= MAX_REQUIREMENTS {
            return Err(ExchangeError::new(place, format!("there are more than {MAX_REQUIREMENTS} controls")));
        }
        let own = own_props(map);
        let (id, title) = self.names(map, &own, &place, at);
        let here = Here { place, requirement: Some(id.clone()), group: None };
        let mut it = crate::blank(id.clone(), title, self.given);
        it.group = group.map(str::to_owned);
        it.parent = parent.map(str::to_owned);
        let ours = own.iter().any(|(name, _)| *name == "kind");
        for (name, value) in &own {
            self.own(&mut it, name, value, &here);
        }
        self.order.push(own_value(&own, "order").and_then(|it| it.parse().ok()));
        for (key, value) in map {
            match (key.as_str(), value) {
                ("id" | "title", Value::String(_)) | ("controls", Value::Array(_)) => {}
                ("props", Value::Array(props)) => self.foreign(&here, props, &PROPS),
                ("links", Value::Array(links)) => self.links(links, &here),
                ("parts", Value::Array(parts)) => self.parts(&mut it, parts, &here),
                ("parts" | "props" | "links" | "controls" | "params", value) if !value.is_array() => {
                    self.problem(&here.place, format!("`{key}` is a list, and this is not; it is left over"));
                    self.keep(&here, step("", key), value, None);
                }
                _ => self.keep(&here, step("", key), value, None),
            }
        }
        if !ours {
            self.foreign_defaults(&mut it, map, &here);
        }
        let group = it.group.clone();
        self.out.head.requirements.push(it);
        for (at, inner) in map.get("controls").and_then(Value::as_array).into_iter().flatten().enumerate() {
            self.control(inner, &here, at, group.as_deref(), Some(&id), depth + 1)?;
        }
        Ok(())
    }

    fn names(&mut self, map: &Map<String, Value>, own: &[(&str, &str)], place: &str, at: usize) -> (String, String) {
        let own_id = own_value(own, "id");
        let id =
            own_id.or(map.get("id").and_then(Value::as_str)).filter(|it| own_id.is_some() || !it.trim().is_empty());
        let title = map.get("title").and_then(Value::as_str);
        let wanted = id.map(str::to_owned).unwrap_or_else(|| {
            self.problem(place, "the control has no id; it gets one");
            format!("control-{}", at + 1)
        });
        let free = self.control_ids.name(&wanted);
        let id = if own_id.is_some() || free == wanted {
            wanted
        } else {
            self.problem(place, format!("the id {wanted} stands twice; this one is now {free}"));
            free
        };
        let title = title.map(str::to_owned).unwrap_or_else(|| {
            self.problem(place, format!("{id} has no title; it is called after its id"));
            id.clone()
        });
        (id, title)
    }

    /// A property of ours.
    fn own(&mut self, it: &mut Requirement, name: &str, value: &str, here: &Here) {
        let text = || Some(value.to_owned());
        let understood = match name {
            "kind" => word(value).map(|word: RequirementKind| it.kind = word).is_some(),
            "modal" => word(value).map(|word| it.modal = word).is_some(),
            "certainty" => word(value).map(|word| it.basis.certainty = Some(word)).is_some(),
            "applies" => serde_json::from_str(value).map(|formula| it.applies = Some(formula)).is_ok(),
            "clause" => {
                it.clause = text();
                true
            }
            "group" => {
                it.group = text();
                true
            }
            "no-group" => {
                it.group = None;
                true
            }
            "parent" => {
                it.parent = text();
                true
            }
            "doubt" => {
                it.basis.doubt = text();
                true
            }
            "reference" => {
                it.assessment.reference = text();
                true
            }
            "derived" => {
                it.assessment.derived = true;
                true
            }
            "level" => {
                it.levels.push(value.to_owned());
                true
            }
            "use-case" => {
                it.use_cases.push(value.to_owned());
                true
            }
            "origin" => {
                it.origin.push(value.to_owned());
                true
            }
            "source" => {
                it.basis.source.push(value.to_owned());
                true
            }
            _ => true,
        };
        if !understood {
            self.problem(&here.place, format!("the property `{name}` cannot be `{value}`"));
        }
    }

    /// Links to provisions repeat the mapping of the back matter.
    fn links(&mut self, links: &[Value], here: &Here) {
        for (at, link) in links.iter().enumerate() {
            let ours = link["href"].as_str().is_some_and(|it| it.starts_with(PROVISION));
            if !(ours && self.out.mapping.is_some()) {
                self.keep(here, format!("/links/{at}"), link, None);
            }
        }
    }

    fn parts(&mut self, it: &mut Requirement, parts: &[Value], here: &Here) {
        for (at, part) in parts.iter().enumerate() {
            if !part.is_object() {
                self.problem(
                    &format!("{}/parts/{at}", here.place),
                    "a part is an object, and this is not; it is left over",
                );
            }
            match self.part(it, part) {
                Taken::Whole => {}
                Taken::Text(text) => self.keep(here, format!("/parts/{at}"), part, Some(text)),
                Taken::Nothing => self.keep(here, format!("/parts/{at}"), part, None),
            }
        }
    }

    fn part(&self, it: &mut Requirement, part: &Value) -> Taken {
        let name = part["name"].as_str().unwrap_or_default();
        if part["ns"] == NS {
            let exact = part.as_object().is_some_and(|it| it.len() == 3);
            let Some(text) = part["prose"].as_str().filter(|_| exact).map(str::to_owned) else { return Taken::Nothing };
            match name {
                "applicability" => it.applies_note = Some(text),
                "input" => it.inputs.push(text),
                "output" => it.outputs.push(text),
                "evidence" => it.evidence.push(text),
                "preparation" => it.assessment.preparation.push(text),
                "activity" => it.assessment.activities.push(text),
                "expected" => it.assessment.expected = text,
                _ => return Taken::Nothing,
            }
            return Taken::Whole;
        }
        let slot = match name {
            "statement" => &mut it.statement,
            "assessment-objective" | "objective" => &mut it.assessment.objective,
            "assessment-method" | "assessment" => return method(it, part),
            _ => return Taken::Nothing,
        };
        match prose::of_part(part, self.params) {
            Some(text) if slot.is_none() => {
                let whole = part.as_object().is_some_and(|it| it.len() == 2)
                    && part["prose"] == text.as_str()
                    && matches!(name, "statement" | "assessment-objective");
                *slot = Some(text.clone());
                if whole { Taken::Whole } else { Taken::Text(text) }
            }
            _ => Taken::Nothing,
        }
    }

    /// What a catalog of others does not say and our record must.
    fn foreign_defaults(&mut self, it: &mut Requirement, map: &Map<String, Value>, here: &Here) {
        self.assumed += 1;
        let props = map.get("props").and_then(Value::as_array);
        if props.into_iter().flatten().any(|it| it["name"] == "status" && it["value"] == "withdrawn") {
            it.modal = Modal::May;
            self.problem(&here.place, format!("{} is withdrawn; it is taken over as `may`", it.id));
        } else if it.statement.is_none() {
            self.problem(&here.place, format!("{} has no statement", it.id));
        }
        self.proposed += usize::from(complete(it));
    }
}

enum Taken {
    /// All of it.
    Whole,
    /// This text; the structure around it has no place.
    Text(String),
    Nothing,
}

fn method(it: &mut Requirement, part: &Value) -> Taken {
    let props = part["props"].as_array().map_or([].as_slice(), Vec::as_slice);
    let Some(value) = props.iter().find(|it| it["name"] == "method").and_then(|it| it["value"].as_str()) else {
        return Taken::Nothing;
    };
    let Some(way) = word::<LookedAt>(&value.to_lowercase()) else { return Taken::Nothing };
    if it.assessment.by.contains(&way) {
        return Taken::Nothing;
    }
    it.assessment.by.push(way);
    let whole = *part == super::super::export::method(way);
    if whole { Taken::Whole } else { Taken::Text(value.to_owned()) }
}

fn word<T: DeserializeOwned>(value: &str) -> Option<T> {
    serde_json::from_value(Value::String(value.to_owned())).ok()
}
