//! The EU declaration of conformity (Art. 28, Annex V) and the simplified one (Art. 13(20), Annex VI).

use super::page::{Page, date, row, words};
use super::speech::Speech;
use super::{Subject, draft};
use crate::document::Document;
use conforme_catalogue::Stage;
use conforme_core::dossier::{Module, NotifiedBody};
use conforme_core::finding::fill;

mod acts;

/// The declaration, point by point in the order of the annex.
pub(super) fn full(subject: &Subject<'_>, language: &str) -> Document {
    let speech = subject.speech(language);
    let mut page = Page::default();
    let items = subject.law.documents.get(&"annex-v".into()).map_or(&[][..], |it| &it.items);
    for item in items {
        let number = item.point.as_str();
        let label = |key: &str| format!("{number}. {}", speech.say(&format!("declaration.{key}")));
        match item.provision.as_str() {
            "CRA-ANNEX-V-1" => {
                page.heading(1, label("product"));
                product(subject, &speech, &mut page);
            }
            "CRA-ANNEX-V-2" => {
                page.heading(1, label("manufacturer"));
                operators(subject, &mut page);
            }
            "CRA-ANNEX-V-3" => page.legal(label("responsibility")),
            "CRA-ANNEX-V-4" => {
                page.heading(1, label("object"));
                object(subject, &mut page);
            }
            "CRA-ANNEX-V-5" => {
                page.legal(label("conformity"));
                acts::acts(subject, &speech, &mut page);
                page.legal(speech.say("declaration.essential"));
            }
            "CRA-ANNEX-V-6" => {
                page.heading(1, label("standards"));
                or_none(subject.presuming(), &speech, &mut page);
            }
            "CRA-ANNEX-V-7" => {
                page.heading(1, label("notified_body"));
                notified_body(subject, &speech, &mut page);
            }
            "CRA-ANNEX-V-8" => {
                page.heading(1, label("additional"));
                additional(subject, &speech, &mut page);
                signature(subject, &speech, &mut page);
            }
            // An act of the Commission may add a point; an overlay can then bring it before the program knows it.
            _ => {
                page.heading(1, format!("{number}. {}", item.heading));
                page.missing(format_args!(
                    "this version of the program does not know what {} asks for",
                    item.provision
                ));
            }
        }
    }
    if items.is_empty() {
        page.missing("the catalogue has no outline of the declaration");
    }
    let number = words(subject.loaded.dossier.declaration.as_ref().and_then(|it| it.number.as_ref()));
    let title = speech.say("declaration.title");
    let title = if number.is_empty() { title } else { format!("{title} – {number}") };
    let passed = subject.declarable(&speech, "declaration");
    subject.document(format!("declaration.{language}"), title, &speech, passed, page)
}

/// The simplified declaration: one sentence and the address of the full text.
pub(super) fn simplified(subject: &Subject<'_>, language: &str) -> Document {
    let speech = subject.speech(language);
    let mut page = Page::default();
    let manufacturer = words(subject.loaded.dossier.manufacturer.as_ref().and_then(|it| it.name.as_ref()));
    let mut product = subject.loaded.dossier.name().to_owned();
    let models = subject.models();
    if !models.is_empty() {
        product += &format!(" ({})", models.join(", "));
    }
    let names = [("manufacturer", or_dots(manufacturer)), ("product", product.as_str())];
    page.legal(fill(&speech.say("simplified.sentence"), &names));
    if manufacturer.is_empty() {
        page.missing("`name` under [manufacturer]");
    }
    let url = subject.declaration_url();
    page.legal(fill(&speech.say("simplified.address"), &[("url", or_dots(url.unwrap_or_default()))]));
    if url.is_none() {
        page.missing("`declaration_url` under [user_information], the web address of the declaration");
    }
    let passed = subject.declarable(&speech, "simplified");
    let title = speech.say("simplified.title");
    subject.document(format!("simplified-declaration.{language}"), title, &speech, passed, page)
}

