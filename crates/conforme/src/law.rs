//! The catalogue with the overlays a command or dossier names. Overlays are named, never discovered.

use crate::failure::Failure;
use crate::repository::read_text;
use conforme_catalogue::{Catalogue, CatalogueError, Files, Library, parse, parse_library};
use std::fs;
use std::path::{Path, PathBuf};

/// The embedded catalogue, with overlays laid over it in order.
pub(crate) fn catalogue(overlays: &[(String, PathBuf)]) -> Result<Catalogue, Failure> {
    if overlays.is_empty() {
        return Ok(conforme_law::catalogue());
    }
    let files = overlaid(overlays)?;
    let refuse = |lines: Vec<String>| Failure::Catalogue(lines.join("\n"));
    let catalogue = parse(&files).map_err(|errors| refuse(errors.iter().map(|it| format!("  {it}")).collect()))?;
    let cited = catalogue.standards.values().flat_map(|it| it.citations.iter().map(move |citation| (it, citation)));
    let unknown: Vec<String> = cited
        .flat_map(|(standard, citation)| citation.provisions.iter().map(move |it| (standard, it)))
        .filter(|(_, it)| catalogue.provision(it.as_str()).is_none())
        .map(|(standard, it)| {
            format!("  standards/{}/standard.toml: `{it}` is no provision of the catalogue", standard.id)
        })
        .collect();
    if unknown.is_empty() { Ok(catalogue) } else { Err(refuse(unknown)) }
}

/// What standards ask: those editions whose `STANDARD@EDITION` is wanted, with overlays laid over them.
pub(crate) fn library(overlays: &[(String, PathBuf)], wanted: impl Fn(&str) -> bool) -> Result<Library, Failure> {
    if overlays.is_empty() {
        return Ok(conforme_law::library_of(wanted));
    }
    let lines = |errors: Vec<CatalogueError>| {
        let lines: Vec<String> = errors.iter().map(|it| format!("  {it}")).collect();
        Failure::Catalogue(lines.join("\n"))
    };
    let mut library = parse_library(&overlaid(overlays)?).map_err(lines)?;
    library.editions.retain(|it| wanted(&it.id()));
    Ok(library)
}

/// The text of the catalogue under its overlays.
fn overlaid(overlays: &[(String, PathBuf)]) -> Result<Files, Failure> {
    let mut files = conforme_law::files();
    for (name, folder) in overlays {
        if !folder.is_dir() {
            return Err(Failure::NotFound {
                what: "the overlay folder",
                name: folder.display().to_string(),
                remedy: "name a folder with the layout of the catalogue, such as `overlay/standards/EN-304-627/standard.toml`".to_owned(),
            });
        }
        let mut texts = Vec::new();
        collect(folder, folder, &mut texts, 0)?;
        let overlay = Files::new(texts.iter().map(|(path, text)| (path.as_str(), text.as_str())));
        files = files.overlaid(name, overlay);
    }
    Ok(files)
}

/// Overlays given on the command line: their name is what the user wrote.
pub(crate) fn named(folders: &[PathBuf]) -> Vec<(String, PathBuf)> {
    folders.iter().map(|it| (it.display().to_string().trim_end_matches('/').to_owned(), it.clone())).collect()
}

fn collect(root: &Path, folder: &Path, texts: &mut Vec<(String, String)>, depth: usize) -> Result<(), Failure> {
    if depth > 8 || texts.len() > 10_000 {
        return Err(Failure::Usage(format!("`{}` is too deep or too large to be an overlay", root.display())));
    }
    let entries = fs::read_dir(folder).map_err(Failure::read(folder))?;
    let mut paths: Vec<PathBuf> = entries.filter_map(|it| it.ok().map(|it| it.path())).collect();
    paths.sort();
    for path in paths {
        let kind = fs::symlink_metadata(&path).map_err(Failure::read(&path))?;
        if kind.is_dir() {
            collect(root, &path, texts, depth + 1)?;
        } else if kind.is_file() {
            let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            if name.ends_with(".toml") || name.ends_with(".md") {
                let text = read_text(&path).map_err(|problem| Failure::Catalogue(format!("  {name}: {problem}")))?;
                texts.push((name, text));
            }
        }
    }
    Ok(())
}
