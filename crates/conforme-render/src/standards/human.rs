//! The register in the terminal: tables of at most 100 columns, sentences beside them, no colour needed.

mod answers;
mod product;

pub use answers::{changes, overdue, presumption};
pub use product::{of_product, presumed_for};

use super::layout::{field, paragraph, rows};
use super::{certainty, horizon, items, known, overlay_mark};
use conforme_catalogue::{Catalogue, Certainty, Citation, Presumption, StageEvent, StageKind, Standard};
use conforme_core::register::{self, Deadline, Summary};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Width of the labels of one standard.
const LABEL: usize = 16;

/// The summary, then the standards by tier.
pub fn list(law: &Catalogue, standards: &[&Standard], on: Date) -> String {
    let summary = register::summary(law, on);
    let mut text = sums(&summary, on);
    let head = ["reference", "items", "stage", "since", "draft", "deadline", "title"];
    let lines = rows(2, &head, &standards.iter().map(|it| row(law, it, on)).collect::<Vec<_>>());
    let mut lines = lines.into_iter();
    let titles = lines.next().unwrap_or_default();
    let mut tier = "";
    for (standard, line) in standards.iter().zip(lines) {
        if standard.tier != tier {
            tier = &standard.tier;
            let _ = writeln!(text, "\n{}", tier_name(tier));
            text += &titles;
        }
        text += &line;
    }
    if standards.is_empty() {
        text += "\nno standard passes the filter; `--supporting` adds those outside the request\n";
    } else if standards.len() != summary.tracked {
        let _ = writeln!(text, "\n{} listed", standards.len());
    }
    text += "\ndraft: the newest text that anyone can read free of charge\n";
    if text.contains("*  ") {
        text += "*: the step was read in an official source; other steps are reported by other sources\n";
    }
    if text.contains(" !  ") {
        text += "!: the adopted deadline has passed without adoption; `conforme standards overdue` tells more\n";
    }
    text + &foot(law, on)
}

/// What every answer ends with: the overlays it rests on, and the end of what the catalogue knows.
fn foot(law: &Catalogue, on: Date) -> String {
    rests_on(law) + &horizon(law, on).map_or_else(String::new, |it| paragraph(0, &it))
}

/// Counts in a few lines.
fn sums(summary: &Summary, on: Date) -> String {
    let mut text = format!(
        "On {on}: {} tracked, {} ETSI public drafts, {} cited in the Official Journal, {} late\n",
        summary.tracked, summary.etsi_public_drafts, summary.cited, summary.overdue
    );
    for (body, stages) in &summary.stages {
        let parts: Vec<String> = stages
            .iter()
            .map(|(stage, count)| format!("{count} {}", stage.map_or("unknown", |it| it.word())))
            .collect();
        text += &field(2, body, LABEL, &parts.join(", "));
    }
    text
}

fn row(law: &Catalogue, standard: &Standard, on: Date) -> Vec<String> {
    let stage = standard.stage(on);
    let cited = if standard.cited(on).next().is_some() { ", cited" } else { "" };
    let since = stage
        .map_or_else(String::new, |it| format!("{}{}", it.date, if it.kind == StageKind::Happened { "*" } else { "" }));
    let draft = standard.public_draft(on).map_or("-", |it| it.version.as_deref().unwrap_or("yes"));
    let deadlines = register::deadlines(law, standard);
    let deadline = deadlines.iter().map(|it| it.record.deadline).min().map_or("-".to_owned(), |it| it.to_string());
    let late = standard.tracked && !register::adopted(standard, on) && deadlines.iter().any(|it| it.passed(on));
    vec![
        standard.reference.clone(),
        items(standard),
        format!("{}{cited}", stage.map_or("unknown", |it| it.stage.word())),
        since,
        draft.to_owned(),
        format!("{deadline}{}", if late { " !" } else { "" }),
        standard.title.clone(),
    ]
}

