//! The questions about the whole register, in the terminal: delays, presumption, changes.

use super::{by_deadline, cited, foot, proposed_days, stage_word, step};
use crate::report::plain;
use crate::standards::json::Touched;
use crate::standards::layout::{field, paragraph, rows, short, table};
use crate::standards::{items, overlay_mark};
use conforme_catalogue::{Catalogue, Id, StageEvent, Standard};
use conforme_core::register::{self, Change, Enjoyed, Filter, Overdue};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Width of the labels of a change.
const LABEL: usize = 10;

/// What is late against the adopted deadlines; proposals have a column of their own.
pub fn overdue(law: &Catalogue, late: &[Overdue<'_>], on: Date) -> String {
    let mut text = format!("{} tracked standards are late against their adopted deadline on {on}\n", late.len());
    let mut groups: BTreeMap<(String, Vec<String>), Vec<&Overdue<'_>>> = BTreeMap::new();
    for it in late {
        let day = it.deadlines.first().map_or_else(String::new, |it| it.record.deadline.to_string());
        groups.entry((day, proposed_days(&it.deadlines))).or_default().push(it);
    }
    for ((day, proposed), group) in groups {
        let days = group.first().map_or(0, |it| it.days);
        let _ = writeln!(text, "\nadopted deadline {day}: {} late by {days} days", group.len());
        if !proposed.is_empty() {
            let _ = writeln!(text, "only proposed: {}", proposed.join(" or "));
        }
        let lines: Vec<Vec<String>> = group.iter().map(|it| late_row(it)).collect();
        text += &rows(2, &["reference", "items", "stage", "since", "announced", "title"], &lines).concat();
    }
    let without: Vec<&str> = register::list(law, &Filter::default(), on)
        .into_iter()
        .filter(|it| register::deadlines(law, it).is_empty())
        .map(|it| it.reference.as_str())
        .collect();
    text.push('\n');
    if !without.is_empty() {
        text += &paragraph(
            0,
            &format!("without a deadline of its own, for it answers no item of the request: {}", without.join(", ")),
        );
    }
    text += &paragraph(
        0,
        "Deadlines that are only proposed come from drafts not known as adopted; they change nothing. `announced` is the \
         adoption that a source planned; it counts when it is seen.",
    );
    text + &foot(law, on)
}

fn late_row(it: &Overdue<'_>) -> Vec<String> {
    vec![
        it.standard.reference.clone(),
        items(it.standard),
        stage_word(it.stage).to_owned(),
        it.stage.map_or_else(String::new, |it| it.date.to_string()),
        it.planned.map_or_else(|| "-".to_owned(), |it| it.date.to_string()),
        it.standard.title.clone(),
    ]
}

/// Which essential requirements a citation reaches, through what, and which it does not.
pub fn presumption(law: &Catalogue, enjoyed: &[Enjoyed<'_>], on: Date) -> String {
    let with = enjoyed.iter().filter(|it| !it.through.is_empty()).count();
    let mut text =
        format!("Presumption of conformity on {on}: citations reach {with} of {} provisions\n", enjoyed.len());
    text += &on_whose_word(law);
    let mut said: Vec<String> = Vec::new();
    for through in enjoyed.iter().flat_map(|it| &it.through) {
        let line = format!("{}; {}", cited(law, through.citation, on), for_whom(law, through.standard));
        if !said.contains(&line) {
            text.push('\n');
            text += &field(2, "cited", LABEL, &line);
            said.push(line);
        }
    }
    let lines: Vec<Vec<String>> = enjoyed
        .iter()
        .map(|it| {
            let through: Vec<String> = it
                .through
                .iter()
                .map(|it| match it.overlay {
                    Some(overlay) => format!("{} [{}]", it.citation.edition, overlay_mark(law, Some(&overlay.name))),
                    None => it.citation.edition.clone(),
                })
                .collect();
            let through =
                if through.is_empty() { format!("none; {}", waiting(&it.meant, on)) } else { through.join("; ") };
            vec![it.provision.id.to_string(), short(&it.provision.title, 34), through]
        })
        .collect();
    text.push('\n');
    text += &table(2, &["provision", "title", "through"], &lines);
    text.push('\n');
    text + &foot(law, on)
}

/// The rule behind it, as the catalogue tells it.
fn on_whose_word(law: &Catalogue) -> String {
    let rule = law.provision("CRA-A27-1");
    rule.map_or_else(String::new, |it| {
        paragraph(2, &format!("{} [{}]", it.text.split("\n\n").next().unwrap_or_default(), it.cites))
    })
}

fn for_whom(law: &Catalogue, standard: &Standard) -> String {
    if standard.categories.is_empty() {
        return "for every product that applies it".to_owned();
    }
    let title = |id: &Id| format!("{id} ({})", law.categories.get(id).map_or("", |it| it.title.as_str()));
    format!("only for products of {}", standard.categories.iter().map(title).collect::<Vec<_>>().join(", "))
}

/// Standards that are meant to cover a point: a few by name, many by number.
pub(super) fn waiting(meant: &[&Standard], on: Date) -> String {
    let named = |it: &&Standard| {
        let stage = if it.cited(on).next().is_some() { "cited" } else { stage_word(it.stage(on)) };
        format!("{} ({stage})", it.reference)
    };
    match meant.len() {
        0 => "no standard is meant to be cited for it".to_owned(),
        1 => format!("meant to: {}", meant.iter().map(named).collect::<String>()),
        2 | 3 => format!("meant to: {}", meant.iter().map(|it| it.reference.as_str()).collect::<Vec<_>>().join(", ")),
        many => format!("{many} standards are meant to, by category"),
    }
}

/// What changed between two days, and the products that each change touches.
pub fn changes(
    law: &Catalogue,
    changes: &[(Change<'_>, Vec<Touched>)],
    days: (Date, Date),
    products: Option<usize>,
) -> String {
    let (from, to) = days;
    let count = |has: fn(&Change<'_>) -> bool| changes.iter().filter(|(it, _)| has(it)).count();
    let sums = format!(
        "From {from} to {to}: {} standards took a step, {} gained a citation, {} lost one, {} passed a deadline",
        count(|it| !it.steps.is_empty()),
        count(|it| !it.gained.is_empty()),
        count(|it| !it.lost.is_empty()),
        count(|it| !it.deadlines.is_empty()),
    );
    let mut text = paragraph(0, &sums);
    for (it, touched) in changes {
        text.push('\n');
        text += &change(law, it, touched, to);
    }
    text.push('\n');
    text += &products.map_or_else(
        || "`--folder WORKSPACE` says which of your products each change touches\n".to_owned(),
        |count| format!("looked at {count} products\n"),
    );
    text + &foot(law, to)
}

fn change(law: &Catalogue, change: &Change<'_>, touched: &[Touched], to: Date) -> String {
    let mut text = paragraph(0, &format!("{}: {}", change.standard.reference, change.standard.title));
    let mut line = |label: &str, value: &str| text += &field(2, label, LABEL, value);
    let told = |it: Option<&StageEvent>| it.map_or("nothing known".to_owned(), |it| step(law, it));
    if let Some((last, through)) = change.steps.split_last() {
        line("before", &told(change.before));
        for it in through {
            line("then", &step(law, it));
        }
        line("now", &format!("{} [{}]", step(law, last), last.source.join("; ")));
        if let Some(doubt) = &last.doubt {
            line("", doubt);
        }
    } else {
        line("stage", &format!("{}, unchanged", told(change.after)));
    }
    for plan in &change.plans {
        let outcome = plan
            .reached
            .map_or_else(|| "no source says that it came".to_owned(), |it| format!("came: {}", step(law, it)));
        line(
            "planned",
            &format!(
                "{} for {} [{}]; {outcome}",
                plan.planned.stage.word(),
                plan.planned.date,
                plan.planned.source.join("; ")
            ),
        );
    }
    for citation in &change.gained {
        line("cited", &cited(law, citation, to));
    }
    for citation in &change.lost {
        line("no longer", &cited(law, citation, to));
    }
    for (deadline, items) in by_deadline(&change.deadlines) {
        let outcome = if change.adopted { "passed; the standard is adopted" } else { "passed without adoption" };
        line("deadline", &format!("{deadline} {outcome}; items {items}"));
    }
    for it in touched {
        let folder = if it.folder.is_empty() { "." } else { it.folder.as_str() };
        line("touches", &format!("{} ({}): {}", plain(&it.product), plain(folder), it.why.join(", ")));
    }
    text
}
