//! Manifests of Cargo, npm, Python and Go: name, version, description, licence, authors.

use super::{Found, Place};
use crate::commands::init::values::{Value, line};
use serde_json::Value as Json;

/// Reads the manifests of the folder, then those of the root.
pub(super) fn read(place: &Place<'_>, found: &mut Found) {
    for base in place.bases() {
        for (name, reader) in
            [("Cargo.toml", cargo as Reader), ("package.json", npm), ("pyproject.toml", python), ("go.mod", go)]
        {
            let path = base.join(name);
            if let Some(text) = place.text(&path) {
                reader(place, &place.shown(&path), &text, found);
            }
        }
    }
}

type Reader = fn(&Place<'_>, &str, &str, &mut Found);

fn cargo(place: &Place<'_>, file: &str, text: &str, found: &mut Found) {
    let Some(manifest) = toml_of(text) else { return };
    let Some(package) = manifest.get("package") else {
        // The root of a workspace names no product; its members' manifests take over what it says.
        return;
    };
    let root = place.text(&place.repository.root.join("Cargo.toml")).and_then(|it| toml_of(&it));
    let shared = [Some(&manifest), root.as_ref()].into_iter().flatten().find_map(|it| it.pointer("/workspace/package"));
    let field = |key: &str| {
        let own = package.get(key)?;
        let inherited = own.get("workspace").is_some();
        if inherited { shared?.get(key) } else { Some(own) }
    };
    let manifest = Manifest { file, table: "package" };
    manifest.name(package.get("name").and_then(Json::as_str), found);
    manifest.common(&field, found);
    manifest.licence(field("license").and_then(Json::as_str), found);
    let author = field("authors").and_then(Json::as_array).and_then(|it| it.first()).and_then(Json::as_str);
    manifest.author(author, found);
    repository(field("repository").and_then(Json::as_str), found);
}

fn npm(_: &Place<'_>, file: &str, text: &str, found: &mut Found) {
    let Ok(package) = serde_json::from_str::<Json>(text) else { return };
    let manifest = Manifest { file, table: "" };
    let name = package.get("name").and_then(Json::as_str);
    manifest.name(name.map(|it| it.rsplit('/').next().unwrap_or(it)), found);
    manifest.common(&|key| package.get(key), found);
    manifest.licence(package.get("license").and_then(Json::as_str), found);
    let author = package.get("author");
    match (author.and_then(Json::as_str), author.and_then(|it| it.get("name")).and_then(Json::as_str)) {
        (Some(text), _) => manifest.author(Some(text), found),
        (None, Some(name)) => {
            let mail = author.and_then(|it| it.get("email")).and_then(Json::as_str);
            manifest.author(Some(&mail.map_or_else(|| name.to_owned(), |it| format!("{name} <{it}>"))), found);
        }
        (None, None) => {}
    }
    let address = package.get("repository");
    repository(address.and_then(|it| it.as_str().or_else(|| it.get("url")?.as_str())), found);
}

fn python(_: &Place<'_>, file: &str, text: &str, found: &mut Found) {
    let Some(manifest) = toml_of(text) else { return };
    let (project, table) = match (manifest.get("project"), manifest.pointer("/tool/poetry")) {
        (Some(project), _) => (project, "project"),
        (None, Some(poetry)) => (poetry, "tool.poetry"),
        (None, None) => return,
    };
    let manifest = Manifest { file, table };
    manifest.name(project.get("name").and_then(Json::as_str), found);
    manifest.common(&|key| project.get(key), found);
    let licence = project.get("license");
    manifest.licence(licence.and_then(|it| it.as_str().or_else(|| it.get("text")?.as_str())), found);
    let author = project.get("authors").and_then(Json::as_array).and_then(|it| it.first());
    let named = author.and_then(|it| {
        let name = it.get("name")?.as_str()?;
        Some(it.get("email").and_then(Json::as_str).map_or_else(|| name.to_owned(), |mail| format!("{name} <{mail}>")))
    });
    manifest.author(named.as_deref().or(author.and_then(Json::as_str)), found);
    let urls = project.get("urls").and_then(Json::as_object).into_iter().flatten();
    let source = urls.filter(|(key, _)| ["repository", "source", "source code"].contains(&key.to_lowercase().as_str()));
    repository(
        source.filter_map(|(_, it)| it.as_str()).next().or(project.get("repository").and_then(Json::as_str)),
        found,
    );
}

fn go(_: &Place<'_>, file: &str, text: &str, found: &mut Found) {
    let Some(module) =
        text.lines().find_map(|it| it.trim().strip_prefix("module ")).map(|it| it.trim().trim_matches('"'))
    else {
        return;
    };
    // `github.com/acme/bell/v2`: the last part only names the major version.
    let version = |it: &&str| it.strip_prefix('v').is_some_and(|it| it.parse::<u32>().is_ok());
    let name = module.split('/').rev().find(|it| !version(it));
    Manifest { file, table: "module" }.name(name, found);
    if module.split('/').next().is_some_and(|it| it.contains('.')) {
        let path: Vec<&str> = module.split('/').take(3).collect();
        repository(Some(&format!("https://{}", path.join("/"))), found);
    }
}

struct Manifest<'a> {
    file: &'a str,
    table: &'a str,
}

