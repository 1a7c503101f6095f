//! What changed in the register between two days: steps, citations, plans that came true or lapsed, deadlines.

use super::{Deadline, adopted, deadlines};
use conforme_catalogue::{Catalogue, Citation, StageEvent, StageKind, StageName, Standard};
use jiff::civil::Date;

/// What changed for one standard after the first day, up to and including the second.
#[derive(Debug, Clone)]
pub struct Change<'a> {
    /// The standard.
    pub standard: &'a Standard,
    /// Stage and version on the first day.
    pub before: Option<&'a StageEvent>,
    /// Stage and version on the second day.
    pub after: Option<&'a StageEvent>,
    /// Every step that was reached in between, with how it is known.
    pub steps: Vec<&'a StageEvent>,
    /// Plans that came true, or whose day went by.
    pub plans: Vec<Plan<'a>>,
    /// Citations that began.
    pub gained: Vec<&'a Citation>,
    /// Citations that ended.
    pub lost: Vec<&'a Citation>,
    /// Adopted deadlines that passed.
    pub deadlines: Vec<Deadline<'a>>,
    /// Adopted on the second day.
    pub adopted: bool,
}

/// An announced step whose time came.
#[derive(Debug, Clone, Copy)]
pub struct Plan<'a> {
    /// The announcement.
    pub planned: &'a StageEvent,
    /// The step that made it true; nothing is known of one when this is empty.
    pub reached: Option<&'a StageEvent>,
}

/// Changes of every standard between two days, in the order of their ids. What did not change is left out.
pub fn diff(law: &Catalogue, from: Date, to: Date) -> Vec<Change<'_>> {
    law.standards.values().map(|it| change(law, it, from, to)).filter(|it| !it.is_empty()).collect()
}

fn change<'a>(law: &'a Catalogue, standard: &'a Standard, from: Date, to: Date) -> Change<'a> {
    let between = |day: Date| from < day && day <= to;
    // A deadline passes at the end of its day.
    let passed = |it: &Deadline<'_>| !it.passed(from) && it.passed(to);
    Change {
        standard,
        before: standard.stage(from),
        after: standard.stage(to),
        steps: standard.stages.iter().filter(|it| it.kind != StageKind::Planned && between(it.date.first())).collect(),
        plans: plans(standard, from, to),
        gained: standard.citations.iter().filter(|it| between(it.from.first())).collect(),
        lost: standard.citations.iter().filter(|it| it.withdrawn.is_some_and(|it| between(it.first()))).collect(),
        deadlines: deadlines(law, standard).into_iter().filter(passed).collect(),
        adopted: adopted(standard, to),
    }
}

impl Change<'_> {
    fn is_empty(&self) -> bool {
        self.steps.is_empty()
            && self.plans.is_empty()
            && self.gained.is_empty()
            && self.lost.is_empty()
            && self.deadlines.is_empty()
    }
}

/// Plans that a step in between made true, and plans whose day went by in between without one.
fn plans(standard: &Standard, from: Date, to: Date) -> Vec<Plan<'_>> {
    let planned = standard.stages.iter().filter(|it| it.kind == StageKind::Planned);
    planned
        .filter_map(|planned| {
            let reached = standard.stages.iter().find(|it| fulfils(it, planned) && it.date.first() <= to);
            let day = reached.map_or(planned.date, |it| it.date).first();
            (from < day && day <= to).then_some(Plan { planned, reached })
        })
        .collect()
}

/// A step fulfils a plan when it reaches the same stage or a later one with the same text, if the plan names one.
fn fulfils(step: &StageEvent, planned: &StageEvent) -> bool {
    let same_text = planned.version.is_none() || planned.version == step.version;
    step.kind != StageKind::Planned && same_text && step.stage >= planned.stage && step.stage != StageName::Withdrawn
}
