//! The register for one product, in the terminal: its standards, what it enjoys, what keeps a procedure closed.

use super::answers::waiting;
use super::{cited, foot, stage_word};
use crate::report::plain;
use crate::standards::layout::{field, paragraph, short, table};
use crate::standards::overlay_mark;
use conforme_catalogue::{Catalogue, Standard};
use conforme_core::assessment::Assessment;
use conforme_core::presumption::Presumer;
use conforme_core::register::{Of, ProductProvision, Relevant};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Width of the labels.
const LABEL: usize = 10;

/// What the product of a dossier enjoys, and what that means for its procedure.
pub fn presumed_for(law: &Catalogue, of: &Of<'_>, assessment: &Assessment, chosen: Option<&str>) -> String {
    let mut text = subject(law, assessment);
    let rows: Vec<Vec<String>> = of.provisions.iter().map(|it| row(law, it, assessment)).collect();
    text.push('\n');
    text += &table(2, &["provision", "title", "presumed", "through"], &rows);
    text.push('\n');
    for finding in &of.without {
        text += &field(2, "applied", LABEL, &finding.message);
        text += &field(2, "", LABEL, &format!("next: {}", finding.next));
    }
    text += &route(of, assessment, chosen);
    text + &foot(law, assessment.as_of)
}

fn row(law: &Catalogue, it: &ProductProvision<'_>, assessment: &Assessment) -> Vec<String> {
    let given = |by: &Presumer| {
        let core = if by.covers_core_risks { "" } else { " (`covers_core_risks` is not stated)" };
        let overlay =
            by.overlay.as_deref().map_or_else(String::new, |name| format!(" [{}]", overlay_mark(law, Some(name))));
        format!("{}{core}{overlay}", by.reference)
    };
    let (state, by) = if it.not_applicable {
        ("not applicable", String::new())
    } else if it.through.is_empty() {
        ("no", waiting(&it.meant, assessment.placing))
    } else {
        ("yes", it.through.iter().map(given).collect::<Vec<_>>().join("; "))
    };
    vec![it.provision.id.to_string(), short(&it.provision.title, 34), state.to_owned(), by]
}

/// What presumption means for the procedure of this product.
fn route(of: &Of<'_>, assessment: &Assessment, chosen: Option<&str>) -> String {
    let Some(routes) = &assessment.routes else {
        return paragraph(
            2,
            "The procedures are not known before the category is; `conforme check` says what is missing.",
        );
    };
    let mut text = String::new();
    let mut line = |label: &str, value: &str| text += &field(2, label, LABEL, value);
    line("open", &format!("{}; {} [{}]", routes.allowed.join(", "), routes.about, routes.cites));
    line("chosen", chosen.unwrap_or("no procedure yet"));
    let opens = of.opens.join(", ");
    let missing: Vec<&ProductProvision<'_>> = of.provisions.iter().filter(|it| !it.settled()).collect();
    if of.opens.is_empty() {
        line(
            "",
            "Presumption changes nothing about the procedures of this product; it still shows conformity with what it covers.",
        );
    } else if missing.is_empty() {
        line(
            "full",
            &format!("Everything that applies is covered for the risks of the core functionality: {opens} is open."),
        );
    } else {
        let ids: Vec<&str> = missing.iter().map(|it| it.provision.id.as_str()).collect();
        let closed = format!(
            "{opens} stays closed: no presumption for the risks of the core functionality for {}",
            ids.join(", ")
        );
        line("missing", &closed);
        for step in steps(&missing, assessment.placing) {
            line("", &format!("- {step}"));
        }
    }
    text
}

/// What would have to come or to be done. Standards that would cover the same points are alternatives.
fn steps(missing: &[&ProductProvision<'_>], placing: Date) -> Vec<String> {
    let mut waits: BTreeMap<&str, (&Standard, Vec<&str>)> = BTreeMap::new();
    for it in missing.iter().filter(|it| it.through.is_empty()) {
        for standard in &it.meant {
            waits.entry(standard.id.as_str()).or_insert((standard, Vec::new())).1.push(it.provision.id.as_str());
        }
    }
    let mut alternatives: BTreeMap<(bool, Vec<&str>), Vec<&str>> = BTreeMap::new();
    for (standard, points) in waits.into_values() {
        let waits_for_citation = standard.cited(placing).next().is_none();
        alternatives.entry((waits_for_citation, points)).or_default().push(&standard.reference);
    }
    let step = |((waits_for_citation, points), by): (&(bool, Vec<&str>), &Vec<&str>)| {
        let (by, count) = (by.join(" or "), points.len());
        if *waits_for_citation {
            format!("a citation of {by}, meant to cover {count} of them, and the cited edition applied in full")
        } else {
            format!("the cited edition of {by} applied in full, which covers {count} of them")
        }
    };
    let mut steps: Vec<String> = alternatives.iter().map(step).collect();
    if missing.iter().any(|it| !it.through.is_empty()) {
        steps.push("`covers_core_risks` with its `reason` under the applied `[[standard]]`, once its scope was compared with the risks of the core functionality".to_owned());
    }
    let alone = missing.iter().filter(|it| it.through.is_empty() && it.meant.is_empty()).count();
    if alone > 0 {
        steps.push(format!(
            "for {alone} of them no standard is meant to be cited: a common specification or a certificate"
        ));
    }
    steps
}

/// Standards that matter for the product of a dossier.
pub fn of_product(law: &Catalogue, relevant: &[Relevant<'_>], assessment: &Assessment) -> String {
    let (on, placing) = (assessment.as_of, assessment.placing);
    let mut text = subject(law, assessment);
    let rows: Vec<Vec<String>> = relevant
        .iter()
        .map(|it| {
            let why: Vec<&str> = it.why.iter().map(|it| it.word()).collect();
            let cited = if it.standard.cited(placing).next().is_some() { "cited" } else { "not cited" };
            let opens = if it.opens.is_empty() { "-".to_owned() } else { it.opens.join(", ") };
            let stage = stage_word(it.standard.stage(on)).to_owned();
            vec![it.standard.reference.clone(), why.join(", "), stage, cited.to_owned(), opens, covers(it.standard)]
        })
        .collect();
    let _ = writeln!(text, "\n  stage on {on}, citation on {placing}");
    text += &table(2, &["reference", "why", "stage", "citation", "helps open", "meant to cover"], &rows);
    text.push('\n');
    for standard in relevant.iter().map(|it| it.standard) {
        for citation in &standard.citations {
            text += &field(2, "citation", LABEL, &format!("{}: {}", standard.reference, cited(law, citation, placing)));
        }
    }
    text += &paragraph(
        0,
        "`helps open`: a procedure that opens when cited editions, applied in full, cover everything that applies; \
         `conforme standards presumption --product-folder FOLDER` says what is missing.",
    );
    text + &foot(law, on)
}

/// First and last of what it is meant to cover.
fn covers(standard: &Standard) -> String {
    match standard.covers.as_slice() {
        [] => "nothing by itself".to_owned(),
        [one] => one.to_string(),
        [first, .., last] => format!("{first}…{last} ({})", standard.covers.len()),
    }
}

fn subject(law: &Catalogue, assessment: &Assessment) -> String {
    let mut text = format!(
        "{} {}, placing {}, as of {}\n",
        plain(&assessment.product),
        plain(&assessment.release),
        assessment.placing,
        assessment.as_of
    );
    let category = assessment.category.as_ref().and_then(|it| law.categories.get(it));
    let category =
        category.map_or("not decided".to_owned(), |it| format!("{} ({}), {}", it.id, it.title, it.tier.phrase()));
    text += &field(2, "category", LABEL, &category);
    text
}
