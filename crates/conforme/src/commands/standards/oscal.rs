//! What a product says to a standard, as OSCAL: the profile it was judged against, its component definition, the results.

use super::library::{choice, judged};
use crate::cli::{ExchangeFormat, ExportArgs, RunArgs, StandardsArgs};
use crate::failure::Failure;
use crate::portfolio::Judged;
use conforme_catalogue::StandardEdition;
use conforme_core::assessment::{Status, Verdict};
use conforme_core::library::procedure;
use conforme_exchange::oscal::{
    self, Component, Implementation, Implemented, Judged as Finding, Results, Verdict as Found,
};
use serde_json::Value;

/// The document of a form that OSCAL has beside the catalog.
pub(super) fn document(args: &StandardsArgs, wanted: &ExportArgs, of: &StandardEdition) -> Result<Value, Failure> {
    let failed = |it: conforme_exchange::ExchangeError| Failure::Usage(format!("{} cannot be written: {it}", of.id()));
    if wanted.to == ExchangeFormat::OscalProfile {
        return profile(wanted, of)?.map_err(failed);
    }
    let Some(folder) = wanted.product_folder.as_deref() else {
        return Err(Failure::Usage(
            "this form says what a product does\nnext: add `--product-folder FOLDER`".to_owned(),
        ));
    };
    let judged = judged(args, of, folder)?;
    let made = if wanted.to == ExchangeFormat::OscalComponent { component(&judged, of) } else { results(&judged, of) };
    made.map_err(failed)
}

type Made = Result<Value, conforme_exchange::ExchangeError>;

/// What is asked at a level or for a use case.
fn profile(wanted: &ExportArgs, of: &StandardEdition) -> Result<Made, Failure> {
    let asking = RunArgs {
        standard: wanted.standard.clone(),
        use_case: wanted.use_case.clone(),
        level: wanted.level.clone(),
        factors: Vec::new(),
        has: Vec::new(),
        has_not: Vec::new(),
        sheet: false,
        product_folder: None,
    };
    let run = procedure::run(of, &choice(of, &asking)?);
    let mut ids: Vec<String> = Vec::new();
    for it in run.asked.iter().flat_map(|it| &it.any_of) {
        if !ids.contains(&it.id) {
            ids.push(it.id.clone());
        }
    }
    let title = format!("{}: {}", of.head.edition, run.because);
    Ok(oscal::profile(of, &title, &format!("{}.json", of.id()), &ids))
}

/// Verdicts of the product on this edition, each with the id of its requirement.
fn verdicts<'a>(judged: &'a Judged, of: &StandardEdition) -> Vec<(String, &'a Verdict)> {
    let prefix = format!("{}/", of.id());
    let all = judged.assessment.requirements.iter();
    all.filter_map(|it| Some((it.id.as_str().strip_prefix(&prefix)?.to_owned(), it))).collect()
}

fn component(judged: &Judged, of: &StandardEdition) -> Made {
    let implemented = verdicts(judged, of).into_iter().filter_map(|(requirement, it)| {
        let measures: Vec<String> = it.chain.iter().filter(|it| it.role == "measure").map(|it| it.id.clone()).collect();
        let status = match it.status {
            Status::NotApplicable => Implementation::NotApplicable,
            _ if measures.is_empty() => return None,
            Status::Met => Implementation::Implemented,
            Status::Partly => Implementation::Partial,
            Status::Unknown | Status::NotMet => Implementation::Planned,
        };
        Some(Implemented { requirement, measures, status, description: it.because.clone(), remarks: None })
    });
    let product = judged.loaded.dossier.product.as_ref();
    let facts = conforme_core::classify::facts(&judged.law, &judged.loaded.dossier, &judged.loaded.facts);
    let hardware = facts.word("product.kind").is_some_and(|it| it.starts_with("hardware"));
    let described = product.and_then(|it| it.description.as_ref()).map_or("", |it| it.value.as_str());
    let component = Component {
        title: judged.assessment.product.clone(),
        description: if described.is_empty() { judged.assessment.product.clone() } else { described.to_owned() },
        kind: if hardware { "hardware" } else { "software" }.to_owned(),
        version: judged.assessment.release.clone(),
        as_of: judged.assessment.as_of.into(),
        implemented: implemented.collect(),
    };
    oscal::component_definition(of, &format!("{}.json", of.id()), &component)
}

fn results(judged: &Judged, of: &StandardEdition) -> Made {
    let found = verdicts(judged, of).into_iter().map(|(requirement, it)| {
        let (verdict, remarks) = match it.status {
            Status::Met => (Found::Met, it.because.clone()),
            Status::NotApplicable => (Found::NotApplicable, it.because.clone()),
            Status::Unknown => (Found::Unknown, it.because.clone()),
            Status::NotMet => (Found::NotMet, it.because.clone()),
            // OSCAL has no state between.
            Status::Partly => (Found::NotMet, format!("met in part: {}", it.because)),
        };
        Finding { requirement, verdict, remarks }
    });
    let assessment = &judged.assessment;
    let results = Results {
        title: assessment.product.clone(),
        description: format!("Release {}, catalogue {}", assessment.release, assessment.catalogue),
        version: assessment.release.clone(),
        as_of: assessment.as_of.into(),
        plan: "#conforme-check".to_owned(),
        judged: found.collect(),
    };
    oscal::assessment_results(of, &results)
}
