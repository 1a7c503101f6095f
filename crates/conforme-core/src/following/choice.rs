//! What a dossier says of the product to a standard: level, use case, factors, capabilities.

use crate::codes;
use crate::decode::nearest;
use crate::dossier::AppliedStandard;
use crate::finding::Reporter;
use crate::library::level;
use crate::library::procedure::Choice;
use crate::source::Place;
use conforme_catalogue::{Method, StandardEdition};

/// The choice of a dossier; nothing when it names something that the edition does not have.
pub(super) fn of(edition: &StandardEdition, applied: &AppliedStandard, reporter: &mut Reporter<'_>) -> Option<Choice> {
    let mut choice = Choice::default();
    let mut fine = true;
    let mut wrong = |place: Place, problem: String| {
        let names = [("standard", edition.head.edition.as_str()), ("problem", problem.as_str())];
        reporter.report(codes::STANDARD_CHOICE, Some(place), &names);
        fine = false;
    };
    let head = &edition.head;
    match (&applied.level, head.levels.is_empty()) {
        (Some(written), _) => match level(edition, &written.value) {
            Some(level) => choice.level = Some(level.to_owned()),
            None => {
                wrong(written.place, format!("`{}` is none of its levels ({})", written.value, head.levels.join(", ")))
            }
        },
        (None, false) => wrong(applied.place, format!("`level` is missing: one of {}", head.levels.join(", "))),
        (None, true) => {}
    }
    let (use_cases, factors, capabilities) = match &edition.method {
        Method::Mitigations(it) => (it.use_cases.as_slice(), it.factors.as_slice(), [].as_slice()),
        Method::Profiles(it) => (it.use_cases.as_slice(), it.factors.as_slice(), it.capabilities.as_slice()),
        _ => ([].as_slice(), [].as_slice(), [].as_slice()),
    };
    let mut known: Vec<&str> = use_cases.iter().map(|it| it.id.as_str()).collect();
    known.extend(use_cases.iter().filter_map(|it| it.profile.as_deref()));
    known.extend(head.use_cases.iter().map(|it| it.id.as_str()));
    if let Some(written) = &applied.use_case {
        match known.iter().find(|it| it.eq_ignore_ascii_case(&written.value)) {
            Some(id) => choice.use_case = Some((*id).to_owned()),
            None => wrong(written.place, unknown("use case", &written.value, &known)),
        }
    } else if !known.is_empty() && applied.factors.is_empty() {
        wrong(applied.place, format!("`use_case` is missing: one of {}", known.join(", ")));
    }
    let names: Vec<&str> = factors.iter().map(|it| it.id.as_str()).collect();
    for written in &applied.factors {
        let pair = written.value.split_once('=');
        match pair.and_then(|(name, level)| Some((name.trim(), level.trim().parse::<i64>().ok()?))) {
            None => wrong(written.place, format!("`{}` is no factor with its level, such as `NUSR=1`", written.value)),
            Some((name, level)) => match factors.iter().find(|it| it.id.eq_ignore_ascii_case(name)) {
                None => wrong(written.place, unknown("factor", name, &names)),
                Some(factor) if level < 0 || (!factor.levels.is_empty() && level as usize >= factor.levels.len()) => {
                    wrong(written.place, format!("{} has levels 0 to {}", factor.id, factor.levels.len() - 1));
                }
                Some(factor) => {
                    choice.factors.insert(factor.id.clone(), level);
                }
            },
        }
    }
    let names: Vec<&str> = capabilities.iter().map(|it| it.id.as_str()).collect();
    let given = applied.has.iter().map(|it| (it, true)).chain(applied.has_not.iter().map(|it| (it, false)));
    for (written, has) in given {
        let same = |it: &&&str| **it == written.value || it.strip_prefix("can.") == Some(written.value.as_str());
        match names.iter().find(same) {
            Some(id) => {
                choice.capabilities.insert((*id).to_owned(), has);
            }
            None => wrong(written.place, unknown("capability", &written.value, &names)),
        }
    }
    fine.then_some(choice)
}

fn unknown(what: &str, name: &str, known: &[&str]) -> String {
    match nearest(name, known) {
        Some(near) => format!("`{name}` is no {what} of it; did you mean `{near}`?"),
        None => format!(
            "`{name}` is no {what} of it; it has {}",
            if known.is_empty() { "none".to_owned() } else { known.join(", ") }
        ),
    }
}
