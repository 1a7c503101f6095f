//! Arguments of `review`.

use super::{Form, Target};
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// Arguments of `review`.
#[derive(Debug, Args)]
pub(crate) struct ReviewArgs {
    /// What to do.
    #[command(subcommand)]
    pub action: ReviewAction,
}

/// What to do with a review.
#[derive(Debug, Subcommand)]
pub(crate) enum ReviewAction {
    /// Write a review with one item for each verdict, bound to what the dossier says now. Nothing is replaced.
    New {
        #[command(flatten)]
        target: Target,
        /// Who reviews.
        #[arg(long, value_name = "NAME")]
        by: String,
        /// The file to write: `review/3.0.toml`.
        #[arg(long, short, value_name = "FILE")]
        output: PathBuf,
        /// Also one item for each requirement of a standard that the dossier follows.
        #[arg(long)]
        requirements: bool,
    },
    /// Say for each item whether it is closed, open or failed, and whether the dossier has changed since. Exit code 0 when every
    /// item is closed and fresh, 1 when one failed, 3 when one is open or stale.
    Check(ReviewCheck),
}

/// Arguments of `review check`.
#[derive(Debug, Args)]
pub(crate) struct ReviewCheck {
    /// Folder of the product.
    pub folder: PathBuf,
    /// The review.
    pub file: PathBuf,
    /// One product of the workspace: its folder or name.
    #[arg(long, value_name = "NAME")]
    pub product: Option<String>,
    /// The date that decides what is known, stale or overdue [default: today].
    #[arg(long = "on", value_name = "DATE")]
    pub on: Option<jiff::civil::Date>,
    /// Folder laid over the catalogue; can be given more than once.
    #[arg(long, value_name = "FOLDER")]
    pub overlay: Vec<PathBuf>,
    /// Form of the output.
    #[arg(long, value_enum, default_value_t = Form::Human)]
    pub format: Form,
}
