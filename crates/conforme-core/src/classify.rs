//! Scope, category, tier and route of a product, from structured facts.
//!
//! Nothing is read into prose. Where the texts leave room, or only silence speaks for `default`, the answer is "a person
//! decides", with the likelier answer and the views on both sides.

use crate::dossier::{Dossier, MadeBy, Part, Runs, StatedFacts};
use crate::finding::Reporter;
use conforme_catalogue::{
    Catalogue, Category, FactSource, FactType, FactValue, Id, Judgement, RouteRow, ScopeEffect, Tier, Truth,
};
use std::collections::BTreeMap;

/// Facts by name, defaults filled in, ready for conditions.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facts(BTreeMap<String, FactValue>);

impl FactSource for Facts {
    fn fact(&self, name: &str) -> Option<&FactValue> {
        self.0.get(name)
    }
}

/// What kind of duties follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Regime {
    /// The product's maker has the duties of a manufacturer.
    Product,
    /// The duties of an open-source steward.
    Steward,
    /// None.
    None,
    /// It could not be decided.
    Unknown,
}

impl Regime {
    /// The word used in output.
    pub fn word(self) -> &'static str {
        match self {
            Self::Product => "product",
            Self::Steward => "steward",
            Self::None => "none",
            Self::Unknown => "unknown",
        }
    }
}

/// A sentence of reasoning and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// The sentence.
    pub text: String,
    /// Where it stands.
    pub source: String,
}

/// Two views on a question that the texts leave open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// The category in question.
    pub category: Id,
    /// The likelier answer.
    pub likely: Id,
    /// What speaks for the category.
    pub pro: String,
    /// What speaks against it.
    pub contra: String,
    /// Where the views come from.
    pub source: String,
}

/// How a part of the product counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartKind {
    /// Runs with the user.
    OnProduct,
    /// Remote data processing: part of the product (Art. 3(2)).
    RemoteDataProcessing,
    /// A third party's service: due diligence, like a component.
    ThirdPartyService,
    /// Not part of the product.
    Outside,
    /// A fact is missing.
    Unknown,
}

impl PartKind {
    /// The word used in output.
    pub fn word(self) -> &'static str {
        match self {
            Self::OnProduct => "on-product",
            Self::RemoteDataProcessing => "remote-data-processing",
            Self::ThirdPartyService => "third-party-service",
            Self::Outside => "outside",
            Self::Unknown => "unknown",
        }
    }
}

/// The answer of `conforme classify`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Classified {
    /// In scope, or not, or not decided.
    pub in_scope: Option<bool>,
    /// What kind of duties follow.
    pub regime: Regime,
    /// The category, or the likelier one.
    pub category: Option<Id>,
    /// Its tier.
    pub tier: Option<Tier>,
    /// A person has to decide.
    pub needs_decision: bool,
    /// Why.
    pub reasons: Vec<Reason>,
    /// Views on open questions.
    pub views: Vec<View>,
    /// Facts that would be needed.
    pub missing: Vec<String>,
    /// Parts and how they count.
    pub parts: Vec<(String, PartKind)>,
}

/// Facts of a dossier, with what follows from its functions.
pub fn facts(law: &Catalogue, dossier: &Dossier, stated: &StatedFacts) -> Facts {
    let mut facts = BTreeMap::new();
    for domain in law.facts.iter().filter(|it| !it.derived) {
        let value = match (stated.values.get(&domain.name), domain.default, domain.kind) {
            (Some(value), _, _) => value.value.clone(),
            (None, Some(default), _) => FactValue::Flag(default),
            (None, None, FactType::Words) => FactValue::Words(Vec::new()),
            _ => continue,
        };
        facts.insert(domain.name.clone(), value);
    }
    let does = |core: bool| {
        let functions = dossier.function.iter().filter(|it| it.core.is_some_and(|it| it.value) == core);
        FactValue::Words(functions.flat_map(|it| &it.does).map(|it| it.value.clone()).collect())
    };
    facts.insert("core.does".to_owned(), does(true));
    facts.insert("other.does".to_owned(), does(false));
    Facts(facts)
}

