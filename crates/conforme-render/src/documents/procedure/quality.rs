//! The quality system of module H, letter by letter, and the audits of modules B and H.

use super::points;
use crate::document::Cell;
use crate::documents::Subject;
use crate::documents::evidence::{parted, short};
use crate::documents::page::{Page, cell, date, words};
use conforme_core::dossier::{Audit, AuditKind, Quality};

/// Letters of the documentation, in the order of the annex.
const LETTERS: [&str; 8] = ["a", "b", "c", "d", "e", "f", "g", "h"];

/// The whole documentation of the system as an index, with the letters that have nothing.
pub(super) fn index(subject: &Subject<'_>, page: &mut Page) {
    let rows = LETTERS.into_iter().flat_map(|letter| {
        let mut rows: Vec<Vec<Cell>> = of(subject, letter).map(|it| line(subject, it)).collect();
        if rows.is_empty() {
            rows.push(vec![Cell::text(letter), Cell::toned("nothing", crate::document::Tone::Bad), Cell::text("")]);
        }
        rows
    });
    let columns = [("Letter", 1), ("Document", 6), ("Evidence", 5)];
    page.table("Index of the quality system's documentation", &columns, rows.collect());
    let gaps: Vec<&str> = LETTERS.into_iter().filter(|it| of(subject, it).next().is_none()).collect();
    if !gaps.is_empty() {
        page.missing(format_args!("[[quality]] with `letter` and `what` for {}", gaps.join(", ")));
    }
}

/// One letter: its documents with their evidence, or the gap.
pub(super) fn letter(subject: &Subject<'_>, letter: &str, page: &mut Page) {
    let mut any = false;
    for record in of(subject, letter) {
        any = true;
        page.told(record.what.as_ref(), &format!("`what` of [[quality]] with letter = \"{letter}\""));
        let key = format!("`evidence` of [[quality]] with letter = \"{letter}\"");
        points::records(subject, &format!("Documents of letter ({letter})"), &record.evidence, &key, page);
    }
    if !any {
        page.missing(format_args!("[[quality]] with letter = \"{letter}\""));
    }
}

fn of<'a>(subject: &Subject<'a>, letter: &str) -> impl Iterator<Item = &'a Quality> {
    let records = subject.loaded.dossier.quality.iter();
    records.filter(move |it| it.letter.is_some_and(|it| it.value.word() == letter))
}

fn line(subject: &Subject<'_>, record: &Quality) -> Vec<Cell> {
    let evidence: Vec<String> = record.evidence.iter().map(|it| short(subject, &it.value)).collect();
    vec![
        Cell::text(record.letter.map_or("", |it| it.value.word())),
        cell(record.what.as_ref()),
        Cell::text(evidence.join("\n")),
    ]
}

/// Audits by the body: those of vulnerability handling after module B, else those of the system.
pub(super) fn audits(subject: &Subject<'_>, of_handling: bool, page: &mut Page) {
    let kind = if of_handling { AuditKind::VulnerabilityHandling } else { AuditKind::Surveillance };
    table(subject, "Audits by the notified body", kind, page);
}

/// Audits of the manufacturer itself.
pub(super) fn own_audits(subject: &Subject<'_>, page: &mut Page) {
    table(subject, "Own audits", AuditKind::Internal, page);
}

fn table(subject: &Subject<'_>, caption: &str, kind: AuditKind, page: &mut Page) {
    let audits = subject.loaded.dossier.audit.iter();
    let rows: Vec<Vec<Cell>> =
        audits.filter(|it| it.kind.is_some_and(|it| it.value == kind)).map(|it| row(subject, it)).collect();
    if rows.is_empty() {
        page.paragraph(format!("No audit ({}) is recorded yet.", kind.word()));
    }
    let columns = [("On", 2), ("By", 3), ("Result and conclusion", 6), ("Report", 4), ("Next", 2)];
    page.table(caption, &columns, rows);
}

fn row(subject: &Subject<'_>, audit: &Audit) -> Vec<Cell> {
    let result = audit.result.map_or("", |it| it.value.word());
    let reports: Vec<String> = audit.evidence.iter().map(|it| short(subject, &it.value)).collect();
    vec![
        Cell::text(date(audit.on)),
        cell(audit.by.as_ref()),
        Cell::text(parted(": ", [result, words(audit.conclusion.as_ref())])),
        Cell::text(reports.join("\n")),
        Cell::text(date(audit.next)),
    ]
}
