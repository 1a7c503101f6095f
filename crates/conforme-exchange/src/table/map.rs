//! Which column is which field: guessed from its name, or told.

use crate::{Given, ReadAs};
use conforme_catalogue::{Modal, RequirementKind};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A field of a requirement that a column can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "they are the fields of `Requirement`, described there")]
pub enum Field {
    Id,
    Title,
    Statement,
    Kind,
    Modal,
    Clause,
    Group,
    GroupTitle,
    Parent,
    Levels,
    UseCases,
    Applies,
    AppliesNote,
    Inputs,
    Outputs,
    Evidence,
    Origin,
    Source,
    Certainty,
    Doubt,
    By,
    Objective,
    Preparation,
    Activities,
    Expected,
    Reference,
    Derived,
}

/// All fields, in the order of written columns.
pub const FIELDS: [Field; 27] = [
    Field::Id,
    Field::Title,
    Field::Statement,
    Field::Kind,
    Field::Modal,
    Field::Clause,
    Field::Group,
    Field::GroupTitle,
    Field::Parent,
    Field::Levels,
    Field::UseCases,
    Field::Applies,
    Field::AppliesNote,
    Field::Inputs,
    Field::Outputs,
    Field::Evidence,
    Field::Origin,
    Field::Source,
    Field::Certainty,
    Field::Doubt,
    Field::By,
    Field::Objective,
    Field::Preparation,
    Field::Activities,
    Field::Expected,
    Field::Reference,
    Field::Derived,
];

impl Field {
    /// The name of its column, and the key of a map.
    pub fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Title => "title",
            Self::Statement => "statement",
            Self::Kind => "kind",
            Self::Modal => "modal",
            Self::Clause => "clause",
            Self::Group => "group",
            Self::GroupTitle => "group_title",
            Self::Parent => "parent",
            Self::Levels => "levels",
            Self::UseCases => "use_cases",
            Self::Applies => "applies",
            Self::AppliesNote => "applies_note",
            Self::Inputs => "inputs",
            Self::Outputs => "outputs",
            Self::Evidence => "evidence",
            Self::Origin => "origin",
            Self::Source => "source",
            Self::Certainty => "certainty",
            Self::Doubt => "doubt",
            Self::By => "by",
            Self::Objective => "objective",
            Self::Preparation => "preparation",
            Self::Activities => "activities",
            Self::Expected => "expected",
            Self::Reference => "reference",
            Self::Derived => "derived",
        }
    }

    /// Names of columns that mean it, in English and German, as letters and digits only. `ReqIF.…` are the names that
    /// the ReqIF Implementation Guide of prostep ivip reserves.
    fn names(self) -> &'static [&'static str] {
        match self {
            Self::Id => &[
                "reqifforeignid",
                "reqid",
                "requirementid",
                "requirement",
                "controlid",
                "control",
                "identifier",
                "nr",
                "no",
                "number",
                "anforderungsid",
                "anforderungsnummer",
                "kennung",
                "bezeichner",
                "nummer",
            ],
            Self::Title => &[
                "reqifname",
                "reqifchaptername",
                "name",
                "shorttitle",
                "heading",
                "summary",
                "controlname",
                "titel",
                "bezeichnung",
                "überschrift",
                "kurztitel",
                "kurzbezeichnung",
            ],
            Self::Statement => &[
                "reqiftext",
                "reqifdescription",
                "text",
                "description",
                "requirementtext",
                "objecttext",
                "primarytext",
                "beschreibung",
                "anforderung",
                "anforderungstext",
                "wortlaut",
            ],
            Self::Kind => &["type", "requirementtype", "art", "typ", "anforderungsart"],
            Self::Modal => &["obligation", "modality", "priority", "verbindlichkeit", "modalverb", "priorität"],
            Self::Clause => &["chapter", "section", "reqifchapternumber", "abschnitt", "kapitel"],
            Self::Group => &["family", "category", "groupid", "gruppe", "familie", "kategorie"],
            Self::GroupTitle => &["familyname", "groupname", "gruppentitel", "gruppenname"],
            Self::Parent => &["parentid", "partof", "enhances", "übergeordnet", "gehörtzu", "elternid"],
            Self::Levels => {
                &["level", "securitylevel", "securitylevels", "sl", "stufe", "stufen", "sicherheitsstufe", "niveau"]
            }
            Self::UseCases => {
                &["usecase", "profile", "profiles", "anwendungsfall", "anwendungsfälle", "profil", "profile"]
            }
            Self::Applies => &["condition", "bedingung"],
            Self::AppliesNote => &["applicability", "applicabilitynote", "anwendbarkeit", "geltung"],
            Self::Inputs => &["input", "eingaben", "eingangsgrößen"],
            Self::Outputs => &["output", "workproducts", "ausgaben", "ergebnisse", "arbeitsergebnisse"],
            Self::Evidence => &["evidences", "proof", "nachweis", "nachweise", "belege"],
            Self::Origin => &["derivedfrom", "herkunft", "ursprung", "abgeleitetvon"],
            Self::Source => &["sources", "quelle", "quellen"],
            Self::Certainty => &["sicherheitderaussage", "gewissheit"],
            Self::Doubt => &["doubts", "zweifel"],
            Self::By => &[
                "method",
                "methods",
                "assessmentmethod",
                "verificationmethod",
                "prüfmethode",
                "methode",
                "nachweismethode",
            ],
            Self::Objective => &["assessmentobjective", "prüfziel"],
            Self::Preparation => &["preconditions", "vorbereitung", "voraussetzungen"],
            Self::Activities => {
                &["assessmentactivities", "teststeps", "procedure", "prüfschritte", "tätigkeiten", "durchführung"]
            }
            Self::Expected => &[
                "expectedresult",
                "acceptancecriteria",
                "acceptancecriterion",
                "passcriteria",
                "erwartetesergebnis",
                "erwartung",
                "akzeptanzkriterium",
                "akzeptanzkriterien",
                "abnahmekriterium",
            ],
            Self::Reference => &["criterion", "assessmentid", "testid", "prüfkriterium"],
            Self::Derived => &["proposal", "vorschlag"],
        }
    }

    /// The field a name means.
    fn guessed(name: &str) -> Option<Self> {
        let name = loose(name);
        let own = |it: &Field| loose(it.name()) == name;
        FIELDS.into_iter().find(own).or_else(|| FIELDS.into_iter().find(|it| it.names().contains(&name.as_str())))
    }

    /// How well a name means it: own names before other ones, in the order of the list.
    fn rank(self, name: &str) -> usize {
        let name = loose(name);
        if loose(self.name()) == name {
            return 0;
        }
        self.names().iter().position(|it| *it == name).map_or(usize::MAX, |it| it + 1)
    }
}

