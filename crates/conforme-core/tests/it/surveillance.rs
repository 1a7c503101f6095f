//! What is due after a body has decided: renewal of certificates, audits.

use crate::checking::{PASSING, judge};
use jiff::civil::{Date, date};

const ON: Date = date(2028, 1, 8);

fn codes(more: &str, as_of: Date) -> Vec<String> {
    let (_, assessment) = judge(&format!("{PASSING}\n{more}"), as_of);
    let ours = ["audit-due", "audit-failed", "certificate-ends", "certificate-expired", "date-order", "date-future"];
    assessment.findings.into_iter().map(|it| it.code).filter(|it| ours.contains(&it.as_str())).collect()
}

fn audit(on: &str, kind: &str, result: &str, next: &str) -> String {
    format!("[[audit]]\non = {on}\nkind = \"{kind}\"\nresult = \"{result}\"\nnext = {next}\n")
}

#[test]
fn an_audit_is_due_the_day_after() {
    let held = audit("2027-01-05", "vulnerability-handling", "passed", "2028-01-08");
    assert!(codes(&held, ON).is_empty());
    assert_eq!(codes(&held, date(2028, 1, 9)), ["audit-due"]);
    let later = format!("{held}{}", audit("2028-01-09", "vulnerability-handling", "passed", "2029-01-09"));
    assert!(codes(&later, date(2028, 1, 9)).is_empty(), "the last one decides");
    let other = format!("{held}{}", audit("2028-01-09", "internal", "passed", "2029-01-09"));
    assert_eq!(codes(&other, date(2028, 1, 9)), ["audit-due"], "an own audit is none of the body");
}

#[test]
fn a_failed_audit_stands_until_one_passes() {
    let failed = audit("2027-06-01", "surveillance", "failed", "2028-06-01");
    assert_eq!(codes(&failed, ON), ["audit-failed"]);
    assert!(codes(&format!("{failed}{}", audit("2027-09-01", "surveillance", "passed", "2028-09-01")), ON).is_empty());
    // An audit to come settles nothing, and cannot have a result.
    let future = format!("{failed}{}", audit("2028-09-01", "surveillance", "passed", "2029-09-01"));
    assert_eq!(codes(&future, ON), ["audit-failed", "date-future"]);
    let backwards = codes(&audit("2027-06-01", "surveillance", "passed", "2027-05-01"), ON);
    assert!(backwards.contains(&"date-order".to_owned()), "{backwards:?}");
}

#[test]
fn renewal_is_asked_for_while_the_series_goes_on() {
    let certificate =
        "[[certificate]]\nscheme = \"EUCC\"\nnumber = \"N-1\"\nissued = 2027-01-01\nvalid_until = 2028-12-31\n";
    assert!(codes(certificate, date(2028, 12, 1)).is_empty(), "the last unit was placed before the end");
    let series = |text: &str, as_of| {
        let (_, assessment) =
            judge(&format!("{}\n{certificate}", PASSING.replace("last_placing = 2028-01-10\n", text)), as_of);
        let ours = |it: &str| it.starts_with("certificate-");
        assessment.findings.into_iter().map(|it| it.code).filter(|it| ours(it)).collect::<Vec<_>>()
    };
    assert!(series("", date(2028, 6, 1)).is_empty());
    assert_eq!(series("", date(2028, 7, 5)), ["certificate-ends"]);
    assert_eq!(series("last_placing = 2029-03-01\n", date(2029, 1, 1)), ["certificate-expired"]);
}
