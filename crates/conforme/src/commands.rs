//! One file a command. Each returns the exit code.

pub(crate) mod build;
pub(crate) mod check;
pub(crate) mod classify;
pub(crate) mod completions;
pub(crate) mod explain;
pub(crate) mod init;
pub(crate) mod review;
pub(crate) mod risk;
pub(crate) mod schema;
pub(crate) mod set;
pub(crate) mod standards;
pub(crate) mod supplier;
