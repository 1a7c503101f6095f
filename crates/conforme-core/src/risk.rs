//! The risk assessment: every risk treated, what remains accepted under the declared criteria, by whom and why.

use crate::codes;
use crate::dates::months_after;
use crate::dossier::{Ground, Risk, Treatment};
use crate::finding::Reporter;
use crate::inquiry::Inquiry;
use crate::source::{Place, Text};
use std::collections::BTreeSet;

pub mod scale;
pub mod state;
pub mod suggest;

/// Reports everything that is wrong with the risks and what hangs on them.
pub(crate) fn report(inquiry: &Inquiry<'_>, reporter: &mut Reporter<'_>) {
    let dossier = inquiry.dossier;
    if dossier.risk.is_empty() {
        return;
    }
    criteria(inquiry, reporter);
    for risk in &dossier.risk {
        one(inquiry, risk, reporter);
    }
    let threats_with_risk: BTreeSet<&str> =
        dossier.risk.iter().flat_map(|it| &it.threats).map(|it| it.value.as_str()).collect();
    for id in dossier.threat.iter().filter_map(|it| it.id.as_ref()) {
        if !threats_with_risk.contains(id.value.as_str()) {
            reporter.report(codes::THREAT_WITHOUT_RISK, Some(id.place), &[("threat", &id.value)]);
        }
    }
    let threatened: BTreeSet<&str> = dossier
        .threat
        .iter()
        .flat_map(|it| &it.assets)
        .chain(dossier.risk.iter().flat_map(|it| &it.assets))
        .map(|it| it.value.as_str())
        .collect();
    for id in dossier.asset.iter().filter_map(|it| it.id.as_ref()) {
        if !threatened.contains(id.value.as_str()) {
            reporter.report(codes::ASSET_WITHOUT_THREAT, Some(id.place), &[("asset", &id.value)]);
        }
    }
    if let Some(reviewed) = dossier.context.as_ref().and_then(|it| it.reviewed_on) {
        let due = months_after(reviewed.value, inquiry.law.count("review_months"));
        let recorded = dossier.context.as_ref().and_then(|it| it.reviewed_state.as_ref());
        let changed = recorded.map_or_else(Vec::new, |it| state::changed(&it.value, dossier, inquiry.release));
        if let Some(recorded) = recorded.filter(|_| !changed.is_empty()) {
            let names = [("date", reviewed.value.to_string()), ("changed", changed.join(", "))];
            let names = [("date", names[0].1.as_str()), ("changed", names[1].1.as_str())];
            reporter.report(codes::REVIEW_STALE, Some(recorded.place), &names);
        }
        if due < inquiry.as_of {
            reporter.report(codes::REVIEW_DUE, Some(reviewed.place), &[("date", &reviewed.value.to_string())]);
        }
    }
}

fn criteria(inquiry: &Inquiry<'_>, reporter: &mut Reporter<'_>) {
    let criteria = inquiry.dossier.criteria.as_ref();
    if let Some(Err(problem)) = scale::declared(inquiry.law, inquiry.dossier) {
        let place = criteria.and_then(|it| it.matrix.as_ref()).map(|it| it.place);
        reporter.report(codes::RISK_MATRIX, place, &[("problem", &problem)]);
    }
    let empty = |it: Option<&Text>| it.is_none_or(|it| it.value.trim().is_empty());
    let mut missing = Vec::new();
    if empty(criteria.and_then(|it| it.method.as_ref())) {
        missing.push("method");
    }
    if empty(criteria.and_then(|it| it.acceptable.as_ref())) {
        missing.push("acceptable");
    }
    if criteria.is_none_or(|it| it.accepting_roles.is_empty()) {
        missing.push("accepting_roles");
    }
    if !missing.is_empty() {
        let place = inquiry.place_of(criteria.map(|it| it.place));
        reporter.report(codes::CRITERIA_MISSING, place, &[("missing", &missing.join(", "))]);
    }
}

fn one(inquiry: &Inquiry<'_>, risk: &Risk, reporter: &mut Reporter<'_>) {
    let id = risk.id.as_ref().map_or("", |it| it.value.as_str());
    let at: Option<Place> = Some(risk.id.as_ref().map_or(risk.place, |it| it.place));
    let levels = scale::levels(inquiry.law, inquiry.dossier);
    let rank = |level: &str| levels.iter().position(|it| *it == level);
    combined(inquiry, risk, id, at, reporter);
    for level in [&risk.level, &risk.residual].into_iter().flatten() {
        if rank(&level.value).is_none() {
            let names = [("risk", id), ("level", level.value.as_str()), ("levels", &levels.join(", "))];
            reporter.report(codes::RISK_UNKNOWN_LEVEL, Some(level.place), &names);
        }
    }
    if let Some(review) = risk.review_by.filter(|it| it.value < inquiry.as_of) {
        reporter.report(
            codes::RISK_REVIEW_OVERDUE,
            Some(review.place),
            &[("risk", id), ("date", &review.value.to_string())],
        );
    }

    let Some(treatment) = risk.treatment else {
        reporter.report(codes::RISK_UNTREATED, at, &[("risk", id)]);
        return;
    };
    let implemented = treating(inquiry, risk, id);
    match treatment.value {
        Treatment::Mitigate | Treatment::Avoid if !implemented => {
            reporter.report(codes::RISK_WITHOUT_MEASURE, at, &[("risk", id)]);
        }
        // Guidance ¶157-161: a risk may not simply be passed to the user.
        Treatment::Transfer if !implemented => {
            reporter.report(codes::RISK_TO_USER, Some(treatment.place), &[("risk", id)]);
        }
        _ => {}
    }
    if treatment.value == Treatment::Avoid && risk.residual.is_none() {
        return;
    }
    let remaining = match treatment.value {
        // Acceptance alone lowers nothing.
        Treatment::Accept if !implemented => risk.level.as_ref().or(risk.residual.as_ref()),
        _ => risk.residual.as_ref(),
    };
    let Some(remaining) = remaining else {
        reporter.report(codes::RISK_NO_RESIDUAL, at, &[("risk", id)]);
        return;
    };
    let acceptable = inquiry.dossier.criteria.as_ref().and_then(|it| it.acceptable.as_ref());
    let above = match (rank(&remaining.value), acceptable.and_then(|it| rank(&it.value))) {
        (Some(remaining), Some(acceptable)) => remaining > acceptable,
        _ => false,
    };
    if above {
        let acceptable = acceptable.map_or("", |it| it.value.as_str());
        let names = [("risk", id), ("level", remaining.value.as_str()), ("acceptable", acceptable)];
        reporter.report(codes::RISK_ABOVE_CRITERIA, Some(remaining.place), &names);
    }
    // The lowest level needs no signature: nothing worth accepting remains.
    if !above && (treatment.value == Treatment::Accept || rank(&remaining.value) != Some(0))
        || risk.acceptance.is_some()
    {
        acceptance(inquiry, risk, id, at, reporter);
    }
}

