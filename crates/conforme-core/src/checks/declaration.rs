//! Documents, order of steps, declaration, marking and the conformity assessment procedure.

use super::{fact, given, missing};
use crate::assessment::{Link, Status};
use crate::codes;
use crate::dates::years_after;
use crate::dossier::{Module, NotifiedBody};
use crate::finding::Reporter;
use crate::inquiry::{Answer, Inquiry};
use crate::source::Place;
use conforme_catalogue::{Provision, Review, Tier};
use jiff::civil::Date;

fn module(inquiry: &Inquiry<'_>) -> Option<Module> {
    inquiry.dossier.route.as_ref().and_then(|it| it.module).map(|it| it.value)
}

/// 13(12): documentation, procedure, declaration, placing, in this order.
pub(super) fn order_of_steps(inquiry: &Inquiry<'_>, _: &Provision, _: &mut Reporter<'_>) -> Answer {
    let Some(release) = inquiry.release else {
        return Answer::unknown("there is no release to judge").at(Some(inquiry.start));
    };
    let steps = [
        ("documented_on", release.documented_on),
        ("assessed_on", release.assessed_on),
        ("declared_on", release.declared_on),
        ("placing", release.placing),
    ];
    let chain: Vec<Link> =
        steps.iter().filter_map(|(name, date)| date.map(|it| fact(name, it.value.to_string(), it.place))).collect();
    let dated: Vec<(&str, Date, Place)> =
        steps.iter().filter_map(|(name, date)| date.map(|it| (*name, it.value, it.place))).collect();
    if let Some(pair) = dated.windows(2).find(|pair| pair[0].1 > pair[1].1) {
        let text = format!("`{}` ({}) comes after `{}` ({})", pair[0].0, pair[0].1, pair[1].0, pair[1].1);
        return Answer::not_met(text)
            .at(Some(pair[1].2))
            .chain(chain)
            .next("the order is documentation, procedure, declaration, placing");
    }
    let lacks: Vec<&str> = steps.iter().filter(|(_, date)| date.is_none()).map(|(name, _)| *name).collect();
    if lacks.is_empty() {
        return Answer::met("documentation, procedure, declaration and placing are in order")
            .chain(chain)
            .at(Some(release.place));
    }
    Answer::unknown(format!("not dated in the release: {}", lacks.join(", ")))
        .chain(chain)
        .at(Some(release.place))
        .next("record the dates in `[[release]]` as the steps are done")
}

/// 13(13): documentation and declaration are kept long enough.
pub(super) fn retention(inquiry: &Inquiry<'_>, _: &Provision, _: &mut Reporter<'_>) -> Answer {
    let documents = inquiry.dossier.documents.as_ref();
    let by_years = years_after(inquiry.last_placing(), inquiry.law.count("retention_years"));
    let needed = by_years.max(inquiry.support_end().map_or(Date::MIN, |it| it.0));
    let place = inquiry.place_of(documents.map(|it| it.place));
    let kept = documents.and_then(|it| it.kept_until);
    match (given(documents.and_then(|it| it.kept_at.as_ref())), kept) {
        (Some(at), Some(until)) if until.first() >= needed.first_of_month() => {
            Answer::met(format!("kept at {} until {}; needed until {needed}", at.value, until.value)).at(Some(at.place))
        }
        (_, Some(until)) if until.first() < needed.first_of_month() => {
            Answer::not_met(format!("kept until {}, needed until {needed}", until.value)).at(Some(until.place))
        }
        _ => Answer::not_met(format!("it is not said where and until when they are kept; needed until {needed}"))
            .at(place)
            .next(format!(
                "write `kept_at` and `kept_until = \"{:04}-{:02}\"` under [documents]",
                needed.year(),
                needed.month()
            )),
    }
}

