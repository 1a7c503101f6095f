//! What goes with the product: identification, contacts, the information of Annex II, the support end, the declaration.

use super::{fact, given, missing};
use crate::assessment::Status;
use crate::codes;
use crate::evidence::{Recorded, recorded};
use crate::files::is_address;
use crate::finding::Reporter;
use crate::inquiry::{Answer, Inquiry};
use crate::source::Text;
use conforme_catalogue::Provision;

/// 13(15): a type, batch or serial number, or another element that identifies the product.
pub(super) fn identification(inquiry: &Inquiry<'_>, _: &Provision, _: &mut Reporter<'_>) -> Answer {
    let own = inquiry.variant.and_then(|it| it.identification.as_ref());
    let product = inquiry.dossier.product.as_ref();
    match given(own.or_else(|| product.and_then(|it| it.identification.as_ref()))) {
        Some(text) => Answer::met(text.value.clone()).at(Some(text.place)),
        None => Answer::not_met("`identification` is missing under [product]")
            .at(inquiry.place_of(product.map(|it| it.place))),
    }
}

/// 13(16): name, postal address, a digital contact, the website if there is one.
pub(super) fn manufacturer_contact(inquiry: &Inquiry<'_>, _: &Provision, _: &mut Reporter<'_>) -> Answer {
    let maker = inquiry.dossier.manufacturer.as_ref();
    let lacks = missing(&[
        ("name", maker.and_then(|it| it.name.as_ref())),
        ("address", maker.and_then(|it| it.address.as_ref())),
        ("email", maker.and_then(|it| it.email.as_ref())),
    ]);
    let quoted: Vec<String> = lacks.iter().map(|it| format!("`{it}` under [manufacturer]")).collect();
    let quoted: Vec<&str> = quoted.iter().map(String::as_str).collect();
    let name = maker.and_then(|it| it.name.as_ref()).map_or("", |it| it.value.as_str());
    Answer::complete(&quoted, format!("{name}, with postal and digital address"))
        .at(inquiry.place_of(maker.map(|it| it.place)))
}

/// 13(17): one point of contact that users can choose freely.
pub(super) fn single_contact(inquiry: &Inquiry<'_>, _: &Provision, _: &mut Reporter<'_>) -> Answer {
    let handling = inquiry.dossier.vulnerability_handling.as_ref();
    match given(handling.and_then(|it| it.single_point_of_contact.as_ref())) {
        Some(text) => Answer::met(text.value.clone()).at(Some(text.place)),
        None => Answer::not_met("`single_point_of_contact` is missing under [vulnerability_handling]")
            .at(inquiry.place_of(handling.map(|it| it.place))),
    }
}

/// 13(18): the information exists, in the languages of the markets.
pub(super) fn user_information(inquiry: &Inquiry<'_>, _: &Provision, reporter: &mut Reporter<'_>) -> Answer {
    let information = inquiry.dossier.user_information.as_ref();
    let place = inquiry.place_of(information.map(|it| it.place));
    let Some(information) = information else {
        return Answer::not_met("there is no section [user_information]").at(place);
    };
    let mut status = Status::Met;
    let mut because = "the information of Annex II goes with the product".to_owned();
    let mut chain = Vec::new();
    if let Some(manual) = given(information.manual.as_ref()) {
        chain.push(fact("manual", manual.value.clone(), manual.place));
        if !is_address(&manual.value) && recorded(inquiry, manual, None, reporter) == Recorded::Lost {
            (status, because) = (Status::Unknown, format!("the manual `{}` is not there", manual.value));
        }
    }
    let mut absent = Vec::new();
    for market in inquiry.dossier.product.iter().flat_map(|it| &it.markets) {
        let spoken = inquiry.law.languages_of(&market.value);
        if spoken.is_empty() {
            reporter.report(codes::UNKNOWN_MARKET, Some(market.place), &[("market", &market.value)]);
        } else if !spoken.iter().any(|it| information.languages.iter().any(|own| own.value == **it)) {
            let language = spoken.join(" or ");
            let names = [("language", language.as_str()), ("market", &market.value)];
            reporter.report(codes::LANGUAGE_MISSING, Some(information.place), &names);
            absent.push(language);
        }
    }
    if !absent.is_empty() && status == Status::Met {
        (status, because) = (Status::NotMet, format!("no information in {}", absent.join(", ")));
    }
    Answer::with(status, because).at(place).chain(chain)
}

