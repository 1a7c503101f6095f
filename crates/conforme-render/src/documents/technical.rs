//! The technical documentation (Art. 31, Annex VII): every point of the outline, present with its number and heading.
//!
//! A point whose content the dossier lacks shows a note with the key to fill in; no point is ever left out.

use super::page::{Page, cell, date, joined, row, words};
use super::{OWN_LANGUAGE, Subject, declaration, evidence, marking, matrix, risk, user_information};
use crate::document::{Cell, Document, Tone};
use conforme_catalogue::{DocumentItem, Stage};
use conforme_core::assessment::Status;

mod conformity;
pub(super) mod design;

/// Headings of the points that only have letters: the outline lists the letters alone.
const GROUPS: [(&str, &str); 2] =
    [("1", "General description of the product"), ("2", "Design, development, production and vulnerability handling")];

/// The documentation, and while it is a draft the points that are open.
pub(super) fn document(subject: &Subject<'_>) -> Document {
    let outline = subject.law.documents.get(&"annex-vii".into());
    let mut page = Page::default();
    if let Some(outline) = outline {
        page.paragraph(format!("Content and numbering follow {}.", outline.cites));
    } else {
        page.missing("the catalogue has no outline of the technical documentation");
    }
    let mut group = "";
    for item in outline.map_or(&[][..], |it| &it.items) {
        let number = item.point.split('(').next().unwrap_or_default();
        let lettered = number != item.point;
        if lettered && group != number {
            let title = GROUPS.iter().find(|(it, _)| *it == number).map_or("", |(_, title)| title);
            page.heading(1, format!("{number} {title}"));
            if number == "1" {
                conformity::general(subject, &mut page);
            }
        }
        group = number;
        page.heading(if lettered { 2 } else { 1 }, format!("{} {}", item.point, item.heading));
        point(subject, item, &mut page);
    }
    let passed = subject.passed(Stage::Documentation);
    if !passed || page.lacks() {
        page.page_break();
        page.heading(1, "Open points of this draft");
        matrix::open_points(subject, Stage::Documentation, &mut page);
    }
    let title = outline.map_or("Technical documentation", |it| &it.title).to_owned();
    let speech = subject.speech(OWN_LANGUAGE);
    subject.document("technical-documentation".to_owned(), title, &speech, passed, page)
}

fn point(subject: &Subject<'_>, item: &DocumentItem, page: &mut Page) {
    let product = subject.loaded.dossier.product.as_ref();
    match item.point.as_str() {
        "1(a)" => {
            page.told(product.and_then(|it| it.purpose.as_ref()), "`purpose` under [product]");
            page.facts([
                row("Essential functions", words(product.and_then(|it| it.essential_functions.as_ref()))),
                row("Security properties", words(product.and_then(|it| it.security_properties.as_ref()))),
            ]);
        }
        "1(b)" => versions(subject, page),
        "1(c)" => photographs(subject, page),
        "1(d)" => information(subject, page),
        "2(a)" => design::design(subject, page),
        "2(b)" => design::vulnerability_handling(subject, page),
        "2(c)" => page.told(product.and_then(|it| it.production.as_ref()), "`production` under [product]"),
        "3" => {
            risk::content(subject, 2, page);
            page.heading(2, "How the essential cybersecurity requirements apply");
            let part_one = subject.essential().filter(|it| !design::is_part_two(it));
            matrix::implementation(subject, "Essential cybersecurity requirements of Annex I, Part I", part_one, page);
            page.paragraph("Those of Annex I, Part II stand under point 2(b).");
            risk::not_applicable(subject, page);
        }
        "4" => conformity::support(subject, page),
        "5" => conformity::specifications(subject, page),
        "6" => tests(subject, page),
        "7" => declaration::key_data(subject, page),
        "8" => sbom_on_request(subject, item, page),
        _ => page.missing(format_args!("this version of the program does not know what {} asks for", item.provision)),
    }
}

/// 1(b): the versions that bear on conformity, part by part.
fn versions(subject: &Subject<'_>, page: &mut Page) {
    let Some(release) = subject.release() else {
        page.missing("a `[[release]]` with its `version` and `[[release.part]]`");
        return;
    };
    page.facts([
        row("Release", words(release.version.as_ref())),
        row("First placing", date(release.placing)),
        row("Last placing", date(release.last_placing)),
        row("Update of", words(release.update_of.as_ref())),
        row("Substantial modification", super::page::yes(release.substantial_modification)),
        row("Why", words(release.modification_reason.as_ref())),
        row("Decided by", words(release.modification_decided_by.as_ref())),
    ]);
    let rows: Vec<Vec<Cell>> =
        release.part.iter().map(|it| vec![cell(it.part.as_ref()), cell(it.version.as_ref())]).collect();
    if rows.is_empty() {
        page.missing("`part` and `version` in [[release.part]], for each part of the release");
    }
    page.table("Parts and their versions", &[("Part", 3), ("Version or dated state", 3)], rows);
    for part in release.part.iter().filter(|it| words(it.version.as_ref()).is_empty()) {
        page.missing(format_args!("`version` of {} in [[release.part]]", words(part.part.as_ref())));
    }
    let updates = release
        .update
        .iter()
        .map(|it| vec![cell(it.version.as_ref()), Cell::text(date(it.issued)), Cell::text(date(it.available_until))]);
    page.table("Security updates", &[("Version", 3), ("Issued", 2), ("Available until", 2)], updates.collect());
}

