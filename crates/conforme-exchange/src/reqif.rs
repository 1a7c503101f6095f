//! ReqIF 1.2, the Requirements Interchange Format of the OMG. <https://www.omg.org/spec/ReqIF/1.2>
//!
//! Objects come in the order of the hierarchies; an object below another belongs to it. Attributes are found by their
//! long names, with the same map as columns.

mod xhtml;
mod xml;

use crate::table::record::Gathered;
use crate::table::{Field, Map};
use crate::{ExchangeError, Given, Imported, MAX_DEPTH, MAX_REQUIREMENTS, Problem, ReadAs};
use std::collections::{BTreeMap, BTreeSet};
use xml::Element;

/// Reads the objects of a ReqIF document.
///
/// # Errors
/// When it is no ReqIF, or no attribute names requirements.
pub fn import(text: &str, map: &Map, given: &Given) -> Result<Imported, ExchangeError> {
    let root = xml::parse(text)?;
    let content = root.child("CORE-CONTENT").and_then(|it| it.child("REQ-IF-CONTENT"));
    let Some(content) = content.filter(|_| root.name == "REQ-IF") else {
        let problem = format!("the root is `{}`; ReqIF has `REQ-IF` with CORE-CONTENT and REQ-IF-CONTENT", root.name);
        return Err(ExchangeError::new("the file", problem));
    };
    let given = &map.given(given);
    let mut reader = Document::new(content, given);
    let columns = reader.columns(map)?;
    reader.hierarchies(content, &columns)?;
    reader.rest(&columns)?;
    if let Some(title) = root.child("THE-HEADER").and_then(|it| it.child("REQ-IF-HEADER")?.child("TITLE")) {
        reader.title = Some(title.text().trim().to_owned()).filter(|it| !it.is_empty());
    }
    Ok(reader.finish(columns))
}

struct Document<'a> {
    /// Long names of attributes, enumerated values, and objects, by identifier.
    attributes: BTreeMap<&'a str, &'a str>,
    values: BTreeMap<&'a str, &'a str>,
    objects: BTreeMap<&'a str, &'a Element>,
    order: Vec<&'a str>,
    /// Objects that were met, and the id each got.
    met: BTreeMap<&'a str, Option<String>>,
    gathered: Gathered<'a>,
    given: &'a Given,
    title: Option<String>,
}

impl<'a> Document<'a> {
    fn new(content: &'a Element, given: &'a Given) -> Self {
        let mut this = Self {
            attributes: BTreeMap::new(),
            values: BTreeMap::new(),
            objects: BTreeMap::new(),
            order: Vec::new(),
            met: BTreeMap::new(),
            gathered: Gathered::new(given),
            given,
            title: None,
        };
        for kind in content.children("SPEC-TYPES") {
            for attribute in kind.children("SPEC-ATTRIBUTES") {
                if let Some(id) = attribute.attribute("IDENTIFIER") {
                    this.attributes.insert(id, attribute.attribute("LONG-NAME").unwrap_or(id));
                }
            }
        }
        for value in content.children("DATATYPES").flat_map(|it| it.children("SPECIFIED-VALUES")) {
            if let Some(id) = value.attribute("IDENTIFIER") {
                this.values.insert(id, value.attribute("LONG-NAME").unwrap_or(id));
            }
        }
        for object in content.children("SPEC-OBJECTS") {
            let Some(id) = object.attribute("IDENTIFIER") else {
                this.gathered.problems.push(Problem::new("SPEC-OBJECTS", "an object without IDENTIFIER is not read"));
                continue;
            };
            if this.objects.insert(id, object).is_some() {
                let problem = "the IDENTIFIER stands twice; the last object of this name is read";
                this.gathered.problems.push(Problem::new(id, problem));
            } else {
                this.order.push(id);
            }
        }
        for key in ["SPEC-RELATIONS", "SPEC-RELATION-GROUPS"] {
            let count = content.children(key).count();
            if count > 0 {
                this.gathered
                    .problems
                    .push(Problem::new(key, format!("{count} of them have no place and are not read")));
            }
        }
        this
    }

    /// Which attribute is which field: those that objects use.
    fn columns(&self, map: &Map) -> Result<Vec<ReadAs>, ExchangeError> {
        let used: BTreeSet<&str> = self.objects.values().flat_map(|it| self.texts(it)).map(|it| it.0).collect();
        let used: Vec<&str> = used.into_iter().collect();
        if used.is_empty() {
            return Ok(Vec::new());
        }
        let fields =
            map.fields(&used).map_err(|it| ExchangeError::new("the attributes", it.replace("column", "attribute")))?;
        Ok(used.iter().zip(fields).map(|(name, field)| ReadAs { name: (*name).to_owned(), field }).collect())
    }