/// Annex II, point by point. What another section says counts.
pub(super) fn item(inquiry: &Inquiry<'_>, provision: &Provision, _: &mut Reporter<'_>) -> Answer {
    let dossier = inquiry.dossier;
    let information = dossier.user_information.as_ref();
    let product = dossier.product.as_ref();
    let maker = dossier.manufacturer.as_ref();
    let handling = dossier.vulnerability_handling.as_ref();
    let support = dossier.support.as_ref();
    let told = |key: &'static str, text: Option<&'_ Text>| (key, text.cloned());
    let point = provision.id.as_str().strip_prefix("CRA-ANNEX-II-").unwrap_or_default();
    let wanted: Vec<(&str, Option<Text>)> = match point {
        "1" => vec![
            told("`name` under [manufacturer]", maker.and_then(|it| it.name.as_ref())),
            told("`address` under [manufacturer]", maker.and_then(|it| it.address.as_ref())),
            told("`email` under [manufacturer]", maker.and_then(|it| it.email.as_ref())),
        ],
        "2" => vec![
            told("`contact` under [vulnerability_handling]", handling.and_then(|it| it.contact.as_ref())),
            told("`policy` under [vulnerability_handling]", handling.and_then(|it| it.policy.as_ref())),
        ],
        "3" => vec![
            told("`name` under [product]", product.and_then(|it| it.name.as_ref())),
            told("`identification` under [product]", product.and_then(|it| it.identification.as_ref())),
        ],
        "4" => vec![
            told("`purpose` under [product]", product.and_then(|it| it.purpose.as_ref())),
            told("`essential_functions` under [product]", product.and_then(|it| it.essential_functions.as_ref())),
            told("`security_properties` under [product]", product.and_then(|it| it.security_properties.as_ref())),
        ],
        "5" => {
            vec![told("`circumstances` under [user_information]", information.and_then(|it| it.circumstances.as_ref()))]
        }
        "6" => vec![told(
            "`declaration_url` under [user_information]",
            information.and_then(|it| it.declaration_url.as_ref()),
        )],
        "7" => vec![told("`kind` under [support]", support.and_then(|it| it.kind.as_ref()))],
        "8-a" => vec![told("`secure_use` under [user_information]", information.and_then(|it| it.secure_use.as_ref()))],
        "8-b" => vec![told("`changes` under [user_information]", information.and_then(|it| it.changes.as_ref()))],
        "8-c" => vec![told("`updates` under [user_information]", information.and_then(|it| it.updates.as_ref()))],
        "8-d" => vec![told(
            "`decommissioning` under [user_information]",
            information.and_then(|it| it.decommissioning.as_ref()),
        )],
        "8-e" => vec![told(
            "`automatic_updates` under [user_information]",
            information.and_then(|it| it.automatic_updates.as_ref()),
        )],
        "8-f" => {
            vec![told("`integration` under [user_information]", information.and_then(|it| it.integration.as_ref()))]
        }
        "9" => vec![told("`sbom` under [user_information]", information.and_then(|it| it.sbom.as_ref()))],
        // Point 8 is the sum of its letters.
        _ => return whole(inquiry, provision),
    };
    let section = information.map(|it| it.place);
    let mut lacks: Vec<&str> =
        wanted.iter().filter(|(_, text)| given(text.as_ref()).is_none()).map(|(name, _)| *name).collect();
    if point == "7" && inquiry.support_end().is_none() {
        lacks.push("`end` under [support]");
    }
    let optional = match point {
        "6" => dossier
            .declaration
            .as_ref()
            .is_some_and(|it| it.full_copy.is_some_and(|it| it.value))
            .then_some("the full declaration goes with the product"),
        "8-f" => Some("the product is not meant for integration into others"),
        "8-e" => Some("no automatic installation of updates is set by default"),
        "9" => Some("the SBOM is not offered to users"),
        _ => None,
    };
    if let (Some(reason), false) = (optional, lacks.is_empty()) {
        // 8(e) follows from the default of I(2)(c): when that point is put aside there is nothing to switch off.
        if point != "8-e" || inquiry.not_applicable.iter().any(|it| it.as_str() == "CRA-I-2-c") {
            return Answer::not_applicable(reason).at(inquiry.place_of(section));
        }
    }
    let chain = wanted
        .iter()
        .filter_map(|(name, text)| text.as_ref().map(|it| fact(name, it.value.clone(), it.place)))
        .collect();
    Answer::complete(&lacks, "told to the user").at(inquiry.place_of(section)).chain(chain)
}

