//! What notified bodies keep an eye on after they have decided: certificates that end, audits that are due or failed.

use crate::codes;
use crate::dossier::{Audit, AuditKind, Outcome};
use crate::finding::Reporter;
use crate::inquiry::Inquiry;
use crate::source::{Date, Text};
use jiff::ToSpan;

/// Reports what is due on the day of the assessment.
pub(crate) fn report(inquiry: &Inquiry<'_>, reporter: &mut Reporter<'_>) {
    for kind in [AuditKind::VulnerabilityHandling, AuditKind::Surveillance, AuditKind::Internal] {
        audits(inquiry, kind, reporter);
    }
    let body = inquiry.dossier.route.as_ref().and_then(|it| it.notified_body.as_ref());
    let issued = body.map(|it| (it.certificate.as_ref(), it.valid_until));
    for (number, until) in
        issued.into_iter().chain(inquiry.dossier.certificate.iter().map(|it| (it.number.as_ref(), it.valid_until)))
    {
        certificate(inquiry, number, until, reporter);
    }
}

/// The last audit of a kind decides; one after the day of the assessment has not taken place.
fn audits(inquiry: &Inquiry<'_>, kind: AuditKind, reporter: &mut Reporter<'_>) {
    let of_kind = |it: &&Audit| it.kind.is_some_and(|it| it.value == kind);
    let held = inquiry.dossier.audit.iter().filter(of_kind).filter_map(|it| Some((it.on?, it)));
    let Some((on, last)) = held.filter(|(on, _)| on.value <= inquiry.as_of).max_by_key(|(on, _)| on.value) else {
        return;
    };
    if last.result.is_some_and(|it| it.value == Outcome::Failed) {
        let names = [("kind", kind.word()), ("date", &on.value.to_string())];
        reporter.report(codes::AUDIT_FAILED, Some(on.place), &names);
    }
    if let Some(next) = last.next.filter(|it| it.value < inquiry.as_of) {
        let names = [("kind", kind.word()), ("date", &next.value.to_string())];
        reporter.report(codes::AUDIT_DUE, Some(next.place), &names);
    }
}

/// A certificate that was valid on the day of placing and ends before the last unit.
fn certificate(inquiry: &Inquiry<'_>, number: Option<&Text>, until: Option<Date>, reporter: &mut Reporter<'_>) {
    let Some(until) = until.filter(|it| it.value >= inquiry.placing) else { return };
    let last = inquiry.release.and_then(|it| it.last_placing);
    if last.is_some_and(|it| it.value <= until.value) {
        return;
    }
    let ahead = inquiry.law.count("renewal_days").days();
    let soon = inquiry.as_of.checked_add(ahead).is_ok_and(|it| it >= until.value);
    let names = [("certificate", number.map_or("(no number)", |it| &it.value)), ("date", &until.value.to_string())];
    if last.is_some() && until.value < inquiry.as_of {
        reporter.report(codes::CERTIFICATE_EXPIRED, Some(until.place), &names);
    } else if soon {
        reporter.report(codes::CERTIFICATE_ENDS, Some(until.place), &names);
    }
}
