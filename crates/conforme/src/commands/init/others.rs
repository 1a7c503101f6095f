//! The other files of a dossier: risks, measures, evidence, applicability, components.
//!
//! What they propose is marked as an example and settles nothing: no risk has a level or treatment, no measure is said to
//! be there, no provision is put aside. `conforme check` goes on asking until a person has answered.

use super::dossier::Draft;
use super::page::Page;
use super::values::{Value, line, quoted};
use conforme_catalogue::{Applies, Kind, Provision};
use serde::Deserialize;

const CONTEXT: &[&str] = &[
    "environment",
    "users",
    "foreseeable_use",
    "assumptions",
    "architecture",
    "health_and_safety",
    "phases",
    "version",
    "reviewed_on",
    "reviewed_by",
    "reviewed_state",
    "situations",
];
const CRITERIA: &[&str] =
    &["method", "matrix", "likelihoods", "impacts", "grid", "acceptable", "accepting_roles", "reason"];
const RISK: &[&str] =
    &["likelihood", "impact", "level", "treatment", "measures", "transferred_to", "residual", "review_by"];
const ACCEPTANCE: &[&str] = &["by", "role", "on", "ground", "reason"];
const EVIDENCE: &[&str] = &[
    "id",
    "title",
    "file",
    "url",
    "sha256",
    "made",
    "kind",
    "shows",
    "about",
    "releases",
    "tool",
    "result",
    "valid_until",
];
const EXAMINED: &[&str] = &["by", "on", "conclusion", "result"];
const DECISION: &[&str] = &["requirement", "answers", "conceptual", "completeness", "sufficiency", "by", "on"];
const ACTIVITY: &[&str] = &["requirement", "inputs", "outputs", "assessed_by", "assessed_on", "conclusion"];
const NOT_APPLICABLE: &[&str] = &["provision", "requirement", "reason", "refers_to", "decided_by"];
const COMPONENT: &[&str] = &[
    "name",
    "version",
    "supplier",
    "purl",
    "reason",
    "diligence",
    "evidence",
    "support_end",
    "after_support",
    "contact",
    "responsibilities",
];
/// Levels of the scale that is proposed, lowest first.
const LEVELS: [&str; 3] = ["low", "medium", "high"];

/// Writes `risk.toml`.
pub(crate) fn risk(draft: &Draft<'_>) -> String {
    let mut page = Page::new(draft.docs, draft.answers);
    page.note(&format!("Risk assessment of {}: context, criteria, assets, threats, risks.", draft.name()));
    cite(draft, &mut page, "CRA-A13-2");
    page.section("context", CONTEXT).section("criteria", &[]);
    page.note("Levels of risk, lowest first.");
    page.raw(&format!("levels = {}", Value::List(LEVELS.map(str::to_owned).to_vec()).toml()))
        .keys("criteria", CRITERIA);
    page.heading("examples");
    page.note("Nobody has judged what follows. Take out what does not fit, add what is missing, and give every risk a level and a treatment.");
    let starters = starters(draft);
    for it in &starters.asset {
        page.gap()
            .raw("[[asset]]")
            .raw(&format!("id = {}", quoted(&it.id)))
            .raw(&format!("title = {}", quoted(&it.title)));
        page.raw(&format!("kind = {}", quoted(&it.kind))).raw(&format!("objectives = {}", list(&it.objectives)));
    }
    for it in &starters.threat {
        page.gap()
            .raw("[[threat]]")
            .raw(&format!("id = {}", quoted(&it.id)))
            .raw(&format!("title = {}", quoted(&it.title)));
        page.raw(&format!("assets = {}", list(&it.assets))).raw("#interfaces = []").raw("#catalogue = \"\"");
    }
    page.gap()
        .note("`conforme risk suggest` proposes threats from the kinds of interfaces and assets above and says why.");
    page.optional("dismissed_threat", &["catalogue", "reason", "decided_by"]);
    page.optional("flow", &["from", "to", "over", "carries"]);
    for (at, it) in starters.threat.iter().enumerate() {
        page.gap().raw("[[risk]]").raw(&format!("id = {}", quoted(&it.id.replacen("T-", "R-", 1))));
        page.raw(&format!("title = {}", quoted(&it.title)))
            .raw(&format!("threats = {}", list(std::slice::from_ref(&it.id))));
        page.raw(&format!("assets = {}", list(&it.assets)));
        if at == 0 {
            page.keys("risk", RISK);
            page.optional("risk.acceptance", ACCEPTANCE);
        } else {
            page.bare_keys("risk", &["likelihood", "impact", "level", "treatment", "measures", "residual"]);
        }
    }
    page.finish()
}

