//! Art. 13(2) to (11): the risk assessment, due diligence, the support period and what stays available.

use super::{fact, given, missing};
use crate::assessment::{Link, Status};
use crate::classify::{PartKind, part_kind};
use crate::codes;
use crate::dates::years_after;
use crate::finding::Reporter;
use crate::inquiry::{Answer, Inquiry};
use conforme_catalogue::{Applies, Id, Kind, Provision};
use jiff::civil::Date;

/// 13(2): done, and used from planning to maintenance.
pub(super) fn assessment(inquiry: &Inquiry<'_>, _: &Provision, _: &mut Reporter<'_>) -> Answer {
    let dossier = inquiry.dossier;
    let context = dossier.context.as_ref();
    let mut lacks = missing(&[
        ("`reviewed_by` under [context]", context.and_then(|it| it.reviewed_by.as_ref())),
        (
            "`phases` under [context], how the result is used from planning to maintenance",
            context.and_then(|it| it.phases.as_ref()),
        ),
        ("`health_and_safety` under [context]", context.and_then(|it| it.health_and_safety.as_ref())),
    ]);
    if context.is_none_or(|it| it.reviewed_on.is_none()) {
        lacks.push("`reviewed_on` under [context]");
    }
    for (name, is_empty) in [
        ("[[asset]]", dossier.asset.is_empty()),
        ("[[threat]]", dossier.threat.is_empty()),
        ("[[risk]]", dossier.risk.is_empty()),
    ] {
        if is_empty {
            lacks.push(name);
        }
    }
    let done = context.and_then(|it| it.reviewed_on).map_or_else(String::new, |it| format!("reviewed on {}", it.value));
    let links =
        context.and_then(|it| it.reviewed_by.as_ref()).map(|it| fact("reviewed_by", it.value.clone(), it.place));
    Answer::complete(&lacks, done).at(inquiry.place_of(context.map(|it| it.place))).chain(links.into_iter().collect())
}

/// 13(3): what the assessment must at least contain.
pub(super) fn content(inquiry: &Inquiry<'_>, _: &Provision, _: &mut Reporter<'_>) -> Answer {
    let dossier = inquiry.dossier;
    let context = dossier.context.as_ref();
    let mut lacks = missing(&[
        ("`purpose` under [product]", dossier.product.as_ref().and_then(|it| it.purpose.as_ref())),
        ("`environment` under [context]", context.and_then(|it| it.environment.as_ref())),
        ("`users` under [context]", context.and_then(|it| it.users.as_ref())),
        ("`architecture` under [context]", context.and_then(|it| it.architecture.as_ref())),
    ]);
    if context.is_none_or(|it| it.foreseeable_use.is_empty()) {
        lacks.push("`foreseeable_use` under [context]");
    }
    if dossier.support.as_ref().is_none_or(|it| it.expected_use_years.is_none()) {
        lacks.push("`expected_use_years` under [support]");
    }
    let unanswered = unanswered(inquiry);
    let list = format!("whether and how these points apply: {}", unanswered.join(", "));
    if !unanswered.is_empty() {
        lacks.push(&list);
    }
    Answer::complete(&lacks, "purpose, use, environment, users, architecture and expected use time are stated, and every point of Annex I is answered")
        .at(inquiry.place_of(context.map(|it| it.place)))
}

/// Points of Annex I that no measure answers and no reason puts aside.
fn unanswered<'a>(inquiry: &'a Inquiry<'_>) -> Vec<&'a str> {
    let points = inquiry.law.provisions.values().filter(|it| it.kind == Kind::EssentialRequirement);
    points
        .filter(|it| it.applies == Applies::ByRiskAssessment && it.check.as_deref() == Some("measure"))
        .filter(|it| inquiry.measures(it.id.as_str()).next().is_none() && !inquiry.not_applicable.contains(&it.id))
        .filter(|it| !inquiry.carried.contains_key(&it.id))
        .map(|it| it.id.as_str())
        .collect()
}

