//! JSON v1 of the library: promised fields, apart from the types of the catalogue.

use super::{reach, sure};
use conforme_catalogue::{Authority, Catalogue, LookedAt, Requirement, RequirementKind, Standard, StandardEdition};
use conforme_core::library::coverage::{Answer, Coverage, Row, State};
use conforme_core::library::defects::{Defect, Rule};
use conforme_core::library::difference::Difference;
use conforme_core::library::procedure::Run;
use serde_json::{Value, json};

/// Version of these forms.
const VERSION: u32 = 1;

fn authority(it: Authority) -> Value {
    json!(it)
}

/// An edition without its requirements.
pub fn edition(it: &StandardEdition) -> Value {
    let head = &it.head;
    json!({
        "id": it.id(), "standard": it.standard, "slug": it.slug, "edition": head.edition, "reach": reach(it), "reach_note": head.reach_note,
        "method": head.method, "levels": head.levels,
        "use_cases": head.use_cases.iter().map(|it| json!({ "id": it.id, "title": it.title })).collect::<Vec<_>>(),
        "groups": head.groups.iter().map(|it| json!({ "id": it.id, "title": it.title, "clause": it.clause })).collect::<Vec<_>>(),
        "requirements": head.requirements.len(), "mapped": it.mapping.is_some(), "source": head.basis.source,
        "as_of": head.basis.as_of.to_string(), "certainty": sure(head.basis.certainty), "doubt": head.basis.doubt,
        "overlay": head.basis.overlay,
    })
}

/// The requirements of an edition, each with the provisions it answers. `word` is whose word its demands are.
pub fn requirements(it: &StandardEdition, word: Authority) -> Vec<Value> {
    it.head.requirements.iter().map(|requirement| one(it, requirement, word)).collect()
}

fn one(edition: &StandardEdition, it: &Requirement, word: Authority) -> Value {
    let maps: Vec<Value> = edition.mapping.iter().flat_map(|mapping| {
        let rows = mapping.rows.iter().filter(|row| row.requirements.contains(&it.id));
        rows.map(|row| json!({
            "provision": row.provision, "relation": row.relation.word(), "reason": row.reason,
            "authority": authority(edition.mapping_authority()),
            "certainty": sure(row.certainty.or(mapping.basis.certainty)), "doubt": row.doubt.as_ref().or(mapping.basis.doubt.as_ref()),
        }))
    }).collect();
    let assessment = &it.assessment;
    let by: Vec<&str> = assessment
        .by
        .iter()
        .map(|it| match it {
            LookedAt::Examine => "examine",
            LookedAt::Interview => "interview",
            LookedAt::Test => "test",
        })
        .collect();
    let source = if it.basis.source.is_empty() { &edition.head.basis.source } else { &it.basis.source };
    json!({
        "id": it.id, "reference": format!("{}/{}", edition.id(), it.id), "title": it.title, "statement": it.statement,
        "kind": kind(it.kind), "modal": it.modal, "clause": it.clause, "group": it.group, "parent": it.parent,
        "levels": it.levels, "use_cases": it.use_cases, "applies": it.applies_note, "inputs": it.inputs, "outputs": it.outputs,
        "evidence": it.evidence, "origin": it.origin, "authority": authority(word), "source": source,
        "certainty": sure(it.basis.certainty.or(edition.head.basis.certainty)),
        "doubt": it.basis.doubt.as_ref().or(edition.head.basis.doubt.as_ref()), "overlay": it.basis.overlay,
        "assessment": {
            "by": by, "objective": assessment.objective, "preparation": assessment.preparation, "activities": assessment.activities,
            "expected": assessment.expected, "reference": assessment.reference, "derived": assessment.derived,
        },
        "maps_to": maps,
    })
}

/// The word for what a requirement is about.
pub(super) fn kind(it: RequirementKind) -> &'static str {
    match it {
        RequirementKind::Product => "product",
        RequirementKind::Process => "process",
        RequirementKind::Document => "document",
    }
}

/// `conforme standards coverage`.
pub fn coverage(law: &Catalogue, it: &Coverage<'_>) -> Value {
    let topics = it.topics();
    json!({
        "version": VERSION, "kind": "coverage", "catalogue": law.mark(),
        "standards": it.editions.iter().map(|(of, level)| {
            let mut value = edition(of);
            value["level"] = json!(level);
            value
        }).collect::<Vec<_>>(),
        "summary": {
            "provisions": it.rows.len(), "covered": it.count(State::Covered), "partly": it.count(State::Partly),
            "none": it.count(State::None), "unknown": it.count(State::Unknown),
            "gap_topics": topics.keys().collect::<Vec<_>>(),
        },
        "gaps": topics.iter().map(|(topic, provisions)| json!({ "topic": topic, "provisions": provisions })).collect::<Vec<_>>(),
        "provisions": it.rows.iter().map(row).collect::<Vec<_>>(),
    })
}