/// What is wrong with the functions of a dossier or facts file: unknown words, not exactly one core function.
pub fn function_findings(law: &Catalogue, dossier: &Dossier) -> Vec<crate::finding::Finding> {
    let mut reporter = Reporter::new(law);
    check_functions(dossier, &mut reporter);
    reporter.into_findings()
}

/// Reports words of functions that nobody knows, and a number of core functions other than one.
pub(crate) fn check_functions(dossier: &Dossier, reporter: &mut Reporter<'_>) {
    let law = reporter.law();
    let known: Vec<&str> = law.functions.iter().map(|it| it.id.as_str()).collect();
    for word in dossier.function.iter().flat_map(|it| &it.does) {
        if !known.contains(&word.value.as_str()) {
            let remedy = match crate::decode::nearest(&word.value, &known) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`conforme schema facts` lists them".to_owned(),
            };
            reporter.report(
                crate::codes::UNKNOWN_WORD,
                Some(word.place),
                &[("key", "does"), ("word", &word.value), ("remedy", &remedy)],
            );
        }
    }
    let cores: Vec<_> = dossier.function.iter().filter(|it| it.core.is_some_and(|it| it.value)).collect();
    if cores.len() != 1 {
        let place = cores.get(1).map(|it| it.place).or_else(|| dossier.function.first().map(|it| it.place));
        let place = place.or_else(|| dossier.product.as_ref().map(|it| it.place));
        reporter.report(crate::codes::CORE_FUNCTION, place, &[("count", &cores.len().to_string())]);
    }
}

/// Classifies a product.
pub fn classify(law: &Catalogue, facts: &Facts, parts: &[Part]) -> Classified {
    let mut answer = Classified {
        in_scope: None,
        regime: Regime::Unknown,
        category: None,
        tier: None,
        needs_decision: false,
        reasons: Vec::new(),
        views: Vec::new(),
        missing: Vec::new(),
        parts: parts
            .iter()
            .map(|it| (it.title.as_ref().map_or_else(String::new, |it| it.value.clone()), part_kind(it)))
            .collect(),
    };
    scope(law, facts, &mut answer);
    if answer.in_scope == Some(true) {
        category(law, facts, &mut answer);
    }
    if answer.in_scope.is_none() {
        answer.needs_decision = true;
    }
    answer.missing.sort();
    answer.missing.dedup();
    answer
}

/// How a part counts: remote, made by or for the manufacturer and needed is remote data processing.
pub fn part_kind(part: &Part) -> PartKind {
    let made_by = part.made_by.map(|it| it.value);
    match (part.runs.map(|it| it.value), part.needed.map(|it| it.value)) {
        (Some(Runs::OnProduct), _) => PartKind::OnProduct,
        (Some(Runs::Remote), Some(false)) => PartKind::Outside,
        // Guidance §8.3.1: what the product needs but never talks to, such as a bank's ledger, is outside.
        (Some(Runs::Remote), Some(true)) if part.interacts.is_some_and(|it| !it.value) => PartKind::Outside,
        (Some(Runs::Remote), Some(true)) => match made_by {
            Some(MadeBy::Manufacturer) => PartKind::RemoteDataProcessing,
            Some(MadeBy::ThirdParty) => PartKind::ThirdPartyService,
            None => PartKind::Unknown,
        },
        _ => PartKind::Unknown,
    }
}

