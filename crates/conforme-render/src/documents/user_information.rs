//! Information and instructions to the user (Annex II, Art. 13(18)), point by point.
//!
//! Labels speak the language asked for; what the manufacturer wrote is shown as it is written. Headings prescribe nothing,
//! so a language that nobody has checked does not make this document a draft.

use super::Subject;
use super::page::{Page, row, words};
use super::speech::Speech;
use crate::document::Document;
use conforme_catalogue::{DocumentItem, Stage};
use conforme_core::assessment::Status;
use conforme_core::source::Text;

/// A thing a point asks for, and the key of the dossier where it stands.
type Asked<'a> = (Option<&'a Text>, &'static str);

/// The information, with all points in the order of the annex.
pub(super) fn document(subject: &Subject<'_>, language: &str) -> Document {
    let speech = subject.speech(language);
    let mut page = Page::default();
    for item in items(subject) {
        let level = if item.point.contains('(') { 2 } else { 1 };
        let key: String = item.point.chars().filter(|it| it.is_ascii_alphanumeric()).collect();
        page.heading(level, format!("{} {}", item.point, speech.say(&format!("user_information.p{key}"))));
        point(subject, &speech, item, &mut page);
    }
    let title = speech.say("user_information.title");
    // Labels in a language do not put the contents into it: the dossier says in which languages the information exists.
    let exists =
        subject.loaded.dossier.user_information.iter().flat_map(|it| &it.languages).any(|it| it.value == language);
    let passed = subject.passed(Stage::Placing) && exists;
    subject.document(format!("user-information.{language}"), title, &speech, passed, page)
}

/// The points of the annex.
pub(super) fn items<'a>(subject: &Subject<'a>) -> &'a [DocumentItem] {
    subject.law.documents.get(&"annex-ii".into()).map_or(&[][..], |it| &it.items)
}

fn point(subject: &Subject<'_>, speech: &Speech<'_>, item: &DocumentItem, page: &mut Page) {
    let dossier = &subject.loaded.dossier;
    let verdict = subject.assessment.verdict(item.provision.as_str());
    let Some(asked) = asked(subject, item) else {
        page.missing(format_args!("this version of the program does not know what {} asks for", item.provision));
        return;
    };
    let said = asked.iter().filter(|(text, _)| !words(*text).is_empty());
    let nothing_said = said.count() == 0;
    if nothing_said && verdict.is_some_and(|it| it.status == Status::NotApplicable) {
        // Where the declaration itself goes with the product, its address need not be told.
        let full = item.point == "6" && subject.full_copy();
        page.paragraph(speech.say(if full { "declaration.title" } else { "declaration.none" }));
        return;
    }
    if item.point == "3" {
        page.facts([row(speech.say("declaration.models"), subject.models().join(", "))]);
    }
    for (text, key) in &asked {
        page.told(*text, key);
    }
    match item.point.as_str() {
        "1" => page.prose(words(dossier.manufacturer.as_ref().and_then(|it| it.website.as_ref()))),
        "7" => match subject.support_end() {
            Some(end) => page.facts([row(speech.say("user_information.support_end"), speech.month(end.value))]),
            None => page.missing("`end` under [support]"),
        },
        "8" => page.prose(words(dossier.user_information.as_ref().and_then(|it| it.manual.as_ref()))),
        _ => {}
    }
}

/// What a point asks for; nothing for a point the program does not know.
pub(super) fn asked<'a>(subject: &Subject<'a>, item: &DocumentItem) -> Option<Vec<Asked<'a>>> {
    let dossier = &subject.loaded.dossier;
    let maker = dossier.manufacturer.as_ref();
    let product = dossier.product.as_ref();
    let handling = dossier.vulnerability_handling.as_ref();
    let support = dossier.support.as_ref();
    let information = dossier.user_information.as_ref();
    Some(match item.point.as_str() {
        "1" => vec![
            (maker.and_then(|it| it.name.as_ref()), "`name` under [manufacturer]"),
            (maker.and_then(|it| it.address.as_ref()), "`address` under [manufacturer]"),
            (maker.and_then(|it| it.email.as_ref()), "`email` under [manufacturer]"),
        ],
        "2" => vec![
            (handling.and_then(|it| it.contact.as_ref()), "`contact` under [vulnerability_handling]"),
            (
                handling.and_then(|it| it.policy_url.as_ref().or(it.policy.as_ref())),
                "`policy` under [vulnerability_handling]",
            ),
            // Art. 13(17) wants the single point of contact among this information.
            (
                handling.and_then(|it| it.single_point_of_contact.as_ref()),
                "`single_point_of_contact` under [vulnerability_handling]",
            ),
        ],
        "3" => vec![
            (product.and_then(|it| it.name.as_ref()), "`name` under [product]"),
            (product.and_then(|it| it.identification.as_ref()), "`identification` under [product]"),
        ],
        "4" => vec![
            (product.and_then(|it| it.purpose.as_ref()), "`purpose` under [product]"),
            (product.and_then(|it| it.essential_functions.as_ref()), "`essential_functions` under [product]"),
            (product.and_then(|it| it.security_properties.as_ref()), "`security_properties` under [product]"),
        ],
        "5" => vec![(information.and_then(|it| it.circumstances.as_ref()), "`circumstances` under [user_information]")],
        "6" => {
            vec![(information.and_then(|it| it.declaration_url.as_ref()), "`declaration_url` under [user_information]")]
        }
        "7" => vec![(support.and_then(|it| it.kind.as_ref()), "`kind` under [support]")],
        "8" => Vec::new(),
        "8(a)" => vec![(information.and_then(|it| it.secure_use.as_ref()), "`secure_use` under [user_information]")],
        "8(b)" => vec![(information.and_then(|it| it.changes.as_ref()), "`changes` under [user_information]")],
        "8(c)" => vec![(information.and_then(|it| it.updates.as_ref()), "`updates` under [user_information]")],
        "8(d)" => {
            vec![(information.and_then(|it| it.decommissioning.as_ref()), "`decommissioning` under [user_information]")]
        }
        "8(e)" => {
            vec![(
                information.and_then(|it| it.automatic_updates.as_ref()),
                "`automatic_updates` under [user_information]",
            )]
        }
        "8(f)" => vec![(information.and_then(|it| it.integration.as_ref()), "`integration` under [user_information]")],
        "9" => vec![(information.and_then(|it| it.sbom.as_ref()), "`sbom` under [user_information]")],
        _ => return None,
    })
}
