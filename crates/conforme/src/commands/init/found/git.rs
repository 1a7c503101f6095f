//! The remote of a git repository: its name and web address.

use super::{Found, Place};
use crate::commands::init::values::{Value, line};
use crate::repository::read_text;
use std::path::Path;

/// Name and web address from the remote of the repository. What stands before `@` may be a password and is dropped.
pub(super) fn read(place: &Place<'_>, found: &mut Found) {
    let Some(config) = git_config(&place.repository.root) else { return };
    let mut remote = (false, None);
    for row in config.lines().map(str::trim) {
        if let Some(section) = row.strip_prefix('[') {
            remote.0 = section.trim_end_matches(']').trim() == "remote \"origin\"";
        } else if let (true, Some(url)) = (remote.0, row.split_once('=').filter(|(key, _)| key.trim() == "url")) {
            remote.1 = Some(url.1.trim().to_owned());
        }
    }
    let Some(url) = remote.1.as_deref().and_then(web_address) else { return };
    if let Some(name) = url.rsplit('/').next() {
        found.guess("product.name", Value::text(line(name)), "the git remote");
    }
    found.repository.get_or_insert(line(&url));
}

/// The configuration of a repository, also of a worktree or submodule, whose `.git` is a file.
fn git_config(root: &Path) -> Option<String> {
    let git = root.join(".git");
    if git.is_dir() {
        return read_text(&git.join("config")).ok();
    }
    let pointer = read_text(&git).ok()?;
    let folder = root.join(pointer.trim().strip_prefix("gitdir:")?.trim());
    let common = read_text(&folder.join("commondir")).map_or_else(|_| folder.clone(), |it| folder.join(it.trim()));
    read_text(&common.join("config")).ok()
}

/// `https://` form of a remote: `git@github.com:acme/bell.git` is `https://github.com/acme/bell`.
pub(super) fn web_address(remote: &str) -> Option<String> {
    let (host, path) = match remote.split_once("://") {
        Some((scheme, rest)) if ["https", "http", "ssh", "git"].contains(&scheme) => {
            let (host, path) = rest.split_once('/')?;
            (host.rsplit('@').next()?.split(':').next()?, path)
        }
        Some(_) => return None,
        None => {
            let (host, path) = remote.split_once(':')?;
            (host.rsplit('@').next()?, path)
        }
    };
    let path = path.trim_matches('/').trim_end_matches(".git");
    let plain = |it: &str| !it.is_empty() && it.chars().all(|it| it.is_alphanumeric() || "._-/~+".contains(it));
    (host.contains('.') && plain(host) && plain(path)).then(|| format!("https://{host}/{path}"))
}