/// Writes `measures.toml`: a stub for each point of Annex I that speaks to the author of the dossier.
pub(crate) fn measures(draft: &Draft<'_>) -> String {
    let mut page = Page::new(draft.docs, draft.answers);
    page.note(&format!(
        "What is done for {} about each point of the law and each risk, and the evidence that it works.",
        draft.name()
    ));
    page.note("A measure counts when it is implemented and its evidence in evidence.toml counts for the release. It may answer several points, risks (`R-access`) and requirements of standards (`STANDARD@EDITION/REQ`); a point may need several measures.");
    page.gap();
    for key in ["title", "how", "state", "answers", "evidence", "owner", "component"] {
        page.point(&format!("{key}: {}", draft.docs.about(&format!("measure.{key}"))));
    }
    page.point(&format!("state is one of {}", draft.docs.words("measure.state").join(", ")));
    let who = |it: &&Provision| it.who.iter().any(|it| it == draft.role());
    let essential = draft.law.provisions.values().filter(|it| it.kind == Kind::EssentialRequirement);
    let points: Vec<&Provision> = essential.filter(|it| it.id.as_str() != "CRA-I-1").filter(who).collect();
    for point in points {
        let id = point.id.as_str();
        page.heading(&format!("{id}  {}", point.title));
        page.note(&format!("{}. A verifier asks for:", point.cites));
        page.points(&point.verifier);
        if let Some(next) = point.next.as_ref().filter(|_| point.check.as_deref() != Some("measure")) {
            page.note(&format!("Not by a measure alone: {next}."));
        }
        page.raw("#[[measure]]").raw(&format!("#id = {}", quoted(&id.replacen("CRA-", "M-", 1))));
        page.raw("#title = \"\"").raw("#how = \"\"").raw("#state = \"planned\"");
        page.raw(&format!("#answers = [{}]", quoted(id)))
            .raw("#evidence = []")
            .raw("#owner = \"\"")
            .raw("#component = \"\"");
    }
    page.heading("activities of standards that are followed");
    page.optional("activity", ACTIVITY);
    page.optional("decision", DECISION);
    page.finish()
}

/// Writes `evidence.toml`.
pub(crate) fn evidence(draft: &Draft<'_>) -> String {
    let mut page = Page::new(draft.docs, draft.answers);
    page.note("What shows that the measures work: reports, records, reviews. Put the files under evidence/ and record each here.");
    page.note("Evidence counts for a release when its file is the recorded one, it is not stale, it was made on that release (or says why it still holds), and a tool passed it or a named person examined it.");
    page.optional("evidence", EVIDENCE)
        .optional("evidence.examined", EXAMINED)
        .optional("evidence.holds", &["release", "reason"]);
    page.finish()
}

/// Writes `applicability.toml`.
pub(crate) fn applicability(draft: &Draft<'_>) -> String {
    let mut page = Page::new(draft.docs, draft.answers);
    page.note("Points of the law that do not apply to this product, each with a clear reason that refers to the risk assessment.");
    cite(draft, &mut page, "CRA-A13-4");
    page.gap().note("Points whose applicability the risk assessment decides:");
    let points = draft.law.provisions.values().filter(|it| it.applies == Applies::ByRiskAssessment);
    page.points(points.map(|it| format!("{}: {}", it.id, it.title)));
    page.optional("not_applicable", NOT_APPLICABLE);
    page.finish()
}