/// Names for a message: a header can be anything, also a whole book.
fn listed(names: &[&str]) -> String {
    let one = |it: &&str| format!("`{}`", it.chars().take(60).collect::<String>());
    let end = if names.len() > 40 { " and more" } else { "" };
    names.iter().take(40).map(one).collect::<Vec<_>>().join(", ") + end
}

/// Letters and digits, in lower case: `Req.-ID` and `req id` are one.
fn loose(name: &str) -> String {
    name.chars().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// What is told about columns. Without columns they are guessed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Map {
    /// The sheet to read.
    #[serde(default)]
    pub sheet: Option<String>,
    /// Number of the row with the names of columns.
    #[serde(default)]
    pub header: Option<usize>,
    /// Fields and names of columns.
    #[serde(default)]
    pub columns: BTreeMap<Field, String>,
    /// What holds where no column says it.
    #[serde(default)]
    pub defaults: Defaults,
}

/// What holds where no column says it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Defaults {
    /// Kind of the requirements.
    #[serde(default)]
    pub kind: Option<RequirementKind>,
    /// How strongly they ask.
    #[serde(default)]
    pub modal: Option<Modal>,
}

impl Map {
    /// Reads a map from TOML.
    ///
    /// # Errors
    /// What does not fit, in words.
    pub fn parse(toml: &str) -> Result<Self, String> {
        toml::from_str(toml).map_err(|it| it.to_string().trim_end().to_owned())
    }

    pub(crate) fn given(&self, given: &Given) -> Given {
        let defaults = &self.defaults;
        Given {
            kind: defaults.kind.unwrap_or(given.kind),
            modal: defaults.modal.unwrap_or(given.modal),
            ..given.clone()
        }
    }

    /// What each column is. Of several that mean one field the best named has it.
    pub(crate) fn columns(&self, header: &[(usize, String)]) -> Result<Vec<(usize, ReadAs)>, String> {
        let names: Vec<&str> = header.iter().map(|it| it.1.trim()).collect();
        let fields = self.fields(&names)?;
        Ok(header
            .iter()
            .map(|it| it.0)
            .zip(names.iter().zip(fields))
            .map(|(at, (name, field))| (at, ReadAs { name: (*name).to_owned(), field }))
            .collect())
    }

    /// The field of each name.
    pub(crate) fn fields(&self, names: &[&str]) -> Result<Vec<Option<Field>>, String> {
        let mut fields = vec![None; names.len()];
        let shown = || listed(names);
        if self.columns.is_empty() {
            for field in FIELDS {
                let means = |at: &usize| Field::guessed(names[*at]) == Some(field);
                let best = (0..names.len()).filter(means).min_by_key(|at| field.rank(names[*at]));
                if let Some(at) = best {
                    fields[at] = Some(field);
                }
            }
        }
        for (field, name) in &self.columns {
            let at =
                names.iter().position(|it| it == name).or_else(|| names.iter().position(|it| loose(it) == loose(name)));
            let Some(at) = at else {
                return Err(format!(
                    "the map names the column `{name}` for `{}`, and there are {}",
                    field.name(),
                    shown()
                ));
            };
            if let Some(other) = fields[at] {
                return Err(format!(
                    "the map gives the column `{name}` to `{}` and to `{}`",
                    other.name(),
                    field.name()
                ));
            }
            fields[at] = Some(*field);
        }
        if fields.iter().flatten().any(|it| matches!(it, Field::Id | Field::Title | Field::Statement)) {
            Ok(fields)
        } else {
            Err(format!(
                "no column is known as id, title or statement; there are {}; say which is which with `--map FILE`: [columns] id = \"…\"",
                shown()
            ))
        }
    }
}

/// The columns as a map that can be saved, changed and given.
pub fn map_toml(columns: &[ReadAs]) -> String {
    let mut table = toml_edit::Table::new();
    for column in columns {
        if let Some(field) = column.field {
            table.insert(field.name(), toml_edit::value(column.name.as_str()));
        }
    }
    let mut document = toml_edit::DocumentMut::new();
    document.insert("columns", toml_edit::Item::Table(table));
    document.to_string()
}
