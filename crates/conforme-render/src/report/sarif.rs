//! SARIF 2.1.0 (OASIS): findings for code-scanning services and editors.

use conforme_catalogue::{Catalogue, Id, Severity, Stage};
use conforme_core::assessment::Assessment;
use conforme_core::finding::Finding;
use conforme_core::source::Sources;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// One run over one or several products.
pub fn log<'a>(
    law: &Catalogue,
    assessments: impl IntoIterator<Item = (&'a Assessment, &'a Sources)>,
    stage: Stage,
    version: &str,
) -> Value {
    let mut rules: BTreeMap<String, Value> = BTreeMap::new();
    let mut results = Vec::new();
    for (assessment, sources) in assessments {
        for finding in assessment.at(stage) {
            rules.entry(finding.code.clone()).or_insert_with(|| rule(law, finding));
            results.push(result(finding, sources, &assessment.product));
        }
    }
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "conforme",
                "version": version,
                "semanticVersion": version,
                "rules": rules.into_values().collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": { "ROOT": { "description": { "text": "The root of the repository" } } },
            "results": results,
        }],
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Undecided | Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

fn rule(law: &Catalogue, finding: &Finding) -> Value {
    let id = Id::from(finding.code.as_str());
    let (title, text) = match (law.findings.get(&id), law.provisions.get(&id)) {
        (Some(it), _) => (it.title.as_str(), it.text.as_str()),
        (None, Some(it)) => (it.title.as_str(), it.text.as_str()),
        (None, None) => (finding.code.as_str(), finding.message.as_str()),
    };
    json!({
        "id": finding.code,
        "shortDescription": { "text": title },
        "fullDescription": { "text": text },
        "help": { "text": format!("{}\n\n{}\n\nSee `conforme explain {}`.", text, finding.cites, finding.code) },
        "defaultConfiguration": { "level": level(finding.severity) },
        "properties": { "authority": finding.authority },
    })
}

fn result(finding: &Finding, sources: &Sources, product: &str) -> Value {
    let mut result = json!({
        "ruleId": finding.code,
        "level": level(finding.severity),
        "message": { "text": format!("{}. Next: {} ({})", finding.message, finding.next, finding.cites) },
        "properties": { "severity": finding.severity.word(), "authority": finding.authority, "product": product },
    });
    if let Some((place, file)) = finding.place.and_then(|place| Some((place, sources.file(place)?))) {
        let (line, column) = sources.line_column(place);
        result["locations"] = json!([{ "physicalLocation": {
            "artifactLocation": { "uri": uri(&file.path), "uriBaseId": "ROOT" },
            "region": { "startLine": line, "startColumn": column },
        } }]);
    }
    result
}

/// A path as a relative URI reference (RFC 3986).
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b'~' => uri.push(char::from(byte)),
            byte => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}
