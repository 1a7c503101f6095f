//! An assessor's review: a file of its own beside the dossier, with one item for each verdict, bound to what the dossier
//! said when the item was judged.
//!
//! The assessor's word and the maker's never mix: a review changes no verdict, and the dossier knows nothing of it.

use crate::assessment::{Assessment, Verdict};
use conforme_catalogue::Day;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

mod binding;

pub use binding::{Dossier, binding};

/// Version of the format.
pub const FORMAT: u32 = 1;

/// A review.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Review {
    /// Version of the format.
    pub format: u32,
    /// The product, as its dossier names it.
    pub product: String,
    /// The release that was reviewed.
    pub release: String,
    /// Who reviews.
    pub by: String,
    /// Edition, digest and overlays of the catalogue it was begun under.
    #[serde(default)]
    pub catalogue: String,
    /// The items.
    #[serde(default, rename = "item")]
    pub items: Vec<Item>,
}

/// What an assessor did about one point.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// The provision; or else `requirement`.
    #[serde(default)]
    pub provision: Option<String>,
    /// The requirement of a standard that is followed.
    #[serde(default)]
    pub requirement: Option<String>,
    /// How it was looked at.
    pub method: Method,
    /// What the assessor says.
    pub verdict: Opinion,
    /// A question to the maker.
    #[serde(default)]
    pub question: String,
    /// The maker's answer, or the reason why it does not apply.
    #[serde(default)]
    pub answer: String,
    /// Who judged it.
    #[serde(default)]
    pub by: String,
    /// When.
    #[serde(default)]
    pub on: Option<Day>,
    /// Who closed the question.
    #[serde(default)]
    pub closed_by: String,
    /// What the dossier said: [`binding()`].
    pub dossier: String,
}

/// How something was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// Records were read.
    Examine,
    /// People were asked.
    Interview,
    /// It was tried.
    Test,
}

/// What an assessor says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Opinion {
    /// It is shown.
    Pass,
    /// It is not.
    Fail,
    /// Not judged yet.
    Open,
    /// It does not apply to this product.
    NotApplicable,
}

/// How an item stands now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Judged, closed, and the dossier says what it said.
    Closed,
    /// Something is left to do.
    Open,
    /// The dossier has changed since.
    Stale,
    /// It failed.
    Failed,
}

impl State {
    /// The word used in output.
    pub fn word(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::Open => "open",
            Self::Stale => "stale",
            Self::Failed => "failed",
        }
    }
}

/// An item or a point without one, and why it stands as it does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Standing {
    /// Provision or requirement.
    pub id: String,
    /// How it stands.
    pub state: State,
    /// The dossier says what it said when the item was bound.
    pub fresh: bool,
    /// Why, in words; empty for what is closed.
    pub because: String,
}

impl Review {
    /// Reads a review.
    ///
    /// # Errors
    /// Every mistake in it, with line or item.
    pub fn read(text: &str) -> Result<Self, Vec<String>> {
        let review: Self = toml::from_str(text).map_err(|error| vec![error.to_string().trim_end().to_owned()])?;
        let mut problems = Vec::new();
        if review.format != FORMAT {
            problems.push(format!("`format` is {}, and this version reads {FORMAT}", review.format));
        }
        let mut seen = BTreeSet::new();
        for (at, item) in review.items.iter().enumerate() {
            let at = at + 1;
            match (&item.provision, &item.requirement) {
                (Some(_), Some(_)) => {
                    problems.push(format!("item {at} has `provision` and `requirement`; take one out"))
                }
                (None, None) => problems.push(format!("item {at} names neither `provision` nor `requirement`")),
                _ if !seen.insert(item.id()) => {
                    problems.push(format!("item {at}: `{}` has an item already", item.id()))
                }
                _ => {}
            }
            if item.on.is_some_and(Day::is_month) {
                problems.push(format!("item {at} ({}): `on` is a month; write the day, as 2028-01-31", item.id()));
            }
        }
        if problems.is_empty() { Ok(review) } else { Err(problems) }
    }

    /// How every item stands, in the order of the file, then what was judged and has no item.
    pub fn standing(&self, dossier: Dossier<'_>, assessment: &Assessment) -> Vec<Standing> {
        let mut all: Vec<Standing> = self.items.iter().map(|it| it.standing(dossier, assessment)).collect();
        let reviewed: BTreeSet<&str> = self.items.iter().map(Item::id).collect();
        // Requirements of standards are reviewed when the review has begun to.
        let followed = self.items.iter().any(|it| it.requirement.is_some());
        let requirements = assessment.requirements.iter().filter(|_| followed);
        let left = assessment.verdicts.iter().chain(requirements).filter(|it| !reviewed.contains(it.id.as_str()));
        all.extend(left.map(|it| Standing {
            id: it.id.to_string(),
            state: State::Open,
            fresh: true,
            because: "the review has no item for it".to_owned(),
        }));
        all
    }
}

impl Item {
    /// Provision or requirement.
    pub fn id(&self) -> &str {
        self.provision.as_deref().or(self.requirement.as_deref()).unwrap_or_default()
    }

    fn verdict_in<'a>(&self, assessment: &'a Assessment) -> Option<&'a Verdict> {
        let all = if self.provision.is_some() { &assessment.verdicts } else { &assessment.requirements };
        all.iter().find(|it| it.id.as_str() == self.id())
    }

    fn standing(&self, dossier: Dossier<'_>, assessment: &Assessment) -> Standing {
        let stale = match self.verdict_in(assessment) {
            None => Some("it is not judged for this product any more"),
            Some(verdict) if binding(dossier, verdict) != self.dossier.trim() => {
                Some("the dossier or what follows from it has changed since")
            }
            Some(_) => None,
        };
        let open = self.open(assessment.as_of);
        let (state, because) = match (self.verdict, stale, open) {
            (Opinion::Fail, Some(stale), _) => (State::Failed, format!("it failed; {stale}: look again")),
            (Opinion::Fail, None, _) => (State::Failed, "it failed".to_owned()),
            (_, Some(stale), _) => (State::Stale, stale.to_owned()),
            (_, None, Some(open)) => (State::Open, open),
            (_, None, None) => (State::Closed, String::new()),
        };
        Standing { id: self.id().to_owned(), state, fresh: stale.is_none(), because }
    }

    /// What is left to do before the item is closed.
    fn open(&self, as_of: Date) -> Option<String> {
        let empty = |it: &str| it.trim().is_empty();
        if self.verdict == Opinion::Open {
            return Some(if empty(&self.question) || !empty(&self.answer) {
                "it is not judged yet".to_owned()
            } else {
                "the question has no answer".to_owned()
            });
        }
        let asked = !empty(&self.question);
        let mut lacks = Vec::new();
        if empty(&self.by) {
            lacks.push("by");
        }
        if self.on.is_none() {
            lacks.push("on");
        }
        if (asked || self.verdict == Opinion::NotApplicable) && empty(&self.answer) {
            lacks.push("answer");
        }
        if asked && empty(&self.closed_by) {
            lacks.push("closed_by");
        }
        match self.on {
            _ if !lacks.is_empty() => Some(format!("missing: {}", lacks.join(", "))),
            Some(on) if on.first() > as_of => Some(format!("it is dated {on}, after the day of this check")),
            _ => None,
        }
    }
}
