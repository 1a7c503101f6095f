//! Operators other than the manufacturer, and who becomes one.

use super::{given, missing};
use crate::assessment::{Link, Status};
use crate::codes;
use crate::dossier::{Role, StewardTopic};
use crate::evidence::{Recorded, recorded};
use crate::files::is_address;
use crate::finding::Reporter;
use crate::inquiry::{Answer, Inquiry};
use crate::source::{Flag, Text};
use conforme_catalogue::Provision;

/// 18: the mandate is written, names its tasks, and holds nothing it may not.
pub(super) fn mandate(inquiry: &Inquiry<'_>, _: &Provision, reporter: &mut Reporter<'_>) -> Answer {
    let Some(representative) = &inquiry.dossier.authorised_representative else {
        return match inquiry.dossier.role() {
            Role::AuthorisedRepresentative => {
                Answer::not_met("there is no section [authorised_representative] with the written mandate")
                    .at(Some(inquiry.start))
            }
            _ => Answer::not_applicable("no authorised representative is appointed"),
        };
    };
    let mut bad = 0;
    for task in &representative.mandate {
        if inquiry.law.provision(&task.value).is_some_and(|it| it.not_in_mandate) {
            bad += 1;
            reporter.report(codes::MANDATE_EXCLUDED, Some(task.place), &[("provision", &task.value)]);
        }
    }
    if bad > 0 {
        return Answer::not_met("the mandate holds duties that stay with the manufacturer")
            .at(Some(representative.place));
    }
    let mut lacks = missing(&[
        ("`name` under [authorised_representative]", representative.name.as_ref()),
        ("`address` under [authorised_representative]", representative.address.as_ref()),
        ("`evidence` of the mandate", representative.evidence.as_ref()),
    ]);
    let has = |id: &str| representative.mandate.iter().any(|it| it.value == id);
    let least = inquiry.law.provisions.values().filter(|it| it.in_every_mandate && !has(it.id.as_str()));
    let least: Vec<String> = least.map(|it| format!("{} in `mandate`", it.id)).collect();
    lacks.extend(least.iter().map(String::as_str));
    let links: Vec<Link> = representative.evidence.iter().map(|it| inquiry.shown(&it.value)).collect();
    let answer = Answer::complete(&lacks, "the mandate is written and holds nothing that stays with the manufacturer");
    shown(answer, links).at(Some(representative.place))
}

/// 19(2), 20(2): what an importer or distributor makes sure of before supplying.
pub(super) fn before_supply(inquiry: &Inquiry<'_>, _: &Provision, _: &mut Reporter<'_>) -> Answer {
    let chain = inquiry.dossier.supply_chain.as_ref();
    let importer = inquiry.dossier.role() == Role::Importer;
    let mut wanted: Vec<(&str, Option<&Text>)> = vec![
        ("ce_marking", chain.and_then(|it| it.ce_marking.as_ref())),
        ("declaration", chain.and_then(|it| it.declaration.as_ref())),
        ("user_information", chain.and_then(|it| it.user_information.as_ref())),
        ("marking", chain.and_then(|it| it.marking.as_ref())),
    ];
    if importer {
        wanted.push(("procedure", chain.and_then(|it| it.procedure.as_ref())));
        wanted.push(("documentation", chain.and_then(|it| it.documentation.as_ref())));
        wanted.push(("own_contact", chain.and_then(|it| it.own_contact.as_ref())));
    }
    let place = inquiry.place_of(chain.map(|it| it.place));
    let lacks = missing(&wanted);
    let quoted: Vec<String> = lacks.iter().map(|it| format!("`{it}` under [supply_chain]")).collect();
    let quoted: Vec<&str> = quoted.iter().map(String::as_str).collect();
    let evidence = wanted.iter().filter(|(name, _)| *name != "own_contact").filter_map(|(_, text)| given(*text));
    let links: Vec<Link> = evidence.map(|it| inquiry.shown(&it.value)).collect();
    shown(Answer::complete(&quoted, "everything was seen before supply, and copies are held"), links).at(place)
}