/// Point 1: name and type, all models of a family, the version, what else identifies it.
fn product(subject: &Subject<'_>, speech: &Speech<'_>, page: &mut Page) {
    let dossier = &subject.loaded.dossier;
    let product = dossier.product.as_ref();
    match words(product.and_then(|it| it.name.as_ref())) {
        "" => page.missing("`name` under [product]"),
        name => match subject.release() {
            Some(_) => page.paragraph(format!("{name}, {}", subject.assessment.release)),
            None => {
                page.paragraph(name);
                page.missing("a `[[release]]` with its `version`");
            }
        },
    }
    page.facts([row(speech.say("declaration.models"), subject.models().join(", "))]);
    page.told(product.and_then(|it| it.identification.as_ref()), "`identification` under [product]");
    let variants = dossier.variant.iter().filter_map(|it| Some((it.name.as_ref()?, it.identification.as_ref()?)));
    page.list(variants.map(|(name, identification)| format!("{}: {}", name.value, identification.value)));
}

/// Point 2: the manufacturer, and its authorised representative if there is one.
fn operators(subject: &Subject<'_>, page: &mut Page) {
    let dossier = &subject.loaded.dossier;
    let maker = dossier.manufacturer.as_ref();
    page.told(maker.and_then(|it| it.name.as_ref()), "`name` under [manufacturer]");
    page.told(maker.and_then(|it| it.address.as_ref()), "`address` under [manufacturer]");
    if let Some(representative) = &dossier.authorised_representative {
        page.told(representative.name.as_ref(), "`name` under [authorised_representative]");
        page.told(representative.address.as_ref(), "`address` under [authorised_representative]");
    }
}

/// Point 4: the object, traceable.
fn object(subject: &Subject<'_>, page: &mut Page) {
    let dossier = &subject.loaded.dossier;
    match words(dossier.declaration.as_ref().and_then(|it| it.object.as_ref())) {
        "" => {
            let models = subject.models().join(", ");
            let parts = [dossier.name(), models.as_str(), subject.assessment.release.as_str()];
            page.paragraph(parts.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(", "));
        }
        object => page.prose(object),
    }
}

/// Point 7: only where a notified body took part.
fn notified_body(subject: &Subject<'_>, speech: &Speech<'_>, page: &mut Page) {
    let say = |key: &str| speech.say(&format!("declaration.{key}"));
    match third_party(subject) {
        Some(body) => {
            let issued = [words(body.certificate.as_ref()).to_owned(), date(body.issued)];
            let certificate = issued.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(", ");
            page.facts([
                row(say("notified_body"), words(body.name.as_ref())),
                row(say("nb_number"), words(body.number.as_ref())),
                row(say("nb_procedure"), module(subject)),
                row(say("nb_certificate"), certificate),
            ]);
            let wanted = [("name", &body.name), ("number", &body.number), ("certificate", &body.certificate)];
            for (key, _) in wanted.into_iter().filter(|(_, text)| words(text.as_ref()).is_empty()) {
                page.missing(format_args!("`{key}` under [route.notified_body]"));
            }
        }
        None => {
            page.paragraph(say("none"));
            page.facts([row(say("procedure"), module(subject))]);
            match subject.loaded.dossier.route.as_ref().and_then(|it| it.module).map(|it| it.value) {
                None => page.missing("`module` under [route]"),
                Some(Module::BC | Module::H) => {
                    page.missing("[route.notified_body] with `name`, `number` and `certificate`")
                }
                Some(_) => {}
            }
        }
    }
}

/// The notified body, where the procedure has one.
fn third_party<'a>(subject: &Subject<'a>) -> Option<&'a NotifiedBody> {
    let route = subject.loaded.dossier.route.as_ref()?;
    let takes_part = matches!(route.module?.value, Module::BC | Module::H);
    route.notified_body.as_ref().filter(|_| takes_part)
}

fn body(subject: &Subject<'_>) -> String {
    let Some(body) = third_party(subject) else { return String::new() };
    let parts = [words(body.name.as_ref()), words(body.number.as_ref())];
    parts.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(", ")
}

/// The procedure and where it stands: `A (Regulation (EU) 2024/2847, Annex VIII, Part I)`.
fn module(subject: &Subject<'_>) -> String {
    let route = subject.loaded.dossier.route.as_ref();
    let Some(word) = route.and_then(|it| it.module).map(|it| it.value.word()) else { return String::new() };
    let records = word.split('+').filter_map(|it| subject.law.provision(&format!("CRA-ANNEX-VIII-{it}")));
    let places: Vec<&str> = records.map(|it| it.cites.as_str()).collect();
    if places.is_empty() { word.to_owned() } else { format!("{word} ({})", places.join("; ")) }
}

