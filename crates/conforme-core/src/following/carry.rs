//! What verdicts on requirements count for the law, and what is said of those that are open.

use super::{Desk, Following};
use crate::assessment::{Link, Status, Verdict};
use crate::codes;
use crate::dossier::Extent;
use crate::finding::Reporter;
use crate::inquiry::Carried;
use conforme_catalogue::{Id, Modal, Relation};
use std::collections::BTreeMap;

/// Ids that a finding about open requirements names.
const SHOWN: usize = 8;

/// What a verdict on a requirement counts for a provision; nothing where it says nothing about it.
fn strength(relation: Relation, status: Status) -> Option<Status> {
    match (status, relation.carries()) {
        (Status::Met, true) => Some(Status::Met),
        (Status::Met | Status::Partly, _) => Some(Status::Partly),
        (Status::Unknown, _) => Some(Status::Unknown),
        (Status::NotMet | Status::NotApplicable, _) => None,
    }
}

impl Desk<'_> {
    /// Says what is open, and takes a claim of full application back.
    pub(super) fn open(
        &self,
        standard: &Id,
        reference: &str,
        verdicts: &[Verdict],
        following: &mut Following,
        reporter: &mut Reporter<'_>,
    ) {
        let shall = |it: &&Verdict| {
            let id = it.id.as_str().split_once('/').map_or("", |(_, id)| id);
            self.edition.requirement(id).is_some_and(|it| it.modal == Modal::Shall)
        };
        let open: Vec<&str> = verdicts
            .iter()
            .filter(|it| !matches!(it.status, Status::Met | Status::NotApplicable))
            .filter(shall)
            .filter_map(|it| it.id.as_str().split_once('/').map(|(_, id)| id))
            .collect();
        if open.is_empty() {
            return;
        }
        let mut ids = open.iter().take(SHOWN).copied().collect::<Vec<_>>().join(", ");
        if open.len() > SHOWN {
            ids += &format!(" and {} more", open.len() - SHOWN);
        }
        let names = [("standard", reference), ("count", &open.len().to_string()), ("ids", &ids)];
        match self.applied.applied.filter(|it| it.value == Extent::Full) {
            Some(full) => {
                following.open.insert(standard.clone());
                reporter.report(codes::STANDARD_NOT_FULL, Some(full.place), &names);
            }
            None => reporter.report(codes::REQUIREMENTS_OPEN, Some(self.applied.place), &names),
        }
    }

    /// What is met here counts for the provisions it maps to.
    pub(super) fn carry(&self, verdicts: &[Verdict], following: &mut Following) {
        let Some(mapping) = &self.edition.mapping else { return };
        let judged: BTreeMap<&str, &Verdict> =
            verdicts.iter().filter_map(|it| Some((it.id.as_str().split_once('/')?.1, it))).collect();
        let mut add = |provision: &Id, status: Status, name: String, chain: Vec<Link>| {
            let place = self.applied.place;
            following.carried.entry(provision.clone()).or_default().push(Carried { status, chain, name, place });
        };
        for row in &mapping.rows {
            for id in &row.requirements {
                let Some(verdict) = judged.get(id.as_str()) else { continue };
                let Some(status) = strength(row.relation, verdict.status) else { continue };
                let name = format!("{}/{id}", self.edition.standard);
                let text = format!("{} ({}): {}", verdict.title, row.relation.word(), row.reason);
                let mut chain = vec![self.link(name.clone(), text, verdict.status)];
                chain.extend(verdict.chain.iter().cloned());
                add(&row.provision, status, name, chain);
            }
        }
        for set in &mapping.together {
            let of_set: Option<Vec<&&Verdict>> = set.requirements.iter().map(|it| judged.get(it.as_str())).collect();
            let Some(of_set) = of_set else { continue };
            if of_set.iter().all(|it| it.status == Status::Met) {
                let name = format!("{}: {}", self.edition.standard, set.requirements.join(", "));
                let text = format!("complete together: {}", set.reason);
                add(&set.provision, Status::Met, name.clone(), vec![self.link(name, text, Status::Met)]);
            }
        }
    }

    fn link(&self, id: String, text: String, status: Status) -> Link {
        Link { role: "requirement", id, text, place: Some(self.applied.place), status: Some(status) }
    }
}
