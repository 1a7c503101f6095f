//! Mechanisms after EN 18031: the decision tree says whether a mechanism is needed and of the right kind, then three
//! assessments look at concept, completeness and sufficiency. Where the tree is not public the three assessments remain.

use super::Desk;
use crate::assessment::{Link, Status};
use crate::dossier::{Decision, Measure, Outcome};
use crate::library::procedure::{End, walk};
use conforme_catalogue::{DecisionTrees, Requirement};
use std::collections::BTreeMap;

impl Desk<'_> {
    /// The verdict on one mechanism.
    pub(super) fn decision(
        &self,
        trees: &DecisionTrees,
        requirement: &Requirement,
        measures: &[&Measure],
        chain: &mut Vec<Link>,
    ) -> (Status, String) {
        let of_it = |it: &&Decision| it.requirement.as_ref().is_some_and(|it| self.is(it, requirement));
        let decision = self.inquiry.dossier.decision.iter().find(of_it);
        if let Some(tree) = trees.trees.iter().find(|it| it.requirement == requirement.id) {
            let answers = decision.map_or_else(BTreeMap::new, answers);
            let (end, way) = walk(tree, &answers);
            let text = format!("decision tree: {}", way.join(" → "));
            let place = decision.map(|it| it.place);
            chain.push(Link { role: "fact", id: requirement.id.clone(), text, place, status: None });
            match end {
                Ok(End::Pass) => {}
                Ok(End::Fail) => {
                    return (Status::NotMet, format!("the decision tree ends in fail ({})", way.join(" → ")));
                }
                Ok(End::NotApplicable) => {
                    return (
                        Status::NotApplicable,
                        format!("the decision tree ends in not applicable ({})", way.join(" → ")),
                    );
                }
                Err(question) => {
                    return (Status::Unknown, format!("the decision tree waits for an answer: {question}"));
                }
            }
        }
        if measures.is_empty() {
            return (Status::NotMet, "no measure answers it".to_owned());
        }
        let (status, because) = self.measures(measures, chain);
        let assessed = |it: &Decision| [it.conceptual, it.completeness, it.sufficiency];
        let results = decision.map_or([None; 3], assessed);
        if results.iter().flatten().any(|it| it.value == Outcome::Failed) {
            return (Status::NotMet, "one of the three assessments failed".to_owned());
        }
        let names = ["conceptual", "completeness", "sufficiency"];
        let passed = |it: &Option<crate::source::At<Outcome>>| it.is_some_and(|it| it.value == Outcome::Passed);
        let mut open: Vec<&str> =
            names.into_iter().zip(&results).filter(|(_, it)| !passed(it)).map(|(it, _)| it).collect();
        let named = decision.is_some_and(|it| {
            it.by.as_ref().is_some_and(|it| !it.value.trim().is_empty())
                && it.on.is_some_and(|it| it.value <= self.inquiry.as_of)
        });
        if !named {
            open.push("by whom and when");
        }
        match (open.is_empty(), status) {
            (true, status) => (status, because),
            (false, Status::Met | Status::Partly) => {
                (Status::Partly, format!("{because}; open assessments: {}", open.join(", ")))
            }
            (false, status) => (status, because),
        }
    }
}

/// `NODE=yes`, as answers by node; anything else is no answer.
fn answers(decision: &Decision) -> BTreeMap<String, bool> {
    let one = |it: &crate::source::Text| {
        let (node, answer) = it.value.split_once('=')?;
        match answer.trim().to_ascii_lowercase().as_str() {
            "yes" | "true" => Some((node.trim().to_owned(), true)),
            "no" | "false" => Some((node.trim().to_owned(), false)),
            _ => None,
        }
    };
    decision.answers.iter().filter_map(one).collect()
}