    /// Long names and texts of the attributes of an object, and what of an attribute has no text.
    fn texts(&self, object: &'a Element) -> Vec<(&'a str, String, bool)> {
        let mut texts = Vec::new();
        for value in object.children("VALUES") {
            let reference = value.child("DEFINITION").and_then(|it| it.elements().next()).map(|it| it.text());
            let reference = reference.unwrap_or_default();
            let name = self.attributes.get_key_value(reference.trim()).map_or("(unnamed)", |it| it.1);
            let plain = || value.attribute("THE-VALUE").unwrap_or_default().to_owned();
            let (text, loses) = match value.name.as_str() {
                "ATTRIBUTE-VALUE-XHTML" => match value.child("THE-VALUE") {
                    Some(it) => (xhtml::plain(it), xhtml::loses(it)),
                    None => Default::default(),
                },
                "ATTRIBUTE-VALUE-ENUMERATION" => {
                    let names = value.children("VALUES").map(|it| {
                        let id = it.text();
                        self.values.get(id.trim()).map_or_else(|| id.trim().to_owned(), |it| (*it).to_owned())
                    });
                    (names.collect::<Vec<_>>().join("; "), false)
                }
                "ATTRIBUTE-VALUE-BOOLEAN" => {
                    let yes = matches!(value.attribute("THE-VALUE"), Some("true" | "1"));
                    (if yes { "yes" } else { "no" }.to_owned(), false)
                }
                _ => (plain(), false),
            };
            if !text.trim().is_empty() {
                texts.push((name, text, loses));
            }
        }
        texts
    }

    fn hierarchies(&mut self, content: &'a Element, columns: &[ReadAs]) -> Result<(), ExchangeError> {
        for specification in content.children("SPECIFICATIONS") {
            if self.title.is_none() {
                self.title = specification.attribute("LONG-NAME").map(str::to_owned);
            }
            for node in specification.children("CHILDREN") {
                self.node(node, None, columns, 0)?;
            }
        }
        Ok(())
    }

    fn node(
        &mut self,
        node: &'a Element,
        parent: Option<&str>,
        columns: &[ReadAs],
        depth: usize,
    ) -> Result<(), ExchangeError> {
        let reference = node.child("OBJECT").and_then(|it| it.child("SPEC-OBJECT-REF")).map(Element::text);
        let reference = reference.unwrap_or_default();
        let place = node.attribute("IDENTIFIER").unwrap_or("a SPEC-HIERARCHY");
        if depth >= MAX_DEPTH {
            let problem =
                format!("it is nested more than {MAX_DEPTH} deep; what is below follows in the order of objects");
            self.gathered.problems.push(Problem::new(place, problem));
            return Ok(());
        }
        let id = match self.objects.get_key_value(reference.trim()).map(|(id, object)| (*id, *object)) {
            Some((id, object)) => self.object(id, object, parent, columns)?,
            None => {
                let problem = format!("it refers to the object `{}`, which is not there", reference.trim());
                self.gathered.problems.push(Problem::new(place, problem));
                None
            }
        };
        let parent = id.as_deref().or(parent).map(str::to_owned);
        for inner in node.children("CHILDREN") {
            self.node(inner, parent.as_deref(), columns, depth + 1)?;
        }
        Ok(())
    }

    /// Objects that stand in no hierarchy.
    fn rest(&mut self, columns: &[ReadAs]) -> Result<(), ExchangeError> {
        let rest: Vec<&str> = self.order.iter().copied().filter(|it| !self.met.contains_key(it)).collect();
        for id in rest {
            if let Some(object) = self.objects.get(id).copied() {
                self.object(id, object, None, columns)?;
            }
        }
        Ok(())
    }

    fn object(
        &mut self,
        identifier: &'a str,
        object: &'a Element,
        parent: Option<&str>,
        columns: &[ReadAs],
    ) -> Result<Option<String>, ExchangeError> {
        if let Some(id) = self.met.get(identifier) {
            let id = id.clone();
            self.gathered
                .problems
                .push(Problem::new(identifier, "it stands twice in the hierarchy; its first place counts"));
            return Ok(id);
        }
        if self.met.len() >= MAX_REQUIREMENTS {
            return Err(ExchangeError::new(identifier, format!("there are more than {MAX_REQUIREMENTS} objects")));
        }
        let mut fields: Vec<(Field, String, String)> = Vec::new();
        for (name, text, loses) in self.texts(object) {
            let place = format!("{identifier}, {name}");
            let field = columns.iter().find(|it| it.name == name).and_then(|it| it.field);
            if loses {
                self.gathered.problems.push(Problem::new(&place, "pictures, links and tables in it are text now"));
            }
            match field.filter(|field| !fields.iter().any(|it| it.0 == *field)) {
                Some(field) => fields.push((field, place, text)),
                None => self.gathered.leftover.push((place, text)),
            }
        }
        let id = self.gathered.row(identifier, identifier, &fields);
        if let (Some(id), Some(parent)) = (&id, parent) {
            self.gathered.belongs(id, parent);
        }
        self.met.insert(identifier, id.clone());
        Ok(id)
    }

    fn finish(self, columns: Vec<ReadAs>) -> Imported {
        let mut imported = self.gathered.finish(columns);
        imported.head.edition = self.title.unwrap_or_else(|| self.given.edition.clone());
        imported
    }
}
