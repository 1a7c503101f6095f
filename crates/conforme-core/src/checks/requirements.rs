//! Annex I, Part I, and every duty that is answered by a measure with evidence.

use crate::assessment::{Link, Status};
use crate::codes;
use crate::dossier::Measure;
use crate::finding::Reporter;
use crate::inquiry::{Answer, Carried, Inquiry};
use conforme_catalogue::{Kind, Provision};

/// A point is met by presumption, or by an implemented measure whose evidence counts.
pub(super) fn measure(inquiry: &Inquiry<'_>, provision: &Provision, reporter: &mut Reporter<'_>) -> Answer {
    let presumption = inquiry.presumption(provision);
    let measures: Vec<&Measure> = inquiry.measures(provision.id.as_str()).collect();
    let carried = inquiry.carried.get(&provision.id).map_or(&[][..], Vec::as_slice);
    if measures.is_empty() && presumption.is_empty() && !carried.is_empty() {
        return through_standards(carried);
    }
    if measures.is_empty() && presumption.is_empty() {
        let answer = Answer::not_met("no measure answers it");
        return answer.at(Some(inquiry.start)).next(format!(
            "{}; `conforme explain {}` says what a verifier asks for",
            provision.next.as_deref().unwrap_or("describe a measure that answers it"),
            provision.id
        ));
    }
    let mut chain = presumption.clone();
    let mut statuses = Vec::new();
    let mut failed = Vec::new();
    for measure in &measures {
        let status = inquiry.measure_status(measure, &mut chain);
        let id = measure.id.as_ref().map_or("", |it| it.value.as_str());
        let at = measure.id.as_ref().map(|it| it.place);
        if !measure.is_implemented() {
            reporter.report(codes::MEASURE_PLANNED, at, &[("measure", id)]);
        } else if measure.evidence.is_empty() {
            reporter.report(codes::MEASURE_WITHOUT_EVIDENCE, at, &[("measure", id)]);
        }
        if measure.is_implemented() {
            statuses.push(status);
            if status == Status::NotMet {
                failed.push((id, at));
            }
        }
    }
    let names: Vec<&str> = measures.iter().filter_map(|it| it.id.as_ref()).map(|it| it.value.as_str()).collect();
    let names = names.join(", ");
    let place = measures.first().map(|it| it.id.as_ref().map_or(it.place, |it| it.place));
    let has = |status: Status| statuses.contains(&status);
    let answer = match () {
        () if has(Status::NotMet) => {
            let ids: Vec<&str> = failed.iter().map(|(id, _)| *id).collect();
            Answer::not_met(format!("evidence for {} failed", ids.join(", ")))
                .next("mend what failed, repeat the test on this release and record the new result in evidence.toml")
        }
        () if !presumption.is_empty() => {
            let by: Vec<&str> = presumption.iter().map(|it| it.id.as_str()).collect();
            Answer::met(format!("by presumption through {}", by.join(", ")))
        }
        () if statuses.is_empty() => Answer::not_met(format!("{names} is not implemented")),
        () if has(Status::Met) && !has(Status::Unknown) && !has(Status::Partly) => {
            Answer::met(format!("by {names}, shown for release {}", inquiry.version()))
        }
        () if has(Status::Met) => {
            Answer::with(Status::Partly, format!("some of {names} is shown, not all of it; see the evidence"))
                .next("complete the evidence of the other measures, or take this point out of their `answers`")
        }
        () if has(Status::Partly) => {
            Answer::with(Status::Partly, format!("nobody has examined the evidence for {names}"))
                .next("let a named person examine it and record `examined` with `by`, `on`, `conclusion` and `result`")
        }
        () => Answer::unknown(format!("{names} is said to work, and no evidence shows it"))
            .next("add evidence to the measure: a passed result of a tool on this release, or a recorded examination"),
    };
    let place = failed.first().and_then(|(_, at)| *at).or(place);
    chain.extend(carried.iter().flat_map(|it| it.chain.iter().cloned()));
    answer.chain(chain).at(place)
}

