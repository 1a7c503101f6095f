//! What a standard asks: the numbered requirements of one edition, and how they answer the law.
//!
//! All standards share one record. What differs between them is the [`Method`].

use crate::{Authority, Basis, Condition, Day, Id, Method};
use serde::{Deserialize, Serialize};

/// One edition or draft version of a standard, with its requirements.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandardEdition {
    /// The standard.
    pub standard: Id,
    /// Name of the edition in ids and folders: `2018`, `v0.0.11`.
    pub slug: String,
    /// What the files say about it.
    pub head: EditionHead,
    /// How conformity to it is found out.
    pub method: Method,
    /// How its requirements answer the law; nothing when nobody compared them.
    pub mapping: Option<Mapping>,
}

/// `requirements.toml` of an edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EditionHead {
    /// The edition as it is printed: `IEC 62443-4-1:2018`.
    pub edition: String,
    /// How far public sources reach.
    pub reach: Reach,
    /// What is there and what is not.
    pub reach_note: String,
    /// Name of the method.
    pub method: MethodName,
    /// Source, date and doubt.
    pub basis: Basis,
    /// Names of levels, weakest first.
    #[serde(default)]
    pub levels: Vec<String>,
    /// Use cases, profiles or product contexts that requirements refer to.
    #[serde(default)]
    pub use_cases: Vec<Named>,
    /// Families, practices, phases.
    #[serde(default)]
    pub groups: Vec<Group>,
    /// What M/606 asks every standard to state at its head.
    #[serde(default)]
    pub frame: Option<Frame>,
    /// Threats of the security problem definition; a method may have threats with formulas of its own.
    #[serde(default, rename = "threat")]
    pub threats: Vec<Named>,
    /// Organisational policies it rests on.
    #[serde(default, rename = "policy")]
    pub policies: Vec<Named>,
    /// Assumptions about the environment.
    #[serde(default, rename = "assumption")]
    pub assumptions: Vec<Named>,
    /// Security objectives.
    #[serde(default, rename = "objective")]
    pub objectives: Vec<Objective>,
    /// The requirements, in the order of the text.
    #[serde(default, rename = "requirement")]
    pub requirements: Vec<Requirement>,
}

/// Scope and limits, as M/606 Annex II asks for them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Frame {
    /// What it is about.
    #[serde(default)]
    pub scope: String,
    /// Products it is for.
    #[serde(default)]
    pub products: Vec<String>,
    /// Risks it covers.
    #[serde(default)]
    pub risks_covered: Vec<String>,
    /// Risks it does not cover; an empty list says that there are none.
    #[serde(default)]
    pub risks_not_covered: Option<Vec<String>>,
    /// Essential requirements it does not cover in full; an empty list says that there are none.
    #[serde(default)]
    pub not_covered: Option<Vec<Id>>,
    /// Major risks that its requirements do not mitigate; an empty list says that there are none.
    #[serde(default)]
    pub not_mitigated: Option<Vec<String>>,
    /// Conformity assessment modules it has been written for.
    #[serde(default)]
    pub modules: Vec<String>,
}

/// A security objective and what it stands between.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Objective {
    /// Its name.
    pub id: String,
    /// What is to be reached.
    pub title: String,
    /// Threats, policies and assumptions it answers.
    #[serde(default)]
    pub answers: Vec<String>,
    /// Requirements that reach it.
    #[serde(default)]
    pub requirements: Vec<String>,
}

/// How far public sources reach into an edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reach {
    /// Every requirement is there.
    Complete,
    /// Some are.
    Partial,
    /// Only the frame: scope, families, identifiers.
    Structure,
}

/// The methods by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MethodName {
    /// A list of requirements, each judged on its own.
    Requirements,
    /// Input, requirement, output, assessment (EN 40000).
    Activities,
    /// Levels with enhancements (IEC 62443-4-2).
    Levels,
    /// Factors, threats, mitigations (EN 304 626).
    Mitigations,
    /// Use-case profiles with capability conditions (EN 304 623).
    Profiles,
    /// Decision trees, then three assessments (EN 18031).
    DecisionTree,
}

