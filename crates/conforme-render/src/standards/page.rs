//! The register as one HTML page: counts, a timeline by tier, and the table behind it. No script, nothing loaded.

mod axis;

use self::axis::{Axis, Tick, percent};
use super::{horizon, items, known, overlay_mark};
use crate::html::{HtmlError, render};
use conforme_catalogue::{Catalogue, Day, StageEvent, StageKind, Standard};
use conforme_core::register;
use jiff::civil::Date;
use minijinja::value::Serde;
use serde::Serialize;

/// The built-in template.
pub const TEMPLATE: &str = include_str!("../../../../templates/standards.html");

#[derive(Serialize)]
struct View<'a> {
    on: String,
    on_at: String,
    catalogue: String,
    program: &'a str,
    summary: Vec<Count>,
    legend: Vec<(&'static str, &'static str)>,
    years: Vec<Tick>,
    quarters: Vec<Tick>,
    groups: Vec<Group<'a>>,
    overlays: Vec<String>,
    horizon: Option<String>,
}

#[derive(Serialize)]
struct Count {
    number: usize,
    label: &'static str,
}

#[derive(Serialize)]
struct Group<'a> {
    title: String,
    rows: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    reference: &'a str,
    title: &'a str,
    body: &'a str,
    items: String,
    stage: &'static str,
    since: String,
    known: &'static str,
    draft: String,
    deadline: String,
    proposed: String,
    late: bool,
    citation: String,
    told: String,
    bars: Vec<Bar>,
    marks: Vec<Mark>,
    lines: Vec<Mark>,
}

/// The time a standard spent in a stage.
#[derive(Serialize)]
struct Bar {
    from: String,
    width: String,
    stage: &'static str,
}

/// A step, a citation or a deadline.
#[derive(Serialize)]
struct Mark {
    at: String,
    class: String,
    label: String,
}

/// The page for some standards on a day, made with the given template or the built-in one.
///
/// # Errors
/// When the template cannot be rendered.
pub fn page(
    law: &Catalogue,
    standards: &[&Standard],
    on: Date,
    program: &str,
    template: Option<&str>,
) -> Result<String, HtmlError> {
    let axis = Axis::around(law, standards, on);
    let summary = register::summary(law, on);
    let mut groups: Vec<Group<'_>> = Vec::new();
    for standard in standards {
        let title = super::human::tier_name(&standard.tier);
        if groups.last().is_none_or(|it| it.title != title) {
            groups.push(Group { title, rows: Vec::new() });
        }
        if let Some(group) = groups.last_mut() {
            group.rows.push(row(law, standard, on, axis));
        }
    }
    let count = |number, label| Count { number, label };
    let view = View {
        on: on.to_string(),
        on_at: axis.at(on),
        catalogue: law.mark(),
        program,
        summary: vec![
            count(summary.tracked, "tracked deliverables"),
            count(summary.etsi_public_drafts, "ETSI public drafts"),
            count(summary.cited, "cited in the Official Journal"),
            count(summary.overdue, "late against the adopted deadline"),
        ],
        legend: vec![
            ("in-development", "in development"),
            ("mature-draft", "mature draft"),
            ("enquiry", "enquiry"),
            ("enquiry-closed", "enquiry closed"),
            ("final-draft", "final draft"),
            ("vote", "vote or approval"),
            ("approved", "approved"),
            ("published", "published"),
            ("withdrawn", "withdrawn"),
        ],
        years: axis.years(),
        quarters: axis.quarters(),
        groups,
        overlays: law.overlays.iter().map(|it| format!("{} (SHA-256 {})", it.name, it.sha256)).collect(),
        horizon: horizon(law, on),
    };
    render("standards.html", template.unwrap_or(TEMPLATE), Serde(view).into())
}

fn row<'a>(law: &'a Catalogue, standard: &'a Standard, on: Date, axis: Axis) -> Row<'a> {
    let stage = standard.stage(on);
    let deadlines = register::deadlines(law, standard);
    let earliest = deadlines.iter().map(|it| it.record.deadline).min();
    let mut proposed: Vec<Day> = deadlines.iter().flat_map(|it| &it.record.proposed).map(|it| it.deadline).collect();
    proposed.sort_unstable();
    proposed.dedup();
    let late = standard.tracked && !register::adopted(standard, on) && deadlines.iter().any(|it| it.passed(on));
    let citation = standard.cited(on).next().map_or_else(String::new, |it| {
        let overlay =
            it.overlay.as_deref().map_or_else(String::new, |name| format!("; {}", overlay_mark(law, Some(name))));
        format!("{} in {}, from {}{overlay}", it.edition, it.oj, it.from)
    });
    let words = stage.map_or("unknown", |it| it.stage.word());
    let told = format!(
        "{}: {words}{}{}{}",
        standard.reference,
        stage.map_or_else(String::new, |it| format!(" since {}", it.date)),
        earliest.map_or_else(String::new, |it| format!(", adopted deadline {it}")),
        if citation.is_empty() { "" } else { ", cited" },
    );
    let mut lines: Vec<Mark> =
        proposed.iter().map(|it| mark(axis, *it, "proposed", format!("proposed and not adopted: {it}"))).collect();
    lines.extend(earliest.map(|it| mark(axis, it, "deadline", format!("adopted deadline {it}"))));
    Row {
        id: standard.id.as_str(),
        reference: &standard.reference,
        title: &standard.title,
        body: &standard.body,
        items: items(standard),
        stage: words,
        since: stage.map_or_else(String::new, |it| it.date.to_string()),
        known: stage.map_or("", |it| known(it.kind)),
        draft: standard
            .public_draft(on)
            .map_or_else(String::new, |it| it.version.clone().unwrap_or_else(|| "yes".to_owned())),
        deadline: earliest.map_or_else(String::new, |it| it.to_string()),
        proposed: proposed.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
        late,
        citation,
        told,
        bars: bars(standard, on, axis),
        marks: marks(standard, on, axis),
        lines,
    }
}

