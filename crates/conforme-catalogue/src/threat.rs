//! The threat catalogue, and the kinds of interfaces, assets and situations by which it is searched.

use crate::{Basis, Id};
use serde::{Deserialize, Serialize};

/// A threat that products of a kind meet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Threat {
    /// Name of the record.
    pub id: Id,
    /// What could happen.
    pub title: String,
    /// How, with what, to what effect.
    pub text: String,
    /// STRIDE.
    #[serde(default)]
    pub stride: Vec<String>,
    /// LINDDUN, where personal data are concerned.
    #[serde(default)]
    pub linddun: Vec<String>,
    /// Kinds of interfaces it comes through; empty means none in particular.
    #[serde(default)]
    pub interfaces: Vec<String>,
    /// Kinds of assets it is aimed at.
    #[serde(default)]
    pub assets: Vec<String>,
    /// Situations it needs; empty means none.
    #[serde(default)]
    pub situations: Vec<String>,
    /// Points of Annex I whose measures answer it.
    #[serde(default)]
    pub provisions: Vec<Id>,
    /// Measures commonly used against it.
    #[serde(default)]
    pub hints: Vec<String>,
    /// Authority, source, doubt.
    pub basis: Basis,
}

impl Threat {
    /// Where it comes from.
    pub fn source(&self) -> &[String] {
        &self.basis.source
    }
}

/// The closed lists of kinds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kinds {
    /// Kinds of interfaces.
    #[serde(default, rename = "interface")]
    pub interfaces: Vec<InterfaceKind>,
    /// Kinds of assets.
    #[serde(default, rename = "asset")]
    pub assets: Vec<AssetKind>,
    /// Situations of use.
    #[serde(default, rename = "situation")]
    pub situations: Vec<crate::Named>,
}

/// A kind of interface.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InterfaceKind {
    /// The word.
    pub id: String,
    /// What it is.
    pub title: String,
    /// From where it can be reached: `physical`, `local`, `adjacent`, `network`.
    pub reach: String,
}

/// A kind of asset.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AssetKind {
    /// The word.
    pub id: String,
    /// What it is.
    pub title: String,
    /// Objectives that usually matter.
    #[serde(default)]
    pub objectives: Vec<String>,
}

/// A way of combining likelihood and impact into a level of risk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RiskMethod {
    /// Name.
    pub id: String,
    /// What it is.
    pub title: String,
    /// For whom it is good.
    pub about: String,
    /// Words for likelihood, lowest first.
    pub likelihoods: Vec<String>,
    /// Words for impact, lowest first.
    pub impacts: Vec<String>,
    /// Levels of risk, lowest first.
    pub levels: Vec<String>,
    /// One row for each likelihood, one level for each impact.
    pub grid: Vec<Vec<String>>,
    /// Authority, source.
    pub basis: Basis,
}

impl RiskMethod {
    /// The level for a likelihood and an impact; nothing when a word is not in the method.
    pub fn level(&self, likelihood: &str, impact: &str) -> Option<&str> {
        let row = self.likelihoods.iter().position(|it| it == likelihood)?;
        let column = self.impacts.iter().position(|it| it == impact)?;
        self.grid.get(row)?.get(column).map(String::as_str)
    }

    /// What is wrong with the grid: its size, or a level it does not have.
    pub fn problem(&self) -> Option<String> {
        let (rows, columns) = (self.likelihoods.len(), self.impacts.len());
        if rows == 0 || columns == 0 || self.grid.len() != rows || self.grid.iter().any(|it| it.len() != columns) {
            return Some(format!("the grid needs {rows} rows of {columns} levels, one row for each likelihood"));
        }
        let unknown = self.grid.iter().flatten().find(|it| !self.levels.contains(it));
        if let Some(level) = unknown {
            return Some(format!("the grid names `{level}`, which is none of the levels"));
        }
        let rank = |it: &String| self.levels.iter().position(|level| level == it);
        let falls = |cells: Vec<&String>| cells.windows(2).any(|pair| rank(pair[0]) > rank(pair[1]));
        let columns = (0..columns).map(|at| self.grid.iter().map(|row| &row[at]).collect());
        if self.grid.iter().map(|row| row.iter().collect()).chain(columns).any(falls) {
            return Some("the level falls where likelihood or impact rises".to_owned());
        }
        None
    }
}
