//! The dossier: what a manufacturer says about one product, typed, with the place of every statement.
//!
//! Nearly everything may be left out here; what the law wants and nobody wrote is for the checks to say. Sections may
//! stand in any file of the dossier.

use crate::decode::{Decode, Field, table, words};
use crate::finding::Reporter;
use crate::node::{Table, Value};
use crate::source::{At, Flag, Number, Place, Text};
use conforme_catalogue::FactValue;
use std::collections::BTreeMap;

mod records;
pub use records::*;

table! {
    /// A product, or the facts of a company that its products take over.
    pub struct Dossier {
        /// Version of this format. The current one is 1.
        format: Option<Number>,
        /// This folder holds several products.
        workspace: Option<Workspace>,
        /// Folders laid over the catalogue, relative to the repository: citations, common specifications, own records.
        overlays: Vec<Text>,
        /// What the author of the dossier is for the product. Default: manufacturer.
        role: Option<At<Role>>,
        /// The manufacturer.
        manufacturer: Option<Manufacturer>,
        /// The authorised representative, if there is one.
        authorised_representative: Option<AuthorisedRepresentative>,
        /// For importers and distributors: what was checked and kept.
        supply_chain: Option<SupplyChain>,
        /// For open-source stewards.
        steward: Option<Steward>,
        /// The product.
        product: Option<Product>,
        /// What the product does. Exactly one function is the core function.
        function: Vec<Function>,
        /// What the product consists of, remote parts included.
        part: Vec<Part>,
        /// Interfaces of the product.
        interface: Vec<Interface>,
        /// The decision on category and core functionality.
        classification: Option<Classification>,
        /// The conformity assessment procedure.
        route: Option<Route>,
        /// The quality system's documentation, letter by letter (module H).
        quality: Vec<Quality>,
        /// Audits by notified bodies and own ones.
        audit: Vec<Audit>,
        /// Standards that are applied.
        standard: Vec<AppliedStandard>,
        /// Common specifications that are applied.
        common_specification: Vec<CommonSpecification>,
        /// European cybersecurity certificates of the product.
        certificate: Vec<Certificate>,
        /// Other acts of the Union that the declaration covers.
        act: Vec<Act>,
        /// The support period.
        support: Option<Support>,
        /// Vulnerability handling.
        vulnerability_handling: Option<VulnerabilityHandling>,
        /// Information and instructions to the user.
        user_information: Option<UserInformation>,
        /// Who signs the declaration of conformity, and where.
        declaration: Option<Declaration>,
        /// How documents are made.
        documents: Option<Documents>,
        /// Versions of the product as offered.
        release: Vec<Release>,
        /// Models that are alike for cybersecurity and share this dossier.
        family: Option<Family>,
        /// The models of the family.
        variant: Vec<Variant>,
        /// Context of the risk assessment.
        context: Option<Context>,
        /// Criteria for accepting risks, and the method.
        criteria: Option<Criteria>,
        /// What is worth protecting.
        asset: Vec<Asset>,
        /// What could go wrong, and through whom.
        threat: Vec<Threat>,
        /// Threats of the catalogue that do not concern the product.
        dismissed_threat: Vec<DismissedThreat>,
        /// Flows of data between parts, users and services.
        flow: Vec<Flow>,
        /// Risks, their treatment and what remains.
        risk: Vec<Risk>,
        /// What the manufacturer does about requirements and risks.
        measure: Vec<Measure>,
        /// Activities of standards that are followed.
        activity: Vec<Activity>,
        /// Mechanisms judged by decision trees.
        decision: Vec<Decision>,
        /// Files and links that show a measure works.
        evidence: Vec<Evidence>,
        /// Provisions declared not applicable, with the reason.
        not_applicable: Vec<NotApplicable>,
        /// Due diligence on components from third parties.
        component: Vec<Component>,
    }
}

/// Sections that consist of facts alone; `[product]` holds facts beside its own keys.
const FACT_SECTIONS: [&str; 5] = ["supply", "licence", "users", "chip", "acts"];

impl Dossier {
    /// Reads a dossier and the facts in it from a joined tree.
    pub(crate) fn read(table: &Table<'_>, root: u16, reporter: &mut Reporter<'_>) -> (Self, StatedFacts) {
        let known: Vec<&str> = Self::KEYS.iter().copied().chain(FACT_SECTIONS).collect();
        crate::decode::unknown_keys(table, &known, reporter);
        let facts = StatedFacts::read(table, reporter);
        (Self::from_table(table, Place::start_of(root), reporter), facts)
    }

    /// What the author is for the product.
    pub fn role(&self) -> Role {
        self.role.map_or(Role::Manufacturer, |it| it.value)
    }

