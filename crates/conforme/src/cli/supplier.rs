//! Arguments of `supplier`.

use super::Target;
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// Arguments of `supplier`.
#[derive(Debug, Args)]
pub(crate) struct SupplierArgs {
    /// What to do.
    #[command(subcommand)]
    pub action: SupplierAction,
}

/// What passes between a maker, its suppliers and those it supplies.
#[derive(Debug, Subcommand)]
pub(crate) enum SupplierAction {
    /// Make the cybersecurity agreement on a component: who does which activity of EN 40000-1-2, as PDF and HTML.
    Agreement {
        #[command(flatten)]
        target: Target,
        /// The component, by its name in components.toml.
        #[arg(long, value_name = "NAME")]
        component: String,
        /// Folder for the agreement [default: build/supplier beside the dossier].
        #[arg(long, short, value_name = "FOLDER")]
        out: Option<PathBuf>,
    },
    /// Write the questions of due diligence on a component for its supplier, as JSON to be filled in. Nothing is replaced.
    Questionnaire {
        #[command(flatten)]
        target: Target,
        /// The component; it need not be in the dossier yet.
        #[arg(long, value_name = "NAME")]
        component: String,
        /// The file to write.
        #[arg(long, short, value_name = "FILE")]
        output: PathBuf,
    },
    /// Print what a supplier's answers change in components.toml. No file is edited. Exit code 3 when questions are left open.
    Answers {
        /// The questionnaire with the answers.
        file: PathBuf,
        /// Folder laid over the catalogue; can be given more than once.
        #[arg(long, value_name = "FOLDER")]
        overlay: Vec<PathBuf>,
    },
    /// Copy what a maker of components hands downstream into a new folder, with index and manifest. Exit code 1 when something is missing.
    Pack {
        #[command(flatten)]
        target: Target,
        /// The folder to make.
        #[arg(long, short, value_name = "FOLDER")]
        output: PathBuf,
        /// Where `conforme build` put the documents [default: build/RELEASE beside the dossier].
        #[arg(long, value_name = "FOLDER")]
        built: Option<PathBuf>,
    },
}
