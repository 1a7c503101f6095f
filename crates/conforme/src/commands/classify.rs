//! `conforme classify`: scope, category, tier and procedures, from structured facts.

use crate::cli::{ClassifyArgs, Form, Target};
use crate::failure::Failure;
use crate::law;
use crate::portfolio::{self, today};
use crate::repository::read_text;
use crate::terminal::Terminal;
use conforme_catalogue::{Catalogue, FactValue};
use conforme_core::classify::{Classified, classify, facts, function_findings, routes};
use conforme_core::load::{Loaded, load};
use conforme_core::source::SourceFile;
use conforme_render::report::json::{Standard, classification, decided, opening};
use conforme_render::report::{human, plain};
use jiff::civil::Date;
use std::fmt::Write as _;
use std::io::Read;
use std::path::Path;

/// Classifies the product of a dossier, or of a facts file.
pub(crate) fn run(args: &ClassifyArgs, terminal: &Terminal) -> Result<u8, Failure> {
    let law = law::catalogue(&law::named(&args.overlay))?;
    let Some(file) = &args.facts else { return of_dossier(args, terminal) };
    let loaded = from_facts(&law, file)?;
    let mut loaded = loaded;
    loaded.findings.extend(function_findings(&law, &loaded.dossier));
    if !loaded.findings.is_empty() {
        let renderer = Problems { law: &law, loaded: &loaded };
        terminal.say(&renderer.text());
        return Ok(2);
    }
    let application = law.day("application").unwrap_or_else(today);
    let placing = args.on.unwrap_or_else(|| today().max(application));
    let mut given = facts(&law, &loaded.dossier, &loaded.facts);
    let classified = classify(&law, &given, &loaded.dossier.part);
    let mut open = None;
    if let Some(tier) = classified.tier {
        given.set("class.tier", FactValue::Word(tier.word().to_owned()));
        given.set("presumption.full", FactValue::Flag(false));
        given.set("scheme.mandated", FactValue::Flag(false));
        open = routes(&law, &given, false);
    }
    let mut classified = classified;
    if let Some(open) = open.as_ref().filter(|it| !it.missing.is_empty()) {
        classified.needs_decision = true;
        classified.missing.extend(open.missing.iter().cloned());
    }
    let standards = opening(&law, &given, classified.category.as_ref(), placing);
    match args.format {
        Form::Human => {
            let open =
                open.as_ref().map(|it| Open { allowed: &it.allowed, cites: &it.row.cites, about: &it.row.about });
            terminal.print(&people(&law, &loaded, &classified, open, &standards, placing));
        }
        Form::Json => {
            let mut answer = classification(&classified, standards);
            if let Some(open) = &open {
                answer = answer.with_routes(open);
            }
            terminal.json(&answer)?;
        }
    }
    Ok(if classified.in_scope.is_none() || classified.needs_decision { 3 } else { 0 })
}

fn from_facts(law: &Catalogue, file: &Path) -> Result<Loaded, Failure> {
    let (path, text) = if file.as_os_str() == "-" {
        let mut text = String::new();
        let limit = 16 * 1024 * 1024;
        std::io::stdin().take(limit).read_to_string(&mut text).map_err(Failure::read(file))?;
        ("(standard input)".to_owned(), text)
    } else {
        let text = read_text(file)
            .map_err(|problem| Failure::Usage(format!("`{}` cannot be read: {problem}", file.display())))?;
        (file.display().to_string(), text)
    };
    let text = if text.trim_start().starts_with('{') { from_json(&path, &text)? } else { text };
    Ok(load(law, &[SourceFile { path, text: text.into() }], None))
}

/// JSON facts are read as the TOML they mean, so that both have one reader.
fn from_json(path: &str, text: &str) -> Result<String, Failure> {
    let value: toml::Table = serde_json::from_str(text).map_err(|error| {
        Failure::Usage(format!(
            "`{path}` is no JSON object of facts: {error}\nnext: `conforme schema facts` describes it"
        ))
    })?;
    toml_edit::ser::to_string(&value).map_err(|error| Failure::Usage(format!("`{path}`: {error}")))
}