/// Something with a name and a title.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Named {
    /// Its name.
    pub id: String,
    /// What it is.
    pub title: String,
}

/// A family of requirements.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Its name.
    pub id: String,
    /// What it is about.
    pub title: String,
    /// Clause.
    #[serde(default)]
    pub clause: Option<String>,
}

/// One numbered demand of a standard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Requirement {
    /// As the standard numbers it: `CR 1.1 RE1`.
    pub id: String,
    /// Short title in own words.
    pub title: String,
    /// What must be so, in own words; nothing where no source says it.
    #[serde(default)]
    pub statement: Option<String>,
    /// What it is about.
    pub kind: RequirementKind,
    /// How strongly it is asked.
    #[serde(default)]
    pub modal: Modal,
    /// Clause.
    #[serde(default)]
    pub clause: Option<String>,
    /// Family.
    #[serde(default)]
    pub group: Option<String>,
    /// The requirement it enhances or belongs to.
    #[serde(default)]
    pub parent: Option<String>,
    /// Levels at which it applies; empty means every level.
    #[serde(default)]
    pub levels: Vec<String>,
    /// Use cases to which it applies; empty means all.
    #[serde(default)]
    pub use_cases: Vec<String>,
    /// Facts on which it depends.
    #[serde(default)]
    pub applies: Option<Condition>,
    /// The same in words.
    #[serde(default)]
    pub applies_note: Option<String>,
    /// What an activity starts from.
    #[serde(default)]
    pub inputs: Vec<String>,
    /// What it produces.
    #[serde(default)]
    pub outputs: Vec<String>,
    /// What an assessor asks to see.
    #[serde(default)]
    pub evidence: Vec<String>,
    /// Requirements of other standards it was developed from: `EN-18031-1/GEC-1`.
    #[serde(default)]
    pub origin: Vec<String>,
    /// Source, doubt: what differs from the edition's.
    pub basis: OwnBasis,
    /// How it is judged.
    pub assessment: RequirementAssessment,
}

/// What a requirement rests on, where it differs from its edition.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnBasis {
    /// Sources.
    #[serde(default)]
    pub source: Vec<String>,
    /// How sure.
    #[serde(default)]
    pub certainty: Option<crate::Certainty>,
    /// What is not sure.
    #[serde(default)]
    pub doubt: Option<String>,
    /// The overlay that brought it.
    #[serde(default)]
    pub overlay: Option<String>,
}

/// What a requirement is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RequirementKind {
    /// The product.
    Product,
    /// What the firm does.
    Process,
    /// A document.
    Document,
}

/// How strongly a standard asks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Modal {
    /// It must be so.
    #[default]
    Shall,
    /// It is recommended.
    Should,
    /// It is allowed, or informative.
    May,
}

/// How a requirement is judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequirementAssessment {
    /// Ways of looking: examine, interview, test.
    pub by: Vec<LookedAt>,
    /// What is to be found out.
    #[serde(default)]
    pub objective: Option<String>,
    /// What is needed before.
    #[serde(default)]
    pub preparation: Vec<String>,
    /// What the assessor does.
    #[serde(default)]
    pub activities: Vec<String>,
    /// The result that means it is met.
    pub expected: String,
    /// The criterion's name in the standard.
    #[serde(default)]
    pub reference: Option<String>,
    /// The standard's own method is not public; this is a proposal.
    #[serde(default)]
    pub derived: bool,
}

/// A way of looking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LookedAt {
    /// Documents and code are read.
    Examine,
    /// People are asked.
    Interview,
    /// The product is tried.
    Test,
}

/// How the requirements of an edition answer the provisions of the law.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// Authority, source, doubt.
    pub basis: Basis,
    /// Judged pairs.
    #[serde(default, rename = "map")]
    pub rows: Vec<MappingRow>,
    /// Sets that answer a provision together.
    #[serde(default)]
    pub together: Vec<Together>,
    /// Judged, and not answered.
    #[serde(default, rename = "gap")]
    pub gaps: Vec<Gap>,
}

