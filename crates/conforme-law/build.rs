//! Types the catalogue once, at build time, so that the program starts without parsing it.

use conforme_catalogue::{CatalogueError, Files, Library, parse, parse_library};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../../catalogue").canonicalize()?;
    println!("cargo::rerun-if-changed={}", root.display());
    let mut paths = Vec::new();
    walk(&root, &mut paths)?;
    paths.sort();

    let mut texts = Vec::new();
    let mut list = String::from("&[\n");
    for path in &paths {
        let name = path.strip_prefix(&root)?.to_str().ok_or("a path in the catalogue is not UTF-8")?.replace('\\', "/");
        writeln!(list, "    ({name:?}, include_str!({:?})),", path.display().to_string())?;
        texts.push((name, fs::read_to_string(path)?));
    }
    list.push_str("]\n");

    let files = Files::new(texts.iter().map(|(name, text)| (name.as_str(), text.as_str())));
    let unread = |errors: Vec<CatalogueError>| {
        errors.iter().fold(String::from("the catalogue cannot be read:\n"), |text, error| format!("{text}  {error}\n"))
    };
    let out = PathBuf::from(env::var("OUT_DIR")?);
    fs::write(out.join("catalogue.bin"), parse(&files).map_err(unread)?.encode()?)?;
    fs::write(out.join("files.rs"), list)?;
    library(parse_library(&files).map_err(unread)?, &out)
}

/// Every edition on its own, so that a program decodes those it needs.
fn library(mut library: Library, out: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let mut list = String::from("&[\n");
    for (at, edition) in std::mem::take(&mut library.editions).into_iter().enumerate() {
        let file = format!("edition-{at}.bin");
        fs::write(out.join(&file), edition.encode()?)?;
        writeln!(list, "    ({:?}, include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{file}\"))),", edition.id())?;
    }
    list.push_str("]\n");
    fs::write(out.join("editions.rs"), list)?;
    fs::write(out.join("library.bin"), library.encode()?)?;
    Ok(())
}

fn walk(folder: &Path, paths: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            println!("cargo::rerun-if-changed={}", path.display());
            walk(&path, paths)?;
        } else {
            paths.push(path);
        }
    }
    Ok(())
}
