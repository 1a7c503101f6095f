//! What a maker asks a supplier of components, and how the two divide the work.

use crate::{Basis, Id};
use serde::{Deserialize, Serialize};

/// A question of due diligence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SupplierQuestion {
    /// Its name.
    pub id: String,
    /// The question.
    pub question: String,
    /// Form of the answer.
    pub answer: AnswerForm,
    /// Provisions it is asked for.
    pub provisions: Vec<Id>,
    /// Key of `[[component]]` that the answer fills.
    #[serde(default)]
    pub key: Option<String>,
    /// Means of due diligence that the answer is a start for.
    #[serde(default)]
    pub diligence: Option<String>,
    /// Authority, source and date.
    pub basis: Basis,
}

/// Form of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AnswerForm {
    /// `true` or `false`.
    YesNo,
    /// Words.
    Text,
    /// `YYYY-MM`.
    Month,
}

/// Who does an activity unless the parties agree otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Responsibility {
    /// The activity: its clause in the standard.
    pub activity: String,
    /// `manufacturer`, `supplier` or `both`.
    pub who: Side,
    /// Why that is proposed.
    pub why: String,
    /// Authority, source and date.
    pub basis: Basis,
}

/// A side of the agreement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// The manufacturer of the product.
    Manufacturer,
    /// The supplier of the component.
    Supplier,
    /// Both, each its part.
    Both,
}

impl Side {
    /// Every side.
    pub const ALL: [Self; 3] = [Self::Manufacturer, Self::Supplier, Self::Both];

    /// The word as it is written in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Manufacturer => "manufacturer",
            Self::Supplier => "supplier",
            Self::Both => "both",
        }
    }

    /// An entry of `responsibilities`, `7.9: supplier`: the activity and who does it. Nothing when it is written otherwise.
    pub fn assigned(text: &str) -> Option<(&str, Self)> {
        let (activity, who) = text.split_once(':')?;
        let who = Self::ALL.into_iter().find(|it| it.word() == who.trim())?;
        Some((activity.trim(), who)).filter(|(activity, _)| !activity.is_empty())
    }
}

/// A clause of the agreement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clause {
    /// Its name.
    pub id: String,
    /// Heading.
    pub heading: String,
    /// The words.
    pub text: String,
    /// Provisions behind it.
    pub provisions: Vec<Id>,
    /// Authority, source and date.
    pub basis: Basis,
}