/// Everything about one standard.
pub fn show(law: &Catalogue, standard: &Standard, on: Date) -> String {
    let mut text = String::new();
    text += &paragraph(0, &format!("{}: {}", standard.reference, standard.title));
    let mut line = |label: &str, value: &str| {
        if !value.is_empty() {
            text += &field(2, label, LABEL, value);
        }
    };
    line("id", standard.id.as_str());
    line("also", &standard.aliases.join(", "));
    line("body", &format!("{}, {}", standard.body, standard.committee));
    let tracked = if standard.tracked { "" } else { ", outside the standardisation request" };
    line("tier", &format!("{}{tracked}", tier_name(&standard.tier)));
    let categories: Vec<String> = standard
        .categories
        .iter()
        .map(|id| format!("{id} ({})", law.categories.get(id).map_or("", |it| it.title.as_str())))
        .collect();
    line("categories", &categories.join("; "));
    line("scope", &standard.scope);
    let stage = standard.stage(on).map_or("unknown".to_owned(), |it| step(law, it));
    line(&format!("on {on}"), &stage);
    let draft =
        standard.public_draft(on).map(|it| format!("{} since {}", it.version.as_deref().unwrap_or("a text"), it.date));
    line("public draft", &draft.unwrap_or_else(|| "none free of charge".to_owned()));
    let word = serde_json::json!(standard.authority(on));
    line("authority", &format!("{} (follows from stage and citation on the day)", word.as_str().unwrap_or_default()));
    for citation in &standard.citations {
        line("citation", &cited(law, citation, on));
    }
    if standard.citations.is_empty() {
        line("citation", "none in the Official Journal; no presumption of conformity");
    }
    line("expected", expected(standard.presumption));
    line("", standard.presumption_note.as_deref().unwrap_or_default());
    for (deadline, items) in by_deadline(&register::deadlines(law, standard)) {
        line("deadline", &format!("{deadline}, items {items}"));
    }
    let ids = |list: &[conforme_catalogue::Id]| list.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    line("meant to cover", &ids(&standard.covers));
    line("leaves out", &ids(&standard.not_covered));
    text += "\n  history\n";
    for event in &standard.stages {
        let reached =
            if event.kind != StageKind::Planned && event.date.first() > on { " (after the day asked for)" } else { "" };
        text += &field(4, &event.date.to_string(), 12, &format!("{}{reached}", step_without_date(law, event)));
        for note in event.note.iter().chain(&event.doubt) {
            text += &field(4, "", 12, note);
        }
        text += &field(4, "", 12, &format!("source: {}", sources(law, &event.source)));
    }
    let basis = &standard.basis;
    text.push('\n');
    text += &field(2, "source", LABEL, &sources(law, &basis.source));
    text += &field(2, "as of", LABEL, &basis.as_of.to_string());
    if let (Some(sure), Some(doubt)) = (basis.certainty, &basis.doubt) {
        text += &field(2, "certainty", LABEL, &format!("{}: {doubt}", sure_words(sure)));
    }
    if basis.overlay.is_some() {
        text += &field(2, "rests on", LABEL, &overlay_mark(law, basis.overlay.as_deref()));
    }
    text += &horizon(law, on).map_or_else(String::new, |it| paragraph(2, &it));
    text
}

