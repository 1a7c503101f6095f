//! Verdicts as OSCAL assessment results.

use super::{NS, controls, document, metadata, uuid};
use crate::ExchangeError;
use conforme_catalogue::{Day, StandardEdition};
use serde_json::{Map, Value, json};

/// An assessment of a product against an edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Results {
    /// What was judged.
    pub title: String,
    /// What the judgement rests on.
    pub description: String,
    /// Version of the product.
    pub version: String,
    /// The day of the judgement.
    pub as_of: Day,
    /// Address of the assessment plan that OSCAL wants to be named; `#` and a name where there is none.
    pub plan: String,
    /// One verdict a requirement.
    pub judged: Vec<Judged>,
}

/// The verdict on a requirement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// Id of the requirement.
    pub requirement: String,
    /// What was found.
    pub verdict: Verdict,
    /// Why.
    pub remarks: String,
}

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is met.
    Met,
    /// It is not met.
    NotMet,
    /// It could not be found out.
    Unknown,
    /// It does not concern the product.
    NotApplicable,
}

impl Verdict {
    /// State and reason: OSCAL has two states, and what is not known is not satisfied.
    fn state(self) -> (&'static str, &'static str) {
        match self {
            Self::Met => ("satisfied", "pass"),
            Self::NotMet => ("not-satisfied", "fail"),
            Self::Unknown => ("not-satisfied", "other"),
            Self::NotApplicable => ("satisfied", "other"),
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::NotMet => "not-met",
            Self::Unknown => "unknown",
            Self::NotApplicable => "not-applicable",
        }
    }
}

/// The assessment results of a product.
///
/// # Errors
/// When a requirement is not in the edition, or none was judged.
pub fn assessment_results(edition: &StandardEdition, results: &Results) -> Result<Value, ExchangeError> {
    let ids = controls(&edition.head, results.judged.iter().map(|it| it.requirement.as_str()))?;
    if ids.is_empty() {
        return Err(ExchangeError::new("the results", "no requirement was judged"));
    }
    let selected: Vec<Value> = ids.iter().map(|it| json!({ "control-id": it })).collect();
    let findings: Vec<Value> =
        results.judged.iter().zip(&ids).enumerate().map(|(at, (it, id))| finding(it, id, at)).collect();
    let mut body = Map::new();
    body.insert("metadata".to_owned(), metadata(&results.title, &results.version, results.as_of, Vec::new()));
    body.insert("import-ap".to_owned(), json!({ "href": results.plan }));
    body.insert(
        "results".to_owned(),
        json!([{
            "uuid": uuid(&format!("result {} {} {}", results.title, results.version, edition.id())),
            "title": format!("{} against {}", results.title, edition.head.edition),
            "description": results.description,
            "start": format!("{}T00:00:00Z", results.as_of.first()),
            "reviewed-controls": { "control-selections": [{ "include-controls": selected }] },
            "findings": findings,
        }]),
    );
    Ok(document("assessment-results", body))
}

fn finding(it: &Judged, id: &str, at: usize) -> Value {
    let (state, reason) = it.verdict.state();
    json!({
        "uuid": uuid(&format!("finding {at} {id} {} {}", it.verdict.word(), it.remarks)),
        "title": it.requirement,
        "description": it.remarks,
        "props": [{ "name": "verdict", "ns": NS, "value": it.verdict.word() }],
        "target": { "type": "objective-id", "target-id": id, "status": { "state": state, "reason": reason } },
    })
}
