//! Tasks of development: `cargo xtask catalogue` lints the catalogue, `cargo xtask generate` writes generated files.
//!
//! Generated files are committed; `generate --check` compares and names the command that mends them.

mod generate;
mod sbom;

use conforme_catalogue::Files;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs, io};

const USAGE: &str = "usage: cargo xtask catalogue [FOLDER] | generate [--check]";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["catalogue"] => lint(&root().join("catalogue")),
        ["catalogue", folder] => lint(Path::new(folder)),
        ["generate"] => generate::run(&root(), false),
        ["generate", "--check"] => generate::run(&root(), true),
        _ => Err(USAGE.to_owned()),
    };
    match done {
        Ok(said) => {
            println!("{said}");
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

/// The folder of the workspace.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Lints a catalogue folder as it stands on disk.
fn lint(folder: &Path) -> Result<String, String> {
    let mut texts = Vec::new();
    walk(folder, folder, &mut texts).map_err(|error| format!("{}: {error}", folder.display()))?;
    let files = Files::new(texts.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    let problems = conforme_catalogue::lint(&files);
    if problems.is_empty() {
        return Ok(format!("the catalogue is clean: {} files", files.paths().count()));
    }
    let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
    Err(format!("{}\n{} problems", lines.join("\n"), lines.len()))
}

fn walk(root: &Path, folder: &Path, texts: &mut Vec<(String, String)>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            walk(root, &path, texts)?;
        } else {
            let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            texts.push((name, fs::read_to_string(&path)?));
        }
    }
    Ok(())
}
