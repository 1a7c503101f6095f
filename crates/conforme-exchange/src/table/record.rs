//! From texts of fields to requirements, and back. Tables and ReqIF share it.

use super::{Field, cell};
use crate::{Given, Imported, Problem, ReadAs, Unique, bare, blank, complete, written};
use conforme_catalogue::{Condition, EditionHead, Group, LookedAt, Modal, Named, Requirement, RequirementKind};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Longest title that is made of a statement.
const TITLE: usize = 80;

/// Requirements as they are read, and what has no place.
pub(crate) struct Gathered<'a> {
    given: &'a Given,
    head: EditionHead,
    ids: Unique,
    groups: BTreeMap<String, usize>,
    levels: BTreeSet<String>,
    use_cases: BTreeSet<String>,
    pub(crate) leftover: Vec<(String, String)>,
    pub(crate) problems: Vec<Problem>,
    /// The file has every column of ours: what is empty in it is meant to be.
    pub(crate) ours: bool,
    assumed: usize,
    proposed: usize,
}

impl<'a> Gathered<'a> {
    pub(crate) fn new(given: &'a Given) -> Self {
        let (ids, groups, levels, use_cases) = Default::default();
        let (head, leftover, problems) = (bare(given), Vec::new(), Vec::new());
        Self { given, head, ids, groups, levels, use_cases, leftover, problems, ours: false, assumed: 0, proposed: 0 }
    }

    /// Adds a requirement from fields, each with its place and text; says which id it got.
    pub(crate) fn row(&mut self, name: &str, place: &str, fields: &[(Field, String, String)]) -> Option<String> {
        let text = |wanted: Field| fields.iter().find(|it| it.0 == wanted).map(|it| cell::read(&it.2));
        let (id, title, statement) = (text(Field::Id), text(Field::Title), text(Field::Statement));
        if fields.is_empty() {
            return None;
        }
        if id.is_none() && title.is_none() && statement.is_none() {
            self.leftover.extend(fields.iter().map(|(_, place, text)| (place.clone(), text.clone())));
            self.problems.push(Problem::new(place, "neither id, title nor statement is there; this is no requirement"));
            return None;
        }
        let wanted = id.unwrap_or_else(|| {
            self.problems.push(Problem::new(place, format!("the id is missing; it gets {name}")));
            name.to_owned()
        });
        let id = self.ids.name(&wanted);
        if id != wanted {
            self.problems.push(Problem::new(place, format!("the id {wanted} stands twice; this one is now {id}")));
        }
        let title = title.unwrap_or_else(|| short(statement.as_deref().unwrap_or(&id)));
        let mut it = blank(id.clone(), title, self.given);
        it.statement = statement;
        let mut group_title = None;
        for (field, place, text) in fields {
            if let Err(problem) = set(&mut it, *field, text) {
                self.problems.push(Problem::new(place, problem));
                self.leftover.push((place.clone(), text.clone()));
            }
            if *field == Field::GroupTitle {
                group_title = Some(cell::read(text));
            }
        }
        self.assumed += usize::from(!fields.iter().any(|it| it.0 == Field::Kind));
        if !self.ours {
            self.proposed += usize::from(complete(&mut it));
        }
        self.names(&mut it, group_title);
        self.head.requirements.push(it);
        Some(id)
    }

    /// The requirement a requirement belongs to, when its own fields do not say.
    pub(crate) fn belongs(&mut self, id: &str, parent: &str) {
        if let Some(it) = self.head.requirements.last_mut().filter(|it| it.id == id && it.parent.is_none()) {
            it.parent = Some(parent.to_owned());
        }
    }

    /// Groups, levels and use cases in the order in which requirements name them.
    fn names(&mut self, it: &mut Requirement, group_title: Option<String>) {
        it.group = it.group.take().or_else(|| group_title.clone());
        if let Some(id) = &it.group {
            let title = group_title.unwrap_or_else(|| id.clone());
            match self.groups.get(id).map(|at| &mut self.head.groups[*at]) {
                Some(group) if group.title == *id => group.title = title,
                Some(_) => {}
                None => {
                    self.groups.insert(id.clone(), self.head.groups.len());
                    self.head.groups.push(Group { id: id.clone(), title, clause: None });
                }
            }
        }
        for level in &it.levels {
            if self.levels.insert(level.clone()) {
                self.head.levels.push(level.clone());
            }
        }
        for id in &it.use_cases {
            if self.use_cases.insert(id.clone()) {
                self.head.use_cases.push(Named { id: id.clone(), title: id.clone() });
            }
        }
    }

