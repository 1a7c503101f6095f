//! What passes between a maker and those before and behind it: the agreement with a supplier of a component, and the page
//! that lies on top of what is handed downstream.

use super::page::{Page, cell, date, row, words};
use super::{OWN_LANGUAGE, Subject};
use crate::document::{Cell, Document, Row, Tone};
use conforme_catalogue::{Catalogue, Requirement, Side, StandardEdition};
use conforme_core::dossier::Component;

/// The group of the standard whose activities are divided.
const ACTIVITIES: &str = "7";

/// The agreement on one component: who does which activity, clauses, contacts. A DRAFT while it rests on a proposal.
pub fn agreement(subject: &Subject<'_>, edition: &StandardEdition, component: &Component) -> Document {
    let mut page = Page::default();
    page.info(format!(
        "A pattern for the parties and their advisers. It follows the activities of {}; {} Nothing in it is wording of the standard.",
        edition.head.edition,
        edition.head.reach_note.trim()
    ));
    page.heading(1, "Parties");
    parties(subject, component, &mut page);
    page.heading(1, "Component");
    page.facts([
        row("Component", words(component.name.as_ref())),
        row("Version", words(component.version.as_ref())),
        row("Package", words(component.purl.as_ref())),
    ]);
    page.told(component.reason.as_ref(), "`reason` of the component: what it is used for");
    match component.support_end {
        Some(end) => page.facts([row("End of its support", end.value.to_string())]),
        None => page.missing("`support_end` of the component"),
    }
    page.facts([row("When its support ends first", words(component.after_support.as_ref()))]);
    page.heading(1, "Who does what");
    division(subject, edition, component, &mut page);
    for clause in &subject.law.clauses {
        page.heading(1, &clause.heading);
        page.paragraph(&clause.text);
        page.facts([row("Asked of the manufacturer by", cited(subject.law, &clause.provisions))]);
    }
    page.heading(1, "Signatures");
    let maker = subject.loaded.dossier.manufacturer.as_ref();
    for (label, name) in [
        ("Manufacturer", words(maker.and_then(|it| it.name.as_ref()))),
        ("Supplier", words(component.supplier.as_ref())),
    ] {
        page.signature(
            vec![row(label, name), row("Place and date", ""), row("Name and function", "")],
            "Signature".into(),
        );
    }
    let name = words(component.name.as_ref());
    let title = format!("Cybersecurity supplier agreement: {name}");
    let whole = !page.lacks();
    subject.document(format!("supplier-agreement-{}", slug(name)), title, &subject.speech(OWN_LANGUAGE), whole, page)
}

fn parties(subject: &Subject<'_>, component: &Component, page: &mut Page) {
    let dossier = &subject.loaded.dossier;
    let maker = dossier.manufacturer.as_ref();
    page.heading(2, "Manufacturer");
    page.told(maker.and_then(|it| it.name.as_ref()), "`name` under [manufacturer]");
    page.told(maker.and_then(|it| it.address.as_ref()), "`address` under [manufacturer]");
    let handling = dossier.vulnerability_handling.as_ref();
    let contact = words(handling.and_then(|it| it.contact.as_ref()));
    if contact.is_empty() {
        page.missing("`contact` under [vulnerability_handling]");
    }
    page.facts([row("Contact for vulnerabilities", contact)]);
    page.heading(2, "Supplier");
    page.told(component.supplier.as_ref(), "`supplier` of the component");
    let contact = words(component.contact.as_ref());
    if contact.is_empty() {
        page.missing("`contact` of the component: where vulnerabilities in it are reported");
    }
    page.facts([row("Contact for vulnerabilities", contact)]);
}

