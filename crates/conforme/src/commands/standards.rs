//! `conforme standards`: how far the standards are, what is late, what is cited, and what it means for a product.

mod exchange;
mod library;
mod oscal;
mod products;

use crate::PROGRAM;
use crate::cli::{StandardsAction, StandardsArgs, StandardsFilter, StandardsFormat};
use crate::failure::Failure;
use crate::law;
use crate::portfolio::today;
use crate::terminal::{Terminal, pretty};
use conforme_catalogue::{Catalogue, Standard};
use conforme_core::codes;
use conforme_core::finding::Reporter;
use conforme_core::register::{self, Filter};
use conforme_render::standards::{human, json, page};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// Answers one question about the register.
pub(crate) fn run(args: &StandardsArgs, terminal: &Terminal) -> Result<u8, Failure> {
    let listed = matches!(args.action, None | Some(StandardsAction::List(_)));
    if !listed && args.filter != StandardsFilter::default() {
        return Err(Failure::Usage(
            "filters such as `--tier` belong to `standards list`\nnext: leave them out here".to_owned(),
        ));
    }
    if !listed && args.format == StandardsFormat::Html {
        return Err(Failure::Usage(
            "only the list has a page\nnext: use `--format human` or `--format json` here".to_owned(),
        ));
    }
    let text = match &args.action {
        Some(StandardsAction::Coverage { standards, sl }) => library::coverage(args, standards, sl.as_deref())?,
        Some(StandardsAction::Run(wanted)) => library::run(args, wanted)?,
        Some(StandardsAction::Import(wanted)) => exchange::import(args, wanted, terminal)?,
        Some(StandardsAction::Export(wanted)) => {
            exchange::export(args, wanted, terminal)?;
            return Ok(0);
        }
        Some(StandardsAction::Lint { text }) => {
            let (text, code) = library::lint(args, text.as_deref())?;
            put(args, &text, terminal)?;
            return Ok(code);
        }
        Some(StandardsAction::ForProduct { folder, which }) => products::standards(args, folder, which, terminal)?,
        Some(StandardsAction::Presumption { product_folder: Some(folder), which }) => {
            products::presumption(args, folder, which, terminal)?
        }
        Some(StandardsAction::Diff { editions, folder, .. }) if editions.len() == 2 => {
            library::diff(args, editions, folder.as_deref())?
        }
        Some(StandardsAction::Diff { from: None, .. } | StandardsAction::Diff { to: None, .. }) => {
            return Err(Failure::Usage(
                "`diff` compares two days or two editions\nnext: give `--from` and `--to`, or two names such as `IEC-62443-4-2@2019`".to_owned(),
            ));
        }
        Some(StandardsAction::Diff { from: Some(from), to: Some(to), folder, .. }) => {
            if args.on.is_some() {
                return Err(Failure::Usage("`diff` compares `--from` with `--to`\nnext: leave `--on` out".to_owned()));
            }
            products::diff(args, (*from, *to), folder.as_deref(), terminal)?
        }
        _ => general(args, terminal)?,
    };
    put(args, &text, terminal)?;
    Ok(0)
}

/// Questions for which no dossier is read.
fn general(args: &StandardsArgs, terminal: &Terminal) -> Result<String, Failure> {
    let law = law::catalogue(&law::named(&args.overlay))?;
    warn(&law, terminal);
    let on = args.on.unwrap_or_else(today);
    let machine = args.format == StandardsFormat::Json;
    match &args.action {
        Some(StandardsAction::Show { name, edition, requirement }) => {
            let standard = find(&law, &name.join(" "))?;
            let of = format!("{}@", standard.id);
            let library = law::library(&law::named(&args.overlay), |it| it.starts_with(&of))?;
            let edition = edition.as_deref();
            if machine {
                let answer = json::register(&law, &[standard], on);
                let mut answer = serde_json::to_value(answer).map_err(|it| Failure::Internal(it.to_string()))?;
                library::shown(&library, standard, edition, on, &mut answer)?;
                return pretty(&answer);
            }
            let own = library::show(&library, standard, edition, requirement.as_deref())?;
            Ok(if requirement.is_some() { own } else { human::show(&law, standard, on) + &own })
        }
        Some(StandardsAction::Overdue) => {
            let late = register::overdue(&law, on);
            if machine { pretty(&json::overdue(&law, &late, on)) } else { Ok(human::overdue(&law, &late, on)) }
        }
        Some(StandardsAction::Presumption { which, .. }) => {
            if *which != crate::cli::WhichProduct::default() {
                return Err(Failure::Usage(
                    "`--product`, `--variant` and `--release` need a dossier\nnext: add `--product-folder FOLDER`"
                        .to_owned(),
                ));
            }
            let enjoyed = register::presumption(&law, on);
            if machine {
                pretty(&json::presumption(&law, &enjoyed, on))
            } else {
                Ok(human::presumption(&law, &enjoyed, on))
            }
        }
        Some(StandardsAction::List(own)) => list(args, &joined(&args.filter, own), &law, on),
        _ => list(args, &args.filter, &law, on),
    }
}