/// What requirements of followed standards count for a point that no measure names itself.
fn through_standards(carried: &[Carried]) -> Answer {
    let best = |status: Status| carried.iter().filter(move |it| it.status == status);
    let names = |status: Status| best(status).map(|it| it.name.as_str()).collect::<Vec<_>>().join(", ");
    let chain: Vec<Link> = carried.iter().flat_map(|it| it.chain.iter().cloned()).collect();
    let answer = if best(Status::Met).next().is_some() {
        Answer::met(format!("through {}", names(Status::Met)))
    } else if best(Status::Partly).next().is_some() {
        Answer::with(Status::Partly, format!("through {}, which answer a part of it", names(Status::Partly)))
            .next("name this point in `answers` of a measure for what is left; `conforme standards coverage` says what that is")
    } else {
        Answer::unknown(format!("{} would answer it, and no evidence shows that they are met", names(Status::Unknown)))
            .next("add evidence to the measures behind these requirements")
    };
    answer.chain(chain).at(carried.first().map(|it| it.place))
}

/// I(1): the catch-all. The other points hold and every risk is treated.
pub(super) fn security_level(inquiry: &Inquiry<'_>, provision: &Provision, reporter: &mut Reporter<'_>) -> Answer {
    let dossier = inquiry.dossier;
    if dossier.risk.is_empty() {
        return Answer::not_met("no risk has been assessed, so no level of security can be called appropriate")
            .at(Some(inquiry.start));
    }
    let broken: Vec<&str> = reporter
        .findings()
        .iter()
        .filter(|it| it.code.starts_with("risk-") || it.code == codes::CRITERIA_MISSING.as_str())
        .filter(|it| it.severity == conforme_catalogue::Severity::Error)
        .map(|it| it.code.as_str())
        .collect();
    let chain: Vec<Link> = dossier
        .risk
        .iter()
        .filter_map(|it| it.id.as_ref())
        .map(|id| Link { role: "risk", id: id.value.clone(), text: String::new(), place: Some(id.place), status: None })
        .chain(inquiry.presumption(provision))
        .collect();
    let first = dossier.risk.first().map(|it| it.place);
    if !broken.is_empty() {
        let text = format!("errors in the risk assessment: {}", broken.join(", "));
        return Answer::not_met(text).chain(chain).at(first).next("mend the findings that begin with `risk-` first");
    }
    Answer::met(match dossier.risk.len() {
        1 => "the one risk is assessed, treated and within the criteria".to_owned(),
        many => format!("{many} risks are assessed, treated and within the criteria"),
    })
    .chain(chain)
    .at(first)
}

/// Art. 13(1): all of Part I.
pub(super) fn part_one(inquiry: &Inquiry<'_>, _: &Provision, _: &mut Reporter<'_>) -> Answer {
    let points = inquiry.law.provisions.values().filter(|it| it.kind == Kind::EssentialRequirement);
    let points: Vec<&Provision> = points.filter(|it| it.id.as_str().starts_with("CRA-I-")).collect();
    let open: Vec<(&Provision, Status)> = points
        .iter()
        .filter_map(|it| Some((*it, inquiry.status(it.id.as_str())?)))
        .filter(|(_, status)| !matches!(status, Status::Met | Status::NotApplicable))
        .collect();
    let chain = open.iter().map(|(it, status)| Link {
        role: "provision",
        id: it.id.to_string(),
        text: it.title.clone(),
        place: None,
        status: Some(*status),
    });
    let chain: Vec<Link> = chain.collect();
    let worst = open.iter().map(|(_, status)| *status).max();
    let list: Vec<&str> = open.iter().map(|(it, _)| it.id.as_str()).collect();
    match worst {
        None => Answer::met("every applicable point of Annex I, Part I is met"),
        Some(Status::Unknown) => Answer::unknown(format!("undecided: {}", list.join(", "))),
        Some(_) => Answer::not_met(format!("open: {}", list.join(", "))),
    }
    .chain(chain)
    .at(Some(inquiry.start))
    .next("mend the points of Annex I, Part I named here")
}