/// 28(1): who declares, where and when. What it declares follows from the other verdicts.
pub(super) fn declaration(inquiry: &Inquiry<'_>, _: &Provision, _: &mut Reporter<'_>) -> Answer {
    let declaration = inquiry.dossier.declaration.as_ref();
    let mut lacks = missing(&[
        ("`signatory` under [declaration]", declaration.and_then(|it| it.signatory.as_ref())),
        ("`function` under [declaration]", declaration.and_then(|it| it.function.as_ref())),
        ("`place_of_issue` under [declaration]", declaration.and_then(|it| it.place_of_issue.as_ref())),
    ]);
    if inquiry.release.is_none_or(|it| it.declared_on.is_none()) {
        lacks.push("`declared_on` in the release, the day it is signed");
    }
    let who = declaration.and_then(|it| it.signatory.as_ref()).map_or("", |it| it.value.as_str());
    if let Some(signed) = inquiry.release.and_then(|it| it.declared_on).filter(|it| it.value > inquiry.as_of) {
        return Answer::unknown(format!("it is to be signed on {}, after the day of the assessment", signed.value))
            .at(Some(signed.place))
            .next("sign it, or judge the dossier on that day with `--on`");
    }
    Answer::complete(&lacks, format!("signed by {who}")).at(inquiry.place_of(declaration.map(|it| it.place)))
}

/// 28(2): in the languages of the Member States of the markets.
pub(super) fn languages(inquiry: &Inquiry<'_>, _: &Provision, reporter: &mut Reporter<'_>) -> Answer {
    let product = inquiry.dossier.product.as_ref();
    let markets: Vec<&crate::source::Text> = product.iter().flat_map(|it| &it.markets).collect();
    if markets.is_empty() {
        return Answer::not_met(
            "it is not said in which Member States the product is offered (`markets` under [product])",
        )
        .at(inquiry.place_of(product.map(|it| it.place)));
    }
    let chosen = inquiry.dossier.documents.as_ref().map(|it| &it.languages).filter(|it| !it.is_empty());
    let made: Vec<&str> = match chosen {
        Some(chosen) => chosen.iter().map(|it| it.value.as_str()).collect(),
        None => inquiry.law.languages_for(markets.iter().map(|it| it.value.as_str())),
    };
    let place = Some(markets[0].place);
    for language in &made {
        match inquiry.law.words.get(*language) {
            Some(words) => {
                for group in ["declaration", "simplified"] {
                    if words.review(group) == Review::Unreviewed {
                        reporter.report(codes::WORDING_UNREVIEWED, place, &[("language", language), ("group", group)]);
                    }
                }
                if words.review("user_information") == Review::Unreviewed {
                    reporter.report(codes::HEADINGS_UNREVIEWED, place, &[("language", language)]);
                }
            }
            None => {
                return Answer::not_met(format!(
                    "`{language}` is no official language of the Union this catalogue knows"
                ))
                .at(place);
            }
        }
    }
    let lacks: Vec<&str> = markets
        .iter()
        .map(|it| it.value.as_str())
        .filter(|market| !inquiry.law.languages_of(market).iter().any(|it| made.contains(&it.as_str())))
        .collect();
    if !lacks.is_empty() {
        return Answer::not_met(format!("no language of {} among {}", lacks.join(", "), made.join(", "))).at(place);
    }
    Answer::met(format!("made in {}", made.join(", "))).at(place)
}

