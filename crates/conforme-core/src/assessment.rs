//! What the engine says: verdicts with their chains, findings, and whether a gate is passed.

use crate::classify::Classified;
use crate::finding::Finding;
use crate::source::Place;
use conforme_catalogue::{Authority, Id, Severity, Stage, Tier};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// What became of a provision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Shown, by presumption or by evidence.
    Met,
    /// Does not apply to this product, with the reason.
    NotApplicable,
    /// Shown in part.
    Partly,
    /// Could not be decided. Never shown as met.
    Unknown,
    /// Not met.
    NotMet,
}

impl Status {
    /// The word used in output.
    pub fn word(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::NotApplicable => "not applicable",
            Self::Partly => "partly",
            Self::Unknown => "unknown",
            Self::NotMet => "not met",
        }
    }
}

/// What a verdict is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum VerdictKind {
    /// A point of the law.
    Provision,
    /// A requirement of a standard.
    Requirement,
    /// An activity of a standard.
    Activity,
}

impl VerdictKind {
    /// The word used in output.
    pub fn word(self) -> &'static str {
        match self {
            Self::Provision => "provision",
            Self::Requirement => "requirement",
            Self::Activity => "activity",
        }
    }
}

/// A link of a chain: what a verdict rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// `measure`, `evidence`, `risk`, `fact`, `reason`, `presumption`, `provision`.
    pub role: &'static str,
    /// Name of the record, if it has one.
    pub id: String,
    /// What it says, for this verdict.
    pub text: String,
    /// Where it stands.
    pub place: Option<Place>,
    /// What it shows by itself.
    pub status: Option<Status>,
}

/// What the engine says about one point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// What it is about.
    pub kind: VerdictKind,
    /// Id of the point.
    pub id: Id,
    /// Its title.
    pub title: String,
    /// Where it stands in the law.
    pub cites: String,
    /// Whose word it is.
    pub authority: Authority,
    /// The gate that asks for it.
    pub stage: Stage,
    /// What became of it.
    pub status: Status,
    /// In a sentence: by what it is met, or what is missing.
    pub because: String,
    /// What it rests on.
    pub chain: Vec<Link>,
}

/// Whether a gate is passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gate {
    /// Everything it asks for is there.
    Passed,
    /// Something is wrong or missing.
    Failed,
    /// Something could not be decided, and nothing is wrong.
    Undecided,
}

impl Gate {
    /// The word used in output.
    pub fn word(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Failed => "failed",
            Self::Undecided => "undecided",
        }
    }

    /// The exit code of a command that ends with it.
    pub fn exit_code(self) -> u8 {
        match self {
            Self::Passed => 0,
            Self::Failed => 1,
            Self::Undecided => 3,
        }
    }
}

/// The routes found for a product.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RouteAnswer {
    /// The row of the decision table.
    pub row: String,
    /// The reason in own words.
    pub about: String,
    /// The place in the law.
    pub cites: String,
    /// Procedures open to the product.
    pub allowed: Vec<String>,
    /// Essential requirements that no presumption covers, when that decides.
    pub uncovered: Vec<Id>,
}

/// The whole answer for one release of one product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessment {
    /// Name of the product, or of the variant.
    pub product: String,
    /// Version of the release.
    pub release: String,
    /// The date that picks the law and the citations.
    pub placing: Date,
    /// The date that picks what is known, stale or overdue.
    pub as_of: Date,
    /// Edition, digest and overlays of the catalogue.
    pub catalogue: String,
    /// Scope, category and tier.
    pub classified: Classified,
    /// The decided category; the declared one where a person had to decide.
    pub category: Option<Id>,
    /// Its tier.
    pub tier: Option<Tier>,
    /// A person has to decide, and nobody has.
    pub needs_decision: bool,
    /// Routes, when the product is in scope.
    pub routes: Option<RouteAnswer>,
    /// What each piece of evidence shows for this release, by id.
    pub evidence: Vec<Link>,
    /// Verdicts on requirements of standards that the dossier follows.
    pub requirements: Vec<Verdict>,
    /// Standards that are said to be applied in full and have open requirements: they give no presumption.
    pub not_full: BTreeSet<Id>,
    /// Verdicts in the order of the law.
    pub verdicts: Vec<Verdict>,
    /// Findings: by file and place, those without one last.
    pub findings: Vec<Finding>,
}

impl Assessment {
    /// Findings that a gate counts: its own and those of the gates before it.
    pub fn at(&self, stage: Stage) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(move |it| it.stage.is_none_or(|it| it <= stage))
    }

    /// Whether a gate is passed when findings of `fail_on` and worse fail it. Failed outranks undecided.
    pub fn gate(&self, stage: Stage, fail_on: Severity) -> Gate {
        let mut gate = Gate::Passed;
        for finding in self.at(stage) {
            match finding.severity {
                Severity::Error => return Gate::Failed,
                Severity::Undecided => gate = Gate::Undecided,
                severity if severity <= fail_on => return Gate::Failed,
                _ => {}
            }
        }
        gate
    }

    /// A verdict by its id.
    pub fn verdict(&self, id: &str) -> Option<&Verdict> {
        self.verdicts.iter().find(|it| it.id.as_str() == id)
    }

    /// How many verdicts a gate counts, by status.
    pub fn count(&self, stage: Stage, status: Status) -> usize {
        self.verdicts.iter().filter(|it| it.stage <= stage && it.status == status).count()
    }
}