fn scope(law: &Catalogue, facts: &Facts, answer: &mut Classified) {
    let mut undecided = Vec::new();
    for rule in &law.scope {
        let (Some(effect), Some(when)) = (rule.effect, &rule.when) else { continue };
        let reason = || Reason { text: rule.about.clone(), source: rule.cites.clone() };
        match (when.decide(facts), effect) {
            (Truth::No, _) => {}
            (Truth::Unknown, ScopeEffect::Special | ScopeEffect::In) => {}
            (Truth::Unknown, _) => undecided.extend(when.missing(facts).into_iter().map(str::to_owned)),
            (Truth::Yes, ScopeEffect::Special) => answer.reasons.push(reason()),
            (Truth::Yes, _) if answer.in_scope.is_some() => {}
            (Truth::Yes, ScopeEffect::Out) => {
                answer.reasons.push(reason());
                (answer.in_scope, answer.regime) = (Some(false), Regime::None);
            }
            (Truth::Yes, ScopeEffect::Steward) => {
                answer.reasons.push(reason());
                (answer.in_scope, answer.regime) = (Some(false), Regime::Steward);
            }
            (Truth::Yes, ScopeEffect::In) => {
                answer.reasons.push(reason());
                // An exclusion that comes first and cannot be decided leaves the question open.
                if undecided.is_empty() {
                    (answer.in_scope, answer.regime) = (Some(true), Regime::Product);
                }
            }
        }
    }
    if answer.in_scope.is_none() {
        if undecided.is_empty() {
            (answer.in_scope, answer.regime) = (Some(true), Regime::Product);
        }
        answer.missing.extend(undecided);
    }
}

fn category(law: &Catalogue, facts: &Facts, answer: &mut Classified) {
    let listed: Vec<&Category> = law.categories.values().filter(|it| it.tier != Tier::Default).collect();
    let decide = |it: &Category| it.when.as_ref().map_or(Truth::No, |when| when.decide(facts));
    // Where several descriptions are met, the strictest tier counts: a chip of class II also meets class I.
    let all_met: Vec<&&Category> = listed.iter().filter(|it| decide(it) == Truth::Yes).collect();
    let met = all_met.iter().max_by_key(|it| (it.tier, std::cmp::Reverse(it.id.clone())));
    let judged: Vec<(&Category, &Judgement)> = listed
        .iter()
        .flat_map(|category| category.judgement.iter().map(move |it| (*category, it)))
        .filter(|(_, it)| it.when.decide(facts) == Truth::Yes)
        .collect();
    for (category, judgement) in &judged {
        answer.needs_decision = true;
        answer.views.push(View {
            category: category.id.clone(),
            likely: judgement.likely.clone(),
            pro: judgement.pro.clone(),
            contra: judgement.contra.clone(),
            source: judgement.source.join("; "),
        });
    }
    if let Some(category) = met {
        answer.reasons.push(Reason {
            text: format!("the core function meets the technical description of {}: {}", category.id, category.title),
            source: format!("{}; {}", category.cites, category.basis.source.join(", ")),
        });
        (answer.category, answer.tier) = (Some(category.id.clone()), Some(category.tier));
        // A product has one core functionality (guidance ¶144): two descriptions met is a question, not an answer.
        for other in all_met.iter().filter(|it| it.id != category.id) {
            answer.needs_decision = true;
            answer.reasons.push(Reason {
                text: format!(
                    "the core function also meets {}: {}; a product has one core functionality",
                    other.id, other.title
                ),
                source: other.cites.clone(),
            });
        }
    } else if let Some((_, judgement)) = judged.first() {
        answer.tier = law.categories.get(&judgement.likely).map(|it| it.tier);
        answer.category = Some(judgement.likely.clone());
    } else if let Some(open) =
        listed.iter().filter(|it| decide(it) == Truth::Unknown).min_by_key(|it| (it.tier, it.id.clone()))
    {
        // A fact nobody gave keeps a description open: the mildest category it could be, never `default`.
        answer.needs_decision = true;
        answer.reasons.push(Reason {
            text: format!(
                "whether the core function meets {}, {}, depends on facts that were not given",
                open.id, open.title
            ),
            source: open.cites.clone(),
        });
        (answer.category, answer.tier) = (Some(open.id.clone()), Some(open.tier));
        answer.missing.extend(open.when.iter().flat_map(|when| when.missing(facts)).map(str::to_owned));
    } else {
        default(law, facts, &listed, answer);
    }
    // A stricter category that only a missing fact keeps open would change the answer.
    for open in listed.iter().filter(|it| decide(it) == Truth::Unknown && answer.tier.is_none_or(|tier| it.tier > tier))
    {
        answer.needs_decision = true;
        answer.missing.extend(open.when.iter().flat_map(|when| when.missing(facts)).map(str::to_owned));
    }
}

