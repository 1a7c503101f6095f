//! Standards that a dossier follows: every requirement that its method asks gets a verdict, and what is met there counts for
//! the law in the strength of the mapping.
//!
//! Read from requirement to provision, equal and superset carry the verdict; subset and intersects carry at most `partly`,
//! unless a set is recorded as complete together and all of it is met. Nothing is read on from a provision to another
//! requirement.

use crate::assessment::{Link, Status, Verdict, VerdictKind};
use crate::codes;
use crate::dossier::{Activity, AppliedStandard, Measure};
use crate::finding::Reporter;
use crate::inquiry::{Carried, Inquiry};
use crate::library::procedure::{Asked, run};
use crate::source::Text;
use conforme_catalogue::{Authority, Id, Library, Method, Requirement, Stage, StandardEdition};
use std::collections::{BTreeMap, BTreeSet};

mod carry;
mod choice;
mod decision;

/// What following standards says.
#[derive(Debug, Default)]
pub(crate) struct Following {
    /// A verdict for each requirement that is asked.
    pub verdicts: Vec<Verdict>,
    /// What counts for provisions.
    pub carried: BTreeMap<Id, Vec<Carried>>,
    /// Standards that are said to be applied in full and have open requirements.
    pub open: BTreeSet<Id>,
}

/// Judges every standard that the dossier follows.
pub(crate) fn judge(inquiry: &Inquiry<'_>, library: &Library, reporter: &mut Reporter<'_>) -> Following {
    let mut following = Following::default();
    for applied in inquiry.dossier.standard.iter().filter(|it| it.follow.is_some_and(|it| it.value)) {
        let Some(standard) = applied.id.as_ref().and_then(|it| inquiry.law.standard(&it.value)) else { continue };
        let wanted = applied.edition.as_ref();
        let Some(edition) = library.edition(&standard.id, wanted.map(|it| it.value.as_str())) else {
            let known: Vec<&str> = library.editions_of(&standard.id).map(|it| it.slug.as_str()).collect();
            let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
            let edition = wanted.map_or("", |it| it.value.as_str());
            let names = [("standard", standard.reference.as_str()), ("edition", edition), ("known", &known)];
            reporter.report(codes::EDITION_UNKNOWN, Some(wanted.map_or(applied.place, |it| it.place)), &names);
            continue;
        };
        let authority = standard.authority(inquiry.placing);
        let Some(choice) = choice::of(edition, applied, reporter) else { continue };
        let desk = Desk { inquiry, edition, applied, authority };
        desk.names(reporter);
        let asked = run(edition, &choice);
        if !asked.missing.is_empty() {
            let missing: Vec<&str> = asked.missing.iter().copied().collect();
            let names = [("standard", standard.reference.as_str()), ("facts", &missing.join(", "))];
            reporter.report(codes::STANDARD_FACTS, Some(applied.place), &names);
        }
        let verdicts = desk.verdicts(&asked.asked, reporter);
        desk.open(&standard.id, &standard.reference, &verdicts, &mut following, reporter);
        desk.carry(&verdicts, &mut following);
        following.verdicts.extend(verdicts);
    }
    following
}

/// One standard that is followed.
struct Desk<'a> {
    inquiry: &'a Inquiry<'a>,
    edition: &'a StandardEdition,
    applied: &'a AppliedStandard,
    authority: Authority,
}

impl<'a> Desk<'a> {
    /// `STANDARD@EDITION/REQUIREMENT`.
    fn id(&self, requirement: &str) -> Id {
        Id::from(format!("{}/{requirement}", self.edition.id()).as_str())
    }