/// 13(4): a clear reason for every essential requirement that is put aside.
pub(super) fn justifications(inquiry: &Inquiry<'_>, _: &Provision, reporter: &mut Reporter<'_>) -> Answer {
    let bad = [
        codes::ALWAYS_APPLIES,
        codes::NOT_APPLICABLE_REASON,
        codes::NOT_APPLICABLE_REFERENCE,
        codes::EXCEPTION_NOT_TAILOR_MADE,
    ];
    let found: Vec<_> =
        reporter.findings().iter().filter(|it| bad.iter().any(|code| code.as_str() == it.code)).collect();
    let declared = &inquiry.dossier.not_applicable;
    let first = found.first().and_then(|it| it.place).or(declared.first().map(|it| it.place));
    let (found, place) = (found.len(), inquiry.place_of(first));
    if found > 0 {
        return Answer::not_met(format!("{found} declarations of non-applicability are not justified")).at(place);
    }
    let chain = declared.iter().filter_map(|it| Some((it.provision.as_ref()?, it.reason.as_ref()?)));
    let chain: Vec<Link> = chain
        .map(|(provision, reason)| Link {
            role: "reason",
            id: provision.value.clone(),
            text: reason.value.clone(),
            place: Some(reason.place),
            status: Some(Status::Met),
        })
        .collect();
    let text = match chain.len() {
        0 => "no essential requirement is declared not applicable".to_owned(),
        number => format!("each of the {number} points put aside has a reason that refers to the risk assessment"),
    };
    Answer::met(text).chain(chain).at(place)
}

/// 13(5): a record of due diligence for every component from a third party.
pub(super) fn due_diligence(inquiry: &Inquiry<'_>, _: &Provision, reporter: &mut Reporter<'_>) -> Answer {
    let components = &inquiry.dossier.component;
    let place = inquiry.place_of(components.first().map(|it| it.place));
    let mut chain = Vec::new();
    for component in components {
        let name = component.name.as_ref().map_or("", |it| it.value.as_str());
        let mut lacks = missing(&[
            ("name", component.name.as_ref()),
            ("version", component.version.as_ref()),
            ("supplier", component.supplier.as_ref()),
            ("reason", component.reason.as_ref()),
        ]);
        if component.diligence.is_empty() {
            lacks.push("diligence");
        }
        let shown = component.evidence.iter().filter_map(|it| inquiry.shown(&it.value).status).max();
        let status = if lacks.is_empty() { shown.unwrap_or(Status::Met) } else { Status::NotMet };
        if !lacks.is_empty() {
            let names = [("component", name), ("missing", &lacks.join(", "))];
            reporter.report(codes::COMPONENT_DILIGENCE, Some(component.place), &names);
        }
        let means: Vec<&str> = component.diligence.iter().map(|it| it.value.word()).collect();
        chain.push(Link {
            role: "fact",
            id: name.to_owned(),
            text: means.join(", "),
            place: Some(component.place),
            status: Some(status),
        });
        support_of_component(inquiry, component, name, reporter);
    }
    for part in inquiry.dossier.part.iter().filter(|it| part_kind(it) == PartKind::ThirdPartyService) {
        let title = part.title.as_ref().map_or("", |it| it.value.as_str());
        let known = components.iter().any(|it| it.name.as_ref().is_some_and(|it| it.value == title));
        if !known {
            reporter.report(codes::SERVICE_WITHOUT_DILIGENCE, Some(part.place), &[("part", title)]);
            chain.push(Link {
                role: "fact",
                id: title.to_owned(),
                text: "a third party's service without a record".to_owned(),
                place: Some(part.place),
                status: Some(Status::NotMet),
            });
        }
    }
    let worst = chain.iter().filter_map(|it| it.status).max();
    let place = chain.iter().find(|it| it.status == worst).and_then(|it| it.place).or(place);
    let of = |status: Status| chain.iter().filter(|it| it.status == Some(status)).count();
    match worst {
        None => Answer::not_met("no component from a third party is recorded"),
        Some(Status::NotMet) => {
            Answer::not_met(format!("{} of {} records are not complete", of(Status::NotMet), chain.len()))
        }
        Some(Status::Met) => Answer::met(format!("{} components were chosen with due diligence", chain.len())),
        Some(status) => {
            Answer::with(status, format!("the evidence of {} of {} records does not count", of(status), chain.len()))
        }
    }
    .chain(chain)
    .at(place)
}

