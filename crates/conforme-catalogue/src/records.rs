//! The records of the catalogue. Each says what it rests on ([`Basis`]); `catalogue/README.md` describes the files.

use crate::{Condition, Day, Id};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a record rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Basis {
    /// Whose word it is. Standards have none of their own: theirs follows from stage and citation.
    #[serde(default)]
    pub authority: Option<Authority>,
    /// Tag of a source and the place in it.
    pub source: Vec<String>,
    /// The day on which the fact was last known to be true.
    pub as_of: Day,
    /// Doubt, when there is any.
    #[serde(default)]
    pub certainty: Option<Certainty>,
    /// What exactly is not sure.
    #[serde(default)]
    pub doubt: Option<String>,
    /// The overlay that brought or changed the record.
    #[serde(default)]
    pub overlay: Option<String>,
}

/// Whose word a rule is, strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Authority {
    /// The Regulation itself, or another act of the Union.
    Law,
    /// An act of the Commission under it.
    DelegatedAct,
    /// A standard whose reference is cited in the Official Journal.
    HarmonisedStandard,
    /// A draft of a standard.
    DraftStandard,
    /// A standard without citation.
    Standard,
    /// Guidance of the Commission or of an agency; not binding.
    Guidance,
    /// Good practice; advice.
    Practice,
}

/// How sure a record is, when it was not read in its official source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Certainty {
    /// Another source says so.
    Secondary,
    /// A reading of verified text.
    Derived,
    /// Not sure at all.
    Uncertain,
}

/// The edition of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edition {
    /// Name of the edition, `YYYY.N`.
    pub id: String,
    /// Day up to which its facts were researched.
    pub date: Day,
    /// What the edition covers, in a sentence.
    pub about: String,
}

/// A source of facts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Title in own words.
    pub title: String,
    /// `law`, `delegated-act`, `guidance`, `standard`, `secondary`, `community` or `own`.
    pub kind: String,
    /// Date of the source, or of the state that was read.
    #[serde(default)]
    pub date: Option<Day>,
    /// Number, publication or address.
    pub reference: String,
}

/// A point of the law.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provision {
    /// Name of the record.
    pub id: Id,
    /// Short title in own words.
    pub title: String,
    /// The place in the law, as it is cited.
    pub cites: String,
    /// Authority, source and date.
    pub basis: Basis,
    /// Applies from this day.
    pub from: Day,
    /// Who it speaks to.
    pub who: Vec<String>,
    /// What kind of point it is.
    pub kind: Kind,
    /// Whether it can be declared not applicable.
    #[serde(default)]
    pub applies: Applies,
    /// The gate that asks for it first.
    #[serde(default)]
    pub stage: Option<Stage>,
    /// Name of the check in the engine.
    #[serde(default)]
    pub check: Option<String>,
    /// What a verifier asks for.
    #[serde(default)]
    pub verifier: Vec<String>,
    /// The next step for who has nothing yet.
    #[serde(default)]
    pub next: Option<String>,
    /// A duty that a mandate to an authorised representative may not contain.
    #[serde(default)]
    pub not_in_mandate: bool,
    /// An agreement can vary it, for a tailor-made product with a business user.
    #[serde(default)]
    pub by_contract: bool,
    /// A duty that every mandate to an authorised representative contains.
    #[serde(default)]
    pub in_every_mandate: bool,
    /// Every standard is asked whether it answers this point, as it is for Annex I and the information for users.
    #[serde(default)]
    pub coverage: bool,
    /// Other points to read.
    #[serde(default)]
    pub related: Vec<Id>,
    /// The point in own words, and what guidance adds.
    pub text: String,
}

impl Provision {
    /// The check and the gate of a provision that the engine judges.
    pub fn checked(&self) -> Option<CheckedBy<'_>> {
        Some(CheckedBy { check: self.check.as_deref()?, stage: self.stage? })
    }

    /// The place in the law without the name of the act: `Annex I, Part II, point (5)`.
    pub fn place(&self) -> &str {
        self.cites.split_once(", ").map_or(self.cites.as_str(), |(_, place)| place)
    }
}

