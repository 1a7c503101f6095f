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
