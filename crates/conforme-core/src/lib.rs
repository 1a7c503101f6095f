//! The meaning of Conforme: a dossier, the facts in it, and what the law says of them.
//!
//! [`load`](load::load) turns the text of files into a [`Dossier`](dossier::Dossier); [`evaluate`](evaluate::evaluate)
//! judges one release of it; [`classify`](classify::classify) and [`register`] answer questions about categories and
//! standards. Everything here is a pure function of its arguments: no file, no clock, no environment.

pub mod assessment;
mod checks;
mod chronology;
pub mod classify;
pub mod codes;
mod dates;
mod decision;
mod decode;
pub mod dossier;
pub mod evaluate;
mod evidence;
pub mod files;
pub mod finding;
mod following;
mod inquiry;
pub mod library;
pub mod load;
mod node;
pub mod presumption;
mod references;
pub mod register;
pub mod review;
pub mod risk;
pub mod schema;
pub mod source;
mod surveillance;
