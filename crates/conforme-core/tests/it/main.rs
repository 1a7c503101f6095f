//! One test binary: each module a topic, each with one door.

#![allow(clippy::disallowed_methods, reason = "tests read their fixtures from disk")]

mod checking;
mod classification;
mod following;
mod register;
mod risk;
mod robustness;
mod surveillance;
