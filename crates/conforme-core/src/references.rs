//! Names inside the dossier: every record has one, no two the same, and every reference leads somewhere.

use crate::codes;
use crate::decode::{nearest, unknown_word};
use crate::dossier::Dossier;
use crate::finding::Reporter;
use crate::source::{Place, Text};
use conforme_catalogue::Side;
use std::collections::{BTreeMap, BTreeSet};

/// Reports missing, double and dangling names.
pub(crate) fn report(dossier: &Dossier, reporter: &mut Reporter<'_>) {
    let assets = names("asset", dossier.asset.iter().map(|it| (&it.id, it.place)), reporter);
    let threats = names("threat", dossier.threat.iter().map(|it| (&it.id, it.place)), reporter);
    let risks = names("risk", dossier.risk.iter().map(|it| (&it.id, it.place)), reporter);
    let measures = names("measure", dossier.measure.iter().map(|it| (&it.id, it.place)), reporter);
    let evidence = names("evidence", dossier.evidence.iter().map(|it| (&it.id, it.place)), reporter);
    let interfaces = names("interface", dossier.interface.iter().map(|it| (&it.id, it.place)), reporter);
    let parts: BTreeSet<&str> =
        dossier.part.iter().filter_map(|it| it.title.as_ref()).map(|it| it.value.as_str()).collect();
    let releases: BTreeSet<&str> =
        dossier.release.iter().filter_map(|it| it.version.as_ref()).map(|it| it.value.as_str()).collect();

    twice("release", dossier.release.iter().filter_map(|it| it.version.as_ref()), reporter);
    twice("variant", dossier.variant.iter().filter_map(|it| it.name.as_ref()), reporter);
    twice("part", dossier.part.iter().filter_map(|it| it.title.as_ref()), reporter);

    let mut used: BTreeSet<&str> = BTreeSet::new();
    for threat in &dossier.threat {
        lead("asset", &threat.assets, &assets, reporter);
        lead("interface", &threat.interfaces, &interfaces, reporter);
    }
    for risk in &dossier.risk {
        lead("threat", &risk.threats, &threats, reporter);
        lead("asset", &risk.assets, &assets, reporter);
        lead("measure", &risk.measures, &measures, reporter);
    }
    for measure in &dossier.measure {
        lead("evidence", &measure.evidence, &evidence, reporter);
        used.extend(measure.evidence.iter().map(|it| it.value.as_str()));
        answers(&measure.answers, &risks, reporter);
        if measure.answers.is_empty() && !risk_names(dossier, measure.id.as_ref()) {
            let id = measure.id.as_ref().map_or("", |it| it.value.as_str());
            reporter.report(codes::MEASURE_ANSWERS_NOTHING, Some(measure.place), &[("measure", id)]);
        }
    }
    for activity in &dossier.activity {
        for of in [&activity.inputs, &activity.outputs] {
            lead("evidence", of, &evidence, reporter);
            used.extend(of.iter().map(|it| it.value.as_str()));
        }
    }
    let components: BTreeSet<&str> =
        dossier.component.iter().filter_map(|it| it.name.as_ref()).map(|it| it.value.as_str()).collect();
    for measure in &dossier.measure {
        lead("component", measure.component.as_slice(), &components, reporter);
    }
    for component in &dossier.component {
        for entry in component.responsibilities.iter().filter(|it| Side::assigned(&it.value).is_none()) {
            let known = Side::ALL.map(|it| format!("7.9: {}", it.word()));
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            unknown_word(&entry.value, entry.place, "responsibilities", &known, reporter);
        }
        lead("evidence", &component.evidence, &evidence, reporter);
        used.extend(component.evidence.iter().map(|it| it.value.as_str()));
    }
    for record in &dossier.not_applicable {
        let known: BTreeSet<&str> = assets
            .iter()
            .chain(&threats)
            .chain(&risks)
            .chain(&interfaces)
            .copied()
            .chain(["context", "agreement"])
            .collect();
        lead("record of the risk assessment", &record.refers_to, &known, reporter);
        provisions(record.provision.as_slice(), reporter);
    }
    for (kind, references) in single_references(dossier) {
        lead(kind, references, &evidence, reporter);
        used.extend(references.iter().map(|it| it.value.as_str()));
    }
    for record in &dossier.evidence {
        lead("release", &record.releases, &releases, reporter);
        for holds in &record.holds {
            lead("release", holds.release.as_slice(), &releases, reporter);
        }
        if let Some(id) = record.id.as_ref().filter(|it| !used.contains(it.value.as_str())) {
            reporter.report(codes::EVIDENCE_UNUSED, Some(id.place), &[("evidence", &id.value)]);
        }
    }
    for release in &dossier.release {
        lead("release", release.update_of.as_slice(), &releases, reporter);
        if !parts.is_empty() {
            for part in &release.part {
                lead("part", part.part.as_slice(), &parts, reporter);
            }
        }
    }
    for covered in dossier
        .common_specification
        .iter()
        .map(|it| &it.provisions)
        .chain(dossier.certificate.iter().map(|it| &it.provisions))
    {
        provisions(covered, reporter);
    }
    provisions(dossier.authorised_representative.as_ref().map_or(&[][..], |it| &it.mandate), reporter);
}

