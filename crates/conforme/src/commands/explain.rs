//! `conforme explain`: everything the catalogue knows under a name, with its authority and source.

use crate::cli::{ExplainArgs, Form};
use crate::failure::Failure;
use crate::law;
use crate::portfolio::today;
use crate::terminal::Terminal;
use conforme_catalogue::{Basis, Catalogue, Category, Certainty, FindingText, Id, Provision, Standard, Term};
use serde_json::{Value, json};
use std::fmt::Write as _;

/// Explains a name, or lists all names.
pub(crate) fn run(args: &ExplainArgs, terminal: &Terminal) -> Result<u8, Failure> {
    let law = law::catalogue(&law::named(&args.overlay))?;
    if args.list {
        terminal.print(&list(&law));
        return Ok(0);
    }
    let name = args.name.join(" ");
    let entries = find(&law, &name);
    let there = if entries.is_empty() { at_place(&law, &name) } else { Vec::new() };
    if !there.is_empty() && args.format == Form::Human {
        let rows: Vec<String> = there.iter().map(|it| format!("{:<20}  {}\n", it.id, it.title)).collect();
        terminal.print(&format!(
            "{name} has these provisions; `conforme explain ID` tells about each\n\n{}",
            rows.concat()
        ));
        return Ok(0);
    }
    if entries.is_empty() {
        let known = names(&law);
        let near = nearest(&name, &known);
        let remedy = near.map_or_else(
            || "`conforme explain --list` lists everything".to_owned(),
            |it| format!("did you mean `{it}`?"),
        );
        return Err(Failure::NotFound { what: "the name", name, remedy });
    }
    if args.format == Form::Human {
        let text: Vec<String> = entries.iter().map(|it| people(&law, it)).collect();
        terminal.print(&text.join("\n"));
    } else {
        let all: Vec<Value> = entries.iter().map(|it| machine(&law, it)).collect();
        terminal.json(&all)?;
    }
    Ok(0)
}

enum Entry<'a> {
    Provision(&'a Provision),
    Finding(&'a FindingText),
    Category(&'a Category),
    Standard(&'a Standard),
    Term(&'a Term),
    Topic(&'static str),
}

/// Tables of the catalogue that are explained whole.
const TOPICS: [(&str, &str); 5] = [
    ("timeline", "dates of the law"),
    ("penalties", "fines and who is not fined"),
    ("support-period", "rules on the support period"),
    ("scope", "what is in scope and what is not, in the order in which it is tried"),
    ("routes", "the decision table of conformity assessment"),
];

fn find<'a>(law: &'a Catalogue, name: &str) -> Vec<Entry<'a>> {
    let trimmed = name.trim();
    let folded = trimmed.to_lowercase();
    let id = |text: &str| Id::from(text);
    let mut found = Vec::new();
    let provision = law.provisions.values().find(|it| it.id.as_str().eq_ignore_ascii_case(trimmed));
    found.extend(provision.map(Entry::Provision));
    found.extend(law.findings.get(&id(&folded)).map(Entry::Finding));
    found.extend(law.categories.values().find(|it| it.id.as_str().eq_ignore_ascii_case(trimmed)).map(Entry::Category));
    found.extend(law.standard(trimmed).map(Entry::Standard));
    let slug = folded.replace([' ', '_'], "-");
    found.extend(TOPICS.iter().find(|(name, _)| *name == slug).map(|(name, _)| Entry::Topic(name)));
    let term = |it: &&Term| it.term.to_lowercase() == folded || it.id.as_str() == slug;
    found.extend(law.terms.values().filter(term).map(Entry::Term));
    found
}

/// Provisions at or below a place of the law as people write it: `Art. 14`, `Annex I Part II`, `13(8)`.
fn at_place<'a>(law: &'a Catalogue, name: &str) -> Vec<&'a Provision> {
    let words = |text: &str| {
        let text = text.to_lowercase().replace("article", "art");
        let parts = text.split(|it: char| !it.is_ascii_alphanumeric()).filter(|it| !it.is_empty() && *it != "point");
        parts.map(str::to_owned).collect::<Vec<_>>()
    };
    let mut wanted = words(name);
    if wanted.first().is_some_and(|it| it.bytes().all(|byte| byte.is_ascii_digit())) {
        wanted.insert(0, "art".to_owned());
    }
    if wanted.len() < 2 {
        return Vec::new();
    }
    law.provisions.values().filter(|it| words(it.place()).starts_with(&wanted)).collect()
}

fn names(law: &Catalogue) -> Vec<&str> {
    let ids = law.provisions.keys().chain(law.findings.keys()).chain(law.categories.keys()).chain(law.standards.keys());
    ids.map(Id::as_str)
        .chain(law.terms.values().map(|it| it.term.as_str()))
        .chain(TOPICS.iter().map(|it| it.0))
        .collect()
}

pub(crate) fn nearest<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    let likeness = |it: &str| strsim::jaro_winkler(&name.to_lowercase(), &it.to_lowercase());
    known
        .iter()
        .copied()
        .map(|it| (likeness(it), it))
        .filter(|(it, _)| *it > 0.75)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, it)| it)
}