/// A component's support that ends before the product's needs an answer; it is no breach by itself (FAQ 4.3.7).
fn support_of_component(
    inquiry: &Inquiry<'_>,
    component: &crate::dossier::Component,
    name: &str,
    reporter: &mut Reporter<'_>,
) {
    let (Some(end), Some((support_end, _))) = (component.support_end, inquiry.support_end()) else { return };
    if end.first() < support_end && given(component.after_support.as_ref()).is_none() {
        let names = [("component", name), ("date", &end.value.to_string()), ("support_end", &support_end.to_string())];
        reporter.report(codes::COMPONENT_SUPPORT, Some(end.place), &names);
    }
}

/// 13(8): long enough, weighed by the criteria, with a reason, handled by a process.
pub(super) fn support_period(inquiry: &Inquiry<'_>, _: &Provision, reporter: &mut Reporter<'_>) -> Answer {
    let Some(support) = &inquiry.dossier.support else {
        return Answer::not_met("no support period is set").at(Some(inquiry.start));
    };
    let mut lacks = missing(&[
        ("`user_expectations`", support.user_expectations.as_ref()),
        ("`nature`", support.nature.as_ref()),
        ("`union_law` (write `none` if there is none)", support.union_law.as_ref()),
        ("`reason`", support.reason.as_ref()),
    ]);
    if support.expected_use_years.is_none_or(|it| !(1..=100).contains(&it.value)) {
        lacks.push("`expected_use_years`, between 1 and 100");
    }
    let Some((end, place)) = inquiry.support_end() else {
        lacks.push("`end`");
        return Answer::not_met(format!("missing under [support]: {}", lacks.join(", "))).at(Some(support.place));
    };
    let floor = inquiry.law.count("support_floor_years");
    let expected = support.expected_use_years.map(|it| it.value);
    let years = expected.map_or(floor, |it| it.min(floor)).max(0);
    let last = inquiry.last_placing();
    let earliest = years_after(last, years);
    if end < earliest {
        let why = match expected {
            Some(expected) if expected < floor => format!("the expected use time of {expected} years"),
            _ => format!("the floor of {floor} years"),
        };
        return Answer::not_met(format!(
            "it ends on {end}; units placed on {last} need it until {earliest} at least, {why} after placing"
        ))
        .at(Some(place))
        .next(format!(
            "set `end` under [support] to {} or later, or end placing earlier (`last_placing`)",
            month(earliest)
        ));
    }
    if let Some(use_end) = expected.map(|it| years_after(last, it)).filter(|it| end < *it) {
        let names = [("years", &*expected.unwrap_or_default().to_string()), ("date", &*use_end.to_string())];
        reporter.report(codes::SUPPORT_BELOW_USE, Some(place), &names);
    }
    let chain = support.reason.iter().map(|it| fact("reason", it.value.clone(), it.place)).collect();
    Answer::complete(&lacks, format!("until {end}, at least {years} years after the last placing on {last}"))
        .at(Some(support.place))
        .chain(chain)
}

fn month(date: Date) -> String {
    format!("\"{:04}-{:02}\"", date.year(), date.month())
}

/// 13(9): each security update stays available.
pub(super) fn update_retention(inquiry: &Inquiry<'_>, _: &Provision, _: &mut Reporter<'_>) -> Answer {
    let support = inquiry.dossier.support.as_ref();
    let Some(archive) = given(support.and_then(|it| it.update_archive.as_ref())) else {
        return Answer::not_met(
            "it is not said how issued security updates stay available (`update_archive` under [support])",
        )
        .at(inquiry.place_of(support.map(|it| it.place)));
    };
    let years = inquiry.law.count("update_years");
    let mut chain = vec![fact("update_archive", archive.value.clone(), archive.place)];
    for update in inquiry.release.iter().flat_map(|it| &it.update) {
        let name = update.version.as_ref().map_or("", |it| it.value.as_str());
        let Some(issued) = update.issued else { continue };
        let needed = years_after(issued.value, years).max(inquiry.support_end().map_or(Date::MIN, |it| it.0));
        let status = match update.available_until {
            Some(until) if until.value >= needed => Status::Met,
            Some(_) => Status::NotMet,
            None => Status::Unknown,
        };
        let text = format!("issued {}, has to stay available until {needed}", issued.value);
        chain.push(Link { role: "fact", id: name.to_owned(), text, place: Some(update.place), status: Some(status) });
    }
    let worst = chain.iter().filter_map(|it| it.status).max().unwrap_or(Status::Unknown);
    let place = chain.iter().find(|it| it.status == Some(worst)).and_then(|it| it.place);
    let because = match worst {
        Status::Met => format!(
            "each update stays available for {years} years from its issue or until support ends, whichever is longer"
        ),
        Status::NotMet => "an update is withdrawn too early".to_owned(),
        _ => "for an update it is not said until when it stays available (`available_until`)".to_owned(),
    };
    Answer::with(worst, because).chain(chain).at(place)
}

