//! What a review item is bound to.
//!
//! The hash is SHA-256 over compact JSON: the id of the point, the status of its verdict, and each link of its chain with
//! its role, its id and
//! - the records of the dossier that have this id (measure, evidence, risk, threat, asset, interface, part of the release,
//!   component), with every key that is set, comments and layout left out;
//! - the hash of the file of a piece of evidence, as it was found;
//! - where no record has the id: the words of the link, and the words of the dossier at its place.
//!
//! A verdict without a chain rests on sections of the dossier at large. It is bound to all of them except risks, measures
//! and evidence: rather stale too often than fresh by mistake.

use crate::assessment::{Link, Verdict};
use crate::dossier::{Evidence, Release};
use crate::files::{self, FileFact, FileFacts};
use crate::load::Loaded;
use conforme_catalogue::sha256;
use serde::Serialize;
use serde_json::{Value, json};

/// Lists that a verdict without a chain does not rest on.
const ELSEWHERE: [&str; 9] =
    ["asset", "threat", "risk", "measure", "evidence", "not_applicable", "activity", "audit", "quality"];

/// The dossier with the files it names, and the release that was judged.
#[derive(Debug, Clone, Copy)]
pub struct Dossier<'a> {
    /// The dossier.
    pub loaded: &'a Loaded,
    /// The files, as they were found.
    pub files: &'a FileFacts,
    /// The release.
    pub release: Option<&'a Release>,
}

/// The hash a review item carries: lower-case hex.
pub fn binding(dossier: Dossier<'_>, verdict: &Verdict) -> String {
    let mut chain: Vec<Value> = verdict.chain.iter().map(|it| link(dossier, it)).collect();
    if verdict.chain.is_empty() {
        chain.push(sections(dossier));
    }
    let bound = json!({ "id": verdict.id.as_str(), "status": verdict.status.word(), "chain": chain });
    sha256(bound.to_string().as_bytes())
}

fn link(dossier: Dossier<'_>, link: &Link) -> Value {
    let records = records(dossier, &link.id);
    if !records.is_empty() {
        return json!({ "role": link.role, "id": link.id, "records": records });
    }
    let place = link.place.and_then(|it| {
        let text = &dossier.loaded.sources.file(it)?.text;
        text.get(it.start as usize..it.end as usize)
    });
    json!({ "role": link.role, "id": link.id, "text": link.text, "place": place })
}

/// Every record of that name.
fn records(dossier: Dossier<'_>, id: &str) -> Vec<Value> {
    let Dossier { loaded, release, .. } = dossier;
    let all = &loaded.dossier;
    let is = |it: &Option<crate::source::Text>| !id.is_empty() && it.as_ref().is_some_and(|it| it.value == id);
    let mut found = Vec::new();
    found.extend(all.measure.iter().filter(|it| is(&it.id)).map(written));
    found.extend(all.evidence.iter().filter(|it| is(&it.id)).map(|it| evidence(dossier, it)));
    found.extend(all.risk.iter().filter(|it| is(&it.id)).map(written));
    found.extend(all.threat.iter().filter(|it| is(&it.id)).map(written));
    found.extend(all.asset.iter().filter(|it| is(&it.id)).map(written));
    found.extend(all.interface.iter().filter(|it| is(&it.id)).map(written));
    found.extend(all.component.iter().filter(|it| is(&it.name)).map(written));
    found.extend(release.iter().flat_map(|it| &it.part).filter(|it| is(&it.part)).map(written));
    found
}

fn evidence(dossier: Dossier<'_>, record: &Evidence) -> Value {
    let path = record.file.as_ref().and_then(|it| files::resolve(&dossier.loaded.sources, it));
    let found = path.and_then(|it| match dossier.files.get(&it) {
        FileFact::Present { sha256, .. } => Some(sha256.clone()),
        FileFact::Missing | FileFact::Outside | FileFact::Unreadable(_) => None,
    });
    json!({ "record": written(record), "found": found })
}

fn sections(dossier: Dossier<'_>) -> Value {
    let mut all = written(&dossier.loaded.dossier);
    if let Value::Object(sections) = &mut all {
        sections.retain(|key, _| !ELSEWHERE.contains(&key.as_str()));
        let facts = dossier.loaded.facts.values.iter().map(|(key, it)| (key.clone(), json!(it.value)));
        sections.insert("facts".to_owned(), facts.collect());
    }
    all
}

/// A record as it is written: keys that are not set are left out, so that a new version with more keys changes nothing.
fn written<T: Serialize>(record: &T) -> Value {
    let mut value = serde_json::to_value(record).unwrap_or_default();
    prune(&mut value);
    value
}

fn prune(value: &mut Value) {
    match value {
        Value::Object(entries) => {
            entries.values_mut().for_each(prune);
            entries.retain(|_, it| !matches!(it, Value::Null) && it.as_array().is_none_or(|it| !it.is_empty()));
        }
        Value::Array(items) => items.iter_mut().for_each(prune),
        _ => {}
    }
}
