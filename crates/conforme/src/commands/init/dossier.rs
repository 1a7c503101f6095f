//! The first file of a dossier: who, what, which procedure, how long, for whom; everything `conforme check` will ask for.

mod keys;

use super::found::Found;
use super::page::{Docs, Page};
use super::values::{Answers, Given, Origin, Value, quoted};
use crate::PROGRAM;
use conforme_catalogue::Catalogue;
use conforme_core::assessment::Assessment;
use jiff::civil::Date;
use keys::{
    ACT, APPLICATION, AUDIT, CERTIFICATE, CHIP, CLASSIFICATION, DECLARATION, DOCUMENTS, HANDLING, INFORMATION,
    INTERFACE, MANUFACTURER, NOTIFIED_BODY, PART, PRODUCT, PRODUCTION, QUALITY, RELEASE, REPRESENTATIVE, ROUTE, SBOM,
    SCAN, SPECIFICATION, STANDARD, SUPPLY, SUPPLY_CHAIN, SUPPORT, UPDATE, VARIANT,
};

/// Everything the files are made from.
pub(crate) struct Draft<'a> {
    /// The law.
    pub law: &'a Catalogue,
    /// Descriptions of keys.
    pub docs: &'a Docs,
    /// What is known.
    pub answers: &'a Answers,
    /// What was found beside the answers.
    pub found: &'a Found,
    /// The company's file, if there is one above.
    pub company: Option<&'a str>,
    /// What the engine says of a first draft: category and procedures.
    pub likely: Option<&'a Assessment>,
    /// The day.
    pub today: Date,
}

impl Draft<'_> {
    /// The role of the author.
    pub fn role(&self) -> &str {
        self.answers.text("role").unwrap_or("manufacturer")
    }

    /// The product's name.
    pub fn name(&self) -> &str {
        self.answers.text("product.name").unwrap_or("this product")
    }

    /// Titles of all parts: those with the user, remote ones of the maker, services of others.
    pub fn parts(&self) -> [&[String]; 3] {
        ["parts.on_product", "parts.remote", "parts.third_party"].map(|it| self.answers.list(it))
    }
}

/// Writes `conforme.toml`.
pub(crate) fn conforme(draft: &Draft<'_>) -> String {
    let mut page = Page::new(draft.docs, draft.answers);
    let role = draft.role();
    head(draft, &mut page);
    page.heading("who");
    page.section("manufacturer", MANUFACTURER);
    page.optional("authorised_representative", REPRESENTATIVE);
    if matches!(role, "importer" | "distributor") {
        page.section("supply_chain", SUPPLY_CHAIN);
    } else {
        page.section("supply_chain", &["supplied_to"]);
    }
    if role == "steward" {
        page.section("steward", &["policy", "covers"]);
    }
    page.heading("the product, and facts that decide scope and category");
    page.section("product", PRODUCT).section("supply", SUPPLY);
    page.section("licence", &["open_source", "documentation_public"]).section("users", &["groups"]);
    page.section("acts", &["under", "ai_internal_control"]).optional("chip", CHIP);
    functions(draft, &mut page);
    parts(draft, &mut page);
    page.optional("interface", INTERFACE);
    page.heading("category and conformity assessment");
    classification(draft, &mut page);
    page.heading("support and vulnerability handling");
    page.note("What to weigh when the support period is set:");
    for rule in ["floor", "floor-not-default", "criteria-must", "per-unit"] {
        if let Some(rule) = draft.law.support.iter().find(|it| it.id == rule) {
            page.point(&format!("{} [{}]", rule.about, rule.cites));
        }
    }
    page.section("support", SUPPORT).section("vulnerability_handling", HANDLING);
    page.heading("documents");
    page.section("user_information", INFORMATION);
    if role != "steward" {
        page.section("declaration", DECLARATION);
    }
    page.section("documents", DOCUMENTS);
    page.heading("releases");
    releases(draft, &mut page);
    page.heading("several models in one dossier");
    page.optional("family", &["reason"]).optional("variant", VARIANT);
    page.finish()
}