/// 1(c): for hardware only.
fn photographs(subject: &Subject<'_>, page: &mut Page) {
    let dossier = &subject.loaded.dossier;
    let named = dossier.product.as_ref().map_or(&[][..], |it| &it.photographs);
    let shown = dossier.evidence.iter().filter(|it| named.iter().any(|name| name.value == words(it.id.as_ref())));
    evidence::table(subject, "Photographs and illustrations of outside, marking and inside", shown, page);
    match (conformity::product_kind(subject), named.is_empty()) {
        (None, _) => page.missing("`kind` under [product]: hardware or software"),
        (Some("software"), true) => page.paragraph("The product is software; there is no hardware to show."),
        (Some(_), true) => page.missing("`photographs` under [product]: outside, marking and inside"),
        (Some(_), false) => {}
    }
}

/// 1(d): what users are told, as it is told.
fn information(subject: &Subject<'_>, page: &mut Page) {
    let information = subject.loaded.dossier.user_information.as_ref();
    if information.is_none() {
        page.missing("[user_information]");
    }
    let files: Vec<String> = subject.languages().into_iter().map(|it| format!("user-information.{it}")).collect();
    page.facts([
        row("Manual", words(information.and_then(|it| it.manual.as_ref()))),
        row("SHA-256 of the manual", evidence::hash(subject, information.and_then(|it| it.manual.as_ref()), None).text),
        row("Languages of the instructions", joined(information.map_or(&[][..], |it| &it.languages))),
        row("Separate documents", files.join(", ")),
    ]);
    let mut lacks = Vec::new();
    let rows = user_information::items(subject).iter().map(|item| {
        let asked = user_information::asked(subject, item).unwrap_or_default();
        let mut told: Vec<String> = asked.iter().map(|(text, _)| words(*text).to_owned()).collect();
        match (item.point.as_str(), subject.support_end()) {
            ("7", Some(end)) => told.push(subject.speech(OWN_LANGUAGE).month(end.value)),
            ("7", None) => lacks.push("`end` under [support]"),
            ("8", _) => told.push("in the manual and the letters that follow".to_owned()),
            _ => {}
        }
        told.retain(|it| !it.is_empty());
        let verdict = subject.assessment.verdict(item.provision.as_str());
        if let Some(verdict) = verdict.filter(|it| told.is_empty() && it.status == Status::NotApplicable) {
            return vec![
                Cell::text(&item.point),
                Cell::text(&item.heading),
                Cell::toned(&verdict.because, Tone::Muted),
            ];
        }
        lacks.extend(asked.iter().filter(|(text, _)| words(*text).is_empty()).map(|(_, key)| *key));
        vec![Cell::text(&item.point), Cell::text(&item.heading), Cell::text(told.join("\n"))]
    });
    let rows: Vec<Vec<Cell>> = rows.collect();
    let columns = [("Point", 1), ("What users are told about", 4), ("Content", 8)];
    page.table("Information and instructions to the user", &columns, rows);
    for key in lacks {
        page.missing(key);
    }
}

/// 6: everything that verifies product and processes, with the reports' results.
fn tests(subject: &Subject<'_>, page: &mut Page) {
    let records = &subject.loaded.dossier.evidence;
    if records.is_empty() {
        page.missing("[[evidence]]: reports of the tests that verify the product and the vulnerability handling");
    }
    evidence::table(subject, "Test reports and other evidence", records.iter(), page);
    evidence::scans(subject, page);
}

/// 8: the SBOM is handed out on request; point 2(b) holds it in any case.
fn sbom_on_request(subject: &Subject<'_>, item: &DocumentItem, page: &mut Page) {
    if let Some(provision) = subject.law.provision(item.provision.as_str()) {
        page.paragraph(marking::flowing(provision));
    }
    let parts = subject.release().map_or(&[][..], |it| &it.part);
    let files = parts.iter().filter_map(|it| Some((it.part.as_ref()?, it.sbom.as_ref()?.file.as_ref()?)));
    page.list(files.map(|(part, file)| format!("{}: {}", part.value, file.value)));
}