fn list(law: &Catalogue) -> String {
    let mut text = String::new();
    let mut group = |title: &str, rows: Vec<(String, &str)>| {
        let _ = writeln!(text, "{title}");
        for (name, about) in rows {
            let _ = writeln!(text, "  {name:<28}  {about}");
        }
        text.push('\n');
    };
    group("provisions", law.provisions.values().map(|it| (it.id.to_string(), it.title.as_str())).collect());
    group("categories", law.categories.values().map(|it| (it.id.to_string(), it.title.as_str())).collect());
    group("standards", law.standards.values().map(|it| (it.id.to_string(), it.title.as_str())).collect());
    group("findings", law.findings.values().map(|it| (it.id.to_string(), it.title.as_str())).collect());
    group("topics", TOPICS.iter().map(|(name, about)| ((*name).to_owned(), *about)).collect());
    group("terms", law.terms.values().map(|it| (it.term.clone(), it.cites.as_str())).collect());
    text
}

fn people(law: &Catalogue, entry: &Entry<'_>) -> String {
    let mut text = String::new();
    match entry {
        Entry::Provision(it) => {
            let _ = writeln!(text, "{}: {}\n{}\n\n{}", it.id, it.title, it.cites, it.text);
            if !it.verifier.is_empty() {
                let _ = writeln!(text, "\na verifier asks for");
                bullets(&it.verifier, &mut text);
            }
            if let Some(next) = &it.next {
                let _ = writeln!(text, "\nnext: {next}");
            }
            let _ = writeln!(text, "\napplies from {}, to: {}", it.from, it.who.join(", "));
            if let Some(checked) = it.checked() {
                let _ = writeln!(text, "asked for at the gate `{}`", checked.stage.word());
            }
            if !it.related.is_empty() {
                let related: Vec<&str> = it.related.iter().map(Id::as_str).collect();
                let _ = writeln!(text, "see also {}", related.join(", "));
            }
            basis(law, &it.basis, &mut text);
        }
        Entry::Finding(it) => {
            let stage = it.stage.map_or("every gate".to_owned(), |it| format!("the gate `{}`", it.word()));
            let _ = writeln!(
                text,
                "{}: {}\n{} at {stage}\n\n{}\n\nnext: {}\nrests on: {}",
                it.id,
                it.title,
                it.severity.word(),
                it.text,
                it.next,
                it.cites
            );
            basis(law, &it.basis, &mut text);
        }
        Entry::Category(it) => {
            let _ = writeln!(text, "{}: {} ({})\n{}\n\n{}", it.id, it.title, it.tier.phrase(), it.cites, it.text);
            for (title, list) in [("named in the description", &it.included), ("limits", &it.excluded)] {
                if !list.is_empty() {
                    let _ = writeln!(text, "\n{title}");
                    bullets(list, &mut text);
                }
            }
            for judgement in &it.judgement {
                let _ = writeln!(
                    text,
                    "\nleft open (likely {})\n  for      {}\n  against  {}",
                    judgement.likely, judgement.pro, judgement.contra
                );
            }
            let standards: Vec<&str> = law
                .standards
                .values()
                .filter(|it_| it_.categories.contains(&it.id))
                .map(|it| it.reference.as_str())
                .collect();
            if !standards.is_empty() {
                let _ = writeln!(text, "\nstandards: {}", standards.join(", "));
            }
            basis(law, &it.basis, &mut text);
        }
        Entry::Standard(it) => {
            let stage =
                it.stage(today()).map_or("unknown".to_owned(), |it| format!("{} since {}", it.stage.word(), it.date));
            let _ = writeln!(
                text,
                "{}: {}\n{}, {}\n{stage}\n\n{}",
                it.reference,
                it.title,
                it.body,
                it.committee,
                it.scope.trim()
            );
            let _ = writeln!(text, "\n`conforme standards show {}` tells its whole history", it.id);
            basis(law, &it.basis, &mut text);
        }
        Entry::Term(it) => {
            let _ = writeln!(text, "{}\n{}\n\n{}", it.term, it.cites, it.text);
            basis(law, &it.basis, &mut text);
        }
        Entry::Topic(name) => topic(law, name, &mut text),
    }
    text
}

