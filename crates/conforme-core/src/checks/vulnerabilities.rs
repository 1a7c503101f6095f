//! Annex I: what is known of vulnerabilities in a release, and the policy, contacts and updates behind it.

use super::{fact, given};
use crate::assessment::{Link, Status};
use crate::classify::{PartKind, part_kind};
use crate::dates::days_before;
use crate::dossier::{ReleasePart, Sbom, Scan};
use crate::evidence::{Recorded, recorded};
use crate::files::is_address;
use crate::finding::Reporter;
use crate::inquiry::{Answer, Inquiry};
use crate::source::{Place, Text};
use conforme_catalogue::Provision;

/// A part of the product and its record in the release.
struct Parted<'a> {
    title: String,
    record: Option<&'a ReleasePart>,
    place: Place,
}

/// Parts that need an SBOM and a search: everything that is the product, remote data processing included.
fn parts<'a>(inquiry: &Inquiry<'a>) -> Vec<Parted<'a>> {
    let Some(release) = inquiry.release else { return Vec::new() };
    let records: &'a [ReleasePart] = &release.part;
    let inside = inquiry
        .dossier
        .part
        .iter()
        .filter(|it| matches!(part_kind(it), PartKind::OnProduct | PartKind::RemoteDataProcessing));
    let mut parts: Vec<Parted<'a>> = inside
        .filter_map(|it| it.title.as_ref())
        .map(|title| {
            let record = records.iter().find(|it| it.part.as_ref().is_some_and(|it| it.value == title.value));
            Parted { title: title.value.clone(), record, place: record.map_or(release.place, |it| it.place) }
        })
        .collect();
    if parts.is_empty() {
        parts = records
            .iter()
            .map(|it| Parted {
                title: it.part.as_ref().map_or_else(String::new, |it| it.value.clone()),
                record: Some(it),
                place: it.place,
            })
            .collect();
    }
    parts
}

