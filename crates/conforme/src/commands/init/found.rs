//! What a folder already says about its product: manifests, git, licence, security policy, read-me, SBOMs.
//!
//! Everything here was written by others for other ends. It is read with bounds, never followed out of the repository, and
//! every value says where it came from; what is less than sure is only a guess.

mod git;
mod manifests;

use super::values::{Given, Offer, Origin, Value, line};
use crate::hashing;
use crate::repository::{Repository, read_text};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::io::BufReader;
use std::path::{Path, PathBuf};

/// What was found.
#[derive(Debug, Default)]
pub(crate) struct Found {
    offers: BTreeMap<&'static str, Offer>,
    /// SBOMs, by name.
    pub sboms: Vec<FoundSbom>,
    /// Web address of the repository.
    pub repository: Option<String>,
    /// A file of the dossier's folder that names the licence, and the licence.
    pub licence: Option<(String, String)>,
}

/// An SBOM that lies in the folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FoundSbom {
    /// Path from the dossier, with `/`.
    pub file: String,
    /// SHA-256, lower-case hex.
    pub sha256: String,
    /// `CycloneDX 1.6`.
    pub format: String,
}

impl Found {
    /// What is offered for a question.
    pub fn offer(&self, key: &str) -> Option<&Offer> {
        self.offers.get(key)
    }

    /// The first source that says something wins; sources are looked at from near to far.
    fn sure(&mut self, key: &'static str, value: Value, place: impl Into<String>) {
        if !value.is_empty() {
            let offer = Offer::Default(Given { value, origin: Origin::Found(place.into()) });
            self.offers
                .entry(key)
                .and_modify(|old| {
                    if matches!(old, Offer::Guess(_)) {
                        *old = offer.clone()
                    }
                })
                .or_insert(offer);
        }
    }

    fn guess(&mut self, key: &'static str, value: Value, place: impl Into<String>) {
        if !value.is_empty() {
            let given = Given { value, origin: Origin::Found(place.into()) };
            self.offers.entry(key).or_insert(Offer::Guess(given));
        }
    }
}

/// Where to look: the folder of the product, then the root of its repository.
struct Place<'a> {
    repository: &'a Repository,
    /// The folder, absolute; it need not exist yet.
    folder: &'a Path,
}

/// Looks at the folder of a product and at the root around it.
pub(crate) fn look(repository: &Repository, folder: &Path) -> Found {
    let place = Place { repository, folder };
    let mut found = Found::default();
    manifests::read(&place, &mut found);
    licence(&place, &mut found);
    security(&place, &mut found);
    readme(&place, &mut found);
    git::read(&place, &mut found);
    if let Some(name) = folder.file_name() {
        found.guess("product.name", Value::text(line(&name.to_string_lossy())), "the name of the folder");
    }
    sboms(&place, &mut found);
    found
}

impl Place<'_> {
    /// The folder, and the root when it is another one.
    fn bases(&self) -> Vec<&Path> {
        let root = self.repository.root.as_path();
        if root == self.folder { vec![root] } else { vec![self.folder, root] }
    }

    /// The text of the first of these files that is there, and its path from the dossier.
    fn first(&self, names: &[&str]) -> Option<(String, String)> {
        let paths = self.bases().into_iter().flat_map(|base| names.iter().map(|it| base.join(it)));
        paths.filter_map(|it| self.text(&it).map(|text| (self.shown(&it), text))).next()
    }

    fn text(&self, path: &Path) -> Option<String> {
        self.repository.inside(path).ok()?;
        read_text(path).ok()
    }

    /// A path as the dossier writes it: relative, with `/`.
    fn shown(&self, path: &Path) -> String {
        if let Ok(inside) = path.strip_prefix(self.folder) {
            return inside.to_string_lossy().replace('\\', "/");
        }
        let up = self.folder.strip_prefix(&self.repository.root).map_or(0, |it| it.components().count());
        format!("{}{}", "../".repeat(up), self.repository.relative(path))
    }
}

/// The licence, where its text leaves no doubt.
fn licence(place: &Place<'_>, found: &mut Found) {
    let names = [
        "LICENSE",
        "LICENSE.md",
        "LICENSE.txt",
        "LICENCE",
        "LICENCE.md",
        "LICENCE.txt",
        "LICENSE-MIT",
        "LICENSE-APACHE",
        "COPYING",
    ];
    if let Some((file, text)) = place.first(&names)
        && let Some(id) = licence_of(&text)
    {
        found.licence.get_or_insert((file.clone(), id.to_owned()));
        found.sure("licence.open_source", Value::Flag(true), format!("{file} ({id})"));
    }
}

