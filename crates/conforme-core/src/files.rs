//! Files the dossier speaks of: evidence, SBOMs, scans, policies. They reach this crate as facts, never as files.

use crate::dossier::Dossier;
use crate::source::{Place, Sources, Text};
use std::collections::BTreeMap;

/// What is known of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileFact {
    /// It is there.
    Present {
        /// Bytes.
        size: u64,
        /// SHA-256, lower-case hex.
        sha256: String,
    },
    /// It is not there.
    Missing,
    /// Its path leaves the repository, by name or through a link.
    Outside,
    /// It is there and cannot be read.
    Unreadable(String),
}

/// Facts by path from the repository's root, with `/`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileFacts(BTreeMap<String, FileFact>);

/// A file somebody has to look at before the dossier can be judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Path from the root; nothing when the name itself leaves it.
    pub path: Option<String>,
    /// Where the dossier names it.
    pub place: Place,
}

impl FileFacts {
    /// Records what was found.
    pub fn insert(&mut self, path: impl Into<String>, fact: FileFact) {
        self.0.insert(path.into(), fact);
    }

    /// What is known of a file. A file nobody looked at counts as missing.
    pub fn get(&self, path: &str) -> &FileFact {
        self.0.get(path).unwrap_or(&FileFact::Missing)
    }

    /// All facts, by path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &FileFact)> {
        self.0.iter().map(|(path, fact)| (path.as_str(), fact))
    }
}

/// A web address or mail address rather than a file.
pub fn is_address(text: &str) -> bool {
    ["https://", "http://", "mailto:", "tel:"].iter().any(|it| text.starts_with(it))
}

/// The path from the root that a name in a file means, or nothing when it leaves the root.
pub fn resolve(sources: &Sources, name: &Text) -> Option<String> {
    let base = sources.file(name.place).map_or("", |it| it.path.rsplit_once('/').map_or("", |(folder, _)| folder));
    let written = name.value.replace('\\', "/");
    if written.starts_with('/') || written.contains('\0') || written.get(1..2) == Some(":") {
        return None;
    }
    let mut parts: Vec<&str> = base.split('/').filter(|it| !it.is_empty()).collect();
    for part in written.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Every file the dossier names.
pub fn wanted(dossier: &Dossier, sources: &Sources) -> Vec<Wanted> {
    let mut names: Vec<&Text> = dossier.evidence.iter().filter_map(|it| it.file.as_ref()).collect();
    for part in dossier.release.iter().flat_map(|it| &it.part) {
        names.extend(part.sbom.as_ref().and_then(|it| it.file.as_ref()));
        names.extend(part.scan.as_ref().and_then(|it| it.file.as_ref()));
    }
    if let Some(handling) = &dossier.vulnerability_handling {
        names.extend([&handling.policy, &handling.security_txt].into_iter().flatten());
    }
    names.extend(dossier.user_information.as_ref().and_then(|it| it.manual.as_ref()));
    names.extend(dossier.steward.as_ref().and_then(|it| it.policy.as_ref()));
    names
        .into_iter()
        .filter(|it| !is_address(&it.value))
        .map(|it| Wanted { path: resolve(sources, it), place: it.place })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::resolve;
    use crate::source::{At, Place, SourceFile, Sources};

    #[track_caller]
    fn check(written: &str, expected: Option<&str>) {
        let mut sources = Sources::default();
        sources.add(SourceFile { path: "products/bell/evidence.toml".into(), text: "".into() });
        let name = At { value: written.to_owned(), place: Place::start_of(0) };
        assert_eq!(resolve(&sources, &name).as_deref(), expected);
    }

    #[test]
    fn names_are_relative_to_their_file_and_stay_inside_the_root() {
        check("evidence/a.pdf", Some("products/bell/evidence/a.pdf"));
        check("../../SECURITY.md", Some("SECURITY.md"));
        check("./x//y", Some("products/bell/x/y"));
        check("../../../etc/passwd", None);
        check("/etc/passwd", None);
        check("C:\\secret", None);
        check("..\\..\\..\\secret", None);
    }
}
