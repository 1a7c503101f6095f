//! One test binary: each module a topic, each with one door.

mod checking;
mod classification;
mod register;
mod robustness;