/// Point 8: what else is said. The sentence on the AI Act stands only where Annex I is met (Art. 12(1)).
fn additional(subject: &Subject<'_>, speech: &Speech<'_>, page: &mut Page) {
    let declaration = subject.loaded.dossier.declaration.as_ref();
    let text = words(declaration.and_then(|it| it.additional.as_ref()));
    let covers_ai = declaration.is_some_and(|it| it.covers_ai_act.is_some_and(|it| it.value));
    page.prose(text);
    if covers_ai && subject.essential_met() {
        page.legal(speech.say("declaration.ai_statement"));
    } else if covers_ai {
        let open = subject.essential().filter(|it| !draft::holds(it)).count();
        page.missing(format_args!("the statement on the AI Act: {open} points of Annex I are not shown to be met"));
    } else if text.is_empty() {
        page.paragraph(speech.say("declaration.none"));
    }
}

fn signature(subject: &Subject<'_>, speech: &Speech<'_>, page: &mut Page) {
    let say = |key: &str| speech.say(&format!("declaration.{key}"));
    let dossier = &subject.loaded.dossier;
    let declaration = dossier.declaration.as_ref();
    let signatory = words(declaration.and_then(|it| it.signatory.as_ref()));
    let function = words(declaration.and_then(|it| it.function.as_ref()));
    let place = words(declaration.and_then(|it| it.place_of_issue.as_ref()));
    let signed = subject.release().and_then(|it| it.declared_on);
    let lacks = [
        (signatory.is_empty(), "`signatory` under [declaration]"),
        (function.is_empty(), "`function` under [declaration]"),
        (place.is_empty(), "`place_of_issue` under [declaration]"),
        (signed.is_none(), "`declared_on` in the release, the day it is signed"),
    ];
    for (_, key) in lacks.into_iter().filter(|(lacks, _)| *lacks) {
        page.missing(key);
    }
    let person = [signatory, function].into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(", ");
    let maker = words(dossier.manufacturer.as_ref().and_then(|it| it.name.as_ref()));
    let rows = vec![
        row(say("signed_for"), maker),
        row(say("place_date"), subject.place_and_date()),
        row(say("name_function"), person),
    ];
    page.signature(rows, say("signature"));
}

/// What stands in the sentence while its name is missing.
fn or_dots(text: &str) -> &str {
    if text.is_empty() { "…" } else { text }
}

fn or_none(items: Vec<String>, speech: &Speech<'_>, page: &mut Page) {
    if items.is_empty() {
        page.paragraph(speech.say("declaration.none"));
    } else {
        page.list(items);
    }
}

/// What the technical documentation says of the declaration (Annex VII, point 7).
pub(super) fn key_data(subject: &Subject<'_>, page: &mut Page) {
    let dossier = &subject.loaded.dossier;
    let declaration = dossier.declaration.as_ref();
    let documents = dossier.documents.as_ref();
    if subject.is_voluntary() {
        page.paragraph("The product is not placed on the market, so there is no EU declaration of conformity.");
        return;
    }
    let files: Vec<String> = subject.languages().into_iter().map(|it| format!("declaration.{it}")).collect();
    page.paragraph(format!(
        "The EU declaration of conformity is part of this documentation as a separate document: {}.",
        files.join(", ")
    ));
    page.facts([
        row("Number", words(declaration.and_then(|it| it.number.as_ref()))),
        row("Place and date of issue", subject.place_and_date()),
        row("Signed by", words(declaration.and_then(|it| it.signatory.as_ref()))),
        row("Function", words(declaration.and_then(|it| it.function.as_ref()))),
        row("Conformity assessment procedure", module(subject)),
        row("Notified body", body(subject)),
        row("Kept at", words(documents.and_then(|it| it.kept_at.as_ref()))),
        row("Kept until", date(documents.and_then(|it| it.kept_until))),
    ]);
    if subject.release().is_none_or(|it| it.declared_on.is_none()) {
        // Documentation comes before declaration (Art. 13(12)): at its own gate this is no gap.
        page.info("The declaration has not been signed yet: the release has no `declared_on`.");
    } else if !subject.passed(Stage::Declaration) {
        page.info("The release names a day of signature, and the assessment has open points before a declaration.");
    }
}
