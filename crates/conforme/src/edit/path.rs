//! Paths such as `release[1.0].part[Firmware].sbom`: their parts, and which record of a list a part means.

use super::EditError;
use toml_edit::TableLike;

/// Keys that name a record of a list: the first that a record has is its name.
const NAMES: [&str; 7] = ["id", "part", "name", "title", "version", "provision", "reference"];

/// `release[1.0]` is the record `1.0` of the list `release`.
pub(crate) fn record_of(part: &str) -> (&str, Option<&str>) {
    match part.split_once('[').zip(part.strip_suffix(']')) {
        Some(((list, _), whole)) => (list, Some(&whole[list.len() + 1..])),
        None => (part, None),
    }
}

/// Splits `release[1.0].part[a.b].sbom` at its dots; those in brackets belong to a name.
pub(crate) fn parts(key: &str) -> Vec<&str> {
    let mut depth = 0_usize;
    key.split(|it: char| {
        match it {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        it == '.' && depth == 0
    })
    .collect()
}

/// The position of the wanted record, or of the only one.
pub(super) fn choose(list: &str, wanted: Option<&str>, records: &[&dyn TableLike]) -> Result<usize, EditError> {
    let name = |record: &&dyn TableLike| NAMES.iter().find_map(|key| record.get(key)?.as_str().map(str::to_owned));
    let known = || records.iter().filter_map(name).collect();
    match wanted {
        None if records.len() == 1 => Ok(0),
        None => Err(EditError::WhichRecord { list: list.to_owned(), known: known() }),
        Some(wanted) => {
            let named = |record: &&dyn TableLike| name(record).as_deref() == Some(wanted);
            let missing = || EditError::NoRecord { list: list.to_owned(), name: wanted.to_owned(), known: known() };
            records.iter().position(named).ok_or_else(missing)
        }
    }
}