fn list(args: &StandardsArgs, wanted: &StandardsFilter, law: &Catalogue, on: Date) -> Result<String, Failure> {
    check(law, wanted)?;
    let filter = Filter {
        tier: wanted.tier.as_deref(),
        body: wanted.body.as_deref(),
        stage: wanted.stage,
        item: wanted.item.as_deref(),
        category: wanted.category.as_deref(),
        supporting: wanted.supporting,
    };
    let standards = register::list(law, &filter, on);
    match args.format {
        StandardsFormat::Human => Ok(human::list(law, &standards, on)),
        StandardsFormat::Json => pretty(&json::register(law, &standards, on)),
        StandardsFormat::Html => {
            page::page(law, &standards, on, PROGRAM, None).map_err(|it| Failure::Internal(it.to_string()))
        }
    }
}

/// Filters may stand before and after the word `list`.
fn joined(before: &StandardsFilter, after: &StandardsFilter) -> StandardsFilter {
    let word = |after: &Option<String>, before: &Option<String>| after.clone().or_else(|| before.clone());
    StandardsFilter {
        tier: word(&after.tier, &before.tier),
        body: word(&after.body, &before.body),
        stage: after.stage.or(before.stage),
        item: word(&after.item, &before.item),
        category: word(&after.category, &before.category),
        supporting: after.supporting || before.supporting,
    }
}

/// A filter that can never find anything is a mistake, and said so.
fn check(law: &Catalogue, wanted: &StandardsFilter) -> Result<(), Failure> {
    let tiers: BTreeSet<&str> = law.standards.values().map(|it| it.tier.as_str()).collect();
    let bodies = || law.standards.values().map(|it| it.body.as_str());
    let bodies: BTreeSet<&str> = bodies().chain(bodies().flat_map(|it| it.split('-'))).collect();
    let categories: Vec<&str> = law.categories.keys().map(conforme_catalogue::Id::as_str).collect();
    let (tiers, bodies): (Vec<&str>, Vec<&str>) = (tiers.into_iter().collect(), bodies.into_iter().collect());
    for (what, word, known) in
        [("tier", &wanted.tier, tiers), ("body", &wanted.body, bodies), ("category", &wanted.category, categories)]
    {
        let Some(word) = word else { continue };
        if !known.iter().any(|it| it.eq_ignore_ascii_case(word)) {
            return Err(Failure::NotFound {
                what,
                name: word.clone(),
                remedy: format!("the catalogue has {}", known.join(", ")),
            });
        }
    }
    match &wanted.item {
        Some(item) if !register::is_item(item) => Err(Failure::Usage(format!(
            "`{item}` is no item of the standardisation request\nnext: write a number, a number with its letter or a range: 27, 27a, 2-14"
        ))),
        Some(item) => {
            let digits = item.split(|it: char| !it.is_ascii_digit()).next().unwrap_or_default();
            if digits.parse::<u16>().is_ok_and(|number| law.items.iter().any(|it| it.id == number)) {
                return Ok(());
            }
            let last = law.items.iter().map(|it| it.id).max().unwrap_or_default();
            Err(Failure::NotFound {
                what: "item",
                name: item.clone(),
                remedy: format!("the request has items 1 to {last}"),
            })
        }
        None => Ok(()),
    }
}

/// A standard under any spelling, or the nearest names.
fn find<'a>(law: &'a Catalogue, name: &str) -> Result<&'a Standard, Failure> {
    if let Some(found) = law.standard(name) {
        return Ok(found);
    }
    let likeness = |it: &str| strsim::jaro_winkler(&name.to_lowercase(), &it.to_lowercase());
    let names = |it: &Standard| {
        std::iter::once(likeness(&it.reference)).chain(it.aliases.iter().map(|it| likeness(it))).fold(0.0, f64::max)
    };
    let near = law.standards.values().max_by(|a, b| names(a).total_cmp(&names(b))).filter(|it| names(it) > 0.75);
    let remedy = near.map_or_else(
        || "`conforme standards --supporting` lists all".to_owned(),
        |it| format!("did you mean `{}`?", it.reference),
    );
    Err(Failure::NotFound { what: "standard", name: name.to_owned(), remedy })
}

/// Says what an overlay claims and the program does not believe.
fn warn(law: &Catalogue, terminal: &Terminal) {
    let mut reporter = Reporter::new(law);
    for ignored in &law.ignored {
        let overlay = format!("{}/{}", ignored.overlay, ignored.file);
        reporter.report(
            codes::CITATION_WITHOUT_REFERENCE,
            None,
            &[("standard", &ignored.subject), ("overlay", &overlay)],
        );
    }
    for finding in reporter.findings() {
        terminal.say(&format!(
            "{}[{}]: {}\n  next: {}",
            finding.severity.word(),
            finding.code,
            finding.message,
            finding.next
        ));
    }
}

fn put(args: &StandardsArgs, text: &str, terminal: &Terminal) -> Result<(), Failure> {
    let Some(path) = &args.output else {
        terminal.print(text);
        return Ok(());
    };
    std::fs::write(path, text).map_err(Failure::write(path))?;
    terminal.say(&format!("written: {}", path.display()));
    Ok(())
}
