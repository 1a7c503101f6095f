//! From an edition to a catalog. Equal editions give equal bytes: the name is a hash, the date is that of the edition.

use super::{NS, OWN_FILE, PROVISION, RMF, control_ids, prop, token, uuid};
use crate::{Leftover, MAX_DEPTH, Problem, Unique, place, written};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use conforme_catalogue::{
    EditionHead, LookedAt, MappingRow, MethodName, Modal, Requirement, RequirementKind, StandardEdition,
};
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// A catalog of an edition, with what an import left over laid back. Problems name leftovers that found no place.
pub fn export(edition: &StandardEdition, leftover: &[Leftover]) -> (Value, Vec<Problem>) {
    let mut writer = Writer::new(edition, leftover);
    let mut catalog = json!({ "metadata": writer.metadata() });
    let (groups, controls): (Vec<Value>, Vec<Value>) = (
        writer.tree.groups(None).into_iter().map(|it| writer.group(it)).collect(),
        writer.tree.members(None).into_iter().map(|it| writer.control(it)).collect(),
    );
    for (key, list) in [("groups", groups), ("controls", controls)] {
        if !list.is_empty() {
            catalog[key] = Value::Array(list);
        }
    }
    if let Some(resource) = writer.own_file() {
        catalog["back-matter"] = json!({ "resources": [resource] });
    }
    // The name a catalog came with is its name again; it is laid after the content was named.
    let own = writer.leftover.get_mut(&(None, None));
    let named: Vec<&Leftover> = own.map_or_else(Vec::new, |own| own.extract_if(.., |it| it.at == "/uuid").collect());
    writer.lay(&mut catalog, (None, None));
    let body = catalog.as_object().cloned().unwrap_or_default();
    let mut document = super::document("catalog", body);
    for it in named {
        document["catalog"]["uuid"] = it.value.clone();
    }
    for it in leftover.iter().filter(|it| it.at.is_empty()) {
        match it.place.strip_prefix('/').filter(|key| !key.contains('/')) {
            Some(key) => document[key] = it.value.clone(),
            None => {
                let problem = "it comes from a table or from ReqIF and has no place in a catalog; it is not written";
                writer.problems.push(Problem::new(&it.place, problem));
            }
        }
    }
    writer.strays();
    (document, writer.problems)
}

/// A way of looking as OSCAL writes it.
pub(super) fn method(way: LookedAt) -> Value {
    let name = word(&way).to_uppercase();
    json!({ "name": "assessment-method", "props": [{ "name": "method", "ns": RMF, "value": name }] })
}

/// Which requirement stands in which.
struct Tree {
    /// The requirement around each.
    parent: Vec<Option<usize>>,
    /// The group around each that stands in no other.
    group: Vec<Option<usize>>,
    /// The groups in each group, and in none.
    groups: BTreeMap<Option<usize>, Vec<usize>>,
    /// The requirements in each group, and in none, that stand in no other.
    members: BTreeMap<Option<usize>, Vec<usize>>,
    /// The requirements in each requirement.
    inner: BTreeMap<usize, Vec<usize>>,
}

