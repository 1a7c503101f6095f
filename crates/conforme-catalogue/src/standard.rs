//! A standard, its history and its citation, and what follows from them on a day.

use crate::{Authority, Basis, Day, Id};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A document that can give or support conformity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Standard {
    /// Name of the record.
    pub id: Id,
    /// The reference as it is cited: `EN 304 627`.
    pub reference: String,
    /// Other spellings and former references.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Title in own words.
    pub title: String,
    /// The body that publishes it.
    pub body: String,
    /// Committee and work item.
    pub committee: String,
    /// Its part in the system.
    pub role: StandardRole,
    /// One of the deliverables under the standardisation request.
    #[serde(default)]
    pub tracked: bool,
    /// Items of the request it answers.
    #[serde(default)]
    pub items: Vec<String>,
    /// `horizontal`, a tier, or `supporting`.
    pub tier: String,
    /// Categories it is about.
    #[serde(default)]
    pub categories: Vec<Id>,
    /// Source and date.
    pub basis: Basis,
    /// What it is about.
    pub scope: String,
    /// Provisions it is meant to cover.
    #[serde(default)]
    pub covers: Vec<Id>,
    /// Provisions it is known not to cover.
    #[serde(default)]
    pub not_covered: Vec<Id>,
    /// Whether a citation is expected.
    pub presumption: Presumption,
    /// What the sources say about that.
    #[serde(default)]
    pub presumption_note: Option<String>,
    /// History, oldest first.
    #[serde(default, rename = "stage")]
    pub stages: Vec<StageEvent>,
    /// References in the Official Journal.
    #[serde(default, rename = "citation")]
    pub citations: Vec<Citation>,
}

/// A standard's part in the system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StandardRole {
    /// For every product.
    Horizontal,
    /// For one category.
    Vertical,
    /// Outside the request; helps, and gives no presumption.
    Supporting,
}

/// Whether a citation is expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Presumption {
    /// Meant for citation.
    Expected,
    /// Not meant for citation.
    NotExpected,
    /// Outside the request.
    None,
    /// Sources disagree or are silent.
    Unknown,
}

/// A step in the life of a standard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StageEvent {
    /// When.
    pub date: Day,
    /// What was reached.
    pub stage: StageName,
    /// How it is known.
    pub kind: StageKind,
    /// Version of the text.
    #[serde(default)]
    pub version: Option<String>,
    /// An amendment this step is about; the edition itself stays at the stage it has.
    #[serde(default)]
    pub amendment: Option<String>,
    /// Anyone can read this text free of charge.
    #[serde(default)]
    pub public: bool,
    /// Where it stands.
    pub source: Vec<String>,
    /// Anything worth adding.
    #[serde(default)]
    pub note: Option<String>,
    /// How sure.
    #[serde(default)]
    pub certainty: Option<crate::Certainty>,
    /// What is not sure.
    #[serde(default)]
    pub doubt: Option<String>,
    /// The overlay that added it.
    #[serde(default)]
    pub overlay: Option<String>,
}

/// How far a standard is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StageName {
    /// Work has begun; no mature text.
    InDevelopment,
    /// A mature draft exists.
    MatureDraft,
    /// Public enquiry is open.
    Enquiry,
    /// Public enquiry is over; the text is being finished.
    EnquiryClosed,
    /// Close to the vote.
    FinalDraft,
    /// In the vote or under approval.
    Vote,
    /// Adopted as a European standard.
    Approved,
    /// Published and for sale or download.
    Published,
    /// Withdrawn.
    Withdrawn,
}

impl StageName {
    /// The word used in files and output.
    pub fn word(self) -> &'static str {
        match self {
            Self::InDevelopment => "in-development",
            Self::MatureDraft => "mature-draft",
            Self::Enquiry => "enquiry",
            Self::EnquiryClosed => "enquiry-closed",
            Self::FinalDraft => "final-draft",
            Self::Vote => "vote",
            Self::Approved => "approved",
            Self::Published => "published",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Adopted: what a deadline of the standardisation request asks for.
    pub fn is_adopted(self) -> bool {
        matches!(self, Self::Approved | Self::Published)
    }
}

/// How a step is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StageKind {
    /// Read in an official source.
    Happened,
    /// Another source says so.
    Reported,
    /// Announced; never counts as reached.
    Planned,
}

/// Publication of a reference in the Official Journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Citation {
    /// The cited edition.
    pub edition: String,
    /// Official Journal reference.
    pub oj: String,
    /// First day of presumption.
    pub from: Day,
    /// Day from which it gives no presumption any more.
    #[serde(default)]
    pub withdrawn: Option<Day>,
    /// Provisions it covers; empty means those of the standard.
    #[serde(default)]
    pub provisions: Vec<Id>,
    /// A restriction published with the reference.
    #[serde(default)]
    pub restriction: Option<String>,
    /// The overlay that added it.
    #[serde(default)]
    pub overlay: Option<String>,
}

impl Citation {
    /// The citation is in force on a day.
    pub fn in_force(&self, on: Date) -> bool {
        self.from.first() <= on && self.withdrawn.is_none_or(|end| on < end.first())
    }
}

impl Standard {
    /// The latest step reached on a day. Plans never count, and neither do amendments.
    pub fn stage(&self, on: Date) -> Option<&StageEvent> {
        let reached =
            |it: &&StageEvent| it.kind != StageKind::Planned && it.date.first() <= on && it.amendment.is_none();
        // Of equal dates the last one written counts: `max_by_key` keeps it.
        self.stages.iter().filter(reached).max_by_key(|it| it.date.first())
    }

    /// The newest text that anyone could read free of charge on a day.
    pub fn public_draft(&self, on: Date) -> Option<&StageEvent> {
        self.stages.iter().rfind(|it| it.public && it.kind != StageKind::Planned && it.date.first() <= on)
    }

    /// Citations in force on a day.
    pub fn cited(&self, on: Date) -> impl Iterator<Item = &Citation> {
        self.citations.iter().filter(move |it| it.in_force(on))
    }

    /// Provisions for which a citation gives presumption.
    pub fn presumed<'a>(&'a self, citation: &'a Citation) -> &'a [Id] {
        if citation.provisions.is_empty() { &self.covers } else { &citation.provisions }
    }

    /// Whose word its requirements are on a day: it follows from stage and citation.
    pub fn authority(&self, on: Date) -> Authority {
        if self.cited(on).next().is_some() {
            return Authority::HarmonisedStandard;
        }
        match self.stage(on).map(|it| it.stage) {
            Some(StageName::Approved | StageName::Published | StageName::Withdrawn) => Authority::Standard,
            _ => Authority::DraftStandard,
        }
    }
}