    /// The product's name, or a stand-in.
    pub fn name(&self) -> &str {
        self.product.as_ref().and_then(|it| it.name.as_ref()).map_or("(no name)", |it| it.value.as_str())
    }

    /// A release by its version.
    pub fn release(&self, version: &str) -> Option<&Release> {
        self.release.iter().find(|it| it.version.as_ref().is_some_and(|it| it.value == version))
    }
}

/// Facts as they were written, by name, with their place.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct StatedFacts {
    /// `section.key` and its value.
    pub values: BTreeMap<String, At<FactValue>>,
}

impl StatedFacts {
    fn read(table: &Table<'_>, reporter: &mut Reporter<'_>) -> Self {
        let mut facts = Self::default();
        for (key, node) in &table.entries {
            let section = key.value.as_ref();
            if section != "product" && !FACT_SECTIONS.contains(&section) {
                continue;
            }
            let Value::Table(entries) = &node.value else {
                crate::decode::wrong_type(node, section, "a table", reporter);
                continue;
            };
            facts.section(section, entries, reporter);
        }
        facts
    }

    fn section(&mut self, section: &str, entries: &Table<'_>, reporter: &mut Reporter<'_>) {
        use conforme_catalogue::FactType;
        let law = reporter.law();
        let prefix = format!("{section}.");
        let domains: Vec<_> = law.facts.iter().filter(|it| !it.derived && it.name.starts_with(&prefix)).collect();
        let own: &[&str] = if section == "product" { Product::KEYS } else { &[] };
        let known: Vec<&str> = domains.iter().map(|it| &it.name[prefix.len()..]).chain(own.iter().copied()).collect();
        for (key, node) in &entries.entries {
            let name = key.value.as_ref();
            let Some(domain) = domains.iter().find(|it| it.name[prefix.len()..] == *name) else {
                if !own.contains(&name) {
                    crate::decode::unknown_key(name, key.place, &known, reporter);
                }
                continue;
            };
            let words: Vec<&str> = domain.words.iter().map(String::as_str).collect();
            let value = match domain.kind {
                FactType::Flag => Option::<Flag>::field(entries, name, reporter).map(|it| FactValue::Flag(it.value)),
                FactType::Number => Option::<Number>::field(entries, name, reporter).and_then(|it| {
                    let range = domain.least.unwrap_or(i64::MIN)..=domain.most.unwrap_or(i64::MAX);
                    if !range.contains(&it.value) {
                        let known = format!("{} to {}", range.start(), range.end());
                        crate::decode::unknown_word(&it.value.to_string(), it.place, name, &[&known], reporter);
                        return None;
                    }
                    Some(FactValue::Number(it.value))
                }),
                FactType::Word => Option::<Text>::field(entries, name, reporter).and_then(|it| {
                    let fits = words.contains(&it.value.as_str());
                    if !fits {
                        crate::decode::unknown_word(&it.value, it.place, name, &words, reporter);
                    }
                    fits.then_some(FactValue::Word(it.value))
                }),
                FactType::Words => {
                    let (good, bad): (Vec<Text>, Vec<Text>) = Vec::<Text>::field(entries, name, reporter)
                        .into_iter()
                        .partition(|it| words.contains(&it.value.as_str()));
                    for it in bad {
                        crate::decode::unknown_word(&it.value, it.place, name, &words, reporter);
                    }
                    Some(FactValue::Words(good.into_iter().map(|it| it.value).collect()))
                }
            };
            if let Some(value) = value {
                self.values.insert(format!("{prefix}{name}"), At { value, place: node.place });
            }
        }
    }
}

impl Decode for Product {
    /// Unlike other records it shares its table with facts; [`StatedFacts`] reports the keys neither knows.
    fn decode(node: &crate::node::Node<'_>, key: &str, reporter: &mut Reporter<'_>) -> Option<Self> {
        let Value::Table(table) = &node.value else {
            crate::decode::wrong_type(node, key, "a table", reporter);
            return None;
        };
        Some(Self::from_table(table, node.place, reporter))
    }

    fn schema(defs: &mut serde_json::Map<String, serde_json::Value>) -> serde_json::Value {
        crate::decode::define(defs, "Product", &["The product."], Self::properties)
    }
}

words! {
    /// What the author of a dossier is for the product.
    pub enum Role {
        /// Makes it, or has it made under the own name.
        Manufacturer = "manufacturer",
        /// Places a third country's product on the Union market.
        Importer = "importer",
        /// Makes it available further down the chain.
        Distributor = "distributor",
        /// Acts for the manufacturer under a written mandate.
        AuthorisedRepresentative = "authorised-representative",
        /// Supports open-source software systematically.
        Steward = "steward",
        /// Modifies it substantially and makes it available.
        Modifier = "modifier",
    }
}