/// The level that the declared grid gives is the level that is written.
fn combined(inquiry: &Inquiry<'_>, risk: &Risk, id: &str, at: Option<Place>, reporter: &mut Reporter<'_>) {
    let Some(Ok(method)) = scale::declared(inquiry.law, inquiry.dossier) else { return };
    let word = |it: &Option<Text>| it.as_ref().map_or_else(String::new, |it| it.value.clone());
    let (likelihood, impact) = (word(&risk.likelihood), word(&risk.impact));
    for (key, written, known) in
        [("likelihood", &risk.likelihood, &method.likelihoods), ("impact", &risk.impact, &method.impacts)]
    {
        let wrong = written.as_ref().is_none_or(|it| !known.contains(&it.value));
        if wrong {
            let place = written.as_ref().map(|it| it.place).or(at);
            let found = written.as_ref().map_or("nothing", |it| it.value.as_str());
            let names = [("risk", id), ("key", key), ("found", found), ("words", &known.join(", "))];
            reporter.report(codes::RISK_SCALE, place, &names);
        }
    }
    let (Some(level), Some(computed)) = (&risk.level, method.level(&likelihood, &impact)) else { return };
    if level.value != computed {
        let names = [
            ("risk", id),
            ("level", level.value.as_str()),
            ("likelihood", &likelihood),
            ("impact", &impact),
            ("computed", computed),
        ];
        reporter.report(codes::RISK_LEVEL_DIFFERS, Some(level.place), &names);
    }
}

/// At least one implemented measure stands behind the treatment, named by the risk or naming it.
fn treating(inquiry: &Inquiry<'_>, risk: &Risk, id: &str) -> bool {
    let named =
        inquiry.dossier.measure.iter().filter(|measure| {
            measure.id.as_ref().is_some_and(|own| risk.measures.iter().any(|it| it.value == own.value))
        });
    named.chain(inquiry.measures(id)).any(crate::dossier::Measure::is_implemented)
}

fn acceptance(inquiry: &Inquiry<'_>, risk: &Risk, id: &str, at: Option<Place>, reporter: &mut Reporter<'_>) {
    let Some(acceptance) = &risk.acceptance else {
        reporter.report(codes::RISK_NOT_ACCEPTED, at, &[("risk", id), ("missing", "[risk.acceptance]")]);
        return;
    };
    let empty = |it: &Option<Text>| it.as_ref().is_none_or(|it| it.value.trim().is_empty());
    let mut missing = Vec::new();
    for (name, is_missing) in [
        ("by", empty(&acceptance.by)),
        ("role", empty(&acceptance.role)),
        ("on", acceptance.on.is_none_or(|it| it.value > inquiry.as_of)),
        ("ground", acceptance.ground.is_none()),
        ("reason", acceptance.reason.as_ref().is_none_or(|it| !inquiry.is_reason(&it.value))),
    ] {
        if is_missing {
            missing.push(name);
        }
    }
    if !missing.is_empty() {
        reporter.report(
            codes::RISK_NOT_ACCEPTED,
            Some(acceptance.place),
            &[("risk", id), ("missing", &missing.join(", "))],
        );
    }
    if let (Some(role), Some(criteria)) = (&acceptance.role, &inquiry.dossier.criteria) {
        let roles: Vec<&str> = criteria.accepting_roles.iter().map(|it| it.value.as_str()).collect();
        if !roles.is_empty() && !roles.contains(&role.value.as_str()) {
            let names = [("risk", id), ("role", role.value.as_str()), ("roles", &roles.join(", "))];
            reporter.report(codes::RISK_ROLE, Some(role.place), &names);
        }
    }
    if let Some(ground) = acceptance.ground {
        match ground.value {
            Ground::Cost | Ground::Convenience | Ground::Appetite => {
                reporter.report(
                    codes::RISK_GROUND,
                    Some(ground.place),
                    &[("risk", id), ("ground", ground.value.word())],
                );
            }
            Ground::UserNotice => reporter.report(codes::RISK_TO_USER, Some(ground.place), &[("risk", id)]),
            Ground::WithinCriteria | Ground::NotExploitable | Ground::StateOfTheArt | Ground::Interoperability => {}
        }
    }
}
