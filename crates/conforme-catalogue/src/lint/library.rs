//! The library is whole: what a record names exists, every judged pair has its reason, and none is judged twice.

use super::Linter;
use crate::{Condition, Id, Library, Method, MethodThreat, StandardEdition};
use std::collections::BTreeSet;

pub(super) fn lint(linter: &mut Linter<'_>, library: &Library, paths: &[&str]) {
    for edition in &library.editions {
        self::edition(linter, library, edition);
    }
    files(linter, library, paths);
    threats(linter, library);
    for (id, it) in &library.published {
        let file = format!("mappings/published/{id}.toml");
        linter.basis(&file, &it.basis, true);
        for row in &it.rows {
            provision(linter, &file, &row.provision);
        }
    }
}

/// Files that no record was read from.
fn files(linter: &mut Linter<'_>, library: &Library, paths: &[&str]) {
    let known: BTreeSet<String> = library.editions.iter().map(StandardEdition::id).collect();
    for path in paths {
        let orphan = if let Some(name) = path.strip_prefix("mappings/").and_then(|it| it.strip_suffix(".toml")) {
            !name.starts_with("published/") && !known.contains(name)
        } else if let Some(name) = path.strip_prefix("standards/").and_then(|it| it.strip_suffix("/method.toml")) {
            !known.contains(&name.replacen('/', "@", 1))
        } else {
            false
        };
        if orphan {
            linter.say(*path, "there is no edition of this name");
        }
    }
}

fn edition(linter: &mut Linter<'_>, library: &Library, edition: &StandardEdition) {
    let file = format!("standards/{}/{}/requirements.toml", edition.standard, edition.slug);
    if !linter.catalogue.standards.contains_key(&edition.standard) {
        linter.say(&file, format!("{} is not in the catalogue", edition.standard));
    }
    let head = &edition.head;
    linter.basis(&file, &head.basis, false);
    let groups: BTreeSet<&str> = head.groups.iter().map(|it| it.id.as_str()).collect();
    let use_cases = use_cases(edition);
    let mut seen = BTreeSet::new();
    for it in &head.requirements {
        let mut say = |message: String| linter.say(&file, format!("{}: {message}", it.id));
        if !seen.insert(it.id.as_str()) {
            say("this id stands twice".to_owned());
        }
        if it.group.as_ref().is_some_and(|it| !groups.contains(it.as_str())) {
            say("`group` is not in `groups`".to_owned());
        }
        if it.parent.as_ref().is_some_and(|it| edition.requirement(it).is_none()) {
            say("`parent` is no requirement of this edition".to_owned());
        }
        for level in it.levels.iter().filter(|it| !head.levels.contains(it)) {
            say(format!("`{level}` is not in `levels`"));
        }
        for use_case in it.use_cases.iter().filter(|it| !use_cases.contains(it.as_str())) {
            say(format!("`{use_case}` is no use case of this edition"));
        }
        if it.assessment.by.is_empty() || it.assessment.expected.trim().is_empty() {
            say("an assessment says how to look and what to expect".to_owned());
        }
        if it.statement.as_ref().is_some_and(|it| it.trim().is_empty()) {
            say("`statement` is empty; leave it out where no source says what is asked".to_owned());
        }
        if it.basis.certainty.is_some() != it.basis.doubt.is_some() {
            say("`certainty` and `doubt` come together".to_owned());
        }
        for origin in it.origin.iter().filter(|it| !exists(library, it)) {
            say(format!("`origin` names {origin}, which is not in the library"));
        }
        if let Some(applies) = &it.applies {
            facts(linter, &file, edition, applies);
        }
        linter.tags(&file, &it.basis.source);
    }
    for threat in method_threats(&edition.method) {
        let grades = [&threat.likelihood, &threat.impact];
        let formulas = grades.iter().flat_map(|it| [&it.low, &it.medium, &it.high]).flatten();
        for formula in formulas {
            facts(linter, &file, edition, formula);
        }
    }
    mapping(linter, edition);
}

/// Names of use cases: those of the head and those of the method.
fn use_cases(edition: &StandardEdition) -> BTreeSet<&str> {
    let of_method = match &edition.method {
        Method::Mitigations(it) => it.use_cases.as_slice(),
        Method::Profiles(it) => it.use_cases.as_slice(),
        _ => &[],
    };
    let head = edition.head.use_cases.iter().map(|it| it.id.as_str());
    head.chain(of_method.iter().map(|it| it.id.as_str())).collect()
}

fn method_threats(method: &Method) -> &[MethodThreat] {
    match method {
        Method::Mitigations(it) => &it.threats,
        Method::Profiles(it) => &it.threats,
        _ => &[],
    }
}

