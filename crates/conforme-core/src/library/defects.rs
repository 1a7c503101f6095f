//! What a machine-readable standard lacks of what the standardisation request demands (M/606 Annex II), and where its own
//! tables contradict each other. It is written for authors of standards; a finding is about the text, not about a product.

use super::procedure::{differences, requirements};
use conforme_catalogue::{
    Axis, Catalogue, Condition, FactSource, FactValue, Grade, Grades, Kind, Method, MethodThreat, Mitigations, Modal,
    Standard, StandardEdition, Truth,
};
use std::collections::{BTreeMap, BTreeSet};

/// What was found in one text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Defect {
    /// Name of the rule.
    pub rule: Rule,
    /// What it is about: an id of the text.
    pub subject: String,
    /// What is wrong, in a sentence.
    pub message: String,
}

/// The rules, in the order in which they are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// Scope and products are stated.
    Scope,
    /// Risks that are covered and risks that are not.
    Risks,
    /// Essential requirements that are not fully covered are listed.
    NotCovered,
    /// Threats, policies, assumptions.
    ProblemDefinition,
    /// Objectives are related to risks.
    Objectives,
    /// Requirements, with levels where that is feasible.
    Specification,
    /// How each requirement is assessed, with the expected result.
    Assessment,
    /// Conformity assessment modules are addressed.
    Modules,
    /// A factor is named and not defined.
    FactorUndefined,
    /// A sum is printed wrong.
    TotalDiffers,
    /// A mitigation is demanded and described nowhere.
    MitigationUndescribed,
    /// A mitigation is described and demanded nowhere.
    MitigationUnused,
    /// A threat is named and not defined.
    ThreatUndefined,
    /// A printed level contradicts the formula.
    PrintedDiffers,
    /// A profile is called by a name that no profile has.
    ProfileUnknown,
    /// Two grades hold at once.
    FormulaOverlaps,
    /// No grade holds.
    FormulaOpen,
    /// A grade that can occur has no set of mitigations.
    SetMissing,
    /// Something is named that does not exist.
    ReferenceUnknown,
}

impl Rule {
    /// Rules about what M/606 Annex II asks a standard to hold.
    pub const REQUEST: [Self; 8] = [
        Self::Scope,
        Self::Risks,
        Self::NotCovered,
        Self::ProblemDefinition,
        Self::Objectives,
        Self::Specification,
        Self::Assessment,
        Self::Modules,
    ];

    /// The name used in output.
    pub fn word(self) -> &'static str {
        match self {
            Self::Scope => "scope",
            Self::Risks => "risks",
            Self::NotCovered => "not-covered",
            Self::ProblemDefinition => "problem-definition",
            Self::Objectives => "objectives",
            Self::Specification => "specification",
            Self::Assessment => "assessment",
            Self::Modules => "modules",
            Self::FactorUndefined => "factor-undefined",
            Self::TotalDiffers => "total-differs",
            Self::MitigationUndescribed => "mitigation-undescribed",
            Self::MitigationUnused => "mitigation-unused",
            Self::ThreatUndefined => "threat-undefined",
            Self::PrintedDiffers => "printed-differs",
            Self::ProfileUnknown => "profile-unknown",
            Self::FormulaOverlaps => "formula-overlaps",
            Self::FormulaOpen => "formula-open",
            Self::SetMissing => "set-missing",
            Self::ReferenceUnknown => "reference-unknown",
        }
    }
}

/// Every defect of an edition. `standard` is its record in the catalogue, where it has one.
pub fn defects(law: &Catalogue, standard: Option<&Standard>, edition: &StandardEdition) -> Vec<Defect> {
    let mut found = Found { defects: Vec::new() };
    request(law, standard, edition, &mut found);
    references(law, edition, &mut found);
    if let Method::Mitigations(method) = &edition.method {
        self::method(edition, method, &mut found);
    }
    found.defects.sort_by_key(|it| it.rule);
    found.defects
}

struct Found {
    defects: Vec<Defect>,
}

impl Found {
    fn say(&mut self, rule: Rule, subject: &str, message: impl Into<String>) {
        self.defects.push(Defect { rule, subject: subject.to_owned(), message: message.into() });
    }
}