    pub(crate) fn finish(mut self, columns: Vec<ReadAs>) -> Imported {
        let head = &self.head;
        let known: BTreeSet<&str> = head.requirements.iter().map(|it| it.id.as_str()).collect();
        for it in &head.requirements {
            if let Some(parent) = it.parent.as_ref().filter(|it| !known.contains(it.as_str())) {
                let problem = format!("`parent` names {parent}, which is no requirement of this file");
                self.problems.push(Problem::new(&it.id, problem));
            }
        }
        if head.requirements.is_empty() {
            self.problems.push(Problem::new("the file", "there is no requirement in it"));
        }
        let counts = [
            (
                self.assumed,
                "do not say whether they are about the product, a process or a document; `kind` was assumed",
            ),
            (self.proposed, "have no complete method of assessment; what is missing was proposed (`derived = true`)"),
        ];
        for (count, what) in counts.into_iter().filter(|(count, _)| *count > 0) {
            self.problems.push(Problem::new("the file", format!("{count} requirements {what}")));
        }
        Imported {
            head: self.head,
            mapping: None,
            standard: None,
            slug: None,
            columns,
            leftover: super::leftover(self.leftover),
            problems: self.problems,
        }
    }
}

/// Puts the text of a cell into its field.
fn set(it: &mut Requirement, field: Field, text: &str) -> Result<(), String> {
    let one = || Some(cell::read(text));
    let assessment = &mut it.assessment;
    match field {
        Field::Id | Field::Title | Field::Statement | Field::GroupTitle => {}
        Field::Kind => it.kind = known(text, &KINDS)?,
        Field::Modal => it.modal = known(text, &MODALS)?,
        Field::Clause => it.clause = one(),
        Field::Group => it.group = one(),
        Field::Parent => it.parent = one(),
        Field::Levels => it.levels = cell::read_ids(text),
        Field::UseCases => it.use_cases = cell::read_ids(text),
        Field::Applies => it.applies = Some(formula(text)?),
        Field::AppliesNote => it.applies_note = one(),
        Field::Inputs => it.inputs = cell::read_lines(text),
        Field::Outputs => it.outputs = cell::read_lines(text),
        Field::Evidence => it.evidence = cell::read_lines(text),
        Field::Origin => it.origin = cell::read_ids(text),
        Field::Source => it.basis.source = cell::read_lines(text),
        Field::Certainty => it.basis.certainty = Some(word(text)?),
        Field::Doubt => it.basis.doubt = one(),
        Field::By => {
            // People part them with commas, too.
            let parts = text.split(['\n', ';', ',', '/']).map(str::trim).filter(|it| !it.is_empty());
            assessment.by = parts.map(|it| known(it, &WAYS)).collect::<Result<_, _>>()?;
        }
        Field::Objective => assessment.objective = one(),
        Field::Preparation => assessment.preparation = cell::read_lines(text),
        Field::Activities => assessment.activities = cell::read_lines(text),
        Field::Expected => assessment.expected = cell::read(text),
        Field::Reference => assessment.reference = one(),
        Field::Derived => assessment.derived = known(text, &FLAGS)?,
    }
    Ok(())
}