/// Judges every part with the same question and takes the worst answer.
fn over_parts<'a, T: 'a>(
    inquiry: &Inquiry<'a>,
    what: &str,
    record: impl Fn(&'a ReleasePart) -> Option<(&'a T, Place)>,
    mut judge: impl FnMut(&'a T) -> (Status, String),
) -> Answer {
    let Some(release) = inquiry.release else {
        return Answer::unknown("there is no release to judge").at(Some(inquiry.start));
    };
    let parts = parts(inquiry);
    if parts.is_empty() {
        let text = format!("release {} records no part, so no {what}", inquiry.version());
        return Answer::not_met(text).at(Some(release.place));
    }
    let mut chain = Vec::new();
    for part in &parts {
        let ((status, text), place) = match part.record.and_then(&record) {
            Some((it, place)) => (judge(it), place),
            None => ((Status::NotMet, format!("no {what} is recorded for this part")), part.place),
        };
        chain.push(Link { role: "fact", id: part.title.clone(), text, place: Some(place), status: Some(status) });
    }
    let worst = chain.iter().filter_map(|it| it.status).max().unwrap_or(Status::Unknown);
    let bad: Vec<String> =
        chain.iter().filter(|it| it.status == Some(worst)).map(|it| format!("{}: {}", it.id, it.text)).collect();
    let place = chain.iter().find(|it| it.status == Some(worst)).and_then(|it| it.place);
    let because =
        if worst == Status::Met { format!("for every part of release {}", inquiry.version()) } else { bad.join("; ") };
    Answer::with(worst, because).chain(chain).at(place)
}

/// II(1): an SBOM for each part, in a common machine-readable format, with at least the top-level dependencies.
pub(super) fn sbom(inquiry: &Inquiry<'_>, _: &Provision, reporter: &mut Reporter<'_>) -> Answer {
    over_parts(
        inquiry,
        "SBOM",
        |part| part.sbom.as_ref().map(|it| (it, it.place)),
        |sbom: &Sbom| {
            let Some(file) = given(sbom.file.as_ref()) else {
                return (Status::NotMet, "the SBOM names no file".to_owned());
            };
            if recorded(inquiry, file, sbom.sha256.as_ref(), reporter) != Recorded::Same {
                return (Status::Unknown, format!("`{}` is not there with the recorded `sha256`", file.value));
            }
            let format = sbom.format.as_ref().map_or("", |it| it.value.as_str());
            let common = ["cyclonedx", "spdx"].iter().any(|it| format.to_lowercase().starts_with(it));
            match (common, sbom.complete.map(|it| it.value)) {
                (false, _) => (
                    Status::NotMet,
                    format!("`format` is `{format}`; a common machine-readable one is CycloneDX or SPDX"),
                ),
                (true, Some(true)) => {
                    let tool = sbom.tool.as_ref().map_or("an unnamed tool", |it| it.value.as_str());
                    (Status::Met, format!("{format} by {tool}, covers at least the top-level dependencies"))
                }
                (true, Some(false)) => (Status::NotMet, "it does not cover the top-level dependencies".to_owned()),
                (true, None) => (
                    Status::Unknown,
                    "it is not said whether it covers the top-level dependencies (`complete`)".to_owned(),
                ),
            }
        },
    )
}

/// I(2)(a): nothing exploitable is known on the day of placing.
pub(super) fn no_known_exploitable(inquiry: &Inquiry<'_>, _: &Provision, reporter: &mut Reporter<'_>) -> Answer {
    let oldest = days_before(inquiry.as_of.min(inquiry.placing), inquiry.law.count("scan_days"));
    over_parts(
        inquiry,
        "search for known vulnerabilities",
        |part| part.scan.as_ref().map(|it| (it, it.place)),
        |scan: &Scan| {
            let Some(file) = given(scan.file.as_ref()) else {
                return (Status::Unknown, "the search names no file".to_owned());
            };
            if recorded(inquiry, file, scan.sha256.as_ref(), reporter) != Recorded::Same {
                return (Status::Unknown, format!("`{}` is not there with the recorded `sha256`", file.value));
            }
            let number = |it: Option<crate::source::Number>| it.map(|it| it.value);
            match (number(scan.matches), number(scan.judged), number(scan.exploitable)) {
                (matches, judged, open)
                    if [matches, judged, open].into_iter().flatten().any(|it| it < 0)
                        || matches.zip(judged).is_some_and(|(matches, judged)| judged > matches)
                        || matches.zip(open).is_some_and(|(matches, open)| open > matches) =>
                {
                    (Status::Unknown, "`matches`, `judged` and `exploitable` contradict each other".to_owned())
                }
                (_, _, Some(open)) if open > 0 => {
                    (Status::NotMet, format!("{open} known vulnerabilities are exploitable in practice and remain"))
                }
                (Some(matches), Some(judged), Some(_)) if judged < matches => {
                    (Status::Unknown, format!("{} of {matches} matches are not judged", matches - judged))
                }
                (Some(matches), Some(_), Some(_)) => match (scan.data_date, &scan.approved_by, scan.approved_on) {
                    (Some(data), _, _) if data.value < oldest => (
                        Status::Unknown,
                        format!(
                            "its vulnerability data is of {}, older than the {} days our own practice allows at the decision",
                            data.value,
                            inquiry.law.count("scan_days")
                        ),
                    ),
                    (Some(data), _, _) if data.value > inquiry.as_of => (
                        Status::Unknown,
                        format!("its vulnerability data is of {}, after the day of the assessment", data.value),
                    ),
                    (Some(_), Some(_), Some(on)) if on.value > inquiry.as_of => (
                        Status::Unknown,
                        format!("it is to be approved on {}, after the day of the assessment", on.value),
                    ),
                    (Some(data), Some(by), Some(on)) => (
                        Status::Met,
                        format!(
                            "{matches} matches, all judged, none exploitable; data of {}, approved by {} on {}",
                            data.value, by.value, on.value
                        ),
                    ),
                    (None, _, _) => {
                        (Status::Unknown, "the date of the vulnerability data is not recorded (`data_date`)".to_owned())
                    }
                    (Some(_), _, _) => {
                        (Status::Unknown, "nobody approved it (`approved_by`, `approved_on`)".to_owned())
                    }
                },
                _ => (Status::Unknown, "`matches`, `judged` and `exploitable` are not all recorded".to_owned()),
            }
        },
    )
}

/// II(5): the policy exists and is in force; a measure with evidence shows that it is followed.
pub(super) fn disclosure_policy(inquiry: &Inquiry<'_>, provision: &Provision, reporter: &mut Reporter<'_>) -> Answer {
    let handling = inquiry.dossier.vulnerability_handling.as_ref();
    let place = inquiry.place_of(handling.map(|it| it.place));
    let Some(policy) = given(handling.and_then(|it| it.policy.as_ref())) else {
        return Answer::not_met("no coordinated vulnerability disclosure policy is named").at(place);
    };
    if !is_address(&policy.value) && recorded(inquiry, policy, None, reporter) == Recorded::Lost {
        return Answer::unknown(format!("the policy `{}` is not there", policy.value)).at(Some(policy.place));
    }
    let policy_link = fact("policy", policy.value.clone(), policy.place);
    // The law asks for a policy that is enforced; the name of a file alone does not show that.
    let mut answer = super::requirements::measure(inquiry, provision, reporter);
    if inquiry.measures(provision.id.as_str()).next().is_none() && answer.status == Status::NotMet {
        answer = Answer::with(
            Status::Partly,
            format!("the policy `{}` exists; nothing shows that it is followed", policy.value),
        )
        .at(Some(policy.place))
        .next("add a measure that answers CRA-II-5, with evidence from intake to closure of reports");
    }
    answer.chain.insert(0, policy_link);
    answer
}

/// II(6): an address for reports, and measures that make sharing easy.
pub(super) fn contact(inquiry: &Inquiry<'_>, _: &Provision, _: &mut Reporter<'_>) -> Answer {
    let handling = inquiry.dossier.vulnerability_handling.as_ref();
    match given(handling.and_then(|it| it.contact.as_ref())) {
        Some(contact) => Answer::met(format!("reports go to {}", contact.value))
            .chain(vec![fact("contact", contact.value.clone(), contact.place)])
            .at(Some(contact.place)),
        None => Answer::not_met("no address for reports about vulnerabilities")
            .at(inquiry.place_of(handling.map(|it| it.place))),
    }
}

/// II(8): free of charge, except under an agreement for a tailor-made product with a business user.
pub(super) fn free_updates(inquiry: &Inquiry<'_>, provision: &Provision, reporter: &mut Reporter<'_>) -> Answer {
    let handling = inquiry.dossier.vulnerability_handling.as_ref();
    let place = inquiry.place_of(handling.map(|it| it.place));
    match handling.and_then(|it| it.free_updates) {
        None => {
            Answer::not_met("it is not said whether security updates are free of charge (`free_updates`)").at(place)
        }
        Some(free) if free.value => {
            let mut answer = super::requirements::measure(inquiry, provision, reporter);
            answer.chain.insert(0, fact("free_updates", "security updates are free of charge", free.place));
            answer
        }
        Some(free) => {
            let business = !inquiry.facts.words("users.groups").iter().any(|it| it == "consumers");
            let agreement: Option<&Text> = given(handling.and_then(|it| it.paid_updates_agreement.as_ref()));
            match (tailor_made(inquiry) && business, agreement) {
                (true, Some(agreement)) => {
                    let link = inquiry.shown(&agreement.value);
                    let status = link.status.unwrap_or(Status::Unknown);
                    Answer::with(status, "charged under an agreement for a tailor-made product with a business user")
                        .chain(vec![link])
                }
                _ => {
                    reporter.report(
                        crate::codes::EXCEPTION_NOT_TAILOR_MADE,
                        Some(free.place),
                        &[("provision", provision.id.as_str())],
                    );
                    Answer::not_met("security updates are charged without the agreement the exception needs")
                }
            }
            .at(Some(free.place))
        }
    }
}

/// Made to one business customer's order, with the agreement at hand.
pub(crate) fn tailor_made(inquiry: &Inquiry<'_>) -> bool {
    inquiry
        .dossier
        .product
        .as_ref()
        // One customer's order and a series exclude each other (FAQ 4.2.5).
        .filter(|it| it.series.is_none_or(|it| !it.value))
        .is_some_and(|it| it.tailor_made.is_some_and(|it| it.value) && given(it.agreement.as_ref()).is_some())
}
