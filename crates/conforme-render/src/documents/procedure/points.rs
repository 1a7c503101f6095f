//! What the points of Annex VIII find in the dossier: documentation, production, marking, declaration, applicant, body.

use crate::document::{Block, Cell, Document, NoteKind, Tone};
use crate::documents::evidence::{self as proof, parted};
use crate::documents::page::{Page, date, joined, row, status, words};
use crate::documents::technical::{self, design};
use crate::documents::{Subject, matrix};
use conforme_catalogue::{DocumentItem, Stage};
use conforme_core::dossier::{Application, NotifiedBody};
use conforme_core::source::Text;

/// The points of the technical documentation, each with what it lacks.
pub(super) fn documentation(subject: &Subject<'_>, page: &mut Page) {
    let documentation = technical::document(subject);
    let outline = subject.law.documents.get(&"annex-vii".into());
    let rows = outline.map_or(&[][..], |it| &it.items).iter().map(|item| {
        let lacks = lacks(&documentation, &format!("{} {}", item.point, item.heading));
        let state = match lacks.as_slice() {
            [] => Cell::toned("nothing noted as missing", Tone::Good),
            _ => Cell::toned("gaps", Tone::Bad),
        };
        vec![Cell::text(&item.point), Cell::text(&item.heading), state, Cell::text(lacks.join("\n"))]
    });
    page.paragraph(format!(
        "The documentation is the separate document technical-documentation; its gate is {}. The risk assessment stands under point 3 \
         and as the separate document risk-assessment.",
        subject.gate(Stage::Documentation).word()
    ));
    let columns = [("Point", 1), ("Content", 5), ("State", 3), ("Gaps", 5)];
    page.table("Index of the technical documentation", &columns, rows.collect());
    if !subject.passed(Stage::Documentation) {
        page.missing("a technical documentation without open points; they stand at the end");
    }
    let documented = date(subject.release().and_then(|it| it.documented_on));
    page.facts([row("Complete since", documented)]);
}

/// What is noted as missing under a point: from its heading to the next point.
fn lacks<'a>(document: &'a Document, point: &str) -> Vec<&'a str> {
    let own = |it: &&Block| !matches!(it, Block::Heading { level, text } if *level <= 2 && text == point);
    let next = |it: &&Block| {
        let numbered = |text: &str| text.starts_with(|it: char| it.is_ascii_digit()) || text.starts_with("Open points");
        !matches!(it, Block::Heading { level, text } if *level <= 2 && numbered(text))
    };
    let under = document.blocks.iter().skip_while(own).skip(1).take_while(next);
    let notes = under.filter_map(|it| match it {
        Block::Note { kind: NoteKind::Missing, text } => Some(text.as_str()),
        _ => None,
    });
    notes.collect()
}

/// Production and its monitoring; for a type, also what is compared with it.
pub(super) fn production(subject: &Subject<'_>, to_type: bool, page: &mut Page) {
    let dossier = &subject.loaded.dossier;
    let control = dossier.route.as_ref().and_then(|it| it.production.as_ref());
    if to_type {
        if words(body_of(subject).and_then(|it| it.certificate.as_ref())).is_empty() {
            page.missing("`certificate` under [route.notified_body]: the type that units conform to");
        }
        certificate(subject, page);
    }
    page.told(dossier.product.as_ref().and_then(|it| it.production.as_ref()), "`production` under [product]");
    let key = if to_type {
        "`control` under [route.production]: how units are compared with the type"
    } else {
        "`control` under [route.production]: how production is monitored"
    };
    page.told(control.and_then(|it| it.control.as_ref()), key);
    page.facts([row("Units that differ", words(control.and_then(|it| it.deviations.as_ref())))]);
    let named = control.map_or(&[][..], |it| &it.evidence);
    records(subject, "Records of production and monitoring", named, "`evidence` under [route.production]", page);
    if !to_type {
        let part_two = subject.essential().filter(|it| design::is_part_two(it));
        matrix::implementation(subject, "Handling of vulnerabilities: Annex I, Part II", part_two, page);
    }
    verdicts(subject, "Series production", &["CRA-A13-14"], page);
    if !subject.essential_met() {
        page.missing("every essential requirement shown to be met or not applicable; the open points stand at the end");
    }
}