/// Each activity with who does it: what the dossier says was agreed, or a proposal that is called one.
fn division(subject: &Subject<'_>, edition: &StandardEdition, component: &Component, page: &mut Page) {
    let activities: Vec<&Requirement> =
        edition.head.requirements.iter().filter(|it| it.group.as_deref() == Some(ACTIVITIES)).collect();
    if activities.is_empty() {
        page.missing("the catalogue knows no activities of the standard");
    }
    let agreed: Vec<(&str, Side)> =
        component.responsibilities.iter().filter_map(|it| Side::assigned(&it.value)).collect();
    let mut proposed = Vec::new();
    let mut rows = Vec::new();
    for activity in &activities {
        let own: Vec<Side> = agreed.iter().filter(|(id, _)| *id == activity.id).map(|(_, side)| *side).collect();
        let proposal = subject.law.responsibilities.iter().find(|it| it.activity == activity.id);
        let (who, basis) = match (own.as_slice(), proposal) {
            ([side], _) => (Cell::text(side.word()), Cell::toned("agreed", Tone::Good)),
            ([], Some(it)) => {
                proposed.push(activity.id.as_str());
                (Cell::text(it.who.word()), Cell::toned(format!("proposal: {}", it.why), Tone::Fair))
            }
            ([], None) => {
                proposed.push(activity.id.as_str());
                (Cell::text(""), Cell::toned("open", Tone::Unknown))
            }
            (several, _) => {
                proposed.push(activity.id.as_str());
                let words: Vec<&str> = several.iter().map(|it| it.word()).collect();
                (Cell::text(words.join(" or ")), Cell::toned("said several times", Tone::Bad))
            }
        };
        let about = activity.statement.as_deref().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
        rows.push(vec![Cell::text(&activity.id), Cell::text(&activity.title), Cell::text(about), who, basis]);
    }
    let columns =
        [("Clause", 1), ("Activity", 3), ("What it is about, in our words", 6), ("Who", 2), ("Agreed or proposed", 4)];
    page.table("Cybersecurity activities and who does them", &columns, rows);
    let unknown = agreed.iter().filter(|(id, _)| !activities.iter().any(|it| it.id == *id)).map(|(id, _)| *id);
    for id in unknown {
        page.missing(format_args!("`{id}` in `responsibilities` is no activity of {}", edition.head.edition));
    }
    for entry in component.responsibilities.iter().filter(|it| Side::assigned(&it.value).is_none()) {
        page.missing(format_args!(
            "`{}` in `responsibilities` cannot be read; write `7.9: supplier`",
            entry.value.trim()
        ));
    }
    if !proposed.is_empty() {
        page.missing(format_args!(
            "`responsibilities` of the component for {}: what stands there is a proposal nobody has agreed to",
            proposed.join(", ")
        ));
    }
}

fn cited(law: &Catalogue, provisions: &[conforme_catalogue::Id]) -> String {
    let cites = provisions.iter().filter_map(|it| law.provision(it.as_str())).map(|it| it.cites.clone());
    cites.collect::<Vec<_>>().join("; ")
}

/// A part of what is handed downstream, for the index of the pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handed {
    /// What it is.
    pub what: String,
    /// Files in the pack with their hashes, or what the dossier says.
    pub rows: Vec<(String, String)>,
    /// What is missing of it, with the key or step that mends it.
    pub missing: Vec<String>,
}

/// The page on top of a pack.
pub fn pack_index(subject: &Subject<'_>, parts: &[Handed]) -> Document {
    let mut page = Page::default();
    page.paragraph("What integrators and other users of this component get with it. manifest.json holds the SHA-256 of every file.");
    let dossier = &subject.loaded.dossier;
    let maker = dossier.manufacturer.as_ref();
    page.facts([
        row("Manufacturer", words(maker.and_then(|it| it.name.as_ref()))),
        row("Address", words(maker.and_then(|it| it.address.as_ref()))),
        row("First placing", date(subject.release().and_then(|it| it.placing))),
    ]);
    for part in parts {
        page.heading(1, &part.what);
        page.facts(part.rows.iter().map(|(label, value)| Row { label: label.clone(), value: value.clone() }));
        for lack in &part.missing {
            page.missing(lack);
        }
    }
    let components = dossier
        .component
        .iter()
        .map(|it| vec![cell(it.name.as_ref()), cell(it.version.as_ref()), cell(it.supplier.as_ref())]);
    page.table(
        "Components from third parties",
        &[("Component", 4), ("Version", 2), ("Supplier", 4)],
        components.collect(),
    );
    let whole = !page.lacks();
    let title = format!("{} {}: information for integrators", subject.assessment.product, subject.assessment.release);
    subject.document("index".to_owned(), title, &subject.speech(OWN_LANGUAGE), whole, page)
}

/// A name that is safe as part of a file name.
fn slug(name: &str) -> String {
    let safe = |it: char| if it.is_ascii_alphanumeric() || it == '.' || it == '_' { it } else { '-' };
    let slug: String = name.chars().map(safe).collect();
    let slug = slug.trim_matches(['-', '.']).to_owned();
    if slug.is_empty() { "component".to_owned() } else { slug }
}
