//! Completions and manual pages, from the same arguments as the program itself.

use crate::cli::{Cli, CompletionsArgs, ManArgs};
use crate::failure::Failure;
use crate::terminal::Terminal;
use clap::CommandFactory;

/// Prints completions for a shell.
pub(crate) fn run(args: &CompletionsArgs, terminal: &Terminal) -> Result<u8, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "conforme", &mut script);
    terminal.print(&String::from_utf8_lossy(&script));
    Ok(0)
}

/// Prints a manual page.
pub(crate) fn manual(args: &ManArgs, terminal: &Terminal) -> Result<u8, Failure> {
    let program = Cli::command();
    let command = match &args.command {
        None => program,
        Some(name) => program.find_subcommand(name).cloned().ok_or_else(|| Failure::NotFound {
            what: "command",
            name: name.clone(),
            remedy: "`conforme --help` lists the commands".to_owned(),
        })?,
    };
    let mut page = Vec::new();
    clap_mangen::Man::new(command).render(&mut page).map_err(|error| Failure::Internal(error.to_string()))?;
    terminal.print(&String::from_utf8_lossy(&page));
    Ok(0)
}