/// Writes `components.toml`: a record for each service of others, and one that waits.
pub(crate) fn components(draft: &Draft<'_>) -> String {
    let mut page = Page::new(draft.docs, draft.answers);
    page.note("Components and services from others, and the care with which they were chosen (due diligence).");
    cite(draft, &mut page, "CRA-A13-5");
    let [.., services] = draft.parts();
    for (at, service) in services.iter().enumerate() {
        page.gap().raw("[[component]]").raw(&format!("name = {}", quoted(service)));
        let rest = &COMPONENT[1..];
        if at == 0 {
            page.keys("component", rest)
        } else {
            page.bare_keys("component", rest)
        };
    }
    if services.is_empty() {
        page.optional("component", COMPONENT);
    }
    page.finish()
}

fn cite(draft: &Draft<'_>, page: &mut Page<'_>, provision: &str) {
    if let Some(provision) = draft.law.provision(provision) {
        page.note(&format!("{}; `conforme explain {}` says more.", provision.cites, provision.id));
    }
}

fn list(items: &[String]) -> String {
    Value::List(items.to_vec()).toml()
}

/// The examples, as they stand in their file and as they are filled in.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Starters {
    asset: Vec<StartAsset>,
    threat: Vec<StartThreat>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct StartAsset {
    id: String,
    title: String,
    kind: String,
    objectives: Vec<String>,
    when: Occasion,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct StartThreat {
    id: String,
    title: String,
    assets: Vec<String>,
    when: Occasion,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Occasion {
    Always,
    Connected,
    Hardware,
    Remote,
    Service,
}

/// The examples that fit: one for each remote part and service where they speak of one.
fn starters(draft: &Draft<'_>) -> Starters {
    // The file is part of the program; a test reads it.
    let all: Starters =
        toml::from_str(include_str!("starters.toml")).unwrap_or(Starters { asset: Vec::new(), threat: Vec::new() });
    let core = draft.answers.text("core.title").unwrap_or_default();
    let titled = |title: &str, part: &str| {
        line(&title.replace("{core}", core).replace("{part}", part)).trim_end_matches(':').to_owned()
    };
    let mut fitting = Starters { asset: Vec::new(), threat: Vec::new() };
    for it in &all.asset {
        for (part, suffix) in turns(draft, it.when) {
            fitting.asset.push(StartAsset {
                id: format!("{}{suffix}", it.id),
                title: titled(&it.title, &part),
                ..it.clone()
            });
        }
    }
    for it in &all.threat {
        for (part, suffix) in turns(draft, it.when) {
            // A threat to a part is aimed at the asset of the same part.
            let numbered =
                |asset: &String| match all.asset.iter().any(|other| other.id == *asset && other.when == it.when) {
                    true => format!("{asset}{suffix}"),
                    false => asset.clone(),
                };
            let assets = it.assets.iter().map(numbered).collect();
            fitting.threat.push(StartThreat {
                id: format!("{}{suffix}", it.id),
                title: titled(&it.title, &part),
                assets,
                when: it.when,
            });
        }
    }
    fitting
}

/// How often an example is used: the part it is about and what is added to its id.
fn turns(draft: &Draft<'_>, when: Occasion) -> Vec<(String, String)> {
    let [_, remote, services] = draft.parts();
    let once = |fits: bool| if fits { vec![(String::new(), String::new())] } else { Vec::new() };
    let each =
        |parts: &[String]| parts.iter().enumerate().map(|(at, it)| (it.clone(), format!("-{}", at + 1))).collect();
    match when {
        Occasion::Always => once(true),
        // Not said is treated as connected: most products are, and taking an example out is easier than missing it.
        Occasion::Connected => once(draft.answers.text("product.connection") != Some("none")),
        Occasion::Hardware => once(draft.answers.text("product.kind").is_some_and(|it| it.starts_with("hardware"))),
        Occasion::Remote => each(remote),
        Occasion::Service => each(services),
    }
}
