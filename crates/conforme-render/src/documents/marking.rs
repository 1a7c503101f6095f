//! The marking sheet: what has to stand on the product, its packaging, its documents and its offer, and where.

use super::page::{Page, row, words};
use super::{OWN_LANGUAGE, Subject};
use crate::document::Document;
use conforme_catalogue::{Provision, Stage};
use conforme_core::assessment::Status;

/// The sheet for the people who make labels, packaging, web pages and offers.
pub(super) fn document(subject: &Subject<'_>) -> Document {
    let speech = subject.speech(OWN_LANGUAGE);
    let say = |key: &str| speech.say(&format!("marking.{key}"));
    let dossier = &subject.loaded.dossier;
    let declaration = dossier.declaration.as_ref();
    let product = dossier.product.as_ref();
    let maker = dossier.manufacturer.as_ref();
    let handling = dossier.vulnerability_handling.as_ref();
    let mut page = Page::default();

    page.heading(1, say("ce"));
    page.heading(2, say("place"));
    page.told(declaration.and_then(|it| it.ce_marking.as_ref()), "`ce_marking` under [declaration]");
    rule(subject, "CRA-A30-1", &mut page);
    page.heading(2, title(subject, "CRA-A30-2"));
    rule(subject, "CRA-A30-2", &mut page);
    page.heading(2, title(subject, "CRA-A30-3"));
    rule(subject, "CRA-A30-3", &mut page);
    page.heading(2, title(subject, "CRA-A30-4"));
    body_number(subject, &mut page);

    page.heading(1, say("identification"));
    page.facts([row("Product", dossier.name()), row("Model", subject.models().join(", "))]);
    page.told(product.and_then(|it| it.identification.as_ref()), "`identification` under [product]");
    for variant in &dossier.variant {
        page.facts([row(words(variant.name.as_ref()), words(variant.identification.as_ref()))]);
    }
    rule(subject, "CRA-A13-15", &mut page);

    page.heading(1, say("contact"));
    page.told(maker.and_then(|it| it.name.as_ref()), "`name` under [manufacturer]");
    page.told(maker.and_then(|it| it.address.as_ref()), "`address` under [manufacturer]");
    page.told(maker.and_then(|it| it.email.as_ref()), "`email` under [manufacturer]");
    page.prose(words(maker.and_then(|it| it.website.as_ref())));
    rule(subject, "CRA-A13-16", &mut page);

    page.heading(1, title(subject, "CRA-A13-17"));
    let contact = handling.and_then(|it| it.single_point_of_contact.as_ref());
    page.told(contact, "`single_point_of_contact` under [vulnerability_handling]");
    rule(subject, "CRA-A13-17", &mut page);

    page.heading(1, title(subject, "CRA-A13-19"));
    support(subject, &mut page);
    rule(subject, "CRA-A13-19", &mut page);

    let passed = subject.passed(Stage::Placing) && !subject.is_voluntary();
    subject.document("marking-sheet".to_owned(), say("title"), &speech, passed, page)
}

/// The number of a notified body: the verdict says whether it belongs there, and which.
fn body_number(subject: &Subject<'_>, page: &mut Page) {
    match subject.assessment.verdict("CRA-A30-4") {
        Some(verdict) if matches!(verdict.status, Status::Met | Status::NotApplicable) => {
            page.paragraph(sentence(&verdict.because));
        }
        Some(verdict) => page.missing(&verdict.because),
        None => page.missing("it was not judged whether a number stands beside the marking"),
    }
    rule(subject, "CRA-A30-4", page);
}

/// Art. 13(19): the end of support with month and year, at the time of purchase.
fn support(subject: &Subject<'_>, page: &mut Page) {
    let dossier = &subject.loaded.dossier;
    let support = dossier.support.as_ref();
    let offer = dossier.product.as_ref().and_then(|it| it.offer.as_ref());
    let speech = subject.speech(OWN_LANGUAGE);
    match subject.support_end() {
        Some(end) => page.facts([row(speech.say("user_information.support_end"), speech.month(end.value))]),
        None => page.missing("`end` under [support]"),
    }
    page.told(support.and_then(|it| it.shown_at_purchase.as_ref()), "`shown_at_purchase` under [support]");
    page.facts([
        row("Address of the offer", words(offer)),
        row("Notice at the end of support", words(support.and_then(|it| it.end_notice.as_ref()))),
    ]);
}

/// The catalogue's own words on a rule, with its place in the law.
fn rule(subject: &Subject<'_>, id: &str, page: &mut Page) {
    if let Some(provision) = subject.law.provision(id) {
        page.info(format!("{} ({})", flowing(provision), provision.cites));
    }
}

/// The first paragraph of a record in one line: the law in own words. What recitals and guidance add comes after it.
pub(super) fn flowing(provision: &Provision) -> String {
    let law = provision.text.split("\n\n").next().unwrap_or_default();
    law.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn title(subject: &Subject<'_>, id: &str) -> String {
    subject.law.provision(id).map_or_else(|| id.to_owned(), |it| it.title.clone())
}

fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|it| it.to_uppercase().collect::<String>()).unwrap_or_default();
    format!("{first}{}.", letters.as_str().trim_end_matches('.'))
}
