//! Running the method of a standard: which requirements a product has to answer, from its use case, its factors or its
//! level, and where the printed profiles of a draft say otherwise than its formulas.

use conforme_catalogue::{
    Axis, Condition, DecisionTree, FactSource, FactValue, Grade, Grades, Method, MethodThreat, Mitigations,
    Requirement, StandardEdition, Truth,
};
use std::collections::{BTreeMap, BTreeSet};

/// What a product says of itself to a standard.
#[derive(Debug, Clone, Default)]
pub struct Choice {
    /// Use case or profile.
    pub use_case: Option<String>,
    /// Level, as the edition names it.
    pub level: Option<String>,
    /// Levels of factors.
    pub factors: BTreeMap<String, i64>,
    /// Capabilities: true or false.
    pub capabilities: BTreeMap<String, bool>,
}

/// What a method asks of a product.
#[derive(Debug, Default)]
pub struct Run<'a> {
    /// Requirements that are asked, in the order of the text.
    pub asked: Vec<Asked<'a>>,
    /// Entries that name no requirement of the edition: defects of the text.
    pub nowhere: Vec<&'a str>,
    /// Threats with their grades.
    pub threats: Vec<Graded<'a>>,
    /// Where print and formula differ for this use case.
    pub differences: Vec<Difference<'a>>,
    /// Where the asked set comes from, in words.
    pub because: String,
    /// Facts that have to be given before everything is decided.
    pub missing: BTreeSet<&'a str>,
    /// The assurance level of the use case.
    pub assurance: Option<&'a str>,
}

/// A requirement that is asked, or one of several of which one is.
#[derive(Debug)]
pub struct Asked<'a> {
    /// The alternatives; one where there is no choice.
    pub any_of: Vec<&'a Requirement>,
    /// Whether it is sure that it is asked.
    pub sure: bool,
    /// Why, where a condition or an entry with choices decides.
    pub why: String,
}

/// A threat and its grades.
#[derive(Debug)]
pub struct Graded<'a> {
    /// The threat.
    pub threat: &'a MethodThreat,
    /// How likely; nothing while factors are missing.
    pub likelihood: Option<Grade>,
    /// How bad.
    pub impact: Option<Grade>,
}

/// A grade that is printed for a profile and not what the formula gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference<'a> {
    /// The threat.
    pub threat: &'a str,
    /// The axis.
    pub axis: Axis,
    /// The profile.
    pub profile: &'a str,
    /// As it is printed; nothing where no list names the profile.
    pub printed: Option<Grade>,
    /// As the formula gives it; nothing where it cannot be computed.
    pub computed: Option<Grade>,
}

/// Facts of a choice, for conditions.
struct Facts(BTreeMap<String, FactValue>);

impl FactSource for Facts {
    fn fact(&self, name: &str) -> Option<&FactValue> {
        self.0.get(name)
    }
}

impl Choice {
    fn facts(&self, use_case: &BTreeMap<String, i64>) -> Facts {
        let mut facts: BTreeMap<String, FactValue> =
            use_case.iter().map(|(name, level)| (name.clone(), FactValue::Number(*level))).collect();
        facts.extend(self.factors.iter().map(|(name, level)| (name.clone(), FactValue::Number(*level))));
        facts.extend(self.capabilities.iter().map(|(name, has)| (name.clone(), FactValue::Flag(*has))));
        Facts(facts)
    }
}

/// Runs the method of an edition for a choice.
pub fn run<'a>(edition: &'a StandardEdition, choice: &Choice) -> Run<'a> {
    match &edition.method {
        Method::Mitigations(method) => mitigations(edition, method, choice),
        Method::Profiles(method) => {
            let mut run = plain(edition, choice);
            run.assurance = method
                .use_cases
                .iter()
                .find(|it| choice.use_case.as_ref() == Some(&it.id))
                .and_then(|it| it.assurance.as_deref());
            run
        }
        Method::Requirements | Method::Activities | Method::Levels | Method::DecisionTree(_) => plain(edition, choice),
    }
}