/// M/606 Annex II, points (a) to (e).
fn request(law: &Catalogue, standard: Option<&Standard>, edition: &StandardEdition, found: &mut Found) {
    let head = &edition.head;
    let frame = head.frame.as_ref();
    let id = edition.id();
    if frame.is_none_or(|it| it.scope.trim().is_empty()) && standard.is_none_or(|it| it.scope.trim().is_empty()) {
        found.say(Rule::Scope, &id, "the scope is not stated");
    }
    if frame.is_none_or(|it| it.products.is_empty())
        && standard.is_none_or(|it| it.categories.is_empty() && it.tier != "horizontal")
    {
        found.say(Rule::Scope, &id, "the products are not stated");
    }
    let method_threats: &[MethodThreat] = match &edition.method {
        Method::Mitigations(it) => &it.threats,
        Method::Profiles(it) => &it.threats,
        _ => &[],
    };
    if frame.is_none_or(|it| it.risks_covered.is_empty()) && method_threats.is_empty() && head.threats.is_empty() {
        found.say(Rule::Risks, &id, "the risks that are covered are not stated");
    }
    if frame.is_none_or(|it| it.risks_not_covered.is_none()) {
        found.say(Rule::Risks, &id, "the risks that are not covered are not stated");
    }
    if frame.is_none_or(|it| it.not_mitigated.is_none()) {
        found.say(Rule::Risks, &id, "major risks that remain unmitigated are not stated");
    }
    not_covered(law, standard, edition, found);
    if head.threats.is_empty() && method_threats.is_empty() {
        found.say(Rule::ProblemDefinition, &id, "no threat is named");
    }
    let assumptions = match &edition.method {
        Method::Mitigations(it) => it.assumptions.len(),
        Method::Profiles(it) => it.assumptions.len(),
        _ => 0,
    } + head.assumptions.len();
    if assumptions == 0 {
        found.say(Rule::ProblemDefinition, &id, "no assumption about the environment is named");
    }
    if head.policies.is_empty() {
        found.say(Rule::ProblemDefinition, &id, "no policy is named");
    }
    objectives(edition, method_threats, found);
    if head.requirements.is_empty() {
        found.say(Rule::Specification, &id, "there is no requirement");
    }
    for it in head.requirements.iter().filter(|it| it.statement.is_none()) {
        found.say(Rule::Specification, &it.id, "it is not said what must be so");
    }
    for it in head.requirements.iter().filter(|it| it.modal == Modal::Shall && it.assessment.derived) {
        found.say(Rule::Assessment, &it.id, "the text gives no assessment with an expected result");
    }
    if frame.is_none_or(|it| it.modules.is_empty()) {
        found.say(Rule::Modules, &id, "the conformity assessment modules are not addressed");
    }
}

/// Essential requirements that nothing answers must be listed as not covered, and those listed must not be claimed.
fn not_covered(law: &Catalogue, standard: Option<&Standard>, edition: &StandardEdition, found: &mut Found) {
    let listed: Option<BTreeSet<_>> = edition
        .head
        .frame
        .as_ref()
        .and_then(|it| it.not_covered.as_ref())
        .map(|it| it.iter().collect())
        .or_else(|| standard.map(|it| it.not_covered.iter().collect()));
    let Some(listed) = listed else {
        return found.say(
            Rule::NotCovered,
            &edition.id(),
            "essential requirements that are not covered are not listed",
        );
    };
    let Some(mapping) = &edition.mapping else { return };
    let answered: BTreeSet<_> = mapping.rows.iter().map(|it| &it.provision).collect();
    for it in law.provisions.values().filter(|it| it.kind == Kind::EssentialRequirement) {
        if !answered.contains(&it.id) && !listed.contains(&it.id) {
            let message = format!("no requirement answers {} and it is not listed as not covered", it.place());
            found.say(Rule::NotCovered, it.id.as_str(), message);
        }
    }
}

/// Every objective stands against a threat, a policy or an assumption, and every threat meets a requirement.
fn objectives(edition: &StandardEdition, method_threats: &[MethodThreat], found: &mut Found) {
    let head = &edition.head;
    if head.objectives.is_empty() && method_threats.iter().all(|it| it.requirements.is_empty()) {
        found.say(Rule::Objectives, &edition.id(), "no objective is related to a risk");
    }
    let defined: BTreeSet<&str> = head
        .threats
        .iter()
        .chain(&head.policies)
        .chain(&head.assumptions)
        .map(|it| it.id.as_str())
        .chain(method_threats.iter().map(|it| it.id.as_str()))
        .collect();
    for it in &head.objectives {
        if it.answers.is_empty() {
            found.say(Rule::Objectives, &it.id, "it is related to no threat, policy or assumption");
        }
        if it.requirements.is_empty() {
            found.say(Rule::Objectives, &it.id, "no requirement reaches it");
        }
        for name in it.answers.iter().filter(|it| !defined.contains(it.as_str())) {
            found.say(Rule::ThreatUndefined, name, format!("{} names it, and it is not defined", it.id));
        }
        for name in it.requirements.iter().filter(|it| edition.requirement(it).is_none()) {
            found.say(Rule::ReferenceUnknown, name, format!("{} names it, and there is no such requirement", it.id));
        }
    }
    let answered: BTreeSet<&str> = head.objectives.iter().flat_map(|it| &it.answers).map(String::as_str).collect();
    for it in head.threats.iter().filter(|it| !answered.contains(it.id.as_str())) {
        found.say(Rule::Objectives, &it.id, "no objective answers this threat");
    }
    for it in method_threats.iter().filter(|it| it.requirements.is_empty()) {
        found.say(Rule::Objectives, &it.id, "no requirement mitigates this threat");
    }
}