fn head(draft: &Draft<'_>, page: &mut Page<'_>) {
    let edition = &draft.law.edition.id;
    page.note(&format!(
        "Dossier of {} for the EU Cyber Resilience Act. Begun on {} with {PROGRAM}, catalogue {edition}.",
        draft.name(),
        draft.today
    ));
    page.raw("#");
    page.note("`conforme check` says what is missing, `conforme explain NAME` what a point, finding or word means.");
    page.note("A line that begins with `#key =` waits: fill it in and take the # away, or leave it when it does not concern you.");
    page.note("`# from ...` after a value says where it was found, `# proposed: ...` how it was reckoned: look at both before you sign.");
    if let Some(repository) = &draft.found.repository {
        page.note(&format!("Source code: {repository}"));
    }
    if let Some((file, licence)) = &draft.found.licence {
        page.note(&format!("Licence found: {licence} ({file})"));
    }
    if let Some(company) = draft.company {
        page.note(&format!("What {company} says holds here too, unless this file says otherwise."));
    }
    page.gap().raw("format = 1").keys("", &["role"]);
}

fn functions(draft: &Draft<'_>, page: &mut Page<'_>) {
    let answers = draft.answers;
    page.about("function");
    page.note("`conforme schema facts` lists the words for `does`.");
    let list = |ids: &[String]| Value::List(ids.to_vec()).toml();
    match (answers.text("core.title"), answers.list("core.does")) {
        (None, []) => {
            page.raw("#[[function]]").raw("#title = \"\"").raw("#core = true").raw("#does = []");
        }
        (title, does) => {
            let title = title.map(str::to_owned).or_else(|| title_of(draft.law, does.first()?));
            page.raw("[[function]]");
            page.raw(&format!("title = {}", quoted(&title.unwrap_or_default()))).raw("core = true");
            page.raw(&if does.is_empty() { "#does = []".to_owned() } else { format!("does = {}", list(does)) });
        }
    }
    for id in answers.list("other.does") {
        let title = title_of(draft.law, id).unwrap_or_default();
        page.gap().raw("[[function]]").raw(&format!("title = {}", quoted(&title))).raw("core = false");
        page.raw(&format!("does = {}", list(std::slice::from_ref(id))));
    }
}

fn title_of(law: &Catalogue, id: &str) -> Option<String> {
    law.functions.iter().find(|it| it.id == id).map(|it| it.title.clone())
}

fn parts(draft: &Draft<'_>, page: &mut Page<'_>) {
    page.about("part");
    let [on_product, remote, third_party] = draft.parts();
    let all = [
        (on_product, "on-product", "manufacturer"),
        (remote, "remote", "manufacturer"),
        (third_party, "remote", "third-party"),
    ];
    let mut first = true;
    for (titles, runs, made_by) in all {
        for title in titles {
            page.gap().raw("[[part]]").raw(&format!("title = {}", quoted(title))).raw(&format!("runs = \"{runs}\""));
            page.raw(&format!("made_by = \"{made_by}\""));
            let keys: &[&str] = if runs == "remote" {
                page.raw("needed = true");
                if made_by == "manufacturer" { &["interacts", "about"] } else { &["interacts", "provider", "about"] }
            } else {
                &["about"]
            };
            if first {
                page.keys("part", keys)
            } else {
                page.bare_keys("part", keys)
            };
            first = false;
        }
    }
    if first {
        page.raw("#[[part]]").keys("part", PART);
    }
}

