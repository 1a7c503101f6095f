//! Requirements of standards from and to the formats of other tools: OSCAL, ReqIF, CSV and XLSX.
//!
//! Everything here is a function from bytes to records, or back. What a file says and our record cannot hold is never
//! dropped: it comes back as [`Leftover`], and [`oscal::export`] writes it again. Our own record passes through every
//! format that is written here without loss, except for the name of an overlay, which belongs to the place it was read at.

pub mod oscal;
mod place;
pub mod reqif;
pub mod table;
pub mod written;

use conforme_catalogue::{
    Basis, Day, EditionHead, LookedAt, Mapping, MethodName, Modal, OwnBasis, Reach, Requirement, RequirementAssessment,
    RequirementKind,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Largest file that is read.
pub const MAX_BYTES: u64 = 64 * 1024 * 1024;
/// Deepest nesting of groups, controls and parts that is followed.
pub const MAX_DEPTH: usize = 32;
/// Most requirements in one file.
pub const MAX_REQUIREMENTS: usize = 100_000;

/// What no judgement rule was given for: the record asks for a result, and this is the least one can expect.
const EXPECTED: &str = "What the requirement asks for is found to be so.";

/// Why a file cannot be read or made at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {message}")]
pub struct ExchangeError {
    /// Where: a JSON pointer, a row and column, a line.
    pub place: String,
    /// What is wrong, and what to do.
    pub message: String,
}

impl ExchangeError {
    pub(crate) fn new(place: impl Into<String>, message: impl Into<String>) -> Self {
        Self { place: place.into(), message: message.into() }
    }
}

/// Something that was read otherwise than it was written, or had to be assumed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Where.
    pub place: String,
    /// What.
    pub message: String,
}

impl Problem {
    pub(crate) fn new(place: impl Into<String>, message: impl Into<String>) -> Self {
        Self { place: place.into(), message: message.into() }
    }
}

/// A value that our record has no place for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Leftover {
    /// Where it stood: a JSON pointer, or row and column.
    pub place: String,
    /// The requirement it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requirement: Option<String>,
    /// The group it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// JSON pointer inside that requirement or group, or inside the whole; `..` names the group around a group.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub at: String,
    /// The value as it was.
    pub value: Value,
    /// The text that was taken from it, when only its structure has no place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// Which field was read as what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReadAs {
    /// Header of the column or long name of the attribute.
    pub name: String,
    /// Our field; nothing when it found none.
    pub field: Option<table::Field>,
}

/// What a file does not say about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// What the edition is called.
    pub edition: String,
    /// The day to which the content is dated when the file carries none.
    pub as_of: Day,
    /// Where it comes from.
    pub source: Vec<String>,
    /// Kind of requirements that name none.
    pub kind: RequirementKind,
    /// How strongly requirements ask that do not say so.
    pub modal: Modal,
}

/// What was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Imported {
    /// The edition.
    pub head: EditionHead,
    /// How it answers the law, when the file says so in our words.
    pub mapping: Option<Mapping>,
    /// Id of the standard, when the file names one.
    pub standard: Option<String>,
    /// Slug of the edition, when the file names one.
    pub slug: Option<String>,
    /// Which field was read as what; empty for OSCAL, whose fields have fixed names.
    pub columns: Vec<ReadAs>,
    /// What has no place in our record.
    pub leftover: Vec<Leftover>,
    /// What was read otherwise than it was written, or assumed.
    pub problems: Vec<Problem>,
}

/// A format, recognised by content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// OSCAL catalog as JSON.
    Oscal,
    /// ReqIF as XML.
    Reqif,
    /// A spreadsheet.
    Xlsx,
    /// Comma-separated values.
    Csv,
}

impl Format {
    /// Looks at the first bytes.
    pub fn of(bytes: &[u8]) -> Self {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        if bytes.starts_with(b"PK\x03\x04") {
            return Self::Xlsx;
        }
        match bytes.iter().find(|it| !it.is_ascii_whitespace()) {
            Some(b'{' | b'[') => Self::Oscal,
            Some(b'<') => Self::Reqif,
            _ => Self::Csv,
        }
    }
}

