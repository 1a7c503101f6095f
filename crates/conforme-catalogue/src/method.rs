//! How conformity to a standard is found out. The set of methods is closed; each has data of its own.

use crate::{Condition, MethodName, Named};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The method of a standard, with its data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Method {
    /// A list of requirements, each judged on its own.
    Requirements,
    /// Input, requirement, output, assessment.
    Activities,
    /// Levels with enhancements: met at a level only with every enhancement of that level.
    Levels,
    /// Factors, threats, mitigations.
    Mitigations(Box<Mitigations>),
    /// Use-case profiles with capability conditions.
    Profiles(Box<Profiles>),
    /// Decision trees, then conceptual, completeness and sufficiency assessment.
    DecisionTree(Box<DecisionTrees>),
}

impl Method {
    /// Its name.
    pub fn name(&self) -> MethodName {
        match self {
            Self::Requirements => MethodName::Requirements,
            Self::Activities => MethodName::Activities,
            Self::Levels => MethodName::Levels,
            Self::Mitigations(_) => MethodName::Mitigations,
            Self::Profiles(_) => MethodName::Profiles,
            Self::DecisionTree(_) => MethodName::DecisionTree,
        }
    }
}

/// A fact about the use of a product, in levels.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Factor {
    /// Name, as formulas use it.
    pub id: String,
    /// What it is about.
    pub title: String,
    /// What level 0, 1, 2 … mean; empty when the standard names the factor and defines nothing.
    #[serde(default)]
    pub levels: Vec<String>,
}

/// A use case with its factors.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UseCase {
    /// Name.
    pub id: String,
    /// What it is.
    pub title: String,
    /// The profile that belongs to it.
    #[serde(default)]
    pub profile: Option<String>,
    /// Level of each factor.
    #[serde(default)]
    pub factors: BTreeMap<String, i64>,
    /// Assurance level.
    #[serde(default, alias = "level")]
    pub assurance: Option<String>,
    /// The sum as it is printed.
    #[serde(default)]
    pub printed_total: Option<i64>,
}

/// A threat with its formulas.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MethodThreat {
    /// Name.
    pub id: String,
    /// What could happen.
    pub title: String,
    /// Requirements that mitigate it.
    #[serde(default)]
    pub requirements: Vec<String>,
    /// When it is likely or unlikely; otherwise in between.
    #[serde(default)]
    pub likelihood: Grades,
    /// How bad it is.
    #[serde(default)]
    pub impact: Grades,
    /// What brings an axis down to low.
    #[serde(default, rename = "set")]
    pub sets: Vec<MitigationSet>,
    /// Levels printed beside it, where they are known.
    #[serde(default)]
    pub printed: Vec<Printed>,
    /// Profiles for which no level is printed although one is due.
    #[serde(default)]
    pub unprinted: Vec<Unprinted>,
    /// What is not sure about it.
    #[serde(default)]
    pub doubt: Option<String>,
}

/// Profiles that a printed list leaves out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unprinted {
    /// The axis.
    pub axis: Axis,
    /// The profiles.
    pub profiles: Vec<String>,
}

/// Conditions of the grades. What is not given is what remains.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grades {
    /// Low.
    #[serde(default)]
    pub low: Option<Condition>,
    /// Medium.
    #[serde(default)]
    pub medium: Option<Condition>,
    /// High.
    #[serde(default)]
    pub high: Option<Condition>,
}

/// A grade of likelihood or impact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Grade {
    /// Low.
    Low,
    /// Medium.
    Medium,
    /// High.
    High,
}

impl Grade {
    /// The word used in files and output.
    pub fn word(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

/// Likelihood or impact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Axis {
    /// How likely.
    Likelihood,
    /// How bad.
    Impact,
}

impl Axis {
    /// The word used in files and output.
    pub fn word(self) -> &'static str {
        match self {
            Self::Likelihood => "likelihood",
            Self::Impact => "impact",
        }
    }
}

/// Mitigations that bring one axis of a threat down to low.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MitigationSet {
    /// The axis.
    pub axis: Axis,
    /// The grade it starts from.
    pub from: Grade,
    /// Every entry is needed; `|` separates alternatives of which one is.
    #[serde(default)]
    pub need: Vec<String>,
    /// And whatever these threats need at their own grade.
    #[serde(default)]
    pub sets_of: Vec<String>,
}

/// A grade as it is printed for profiles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Printed {
    /// The axis.
    pub axis: Axis,
    /// The grade.
    #[serde(alias = "level")]
    pub grade: Grade,
    /// The profiles.
    pub profiles: Vec<String>,
}

/// A named set of mandatory mitigations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MethodProfile {
    /// Name.
    pub id: String,
    /// Use cases it is for.
    #[serde(default)]
    pub use_cases: Vec<String>,
    /// Every entry is needed; `|` separates alternatives of which one is.
    #[serde(default)]
    pub need: Vec<String>,
    /// What is not sure about it.
    #[serde(default)]
    pub doubt: Option<String>,
}

/// Something that tables of a standard name and no record defines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unnamed {
    /// Its name.
    pub id: String,
    /// Where it is named.
    #[serde(rename = "where")]
    pub place: String,
}

/// Factors, threats and mitigations.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mitigations {
    /// Factors.
    #[serde(default, rename = "factor")]
    pub factors: Vec<Factor>,
    /// Use cases.
    #[serde(default, rename = "use_case")]
    pub use_cases: Vec<UseCase>,
    /// Assumptions.
    #[serde(default, rename = "assumption")]
    pub assumptions: Vec<Named>,
    /// Threats.
    #[serde(default, rename = "threat")]
    pub threats: Vec<MethodThreat>,
    /// Printed profiles.
    #[serde(default, rename = "profile")]
    pub profiles: Vec<MethodProfile>,
    /// Threats that tables name and nothing defines.
    #[serde(default, rename = "unnamed_threat")]
    pub unnamed_threats: Vec<Unnamed>,
}

/// Use cases with capability facts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profiles {
    /// Use cases, weakest first.
    #[serde(default, rename = "use_case")]
    pub use_cases: Vec<UseCase>,
    /// Facts that conditions of requirements name.
    #[serde(default, rename = "capability")]
    pub capabilities: Vec<Named>,
    /// Factors, where the standard has them.
    #[serde(default, rename = "factor")]
    pub factors: Vec<Factor>,
    /// Assumptions.
    #[serde(default, rename = "assumption")]
    pub assumptions: Vec<Named>,
    /// Threats, where the standard has them.
    #[serde(default, rename = "threat")]
    pub threats: Vec<MethodThreat>,
    /// Rules on verdicts.
    #[serde(default)]
    pub verdict: VerdictRules,
}

/// Rules on verdicts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VerdictRules {
    /// When NOT APPLICABLE is a valid verdict.
    #[serde(default)]
    pub not_applicable: Vec<String>,
}

/// Decision trees by mechanism.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecisionTrees {
    /// The trees; none where their nodes are not public.
    #[serde(default, rename = "tree")]
    pub trees: Vec<DecisionTree>,
}

/// The decision tree of one requirement. The first node is the root.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecisionTree {
    /// The requirement.
    pub requirement: String,
    /// Its nodes.
    #[serde(rename = "node")]
    pub nodes: Vec<TreeNode>,
}

/// A question with two ways on: another node, `pass`, `fail` or `not-applicable`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TreeNode {
    /// Name.
    pub id: String,
    /// The question.
    pub question: String,
    /// Where `yes` leads.
    pub yes: String,
    /// Where `no` leads.
    pub no: String,
}