/// An SPDX id for a licence text. Only clear cases: whatever is added to a licence can turn it into another one.
fn licence_of(text: &str) -> Option<&'static str> {
    let text = line(text).to_lowercase();
    let has = |part: &str| text.contains(part);
    let gnu = |three: &'static str, two: &'static str| {
        if has("version 3") { Some(three) } else { has("version 2").then_some(two) }
    };
    let head: String = text.chars().take(200).collect();
    if head.contains("gnu affero general public license") {
        return has("version 3").then_some("AGPL-3.0");
    }
    if head.contains("gnu lesser general public license") {
        return gnu("LGPL-3.0", "LGPL-2.1");
    }
    if head.contains("gnu general public license") {
        return gnu("GPL-3.0", "GPL-2.0");
    }
    if has("apache license") && has("version 2.0, january 2004") {
        return Some("Apache-2.0");
    }
    if has("permission is hereby granted, free of charge")
        && has("the software is provided \"as is\"")
        && has("sublicense")
    {
        return Some("MIT");
    }
    if has("redistribution and use in source and binary forms")
        && has("with or without modification, are permitted provided")
    {
        return Some(if has("neither the name") { "BSD-3-Clause" } else { "BSD-2-Clause" });
    }
    None
}

/// Policy and contact, as security.txt (RFC 9116) and SECURITY.md give them.
fn security(place: &Place<'_>, found: &mut Found) {
    if let Some((file, _)) = place.first(&["SECURITY.md", ".github/SECURITY.md", "docs/SECURITY.md"]) {
        found.sure(
            "vulnerability_handling.policy",
            Value::text(file.clone()),
            format!("{file}; read whether it is such a policy"),
        );
    }
    let Some((file, text)) =
        place.first(&[".well-known/security.txt", "security.txt", "public/.well-known/security.txt"])
    else {
        return;
    };
    found.sure("vulnerability_handling.security_txt", Value::text(file.clone()), file.clone());
    let field = |name: &str| {
        let of = |row: &str| {
            row.split_once(':').filter(|(key, _)| key.trim().eq_ignore_ascii_case(name)).map(|(_, value)| line(value))
        };
        text.lines().find_map(of).filter(|it| !it.is_empty())
    };
    if let Some(contact) = field("Contact") {
        let contact = contact.strip_prefix("mailto:").map_or(contact.clone(), str::to_owned);
        found.sure("vulnerability_handling.contact", Value::text(contact), format!("{file}, Contact"));
    }
    if let Some(policy) = field("Policy") {
        found.sure("vulnerability_handling.policy_url", Value::text(policy.clone()), format!("{file}, Policy"));
        found.sure("vulnerability_handling.policy", Value::text(policy), format!("{file}, Policy"));
    }
}

fn readme(place: &Place<'_>, found: &mut Found) {
    let own = place.text(&place.folder.join("README.md")).map(|text| ("README.md".to_owned(), text));
    let Some((file, text)) = own.or_else(|| place.first(&["README.md", "README", "README.txt"])) else { return };
    let title = text.lines().take(40).find_map(|row| row.trim().strip_prefix("# ")).map(line);
    // A title of badges or pictures is no name.
    if let Some(title) = title.filter(|it| it.chars().count() <= 60 && !it.contains(['[', '<', '!', '{'])) {
        found.guess("product.name", Value::text(title), format!("{file}, its title"));
    }
}

/// The few fields that tell what an SBOM is; the rest of the file is skipped while reading.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SbomHead {
    bom_format: Option<String>,
    spec_version: Option<String>,
    spdx_version: Option<String>,
}

/// SBOMs in the folder, its `sbom` folder, or, when there is none, at the root.
fn sboms(place: &Place<'_>, found: &mut Found) {
    for base in place.bases() {
        for folder in [base.join("sbom"), base.to_owned()] {
            let mut paths: Vec<PathBuf> =
                fs::read_dir(folder).into_iter().flatten().filter_map(|it| it.ok().map(|it| it.path())).collect();
            paths.sort();
            found.sboms.extend(paths.iter().filter_map(|it| sbom(place, it)));
        }
        if !found.sboms.is_empty() {
            return;
        }
    }
}

fn sbom(place: &Place<'_>, path: &Path) -> Option<FoundSbom> {
    let name = path.file_name()?.to_str()?.to_lowercase();
    let named =
        name == "bom.json" || name == "sbom.json" || name.ends_with(".cdx.json") || name.ends_with(".spdx.json");
    if !named || !path.is_file() || place.repository.inside(path).is_err() {
        return None;
    }
    let head: SbomHead = serde_json::from_reader(BufReader::new(fs::File::open(path).ok()?)).ok()?;
    let format = match head {
        SbomHead { bom_format: Some(format), spec_version: Some(version), .. } if format == "CycloneDX" => {
            format!("CycloneDX {version}")
        }
        SbomHead { spdx_version: Some(version), .. } => version.replacen('-', " ", 1),
        _ => return None,
    };
    Some(FoundSbom { file: place.shown(path), sha256: hashing::sha256(path).ok()?, format: line(&format) })
}

#[cfg(test)]
mod tests;
