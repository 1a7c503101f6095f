//! Dates of different records that contradict each other, and what changes while a series is still placed.

use crate::classify::{self, Facts};
use crate::codes;
use crate::finding::Reporter;
use crate::inquiry::Inquiry;
use crate::presumption;
use crate::source::{Date, Place};
use conforme_catalogue::FactValue;
use std::collections::BTreeSet;

/// One thing that cannot have happened before another.
struct Pair<'a> {
    later: (&'a str, Option<Date>),
    earlier: (&'a str, Option<Date>),
}

/// Reports what comes before that on which it rests, and work of people that is dated after the day of the assessment.
pub(crate) fn report(inquiry: &Inquiry<'_>, reporter: &mut Reporter<'_>) {
    let dossier = inquiry.dossier;
    let mut pairs = Vec::new();
    let mut done = Vec::new();
    for it in &dossier.evidence {
        let examined = it.examined.as_ref().and_then(|it| it.on);
        pairs.push(Pair { later: ("the examination", examined), earlier: ("the evidence", it.made) });
        pairs.push(Pair { later: ("the end of its validity", it.valid_until), earlier: ("the evidence", it.made) });
        done.push(("examination", examined));
    }
    for it in &dossier.risk {
        let accepted = it.acceptance.as_ref().and_then(|it| it.on);
        pairs.push(Pair { later: ("the next review", it.review_by), earlier: ("the acceptance", accepted) });
        done.push(("acceptance", accepted));
    }
    for it in inquiry.release.iter().flat_map(|it| &it.part) {
        if let Some(scan) = &it.scan {
            let data = scan.data_date;
            pairs.push(Pair { later: ("the approval", scan.approved_on), earlier: ("the vulnerability data", data) });
            done.extend([("approval", scan.approved_on), ("vulnerability data", data)]);
        }
        let made = it.sbom.as_ref().and_then(|it| it.made);
        // An SBOM can be made again at any time; what was placed must have had one.
        pairs.push(Pair { later: ("placing", inquiry.release.and_then(|it| it.placing)), earlier: ("the SBOM", made) });
        done.push(("SBOM", made));
    }
    for it in inquiry.release.iter().flat_map(|it| &it.update) {
        pairs.push(Pair { later: ("the end of availability", it.available_until), earlier: ("the update", it.issued) });
    }
    for it in dossier.route.iter().filter_map(|it| it.notified_body.as_ref()) {
        pairs
            .push(Pair { later: ("the end of its validity", it.valid_until), earlier: ("the certificate", it.issued) });
    }
    for it in &dossier.certificate {
        pairs
            .push(Pair { later: ("the end of its validity", it.valid_until), earlier: ("the certificate", it.issued) });
    }
    for it in &dossier.audit {
        pairs.push(Pair { later: ("the next audit", it.next), earlier: ("the audit", it.on) });
        done.push(("audit", it.on));
    }
    let lodged = dossier.route.as_ref().and_then(|it| it.application.as_ref()).and_then(|it| it.lodged_on);
    done.push(("application", lodged));
    done.push(("review of the risk assessment", dossier.context.as_ref().and_then(|it| it.reviewed_on)));
    done.push(("decision", dossier.classification.as_ref().and_then(|it| it.decided_on)));

    for pair in pairs {
        let ((later, Some(on)), (earlier, Some(before))) = (pair.later, pair.earlier) else { continue };
        if on.value < before.value {
            let names = [
                ("later", later),
                ("date", &on.value.to_string()),
                ("earlier", earlier),
                ("other", &before.value.to_string()),
            ];
            reporter.report(codes::DATE_ORDER, Some(on.place), &names);
        }
    }
    for (what, date) in done {
        if let Some(date) = date.filter(|it| it.value > inquiry.as_of) {
            let names = [("what", what), ("date", &date.value.to_string())];
            reporter.report(codes::DATE_FUTURE, Some(date.place), &names);
        }
    }
}

/// Reports a procedure that is open for the first unit of a series and closed for the last, because a citation ends.
pub(crate) fn series(inquiry: &Inquiry<'_>, facts: &Facts, reporter: &mut Reporter<'_>) {
    let last = inquiry.last_placing();
    let Some(module) = inquiry.dossier.route.as_ref().and_then(|it| it.module) else { return };
    if last <= inquiry.placing || !inquiry.uncovered.is_empty() || inquiry.tier.is_none() {
        return;
    }
    let law = inquiry.law;
    // What is wrong with the standards was said for the day of placing.
    let later = presumption::presumed(inquiry.dossier, last, &BTreeSet::new(), &mut Reporter::new(law));
    if presumption::uncovered(law, &later, inquiry.not_applicable).is_empty() {
        return;
    }
    let mut facts = facts.clone();
    facts.set("presumption.full", FactValue::Flag(false));
    let open = |it: &str| it == module.value.word();
    let closes = classify::routes(law, &facts, presumption::scheme_available(inquiry.dossier))
        .is_some_and(|it| !it.allowed.iter().any(|it| open(it)));
    if closes && inquiry.allowed.iter().any(|it| open(it)) {
        let place: Option<Place> = inquiry.release.and_then(|it| it.last_placing).map(|it| it.place);
        let names = [("module", module.value.word()), ("date", &last.to_string())];
        reporter.report(codes::PRESUMPTION_ENDS, place.or(Some(module.place)), &names);
    }
}