/// Adopted deadlines with the items that share them, and what was proposed, kept apart in words.
fn by_deadline(deadlines: &[Deadline<'_>]) -> Vec<(String, String)> {
    let mut groups: BTreeMap<String, Vec<&Deadline<'_>>> = BTreeMap::new();
    for deadline in deadlines {
        groups.entry(deadline.record.deadline.to_string()).or_default().push(deadline);
    }
    let one = |(day, group): (String, Vec<&Deadline<'_>>)| {
        let names: Vec<&str> = group.iter().map(|it| it.item).collect();
        (format!("{day} (adopted)"), names.join(", ") + &proposed(&group))
    };
    groups.into_iter().map(one).collect()
}

/// What was proposed for a group of deadlines and is not the law.
fn proposed(deadlines: &[&Deadline<'_>]) -> String {
    let days = proposed_days(deadlines.iter().copied());
    if days.is_empty() { String::new() } else { format!("; proposed and not adopted: {}", days.join(" or ")) }
}

fn proposed_days<'a>(deadlines: impl IntoIterator<Item = &'a Deadline<'a>>) -> Vec<String> {
    let mut days: Vec<String> =
        deadlines.into_iter().flat_map(|it| &it.record.proposed).map(|it| it.deadline.to_string()).collect();
    days.sort();
    days.dedup();
    days
}

/// A citation in a sentence, with the overlay it came from.
fn cited(law: &Catalogue, citation: &Citation, on: Date) -> String {
    let mut text = format!("{} in {}, from {}", citation.edition, citation.oj, citation.from);
    if let Some(end) = citation.withdrawn {
        let _ = write!(text, " until {end}");
    }
    if !citation.in_force(on) {
        let _ = write!(text, "; not in force on {on}");
    }
    if let Some(restriction) = &citation.restriction {
        let _ = write!(text, "; restricted: {restriction}");
    }
    if citation.overlay.is_some() {
        let _ = write!(text, "; {}", overlay_mark(law, citation.overlay.as_deref()));
    }
    text
}

fn stage_word(event: Option<&StageEvent>) -> &'static str {
    event.map_or("unknown", |it| it.stage.word())
}

fn step(law: &Catalogue, event: &StageEvent) -> String {
    format!("{} since {}", step_without_date(law, event), event.date)
}

fn step_without_date(law: &Catalogue, event: &StageEvent) -> String {
    let mut text = event.stage.word().to_owned();
    if let Some(version) = &event.version {
        let _ = write!(text, " {version}");
    }
    let _ = write!(
        text,
        " ({}{})",
        known(event.kind),
        event.certainty.map_or_else(String::new, |it| format!(", {}", certainty(it)))
    );
    if event.public {
        text += ", text free of charge";
    }
    if event.overlay.is_some() {
        let _ = write!(text, ", {}", overlay_mark(law, event.overlay.as_deref()));
    }
    text
}

/// Overlays with their whole hash, and the standards they touch.
fn rests_on(law: &Catalogue) -> String {
    let mut text = String::new();
    for overlay in &law.overlays {
        let name = Some(overlay.name.as_str());
        let touches = |it: &&Standard| {
            it.basis.overlay.as_deref() == name
                || it.stages.iter().any(|it| it.overlay.as_deref() == name)
                || it.citations.iter().any(|it| it.overlay.as_deref() == name)
        };
        let touched: Vec<&str> = law.standards.values().filter(touches).map(|it| it.reference.as_str()).collect();
        let what = if touched.is_empty() { "no standard".to_owned() } else { touched.join(", ") };
        text += &paragraph(0, &format!("rests on overlay {} (SHA-256 {}): {what}", overlay.name, overlay.sha256));
    }
    text
}

/// Tags with the titles behind them.
fn sources(law: &Catalogue, sources: &[String]) -> String {
    let named = |it: &String| {
        let tag = it.split([' ', ':', ',']).next().unwrap_or_default();
        law.sources.get(tag).map_or_else(|| it.clone(), |source| format!("{it} ({})", source.title))
    };
    sources.iter().map(named).collect::<Vec<_>>().join("; ")
}

fn expected(presumption: Presumption) -> &'static str {
    match presumption {
        Presumption::Expected => "a citation is expected",
        Presumption::NotExpected => "no citation is expected",
        Presumption::None => "not meant for citation under this Regulation",
        Presumption::Unknown => "whether a citation will come is not known",
    }
}

fn sure_words(sure: Certainty) -> &'static str {
    match sure {
        Certainty::Secondary => "from a secondary source",
        Certainty::Derived => "our own reading",
        Certainty::Uncertain => "uncertain",
    }
}

pub(super) fn tier_name(tier: &str) -> String {
    match tier {
        "horizontal" => "horizontal (every product)".to_owned(),
        "supporting" => "supporting (outside the request)".to_owned(),
        other => other
            .strip_prefix("important-")
            .map_or_else(|| other.to_owned(), |it| format!("important, {}", it.replace('-', " "))),
    }
}
