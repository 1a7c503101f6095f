//! The register of standards: pure questions about every tracked standard on a day.
//!
//! How far is it, is it cited, is it late, what would it give a product, what has changed? Announced steps never count as
//! reached, proposed deadlines never as the law's, and every answer leads to the record that says so.

mod diff;
mod presumption;
mod product;

pub use diff::{Change, Plan, diff};
pub use presumption::{Enjoyed, Of, ProductProvision, Through, for_dossier, opened, presumption};
pub use product::{Relevant, Why, for_product, touches};

use conforme_catalogue::{
    Catalogue, Id, Item, Overlay, StageEvent, StageKind, StageName, Standard, StandardRole, Tier,
};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Every stage, in the order of a standard's life.
pub const STAGES: [StageName; 9] = [
    StageName::InDevelopment,
    StageName::MatureDraft,
    StageName::Enquiry,
    StageName::EnquiryClosed,
    StageName::FinalDraft,
    StageName::Vote,
    StageName::Approved,
    StageName::Published,
    StageName::Withdrawn,
];

/// Which standards of the register are wanted. The empty filter wants all tracked ones.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filter<'a> {
    /// `horizontal`, a tier, or `supporting`.
    pub tier: Option<&'a str>,
    /// Publishing body; a joint body answers to each of its names.
    pub body: Option<&'a str>,
    /// The stage reached on the day.
    pub stage: Option<StageName>,
    /// Item of the standardisation request: `27`, `27a`, `2-14`.
    pub item: Option<&'a str>,
    /// Category of products.
    pub category: Option<&'a str>,
    /// Also standards outside the request.
    pub supporting: bool,
}

/// Counts over the whole register on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// Deliverables under the standardisation request.
    pub tracked: usize,
    /// Tracked standards of ETSI of which anyone could read a draft free of charge.
    pub etsi_public_drafts: usize,
    /// Standards with a citation in force.
    pub cited: usize,
    /// Tracked standards whose adopted deadline has passed without adoption.
    pub overdue: usize,
    /// Standards outside the request.
    pub supporting: usize,
    /// Tracked standards by body and stage reached; nothing reached yet is `None`.
    pub stages: BTreeMap<String, BTreeMap<Option<StageName>, usize>>,
}

/// A deadline of the standardisation request for a standard.
#[derive(Debug, Clone, Copy)]
pub struct Deadline<'a> {
    /// The item as the standard names it: `27a`.
    pub item: &'a str,
    /// The item of the request, with its adopted, drafted and proposed deadlines.
    pub record: &'a Item,
}

/// A standard that is late against adopted deadlines.
#[derive(Debug, Clone)]
pub struct Overdue<'a> {
    /// The standard.
    pub standard: &'a Standard,
    /// The stage reached.
    pub stage: Option<&'a StageEvent>,
    /// The next announced step towards adoption, whether or not its date has gone by.
    pub planned: Option<&'a StageEvent>,
    /// Deadlines that have passed, earliest first.
    pub deadlines: Vec<Deadline<'a>>,
    /// Days since the earliest of them.
    pub days: i32,
}

/// Standards that pass the filter, horizontal ones first, then by tier and item.
pub fn list<'a>(law: &'a Catalogue, filter: &Filter<'_>, on: Date) -> Vec<&'a Standard> {
    let mut found: Vec<&Standard> = law.standards.values().filter(|it| wanted(it, filter, on)).collect();
    found.sort_by_cached_key(|it| {
        let item = if it.role == StandardRole::Vertical {
            it.items.first().and_then(|it| span(it)).map_or(0, |it| it.0)
        } else {
            0
        };
        (rank(&it.tier), item, it.id.clone())
    });
    found
}

/// The counts of the register on a day.
pub fn summary(law: &Catalogue, on: Date) -> Summary {
    let tracked = || law.standards.values().filter(|it| it.tracked);
    let mut stages: BTreeMap<String, BTreeMap<Option<StageName>, usize>> = BTreeMap::new();
    for standard in tracked() {
        *stages.entry(standard.body.clone()).or_default().entry(standard.stage(on).map(|it| it.stage)).or_default() +=
            1;
    }
    Summary {
        tracked: tracked().count(),
        etsi_public_drafts: tracked().filter(|it| it.body == "ETSI" && it.public_draft(on).is_some()).count(),
        cited: law.standards.values().filter(|it| it.cited(on).next().is_some()).count(),
        overdue: overdue(law, on).len(),
        supporting: law.standards.values().filter(|it| !it.tracked).count(),
        stages,
    }
}