impl Manifest<'_> {
    fn place(&self, key: &str) -> String {
        match self.table {
            "" => format!("{}, {key}", self.file),
            "module" => format!("{}, module", self.file),
            table => format!("{}, {table}.{key}", self.file),
        }
    }

    fn name(&self, name: Option<&str>, found: &mut Found) {
        if let Some(name) = name {
            found.sure("product.name", Value::text(line(name)), self.place("name"));
            // A manifest means software; whether a device goes with it nobody says here.
            found.guess("product.kind", Value::text("software"), format!("{}; is there a device too?", self.file));
        }
    }

    fn common<'a>(&self, field: &dyn Fn(&str) -> Option<&'a Json>, found: &mut Found) {
        let text = |key: &str| field(key).and_then(Json::as_str).map(line);
        for (key, name) in [("version", "release.version"), ("description", "product.description")] {
            if let Some(text) = text(key) {
                found.sure(name, Value::text(text), self.place(key));
            }
        }
        if let Some(page) = text("homepage").filter(|it| it.starts_with("http")) {
            found.guess("manufacturer.website", Value::text(page), self.place("homepage"));
        }
    }

    /// Open source where every licence of the expression is an open one; anything else stays unsaid.
    fn licence(&self, expression: Option<&str>, found: &mut Found) {
        let Some(expression) = expression.map(line).filter(|it| !it.is_empty()) else { return };
        let open =
            ["MIT", "Apache", "GPL", "LGPL", "AGPL", "BSD", "MPL", "ISC", "EUPL", "EPL", "0BSD", "Zlib", "Unlicense"];
        let ids =
            expression.split(['/', ' ', '(', ')']).filter(|it| !it.is_empty() && !["OR", "AND", "WITH"].contains(it));
        let is_open =
            |id: &str| open.iter().any(|it| id == *it || id.strip_prefix(it).is_some_and(|rest| rest.starts_with('-')));
        let known =
            ids.clone().next().is_some() && ids.filter(|it| !it.to_lowercase().contains("exception")).all(is_open);
        if known {
            found.licence.get_or_insert((self.file.to_owned(), expression.clone()));
            found.sure("licence.open_source", Value::Flag(true), format!("{} ({expression})", self.place("license")));
        }
    }

    /// An author is a guess for the manufacturer: often it is a developer.
    fn author(&self, author: Option<&str>, found: &mut Found) {
        let Some(author) = author.map(line) else { return };
        let (name, rest) = author.split_once('<').unwrap_or((&author, ""));
        let name = name.split('(').next().unwrap_or_default().trim();
        found.guess(
            "manufacturer.name",
            Value::text(name),
            format!("{}; is this the manufacturer?", self.place("authors")),
        );
        if let Some((mail, _)) = rest.split_once('>') {
            found.guess("manufacturer.email", Value::text(mail.trim()), self.place("authors"));
        }
    }
}

fn repository(address: Option<&str>, found: &mut Found) {
    let address = address.map(|it| it.trim_start_matches("git+"));
    if let Some(address) = address.and_then(super::git::web_address) {
        found.repository.get_or_insert(address);
    }
}

fn toml_of(text: &str) -> Option<Json> {
    toml::from_str(text).ok()
}
