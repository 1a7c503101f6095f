//! Everything a check may look at. Nothing else exists for it: no file, no clock, no environment.

use crate::assessment::{Link, Status};
use crate::classify::{Classified, Facts};
use crate::dossier::{Dossier, Measure, Release, Variant};
use crate::files::FileFacts;
use crate::finding::Finding;
use crate::presumption::Presumed;
use crate::source::{Place, Sources};
use conforme_catalogue::{Catalogue, Id, Provision, RouteRow, Tier};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// One release of one product, on two dates, under one catalogue.
#[derive(Debug)]
pub(crate) struct Inquiry<'a> {
    pub law: &'a Catalogue,
    pub dossier: &'a Dossier,
    pub sources: &'a Sources,
    pub files: &'a FileFacts,
    /// First file of the product.
    pub start: Place,
    pub release: Option<&'a Release>,
    pub variant: Option<&'a Variant>,
    pub placing: Date,
    pub as_of: Date,
    pub facts: Facts,
    pub classified: &'a Classified,
    /// The tier after a person's decision.
    pub tier: Option<Tier>,
    pub presumed: &'a Presumed,
    pub uncovered: &'a [Id],
    pub allowed: &'a [String],
    pub row: Option<&'a RouteRow>,
    pub not_applicable: &'a BTreeSet<Id>,
    /// Evidence by id, judged once.
    pub evidence: BTreeMap<String, Link>,
    /// What requirements of followed standards count for provisions.
    pub carried: BTreeMap<Id, Vec<Carried>>,
    /// Statuses of provisions judged so far, for those that build on others.
    pub statuses: BTreeMap<Id, Status>,
}

/// A requirement, or a set of them, that counts for a provision.
#[derive(Debug, Clone)]
pub(crate) struct Carried {
    /// What it shows for the provision.
    pub status: Status,
    /// It and what is behind it.
    pub chain: Vec<Link>,
    /// Its name.
    pub name: String,
    /// The place of the standard in the dossier.
    pub place: Place,
}

/// What a check answers.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub status: Status,
    pub because: String,
    pub chain: Vec<Link>,
    /// Where a finding about it points.
    pub place: Option<Place>,
    /// A next step that fits better than the provision's own.
    pub next: Option<String>,
}

impl Answer {
    pub fn met(because: impl Into<String>) -> Self {
        Self::with(Status::Met, because)
    }

    pub fn not_met(because: impl Into<String>) -> Self {
        Self::with(Status::NotMet, because)
    }

    pub fn unknown(because: impl Into<String>) -> Self {
        Self::with(Status::Unknown, because)
    }

    pub fn not_applicable(because: impl Into<String>) -> Self {
        Self::with(Status::NotApplicable, because)
    }

    pub fn with(status: Status, because: impl Into<String>) -> Self {
        Self { status, because: because.into(), chain: Vec::new(), place: None, next: None }
    }

    pub fn at(mut self, place: Option<Place>) -> Self {
        self.place = place;
        self
    }

    pub fn chain(mut self, chain: Vec<Link>) -> Self {
        self.chain = chain;
        self
    }

    pub fn next(mut self, next: impl Into<String>) -> Self {
        self.next = Some(next.into());
        self
    }

    /// Met when nothing is missing; otherwise names what is.
    pub fn complete(missing: &[&str], because: impl Into<String>) -> Self {
        if missing.is_empty() { Self::met(because) } else { Self::not_met(format!("missing: {}", missing.join(", "))) }
    }
}

