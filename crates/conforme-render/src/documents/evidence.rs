//! Evidence, SBOMs and other files in tables, each with its hash as recorded and as found.

use super::Subject;
use super::page::{Page, cell, date, joined, status, words};
use crate::document::{Cell, Tone};
use conforme_core::assessment::Link;
use conforme_core::dossier::{Evidence, ReleasePart};
use conforme_core::files::{self, FileFact};
use conforme_core::source::Text;

/// Hex digits of a hash that are enough to recognise it where the whole one stands elsewhere.
const SHORT: usize = 12;

/// A list of evidence with kind, date, result, examination and hash.
pub(super) fn table<'a>(
    subject: &Subject<'_>,
    caption: &str,
    records: impl Iterator<Item = &'a Evidence>,
    page: &mut Page,
) {
    let rows = records.map(|it| {
        let about = it.about.map_or("", |it| it.value.word());
        let made_on = [date(it.made), joined(&it.releases), about.to_owned()];
        vec![
            cell(it.id.as_ref()),
            Cell::text(parted(" – ", [words(it.title.as_ref()), words(it.shows.as_ref())])),
            cell(it.kind.as_ref()),
            Cell::text(parted("; ", made_on.iter().map(String::as_str))),
            Cell::text(result(it)),
            counts(subject, words(it.id.as_ref())),
            place(it),
            hash(subject, it.file.as_ref(), it.sha256.as_ref()),
        ]
    });
    let columns = [
        ("Evidence", 2),
        ("What it is and shows", 4),
        ("Kind", 2),
        ("Made, on what", 3),
        ("Result and examination", 4),
        ("Counts as", 2),
        ("File or address", 3),
        ("SHA-256", 4),
    ];
    page.table(caption, &columns, rows.collect());
}

/// Result of a tool and conclusion of a person, as recorded.
fn result(evidence: &Evidence) -> String {
    let outcome = evidence.result.map_or("", |it| it.value.word());
    let tool = parted(": ", [words(evidence.tool.as_ref()), outcome]);
    let examined = evidence.examined.as_ref().map_or_else(String::new, |it| {
        let who = parted(", ", [words(it.by.as_ref()), &date(it.on)]);
        let result = it.result.map_or("", |it| it.value.word());
        parted(": ", ["examined", &who, &parted(", ", [result, words(it.conclusion.as_ref())])])
    });
    parted("; ", [tool.as_str(), &examined])
}

/// What the engine made of it for this release.
fn counts(subject: &Subject<'_>, id: &str) -> Cell {
    match link(subject, id) {
        Some(Link { status: Some(it), .. }) => status(*it),
        _ => Cell::toned("not used", Tone::Muted),
    }
}

/// What the engine says of a piece of evidence.
pub(super) fn link<'a>(subject: &Subject<'a>, id: &str) -> Option<&'a Link> {
    subject.assessment.evidence.iter().find(|it| it.id == id && !id.is_empty())
}

fn place(evidence: &Evidence) -> Cell {
    Cell::text(parted(" ", [words(evidence.file.as_ref()), words(evidence.url.as_ref())]))
}

/// A piece of evidence by its id, with the first digits of its hash: `E-1 (0123456789ab)`.
pub(super) fn short(subject: &Subject<'_>, id: &str) -> String {
    let record = subject.loaded.dossier.evidence.iter().find(|it| words(it.id.as_ref()) == id);
    let recorded = record.and_then(|it| it.sha256.as_ref());
    let digits = match recorded {
        Some(recorded) => recorded.value.clone(),
        None => record.and_then(|it| it.file.as_ref()).and_then(|it| found(subject, it)).unwrap_or_default().to_owned(),
    };
    match digits.get(..SHORT).unwrap_or(&digits) {
        "" => id.to_owned(),
        digits => format!("{id} ({digits})"),
    }
}

