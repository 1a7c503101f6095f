//! The SBOM of this repository as CycloneDX 1.6, from `Cargo.lock` alone: the same lock gives the same bytes.

use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use toml::Table;

/// Reads the lock file and lists every package with its purl, hash and edges.
pub(crate) fn of_lock(root: &Path) -> Result<Value, String> {
    let text = fs::read_to_string(root.join("Cargo.lock")).map_err(|error| format!("Cargo.lock: {error}"))?;
    let lock: Table = text.parse().map_err(|error| format!("Cargo.lock: {error}"))?;
    let packages: Vec<&Table> =
        lock.get("package").and_then(|it| it.as_array()).into_iter().flatten().filter_map(|it| it.as_table()).collect();
    let field = |package: &Table, key: &str| package.get(key).and_then(|it| it.as_str()).unwrap_or_default().to_owned();
    let mut versions: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for package in &packages {
        versions.entry(field(package, "name")).or_default().push(field(package, "version"));
    }
    let purl = |name: &str, version: &str| format!("pkg:cargo/{name}@{version}");
    // `name`, `name version` or `name version (source)`: the version stands there only when the name is not enough.
    let resolve = |dependency: &str| {
        let mut words = dependency.split(' ');
        let name = words.next().unwrap_or_default();
        let version =
            words.next().map(str::to_owned).or_else(|| versions.get(name)?.first().cloned()).unwrap_or_default();
        purl(name, &version)
    };
    let mut components = Vec::new();
    let mut dependencies = Vec::new();
    let mut main = Value::Null;
    for package in &packages {
        let (name, version) = (field(package, "name"), field(package, "version"));
        let reference = purl(&name, &version);
        let mut component =
            json!({ "type": "library", "bom-ref": reference, "name": name, "version": version, "purl": reference });
        let checksum = field(package, "checksum");
        if !checksum.is_empty() {
            component["hashes"] = json!([{ "alg": "SHA-256", "content": checksum }]);
        }
        let mut needs: Vec<String> = package
            .get("dependencies")
            .and_then(|it| it.as_array())
            .into_iter()
            .flatten()
            .filter_map(|it| it.as_str())
            .map(resolve)
            .collect();
        needs.sort();
        dependencies.push(json!({ "ref": reference, "dependsOn": needs }));
        if name == "conforme" {
            component["type"] = json!("application");
            main = component;
        } else if name != "xtask" {
            components.push(component);
        }
    }
    dependencies.retain(|it| it["ref"].as_str().is_some_and(|it| !it.starts_with("pkg:cargo/xtask@")));
    Ok(json!({
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": { "component": main, "supplier": { "name": "Conforme contributors" }, "lifecycles": [{ "phase": "pre-build" }] },
        "components": components,
        "dependencies": dependencies,
    }))
}

/// Our dossier with the hash of the SBOM in its line: the record and the file are made together.
pub(crate) fn record(root: &Path, bom: &str) -> Result<String, String> {
    let path = root.join("dossier/conforme.toml");
    let text = fs::read_to_string(&path).map_err(|error| format!("dossier/conforme.toml: {error}"))?;
    let mark = "sbom    = { file = \"sbom/conforme.cdx.json\", sha256 = \"";
    let (before, after) =
        text.split_once(mark).ok_or("dossier/conforme.toml: the line of the SBOM is not where it was")?;
    let (_, rest) = after.split_once('"').ok_or("dossier/conforme.toml: the hash of the SBOM does not end")?;
    Ok(format!("{before}{mark}{}\"{rest}", conforme_catalogue::sha256(bom.as_bytes())))
}