/// How the engine judges a provision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CheckedBy<'a> {
    /// Name of the check.
    pub check: &'a str,
    /// The gate that asks for it first.
    pub stage: Stage,
}

/// What kind of point a provision is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A point of Annex I.
    EssentialRequirement,
    /// A duty of an operator.
    Obligation,
    /// A point of the information to the user.
    InformationItem,
    /// A point of a document.
    DocumentItem,
    /// A definition, exemption or empowerment.
    Rule,
}

/// Whether a provision can be declared not applicable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Applies {
    /// Never.
    #[default]
    Always,
    /// With a reason that refers to the risk assessment.
    ByRiskAssessment,
    /// The facts of the product decide, or a declared reason.
    WhereRelevant,
}

/// The gates, in their order. Each asks for what must exist before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// The technical documentation is complete.
    Documentation,
    /// The declaration of conformity can be signed.
    Declaration,
    /// The product can be placed on the market.
    Placing,
    /// The duties after placing are arranged.
    Support,
}

impl Stage {
    /// All gates in order.
    pub const ALL: [Self; 4] = [Self::Documentation, Self::Declaration, Self::Placing, Self::Support];

    /// The word used in files and on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Documentation => "documentation",
            Self::Declaration => "declaration",
            Self::Placing => "placing",
            Self::Support => "support",
        }
    }
}

/// How a product is regarded by Articles 7 and 8.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Tier {
    /// In neither Annex III nor Annex IV.
    #[serde(rename = "default")]
    Default,
    /// Annex III, class I.
    #[serde(rename = "important-class-I")]
    ImportantClassI,
    /// Annex III, class II.
    #[serde(rename = "important-class-II")]
    ImportantClassII,
    /// Annex IV.
    #[serde(rename = "critical")]
    Critical,
}

impl Tier {
    /// The word used in files and output.
    pub fn word(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::ImportantClassI => "important-class-I",
            Self::ImportantClassII => "important-class-II",
            Self::Critical => "critical",
        }
    }

    /// The words used in sentences.
    pub fn phrase(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::ImportantClassI => "important, class I",
            Self::ImportantClassII => "important, class II",
            Self::Critical => "critical",
        }
    }
}

/// A product category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Category {
    /// `III-I-12`, or `default`.
    pub id: Id,
    /// Short title in own words.
    pub title: String,
    /// The tier it belongs to.
    pub tier: Tier,
    /// The place in the law.
    pub cites: String,
    /// Authority, source and date.
    pub basis: Basis,
    /// Items of the standardisation request.
    #[serde(default)]
    pub items: Vec<u16>,
    /// Products the description names.
    #[serde(default)]
    pub included: Vec<String>,
    /// Limits of the description.
    #[serde(default)]
    pub excluded: Vec<String>,
    /// The technical description as a condition. `default` has none.
    #[serde(default)]
    pub when: Option<Condition>,
    /// Where the text leaves room.
    #[serde(default)]
    pub judgement: Vec<Judgement>,
    /// What an official text says is not this category.
    #[serde(default)]
    pub not_met: Vec<NotMet>,
    /// Only in `default`: what an official text shows as outside every category.
    #[serde(default)]
    pub named: Vec<NotMet>,
    /// The technical description in own words.
    pub text: String,
}

/// A place where the text of a category leaves room and a person decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Judgement {
    /// When the question arises.
    pub when: Condition,
    /// The likelier answer: a category or `default`.
    pub likely: Id,
    /// What speaks for the category.
    #[serde(rename = "for")]
    pub pro: String,
    /// What speaks against it.
    #[serde(rename = "against")]
    pub contra: String,
    /// Where the views come from.
    pub source: Vec<String>,
}

/// An official statement that something is not in a category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NotMet {
    /// When the statement fits.
    pub when: Condition,
    /// The statement in own words.
    pub reason: String,
    /// Where it stands.
    pub source: Vec<String>,
}