/// 28(3): one declaration for all acts of the Union that ask for one.
pub(super) fn one_for_all_acts(inquiry: &Inquiry<'_>, _: &Provision, reporter: &mut Reporter<'_>) -> Answer {
    let acts = &inquiry.dossier.act;
    let mut lacks = Vec::new();
    for act in acts {
        let name = act.name.as_ref().map_or("an act without name", |it| it.value.as_str());
        if given(act.name.as_ref()).is_none()
            || given(act.oj.as_ref()).is_none()
            || given(act.procedure.as_ref()).is_none()
        {
            lacks.push(name);
        }
        let end = inquiry.law.day("older_certificates_end");
        if act.certificate.is_some() && act.certificate_until.is_none_or(|it| end.is_some_and(|end| it.value > end)) {
            let date = end.map_or_else(String::new, |it| it.to_string());
            let at = act.certificate.as_ref().map(|it| it.place);
            reporter.report(codes::OLDER_CERTIFICATE, at, &[("act", name), ("date", &date)]);
        }
    }
    let names: Vec<&str> = acts.iter().filter_map(|it| it.name.as_ref()).map(|it| it.value.as_str()).collect();
    let place = inquiry.place_of(acts.first().map(|it| it.place));
    match (names.is_empty(), lacks.is_empty()) {
        (true, true) => Answer::not_applicable("no other act of the Union that asks for a declaration is named"),
        (_, true) => Answer::met(format!("one declaration, also for {}", names.join(", "))).at(place),
        (_, false) => {
            Answer::not_met(format!("`name`, `oj` and `procedure` are not all given for {}", lacks.join(", ")))
                .at(place)
        }
    }
}

/// 30(1): where the CE marking stands.
pub(super) fn ce_marking(inquiry: &Inquiry<'_>, _: &Provision, _: &mut Reporter<'_>) -> Answer {
    let declaration = inquiry.dossier.declaration.as_ref();
    match given(declaration.and_then(|it| it.ce_marking.as_ref())) {
        Some(text) => Answer::met(text.value.clone()).at(Some(text.place)),
        None => Answer::not_met("it is not said where the CE marking stands (`ce_marking` under [declaration])")
            .at(inquiry.place_of(declaration.map(|it| it.place))),
    }
}

/// 30(4): the number of the notified body stands beside the marking under module H, and only there.
pub(super) fn notified_body_number(inquiry: &Inquiry<'_>, _: &Provision, _: &mut Reporter<'_>) -> Answer {
    let route = inquiry.dossier.route.as_ref();
    let place = inquiry.place_of(route.map(|it| it.place));
    let body = route.and_then(|it| it.notified_body.as_ref());
    match (module(inquiry), given(body.and_then(|it| it.number.as_ref()))) {
        (Some(Module::H), Some(number)) => {
            Answer::met(format!("{} beside the CE marking", number.value)).at(Some(number.place))
        }
        (Some(Module::H), None) => {
            Answer::not_met("module H needs the number of the notified body beside the CE marking").at(place)
        }
        _ => Answer::not_applicable("only module H puts a notified body's number beside the CE marking"),
    }
}

/// 31(1): everything Annex VII asks for.
pub(super) fn technical_documentation(inquiry: &Inquiry<'_>, _: &Provision, _: &mut Reporter<'_>) -> Answer {
    let product = inquiry.dossier.product.as_ref();
    let mut lacks = missing(&[
        ("`name` under [product]", product.and_then(|it| it.name.as_ref())),
        ("`description` under [product]", product.and_then(|it| it.description.as_ref())),
        ("`purpose` under [product]", product.and_then(|it| it.purpose.as_ref())),
        ("`design` under [product]", product.and_then(|it| it.design.as_ref())),
        ("`production` under [product]", product.and_then(|it| it.production.as_ref())),
        (
            "`updates` under [vulnerability_handling]",
            inquiry.dossier.vulnerability_handling.as_ref().and_then(|it| it.updates.as_ref()),
        ),
    ]);
    let hardware = matches!(inquiry.facts.word("product.kind"), Some("hardware" | "hardware-and-software"));
    if hardware && product.is_none_or(|it| it.photographs.is_empty()) {
        lacks.push("`photographs` under [product]: outside, marking and inside");
    }
    if inquiry.version() == "(no release)" {
        lacks.push("a [[release]] with its versions");
    }
    if inquiry.release.is_some_and(|it| it.part.iter().any(|it| given(it.version.as_ref()).is_none())) {
        lacks.push("`version` of each part in [[release.part]]");
    }
    Answer::complete(&lacks, "every item has its content").at(inquiry.place_of(product.map(|it| it.place)))
}