/// Reads a file of any format; the map is for formats whose fields have no fixed names.
///
/// # Errors
/// When nothing can be read from it, with the place.
pub fn import(bytes: &[u8], map: &table::Map, given: &Given) -> Result<Imported, ExchangeError> {
    if bytes.len() as u64 > MAX_BYTES {
        return Err(ExchangeError::new("the file", format!("it is larger than {} MiB", MAX_BYTES / 1024 / 1024)));
    }
    match Format::of(bytes) {
        Format::Oscal => oscal::import(text(bytes)?, given),
        Format::Reqif => reqif::import(text(bytes)?, map, given),
        Format::Xlsx => table::import(&table::xlsx::read(bytes)?, map, given),
        Format::Csv => table::import(&table::csv::read(text(bytes)?)?, map, given),
    }
}

fn text(bytes: &[u8]) -> Result<&str, ExchangeError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|error| {
        let problem = format!("it is not UTF-8 text (byte {}); save it as UTF-8", error.valid_up_to());
        ExchangeError::new("the file", problem)
    })
}

/// An edition of which only the frame is known.
pub(crate) fn bare(given: &Given) -> EditionHead {
    EditionHead {
        edition: given.edition.clone(),
        reach: Reach::Partial,
        reach_note: "Taken over from a file; nobody has compared it with the standard.".to_owned(),
        method: MethodName::Requirements,
        basis: Basis {
            authority: None,
            source: given.source.clone(),
            as_of: given.as_of,
            certainty: None,
            doubt: None,
            overlay: None,
        },
        levels: Vec::new(),
        use_cases: Vec::new(),
        groups: Vec::new(),
        frame: None,
        threats: Vec::new(),
        policies: Vec::new(),
        assumptions: Vec::new(),
        objectives: Vec::new(),
        requirements: Vec::new(),
    }
}

/// A requirement of which only id and title are known.
pub(crate) fn blank(id: String, title: String, given: &Given) -> Requirement {
    Requirement {
        id,
        title,
        statement: None,
        kind: given.kind,
        modal: given.modal,
        clause: None,
        group: None,
        parent: None,
        levels: Vec::new(),
        use_cases: Vec::new(),
        applies: None,
        applies_note: None,
        inputs: Vec::new(),
        outputs: Vec::new(),
        evidence: Vec::new(),
        origin: Vec::new(),
        basis: OwnBasis::default(),
        assessment: RequirementAssessment {
            by: Vec::new(),
            objective: None,
            preparation: Vec::new(),
            activities: Vec::new(),
            expected: String::new(),
            reference: None,
            derived: false,
        },
    }
}

/// Fills what every record must say and the file did not, and marks it as our proposal.
pub(crate) fn complete(requirement: &mut Requirement) -> bool {
    let assessment = &mut requirement.assessment;
    let lacks = assessment.by.is_empty() || assessment.expected.trim().is_empty();
    if assessment.by.is_empty() {
        assessment.by.push(LookedAt::Examine);
    }
    if assessment.expected.trim().is_empty() {
        assessment.expected = EXPECTED.to_owned();
    }
    assessment.derived |= lacks;
    lacks
}

/// Ids are unique in a record: a second one gets a number.
#[derive(Debug, Default)]
pub(crate) struct Unique {
    taken: BTreeSet<String>,
    /// The last number that each id was given with.
    last: BTreeMap<String, usize>,
}

impl Unique {
    /// The id, or the id with the first number that is free.
    pub(crate) fn name(&mut self, wanted: &str) -> String {
        if self.taken.insert(wanted.to_owned()) {
            return wanted.to_owned();
        }
        let number = self.last.entry(wanted.to_owned()).or_insert(1);
        loop {
            *number += 1;
            let name = format!("{wanted}-{number}");
            if self.taken.insert(name.clone()) {
                return name;
            }
        }
    }
}
