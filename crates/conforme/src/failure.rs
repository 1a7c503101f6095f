//! Trouble in the world: what cannot be read, written or understood. Trouble in a dossier is a finding instead.

use std::io;
use std::path::{Path, PathBuf};

/// Why a command could not do its work.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// A folder without a dossier.
    #[error("there is no dossier in `{}`\nnext: `conforme init` makes one, or name the folder of a product", .0.display())]
    NoDossier(PathBuf),
    /// A name that the repository does not know.
    #[error("{what} `{name}` is not known\nnext: {remedy}")]
    NotFound {
        /// Kind of thing.
        what: &'static str,
        /// Its name.
        name: String,
        /// What to do.
        remedy: String,
    },
    /// An argument that makes no sense.
    #[error("{0}")]
    Usage(String),
    /// Something cannot be read.
    #[error("`{}` cannot be read: {source}\nnext: check that it exists and that you may read it", path.display())]
    Read {
        /// What.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Something cannot be written.
    #[error("`{}` cannot be written: {source}\nnext: check the folder, its rights and the space left", path.display())]
    Write {
        /// What.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A catalogue or overlay that cannot be used.
    #[error("the overlay cannot be used:\n{0}\nnext: `catalogue/README.md` describes the format of each record")]
    Catalogue(String),
    /// A document that could not be made.
    #[error("`{document}` could not be made: {problem}")]
    Document {
        /// Which.
        document: String,
        /// Why.
        problem: String,
    },
    /// A mistake of the program.
    #[error("internal error: {0}\nthis is a mistake in conforme, not in your files; please report it")]
    Internal(String),
}

impl Failure {
    /// 2 for usage and unreadable input, 70 for mistakes of the program.
    pub fn exit_code(&self) -> u8 {
        if matches!(self, Self::Internal(_)) { 70 } else { 2 }
    }

    /// For `map_err` on reading.
    pub fn read(path: &Path) -> impl FnOnce(io::Error) -> Self + '_ {
        |source| Self::Read { path: path.to_owned(), source }
    }

    /// For `map_err` on writing.
    pub fn write(path: &Path) -> impl FnOnce(io::Error) -> Self + '_ {
        |source| Self::Write { path: path.to_owned(), source }
    }
}