/// Every requirement whose level, use case and condition fit.
fn plain<'a>(edition: &'a StandardEdition, choice: &Choice) -> Run<'a> {
    let facts = choice.facts(&BTreeMap::new());
    let mut run = Run::default();
    for it in &edition.head.requirements {
        if choice.level.as_ref().is_some_and(|level| !it.at_level(level))
            || choice.use_case.as_ref().is_some_and(|use_case| !it.for_use_case(use_case))
        {
            continue;
        }
        let decided = it.applies.as_ref().map_or(Truth::Yes, |condition| {
            run.missing.extend(condition.missing(&facts));
            condition.decide(&facts)
        });
        if decided != Truth::No {
            let why = it.applies_note.clone().unwrap_or_default();
            run.asked.push(Asked { any_of: vec![it], sure: decided == Truth::Yes, why });
        }
    }
    let level = choice.level.as_deref().map(|it| format!("level {it}"));
    let use_case = choice.use_case.as_deref().map(|it| format!("use case {it}"));
    let by: Vec<String> = [level, use_case].into_iter().flatten().collect();
    run.because = if by.is_empty() { "every requirement of the edition".to_owned() } else { by.join(", ") };
    run
}

fn mitigations<'a>(edition: &'a StandardEdition, method: &'a Mitigations, choice: &Choice) -> Run<'a> {
    let named = |it: &&conforme_catalogue::UseCase| {
        choice.use_case.as_deref().is_some_and(|wanted| {
            wanted.eq_ignore_ascii_case(&it.id)
                || it.profile.as_deref().is_some_and(|it| it.eq_ignore_ascii_case(wanted))
        })
    };
    let use_case = method.use_cases.iter().find(named);
    let facts = choice.facts(use_case.map_or(&BTreeMap::new(), |it| &it.factors));
    let mut run = Run { assurance: use_case.and_then(|it| it.assurance.as_deref()), ..Run::default() };
    for threat in &method.threats {
        run.threats.push(graded(threat, &facts));
        for grades in [&threat.likelihood, &threat.impact] {
            let formulas = [&grades.low, &grades.medium, &grades.high];
            run.missing.extend(formulas.into_iter().flatten().flat_map(|it| it.missing(&facts)));
        }
    }
    let profile = use_case.and_then(|it| {
        let id = it.profile.as_deref();
        method.profiles.iter().find(|profile| Some(profile.id.as_str()) == id || profile.use_cases.contains(&it.id))
    });
    let mut entries: Vec<(&'a str, String)> = Vec::new();
    match (profile, use_case) {
        // A named profile is asked as it is printed; the formulas are for products outside the profiles.
        (Some(profile), Some(use_case)) if choice.factors.is_empty() => {
            run.because = format!("profile {} as it is printed for {}", profile.id, use_case.id);
            entries.extend(profile.need.iter().map(|it| (it.as_str(), String::new())));
            let profiles = [Some(profile.id.as_str()), use_case.profile.as_deref()];
            run.differences =
                differences(method).into_iter().filter(|it| profiles.contains(&Some(it.profile))).collect();
        }
        _ => {
            run.because = "the formulas, from the factors".to_owned();
            for threat in &method.threats {
                for (entry, axis, grade) in needed(method, threat, &facts, &mut BTreeSet::new()) {
                    entries.push((entry, format!("{}: {} {}", threat.id, axis.word(), grade.word())));
                }
            }
        }
    }
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for (entry, why) in entries {
        if let Some(at) = seen.get(entry) {
            let asked: &mut Asked<'_> = &mut run.asked[*at];
            if !why.is_empty() && !asked.why.contains(&why) {
                asked.why = format!("{}; {why}", asked.why);
            }
            continue;
        }
        let mut any_of = Vec::new();
        for name in entry.split('|') {
            let found = requirements(edition, name);
            if found.is_empty() && !run.nowhere.contains(&name) {
                run.nowhere.push(name);
            }
            any_of.extend(found);
        }
        if !any_of.is_empty() {
            seen.insert(entry, run.asked.len());
            run.asked.push(Asked { any_of, sure: true, why });
        }
    }
    run
}

/// The requirement of a name, or those of a family written `MI-MSAF-*`.
pub(super) fn requirements<'a>(edition: &'a StandardEdition, name: &str) -> Vec<&'a Requirement> {
    match name.strip_suffix('*') {
        Some(family) => edition.head.requirements.iter().filter(|it| it.id.starts_with(family)).collect(),
        None => edition.requirement(name).into_iter().collect(),
    }
}

fn graded<'a>(threat: &'a MethodThreat, facts: &impl FactSource) -> Graded<'a> {
    Graded { threat, likelihood: grade(&threat.likelihood, facts), impact: grade(&threat.impact, facts) }
}