/// Evidence by its names, as a table; a note when there is none.
pub(super) fn records(subject: &Subject<'_>, caption: &str, named: &[Text], key: &str, page: &mut Page) {
    let known = subject.loaded.dossier.evidence.iter();
    let found: Vec<_> = known.filter(|it| named.iter().any(|name| name.value == words(it.id.as_ref()))).collect();
    if found.is_empty() {
        page.missing(key);
    }
    proof::table(subject, caption, found.into_iter(), page);
}

fn verdicts(subject: &Subject<'_>, caption: &str, ids: &[&str], page: &mut Page) {
    let found = ids.iter().filter_map(|it| subject.assessment.verdict(it));
    let rows =
        found.map(|it| vec![Cell::text(&it.cites), Cell::text(&it.title), status(it.status), Cell::text(&it.because)]);
    page.table(caption, &[("Place in the law", 3), ("Title", 4), ("Status", 2), ("Because", 6)], rows.collect());
}

/// Where the marking stands, and whether a number follows it.
pub(super) fn marking(subject: &Subject<'_>, page: &mut Page) {
    let declaration = subject.loaded.dossier.declaration.as_ref();
    page.told(declaration.and_then(|it| it.ce_marking.as_ref()), "`ce_marking` under [declaration]");
    verdicts(subject, "CE marking", &["CRA-A30-1", "CRA-A30-2", "CRA-A30-3", "CRA-A30-4"], page);
}

/// What the dossier says of the declaration, and where it is kept.
pub(super) fn declaration(subject: &Subject<'_>, page: &mut Page) {
    let declaration = subject.loaded.dossier.declaration.as_ref();
    page.facts([
        row("Model", subject.models().join(", ")),
        row("Number", words(declaration.and_then(|it| it.number.as_ref()))),
        row("Place and date of issue", subject.place_and_date()),
        row("Signed by", words(declaration.and_then(|it| it.signatory.as_ref()))),
        row("Function", words(declaration.and_then(|it| it.function.as_ref()))),
    ]);
    // An application is made before anything is declared; the records of modules A and C have a later gate.
    if subject.release().is_none_or(|it| it.declared_on.is_none()) {
        page.info("The declaration has not been signed yet: the release has no `declared_on`.");
    }
    verdicts(subject, "EU declaration of conformity", &["CRA-A28-1", "CRA-A28-2", "CRA-A13-12"], page);
    kept(subject, page);
}

/// Where and until when documents are kept for the authorities.
pub(super) fn kept(subject: &Subject<'_>, page: &mut Page) {
    let documents = subject.loaded.dossier.documents.as_ref();
    page.told(documents.and_then(|it| it.kept_at.as_ref()), "`kept_at` under [documents]");
    match documents.and_then(|it| it.kept_until) {
        Some(until) => page.facts([row("Kept until", until.value.to_string())]),
        None => page.missing("`kept_until` under [documents]"),
    }
}

pub(super) fn representative(subject: &Subject<'_>, page: &mut Page) {
    match &subject.loaded.dossier.authorised_representative {
        None => page.paragraph("No authorised representative is named."),
        Some(it) => {
            page.told(it.name.as_ref(), "`name` under [authorised_representative]");
            page.facts([row("Address", words(it.address.as_ref())), row("Mandate", joined(&it.mandate))]);
        }
    }
}

pub(super) fn applicant(subject: &Subject<'_>, page: &mut Page) {
    let maker = subject.loaded.dossier.manufacturer.as_ref();
    page.told(maker.and_then(|it| it.name.as_ref()), "`name` under [manufacturer]");
    page.told(maker.and_then(|it| it.address.as_ref()), "`address` under [manufacturer]");
    page.facts([row("Contact", words(maker.and_then(|it| it.email.as_ref())))]);
    if application(subject).is_some_and(|it| it.by_representative.is_some_and(|it| it.value)) {
        let by = subject.loaded.dossier.authorised_representative.as_ref();
        page.paragraph("The authorised representative lodges this application.");
        page.told(by.and_then(|it| it.name.as_ref()), "`name` under [authorised_representative]");
        page.told(by.and_then(|it| it.address.as_ref()), "`address` under [authorised_representative]");
    }
}

