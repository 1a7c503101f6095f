//! `conforme`: from the harmonised standards of the Cyber Resilience Act to a declaration of conformity.
//!
//! This crate owns what the others may not touch: arguments, files, the terminal, the clock and the exit code.

mod cli;
mod commands;
mod edit;
mod failure;
mod hashing;
mod law;
mod portfolio;
mod repository;
mod terminal;
mod writing;

use clap::Parser;
use cli::{Cli, Command};
use failure::Failure;
use std::process::ExitCode;
use terminal::Terminal;

/// Name and version, as it stands in every document.
pub(crate) const PROGRAM: &str = concat!("conforme ", env!("CARGO_PKG_VERSION"));

fn main() -> ExitCode {
    let cli = Cli::parse();
    let terminal = Terminal::new();
    match run(cli, &terminal) {
        Ok(code) => ExitCode::from(code),
        Err(failure) => {
            terminal.say(&format!("error: {failure}"));
            ExitCode::from(failure.exit_code())
        }
    }
}

fn run(cli: Cli, terminal: &Terminal) -> Result<u8, Failure> {
    match cli.command {
        Command::Init(args) => commands::init::run(&args, terminal),
        Command::Check(args) => commands::check::run(&args, terminal),
        Command::Build(args) => commands::build::run(&args, terminal),
        Command::Classify(args) => commands::classify::run(&args, terminal),
        Command::Explain(args) => commands::explain::run(&args, terminal),
        Command::Standards(args) => commands::standards::run(&args, terminal),
        Command::Risk(args) => commands::risk::run(&args, terminal),
        Command::Review(args) => commands::review::run(&args, terminal),
        Command::Supplier(args) => commands::supplier::run(&args, terminal),
        Command::Set(args) => commands::set::run(&args, terminal),
        Command::Schema(args) => commands::schema::run(&args, terminal),
        Command::Completions(args) => commands::completions::run(&args, terminal),
        Command::Man(args) => commands::completions::manual(&args, terminal),
    }
}
