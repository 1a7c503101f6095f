//! What changes from one edition of a standard to another, and what of a dossier rests on it.

use crate::dossier::Dossier;
use conforme_catalogue::{Catalogue, Requirement, StandardEdition};

/// Differences in the order of the newer text, then what is gone.
#[derive(Debug)]
pub struct Difference<'a> {
    /// Requirements that only the newer edition has.
    pub added: Vec<&'a Requirement>,
    /// Requirements that only the older one has.
    pub removed: Vec<&'a Requirement>,
    /// Requirements of both that are not the same, with what differs.
    pub changed: Vec<(&'a Requirement, Vec<&'static str>)>,
    /// Requirements that are the same.
    pub same: usize,
}

/// Compares two editions by the ids of their requirements.
pub fn difference<'a>(old: &'a StandardEdition, new: &'a StandardEdition) -> Difference<'a> {
    let mut difference = Difference { added: Vec::new(), removed: Vec::new(), changed: Vec::new(), same: 0 };
    for it in &new.head.requirements {
        match old.requirement(&it.id) {
            None => difference.added.push(it),
            Some(before) => {
                let what = differs(before, it);
                if what.is_empty() { difference.same += 1 } else { difference.changed.push((it, what)) }
            }
        }
    }
    difference.removed = old.head.requirements.iter().filter(|it| new.requirement(&it.id).is_none()).collect();
    difference
}

fn differs(old: &Requirement, new: &Requirement) -> Vec<&'static str> {
    [
        ("title", old.title != new.title),
        ("statement", old.statement != new.statement),
        ("strength", old.modal != new.modal),
        ("kind", old.kind != new.kind),
        ("levels", old.levels != new.levels),
        ("use cases", old.use_cases != new.use_cases),
        ("condition", old.applies != new.applies || old.applies_note != new.applies_note),
        ("parent", old.parent != new.parent),
        ("inputs or outputs", old.inputs != new.inputs || old.outputs != new.outputs),
        ("assessment", old.assessment != new.assessment),
    ]
    .into_iter()
    .filter_map(|(what, differs)| differs.then_some(what))
    .collect()
}

/// Measures, activities and reasons of a dossier that name a requirement of a standard.
pub fn resting<'a>(law: &Catalogue, dossier: &'a Dossier, of: &StandardEdition, requirement: &str) -> Vec<&'a str> {
    let means = |reference: &str| {
        reference.split_once('/').is_some_and(|(standard, id)| {
            let standard = standard.split('@').next().unwrap_or(standard);
            id.eq_ignore_ascii_case(requirement) && law.standard(standard).is_some_and(|it| it.id == of.standard)
        })
    };
    let measures = dossier.measure.iter().filter(|it| it.answers.iter().any(|it| means(&it.value)));
    let mut names: Vec<&str> = measures.filter_map(|it| it.id.as_ref()).map(|it| it.value.as_str()).collect();
    if dossier.activity.iter().filter_map(|it| it.requirement.as_ref()).any(|it| means(&it.value)) {
        names.push("[[activity]]");
    }
    if dossier.not_applicable.iter().filter_map(|it| it.requirement.as_ref()).any(|it| means(&it.value)) {
        names.push("[[not_applicable]]");
    }
    names
}