/// 21, 22: own name, or a substantial modification, makes a manufacturer.
pub(super) fn becomes_manufacturer(inquiry: &Inquiry<'_>, _: &Provision, reporter: &mut Reporter<'_>) -> Answer {
    let chain = inquiry.dossier.supply_chain.as_ref();
    let yes = |flag: Option<Flag>| flag.filter(|it| it.value);
    let brand = yes(chain.and_then(|it| it.own_brand));
    let modified = yes(chain.and_then(|it| it.substantially_modified));
    let why = match (brand, modified) {
        (Some(flag), _) => Some(("the product is supplied under the own name or trade mark", flag)),
        (None, Some(flag)) => Some(("the product was modified substantially", flag)),
        (None, None) => None,
    };
    if let Some((why, flag)) = why {
        reporter.report(codes::BECOMES_MANUFACTURER, Some(flag.place), &[("why", why)]);
        return Answer::not_met(format!("{why}: the duties of a manufacturer apply")).at(Some(flag.place)).next(
            "set `role = \"manufacturer\"` and complete the dossier as one; for a modified part only, where the cybersecurity of the whole is not affected",
        );
    }
    match (chain.and_then(|it| it.own_brand), chain.and_then(|it| it.substantially_modified)) {
        (Some(_), Some(_)) => Answer::met("neither own name nor substantial modification").at(chain.map(|it| it.place)),
        _ => Answer::unknown("`own_brand` and `substantially_modified` under [supply_chain] are not both answered")
            .at(inquiry.place_of(chain.map(|it| it.place))),
    }
}

/// 23: who supplied, and who was supplied.
pub(super) fn traceability(inquiry: &Inquiry<'_>, _: &Provision, _: &mut Reporter<'_>) -> Answer {
    let chain = inquiry.dossier.supply_chain.as_ref();
    let mut wanted = vec![(
        "`supplied_to` under [supply_chain]: where the record of the operators supplied to is kept",
        chain.and_then(|it| it.supplied_to.as_ref()),
    )];
    if inquiry.dossier.role() != Role::Manufacturer {
        wanted.push((
            "`supplied_by` under [supply_chain]: name and address",
            chain.and_then(|it| it.supplied_by.as_ref()),
        ));
    }
    Answer::complete(&missing(&wanted), "one step up and one step down the chain can be named")
        .at(inquiry.place_of(chain.map(|it| it.place)))
}

/// 24(1): the steward's policy, and what it fosters.
pub(super) fn steward_policy(inquiry: &Inquiry<'_>, _: &Provision, reporter: &mut Reporter<'_>) -> Answer {
    let steward = inquiry.dossier.steward.as_ref();
    let place = inquiry.place_of(steward.map(|it| it.place));
    for (section, at) in [
        ("route", inquiry.dossier.route.as_ref().map(|it| it.place)),
        ("declaration", inquiry.dossier.declaration.as_ref().map(|it| it.place)),
    ] {
        if let Some(at) = at {
            reporter.report(codes::STEWARD_NO_CE, Some(at), &[("section", section)]);
        }
    }
    let Some(policy) = given(steward.and_then(|it| it.policy.as_ref())) else {
        return Answer::not_met("no cybersecurity policy is named (`policy` under [steward])").at(place);
    };
    if !is_address(&policy.value) && recorded(inquiry, policy, None, reporter) == Recorded::Lost {
        return Answer::unknown(format!("the policy `{}` is not there", policy.value)).at(Some(policy.place));
    }
    let topics = [
        StewardTopic::SecureDevelopment,
        StewardTopic::VulnerabilityHandling,
        StewardTopic::VoluntaryReporting,
        StewardTopic::Sharing,
    ];
    let covered = |topic: &StewardTopic| steward.is_some_and(|it| it.covers.iter().any(|it| it.value == *topic));
    let lacks: Vec<&str> = topics.iter().filter(|it| !covered(it)).map(|it| it.word()).collect();
    match lacks.as_slice() {
        [] => Answer::met(format!("the policy is {}", policy.value)),
        lacks => Answer::not_met(format!("the policy is not said to cover {}", lacks.join(", "))),
    }
    .at(Some(policy.place))
}

/// An answer weakened to what its evidence shows.
fn shown(answer: Answer, links: Vec<Link>) -> Answer {
    let worst = links.iter().filter_map(|it| it.status).max();
    match (answer.status, worst) {
        (Status::Met, Some(worst)) if worst != Status::Met => {
            Answer { status: worst, because: "not all of its evidence counts".to_owned(), ..answer }
        }
        _ => answer,
    }
    .chain(links)
}