/// The grade that formulas give. What is not written remains: a missing `medium` is what is neither low nor high.
pub fn grade(grades: &Grades, facts: &impl FactSource) -> Option<Grade> {
    let decide = |it: &Option<Condition>| it.as_ref().map(|it| it.decide(facts));
    let (low, medium, high) = (decide(&grades.low), decide(&grades.medium), decide(&grades.high));
    if [low, medium, high].contains(&Some(Truth::Unknown)) {
        return None;
    }
    // Where two grades hold at once the text contradicts itself; the stronger one counts.
    match () {
        () if high == Some(Truth::Yes) => Some(Grade::High),
        () if medium == Some(Truth::Yes) => Some(Grade::Medium),
        () if low == Some(Truth::Yes) => Some(Grade::Low),
        () if medium.is_none() && (low.is_some() || high.is_some()) => Some(Grade::Medium),
        () => None,
    }
}

/// Entries that bring both axes of a threat to low, with axis and grade that ask for them.
fn needed<'a>(
    method: &'a Mitigations,
    threat: &'a MethodThreat,
    facts: &impl FactSource,
    visited: &mut BTreeSet<&'a str>,
) -> Vec<(&'a str, Axis, Grade)> {
    if !visited.insert(&threat.id) {
        return Vec::new();
    }
    let mut entries = Vec::new();
    for (axis, grades) in [(Axis::Likelihood, &threat.likelihood), (Axis::Impact, &threat.impact)] {
        let Some(grade) = grade(grades, facts).filter(|it| *it != Grade::Low) else { continue };
        for set in threat.sets.iter().filter(|it| it.axis == axis && it.from == grade) {
            entries.extend(set.need.iter().map(|it| (it.as_str(), axis, grade)));
            for other in method.threats.iter().filter(|it| set.sets_of.contains(&it.id)) {
                let also = needed(method, other, facts, &mut visited.clone());
                entries.extend(also.into_iter().filter(|it| it.1 == axis).map(|it| (it.0, axis, grade)));
            }
        }
    }
    entries
}

/// Every grade that a draft prints for a profile and that its formula does not give, and grades it leaves out.
pub fn differences(method: &Mitigations) -> Vec<Difference<'_>> {
    let mut differences = Vec::new();
    for threat in &method.threats {
        let printed = threat.printed.iter().map(|it| (it.axis, Some(it.grade), &it.profiles));
        let left_out = threat.unprinted.iter().map(|it| (it.axis, None, &it.profiles));
        for (axis, printed, profiles) in printed.chain(left_out) {
            for profile in profiles {
                let of_profile = method.use_cases.iter().find(|it| it.profile.as_ref() == Some(profile));
                let computed = of_profile.and_then(|it| {
                    let graded = graded(threat, &Choice::default().facts(&it.factors));
                    if axis == Axis::Likelihood { graded.likelihood } else { graded.impact }
                });
                if computed != printed {
                    differences.push(Difference { threat: &threat.id, axis, profile, printed, computed });
                }
            }
        }
    }
    differences
}

/// Where a decision tree ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The mechanism is as it should be.
    Pass,
    /// It is not.
    Fail,
    /// It is not asked of this product.
    NotApplicable,
}

/// Walks a tree with the answers at hand: its end, or the question that is open, and the way there.
pub fn walk<'a>(tree: &'a DecisionTree, answers: &BTreeMap<String, bool>) -> (Result<End, &'a str>, Vec<&'a str>) {
    let mut way = Vec::new();
    let Some(mut node) = tree.nodes.first() else { return (Err("the tree has no node"), way) };
    loop {
        if way.contains(&node.id.as_str()) {
            return (Err("the tree leads back to a question it has asked"), way);
        }
        way.push(node.id.as_str());
        let Some(answer) = answers.get(&node.id) else { return (Err(&node.question), way) };
        let next = if *answer { &node.yes } else { &node.no };
        let end = match next.as_str() {
            "pass" => End::Pass,
            "fail" => End::Fail,
            "not-applicable" => End::NotApplicable,
            other => match tree.nodes.iter().find(|it| it.id == other) {
                Some(found) => {
                    node = found;
                    continue;
                }
                None => return (Err("the tree leads to a node that it does not have"), way),
            },
        };
        return (Ok(end), way);
    }
}