/// A whole table, each row with where it stands and how sure it is.
fn topic(law: &Catalogue, name: &str, text: &mut String) {
    let mut row = |head: &str, about: &str, cites: &str, basis: &Basis| {
        let _ = writeln!(text, "{head}\n  {about}\n  {cites} [source: {}]", basis.source.join(", "));
        if let Some(doubt) = &basis.doubt {
            let _ = writeln!(text, "  not sure: {doubt}");
        }
        text.push('\n');
    };
    match name {
        "timeline" => {
            for it in &law.timeline {
                row(
                    &format!("{}  {}", it.date, it.title),
                    &it.about,
                    it.cites.as_deref().unwrap_or_default(),
                    &it.basis,
                );
            }
        }
        "penalties" => {
            for it in &law.penalties {
                let head = format!(
                    "{}  up to {} EUR or {} % of turnover: {}",
                    it.id,
                    it.max_eur,
                    it.max_turnover_percent,
                    it.provisions.join(", ")
                );
                row(&head, &it.about, &it.cites, &it.basis);
            }
            for it in &law.exemptions {
                row(&it.id, &it.about, &it.cites, &it.basis);
            }
        }
        "routes" => {
            for it in &law.routes {
                row(&format!("{}: {}", it.title, it.allows.join(", ")), &it.about, &it.cites, &it.basis);
            }
        }
        name => {
            let rules = if name == "scope" { &law.scope } else { &law.support };
            for it in rules {
                let effect =
                    it.effect.map_or_else(String::new, |it| format!(" -> {}", json!(it).as_str().unwrap_or_default()));
                row(&format!("{}{effect}", it.title), &it.about, &it.cites, &it.basis);
            }
        }
    }
}

fn bullets(list: &[String], text: &mut String) {
    for it in list {
        let _ = writeln!(text, "  - {it}");
    }
}

/// Authority, sources, date and doubt: whose word it is, and how sure.
fn basis(law: &Catalogue, basis: &Basis, text: &mut String) {
    if let Some(authority) = basis.authority {
        let word = json!(authority);
        let _ = writeln!(text, "\nauthority: {}", word.as_str().unwrap_or_default());
    }
    for source in &basis.source {
        let tag = source.split([' ', ':', ',']).next().unwrap_or_default();
        let title = law.sources.get(tag).map_or("", |it| it.title.as_str());
        let _ = writeln!(text, "source: {source} ({title})");
    }
    let _ = writeln!(text, "as of: {}", basis.as_of);
    if let (Some(certainty), Some(doubt)) = (basis.certainty, &basis.doubt) {
        let word = match certainty {
            Certainty::Secondary => "from a secondary source",
            Certainty::Derived => "our own reading",
            Certainty::Uncertain => "uncertain",
        };
        let _ = writeln!(text, "certainty: {word}: {doubt}");
    }
    if let Some(overlay) = &basis.overlay {
        let _ = writeln!(text, "overlay: {overlay}");
    }
}

fn machine(law: &Catalogue, entry: &Entry<'_>) -> Value {
    let (kind, record) = match entry {
        Entry::Provision(it) => ("provision", json!(it)),
        Entry::Finding(it) => ("finding", json!(it)),
        Entry::Category(it) => ("category", json!(it)),
        Entry::Standard(it) => ("standard", json!(it)),
        Entry::Term(it) => ("term", json!(it)),
        Entry::Topic("timeline") => ("topic", json!(law.timeline)),
        Entry::Topic("penalties") => ("topic", json!({ "tiers": law.penalties, "exemptions": law.exemptions })),
        Entry::Topic("routes") => ("topic", json!(law.routes)),
        Entry::Topic("scope") => ("topic", json!(law.scope)),
        Entry::Topic(_) => ("topic", json!(law.support)),
    };
    json!({ "kind": kind, "record": record })
}