fn whole(inquiry: &Inquiry<'_>, provision: &Provision) -> Answer {
    let prefix = format!("{}-", provision.id);
    let open: Vec<&str> = inquiry
        .statuses
        .iter()
        .filter(|(id, status)| {
            id.as_str().starts_with(&prefix) && !matches!(status, Status::Met | Status::NotApplicable)
        })
        .map(|(id, _)| id.as_str())
        .collect();
    match open.as_slice() {
        [] => Answer::met("every letter is told to the user"),
        open => Answer::not_met(format!("open: {}", open.join(", "))),
    }
    .at(inquiry.place_of(inquiry.dossier.user_information.as_ref().map(|it| it.place)))
}

/// 13(19): the end of support, month and year, at the time of purchase, and a notice when it comes.
pub(super) fn support_end_shown(inquiry: &Inquiry<'_>, _: &Provision, _: &mut Reporter<'_>) -> Answer {
    let support = inquiry.dossier.support.as_ref();
    let mut lacks = missing(&[
        ("`shown_at_purchase` under [support]", support.and_then(|it| it.shown_at_purchase.as_ref())),
        ("`end_notice` under [support]", support.and_then(|it| it.end_notice.as_ref())),
    ]);
    if inquiry.support_end().is_none() {
        lacks.push("`end` under [support]");
    }
    let shown = support.and_then(|it| it.shown_at_purchase.as_ref()).map_or("", |it| it.value.as_str());
    Answer::complete(&lacks, format!("shown at purchase: {shown}")).at(inquiry.place_of(support.map(|it| it.place)))
}

/// 13(20): a full copy of the declaration, or the simplified one with the exact address of the full text.
pub(super) fn declaration_supplied(inquiry: &Inquiry<'_>, _: &Provision, _: &mut Reporter<'_>) -> Answer {
    let declaration = inquiry.dossier.declaration.as_ref();
    let information = inquiry.dossier.user_information.as_ref();
    if let Some(full) = declaration.and_then(|it| it.full_copy).filter(|it| it.value) {
        return Answer::met("the full declaration goes with the product").at(Some(full.place));
    }
    match given(information.and_then(|it| it.declaration_url.as_ref())) {
        Some(url) if url.value.starts_with("https://") || url.value.starts_with("http://") => {
            Answer::met(format!("the simplified declaration goes with the product and names {}", url.value))
                .at(Some(url.place))
        }
        Some(url) => Answer::not_met("`declaration_url` is no web address").at(Some(url.place)),
        None => Answer::not_met(
            "neither `full_copy` under [declaration] nor `declaration_url` under [user_information] is given",
        )
        .at(inquiry.place_of(information.map(|it| it.place))),
    }
}