/// Something a function of a product can do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Function {
    /// The word used in facts.
    pub id: String,
    /// Short title.
    pub title: String,
    /// One sentence.
    pub about: String,
}

/// A fact that conditions may name, and what it can be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FactDomain {
    /// `section.key`.
    pub name: String,
    /// What values it takes.
    pub kind: FactType,
    /// The closed list of words; empty means the ids of `functions.toml`.
    #[serde(default)]
    pub words: Vec<String>,
    /// Smallest number.
    #[serde(default)]
    pub least: Option<i64>,
    /// Largest number.
    #[serde(default)]
    pub most: Option<i64>,
    /// Value when it is left out. Without one it is unknown.
    #[serde(default)]
    pub default: Option<bool>,
    /// The engine computes it; a facts file cannot give it.
    #[serde(default)]
    pub derived: bool,
    /// What it says.
    pub about: String,
}

/// Type of a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FactType {
    /// True or false.
    Flag,
    /// A whole number.
    Number,
    /// One word of the list.
    Word,
    /// Several words of the list.
    Words,
}

/// A rule of scope or of the support period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Name of the rule.
    pub id: String,
    /// Short title.
    pub title: String,
    /// The rule in own words.
    pub about: String,
    /// The place in the law.
    pub cites: String,
    /// Authority, source and date.
    pub basis: Basis,
    /// Scope only: what follows.
    #[serde(default)]
    pub effect: Option<ScopeEffect>,
    /// Scope only: when it applies.
    #[serde(default)]
    pub when: Option<Condition>,
}

/// What a rule of scope does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ScopeEffect {
    /// Outside the Regulation.
    Out,
    /// Inside, whatever a later `out` says.
    In,
    /// Inside, with a particularity.
    Special,
    /// Not a product placed on the market; the steward's duties apply.
    Steward,
}

/// A row of the decision table of conformity assessment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RouteRow {
    /// Name of the row.
    pub id: String,
    /// What it is about.
    pub title: String,
    /// The place in the law.
    pub cites: String,
    /// Authority, source and date.
    pub basis: Basis,
    /// When the row is the one. Rows are tried in order.
    pub when: Condition,
    /// Procedures it allows: `A`, `B+C`, `H`, `scheme`, or the name of another act's procedure.
    pub allows: Vec<String>,
    /// Of those, the ones that need a notified body.
    #[serde(default)]
    pub notified_body: Vec<String>,
    /// The technical documentation has to be public, at an address.
    #[serde(default)]
    pub public_documentation: bool,
    /// The provision that is judged.
    pub provision: Id,
    /// The reason in own words.
    pub about: String,
}

/// An item of the standardisation request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Number in the adopted request.
    pub id: u16,
    /// Subject in own words.
    pub subject: String,
    /// Category of a vertical item.
    #[serde(default)]
    pub category: Option<Id>,
    /// Provisions of a horizontal item.
    #[serde(default)]
    pub provisions: Vec<Id>,
    /// Bodies asked.
    pub addressed: Vec<String>,
    /// The adopted deadline.
    pub deadline: Day,
    /// The deadline in the draft of the request.
    pub draft_deadline: Day,
    /// Deadlines that were proposed and not adopted.
    #[serde(default)]
    pub proposed: Vec<Proposed>,
    /// Authority, source and date.
    pub basis: Basis,
}

/// A deadline that was proposed and not adopted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proposed {
    /// The proposed deadline.
    pub deadline: Day,
    /// Known since.
    #[serde(default)]
    pub date: Option<Day>,
    /// Where it stands.
    pub source: Vec<String>,
    /// How sure.
    #[serde(default)]
    pub certainty: Option<Certainty>,
    /// What is not sure.
    #[serde(default)]
    pub doubt: Option<String>,
}

/// Outline of a document that an annex asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outline {
    /// File name.
    pub id: Id,
    /// Title of the document.
    pub title: String,
    /// The annex.
    pub cites: String,
    /// Authority, source and date.
    pub basis: Basis,
    /// Points, in order.
    #[serde(rename = "item")]
    pub items: Vec<DocumentItem>,
}

