//! JSON v1: the promised machine form of an assessment. Its types stand apart from the engine's, so that the engine can
//! change and this cannot. `conforme schema check` publishes the schema.

use conforme_catalogue::{Catalogue, Id, Severity, Stage};
use conforme_core::assessment::{Assessment, Link};
use conforme_core::classify::{Classified, Facts};
use conforme_core::finding::Finding;
use conforme_core::register;
use conforme_core::source::{Place, Sources};
use jiff::civil::Date;
use serde::Serialize;
use serde_json::{Value, json};

/// One assessment.
#[derive(Debug, Serialize)]
pub struct Check {
    version: u32,
    program: String,
    catalogue: String,
    product: String,
    release: String,
    placing: String,
    as_of: String,
    stage: &'static str,
    fail_on: &'static str,
    gate: &'static str,
    classification: Classification,
    verdicts: Vec<Verdict>,
    findings: Vec<Diagnostic>,
}

/// The answer of `conforme classify`.
#[derive(Debug, Serialize)]
pub struct Classification {
    in_scope: Option<bool>,
    regime: &'static str,
    category: Option<String>,
    tier: Option<&'static str>,
    routes: Vec<String>,
    route_basis: Option<RouteBasis>,
    needs_decision: bool,
    reasons: Vec<Reason>,
    views: Vec<View>,
    missing: Vec<String>,
    parts: Vec<Part>,
    standards: Vec<Standard>,
}

