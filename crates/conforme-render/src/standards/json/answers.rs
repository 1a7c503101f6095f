//! JSON v1 of the questions about the whole register: delays, presumption, changes.

use super::{Cited, Due, Head, Step, cited, due, head, step};
use conforme_catalogue::{Catalogue, Id, Standard};
use conforme_core::register::{self, Change, Enjoyed, Filter, Overdue};
use jiff::civil::Date;
use serde::Serialize;

/// `conforme standards overdue`.
#[derive(Debug, Serialize)]
pub struct Late<'a> {
    #[serde(flatten)]
    head: Head,
    overdue: Vec<LateEntry<'a>>,
    without_deadline: Vec<&'a str>,
}

#[derive(Debug, Serialize)]
struct LateEntry<'a> {
    id: &'a str,
    reference: &'a str,
    title: &'a str,
    body: &'a str,
    tier: &'a str,
    days_late: i32,
    deadlines: Vec<Due<'a>>,
    stage: Option<Step<'a>>,
    planned: Option<Step<'a>>,
}

/// `conforme standards presumption`, in general.
#[derive(Debug, Serialize)]
pub struct Presumed<'a> {
    #[serde(flatten)]
    head: Head,
    presumed: usize,
    provisions: Vec<PresumedProvision<'a>>,
}

#[derive(Debug, Serialize)]
struct PresumedProvision<'a> {
    id: &'a str,
    title: &'a str,
    cites: &'a str,
    presumed: bool,
    through: Vec<Giver<'a>>,
    meant: Vec<Brief<'a>>,
}

#[derive(Debug, Serialize)]
struct Giver<'a> {
    standard: &'a str,
    reference: &'a str,
    categories: &'a [Id],
    #[serde(flatten)]
    citation: Cited<'a>,
}

/// A standard in few words.
#[derive(Debug, Serialize)]
pub struct Brief<'a> {
    id: &'a str,
    reference: &'a str,
    stage: Option<&'static str>,
    cited: bool,
}

/// `conforme standards diff`.
#[derive(Debug, Serialize)]
pub struct Changes<'a> {
    #[serde(flatten)]
    head: Head,
    from: String,
    to: String,
    changes: Vec<Changed<'a>>,
}

/// What changed for one standard, and the products it touches.
#[derive(Debug, Serialize)]
pub struct Changed<'a> {
    id: &'a str,
    reference: &'a str,
    title: &'a str,
    before: Option<Step<'a>>,
    after: Option<Step<'a>>,
    steps: Vec<Step<'a>>,
    plans: Vec<PlanView<'a>>,
    citations_gained: Vec<Cited<'a>>,
    citations_lost: Vec<Cited<'a>>,
    deadlines_passed: Vec<Due<'a>>,
    adopted: bool,
    /// Products of the workspace that it touches.
    pub products: Vec<Touched>,
}

#[derive(Debug, Serialize, PartialEq)]
struct PlanView<'a> {
    planned: Step<'a>,
    reached: Option<Step<'a>>,
}

/// A product that a change touches, and why.
#[derive(Debug, Clone, Serialize, PartialEq)]
pub struct Touched {
    /// Folder of the product.
    pub folder: String,
    /// Its name.
    pub product: String,
    /// `applied`, `category`, `horizontal`.
    pub why: Vec<&'static str>,
}

impl Changed<'_> {
    /// The same change, whatever products it touches.
    pub fn same_as(&self, other: &Changed<'_>) -> bool {
        self.id == other.id
            && (&self.before, &self.after, &self.steps, &self.plans)
                == (&other.before, &other.after, &other.steps, &other.plans)
            && (&self.citations_gained, &self.citations_lost) == (&other.citations_gained, &other.citations_lost)
            && self.deadlines_passed == other.deadlines_passed
    }
}

/// Standards that are late on a day.
pub fn overdue<'a>(law: &'a Catalogue, late: &'a [Overdue<'a>], on: Date) -> Late<'a> {
    let tracked = register::list(law, &Filter::default(), on);
    let one = |it: &'a Overdue<'a>| LateEntry {
        id: it.standard.id.as_str(),
        reference: &it.standard.reference,
        title: &it.standard.title,
        body: &it.standard.body,
        tier: &it.standard.tier,
        days_late: it.days,
        deadlines: it.deadlines.iter().map(|it| due(it, true, on)).collect(),
        stage: it.stage.map(|it| step(law, it)),
        planned: it.planned.map(|it| step(law, it)),
    };
    Late {
        head: head(law, "overdue", on),
        overdue: late.iter().map(one).collect(),
        without_deadline: tracked
            .iter()
            .filter(|it| register::deadlines(law, it).is_empty())
            .map(|it| it.id.as_str())
            .collect(),
    }
}

/// Presumption in general on a day.
pub fn presumption<'a>(law: &'a Catalogue, enjoyed: &[Enjoyed<'a>], on: Date) -> Presumed<'a> {
    let one = |it: &Enjoyed<'a>| PresumedProvision {
        id: it.provision.id.as_str(),
        title: &it.provision.title,
        cites: &it.provision.cites,
        presumed: !it.through.is_empty(),
        through: it
            .through
            .iter()
            .map(|it| Giver {
                standard: it.standard.id.as_str(),
                reference: &it.standard.reference,
                categories: &it.standard.categories,
                citation: cited(law, it.standard, it.citation, on),
            })
            .collect(),
        meant: it.meant.iter().map(|it| brief(it, on)).collect(),
    };
    Presumed {
        head: head(law, "presumption", on),
        presumed: enjoyed.iter().filter(|it| !it.through.is_empty()).count(),
        provisions: enjoyed.iter().map(one).collect(),
    }
}

/// Changes between two days.
pub fn changes<'a>(law: &Catalogue, from: Date, to: Date, changes: Vec<Changed<'a>>) -> Changes<'a> {
    Changes { head: head(law, "diff", to), from: from.to_string(), to: to.to_string(), changes }
}

/// A change, with the products it touches.
pub fn change<'a>(law: &'a Catalogue, change: &Change<'a>, to: Date, products: Vec<Touched>) -> Changed<'a> {
    Changed {
        id: change.standard.id.as_str(),
        reference: &change.standard.reference,
        title: &change.standard.title,
        before: change.before.map(|it| step(law, it)),
        after: change.after.map(|it| step(law, it)),
        steps: change.steps.iter().map(|it| step(law, it)).collect(),
        plans: change
            .plans
            .iter()
            .map(|it| PlanView { planned: step(law, it.planned), reached: it.reached.map(|it| step(law, it)) })
            .collect(),
        citations_gained: change.gained.iter().map(|it| cited(law, change.standard, it, to)).collect(),
        citations_lost: change.lost.iter().map(|it| cited(law, change.standard, it, to)).collect(),
        deadlines_passed: change.deadlines.iter().map(|it| due(it, !change.adopted, to)).collect(),
        adopted: change.adopted,
        products,
    }
}

/// A standard in few words.
pub fn brief(standard: &Standard, on: Date) -> Brief<'_> {
    Brief {
        id: standard.id.as_str(),
        reference: &standard.reference,
        stage: standard.stage(on).map(|it| it.stage.word()),
        cited: standard.cited(on).next().is_some(),
    }
}
