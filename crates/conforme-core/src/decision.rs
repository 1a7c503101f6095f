//! What only a person can decide, and whether somebody did: category, family, parts.

use crate::classify::{self, Classified, PartKind, Regime};
use crate::codes;
use crate::dossier::Dossier;
use crate::finding::Reporter;
use crate::load::Loaded;
use conforme_catalogue::{Catalogue, Id, Tier};

/// The category: what the facts say, or what a named person decided where they leave room.
pub(crate) fn decide(loaded: &Loaded, classified: &Classified, reporter: &mut Reporter<'_>) -> Option<Id> {
    let dossier = &loaded.dossier;
    let law = reporter.law();
    let decision = dossier.classification.as_ref();
    let place = decision.map(|it| it.place).or(dossier.product.as_ref().map(|it| it.place)).or(Some(loaded.start()));
    match (classified.in_scope, classified.regime) {
        (None, _) => {
            let facts = classified.missing.join(", ");
            reporter.report(
                codes::SCOPE_UNKNOWN,
                dossier.product.as_ref().map(|it| it.place).or(place),
                &[("facts", &facts)],
            );
            return None;
        }
        (Some(false), Regime::Steward) => return None,
        (Some(false), _) => {
            let reason = classified.reasons.first().map_or("", |it| it.text.as_str());
            reporter.report(codes::OUT_OF_SCOPE, place, &[("reason", reason)]);
            return None;
        }
        (Some(true), _) => {}
    }
    classify::check_functions(dossier, reporter);
    if decision.and_then(|it| it.core_functionality.as_ref()).is_none_or(|it| it.value.trim().is_empty()) {
        reporter.report(codes::CORE_FUNCTIONALITY_MISSING, place, &[]);
    }
    if !classified.missing.is_empty() {
        let facts = classified.missing.join(", ");
        reporter.report(codes::CLASSIFICATION_FACTS, dossier.product.as_ref().map(|it| it.place), &[("facts", &facts)]);
    }
    let found = classified.category.as_ref()?;
    let declared = decision.and_then(|it| it.category.as_ref());
    if let Some(declared) = declared.filter(|it| !law.categories.contains_key(&Id::from(it.value.as_str()))) {
        let known: Vec<&str> = law.categories.keys().map(Id::as_str).collect();
        crate::decode::unknown_word(&declared.value, declared.place, "category", &known, reporter);
        return Some(found.clone());
    }
    let signed = decision.is_some_and(|it| {
        it.decided_by.as_ref().is_some_and(|it| !it.value.trim().is_empty())
            && it.decided_on.is_some()
            && it.reason.is_some()
    });
    let open: Vec<&Id> = classified.views.iter().flat_map(|it| [&it.category, &it.likely]).collect();
    match (declared, classified.needs_decision) {
        (Some(declared), true) if signed => {
            let declared_id = Id::from(declared.value.as_str());
            // A person decides between the open views; a stricter category than found is always theirs to take.
            let stricter = tier(law, &declared_id) >= tier(law, found);
            if declared_id != *found && !open.contains(&&declared_id) && !stricter {
                differs(declared, found, reporter);
                return Some(found.clone());
            }
            Some(declared_id)
        }
        (_, true) => {
            let views =
                classified.views.first().map(|it| format!("for {}: {}; against: {}", it.category, it.pro, it.contra));
            let reason = views.or_else(|| classified.reasons.last().map(|it| it.text.clone())).unwrap_or_default();
            let names = [("likely", found.as_str()), ("reason", reason.as_str())];
            reporter.report(codes::CLASSIFICATION_UNDECIDED, place, &names);
            Some(found.clone())
        }
        (Some(declared), false) if declared.value != found.as_str() => {
            differs(declared, found, reporter);
            Some(found.clone())
        }
        _ => Some(found.clone()),
    }
}

fn tier(law: &Catalogue, id: &Id) -> Option<Tier> {
    law.categories.get(id).map(|it| it.tier)
}

fn differs(declared: &crate::source::Text, found: &Id, reporter: &mut Reporter<'_>) {
    let names = [("declared", declared.value.as_str()), ("found", found.as_str())];
    reporter.report(codes::CLASSIFICATION_DIFFERS, Some(declared.place), &names);
}

/// Variants of a family are alike for cybersecurity, and somebody says why.
pub(crate) fn family(dossier: &Dossier, reporter: &mut Reporter<'_>) {
    if dossier.variant.is_empty() {
        return;
    }
    let reason = dossier.family.as_ref().and_then(|it| it.reason.as_ref());
    if reason.is_none_or(|it| it.value.trim().is_empty()) {
        let place = dossier.family.as_ref().map(|it| it.place).or(dossier.variant.first().map(|it| it.place));
        reporter.report(codes::FAMILY_REASON, place, &[("variant", "the family")]);
    }
    for variant in &dossier.variant {
        let name = variant.name.as_ref().map_or("", |it| it.value.as_str());
        let breaks = [
            ("risks", &variant.risks),
            ("interfaces", &variant.interfaces),
            ("components", &variant.components),
            ("sboms", &variant.sboms),
        ];
        for (kind, list) in breaks {
            if let Some(first) = list.first() {
                reporter.report(codes::FAMILY_BROKEN, Some(first.place), &[("variant", name), ("kind", kind)]);
            }
        }
        if !variant.differs.is_empty() && variant.reason.as_ref().is_none_or(|it| it.value.trim().is_empty()) {
            reporter.report(codes::FAMILY_REASON, Some(variant.place), &[("variant", name)]);
        }
    }
}

/// Every remote part is decided: remote data processing, a third party's service, or outside.
pub(crate) fn parts(dossier: &Dossier, reporter: &mut Reporter<'_>) {
    for part in dossier.part.iter().filter(|it| classify::part_kind(it) == PartKind::Unknown) {
        let title = part.title.as_ref().map_or("", |it| it.value.as_str());
        let facts: Vec<&str> =
            [("runs", part.runs.is_none()), ("made_by", part.made_by.is_none()), ("needed", part.needed.is_none())]
                .into_iter()
                .filter(|(_, missing)| *missing)
                .map(|(name, _)| name)
                .collect();
        reporter.report(codes::PART_UNDECIDED, Some(part.place), &[("part", title), ("facts", &facts.join(", "))]);
    }
}