impl Tree {
    fn new(head: &EditionHead, leftover: &[Leftover]) -> Self {
        let mut group_at = BTreeMap::new();
        let (mut outer, mut group_depth): (Vec<Option<usize>>, Vec<usize>) = Default::default();
        let around: BTreeMap<&str, &str> = leftover
            .iter()
            .filter(|it| it.at == "..")
            .filter_map(|it| Some((it.group.as_deref()?, it.value.as_str()?)))
            .collect();
        for (at, it) in head.groups.iter().enumerate() {
            let within = around.get(it.id.as_str()).and_then(|it| group_at.get(it).copied());
            let within = within.filter(|it: &usize| group_depth[*it] + 2 < MAX_DEPTH);
            group_depth.push(within.map_or(0, |it| group_depth[it] + 1));
            outer.push(within);
            group_at.entry(it.id.as_str()).or_insert(at);
        }
        let mut known: BTreeMap<&str, usize> = BTreeMap::new();
        let (mut parent, mut group, mut depth): (Vec<Option<usize>>, Vec<Option<usize>>, Vec<usize>) =
            Default::default();
        for (at, it) in head.requirements.iter().enumerate() {
            // Only what stands before can be around: no circle is possible.
            let above = it.parent.as_ref().and_then(|it| known.get(it.as_str()).copied());
            let above = above.filter(|it| depth[*it] + 1 < MAX_DEPTH);
            let inside = it.group.as_ref().and_then(|it| group_at.get(it.as_str()).copied());
            depth.push(above.map_or_else(|| inside.map_or(0, |it| group_depth[it] + 1), |it| depth[it] + 1));
            parent.push(above);
            group.push(if above.is_none() { inside } else { None });
            known.entry(it.id.as_str()).or_insert(at);
        }
        let mut tree =
            Self { parent, group, groups: outer_lists(&outer), members: BTreeMap::new(), inner: BTreeMap::new() };
        for (at, above) in tree.parent.iter().enumerate() {
            match above {
                Some(above) => tree.inner.entry(*above).or_default().push(at),
                None => tree.members.entry(tree.group[at]).or_default().push(at),
            }
        }
        tree
    }

    fn groups(&self, of: Option<usize>) -> Vec<usize> {
        self.groups.get(&of).cloned().unwrap_or_default()
    }

    fn members(&self, of: Option<usize>) -> Vec<usize> {
        self.members.get(&of).cloned().unwrap_or_default()
    }

    fn inner(&self, of: usize) -> Vec<usize> {
        self.inner.get(&of).cloned().unwrap_or_default()
    }

    /// Requirements as they come out: controls before groups.
    fn sequence(&self) -> Vec<usize> {
        let mut out = Vec::new();
        self.visit_members(None, &mut out);
        for group in self.groups(None) {
            self.visit_group(group, &mut out);
        }
        out
    }

    fn visit_group(&self, group: usize, out: &mut Vec<usize>) {
        self.visit_members(Some(group), out);
        for inner in self.groups(Some(group)) {
            self.visit_group(inner, out);
        }
    }

    fn visit_members(&self, group: Option<usize>, out: &mut Vec<usize>) {
        for it in self.members(group) {
            self.visit(it, out);
        }
    }

    fn visit(&self, at: usize, out: &mut Vec<usize>) {
        out.push(at);
        for it in self.inner(at) {
            self.visit(it, out);
        }
    }
}

fn outer_lists(outer: &[Option<usize>]) -> BTreeMap<Option<usize>, Vec<usize>> {
    let mut lists: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
    for (at, outer) in outer.iter().enumerate() {
        lists.entry(*outer).or_default().push(at);
    }
    lists
}

/// The requirement and the group a leftover belongs to.
type Owner<'a> = (Option<&'a str>, Option<&'a str>);

struct Writer<'a> {
    edition: &'a StandardEdition,
    leftover: BTreeMap<Owner<'a>, Vec<&'a Leftover>>,
    /// The first requirement and the first group of each id.
    first: (BTreeMap<&'a str, usize>, BTreeMap<&'a str, usize>),
    links: BTreeMap<&'a str, Vec<&'a MappingRow>>,
    tree: Tree,
    ids: Vec<String>,
    group_ids: Vec<String>,
    /// The order of the record is not that of the tree.
    numbered: bool,
    problems: Vec<Problem>,
}

impl<'a> Writer<'a> {
    fn new(edition: &'a StandardEdition, leftover: &'a [Leftover]) -> Self {
        let head = &edition.head;
        let tree = Tree::new(head, leftover);
        let numbered = tree.sequence().iter().enumerate().any(|(at, it)| at != *it);
        let mut unique = Unique::default();
        let group_ids = head.groups.iter().map(|it| unique.name(&token(&it.id))).collect();
        let mut by_owner: BTreeMap<Owner<'a>, Vec<&Leftover>> = BTreeMap::new();
        // What stood beside the catalog, and which group is in which, is written elsewhere.
        for it in leftover.iter().filter(|it| it.at.starts_with('/')) {
            by_owner.entry((it.requirement.as_deref(), it.group.as_deref())).or_default().push(it);
        }
        let requirements = head.requirements.iter().enumerate().map(|(at, it)| (it.id.as_str(), at)).rev().collect();
        let groups = head.groups.iter().enumerate().map(|(at, it)| (it.id.as_str(), at)).rev().collect();
        let mut links: BTreeMap<&str, Vec<&MappingRow>> = BTreeMap::new();
        for row in edition.mapping.iter().flat_map(|it| &it.rows) {
            for id in &row.requirements {
                links.entry(id).or_default().push(row);
            }
        }
        let (leftover, first, ids) = (by_owner, (requirements, groups), control_ids(head));
        Self { edition, leftover, first, links, tree, ids, group_ids, numbered, problems: Vec::new() }
    }