/// The statement stands there only when the dossier makes it.
pub(super) fn no_parallel(subject: &Subject<'_>, item: &DocumentItem, page: &mut Page) {
    match (application(subject).and_then(|it| it.no_parallel).map(|it| it.value), &item.states) {
        (Some(true), Some(statement)) => page.legal(statement),
        (Some(true), None) => page.missing("the catalogue has no wording of the statement"),
        (Some(false), _) => {
            page.missing(
                "the statement: `no_parallel` under [route.application] says that another body has the application",
            );
        }
        (None, _) => page.missing("`no_parallel = true` under [route.application], once it is true"),
    }
}

pub(super) fn body(subject: &Subject<'_>, page: &mut Page) {
    let body = body_of(subject);
    page.told(body.and_then(|it| it.name.as_ref()), "`name` under [route.notified_body]");
    page.facts([
        row("Number", words(body.and_then(|it| it.number.as_ref()))),
        row("Lodged on", date(application(subject).and_then(|it| it.lodged_on))),
    ]);
}

/// Certificate or approval; before the decision there is none.
pub(super) fn certificate(subject: &Subject<'_>, page: &mut Page) {
    let body = body_of(subject);
    if words(body.and_then(|it| it.certificate.as_ref())).is_empty() {
        page.info("No certificate has been issued yet: `certificate` under [route.notified_body] is empty.");
    }
    page.facts([
        row(
            "Notified body",
            parted(", ", [words(body.and_then(|it| it.name.as_ref())), words(body.and_then(|it| it.number.as_ref()))]),
        ),
        row("Certificate", words(body.and_then(|it| it.certificate.as_ref()))),
        row("Issued", date(body.and_then(|it| it.issued))),
        row("Valid until", date(body.and_then(|it| it.valid_until))),
        row("Conditions", words(body.and_then(|it| it.conditions.as_ref()))),
    ]);
}

/// Everything that shows conformity: evidence, SBOMs and scans, each with its hash.
pub(super) fn evidence(subject: &Subject<'_>, page: &mut Page) {
    let all = &subject.loaded.dossier.evidence;
    if all.is_empty() {
        page.missing("[[evidence]]");
    }
    proof::table(subject, "Index of the evidence", all.iter(), page);
    proof::sboms(subject, page);
    proof::scans(subject, page);
}

/// What the approved system is about.
pub(super) fn system(subject: &Subject<'_>, page: &mut Page) {
    let end = subject.support_end().map_or_else(String::new, |it| it.value.to_string());
    if end.is_empty() {
        page.missing("`end` under [support]");
    }
    page.facts([row("Products", subject.models().join(", ")), row("End of the support period", end)]);
    verdicts(subject, "Handling of vulnerabilities through the support period", &["CRA-A13-8"], page);
}

/// The decision of the body on the quality system.
pub(super) fn decision(subject: &Subject<'_>, page: &mut Page) {
    let visited = application(subject).map_or(&[][..], |it| &it.premises);
    page.facts([row("Premises", joined(visited))]);
    certificate(subject, page);
}

/// A list of the dossier; a note when it is empty.
pub(super) fn listed(items: &[Text], key: &str, page: &mut Page) {
    if items.iter().all(|it| it.value.trim().is_empty()) {
        page.missing(key);
    }
    page.list(items.iter().map(|it| it.value.as_str()));
}

/// The applicant signs.
pub(super) fn signature(subject: &Subject<'_>, page: &mut Page) {
    let dossier = &subject.loaded.dossier;
    let by = dossier.declaration.as_ref();
    let person = [words(by.and_then(|it| it.signatory.as_ref())), words(by.and_then(|it| it.function.as_ref()))];
    let rows = vec![
        row("Applicant", words(dossier.manufacturer.as_ref().and_then(|it| it.name.as_ref()))),
        row("Date", date(application(subject).and_then(|it| it.lodged_on))),
        row("Name and function", parted(", ", person)),
    ];
    page.signature(rows, "Signature".to_owned());
}

fn application<'a>(subject: &Subject<'a>) -> Option<&'a Application> {
    subject.loaded.dossier.route.as_ref()?.application.as_ref()
}

fn body_of<'a>(subject: &Subject<'a>) -> Option<&'a NotifiedBody> {
    subject.loaded.dossier.route.as_ref()?.notified_body.as_ref()
}