/// 13(10): older software versions need no fixes when users get the latest at no cost.
pub(super) fn older_versions(inquiry: &Inquiry<'_>, _: &Provision, _: &mut Reporter<'_>) -> Answer {
    let older = inquiry.dossier.release.iter().filter(|it| it.placed.is_some_and(|it| it.value)).count();
    let modified = inquiry.release.is_some_and(|it| it.substantial_modification.is_some_and(|it| it.value));
    if older == 0 || !modified {
        return Answer::not_applicable("there is no older version that this one modifies substantially");
    }
    let support = inquiry.dossier.support.as_ref();
    match given(support.and_then(|it| it.older_versions.as_ref())) {
        Some(text) => Answer::met(text.value.clone()).at(Some(text.place)),
        None => Answer::unknown("it is not said whether users of older versions get the latest free of charge and without new hardware or software")
            .at(inquiry.place_of(support.map(|it| it.place)))
            .next("write `older_versions` under [support], or keep fixing the older versions and say so there"),
    }
}

/// 13(11): a public archive of unsupported software warns its users.
pub(super) fn public_archive(inquiry: &Inquiry<'_>, _: &Provision, _: &mut Reporter<'_>) -> Answer {
    let support = inquiry.dossier.support.as_ref();
    match given(support.and_then(|it| it.archive_warning.as_ref())) {
        Some(text) => Answer::met(text.value.clone()).at(Some(text.place)),
        None => Answer::not_applicable("no public archive of unsupported software is kept"),
    }
}

/// Essential requirements that the dossier puts aside with a reason that holds.
pub(crate) fn put_aside(inquiry: &Inquiry<'_>, reporter: &mut Reporter<'_>) -> std::collections::BTreeSet<Id> {
    let mut aside = std::collections::BTreeSet::new();
    for record in &inquiry.dossier.not_applicable {
        let Some(named) = &record.provision else { continue };
        let Some(provision) = inquiry.law.provision(&named.value) else { continue };
        let id = provision.id.as_str();
        if provision.applies == Applies::Always {
            reporter.report(codes::ALWAYS_APPLIES, Some(named.place), &[("provision", id)]);
            continue;
        }
        let reason = record.reason.as_ref();
        if !reason.is_some_and(|it| inquiry.is_reason(&it.value)) {
            reporter.report(
                codes::NOT_APPLICABLE_REASON,
                Some(reason.map_or(named.place, |it| it.place)),
                &[("provision", id)],
            );
            continue;
        }
        let by_contract = record.refers_to.iter().find(|it| it.value == "agreement");
        if let Some(agreement) = by_contract {
            let business = !inquiry.facts.words("users.groups").iter().any(|it| it == "consumers");
            // Annex I names two points that an agreement can vary; secure default is the one of Part I.
            if !provision.by_contract || !business || !super::vulnerabilities::tailor_made(inquiry) {
                reporter.report(codes::EXCEPTION_NOT_TAILOR_MADE, Some(agreement.place), &[("provision", id)]);
                continue;
            }
        } else if provision.applies == Applies::ByRiskAssessment && record.refers_to.is_empty() {
            reporter.report(codes::NOT_APPLICABLE_REFERENCE, Some(named.place), &[("provision", id)]);
            continue;
        }
        if let Some(measure) = inquiry.measures(id).find(|it| it.is_implemented()) {
            let name = measure.id.as_ref().map_or("", |it| it.value.as_str());
            reporter.report(codes::NOT_APPLICABLE_ANSWERED, Some(named.place), &[("provision", id), ("measure", name)]);
        }
        aside.insert(provision.id.clone());
    }
    aside
}