/// The recorded hash, and whether the file is still that one.
pub(super) fn hash(subject: &Subject<'_>, file: Option<&Text>, sha256: Option<&Text>) -> Cell {
    let Some(file) = file.filter(|it| !files::is_address(&it.value)) else { return cell(sha256) };
    match (words(sha256), found(subject, file)) {
        ("", None) => Cell::toned("the file was not found", Tone::Unknown),
        ("", Some(found)) => Cell::toned(format!("{found} (found, not recorded)"), Tone::Fair),
        (recorded, None) => Cell::toned(format!("{recorded} (the file was not found)"), Tone::Unknown),
        (recorded, Some(found)) if recorded.eq_ignore_ascii_case(found) => Cell::text(recorded),
        (recorded, Some(found)) => Cell::toned(format!("{recorded} (found another file: {found})"), Tone::Bad),
    }
}

/// The hash of a file as it was found.
fn found<'a>(subject: &Subject<'a>, file: &Text) -> Option<&'a str> {
    let path = files::resolve(&subject.loaded.sources, file)?;
    match subject.files.get(&path) {
        FileFact::Present { sha256, .. } => Some(sha256),
        FileFact::Missing | FileFact::Outside | FileFact::Unreadable(_) => None,
    }
}

/// SBOM of every part of the release; a part without one is noted as missing.
pub(super) fn sboms(subject: &Subject<'_>, page: &mut Page) {
    let parts = subject.release().map_or(&[][..], |it| &it.part);
    let rows = parts.iter().filter_map(|part| Some((part, part.sbom.as_ref()?))).map(|(part, it)| {
        let complete = match it.complete.map(|it| it.value) {
            Some(true) => "at least the top-level dependencies",
            Some(false) => "not all top-level dependencies",
            None => "",
        };
        vec![
            Cell::text(name(part)),
            Cell::text(parted(" ", [words(it.file.as_ref()), &date(it.made)])),
            cell(it.format.as_ref()),
            cell(it.tool.as_ref()),
            Cell::text(complete),
            hash(subject, it.file.as_ref(), it.sha256.as_ref()),
        ]
    });
    let columns = [("Part", 3), ("File", 3), ("Format", 2), ("Tool", 2), ("Covers", 3), ("SHA-256", 4)];
    page.table("Software bills of materials", &columns, rows.collect());
    for part in parts.iter().filter(|it| it.sbom.is_none()) {
        page.missing(format_args!("`sbom` of {} in [[release.part]]", name(part)));
    }
    if parts.is_empty() {
        page.missing("[[release.part]] with `sbom`, for each part of the release");
    }
}

/// The search for known vulnerabilities in every part of the release.
pub(super) fn scans(subject: &Subject<'_>, page: &mut Page) {
    let parts = subject.release().map_or(&[][..], |it| &it.part);
    let rows = parts.iter().filter_map(|part| Some((part, part.scan.as_ref()?))).map(|(part, it)| {
        let approved = parted(", ", [words(it.approved_by.as_ref()), &date(it.approved_on)]);
        vec![
            Cell::text(name(part)),
            cell(it.tool.as_ref()),
            Cell::text(date(it.data_date)),
            Cell::text(date(it.matches)),
            Cell::text(date(it.judged)),
            Cell::text(date(it.exploitable)),
            Cell::text(approved),
            hash(subject, it.file.as_ref(), it.sha256.as_ref()),
        ]
    });
    let columns = [
        ("Part", 3),
        ("Tool", 2),
        ("Data of", 2),
        ("Matches", 1),
        ("Judged", 1),
        ("Exploitable", 1),
        ("Approved by", 3),
        ("SHA-256", 4),
    ];
    page.table("Searches for known vulnerabilities", &columns, rows.collect());
}

/// A part of a release with its version.
fn name(part: &ReleasePart) -> String {
    parted(" ", [words(part.part.as_ref()), words(part.version.as_ref())])
}

/// Texts that are not empty, with something between them.
pub(super) fn parted<'a>(between: &str, texts: impl IntoIterator<Item = &'a str>) -> String {
    texts.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(between)
}