/// The text of a field as a cell.
pub(super) fn written(field: Field, it: &Requirement, head: &EditionHead) -> String {
    let one = |it: Option<&String>| it.map(|it| cell::text(it)).unwrap_or_default();
    let assessment = &it.assessment;
    match field {
        Field::Id => cell::text(&it.id),
        Field::Title => cell::text(&it.title),
        Field::Statement => one(it.statement.as_ref()),
        Field::Kind => spelled(&it.kind),
        Field::Modal => spelled(&it.modal),
        Field::Clause => one(it.clause.as_ref()),
        Field::Group => one(it.group.as_ref()),
        Field::GroupTitle => {
            let group = head.groups.iter().find(|group| Some(&group.id) == it.group.as_ref());
            one(group.map(|it| &it.title).or(it.group.as_ref()))
        }
        Field::Parent => one(it.parent.as_ref()),
        Field::Levels => cell::ids(&it.levels),
        Field::UseCases => cell::ids(&it.use_cases),
        Field::Applies => it.applies.as_ref().map(|it| written::condition(it).to_string()).unwrap_or_default(),
        Field::AppliesNote => one(it.applies_note.as_ref()),
        Field::Inputs => cell::lines(&it.inputs),
        Field::Outputs => cell::lines(&it.outputs),
        Field::Evidence => cell::lines(&it.evidence),
        Field::Origin => cell::ids(&it.origin),
        Field::Source => cell::lines(&it.basis.source),
        Field::Certainty => it.basis.certainty.as_ref().map(spelled).unwrap_or_default(),
        Field::Doubt => one(it.basis.doubt.as_ref()),
        Field::By => assessment.by.iter().map(spelled).collect::<Vec<_>>().join("; "),
        Field::Objective => one(assessment.objective.as_ref()),
        Field::Preparation => cell::lines(&assessment.preparation),
        Field::Activities => cell::lines(&assessment.activities),
        Field::Expected => cell::text(&assessment.expected),
        Field::Reference => one(assessment.reference.as_ref()),
        Field::Derived => if assessment.derived { "yes" } else { "" }.to_owned(),
    }
}

type Words<T> = [(T, &'static [&'static str])];

const KINDS: [(RequirementKind, &[&str]); 3] = [
    (RequirementKind::Product, &["product", "produkt", "technical", "technisch"]),
    (RequirementKind::Process, &["process", "prozess", "organisational", "organisatorisch"]),
    (RequirementKind::Document, &["document", "dokument", "documentation", "dokumentation"]),
];
const MODALS: [(Modal, &[&str]); 3] = [
    (Modal::Shall, &["shall", "must", "mandatory", "required", "muss", "verpflichtend"]),
    (Modal::Should, &["should", "recommended", "soll", "sollte", "empfohlen"]),
    (Modal::May, &["may", "can", "optional", "informative", "kann", "darf", "informativ"]),
];
const WAYS: [(LookedAt, &[&str]); 3] = [
    (LookedAt::Examine, &["examine", "review", "inspection", "analysis", "prüfung", "dokumentenprüfung", "analyse"]),
    (LookedAt::Interview, &["interview", "befragung", "gespräch"]),
    (LookedAt::Test, &["test", "testing", "demonstration", "versuch"]),
];
const FLAGS: [(bool, &[&str]); 2] =
    [(true, &["yes", "true", "ja", "wahr", "1", "x"]), (false, &["no", "false", "nein", "falsch", "0"])];

fn known<T: Copy>(text: &str, words: &Words<T>) -> Result<T, String> {
    let wanted = text.trim().to_lowercase();
    words.iter().find(|it| it.1.contains(&wanted.as_str())).map(|it| it.0).ok_or_else(|| {
        let known: Vec<&str> = words.iter().filter_map(|it| it.1.first().copied()).collect();
        format!("`{wanted}` is none of {}", known.join(", "))
    })
}

fn word<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    serde_json::from_value(Value::String(text.trim().to_lowercase())).map_err(|it| it.to_string())
}

fn formula(text: &str) -> Result<Condition, String> {
    serde_json::from_str(text).map_err(|it| format!("this is no condition: {it}; words go into `applies_note`"))
}

fn spelled(it: &impl Serialize) -> String {
    serde_json::to_value(it).ok().and_then(|it| it.as_str().map(str::to_owned)).unwrap_or_default()
}

/// The first words of a text.
fn short(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default().trim();
    if line.chars().count() <= TITLE {
        return line.to_owned();
    }
    let cut: String = line.chars().take(TITLE).collect();
    format!("{} …", cut.rsplit_once(' ').map_or(cut.as_str(), |it| it.0))
}