    /// The requirement that a reference of the dossier means, when it is one of this standard.
    fn meant<'r>(&self, reference: &'r str) -> Option<&'r str> {
        let (standard, requirement) = reference.split_once('/')?;
        let (standard, edition) =
            standard.split_once('@').map_or((standard, None), |(it, edition)| (it, Some(edition)));
        let own = self.inquiry.law.standard(standard).is_some_and(|it| it.id == self.edition.standard);
        (own && edition.is_none_or(|it| it == self.edition.slug)).then_some(requirement)
    }

    fn is(&self, reference: &Text, requirement: &Requirement) -> bool {
        self.meant(&reference.value).is_some_and(|it| it.eq_ignore_ascii_case(&requirement.id))
    }

    /// Reports names of requirements that the edition does not have.
    fn names(&self, reporter: &mut Reporter<'_>) {
        let dossier = self.inquiry.dossier;
        let named = dossier.measure.iter().flat_map(|it| &it.answers);
        let aside = dossier.not_applicable.iter().filter_map(|it| it.requirement.as_ref());
        let activities = dossier.activity.iter().filter_map(|it| it.requirement.as_ref());
        let decisions = dossier.decision.iter().filter_map(|it| it.requirement.as_ref());
        for reference in named.chain(aside).chain(activities).chain(decisions) {
            let Some(id) = self.meant(&reference.value) else { continue };
            let all = &self.edition.head.requirements;
            if !all.iter().any(|it| it.id.eq_ignore_ascii_case(id)) {
                let known: Vec<&str> = all.iter().map(|it| it.id.as_str()).collect();
                let remedy = match crate::decode::nearest(id, &known) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("`conforme standards show {}` lists them", self.edition.standard),
                };
                let names = [("id", id), ("standard", self.edition.head.edition.as_str()), ("remedy", &remedy)];
                reporter.report(codes::UNKNOWN_REQUIREMENT, Some(reference.place), &names);
            }
        }
    }

    /// A verdict for each requirement that is asked.
    fn verdicts(&self, asked: &[Asked<'a>], reporter: &mut Reporter<'_>) -> Vec<Verdict> {
        let mut verdicts: Vec<(&Requirement, Verdict)> = Vec::new();
        for it in asked {
            let mut group: Vec<(&Requirement, Verdict)> =
                it.any_of.iter().map(|of| (*of, self.one(of, it.sure, reporter))).collect();
            if group.len() > 1 {
                alternatives(&mut group);
            }
            for (requirement, verdict) in group {
                match verdicts.iter_mut().find(|(known, _)| known.id == requirement.id) {
                    // Asked for itself and as one of several: the stronger demand counts.
                    Some((_, known)) if known.status == Status::NotApplicable => *known = verdict,
                    Some(_) => {}
                    None => verdicts.push((requirement, verdict)),
                }
            }
        }
        if self.edition.method == Method::Levels {
            enhancements(&mut verdicts);
        }
        verdicts.into_iter().map(|(_, verdict)| verdict).collect()
    }

    fn one(&self, requirement: &Requirement, sure: bool, reporter: &mut Reporter<'_>) -> Verdict {
        let mut chain = Vec::new();
        let (status, because) = self.status(requirement, sure, &mut chain, reporter);
        Verdict {
            kind: if self.edition.method == Method::Activities {
                VerdictKind::Activity
            } else {
                VerdictKind::Requirement
            },
            id: self.id(&requirement.id),
            title: requirement.title.clone(),
            cites: self.cites(requirement),
            authority: self.authority,
            stage: Stage::Documentation,
            status,
            because,
            chain,
        }
    }

    fn cites(&self, requirement: &Requirement) -> String {
        let clause = requirement.clause.as_ref().map_or_else(String::new, |it| format!(", clause {it}"));
        format!("{}{clause}, {}", self.edition.head.edition, requirement.id)
    }

    fn status(
        &self,
        requirement: &Requirement,
        sure: bool,
        chain: &mut Vec<Link>,
        reporter: &mut Reporter<'_>,
    ) -> (Status, String) {
        if let Some(reason) = self.aside(requirement, reporter) {
            chain.push(Link {
                role: "reason",
                id: String::new(),
                text: reason.value.clone(),
                place: Some(reason.place),
                status: None,
            });
            return (Status::NotApplicable, reason.value.clone());
        }
        let dossier = self.inquiry.dossier;
        let activity =
            dossier.activity.iter().find(|it| it.requirement.as_ref().is_some_and(|it| self.is(it, requirement)));
        if let Some(activity) = activity {
            return self.activity(requirement, activity, chain);
        }
        let answers = |it: &&Measure| it.answers.iter().any(|it| self.is(it, requirement));
        let measures: Vec<&Measure> = dossier.measure.iter().filter(answers).collect();
        if let Method::DecisionTree(trees) = &self.edition.method {
            return self.decision(trees, requirement, &measures, chain);
        }
        if !measures.is_empty() {
            return self.measures(&measures, chain);
        }
        if let Some((origin, measures)) = self.origin(requirement) {
            let (status, because) = self.measures(&measures, chain);
            let status = if status == Status::Met { Status::Partly } else { status };
            return (status, format!("through {origin}, from which it was developed: {because}"));
        }
        if sure {
            (Status::NotMet, "no measure answers it".to_owned())
        } else {
            let when = requirement.applies_note.as_deref().unwrap_or("a fact that is not given");
            (Status::Unknown, format!("it depends on facts that are not given: {when}"))
        }
    }

    /// Implemented measures whose evidence counts.
    fn measures(&self, measures: &[&Measure], chain: &mut Vec<Link>) -> (Status, String) {
        let names: Vec<&str> = measures.iter().filter_map(|it| it.id.as_ref()).map(|it| it.value.as_str()).collect();
        let names = names.join(", ");
        let statuses: Vec<Status> = measures.iter().map(|it| self.inquiry.measure_status(it, chain)).collect();
        let has = |status: Status| statuses.contains(&status);
        match () {
            () if has(Status::NotMet) && measures.iter().all(|it| !it.is_implemented()) => {
                (Status::NotMet, format!("{names} is not implemented"))
            }
            () if has(Status::NotMet) => {
                (Status::NotMet, format!("evidence for some of {names} failed, or it is not implemented"))
            }
            () if statuses.iter().all(|it| *it == Status::Met) => {
                (Status::Met, format!("by {names}, shown for release {}", self.inquiry.version()))
            }
            () if has(Status::Met) || has(Status::Partly) => {
                (Status::Partly, format!("the evidence for {names} shows a part"))
            }
            () => (Status::Unknown, format!("{names} is said to work, and no evidence shows it")),
        }
    }

    /// Input, requirement, output, assessment: each is there, or named as missing.
    fn activity(&self, requirement: &Requirement, activity: &Activity, chain: &mut Vec<Link>) -> (Status, String) {
        let mut lacks = Vec::new();
        let mut failed = false;
        for (what, given, wanted) in
            [("inputs", &activity.inputs, &requirement.inputs), ("outputs", &activity.outputs, &requirement.outputs)]
        {
            if given.is_empty() && !wanted.is_empty() {
                lacks.push(format!("{what} ({})", wanted.join("; ")));
            }
            for id in given {
                let shown = self.inquiry.shown(&id.value);
                failed |= shown.status == Some(Status::NotMet);
                if matches!(shown.status, Some(Status::Unknown) | None) {
                    lacks.push(format!("{what}: `{}` is not shown", id.value));
                }
                chain.push(shown);
            }
        }
        let said = |it: &Option<Text>| it.as_ref().is_some_and(|it| !it.value.trim().is_empty());
        let assessed = said(&activity.assessed_by)
            && said(&activity.conclusion)
            && activity.assessed_on.is_some_and(|it| it.value <= self.inquiry.as_of);
        if !assessed {
            lacks.push("the assessment (`assessed_by`, `assessed_on`, `conclusion`)".to_owned());
        }
        if let Some(by) = &activity.assessed_by {
            let on = activity.assessed_on.map_or_else(String::new, |it| format!(" on {}", it.value));
            let text = format!("assessed by {}{on}", by.value);
            chain.push(Link { role: "fact", id: "assessment".to_owned(), text, place: Some(by.place), status: None });
        }
        match () {
            () if failed => (Status::NotMet, "a record it rests on failed".to_owned()),
            () if lacks.is_empty() => (Status::Met, "inputs and outputs are there, and it was assessed".to_owned()),
            () if assessed || !activity.outputs.is_empty() => {
                (Status::Partly, format!("missing: {}", lacks.join(", ")))
            }
            () => (Status::Unknown, format!("missing: {}", lacks.join(", "))),
        }
    }

    /// A reason that puts the requirement aside; one that says nothing is reported.
    fn aside(&self, requirement: &Requirement, reporter: &mut Reporter<'_>) -> Option<&'a Text> {
        let of_it =
            |it: &&crate::dossier::NotApplicable| it.requirement.as_ref().is_some_and(|it| self.is(it, requirement));
        let record = self.inquiry.dossier.not_applicable.iter().find(of_it)?;
        let reason = record.reason.as_ref().filter(|it| self.inquiry.is_reason(&it.value));
        if reason.is_none() {
            let names = [("id", requirement.id.as_str())];
            reporter.report(codes::REQUIREMENT_REASON, Some(record.place), &names);
        }
        reason
    }

    /// Measures that answer a requirement from which this one was developed.
    fn origin(&self, requirement: &'a Requirement) -> Option<(&'a str, Vec<&'a Measure>)> {
        requirement.origin.iter().find_map(|origin| {
            let (standard, id) = origin.split_once('/')?;
            let meant = |reference: &Text| {
                reference.value.split_once('/').is_some_and(|(of, requirement)| {
                    let of = of.split('@').next().unwrap_or(of);
                    requirement.eq_ignore_ascii_case(id)
                        && self.inquiry.law.standard(of).is_some_and(|it| it.id.as_str() == standard)
                })
            };
            let measures: Vec<&Measure> =
                self.inquiry.dossier.measure.iter().filter(|it| it.answers.iter().any(meant)).collect();
            (!measures.is_empty()).then_some((origin.as_str(), measures))
        })
    }
}

/// One of several is enough: when one is met the others need not be.
fn alternatives(group: &mut [(&Requirement, Verdict)]) {
    let taken = group.iter().find(|(_, it)| it.status == Status::Met).map(|(of, _)| of.id.clone());
    let all: Vec<String> = group.iter().map(|(of, _)| of.id.clone()).collect();
    for (of, verdict) in group.iter_mut() {
        match &taken {
            Some(taken) if *taken != of.id && verdict.status != Status::Met => {
                verdict.status = Status::NotApplicable;
                verdict.because = format!("{taken} was chosen, one of {} is enough", all.join(", "));
            }
            Some(_) => {}
            None => verdict.because = format!("one of {} is needed; {}", all.join(", "), verdict.because),
        }
    }
}

/// A requirement is met at a level only with every enhancement of that level.
fn enhancements(verdicts: &mut [(&Requirement, Verdict)]) {
    let open: Vec<(String, String)> = verdicts
        .iter()
        .filter(|(_, it)| !matches!(it.status, Status::Met | Status::NotApplicable))
        .filter_map(|(of, _)| Some((of.parent.clone()?, of.id.clone())))
        .collect();
    for (of, verdict) in verdicts.iter_mut().filter(|(_, it)| it.status == Status::Met) {
        let enhancements: Vec<&str> =
            open.iter().filter(|(parent, _)| *parent == of.id).map(|(_, id)| id.as_str()).collect();
        if !enhancements.is_empty() {
            verdict.status = Status::Partly;
            verdict.because =
                format!("{}; enhancements of this level are open: {}", verdict.because, enhancements.join(", "));
        }
    }
}