/// One point of an outline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DocumentItem {
    /// The provision it is.
    pub provision: Id,
    /// Its number in the annex.
    pub point: String,
    /// Heading in own words.
    pub heading: String,
    /// What belongs there.
    #[serde(default)]
    pub asks: Option<String>,
    /// The statement that the document makes there, once the dossier makes it.
    #[serde(default)]
    pub states: Option<String>,
}

/// A term and its meaning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// File name.
    pub id: Id,
    /// The term.
    pub term: String,
    /// Where it is defined.
    pub cites: String,
    /// Authority, source and date.
    pub basis: Basis,
    /// Other terms or provisions to read.
    #[serde(default)]
    pub related: Vec<Id>,
    /// The meaning in own words.
    pub text: String,
}

/// A date of the law.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// When.
    pub date: Day,
    /// What.
    pub title: String,
    /// More about it.
    #[serde(default)]
    pub about: String,
    /// The place in the law.
    #[serde(default)]
    pub cites: Option<String>,
    /// Authority, source and date.
    pub basis: Basis,
}

/// A tier of fines.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PenaltyTier {
    /// Name of the tier.
    pub id: String,
    /// Upper limit in euro.
    pub max_eur: u64,
    /// Upper limit in percent of the worldwide turnover of the year before.
    pub max_turnover_percent: f64,
    /// What it punishes.
    pub provisions: Vec<String>,
    /// In own words.
    pub about: String,
    /// The place in the law.
    pub cites: String,
    /// Authority, source and date.
    pub basis: Basis,
}

/// Who is not fined, for what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exemption {
    /// Name of the exemption.
    pub id: String,
    /// In own words.
    pub about: String,
    /// The place in the law.
    pub cites: String,
    /// Authority, source and date.
    pub basis: Basis,
}

/// Weight of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// The gate cannot be passed.
    Error,
    /// It could not be decided: something is missing or stale.
    Undecided,
    /// Worth mending.
    Warning,
    /// Worth knowing.
    Note,
}

impl Severity {
    /// The word used in files and output.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Undecided => "undecided",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// What a finding means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FindingText {
    /// The code.
    pub id: Id,
    /// Short title.
    pub title: String,
    /// Default weight.
    pub severity: Severity,
    /// The gate it belongs to; without one it counts at every gate.
    #[serde(default)]
    pub stage: Option<Stage>,
    /// The place in the law or practice it rests on.
    pub cites: String,
    /// Authority, source and date.
    pub basis: Basis,
    /// The message, with `{name}` where the engine puts something in.
    pub message: String,
    /// The next step, with the same names.
    pub next: String,
    /// What it means, why it matters, how to mend it.
    pub text: String,
}

/// A Member State.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Market {
    /// ISO 3166-1 code, two letters.
    pub code: String,
    /// Name in English.
    pub name: String,
    /// Official languages of the Union that are official there, as ISO 639-1 codes.
    pub languages: Vec<String>,
}

/// Labels of generated documents in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// ISO 639-1 code.
    pub language: String,
    /// Name of the language in itself.
    pub name: String,
    /// Authority, source and date.
    pub basis: Basis,
    /// State of each group of texts.
    pub review: BTreeMap<String, Review>,
    /// Where official wording was read.
    pub review_source: Vec<String>,
    /// Texts by `group.key`.
    pub texts: BTreeMap<String, String>,
    /// Names of the months, January first.
    pub months: Vec<String>,
}

impl Words {
    /// A text by `group.key`; the key itself when the language lacks it, so that a gap is seen.
    pub fn say<'a>(&'a self, key: &'a str) -> &'a str {
        self.texts.get(key).map_or(key, String::as_str)
    }

    /// The state of a group of texts.
    pub fn review(&self, group: &str) -> Review {
        self.review.get(group).copied().unwrap_or(Review::Unreviewed)
    }
}

/// Who has checked a translation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Review {
    /// Taken from the wording in the Official Journal.
    Official,
    /// Checked by a named person.
    Reviewed,
    /// Not checked.
    Unreviewed,
}