impl<'a> Inquiry<'a> {
    /// Version of the release, or a stand-in.
    pub fn version(&self) -> &'a str {
        self.release.and_then(|it| it.version.as_ref()).map_or("(no release)", |it| it.value.as_str())
    }

    /// A text that says something: enough words, and more than a formula.
    pub fn is_reason(&self, text: &str) -> bool {
        let words = text.split_whitespace().count();
        let formula = ["not applicable", "not relevant", "n/a", "none", "tbd", "to be defined", "todo"];
        let plain = text.trim().trim_end_matches('.').to_lowercase();
        words >= usize::try_from(self.law.count("reason_words")).unwrap_or(0) && !formula.contains(&plain.as_str())
    }

    /// Measures that answer a provision or a risk.
    pub fn measures(&self, answered: &str) -> impl Iterator<Item = &'a Measure> {
        let measures = &self.dossier.measure;
        measures.iter().filter(move |it| it.answers.iter().any(|it| it.value == answered))
    }

    /// What evidence shows, by id. Evidence that does not exist is reported with the reference to it.
    pub fn shown(&self, id: &str) -> Link {
        self.evidence.get(id).cloned().unwrap_or_else(|| Link {
            role: "evidence",
            id: id.to_owned(),
            text: "there is no such evidence".to_owned(),
            place: None,
            status: Some(Status::Unknown),
        })
    }

    /// What a measure shows: a failed result decides, then one that counts, then a part, else nothing.
    pub fn measure_status(&self, measure: &Measure, chain: &mut Vec<Link>) -> Status {
        let links: Vec<Link> = measure.evidence.iter().map(|it| self.shown(&it.value)).collect();
        let has = |status: Status| links.iter().any(|it| it.status == Some(status));
        let status = match () {
            () if !measure.is_implemented() => Status::NotMet,
            () if has(Status::NotMet) => Status::NotMet,
            () if has(Status::Met) => Status::Met,
            () if has(Status::Partly) => Status::Partly,
            () => Status::Unknown,
        };
        let state = measure.state.map_or("no state", |it| it.value.word());
        chain.push(Link {
            role: "measure",
            id: measure.id.as_ref().map_or_else(String::new, |it| it.value.clone()),
            text: format!("{} ({state})", measure.title.as_ref().map_or("", |it| it.value.as_str())),
            place: Some(measure.id.as_ref().map_or(measure.place, |it| it.place)),
            status: Some(status),
        });
        chain.extend(links);
        status
    }

    /// The place of a section that exists, or of the product's first file.
    pub fn place_of(&self, section: Option<Place>) -> Option<Place> {
        Some(section.unwrap_or(self.start))
    }

    /// The last day on which units are placed.
    pub fn last_placing(&self) -> Date {
        let last = self.release.and_then(|it| it.last_placing.or(it.placing)).map_or(self.placing, |it| it.value);
        last.max(self.placing)
    }

    /// The end of the support period as stated: the last day of the month where only a month is.
    pub fn support_end(&self) -> Option<(Date, Place)> {
        let own = self.release.and_then(|it| it.support_end);
        let end = own.or_else(|| self.dossier.support.as_ref().and_then(|it| it.end))?;
        let last = if end.is_month() { end.first().last_of_month() } else { end.first() };
        Some((last, end.place))
    }

    /// Status of another provision, as judged before.
    pub fn status(&self, id: &str) -> Option<Status> {
        self.statuses.get(&Id::from(id)).copied()
    }

    /// What gives presumption for a provision, as links.
    pub fn presumption(&self, provision: &Provision) -> Vec<Link> {
        let by = self.presumed.get(&provision.id).into_iter().flatten();
        by.map(|it| Link {
            role: "presumption",
            id: it.reference.clone(),
            text: match &it.overlay {
                Some(overlay) => format!("cited in {} (overlay {overlay})", it.oj),
                None => format!("cited in {}", it.oj),
            },
            place: Some(it.place),
            status: Some(Status::Met),
        })
        .collect()
    }
}

/// Findings in the order in which a reader meets their places.
pub(crate) fn sort(findings: &mut [Finding], start: Place) {
    findings.sort_by(|left, right| {
        let key = |it: &Finding| (it.place.unwrap_or(Place { file: u16::MAX, ..start }), it.severity);
        // Provisions come in the order of the law, the program's own codes before them.
        let law = |it: &Finding| it.provision.as_ref().map(|id| (order(id), id.clone()));
        key(left)
            .cmp(&key(right))
            .then_with(|| law(left).cmp(&law(right)))
            .then_with(|| left.code.cmp(&right.code))
            .then_with(|| left.message.cmp(&right.message))
    });
}

/// Annex I first, then the articles, then the other annexes: the order in which a file is built.
pub(crate) fn order(id: &Id) -> u8 {
    match id.as_str() {
        it if it.starts_with("CRA-ANNEX") => 2,
        it if it.starts_with("CRA-A") => 1,
        _ => 0,
    }
}