/// Requirements, a provision, and how they relate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MappingRow {
    /// The provision.
    pub provision: Id,
    /// The requirement seen against the provision.
    pub relation: Relation,
    /// The requirements, each of which relates so.
    pub requirements: Vec<String>,
    /// Why.
    pub reason: String,
    /// Sources of its own.
    #[serde(default)]
    pub source: Vec<String>,
    /// How sure, where it differs.
    #[serde(default)]
    pub certainty: Option<crate::Certainty>,
    /// What is not sure.
    #[serde(default)]
    pub doubt: Option<String>,
}

/// A requirement seen against a provision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// They overlap, and each asks for more.
    Intersects,
    /// It asks for a part of the provision.
    Subset,
    /// It asks for the same.
    Equal,
    /// It asks for all of the provision and more.
    Superset,
}

impl Relation {
    /// The word used in files and output.
    pub fn word(self) -> &'static str {
        match self {
            Self::Intersects => "intersects",
            Self::Subset => "subset",
            Self::Equal => "equal",
            Self::Superset => "superset",
        }
    }

    /// Whoever meets the requirement meets the provision.
    pub fn carries(self) -> bool {
        matches!(self, Self::Equal | Self::Superset)
    }
}

/// A set of requirements that answers a provision when all of it is met.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Together {
    /// The provision.
    pub provision: Id,
    /// The set.
    pub requirements: Vec<String>,
    /// Why nothing is left open.
    pub reason: String,
}

/// A provision, or an aspect of one, that was judged and is not answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gap {
    /// The provision.
    pub provision: Id,
    /// The part of it that is not answered, when other parts are.
    #[serde(default)]
    pub aspect: Option<String>,
    /// Gaps of one topic are counted together: `sbom`, `reporting`.
    #[serde(default)]
    pub topic: Option<String>,
    /// Why.
    pub reason: String,
}

/// A list of coverage and gaps that others have published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublishedMapping {
    /// Name of the record.
    pub id: Id,
    /// What it is called.
    pub title: String,
    /// What to know about it.
    pub about: String,
    /// Authority, source, doubt.
    pub basis: Basis,
    /// Its rows.
    #[serde(default, rename = "row")]
    pub rows: Vec<PublishedRow>,
}

/// What a published list says about one provision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublishedRow {
    /// The provision, in the numbering of the Regulation.
    pub provision: Id,
    /// Standards it names.
    #[serde(default)]
    pub parts: Vec<String>,
    /// It calls this a gap.
    #[serde(default)]
    pub gap: bool,
    /// Anything worth adding.
    #[serde(default)]
    pub note: Option<String>,
}

impl StandardEdition {
    /// `STANDARD@EDITION`.
    pub fn id(&self) -> String {
        format!("{}@{}", self.standard, self.slug)
    }

    /// Reads an edition from the bytes that [`StandardEdition::encode`] wrote.
    ///
    /// # Errors
    /// When the bytes were not written by this version.
    pub fn decode(bytes: &[u8]) -> Result<Self, postcard::Error> {
        postcard::from_bytes(bytes)
    }

    /// The decoded form, for embedding.
    ///
    /// # Errors
    /// When a value has no place in the encoding; none of the record types has such values.
    pub fn encode(&self) -> Result<Vec<u8>, postcard::Error> {
        postcard::to_stdvec(self)
    }

    /// A requirement by id.
    pub fn requirement(&self, id: &str) -> Option<&Requirement> {
        self.head.requirements.iter().find(|it| it.id == id)
    }

    /// Whose word a derived mapping is: never more than practice.
    pub fn mapping_authority(&self) -> Authority {
        self.mapping.as_ref().and_then(|it| it.basis.authority).unwrap_or(Authority::Practice)
    }

    /// The day up to which it was researched.
    pub fn as_of(&self) -> Day {
        self.head.basis.as_of
    }
}

impl Requirement {
    /// It is asked at a level; at every one when it names none.
    pub fn at_level(&self, level: &str) -> bool {
        self.levels.is_empty() || self.levels.iter().any(|it| it == level)
    }

    /// It is asked for a use case; for every one when it names none.
    pub fn for_use_case(&self, use_case: &str) -> bool {
        self.use_cases.is_empty() || self.use_cases.iter().any(|it| it == use_case)
    }
}