#[derive(Debug, Serialize)]
struct RouteBasis {
    row: String,
    about: String,
    cites: String,
    uncovered: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Reason {
    text: String,
    source: String,
}

#[derive(Debug, Serialize)]
struct View {
    category: String,
    likely: String,
    #[serde(rename = "for")]
    pro: String,
    against: String,
    source: String,
}

#[derive(Debug, Serialize)]
struct Part {
    title: String,
    kind: &'static str,
}

/// A standard that would open a route, and whether it does.
#[derive(Debug, Clone, Serialize)]
pub struct Standard {
    /// Id of the standard.
    pub id: String,
    /// Its reference.
    pub reference: String,
    /// How far it is at the date.
    pub stage: String,
    /// Cited in the Official Journal at the date.
    pub cited: bool,
    /// What a citation would open.
    pub opens: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Verdict {
    kind: &'static str,
    id: String,
    title: String,
    cites: String,
    authority: conforme_catalogue::Authority,
    stage: &'static str,
    status: &'static str,
    because: String,
    chain: Vec<ChainLink>,
}

#[derive(Debug, Serialize)]
struct ChainLink {
    role: &'static str,
    id: String,
    text: String,
    status: Option<&'static str>,
    file: Option<String>,
    line: Option<usize>,
}

#[derive(Debug, Serialize)]
struct Diagnostic {
    code: String,
    severity: &'static str,
    stage: Option<&'static str>,
    message: String,
    file: Option<String>,
    line: Option<usize>,
    column: Option<usize>,
    provision: Option<String>,
    cites: String,
    authority: conforme_catalogue::Authority,
    overlay: Option<String>,
    next: String,
}

/// Standards of a category, and those whose citation would help to open a procedure, with how far each is on a day.
pub fn opening(law: &Catalogue, facts: &Facts, category: Option<&Id>, on: Date) -> Vec<Standard> {
    register::for_product(law, category, &[], facts)
        .into_iter()
        .filter(|it| it.why.contains(&register::Why::Category) || !it.opens.is_empty())
        .map(|it| Standard {
            id: it.standard.id.to_string(),
            reference: it.standard.reference.clone(),
            stage: it.standard.stage(on).map_or("unknown", |it| it.stage.word()).to_owned(),
            cited: it.standard.cited(on).next().is_some(),
            opens: it.opens,
        })
        .collect()
}

/// Version of this form.
pub const VERSION: u32 = 1;

/// Puts an assessment into its promised form.
pub fn check(
    assessment: &Assessment,
    sources: &Sources,
    stage: Stage,
    fail_on: Severity,
    program: &str,
    standards: Vec<Standard>,
) -> Check {
    let classification = decided(assessment, standards);
    Check {
        version: VERSION,
        program: program.to_owned(),
        catalogue: assessment.catalogue.clone(),
        product: assessment.product.clone(),
        release: assessment.release.clone(),
        placing: assessment.placing.to_string(),
        as_of: assessment.as_of.to_string(),
        stage: stage.word(),
        fail_on: fail_on.word(),
        gate: assessment.gate(stage, fail_on).word(),
        classification,
        verdicts: assessment
            .verdicts
            .iter()
            .filter(|it| it.stage <= stage)
            .chain(&assessment.requirements)
            .map(|it| verdict(it, sources))
            .collect(),
        findings: assessment.at(stage).map(|it| diagnostic(it, sources)).collect(),
    }
}

/// What was found for a dossier: category, tier and routes after the decision of a person, where there is one.
pub fn decided(assessment: &Assessment, standards: Vec<Standard>) -> Classification {
    let routes = assessment.routes.as_ref();
    let found = classification(&assessment.classified, standards);
    Classification {
        category: assessment.category.as_ref().map(ToString::to_string).or(found.category),
        tier: assessment.tier.or(assessment.classified.tier).map(conforme_catalogue::Tier::word),
        needs_decision: assessment.needs_decision,
        routes: routes.map_or_else(Vec::new, |it| it.allowed.clone()),
        route_basis: routes.map(|it| RouteBasis {
            row: it.row.clone(),
            about: it.about.clone(),
            cites: it.cites.clone(),
            uncovered: it.uncovered.iter().map(ToString::to_string).collect(),
        }),
        ..found
    }
}

/// The answer of `conforme classify`, without routes: the caller adds them.
pub fn classification(classified: &Classified, standards: Vec<Standard>) -> Classification {
    Classification {
        in_scope: classified.in_scope,
        regime: classified.regime.word(),
        category: classified.category.as_ref().map(ToString::to_string),
        tier: classified.tier.map(conforme_catalogue::Tier::word),
        routes: Vec::new(),
        route_basis: None,
        needs_decision: classified.needs_decision,
        reasons: classified
            .reasons
            .iter()
            .map(|it| Reason { text: it.text.clone(), source: it.source.clone() })
            .collect(),
        views: classified
            .views
            .iter()
            .map(|it| View {
                category: it.category.to_string(),
                likely: it.likely.to_string(),
                pro: it.pro.clone(),
                against: it.contra.clone(),
                source: it.source.clone(),
            })
            .collect(),
        missing: classified.missing.clone(),
        parts: classified.parts.iter().map(|(title, kind)| Part { title: title.clone(), kind: kind.word() }).collect(),
        standards,
    }
}

impl Classification {
    /// Adds the routes and where they stand.
    pub fn with_routes(mut self, routes: &conforme_core::classify::Routes<'_>) -> Self {
        self.routes.clone_from(&routes.allowed);
        self.missing.extend(routes.missing.iter().cloned());
        self.missing.sort();
        self.missing.dedup();
        self.route_basis = Some(RouteBasis {
            row: routes.row.id.clone(),
            about: routes.row.about.clone(),
            cites: routes.row.cites.clone(),
            uncovered: Vec::new(),
        });
        self
    }
}

fn position(place: Option<Place>, sources: &Sources) -> (Option<String>, Option<usize>, Option<usize>) {
    let Some(place) = place else { return (None, None, None) };
    let (line, column) = sources.line_column(place);
    (sources.file(place).map(|it| it.path.clone()), Some(line), Some(column))
}

fn verdict(verdict: &conforme_core::assessment::Verdict, sources: &Sources) -> Verdict {
    Verdict {
        kind: verdict.kind.word(),
        id: verdict.id.to_string(),
        title: verdict.title.clone(),
        cites: verdict.cites.clone(),
        authority: verdict.authority,
        stage: verdict.stage.word(),
        status: verdict.status.word(),
        because: verdict.because.clone(),
        chain: verdict.chain.iter().map(|it| link(it, sources)).collect(),
    }
}

fn link(link: &Link, sources: &Sources) -> ChainLink {
    let (file, line, _) = position(link.place, sources);
    ChainLink {
        role: link.role,
        id: link.id.clone(),
        text: link.text.clone(),
        status: link.status.map(conforme_core::assessment::Status::word),
        file,
        line,
    }
}

fn diagnostic(finding: &Finding, sources: &Sources) -> Diagnostic {
    let (file, line, column) = position(finding.place, sources);
    Diagnostic {
        code: finding.code.clone(),
        severity: finding.severity.word(),
        stage: finding.stage.map(Stage::word),
        message: finding.message.clone(),
        file,
        line,
        column,
        provision: finding.provision.as_ref().map(ToString::to_string),
        cites: finding.cites.clone(),
        authority: finding.authority,
        overlay: finding.overlay.clone(),
        next: finding.next.clone(),
    }
}

/// JSON Schema of [`Check`].
pub fn schema() -> Value {
    let text = json!({ "type": "string" });
    let maybe = |kind: &str| json!({ "type": [kind, "null"] });
    let list = |items: Value| json!({ "type": "array", "items": items });
    let object = |properties: Value| {
        let required: Vec<String> = properties.as_object().into_iter().flat_map(|it| it.keys().cloned()).collect();
        json!({ "type": "object", "properties": properties, "required": required })
    };
    let stage = json!({ "enum": Stage::ALL.map(Stage::word) });
    let severity = json!({ "enum": ["error", "undecided", "warning", "note"] });
    let status = json!({ "enum": ["met", "not applicable", "partly", "unknown", "not met"] });
    let authority = json!({ "enum": ["law", "delegated-act", "harmonised-standard", "draft-standard", "standard", "guidance", "practice"] });
    let mut link_status = status.clone();
    link_status["enum"].as_array_mut().into_iter().for_each(|it| it.push(Value::Null));
    let mut finding_stage = stage.clone();
    finding_stage["enum"].as_array_mut().into_iter().for_each(|it| it.push(Value::Null));
    let classification = object(json!({
        "in_scope": maybe("boolean"),
        "regime": { "enum": ["product", "steward", "none", "unknown"] },
        "category": maybe("string"),
        "tier": { "enum": ["default", "important-class-I", "important-class-II", "critical", null] },
        "routes": list(text.clone()),
        "route_basis": { "anyOf": [{ "type": "null" }, object(json!({ "row": text, "about": text, "cites": text, "uncovered": list(text.clone()) }))] },
        "needs_decision": { "type": "boolean" },
        "reasons": list(object(json!({ "text": text, "source": text }))),
        "views": list(object(json!({ "category": text, "likely": text, "for": text, "against": text, "source": text }))),
        "missing": list(text.clone()),
        "parts": list(object(json!({ "title": text, "kind": { "enum": ["on-product", "remote-data-processing", "third-party-service", "outside", "unknown"] } }))),
        "standards": list(object(json!({ "id": text, "reference": text, "stage": text, "cited": { "type": "boolean" }, "opens": list(text.clone()) }))),
    }));
    let link = object(
        json!({ "role": text, "id": text, "text": text, "status": link_status, "file": maybe("string"), "line": maybe("integer") }),
    );
    let verdict = object(json!({
        "kind": { "enum": ["provision", "requirement", "activity"] },
        "id": text, "title": text, "cites": text, "authority": authority, "stage": stage, "status": status, "because": text,
        "chain": list(link),
    }));
    let finding = object(json!({
        "code": text, "severity": severity, "stage": finding_stage, "message": text,
        "file": maybe("string"), "line": maybe("integer"), "column": maybe("integer"), "provision": maybe("string"),
        "cites": text, "authority": authority, "overlay": maybe("string"), "next": text,
    }));
    let mut check = object(json!({
        "version": { "const": VERSION },
        "program": text, "catalogue": text, "product": text, "release": text, "placing": text, "as_of": text,
        "stage": stage, "fail_on": severity, "gate": { "enum": ["passed", "failed", "undecided"] },
        "classification": classification, "verdicts": list(verdict), "findings": list(finding),
    }));
    check["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    check["title"] = json!("Output of `conforme check --format json`, version 1");
    check["description"] = json!(
        "With --all: an object with `version`, `gate` and `products`, a list of these. Until the first tagged release fields may be added, never removed."
    );
    check
}