/// Names of levels, groups, parents and provisions lead somewhere.
fn references(law: &Catalogue, edition: &StandardEdition, found: &mut Found) {
    let mut seen = BTreeSet::new();
    for it in &edition.head.requirements {
        if !seen.insert(it.id.as_str()) {
            found.say(Rule::ReferenceUnknown, &it.id, "this id stands twice");
        }
        if let Some(parent) = it.parent.as_ref().filter(|it| edition.requirement(it).is_none()) {
            found.say(
                Rule::ReferenceUnknown,
                parent,
                format!("{} belongs to it, and there is no such requirement", it.id),
            );
        }
        for level in it.levels.iter().filter(|it| !edition.head.levels.contains(it)) {
            found.say(Rule::ReferenceUnknown, level, format!("{} names this level, and it is not defined", it.id));
        }
    }
    for row in edition.mapping.iter().flat_map(|it| &it.rows) {
        if law.provision(row.provision.as_str()).is_none() {
            found.say(
                Rule::ReferenceUnknown,
                row.provision.as_str(),
                "a mapping names it, and the law has no such point",
            );
        }
        for id in row.requirements.iter().filter(|it| edition.requirement(it).is_none()) {
            found.say(Rule::ReferenceUnknown, id, "a mapping names it, and there is no such requirement");
        }
    }
}

/// Factors, threats, sets and profiles against each other.
fn method(edition: &StandardEdition, method: &Mitigations, found: &mut Found) {
    for it in method.factors.iter().filter(|it| it.levels.is_empty()) {
        found.say(Rule::FactorUndefined, &it.id, "the factor is named and its levels are not defined");
    }
    let factors: BTreeMap<&str, i64> =
        method.factors.iter().map(|it| (it.id.as_str(), it.levels.len() as i64 - 1)).collect();
    for it in &method.use_cases {
        for name in it.factors.keys().filter(|it| !factors.contains_key(it.as_str())) {
            found.say(Rule::FactorUndefined, name, format!("{} gives it a level, and it is not named", it.id));
        }
        let sum: i64 = it.factors.values().sum();
        if let Some(printed) = it.printed_total.filter(|it| *it != sum) {
            found.say(
                Rule::TotalDiffers,
                &it.id,
                format!("the printed total is {printed}, the levels sum up to {sum}"),
            );
        }
        let profile = it.profile.as_deref().unwrap_or_default();
        if !method.profiles.is_empty() && !method.profiles.iter().any(|it| it.id == profile) {
            found.say(
                Rule::ProfileUnknown,
                &it.id,
                format!("its profile is called `{profile}`; no profile has this name"),
            );
        }
    }
    mitigations(edition, method, found);
    let defined: BTreeSet<&str> = method.threats.iter().map(|it| it.id.as_str()).collect();
    for it in &method.unnamed_threats {
        found.say(Rule::ThreatUndefined, &it.id, format!("it is named in the {}, and it is not defined", it.place));
    }
    for threat in &method.threats {
        for name in threat.sets.iter().flat_map(|it| &it.sets_of).filter(|it| !defined.contains(it.as_str())) {
            found.say(
                Rule::ThreatUndefined,
                name,
                format!("{} asks for its mitigations, and it is not defined", threat.id),
            );
        }
        for name in threat.requirements.iter().filter(|it| edition.requirement(it).is_none()) {
            found.say(
                Rule::ReferenceUnknown,
                name,
                format!("{} names it, and there is no such requirement", threat.id),
            );
        }
        for (axis, grades) in [(Axis::Likelihood, &threat.likelihood), (Axis::Impact, &threat.impact)] {
            domain(threat, axis, grades, &factors, found);
        }
    }
    for it in differences(method) {
        let computed = it.computed.map_or("nothing", Grade::word);
        let printed = it.printed.map_or("not printed", Grade::word);
        let message = format!("{} is {printed} for {}; the formula gives {computed}", it.axis.word(), it.profile);
        found.say(Rule::PrintedDiffers, it.threat, message);
    }
}