/// 31(2): drawn up before placing, and kept up to date.
pub(super) fn documentation_current(inquiry: &Inquiry<'_>, _: &Provision, _: &mut Reporter<'_>) -> Answer {
    let Some(release) = inquiry.release else {
        return Answer::unknown("there is no release to judge").at(Some(inquiry.start));
    };
    let reviewed = inquiry.dossier.context.as_ref().and_then(|it| it.reviewed_on);
    match (release.documented_on, reviewed) {
        (Some(documented), Some(reviewed)) if reviewed.value > documented.value && documented.value < inquiry.as_of => {
            let text = format!(
                "the risk assessment of {} is newer than the documentation of {}",
                reviewed.value, documented.value
            );
            Answer::unknown(text)
                .at(Some(documented.place))
                .next("look through the documentation again and set `documented_on`")
        }
        (Some(documented), _) => Answer::met(format!("complete on {}", documented.value)).at(Some(documented.place)),
        (None, _) => Answer::unknown(
            "it is not said when the technical documentation was complete (`documented_on` in the release)",
        )
        .at(Some(release.place)),
    }
}

/// 31(4): with a notified body, in a language it accepts.
pub(super) fn documentation_language(inquiry: &Inquiry<'_>, _: &Provision, _: &mut Reporter<'_>) -> Answer {
    let route = inquiry.dossier.route.as_ref();
    if !matches!(module(inquiry), Some(Module::BC | Module::H)) {
        return Answer::not_applicable("no notified body takes part, so the language is free");
    }
    let own = route.and_then(|it| it.documentation_language.as_ref());
    let agreed = route.and_then(|it| it.notified_body.as_ref()).and_then(|it| it.language.as_ref());
    match (given(own), given(agreed)) {
        (Some(own), Some(agreed)) if own.value == agreed.value => {
            Answer::met(format!("in {}", own.value)).at(Some(own.place))
        }
        (Some(own), Some(agreed)) => Answer::not_met(format!(
            "the documentation is in {}, the notified body accepts {}",
            own.value, agreed.value
        ))
        .at(Some(own.place)),
        _ => Answer::not_met(
            "`documentation_language` under [route] and `language` under [route.notified_body] are not both given",
        )
        .at(inquiry.place_of(route.map(|it| it.place))),
    }
}

/// 32: the chosen procedure is open to the product, and what it needs is there.
pub(super) fn route(inquiry: &Inquiry<'_>, provision: &Provision, reporter: &mut Reporter<'_>) -> Answer {
    if let Some(row) = inquiry.row.filter(|it| it.provision != provision.id) {
        return Answer::not_applicable(format!("the product is judged under {}", row.provision));
    }
    let route = inquiry.dossier.route.as_ref();
    let place = inquiry.place_of(route.and_then(|it| it.module).map(|it| it.place).or(route.map(|it| it.place)));
    let Some(tier) = inquiry.tier else {
        // Which of the paragraphs counts depends on the tier; the question is asked once.
        return match inquiry.law.routes.last().is_some_and(|it| it.provision == provision.id) {
            true => Answer::unknown("the tier of the product is not decided").at(place),
            false => Answer::not_applicable("the tier of the product is not decided"),
        };
    };
    let open = inquiry.allowed.join(", ");
    let Some(module) = module(inquiry) else {
        return Answer::not_met(format!("no procedure is chosen; open to this product: {open}")).at(place).next(
            format!("write `module = \"{}\"` under [route]", inquiry.allowed.first().map_or("A", String::as_str)),
        );
    };
    if !inquiry.allowed.iter().any(|it| it == module.word()) {
        let mut because =
            format!("`{}` is not open to this product ({}); open are {open}", module.word(), tier.phrase());
        if tier == Tier::ImportantClassI && module == Module::A {
            because += &format!(". No presumption covers the risks of its core functionality for {}", shorten(inquiry));
        }
        return Answer::not_met(because).at(place).next(format!(
            "choose one of {open}; `conforme standards presumption` says which citation would change this"
        ));
    }
    if matches!(module, Module::BC | Module::H) {
        notified_body(inquiry, module, reporter);
    }
    let public = inquiry.row.is_some_and(|it| it.public_documentation);
    if public && given(route.and_then(|it| it.documentation_url.as_ref())).is_none() {
        return Answer::not_met(
            "the public address of the technical documentation is missing (`documentation_url` under [route])",
        )
        .at(place);
    }
    let mut chain: Vec<Link> = inquiry
        .presumed
        .values()
        .flatten()
        .map(|it| Link {
            role: "presumption",
            id: it.reference.clone(),
            text: format!("cited in {}", it.oj),
            place: Some(it.place),
            status: Some(Status::Met),
        })
        .collect();
    chain.dedup();
    Answer::met(format!(
        "`{}` is open to this product ({}) at its placing on {}",
        module.word(),
        tier.phrase(),
        inquiry.placing
    ))
    .at(place)
    .chain(chain)
}

