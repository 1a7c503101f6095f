//! `conforme check`: what is missing, where, on whose authority, and what now.

use crate::PROGRAM;
use crate::cli::{CheckArgs, Format};
use crate::failure::Failure;
use crate::portfolio::{self, Judged, Portfolio};
use crate::terminal::Terminal;
use conforme_catalogue::{Severity, Stage};
use conforme_core::assessment::{Gate, Status};
use conforme_core::classify::facts;
use conforme_render::report::{human, json, plain, sarif};
use serde_json::json;
use std::fmt::Write as _;

/// Checks one product or all of a workspace.
pub(crate) fn run(args: &CheckArgs, terminal: &Terminal) -> Result<u8, Failure> {
    let portfolio = portfolio::judge(&args.target)?;
    let stage = Stage::from(args.stage);
    let fail_on = Severity::from(args.fail_on);
    let gate = worst(portfolio.products.iter().map(|it| it.assessment.gate(stage, fail_on)));
    match args.format {
        Format::Human => people(&portfolio, args, stage, fail_on, terminal),
        Format::Json => machine(&portfolio, stage, fail_on, gate, terminal)?,
        Format::Sarif => {
            let law = portfolio.products.first().map(|it| std::sync::Arc::clone(&it.law));
            let Some(law) = law else { return Ok(gate.exit_code()) };
            let all = portfolio.products.iter().map(|it| (&it.assessment, &it.loaded.sources));
            terminal.json(&sarif::log(&law, all, stage, env!("CARGO_PKG_VERSION")))?;
        }
    }
    let code = exit_code(&portfolio, gate);
    // The process ends here; taking everything apart first would cost as much as judging it.
    std::mem::forget(portfolio);
    Ok(code)
}

/// The exit code of a gate, unless a file could not be read: then nothing behind it was judged.
pub(crate) fn exit_code(portfolio: &Portfolio, gate: Gate) -> u8 {
    let unread = portfolio.products.iter().any(|it| !it.loaded.is_readable());
    if unread { 2 } else { gate.exit_code() }
}

/// Failed outranks undecided, undecided outranks passed.
pub(crate) fn worst(gates: impl Iterator<Item = Gate>) -> Gate {
    gates.fold(Gate::Passed, |worst, gate| match (worst, gate) {
        (Gate::Failed, _) | (_, Gate::Failed) => Gate::Failed,
        (Gate::Undecided, _) | (_, Gate::Undecided) => Gate::Undecided,
        _ => Gate::Passed,
    })
}

fn people(portfolio: &Portfolio, args: &CheckArgs, stage: Stage, fail_on: Severity, terminal: &Terminal) {
    let look = human::Look { colour: terminal.colour, stage, fail_on, here: &portfolio.here };
    let mut text = String::new();
    if portfolio.many {
        for judged in &portfolio.products {
            text += &line(judged, look);
        }
        let count =
            |wanted: Gate| portfolio.products.iter().filter(|it| it.assessment.gate(stage, fail_on) == wanted).count();
        let _ = writeln!(
            text,
            "\n{} products, gate {}: {} passed, {} failed, {} undecided; `--product NAME` shows the findings of one",
            portfolio.products.len(),
            stage.word(),
            count(Gate::Passed),
            count(Gate::Failed),
            count(Gate::Undecided)
        );
        return terminal.print(&text);
    }
    for judged in &portfolio.products {
        text += &human::findings(&judged.assessment, &judged.loaded.sources, look);
        if args.verdicts {
            text += &human::verdicts(&judged.assessment, &judged.loaded.sources, look);
            text.push('\n');
        }
        text += &human::summary(&judged.assessment, look);
    }
    terminal.print(&text);
}

/// One product in one line.
fn line(judged: &Judged, look: human::Look<'_>) -> String {
    let assessment = &judged.assessment;
    let count = |status: Status| assessment.count(look.stage, status);
    let errors = assessment.at(look.stage).filter(|it| it.severity == Severity::Error).count();
    let gate = assessment.gate(look.stage, look.fail_on);
    let pad = " ".repeat(10_usize.saturating_sub(gate.word().len()));
    format!(
        "{}{pad} {:<32} {:<28} {:<9} {:>3} met {:>3} open {:>3} errors\n",
        human::paint(gate, look.colour),
        plain(&judged.folder),
        plain(&assessment.product),
        plain(&assessment.release),
        count(Status::Met),
        count(Status::Partly) + count(Status::NotMet) + count(Status::Unknown),
        errors
    )
}

fn machine(
    portfolio: &Portfolio,
    stage: Stage,
    fail_on: Severity,
    gate: Gate,
    terminal: &Terminal,
) -> Result<(), Failure> {
    let one = |it: &Judged| {
        let standards = json::opening(
            &it.law,
            &facts(&it.law, &it.loaded.dossier, &it.loaded.facts),
            it.assessment.category.as_ref(),
            it.assessment.placing,
        );
        json::check(&it.assessment, &it.loaded.sources, stage, fail_on, PROGRAM, standards)
    };
    if let ([judged], false) = (portfolio.products.as_slice(), portfolio.many) {
        return terminal.json(&one(judged));
    }
    let products: Vec<_> =
        portfolio.products.iter().map(|it| json!({ "folder": it.folder, "check": one(it) })).collect();
    terminal.json(
        &json!({ "version": json::VERSION, "program": PROGRAM, "gate": gate.word(), "stage": stage.word(), "products": products }),
    )
}