    fn head(&self) -> &'a EditionHead {
        &self.edition.head
    }

    fn metadata(&self) -> Value {
        let head = self.head();
        let method: MethodName = head.method;
        let mut props = vec![
            prop("standard", self.edition.standard.as_str()),
            prop("slug", &self.edition.slug),
            prop("reach", &word(&head.reach)),
            prop("reach-note", &head.reach_note),
            prop("method", &word(&method)),
            prop("as-of", &head.basis.as_of.to_string()),
        ];
        props.extend(head.basis.authority.map(|it| prop("authority", &word(&it))));
        props.extend(head.basis.certainty.map(|it| prop("certainty", &word(&it))));
        props.extend(head.basis.doubt.as_ref().map(|it| prop("doubt", it)));
        props.extend(head.basis.source.iter().map(|it| prop("source", it)));
        props.extend(head.levels.iter().map(|it| prop("level", it)));
        super::metadata(&head.edition, &self.edition.slug, head.basis.as_of, props)
    }

    /// What belongs to the whole edition and is nested, as a file in the back matter.
    fn own_file(&self) -> Option<Value> {
        let mut own = written::head(self.head());
        own.retain(|key, _| super::OWN_KEYS.contains(&key.as_str()));
        if let Some(mapping) = &self.edition.mapping {
            own.insert("mapping".to_owned(), Value::Object(written::mapping(mapping)));
        }
        let text = (!own.is_empty()).then(|| Value::Object(own).to_string())?;
        Some(json!({
            "uuid": uuid(&text),
            "title": "Frame, threats, objectives and mapping of this edition",
            "base64": {
                "filename": OWN_FILE,
                "media-type": "application/json",
                "value": BASE64.encode(text.as_bytes()),
            },
        }))
    }

    fn group(&mut self, at: usize) -> Value {
        let group = &self.head().groups[at];
        let mut value = json!({ "id": self.group_ids[at], "title": group.title });
        let mut props = Vec::new();
        if self.group_ids[at] != group.id {
            props.push(prop("id", &group.id));
        }
        props.extend(group.clause.as_ref().map(|it| prop("clause", it)));
        let groups = self.tree.groups(Some(at)).into_iter().map(|it| self.group(it)).collect();
        let controls = self.tree.members(Some(at)).into_iter().map(|it| self.control(it)).collect();
        for (key, list) in [("props", props), ("groups", groups), ("controls", controls)] {
            if !list.is_empty() {
                value[key] = Value::Array(list);
            }
        }
        if self.first.1.get(group.id.as_str()) == Some(&at) {
            self.lay(&mut value, (None, Some(&group.id)));
        }
        value
    }

    fn control(&mut self, at: usize) -> Value {
        let it = &self.head().requirements[at];
        let mut value = json!({ "id": self.ids[at], "title": it.title, "props": self.props(at) });
        let controls = self.tree.inner(at).into_iter().map(|it| self.control(it)).collect();
        for (key, list) in [("links", self.links(it)), ("parts", parts(it)), ("controls", controls)] {
            if !list.is_empty() {
                value[key] = Value::Array(list);
            }
        }
        // Of two requirements of one id the first has the leftovers.
        if self.first.0.get(it.id.as_str()) == Some(&at) {
            self.lay(&mut value, (Some(&it.id), None));
        }
        value
    }

    fn props(&self, at: usize) -> Vec<Value> {
        let it = &self.head().requirements[at];
        let (kind, modal): (RequirementKind, Modal) = (it.kind, it.modal);
        let mut props = vec![prop("kind", &word(&kind)), prop("modal", &word(&modal))];
        let mut one = |name: &str, value: Option<&String>| props.extend(value.map(|it| prop(name, it)));
        one("id", Some(&it.id).filter(|id| **id != self.ids[at]));
        one("clause", it.clause.as_ref());
        let above = self.tree.parent[at].map(|it| &self.head().requirements[it]);
        let around = match above {
            Some(above) => above.group.as_ref(),
            None => self.tree.group[at].map(|it| &self.head().groups[it].id),
        };
        if it.group.as_ref() != around {
            let none = "yes".to_owned();
            one(if it.group.is_some() { "group" } else { "no-group" }, it.group.as_ref().or(Some(&none)));
        }
        if above.is_none() {
            one("parent", it.parent.as_ref());
        }
        one("doubt", it.basis.doubt.as_ref());
        one("reference", it.assessment.reference.as_ref());
        one("certainty", it.basis.certainty.map(|it| word(&it)).as_ref());
        one("applies", it.applies.as_ref().map(|it| written::condition(it).to_string()).as_ref());
        one("derived", Some(&"yes".to_owned()).filter(|_| it.assessment.derived));
        one("order", Some(&at.to_string()).filter(|_| self.numbered));
        let lists =
            [("level", &it.levels), ("use-case", &it.use_cases), ("origin", &it.origin), ("source", &it.basis.source)];
        for (name, list) in lists {
            list.iter().for_each(|it| one(name, Some(it)));
        }
        props
    }

    /// The provisions a requirement answers.
    fn links(&self, it: &Requirement) -> Vec<Value> {
        let rows = self.links.get(it.id.as_str()).into_iter().flatten();
        rows
            .map(|row| {
                json!({ "href": format!("{PROVISION}{}", row.provision), "rel": row.relation.word(), "text": row.reason })
            })
            .collect()
    }

    /// Lays back what belongs to an owner.
    fn lay(&mut self, into: &mut Value, owner: Owner<'a>) {
        let own = self.leftover.remove(&owner).unwrap_or_default();
        for it in place::lay(into, own) {
            let why = if it.text.is_some() {
                "the text of this part was changed since; its former structure is not written"
            } else {
                "this has no place any more and is not written"
            };
            self.problems.push(Problem::new(&it.place, why));
        }
    }

    /// Leftovers of requirements and groups that are gone.
    fn strays(&mut self) {
        for ((requirement, group), leftover) in std::mem::take(&mut self.leftover) {
            let name = requirement.or(group).unwrap_or_default();
            let gone = |it: &&Leftover| {
                Problem::new(&it.place, format!("{name} is no longer there; what was left over of it is not written"))
            };
            self.problems.extend(leftover.iter().map(gone));
        }
    }
}

fn parts(it: &Requirement) -> Vec<Value> {
    let own = |name: &str, text: &String| json!({ "name": name, "ns": NS, "prose": text });
    let list = |name: &'static str, texts: &[String]| -> Vec<Value> { texts.iter().map(|it| own(name, it)).collect() };
    let assessment = &it.assessment;
    let mut parts = Vec::new();
    parts.extend(it.statement.as_ref().map(|it| json!({ "name": "statement", "prose": it })));
    parts.extend(it.applies_note.as_ref().map(|it| own("applicability", it)));
    parts.extend(list("input", &it.inputs));
    parts.extend(list("output", &it.outputs));
    parts.extend(list("evidence", &it.evidence));
    parts.extend(list("preparation", &assessment.preparation));
    parts.extend(assessment.objective.as_ref().map(|it| json!({ "name": "assessment-objective", "prose": it })));
    parts.extend(assessment.by.iter().map(|it| method(*it)));
    parts.extend(list("activity", &assessment.activities));
    parts.push(own("expected", &assessment.expected));
    parts
}

/// The word of a closed list.
fn word(it: &impl Serialize) -> String {
    match serde_json::to_value(it) {
        Ok(Value::String(word)) => word,
        _ => String::new(),
    }
}
