//! Data goes to standard output, talk to standard error. Colour is an addition and never the message.

use crate::failure::Failure;
use std::io::{self, BufWriter, IsTerminal, Write};

/// What the terminal can do.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Terminal {
    /// Colours on standard output.
    pub colour: bool,
    /// A person sits in front of it.
    pub interactive: bool,
}

impl Terminal {
    /// Looks at the streams and at `NO_COLOR` (no-color.org).
    pub fn new() -> Self {
        let plain = std::env::var_os("NO_COLOR").is_some_and(|it| !it.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|it| it == "dumb");
        Self {
            colour: io::stdout().is_terminal() && !plain && !dumb,
            interactive: io::stdin().is_terminal() && io::stderr().is_terminal(),
        }
    }

    /// Data for the next program. A reader that has gone away is no error.
    pub fn print(&self, text: &str) {
        let mut out = io::stdout().lock();
        let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    }

    /// JSON for the next program, written as it is made: a portfolio's answer can be long.
    pub fn json(&self, value: &impl serde::Serialize) -> Result<(), Failure> {
        let mut out = BufWriter::with_capacity(64 * 1024, io::stdout().lock());
        match serde_json::to_writer_pretty(&mut out, value) {
            // A reader that has gone away is no error.
            Err(error) if !error.is_io() => return Err(Failure::Internal(error.to_string())),
            _ => {}
        }
        let _ = out.write_all(b"\n").and_then(|()| out.flush());
        Ok(())
    }

    /// Talk for the person.
    pub fn say(&self, text: &str) {
        let _ = writeln!(io::stderr().lock(), "{}", conforme_render::report::plain(text));
    }
}

/// JSON as a text, with a newline at its end.
pub(crate) fn pretty(value: &impl serde::Serialize) -> Result<String, Failure> {
    serde_json::to_string_pretty(value).map(|it| it + "\n").map_err(|error| Failure::Internal(error.to_string()))
}
