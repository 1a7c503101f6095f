//! Finds dossiers on disk and reads their text: products, workspaces, the company above them.

use crate::failure::Failure;
use conforme_core::source::SourceFile;
use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

/// Files of a dossier, in the order in which they are joined.
pub(crate) const FILES: [&str; 7] = [
    "conforme.toml",
    "risk.toml",
    "measures.toml",
    "applicability.toml",
    "evidence.toml",
    "components.toml",
    "tests.toml",
];
/// The company's file.
const COMPANY: &str = "company.toml";
/// No dossier needs more; a larger file is refused before it fills the memory.
const MAX_BYTES: u64 = 16 * 1024 * 1024;

/// The git repository around a folder, or the folder itself.
#[derive(Debug, Clone)]
pub(crate) struct Repository {
    /// Absolute path without links.
    pub root: PathBuf,
}

/// One product, as text.
#[derive(Debug, Clone)]
pub(crate) struct Product {
    /// Folder from the root, with `/`; empty for the root itself.
    pub folder: String,
    /// Its files.
    pub files: Vec<SourceFile>,
    /// Files that could not be read, and why.
    pub unreadable: Vec<(String, String)>,
    /// The company's file, from the root.
    pub company: Option<String>,
}

impl Repository {
    /// Walks up from a folder to the one that holds `.git`.
    pub fn around(folder: &Path) -> Result<Self, Failure> {
        let start = fs::canonicalize(folder).map_err(Failure::read(folder))?;
        let root = start.ancestors().find(|it| it.join(".git").exists()).unwrap_or(&start);
        Ok(Self { root: root.to_owned() })
    }

    /// A path from the root, with `/`.
    pub fn relative(&self, path: &Path) -> String {
        let inside = path.strip_prefix(&self.root).unwrap_or(path);
        let parts: Vec<String> = inside.components().map(|it| it.as_os_str().to_string_lossy().into_owned()).collect();
        parts.join("/")
    }

    /// The product in a folder; nothing when the folder holds no dossier.
    pub fn product(&self, folder: &Path) -> Result<Option<Product>, Failure> {
        let folder = fs::canonicalize(folder).map_err(Failure::read(folder))?;
        if !folder.join(FILES[0]).exists() {
            return Ok(None);
        }
        let mut product = Product {
            folder: self.relative(&folder),
            files: Vec::new(),
            unreadable: Vec::new(),
            company: self.company(&folder),
        };
        for name in FILES {
            let path = folder.join(name);
            if fs::symlink_metadata(&path).is_ok() {
                let shown = self.relative(&path);
                match self.inside(&path).and_then(|()| read_text(&path)) {
                    Ok(text) => product.files.push(SourceFile { path: shown, text: text.into() }),
                    Err(problem) => product.unreadable.push((shown, problem)),
                }
            }
        }
        Ok(Some(product))
    }

    /// The company's file nearest above a product, no higher than the root.
    pub fn company(&self, folder: &Path) -> Option<String> {
        let found = folder
            .ancestors()
            .take_while(|it| it.starts_with(&self.root))
            .map(|it| it.join(COMPANY))
            .find(|it| it.is_file())?;
        Some(self.relative(&found))
    }

    /// Reads company files, each once.
    pub fn companies<'a>(
        &self,
        products: impl Iterator<Item = &'a Product>,
    ) -> BTreeMap<String, Result<Vec<SourceFile>, String>> {
        let mut companies = BTreeMap::new();
        for name in products.filter_map(|it| it.company.as_ref()) {
            companies.entry(name.clone()).or_insert_with(|| {
                let path = self.root.join(name);
                let text = self.inside(&path).and_then(|()| read_text(&path))?;
                Ok(vec![SourceFile { path: name.clone(), text: text.into() }])
            });
        }
        companies
    }

    /// Folders of the products that `[workspace] members` names, in order. The last part of a member may be `*`.
    pub fn members(&self, workspace: &Path, members: &[String]) -> Result<Vec<PathBuf>, Failure> {
        let mut folders = Vec::new();
        for member in members {
            let safe = Path::new(member).components().all(|it| matches!(it, Component::Normal(_) | Component::CurDir));
            if !safe {
                return Err(Failure::Usage(format!(
                    "workspace member `{member}` leaves the folder of the workspace; name folders below it"
                )));
            }
            match member.strip_suffix("/*").or((member == "*").then_some("")) {
                Some(parent) => {
                    let parent = workspace.join(parent);
                    let entries = fs::read_dir(&parent).map_err(Failure::read(&parent))?;
                    let mut found: Vec<PathBuf> = entries
                        .filter_map(|it| it.ok().map(|it| it.path()))
                        .filter(|it| it.join(FILES[0]).is_file())
                        .collect();
                    found.sort();
                    folders.extend(found);
                }
                None => folders.push(workspace.join(member)),
            }
        }
        for folder in &folders {
            self.inside(folder).map_err(|problem| {
                Failure::Usage(format!("workspace member `{}`: {problem}", self.relative(folder)))
            })?;
        }
        Ok(folders)
    }

    /// A path may not leave the repository through a link.
    pub fn inside(&self, path: &Path) -> Result<(), String> {
        let real = fs::canonicalize(path).map_err(|error| error.to_string())?;
        if real.starts_with(&self.root) { Ok(()) } else { Err("it is a link that leaves the repository".to_owned()) }
    }
}

/// Reads a text file of bounded size. The problem is in words for a finding.
pub(crate) fn read_text(path: &Path) -> Result<String, String> {
    let file = fs::File::open(path).map_err(|error| error.to_string())?;
    let meta = file.metadata().map_err(|error| error.to_string())?;
    if !meta.is_file() {
        return Err("it is no ordinary file".to_owned());
    }
    let too_large = || format!("it is larger than {} MiB, which no dossier needs", MAX_BYTES / 1024 / 1024);
    if meta.len() > MAX_BYTES {
        return Err(too_large());
    }
    let mut bytes = Vec::with_capacity(usize::try_from(meta.len()).unwrap_or(0));
    // A file can grow between the question and the answer.
    file.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(too_large());
    }
    let text = String::from_utf8(bytes)
        .map_err(|error| format!("it is not UTF-8 text (byte {})", error.utf8_error().valid_up_to()))?;
    Ok(match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => text,
    })
}
