//! What is offered for a question: what was found, what the law makes the likely answer, or what follows from other answers.

use super::Desk;
use super::questions::Question;
use super::values::{Answers, Offer, Value};
use crate::portfolio::today;
use jiff::Span;

/// The offer for a question, with what is known so far.
pub(super) fn offer(desk: &Desk<'_>, question: &Question, answers: &Answers) -> Option<Offer> {
    if let Some(found) = desk.found.offer(question.key) {
        return Some(found.clone());
    }
    let sure = |value: Value, reason: &str| Some(Offer::Default(Question::proposed(value, reason)));
    let guess = |value: Value, reason: &str| Some(Offer::Guess(Question::proposed(value, reason)));
    match question.key {
        "role" => sure(Value::text("manufacturer"), "most dossiers are the manufacturer's"),
        "supply.commercial" | "licence.open_source" => {
            let fact = desk.law.facts.iter().find(|it| it.name == question.key)?;
            sure(Value::Flag(fact.default?), "what counts when nothing is said")
        }
        "supply.supplier" => guess(Value::text("company"), "the usual case"),
        "parts.on_product" => sure(Value::List(vec![part(answers)]), "one part that runs with the user"),
        "release.version" => sure(Value::text("1.0"), "the first version"),
        "release.placing" => {
            let application = desk.law.day("application")?;
            let event = desk.law.figures.get("application").map_or("", |it| it.cites.as_str());
            let (date, reason) = if application > today() { (application, event) } else { (today(), "today") };
            guess(Value::Date(date), &format!("the earliest date with all duties ({reason})"))
        }
        "support.end" => support_end(desk, answers),
        "route.module" => procedure(desk, answers),
        _ => None,
    }
}

/// The part that every product has.
fn part(answers: &Answers) -> String {
    match answers.text("product.kind") {
        Some("hardware") => "Device".to_owned(),
        Some("hardware-and-software") => "Firmware".to_owned(),
        _ => answers.text("product.name").map_or("Software".to_owned(), super::values::line),
    }
}

/// The floor of the law or the expected use after placing, whichever is longer. It is sure only with both answered.
fn support_end(desk: &Desk<'_>, answers: &Answers) -> Option<Offer> {
    let floor = desk.law.count("support_floor_years");
    let expected = answers.number("support.expected_use_years");
    let application = desk.law.day("application")?;
    let placing = answers.date("release.placing");
    let years = expected.map_or(floor, |it| it.max(floor));
    let end = placing.unwrap_or(application.max(today())).checked_add(Span::new().try_years(years).ok()?).ok()?;
    let reason = match expected {
        Some(expected) if expected > floor => format!("placing plus the expected use of {expected} years"),
        Some(expected) if expected < floor => {
            format!("placing plus the floor of {floor} years; a shorter expected use has to be justified")
        }
        Some(_) => format!("placing plus {floor} years, the expected use and the floor"),
        None => format!("placing plus the floor of {floor} years; expected use can make it longer"),
    };
    let given = Question::proposed(Value::text(format!("{:04}-{:02}", end.year(), end.month())), reason);
    Some(if expected.is_some() && placing.is_some() { Offer::Default(given) } else { Offer::Guess(given) })
}

/// The first procedure that is open, sure only when nobody has to decide the category and no notified body is involved:
/// which of its procedures fits is a choice.
fn procedure(desk: &Desk<'_>, answers: &Answers) -> Option<Offer> {
    let assessment = desk.judge(&desk.texts(answers));
    let routes = assessment.routes.as_ref()?;
    let given = Question::proposed(
        Value::text(routes.allowed.first()?.clone()),
        format!("open are {} ({})", routes.allowed.join(", "), routes.cites),
    );
    let row = desk.law.routes.iter().find(|it| it.id == routes.row);
    let with_body = row.is_some_and(|it| routes.allowed.first().is_some_and(|first| it.notified_body.contains(first)));
    Some(if assessment.classified.needs_decision || with_body { Offer::Guess(given) } else { Offer::Default(given) })
}

/// Procedures open to the product as far as it is described; empty when that cannot be said.
pub(super) fn open_procedures(desk: &Desk<'_>, answers: &Answers) -> Vec<String> {
    desk.judge(&desk.texts(answers)).routes.map_or_else(Vec::new, |it| it.allowed)
}