fn shorten(inquiry: &Inquiry<'_>) -> String {
    let ids: Vec<&str> = inquiry.uncovered.iter().map(conforme_catalogue::Id::as_str).collect();
    match ids.as_slice() {
        [first, second, third, rest @ ..] if rest.len() > 2 => {
            format!("{first}, {second}, {third} and {} more", rest.len())
        }
        ids => ids.join(", "),
    }
}

fn notified_body(inquiry: &Inquiry<'_>, module: Module, reporter: &mut Reporter<'_>) {
    let route = inquiry.dossier.route.as_ref();
    let body: Option<&NotifiedBody> = route.and_then(|it| it.notified_body.as_ref());
    let mut lacks = missing(&[
        ("name", body.and_then(|it| it.name.as_ref())),
        ("number", body.and_then(|it| it.number.as_ref())),
        ("certificate", body.and_then(|it| it.certificate.as_ref())),
    ]);
    if body.is_none_or(|it| it.issued.is_none()) {
        lacks.push("issued");
    }
    let digits = |it: &str| it.len() == 4 && it.bytes().all(|byte| byte.is_ascii_digit());
    if body.and_then(|it| it.number.as_ref()).is_some_and(|it| !digits(it.value.trim())) {
        lacks.push("number, which has four digits");
    }
    let declared = inquiry.release.and_then(|it| it.declared_on);
    if body.and_then(|it| it.issued).zip(declared).is_some_and(|(issued, declared)| issued.value > declared.value) {
        lacks.push("issued before the declaration was signed");
    }
    if !lacks.is_empty() {
        let place = inquiry.place_of(body.map(|it| it.place).or(route.map(|it| it.place)));
        reporter.report(
            codes::NOTIFIED_BODY_MISSING,
            place,
            &[("module", module.word()), ("fields", &lacks.join(", "))],
        );
    }
    if let Some(until) = body.and_then(|it| it.valid_until).filter(|it| it.value < inquiry.placing) {
        let certificate = body.and_then(|it| it.certificate.as_ref()).map_or("", |it| it.value.as_str());
        let names = [("certificate", certificate), ("date", &until.value.to_string())];
        reporter.report(codes::CERTIFICATE_EXPIRED, Some(until.place), &names);
    }
}

/// 4(3): unfinished software for testing has a sign and an end.
pub(super) fn test_version(inquiry: &Inquiry<'_>, _: &Provision, _: &mut Reporter<'_>) -> Answer {
    if !inquiry.facts.flag("supply.test_version") {
        return Answer::not_applicable("this is no unfinished software supplied for testing");
    }
    let Some(release) = inquiry.release else {
        return Answer::unknown("there is no release to judge").at(Some(inquiry.start));
    };
    let mut lacks = missing(&[(
        "`test_sign` in the release: the visible sign that it does not comply",
        release.test_sign.as_ref(),
    )]);
    if release.test_until.is_none() {
        lacks.push("`test_until` in the release: the end of the test");
    }
    let until = release.test_until.map_or_else(String::new, |it| it.value.to_string());
    Answer::complete(&lacks, format!("for testing until {until}, with a visible sign")).at(Some(release.place))
}
