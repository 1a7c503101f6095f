//! The law and the standards as data: types, parser, overlays and linter.
//!
//! This crate knows the *shape* of the catalogue and holds none of it: the records live as text in the `catalogue/` folder,
//! `conforme-law` embeds them, and an overlay folder of the same layout can be merged over them at run time.
//! [`Catalogue`] is the whole; [`Files`] is the text it is parsed from.

mod condition;
mod day;
mod files;
mod id;
mod library;
mod lint;
mod method;
mod parse;
mod records;
mod requirement;
mod standard;
mod supplier;
mod threat;

pub use condition::{Comparison, Condition, FactSource, FactValue, Truth};
pub use day::Day;
pub use files::{Files, Overlay, hex, sha256};
pub use id::Id;
pub use library::{Library, parse_library};
pub use lint::lint;
pub use method::{
    Axis, DecisionTree, DecisionTrees, Factor, Grade, Grades, Method, MethodProfile, MethodThreat, MitigationSet,
    Mitigations, Printed, Profiles, TreeNode, Unnamed, Unprinted, UseCase, VerdictRules,
};
pub use parse::{CatalogueError, parse};
pub use records::{
    Applies, Authority, Basis, Category, Certainty, CheckedBy, DocumentItem, Edition, Event, Exemption, FactDomain,
    FactType, FindingText, Function, Item, Judgement, Kind, Market, NotMet, Outline, PenaltyTier, Proposed, Provision,
    Review, RouteRow, Rule, ScopeEffect, Severity, Source, Stage, Term, Tier, Words,
};
pub use requirement::{
    EditionHead, Gap, Group, LookedAt, Mapping, MappingRow, MethodName, Modal, Named, OwnBasis, PublishedMapping,
    PublishedRow, Reach, Relation, Requirement, RequirementAssessment, RequirementKind, StandardEdition, Together,
};
pub use standard::{Citation, Presumption, StageEvent, StageKind, StageName, Standard, StandardRole};
pub use supplier::{AnswerForm, Clause, Responsibility, Side, SupplierQuestion};
pub use threat::{AssetKind, InterfaceKind, Kinds, RiskMethod, Threat};

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// All regulatory knowledge at one edition, overlays included.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Catalogue {
    /// Id and date of the edition.
    pub edition: Edition,
    /// SHA-256 over every record and overlay, lower-case hex.
    pub digest: String,
    /// Overlays merged in, in order.
    pub overlays: Vec<Overlay>,
    /// Where facts come from, by tag.
    pub sources: BTreeMap<String, Source>,
    /// Points of the law.
    pub provisions: BTreeMap<Id, Provision>,
    /// Product categories of Annexes III and IV, and the default one.
    pub categories: BTreeMap<Id, Category>,
    /// What a function of a product can do.
    pub functions: Vec<Function>,
    /// Facts that conditions may name.
    pub facts: Vec<FactDomain>,
    /// Rules on scope, in the order in which they are tried.
    pub scope: Vec<Rule>,
    /// The decision table of conformity assessment.
    pub routes: Vec<RouteRow>,
    /// Standards, tracked and supporting.
    pub standards: BTreeMap<Id, Standard>,
    /// The items of the standardisation request.
    pub items: Vec<Item>,
    /// Outlines of documents by id.
    pub documents: BTreeMap<Id, Outline>,
    /// Vocabulary by slug.
    pub terms: BTreeMap<Id, Term>,
    /// Dates of the law.
    pub timeline: Vec<Event>,
    /// Fines.
    pub penalties: Vec<PenaltyTier>,
    /// Who is not fined.
    pub exemptions: Vec<Exemption>,
    /// Rules on the support period.
    pub support: Vec<Rule>,
    /// Figures the engine computes with, by name: years, months and dates of the law.
    pub figures: BTreeMap<String, Figure>,
    /// Ways of combining likelihood and impact.
    pub risk_methods: Vec<RiskMethod>,
    /// Member States and their languages.
    pub markets: Vec<Market>,
    /// What each finding means, by code.
    pub findings: BTreeMap<Id, FindingText>,
    /// What a maker asks a supplier of components.
    pub questions: Vec<SupplierQuestion>,
    /// Who does which activity for a component, unless agreed otherwise.
    pub responsibilities: Vec<Responsibility>,
    /// Clauses of the supplier agreement.
    pub clauses: Vec<Clause>,
    /// Labels of generated documents, by language code.
    pub words: BTreeMap<String, Words>,
    /// Things in overlays that were read and not used, such as a citation without its reference.
    pub ignored: Vec<Ignored>,
}

/// A number or a date that the law sets.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// A count, in the unit its name says: `support_floor_years`.
    #[serde(default)]
    pub count: Option<i64>,
    /// A date.
    #[serde(default)]
    pub day: Option<Day>,
    /// Where the law says so.
    pub cites: String,
    /// Authority, source and date.
    pub basis: Basis,
}

/// A record that was read and not used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ignored {
    /// Code of the finding that reports it.
    pub code: String,
    /// File inside the overlay.
    pub file: String,
    /// Overlay it came from.
    pub overlay: String,
    /// Record concerned.
    pub subject: String,
}

impl Catalogue {
    /// Reads a catalogue from the bytes that [`Catalogue::encode`] wrote.
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

    /// A point of the law.
    pub fn provision(&self, id: &str) -> Option<&Provision> {
        self.provisions.get(&Id::from(id))
    }

    /// A standard by id, reference or alias, however it is spelled: `EN-304-627`, `EN 304 627`, `en304627`.
    pub fn standard(&self, name: &str) -> Option<&Standard> {
        let wanted = id::loose(name);
        self.standards.get(&Id::from(name)).or_else(|| {
            self.standards.values().find(|it| {
                id::loose(it.id.as_str()) == wanted
                    || id::loose(&it.reference) == wanted
                    || it.aliases.iter().any(|alias| id::loose(alias) == wanted)
            })
        })
    }

    /// A count the law sets, or zero when the edition lacks it (the linter refuses such an edition).
    pub fn count(&self, name: &str) -> i64 {
        self.figures.get(name).and_then(|it| it.count).unwrap_or_default()
    }

    /// A date the law sets.
    pub fn day(&self, name: &str) -> Option<jiff::civil::Date> {
        self.figures.get(name).and_then(|it| it.day).map(|it| it.first())
    }

    /// Official languages of a Member State; empty for a code that is none.
    pub fn languages_of(&self, market: &str) -> &[String] {
        self.markets.iter().find(|it| it.code == market).map_or(&[], |it| &it.languages)
    }

    /// Languages in which documents are made for markets: the first of each; English when there is no market.
    pub fn languages_for<'a>(&'a self, markets: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
        let mut languages: Vec<&str> =
            markets.filter_map(|it| self.languages_of(it).first().map(String::as_str)).collect();
        languages.sort_unstable();
        languages.dedup();
        if languages.is_empty() { vec!["en"] } else { languages }
    }

    /// `id (digest, overlays)`: what stands in every derived document.
    pub fn mark(&self) -> String {
        let mut mark = format!("{} ({})", self.edition.id, self.digest.get(..12).unwrap_or(&self.digest));
        for overlay in &self.overlays {
            mark += &format!(" + overlay {} ({})", overlay.name, overlay.sha256.get(..12).unwrap_or(&overlay.sha256));
        }
        mark
    }
}