/// Demanded and described mitigations are the same.
fn mitigations(edition: &StandardEdition, method: &Mitigations, found: &mut Found) {
    let of_sets =
        method.threats.iter().flat_map(|threat| threat.sets.iter().map(move |set| (threat.id.as_str(), &set.need)));
    let of_profiles = method.profiles.iter().map(|it| (it.id.as_str(), &it.need));
    let mut demanded: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (by, need) in of_sets.chain(of_profiles) {
        for name in need.iter().flat_map(|it| it.split('|')) {
            demanded.entry(name).or_default().insert(by);
        }
    }
    let parents: BTreeSet<&str> = edition.head.requirements.iter().filter_map(|it| it.parent.as_deref()).collect();
    let mut used = BTreeSet::new();
    for (name, by) in &demanded {
        let by = by.iter().copied().collect::<Vec<_>>().join(", ");
        let described = requirements(edition, name);
        if described.is_empty() {
            found.say(Rule::MitigationUndescribed, name, format!("demanded by {by}, and described nowhere"));
        }
        for it in described {
            used.insert(it.id.as_str());
            if it.parent.is_none() && !parents.contains(it.id.as_str()) {
                let message = format!("demanded as a mitigation by {by}, and no mitigation describes how it is met");
                found.say(Rule::MitigationUndescribed, &it.id, message);
            }
        }
    }
    let unused = |it: &&conforme_catalogue::Requirement| it.parent.is_some() && !used.contains(it.id.as_str());
    if !demanded.is_empty() {
        for it in edition.head.requirements.iter().filter(unused) {
            found.say(Rule::MitigationUnused, &it.id, "described, and neither a threat nor a profile demands it");
        }
    }
}

/// Facts of one point of the domain.
struct Point<'a>(BTreeMap<&'a str, FactValue>);

impl FactSource for Point<'_> {
    fn fact(&self, name: &str) -> Option<&FactValue> {
        self.0.get(name)
    }
}

/// Most points that are tried; formulas of standards have a handful of factors with three levels each.
const POINTS: usize = 100_000;

/// Tries the formulas of one axis at every point of their domain.
fn domain(threat: &MethodThreat, axis: Axis, grades: &Grades, factors: &BTreeMap<&str, i64>, found: &mut Found) {
    let formulas: Vec<&Condition> = [&grades.low, &grades.medium, &grades.high].into_iter().flatten().collect();
    let names: BTreeSet<&str> = formulas.iter().flat_map(|it| it.facts()).collect();
    // A factor without definition has the levels that others have.
    let most = factors.values().copied().max().unwrap_or(2);
    let tops: Vec<(&str, i64)> =
        names.iter().map(|it| (*it, factors.get(it).copied().filter(|it| *it >= 0).unwrap_or(most))).collect();
    let size = tops.iter().try_fold(1_usize, |size, (_, top)| size.checked_mul(usize::try_from(top + 1).ok()?));
    if formulas.is_empty() || size.is_none_or(|it| it > POINTS) {
        return;
    }
    let mut levels = vec![0; tops.len()];
    let (mut overlap, mut open, mut occurs) = (None, None, BTreeSet::new());
    loop {
        let point =
            Point(tops.iter().zip(&levels).map(|((name, _), level)| (*name, FactValue::Number(*level))).collect());
        let holds = |it: &Option<Condition>| it.as_ref().is_some_and(|it| it.decide(&point) == Truth::Yes);
        let count = [&grades.low, &grades.medium, &grades.high].into_iter().filter(|it| holds(it)).count();
        let told = || tops.iter().zip(&levels).map(|((name, _), level)| format!("{name}={level}")).collect::<Vec<_>>();
        if count > 1 && overlap.is_none() {
            overlap = Some(told().join(", "));
        }
        match super::procedure::grade(grades, &point) {
            Some(grade) => {
                occurs.insert(grade);
            }
            None if open.is_none() => open = Some(told().join(", ")),
            None => {}
        }
        let Some(at) = (0..levels.len()).find(|at| levels[*at] < tops[*at].1) else { break };
        levels[at] += 1;
        levels[..at].fill(0);
    }
    if let Some(point) = overlap {
        found.say(Rule::FormulaOverlaps, &threat.id, format!("two grades of {} hold at {point}", axis.word()));
    }
    if let Some(point) = open {
        found.say(Rule::FormulaOpen, &threat.id, format!("no grade of {} holds at {point}", axis.word()));
    }
    for grade in occurs.into_iter().filter(|it| *it != Grade::Low) {
        if !threat.sets.iter().any(|it| it.axis == axis && it.from == grade) {
            let message =
                format!("{} {} can occur, and no set of mitigations brings it down", axis.word(), grade.word());
            found.say(Rule::SetMissing, &threat.id, message);
        }
    }
}
