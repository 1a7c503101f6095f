//! One test binary: each module a topic, each with one door.

mod classification;