/// A formula names factors and capabilities of its own standard, and nothing else.
fn facts(linter: &mut Linter<'_>, file: &str, edition: &StandardEdition, condition: &Condition) {
    let known = |name: &str| match &edition.method {
        Method::Mitigations(it) => it.factors.iter().any(|it| it.id == name),
        Method::Profiles(it) => {
            it.factors.iter().any(|it| it.id == name) || it.capabilities.iter().any(|it| it.id == name)
        }
        _ => false,
    };
    for name in condition.facts().into_iter().filter(|it| !known(it)) {
        linter.say(file, format!("a condition names `{name}`, which the method does not define"));
    }
}

/// `STANDARD/REQUIREMENT` is in the library, in any edition of that standard.
fn exists(library: &Library, reference: &str) -> bool {
    reference.split_once('/').is_some_and(|(standard, requirement)| {
        library.editions_of(&Id::from(standard)).any(|it| it.requirement(requirement).is_some())
    })
}

fn provision(linter: &mut Linter<'_>, file: &str, id: &Id) {
    if !linter.catalogue.provisions.contains_key(id) {
        linter.say(file, format!("{id} is not in the catalogue"));
    }
}

fn mapping(linter: &mut Linter<'_>, edition: &StandardEdition) {
    let Some(mapping) = &edition.mapping else { return };
    let file = format!("mappings/{}.toml", edition.id());
    linter.basis(&file, &mapping.basis, true);
    let mut pairs = BTreeSet::new();
    let mut carried = BTreeSet::new();
    for row in &mapping.rows {
        provision(linter, &file, &row.provision);
        linter.tags(&file, &row.source);
        if row.reason.trim().is_empty() {
            linter.say(&file, format!("{}: a mapping has a reason", row.provision));
        }
        for id in &row.requirements {
            if edition.requirement(id).is_none() {
                linter.say(&file, format!("{}: {id} is no requirement of this edition", row.provision));
            }
            if !pairs.insert((id.as_str(), &row.provision)) {
                linter.say(&file, format!("{}: {id} is judged twice", row.provision));
            }
            if row.relation.carries() {
                carried.insert(&row.provision);
            }
        }
    }
    for set in &mapping.together {
        provision(linter, &file, &set.provision);
        if set.reason.trim().is_empty() || set.requirements.len() < 2 {
            linter.say(&file, format!("{}: `together` names two requirements or more, and a reason", set.provision));
        }
        for id in set.requirements.iter().filter(|it| !pairs.contains(&(it.as_str(), &set.provision))) {
            linter.say(&file, format!("{}: {id} is in `together` and in no `map` for it", set.provision));
        }
        carried.insert(&set.provision);
    }
    for gap in &mapping.gaps {
        provision(linter, &file, &gap.provision);
        if gap.reason.trim().is_empty() {
            linter.say(&file, format!("{}: a gap has a reason", gap.provision));
        }
        if carried.contains(&gap.provision) {
            linter.say(&file, format!("{}: it is answered in full and is a gap", gap.provision));
        }
        if gap.aspect.is_none() && pairs.iter().any(|(_, it)| *it == &gap.provision) {
            linter.say(&file, format!("{}: a gap beside a mapping names its `aspect`", gap.provision));
        }
    }
}

fn threats(linter: &mut Linter<'_>, library: &Library) {
    let kinds = &library.kinds;
    let interfaces: BTreeSet<&str> = kinds.interfaces.iter().map(|it| it.id.as_str()).collect();
    let assets: BTreeSet<&str> = kinds.assets.iter().map(|it| it.id.as_str()).collect();
    let situations: BTreeSet<&str> = kinds.situations.iter().map(|it| it.id.as_str()).collect();
    for (id, it) in &library.threats {
        let file = format!("threats/{id}.toml");
        linter.basis(&file, &it.basis, true);
        let lists = [("interfaces", &it.interfaces, &interfaces), ("assets", &it.assets, &assets)];
        for (key, words, known) in lists.into_iter().chain([("situations", &it.situations, &situations)]) {
            for word in words.iter().filter(|word| !known.contains(word.as_str())) {
                linter.say(&file, format!("`{key}` names `{word}`, which is not in kinds.toml"));
            }
        }
        if it.provisions.is_empty() {
            linter.say(&file, "a threat names the points of Annex I that answer it");
        }
        for id in &it.provisions {
            provision(linter, &file, id);
        }
        if it.stride.is_empty() && it.linddun.is_empty() {
            linter.say(&file, "a threat is tagged by STRIDE or LINDDUN");
        }
    }
}