/// A dossier has a release with its placing date, and perhaps a decision: the engine's own answer is given.
fn of_dossier(args: &ClassifyArgs, terminal: &Terminal) -> Result<u8, Failure> {
    let target =
        Target { folder: args.folder.clone(), overlay: args.overlay.clone(), on: args.on, ..Target::default() };
    let portfolio = portfolio::judge(&target)?;
    let mut worst = 0;
    for judged in &portfolio.products {
        let (law, assessment) = (&judged.law, &judged.assessment);
        if !judged.loaded.is_readable() {
            terminal.say(&Problems { law, loaded: &judged.loaded }.text());
            return Ok(2);
        }
        let given = facts(law, &judged.loaded.dossier, &judged.loaded.facts);
        let standards = opening(law, &given, assessment.category.as_ref(), assessment.placing);
        if args.format == Form::Human {
            let mut classified = assessment.classified.clone();
            classified.category.clone_from(&assessment.category);
            classified.tier = assessment.tier.or(classified.tier);
            classified.needs_decision = assessment.needs_decision;
            let open =
                assessment.routes.as_ref().map(|it| Open { allowed: &it.allowed, cites: &it.cites, about: &it.about });
            terminal.print(&people(law, &judged.loaded, &classified, open, &standards, assessment.placing));
        } else {
            terminal.json(&decided(assessment, standards))?;
        }
        if assessment.needs_decision {
            worst = 3;
        }
    }
    Ok(worst)
}

/// The procedures open to a product, for people.
struct Open<'a> {
    allowed: &'a [String],
    cites: &'a str,
    about: &'a str,
}

struct Problems<'a> {
    law: &'a Catalogue,
    loaded: &'a Loaded,
}

impl Problems<'_> {
    fn text(&self) -> String {
        let mut text = String::new();
        for finding in &self.loaded.findings {
            let place = finding.place.map_or_else(String::new, |place| {
                let (line, column) = self.loaded.sources.line_column(place);
                let path = self.loaded.sources.file(place).map_or("", |it| it.path.as_str());
                format!("{}:{line}:{column}: ", human::relative(path, ""))
            });
            let _ = writeln!(text, "error[{}]: {place}{}\n  next: {}", finding.code, finding.message, finding.next);
        }
        let _ = writeln!(text, "`conforme schema facts` describes the input (catalogue {})", self.law.edition.id);
        text
    }
}

fn people(
    law: &Catalogue,
    loaded: &Loaded,
    classified: &Classified,
    open: Option<Open<'_>>,
    standards: &[Standard],
    placing: Date,
) -> String {
    let mut text = String::new();
    let scope = match classified.in_scope {
        Some(true) => "in scope".to_owned(),
        Some(false) => {
            format!("not a product placed on the market under the Regulation (duties: {})", classified.regime.word())
        }
        None => "scope not decided".to_owned(),
    };
    let _ = writeln!(text, "{}: {scope}", plain(loaded.dossier.name()));
    if let (Some(id), Some(tier)) = (&classified.category, classified.tier) {
        let likely = if classified.needs_decision { "likely " } else { "" };
        let title = law.categories.get(id).map_or("", |it| it.title.as_str());
        let _ = writeln!(text, "  category    {likely}{id}, {title}");
        let _ = writeln!(text, "  tier        {likely}{}", tier.phrase());
    }
    if let Some(open) = open {
        let _ = writeln!(text, "  procedures  {} when placed on {placing} ({})", open.allowed.join(", "), open.cites);
        let _ = writeln!(text, "              {}", open.about);
    }
    for reason in &classified.reasons {
        let _ = writeln!(text, "  because     {} [{}]", reason.text, reason.source);
    }
    for (title, kind) in &classified.parts {
        let _ = writeln!(text, "  part        {}: {}", plain(title), kind.word());
    }
    for view in &classified.views {
        let _ = writeln!(
            text,
            "\n  open question: {} (likely {})\n    for      {}\n    against  {}\n    source   {}",
            view.category, view.likely, view.pro, view.contra, view.source
        );
    }
    if !standards.is_empty() {
        let _ = writeln!(text, "\n  standards of this category");
        for it in standards {
            let cited = if it.cited { "cited" } else { "not cited" };
            let opens = if it.opens.is_empty() {
                String::new()
            } else {
                format!("; a citation can help to open {}", it.opens.join(", "))
            };
            let _ = writeln!(text, "    {:<16} {:<16} {cited}{opens}", it.reference, it.stage);
        }
    }
    if !classified.missing.is_empty() {
        let _ = writeln!(text, "\n  facts that would decide more: {}", classified.missing.join(", "));
    }
    if classified.needs_decision {
        let _ = writeln!(
            text,
            "\n  needs a human decision: record it under [classification] with `category`, `decided_by`, `decided_on` and `reason`"
        );
    }
    text
}
