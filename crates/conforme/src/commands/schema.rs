//! `conforme schema`: the promised forms of input and output.

use crate::cli::{SchemaArgs, SchemaName};
use crate::failure::Failure;
use crate::terminal::Terminal;

/// Prints one schema.
pub(crate) fn run(args: &SchemaArgs, terminal: &Terminal) -> Result<u8, Failure> {
    let law = conforme_law::catalogue();
    let schema = match args.name {
        SchemaName::Dossier => conforme_core::schema::dossier(&law),
        SchemaName::Facts => conforme_core::schema::facts(&law),
        SchemaName::Check => conforme_render::report::json::schema(),
        SchemaName::Standards => conforme_render::standards::schema(),
    };
    terminal.json(&schema)?;
    Ok(0)
}