fn classification(draft: &Draft<'_>, page: &mut Page<'_>) {
    let law = draft.law;
    if let Some(likely) = draft.likely {
        let classified = &likely.classified;
        if let (Some(id), Some(tier)) = (&classified.category, classified.tier) {
            let title = law.categories.get(id).map_or("", |it| it.title.as_str());
            let sure = if classified.needs_decision { "likely " } else { "" };
            page.note(&format!(
                "On {} the facts above meant: {sure}{id}, {title} ({}). `conforme classify` says it anew.",
                draft.today,
                tier.phrase()
            ));
        }
        for reason in &classified.reasons {
            page.point(&format!("{} [{}]", reason.text, reason.source));
        }
        for view in &classified.views {
            page.point(&format!(
                "{}, likely {}: for it, {}; against it, {}",
                view.category, view.likely, view.pro, view.contra
            ));
        }
        if classified.needs_decision {
            page.note("A person decides: write category, decided_by, decided_on and reason.");
        }
        if !classified.missing.is_empty() {
            page.note(&format!("Facts that would decide more: {}", classified.missing.join(", ")));
        }
    }
    page.section("classification", CLASSIFICATION);
    if draft.role() != "steward" {
        if let Some(routes) = draft.likely.and_then(|it| it.routes.as_ref()) {
            page.gap().note(&format!(
                "Open to it then: {}. {} [{}]",
                routes.allowed.join(", "),
                routes.about,
                routes.cites
            ));
        }
        page.section("route", ROUTE);
        if matches!(draft.answers.text("route.module"), Some("B+C" | "H")) {
            page.section("route.notified_body", NOTIFIED_BODY).section("route.application", APPLICATION);
        } else {
            page.optional("route.notified_body", NOTIFIED_BODY).optional("route.application", APPLICATION);
        }
        page.optional("route.production", PRODUCTION).optional("quality", QUALITY).optional("audit", AUDIT);
    }
    let category = draft.likely.and_then(|it| it.classified.category.as_ref());
    let standards =
        law.standards.values().filter(|it| it.tracked && category.is_some_and(|id| it.categories.contains(id)));
    let standards: Vec<String> = standards
        .map(|it| {
            format!(
                "{} ({}): {}",
                it.reference,
                it.stage(draft.today).map_or("no stage", |it| it.stage.word()),
                it.title
            )
        })
        .collect();
    if !standards.is_empty() {
        page.gap()
            .note("Standards of this category; `conforme standards` says how far each is and what applying it gives.");
        page.points(&standards);
    }
    page.optional("standard", STANDARD).optional("common_specification", SPECIFICATION);
    page.optional("certificate", CERTIFICATE).optional("act", ACT);
}

fn releases(draft: &Draft<'_>, page: &mut Page<'_>) {
    page.about("release");
    page.raw("[[release]]").keys("release", RELEASE);
    page.optional("release.update", UPDATE);
    let [on_product, remote, _] = draft.parts();
    let version = draft.answers.text("release.version");
    let mut sboms = draft.found.sboms.iter();
    for (at, title) in on_product.iter().chain(remote).enumerate() {
        let first = at == 0;
        if first {
            page.about("release.part");
        }
        page.gap().raw("[[release.part]]").raw(&format!("part = {}", quoted(title)));
        match version.filter(|_| at < on_product.len()) {
            Some(version) => page.raw(&format!("#version = {}  # proposed: that of the release", quoted(version))),
            None => page.raw("#version = \"\""),
        };
        match sboms.next().filter(|_| at < on_product.len()) {
            Some(sbom) => {
                page.gap().raw("[release.part.sbom]");
                let found = |text: &str| Given { value: Value::text(text), origin: Origin::Told };
                page.pair(
                    "file",
                    &Given {
                        origin: Origin::Found("this folder; does it belong to this part and version?".to_owned()),
                        ..found(&sbom.file)
                    },
                    "",
                );
                page.pair("sha256", &found(&sbom.sha256), "");
                page.pair("format", &found(&sbom.format), "");
                page.keys("release.part.sbom", &["tool", "made", "complete"]);
            }
            None if first => _ = page.optional("release.part.sbom", SBOM),
            None => _ = page.gap().raw("#[release.part.sbom]").bare_keys("release.part.sbom", SBOM),
        }
        if first {
            page.optional("release.part.scan", SCAN);
        } else {
            page.gap().raw("#[release.part.scan]").bare_keys("release.part.scan", SCAN);
        }
    }
    let rest: Vec<String> = sboms.map(|it| format!("{} ({}, sha256 {})", it.file, it.format, it.sha256)).collect();
    if !rest.is_empty() {
        page.gap().note("More SBOMs were found; give each to the part it belongs to:");
        page.points(&rest);
    }
}

#[cfg(test)]
mod tests;
