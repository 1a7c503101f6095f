//! Looks at the files a dossier names: size and SHA-256, remembered by size, time and inode.
//!
//! The memory lies under `.conforme/` and is only ever a shortcut: `--rehash`, CI and every final build ignore it.

use crate::repository::Repository;
use conforme_catalogue::hex;
use conforme_core::files::{FileFact, FileFacts, Wanted};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::thread;
use std::time::UNIX_EPOCH;

/// Files are looked at by this many workers.
const WORKERS: usize = 4;
/// Fewer files than this are not worth a worker of their own.
const FEW: usize = 200;

/// What was hashed before: path → (stamp, hash).
#[derive(Debug)]
pub(crate) struct HashCache {
    file: PathBuf,
    known: BTreeMap<String, (String, String)>,
    fresh: Mutex<BTreeMap<String, (String, String)>>,
}

impl HashCache {
    /// Opens the memory of a repository. A damaged one is forgotten, not trusted.
    pub fn open(repository: &Repository, rehash: bool) -> Self {
        let file = repository.root.join(".conforme").join("hashes");
        let mut cache = Self { file: file.clone(), known: BTreeMap::new(), fresh: Mutex::default() };
        if rehash || std::env::var_os("CI").is_some() {
            return cache;
        }
        for line in fs::read_to_string(&file).unwrap_or_default().lines() {
            if let [stamp, hash, path] = line.splitn(3, '\t').collect::<Vec<_>>()[..]
                && hash.len() == 64
            {
                cache.known.insert(path.to_owned(), (stamp.to_owned(), hash.to_owned()));
            }
        }
        cache
    }

    /// Writes the memory back, all of it or nothing. Failing to remember is no failure.
    pub fn save(&self) {
        let Ok(fresh) = self.fresh.lock() else { return };
        if fresh.is_empty() {
            return;
        }
        let mut all = self.known.clone();
        all.extend(fresh.clone());
        let file = &self.file;
        let folder = file.parent().unwrap_or(file);
        // A link in its place could lead the write out of the repository.
        if fs::symlink_metadata(folder).is_ok_and(|it| !it.is_dir()) || fs::create_dir_all(folder).is_err() {
            return;
        }
        let _ = fs::write(folder.join(".gitignore"), "*\n");
        let text: String = all.iter().map(|(path, (stamp, hash))| format!("{stamp}\t{hash}\t{path}\n")).collect();
        if fs::write(file.with_extension("new"), text).is_ok() {
            let _ = fs::rename(file.with_extension("new"), file);
        }
    }

    /// Looks at every wanted file once.
    pub fn facts(&self, repository: &Repository, wanted: &[Wanted]) -> FileFacts {
        let mut facts = FileFacts::default();
        let names: BTreeSet<&String> = wanted.iter().filter_map(|it| it.path.as_ref()).collect();
        let names: Vec<&String> = names.into_iter().collect();
        let share = names.len().div_ceil(WORKERS).max(FEW);
        let look = |names: &[&String]| {
            let mut folders = BTreeMap::new();
            names.iter().map(|it| ((*it).clone(), self.look(repository, it, &mut folders))).collect::<Vec<_>>()
        };
        thread::scope(|scope| {
            let mut shares = names.chunks(share);
            let first = shares.next().unwrap_or_default();
            let others: Vec<_> = shares.map(|share| scope.spawn(move || look(share))).collect();
            let mut seen = look(first);
            // A worker that stopped leaves its files unseen, and unseen files count as missing.
            seen.extend(others.into_iter().filter_map(|it| it.join().ok()).flatten());
            seen.into_iter().for_each(|(name, fact)| facts.insert(name, fact));
        });
        facts
    }

    fn look<'a>(&self, repository: &Repository, name: &'a str, folders: &mut BTreeMap<&'a str, bool>) -> FileFact {
        let path = repository.root.join(name);
        let found = |error: std::io::Error| match error.kind() {
            std::io::ErrorKind::NotFound => FileFact::Missing,
            _ => FileFact::Unreadable(error.to_string()),
        };
        let mut meta = match fs::symlink_metadata(&path) {
            Ok(meta) => meta,
            Err(error) => return found(error),
        };
        // Resolving every path costs many look-ups each; a file that is no link is where its folder is.
        let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
        let inside = *folders.entry(folder).or_insert_with(|| repository.inside(&repository.root.join(folder)).is_ok());
        if meta.is_symlink() {
            meta = match fs::metadata(&path) {
                Ok(meta) => meta,
                Err(error) => return found(error),
            };
            if repository.inside(&path).is_err() {
                return FileFact::Outside;
            }
        }
        if !inside {
            return FileFact::Outside;
        }
        if !meta.is_file() {
            return FileFact::Unreadable("it is no ordinary file".to_owned());
        }
        let stamp = stamp(&meta);
        if let Some((_, hash)) = self.known.get(name).filter(|(known, _)| *known == stamp) {
            return FileFact::Present { size: meta.len(), sha256: hash.clone() };
        }
        match sha256(&path) {
            Err(error) => FileFact::Unreadable(error.to_string()),
            Ok(hash) => {
                if let Ok(mut fresh) = self.fresh.lock() {
                    fresh.insert(name.to_owned(), (stamp, hash.clone()));
                }
                FileFact::Present { size: meta.len(), sha256: hash }
            }
        }
    }
}

fn stamp(meta: &fs::Metadata) -> String {
    let time = meta.modified().ok().and_then(|it| it.duration_since(UNIX_EPOCH).ok()).map_or(0, |it| it.as_nanos());
    #[cfg(unix)]
    let inode = std::os::unix::fs::MetadataExt::ino(meta);
    #[cfg(not(unix))]
    let inode = 0;
    format!("{}-{time}-{inode}", meta.len())
}

/// SHA-256 of a file, lower-case hex, in bounded memory.
pub(crate) fn sha256(path: &Path) -> std::io::Result<String> {
    let mut file = fs::File::open(path)?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            break;
        }
        hasher.update(&buffer[..read]);
    }
    Ok(hex(&hasher.finalize()))
}