/// One bar for each stage reached, from its first day to the next stage or the chosen day.
fn bars(standard: &Standard, on: Date, axis: Axis) -> Vec<Bar> {
    let reached: Vec<&StageEvent> =
        standard.stages.iter().filter(|it| it.kind != StageKind::Planned && it.date.first() <= on).collect();
    let mut bars: Vec<(Date, Date, &'static str)> = Vec::new();
    for (at, event) in reached.iter().enumerate() {
        let end = reached.get(at + 1).map_or(on, |it| it.date.first());
        match bars.last_mut().filter(|it| it.2 == event.stage.word()) {
            Some(same) => same.1 = end,
            None => bars.push((event.date.first(), end, event.stage.word())),
        }
    }
    let bar = |(from, to, stage): (Date, Date, &'static str)| {
        let (from, to) = (axis.place(from), axis.place(to));
        Bar { from: percent(from), width: percent((to - from).max(0.0)), stage }
    };
    bars.into_iter().map(bar).collect()
}

/// A mark for each step: filled when reached, open when it lies after the chosen day, dashed when planned.
fn marks(standard: &Standard, on: Date, axis: Axis) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut shown = None;
    for event in &standard.stages {
        let planned = event.kind == StageKind::Planned;
        // New versions inside a stage would cover its first mark; the record's history tells them.
        if !planned && shown.replace(event.stage) == Some(event.stage) {
            continue;
        }
        let state = match (planned, event.date.first() <= on) {
            (true, _) => "planned",
            (false, true) => "reached",
            (false, false) => "later",
        };
        let version = event.version.as_deref().map_or_else(String::new, |it| format!(" {it}"));
        let label = format!("{}{version}, {} ({})", event.stage.word(), event.date, known(event.kind));
        marks.push(mark(axis, event.date, &format!("{state} {}", event.stage.word()), label));
    }
    for citation in &standard.citations {
        let label = format!("cited from {}: {}", citation.from, citation.oj);
        marks.push(mark(axis, citation.from, if citation.from.first() <= on { "cited" } else { "cited later" }, label));
    }
    marks
}

fn mark(axis: Axis, day: Day, class: &str, label: String) -> Mark {
    Mark { at: axis.at(day.first()), class: class.to_owned(), label }
}

#[cfg(test)]
mod tests {
    use super::page;
    use conforme_catalogue::{Files, parse};
    use conforme_core::register::{Filter, list};
    use jiff::civil::date;

    #[test]
    fn the_page_shows_every_standard_its_deadline_and_the_day() {
        let law = conforme_law::catalogue();
        let on = date(2026, 11, 21);
        let page = page(&law, &list(&law, &Filter::default(), on), on, "conforme", None)
            .expect("the built-in template renders");
        assert_eq!(page.matches("class=\"track\"").count(), 35);
        for text in ["EN 304 627", "2026-11-21", "adopted deadline 2026-10-30", "<caption", "Content-Security-Policy"] {
            assert!(page.contains(text), "{text}");
        }
        assert!(!page.contains("<script"));
    }

    #[test]
    fn words_of_an_overlay_never_become_markup() {
        let text = "title = '<script>x</script>'\n[[citation]]\nedition = '\"><b>'\noj = '<i>'\nfrom = 2026-01-01\n";
        let overlay = Files::new([("standards/EN-304-627/standard.toml", text)]);
        let law = parse(&conforme_law::files().overlaid("<u>", overlay)).expect("the overlay parses");
        let on = date(2026, 11, 21);
        let page = page(&law, &list(&law, &Filter::default(), on), on, "conforme", None).expect("it renders");
        for tag in ["<script", "\"><b>", "<i>", "<u>"] {
            assert!(!page.contains(tag), "{tag}");
        }
    }

    #[test]
    fn far_days_are_drawn_too() {
        let law = conforme_law::catalogue();
        for on in [date(1990, 1, 1), date(2050, 12, 31), date(9999, 12, 31)] {
            let all = list(&law, &Filter { supporting: true, ..Filter::default() }, on);
            assert!(page(&law, &all, on, "conforme", None).is_ok());
        }
    }
}