fn row(it: &Row<'_>) -> Value {
    json!({
        "id": it.provision.id, "title": it.provision.title, "state": it.state.word(),
        "by": it.by.iter().map(answer).collect::<Vec<_>>(), "at_higher_levels": it.above.iter().map(answer).collect::<Vec<_>>(),
        "together": it.together.iter().map(|(of, set)| json!({ "standard": of.id(), "requirements": set.requirements, "reason": set.reason })).collect::<Vec<_>>(),
        "gaps": it.gaps.iter().map(|(of, gap)| json!({
            "standard": of.id(), "aspect": gap.aspect, "topic": gap.topic, "reason": gap.reason, "authority": authority(of.mapping_authority()),
        })).collect::<Vec<_>>(),
        "unjudged": it.unjudged.iter().map(|it| it.id()).collect::<Vec<_>>(),
        "published": it.published.iter().map(|(list, row)| json!({
            "list": list.id, "title": list.title, "authority": list.basis.authority.map(authority), "gap": row.gap, "parts": row.parts, "note": row.note,
        })).collect::<Vec<_>>(),
    })
}

fn answer(it: &Answer<'_>) -> Value {
    json!({
        "requirement": format!("{}/{}", it.edition.id(), it.requirement.id), "title": it.requirement.title, "relation": it.row.relation.word(),
        "reason": it.row.reason, "levels": it.requirement.levels, "authority": authority(it.edition.mapping_authority()),
        "certainty": sure(it.row.certainty.or(it.edition.mapping.as_ref().and_then(|it| it.basis.certainty))),
    })
}

/// `conforme standards run`. `answered` tells what the dossier says of a requirement.
pub fn run(of: &StandardEdition, it: &Run<'_>, answered: impl Fn(&Requirement) -> Option<String>) -> Value {
    json!({
        "version": VERSION, "kind": "run", "standard": edition(of), "because": it.because, "assurance": it.assurance,
        "missing": it.missing, "described_nowhere": it.nowhere,
        "threats": it.threats.iter().map(|it| json!({
            "id": it.threat.id, "title": it.threat.title, "likelihood": it.likelihood.map(|it| it.word()), "impact": it.impact.map(|it| it.word()),
        })).collect::<Vec<_>>(),
        "differences": it.differences.iter().map(|it| json!({
            "threat": it.threat, "axis": it.axis.word(), "profile": it.profile, "printed": it.printed.map(|it| it.word()), "computed": it.computed.map(|it| it.word()),
        })).collect::<Vec<_>>(),
        "asked": it.asked.iter().map(|asked| json!({
            "any_of": asked.any_of.iter().map(|it| json!({ "id": it.id, "title": it.title, "answered": answered(it) })).collect::<Vec<_>>(),
            "sure": asked.sure, "why": asked.why,
        })).collect::<Vec<_>>(),
    })
}

/// `conforme standards lint`: one entry a text.
pub fn defects(all: &[(&StandardEdition, Option<&Standard>, Vec<Defect>)]) -> Value {
    json!({
        "version": VERSION, "kind": "lint",
        "standards": all.iter().map(|(of, _, defects)| json!({
            "standard": edition(of),
            "request": Rule::REQUEST.iter().map(|rule| json!({ "rule": rule.word(), "open": defects.iter().filter(|it| it.rule == *rule).count() })).collect::<Vec<_>>(),
            "defects": defects.iter().map(|it| json!({ "rule": it.rule.word(), "subject": it.subject, "message": it.message })).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
    })
}

/// `conforme standards diff OLD NEW`. `resting` tells which products have something that names a requirement.
pub fn difference(
    old: &StandardEdition,
    new: &StandardEdition,
    it: &Difference<'_>,
    resting: impl Fn(&str) -> Vec<(String, String)>,
) -> Value {
    let touched = |id: &str| -> Vec<Value> {
        resting(id).into_iter().map(|(product, records)| json!({ "product": product, "records": records })).collect()
    };
    let plain = |it: &&Requirement| json!({ "id": it.id, "title": it.title, "products": touched(&it.id) });
    json!({
        "version": VERSION, "kind": "edition-diff", "from": edition(old), "to": edition(new), "same": it.same,
        "added": it.added.iter().map(plain).collect::<Vec<_>>(),
        "removed": it.removed.iter().map(plain).collect::<Vec<_>>(),
        "changed": it.changed.iter().map(|(it, what)| json!({
            "id": it.id, "title": it.title, "what": what, "products": touched(&it.id),
        })).collect::<Vec<_>>(),
    })
}