/// Tracked standards whose adopted deadline has passed on a day and that are not adopted, the latest first.
pub fn overdue(law: &Catalogue, on: Date) -> Vec<Overdue<'_>> {
    let mut late: Vec<Overdue<'_>> = law
        .standards
        .values()
        .filter(|it| it.tracked && !adopted(it, on))
        .filter_map(|standard| {
            let mut passed: Vec<_> = deadlines(law, standard).into_iter().filter(|it| it.passed(on)).collect();
            passed.sort_by_key(|it| it.record.deadline);
            let first = passed.first()?.record.deadline.first();
            let days = (on - first).get_days();
            Some(Overdue { standard, stage: standard.stage(on), planned: planned(standard), deadlines: passed, days })
        })
        .collect();
    late.sort_by_cached_key(|it| (std::cmp::Reverse(it.days), rank(&it.standard.tier), it.standard.id.clone()));
    late
}

/// The deadlines of the request for a standard, in the order of its items.
pub fn deadlines<'a>(law: &'a Catalogue, standard: &'a Standard) -> Vec<Deadline<'a>> {
    let mut all = Vec::new();
    for item in &standard.items {
        let Some((low, high, _)) = span(item) else { continue };
        all.extend(law.items.iter().filter(|it| (low..=high).contains(&it.id)).map(|record| Deadline { item, record }));
    }
    all
}

impl Deadline<'_> {
    /// The adopted deadline lies before the day.
    pub fn passed(&self, on: Date) -> bool {
        self.record.deadline.first() < on
    }
}

/// Adopted on a day. Only an adopted standard can be cited, so a citation shows it too.
pub fn adopted(standard: &Standard, on: Date) -> bool {
    standard.stage(on).is_some_and(|it| it.stage.is_adopted())
        || standard.citations.iter().any(|it| it.from.first() <= on)
}

/// An overlay by the name that its records carry.
pub fn overlay<'a>(law: &'a Catalogue, name: Option<&str>) -> Option<&'a Overlay> {
    name.and_then(|name| law.overlays.iter().find(|it| it.name == name))
}

/// The announced step that would bring adoption.
fn planned(standard: &Standard) -> Option<&StageEvent> {
    standard.stages.iter().find(|it| it.kind == StageKind::Planned && it.stage.is_adopted())
}

fn wanted(standard: &Standard, filter: &Filter<'_>, on: Date) -> bool {
    let listed = standard.tracked || filter.supporting || filter.tier == Some("supporting");
    let body = |it: &str| {
        standard.body.eq_ignore_ascii_case(it) || standard.body.split('-').any(|part| part.eq_ignore_ascii_case(it))
    };
    listed
        && filter.tier.is_none_or(|it| standard.tier.eq_ignore_ascii_case(it))
        && filter.body.is_none_or(body)
        && filter.stage.is_none_or(|it| standard.stage(on).is_some_and(|event| event.stage == it))
        && filter.item.is_none_or(|it| standard.items.iter().any(|item| same_item(item, it)))
        && filter.category.is_none_or(|it| standard.categories.iter().any(|id| id.as_str().eq_ignore_ascii_case(it)))
}

/// `27` asks for `27`, `27a` and `27b`; `27a` only for itself; `9` also for a range that has it.
fn same_item(item: &str, wanted: &str) -> bool {
    let (Some((low, high, letter)), Some((from, to, only))) = (span(item), span(wanted)) else { return false };
    low <= to && from <= high && only.is_none_or(|it| letter == Some(it))
}

/// The text names an item of the request, as [`Filter::item`] wants it.
pub fn is_item(text: &str) -> bool {
    span(text).is_some()
}

/// First and last number of an item, and the letter of a divided one.
fn span(item: &str) -> Option<(u16, u16, Option<char>)> {
    let number = |text: &str| text.trim().parse::<u16>().ok();
    if let Some((low, high)) = item.split_once(['-', '–']) {
        return Some((number(low)?, number(high)?, None));
    }
    let digits = item.trim_end_matches(|it: char| it.is_ascii_alphabetic());
    let letter = item[digits.len()..].chars().next().map(|it| it.to_ascii_lowercase());
    number(digits).map(|it| (it, it, letter))
}

/// Horizontal standards first, then the tiers from default to critical, supporting ones last.
fn rank(tier: &str) -> usize {
    const TIERS: [&str; 4] = ["horizontal", "important-class-I", "important-class-II", "critical"];
    TIERS.iter().position(|it| *it == tier).unwrap_or(if tier == Tier::Default.word() { 0 } else { TIERS.len() })
}

/// Ids that a product's dossier names, resolved to records.
fn resolve<'a>(law: &'a Catalogue, names: &[&str]) -> Vec<&'a Id> {
    names.iter().filter_map(|it| law.standard(it)).map(|it| &it.id).collect()
}

#[cfg(test)]
mod tests {
    use super::{same_item, span};

    #[test]
    fn items_are_found_by_number_by_letter_and_in_ranges() {
        assert!(same_item("27a", "27"));
        assert!(same_item("27a", "27A"));
        assert!(!same_item("27b", "27a"));
        assert!(!same_item("18", "18a"));
        assert!(same_item("2-14", "9"));
        assert!(same_item("9", "2–14"));
        assert!(!same_item("15", "2-14"));
        assert_eq!(span("twenty"), None);
        assert_eq!(span("99999"), None);
    }
}
