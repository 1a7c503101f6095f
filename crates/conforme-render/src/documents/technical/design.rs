//! Point 2 of the technical documentation: how the product is built and how its vulnerabilities are handled.

use crate::document::{Cell, Tone};
use crate::documents::evidence::{self, parted};
use crate::documents::page::{Page, cell, date, joined, row, words, yes};
use crate::documents::{Subject, matrix};
use conforme_core::assessment::Verdict;
use conforme_core::classify::{PartKind, part_kind};
use conforme_core::dossier::Part;
use conforme_core::files;

/// 2(a): design, development and architecture, remote data processing included.
pub(super) fn design(subject: &Subject<'_>, page: &mut Page) {
    let dossier = &subject.loaded.dossier;
    page.told(dossier.product.as_ref().and_then(|it| it.design.as_ref()), "`design` under [product]");
    page.heading(3, "System architecture");
    page.told(dossier.context.as_ref().and_then(|it| it.architecture.as_ref()), "`architecture` under [context]");
    let functions = dossier.function.iter().map(|it| {
        let core = if it.core.is_some_and(|it| it.value) { "core function" } else { "other function" };
        vec![cell(it.title.as_ref()), Cell::text(core), Cell::text(does(subject, &joined(&it.does)))]
    });
    page.table("Functions", &[("Function", 4), ("Counts as", 2), ("What it does", 6)], functions.collect());
    page.heading(3, "Parts and remote data processing");
    parts(subject, page);
    let interfaces = dossier.interface.iter().map(|it| {
        vec![cell(it.id.as_ref()), cell(it.kind.as_ref()), cell(it.purpose.as_ref()), cell(it.exposure.as_ref())]
    });
    let columns = [("Interface", 2), ("Kind", 3), ("Purpose", 5), ("Reach", 2)];
    page.table("Interfaces", &columns, interfaces.collect());
    page.heading(3, "Components from third parties");
    components(subject, page);
}

/// Ids of functions with their titles, as the catalogue has them.
fn does(subject: &Subject<'_>, ids: &str) -> String {
    let named = ids.split(", ").map(|id| {
        let function = subject.law.functions.iter().find(|it| it.id == id);
        function.map_or_else(|| id.to_owned(), |it| it.title.clone())
    });
    named.collect::<Vec<_>>().join("; ")
}

/// Every part with how it counts and the facts that decide it (Art. 3(2)).
fn parts(subject: &Subject<'_>, page: &mut Page) {
    let parts = &subject.loaded.dossier.part;
    let rows = parts.iter().map(|it| {
        let (kind, tone) = match part_kind(it) {
            PartKind::OnProduct => ("part of the product, with the user", None),
            PartKind::RemoteDataProcessing => ("remote data processing, part of the product", None),
            PartKind::ThirdPartyService => ("a third party's service, under due diligence", None),
            PartKind::Outside => ("not part of the product", Some(Tone::Muted)),
            PartKind::Unknown => ("not decided", Some(Tone::Unknown)),
        };
        vec![
            cell(it.title.as_ref()),
            Cell { text: kind.to_owned(), tone },
            Cell::text(reason(it)),
            cell(it.provider.as_ref()),
            cell(it.about.as_ref()),
        ]
    });
    let columns =
        [("Part", 3), ("Counts as", 3), ("Because", 4), ("Provider", 2), ("Data, authentication, absence", 5)];
    page.table("Parts and how they count", &columns, rows.collect());
    for part in parts.iter().filter(|it| part_kind(it) == PartKind::Unknown) {
        page.missing(format_args!("`runs`, `made_by` and `needed` of {} in [[part]]", words(part.title.as_ref())));
    }
    if parts.is_empty() {
        page.missing("[[part]]: what the product consists of, remote parts included");
    }
}

/// The facts behind the kind of a part.
fn reason(part: &Part) -> String {
    let runs = part.runs.map_or("", |it| it.value.word());
    let made_by = part.made_by.map_or("", |it| it.value.word());
    let facts =
        [("runs", runs), ("made by", made_by), ("needed", yes(part.needed)), ("interacts", yes(part.interacts))];
    let said = facts.iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| format!("{name}: {value}"));
    said.collect::<Vec<_>>().join("; ")
}

/// Due diligence on what others made (Art. 13(5)).
fn components(subject: &Subject<'_>, page: &mut Page) {
    let components = &subject.loaded.dossier.component;
    let rows = components.iter().map(|it| {
        let diligence: Vec<&str> = it.diligence.iter().map(|it| it.value.word()).collect();
        let evidence = joined(&it.evidence);
        let end = date(it.support_end);
        vec![
            Cell::text(parted(" ", [words(it.name.as_ref()), words(it.version.as_ref())])),
            Cell::text(parted(
                "\n",
                [words(it.supplier.as_ref()), words(it.purl.as_ref()), words(it.contact.as_ref())],
            )),
            cell(it.reason.as_ref()),
            Cell::text(parted("; ", [diligence.join(", ").as_str(), &evidence])),
            Cell::text(parted(": ", [end.as_str(), words(it.after_support.as_ref())])),
        ]
    });
    let columns = [
        ("Component", 3),
        ("Supplier and contact", 4),
        ("Used for", 4),
        ("Due diligence", 4),
        ("End of its support", 4),
    ];
    page.table("Components and the due diligence on them", &columns, rows.collect());
    if components.is_empty() {
        page.info("No component from a third party is recorded in [[component]].");
    }
}

/// 2(b): SBOM, disclosure policy, contact, secure updates, and the points of Annex I, Part II.
pub(super) fn vulnerability_handling(subject: &Subject<'_>, page: &mut Page) {
    let handling = subject.loaded.dossier.vulnerability_handling.as_ref();
    page.heading(3, "Software bill of materials");
    evidence::sboms(subject, page);
    page.heading(3, "Coordinated vulnerability disclosure policy");
    let policy = handling.and_then(|it| it.policy.as_ref());
    page.told(policy, "`policy` under [vulnerability_handling]");
    if policy.is_some_and(|it| !files::is_address(&it.value)) {
        page.facts([row("SHA-256 of the policy", evidence::hash(subject, policy, None).text)]);
    }
    page.heading(3, "Contact for reports");
    page.told(handling.and_then(|it| it.contact.as_ref()), "`contact` under [vulnerability_handling]");
    page.facts([
        row("Single point of contact", words(handling.and_then(|it| it.single_point_of_contact.as_ref()))),
        row("security.txt", words(handling.and_then(|it| it.security_txt.as_ref()))),
    ]);
    page.heading(3, "Secure distribution of updates");
    page.told(handling.and_then(|it| it.updates.as_ref()), "`updates` under [vulnerability_handling]");
    page.facts([
        row("Security updates are free of charge", yes(handling.and_then(|it| it.free_updates))),
        row("Agreement on paid updates", words(handling.and_then(|it| it.paid_updates_agreement.as_ref()))),
    ]);
    page.heading(3, "Processes of vulnerability handling");
    let part_two = subject.essential().filter(|it| is_part_two(it));
    matrix::implementation(subject, "Essential cybersecurity requirements for vulnerability handling", part_two, page);
}

/// A point of Annex I, Part II.
pub(in crate::documents) fn is_part_two(verdict: &Verdict) -> bool {
    verdict.id.as_str().starts_with("CRA-II-")
}
