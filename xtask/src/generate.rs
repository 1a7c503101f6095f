//! Files that are made from the code and committed: schemas, and the SBOM of this repository.

use crate::sbom;
use std::fs;
use std::path::Path;

/// Writes the generated files, or compares them.
pub(crate) fn run(root: &Path, check: bool) -> Result<String, String> {
    let law = conforme_law::catalogue();
    let pretty = |value: &serde_json::Value| {
        serde_json::to_string_pretty(value).map(|it| it + "\n").map_err(|error| error.to_string())
    };
    let bom = pretty(&sbom::of_lock(root)?)?;
    let files = [
        ("docs/schemas/dossier-v1.json", pretty(&conforme_core::schema::dossier(&law))?),
        ("docs/schemas/facts-v1.json", pretty(&conforme_core::schema::facts(&law))?),
        ("docs/schemas/check-v1.json", pretty(&conforme_render::report::json::schema())?),
        ("docs/schemas/standards-v1.json", pretty(&conforme_render::standards::schema())?),
        ("dossier/conforme.toml", sbom::record(root, &bom)?),
        ("dossier/sbom/conforme.cdx.json", bom),
    ];
    let mut stale = Vec::new();
    for (name, text) in &files {
        let path = root.join(name);
        if fs::read_to_string(&path).is_ok_and(|it| it == *text) {
            continue;
        }
        if check {
            stale.push(*name);
            continue;
        }
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        }
        fs::write(&path, text).map_err(|error| format!("{name}: {error}"))?;
    }
    if stale.is_empty() {
        Ok(format!("{} generated files are up to date", files.len()))
    } else {
        Err(format!("not up to date: {}\nrun: cargo xtask generate", stale.join(", ")))
    }
}