/// References to evidence outside measures and components.
fn single_references(dossier: &Dossier) -> Vec<(&'static str, &[Text])> {
    let mut references: Vec<(&'static str, &[Text])> = Vec::new();
    if let Some(product) = &dossier.product {
        references.push(("evidence", &product.photographs));
        references.push(("evidence", product.agreement.as_slice()));
    }
    references.extend(dossier.certificate.iter().map(|it| ("evidence", it.evidence.as_slice())));
    references.extend(dossier.authorised_representative.iter().map(|it| ("evidence", it.evidence.as_slice())));
    let production = dossier.route.as_ref().and_then(|it| it.production.as_ref());
    references.extend(production.map(|it| ("evidence", it.evidence.as_slice())));
    references.extend(dossier.quality.iter().map(|it| ("evidence", it.evidence.as_slice())));
    references.extend(dossier.audit.iter().map(|it| ("evidence", it.evidence.as_slice())));
    references
        .extend(dossier.vulnerability_handling.iter().map(|it| ("evidence", it.paid_updates_agreement.as_slice())));
    if let Some(chain) = &dossier.supply_chain {
        let seen = [
            &chain.procedure,
            &chain.documentation,
            &chain.ce_marking,
            &chain.declaration,
            &chain.user_information,
            &chain.marking,
        ];
        references.extend(seen.into_iter().map(|it| ("evidence", it.as_slice())));
    }
    references
}

fn risk_names(dossier: &Dossier, measure: Option<&Text>) -> bool {
    measure.is_some_and(|id| dossier.risk.iter().flat_map(|it| &it.measures).any(|it| it.value == id.value))
}

fn names<'a>(
    kind: &str,
    records: impl Iterator<Item = (&'a Option<Text>, Place)>,
    reporter: &mut Reporter<'_>,
) -> BTreeSet<&'a str> {
    let mut seen: BTreeMap<&str, Place> = BTreeMap::new();
    for (id, place) in records {
        match id.as_ref().filter(|it| !it.value.trim().is_empty()) {
            None => reporter.report(codes::ID_MISSING, Some(place), &[("kind", kind)]),
            Some(id) => {
                if seen.insert(&id.value, id.place).is_some() {
                    reporter.report(codes::ID_TWICE, Some(id.place), &[("kind", kind), ("id", &id.value)]);
                }
            }
        }
    }
    seen.into_keys().collect()
}

/// Reports names that two records share.
fn twice<'a>(kind: &str, names: impl Iterator<Item = &'a Text>, reporter: &mut Reporter<'_>) {
    let mut seen = BTreeSet::new();
    for name in names {
        if !seen.insert(name.value.as_str()) {
            reporter.report(codes::ID_TWICE, Some(name.place), &[("kind", kind), ("id", &name.value)]);
        }
    }
}

fn lead(kind: &str, references: &[Text], known: &BTreeSet<&str>, reporter: &mut Reporter<'_>) {
    for reference in references.iter().filter(|it| !known.contains(it.value.as_str())) {
        let all: Vec<&str> = known.iter().copied().collect();
        dangling(kind, reference, &all, reporter);
    }
}

fn dangling(kind: &str, reference: &Text, known: &[&str], reporter: &mut Reporter<'_>) {
    let remedy = match nearest(&reference.value, known) {
        Some(near) => format!("did you mean `{near}`?"),
        None if known.is_empty() => "there is none in this dossier".to_owned(),
        None => "add it, or take the reference out".to_owned(),
    };
    reporter.report(
        codes::DANGLING_REFERENCE,
        Some(reference.place),
        &[("kind", kind), ("id", &reference.value), ("remedy", &remedy)],
    );
}

/// A measure answers provisions, risks, and requirements of standards.
fn answers(references: &[Text], risks: &BTreeSet<&str>, reporter: &mut Reporter<'_>) {
    for reference in references {
        let name = reference.value.as_str();
        if name.starts_with("CRA-") {
            provisions(std::slice::from_ref(reference), reporter);
        } else if let Some((standard, _)) = name.split_once('/') {
            let standard = standard.split('@').next().unwrap_or(standard);
            if reporter.law().standard(standard).is_none() {
                reporter.report(codes::UNKNOWN_STANDARD, Some(reference.place), &[("id", standard)]);
            }
        } else if !risks.contains(name) {
            let all: Vec<&str> = risks.iter().copied().collect();
            dangling("risk or provision", reference, &all, reporter);
        }
    }
}

fn provisions(references: &[Text], reporter: &mut Reporter<'_>) {
    let law = reporter.law();
    for reference in references.iter().filter(|it| law.provision(&it.value).is_none()) {
        let known: Vec<&str> = law.provisions.keys().map(conforme_catalogue::Id::as_str).collect();
        let remedy = match nearest(&reference.value, &known) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "ids look like CRA-I-2-d, CRA-II-5, CRA-A13-8".to_owned(),
        };
        reporter.report(
            codes::UNKNOWN_PROVISION,
            Some(reference.place),
            &[("id", &reference.value), ("remedy", &remedy)],
        );
    }
}