/// No description is met. That is certain only where an official text says so; silence alone is a likely answer.
fn default(law: &Catalogue, facts: &Facts, listed: &[&Category], answer: &mut Classified) {
    let id = Id::from("default");
    (answer.category, answer.tier) = (Some(id.clone()), Some(Tier::Default));
    let named = law.categories.get(&id).into_iter().flat_map(|it| &it.named);
    let stated = listed.iter().flat_map(|it| &it.not_met).chain(named).find(|it| it.when.decide(facts) == Truth::Yes);
    if let Some(statement) = stated {
        answer.reasons.push(Reason { text: statement.reason.clone(), source: statement.source.join("; ") });
        return;
    }
    // The integration rule: a function that is not the core one does not lift the product.
    let turned = facts.with_other_as_core();
    if let Some(inside) =
        listed.iter().find(|it| it.when.as_ref().is_some_and(|when| when.decide(&turned) == Truth::Yes))
    {
        answer.reasons.push(Reason {
            text: format!(
                "a function of {} is inside, and is not the core function; integrating it does not lift the product",
                inside.id
            ),
            source: inside.cites.clone(),
        });
        return;
    }
    answer.needs_decision = true;
    answer.reasons.push(Reason {
        text: "no category's technical description is met by the stated functions, and no official text names such a product".to_owned(),
        source: law.categories.get(&id).map_or_else(String::new, |it| it.cites.clone()),
    });
}

impl Facts {
    /// Adds a fact that the engine found.
    pub fn set(&mut self, name: &str, value: FactValue) {
        self.0.insert(name.to_owned(), value);
    }

    /// A list of words, empty when it was not given.
    pub fn words(&self, name: &str) -> &[String] {
        match self.0.get(name) {
            Some(FactValue::Words(words)) => words,
            _ => &[],
        }
    }

    /// A word, if it was given.
    pub fn word(&self, name: &str) -> Option<&str> {
        match self.0.get(name) {
            Some(FactValue::Word(word)) => Some(word),
            _ => None,
        }
    }

    /// A flag; not given counts as no.
    pub fn flag(&self, name: &str) -> bool {
        self.0.get(name) == Some(&FactValue::Flag(true))
    }

    fn with_other_as_core(&self) -> Self {
        let mut turned = self.clone();
        let other = FactValue::Words(self.words("other.does").to_vec());
        turned.set("core.does", other);
        turned
    }
}

/// The routes a product may take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Routes<'a> {
    /// The row of the decision table.
    pub row: &'a RouteRow,
    /// Procedures open to the product.
    pub allowed: Vec<String>,
    /// Facts that would be needed to be sure.
    pub missing: Vec<String>,
}

/// Finds the row of the decision table. `facts` need tier and presumption.
pub fn routes<'a>(law: &'a Catalogue, facts: &Facts, scheme_available: bool) -> Option<Routes<'a>> {
    let mut missing = Vec::new();
    for row in &law.routes {
        match row.when.decide(facts) {
            Truth::No => {}
            Truth::Unknown => missing.extend(row.when.missing(facts).into_iter().map(str::to_owned)),
            Truth::Yes => {
                let open = |it: &&String| it.as_str() != "scheme" || scheme_available || row.allows.len() == 1;
                let allowed = row.allows.iter().filter(open).cloned().collect();
                return Some(Routes { row, allowed, missing });
            }
        }
    }
    None
}
