//! Names of records, ordered as a person would: `CRA-A13-2` before `CRA-A13-10`.

use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::fmt;

/// The id of a record; the name of its file.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Id(String);

impl Id {
    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Id {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl From<String> for Id {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl Ord for Id {
    fn cmp(&self, other: &Self) -> Ordering {
        natural(&self.0, &other.0)
    }
}

impl PartialOrd for Id {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Compares digit runs by value and everything else byte by byte.
fn natural(left: &str, right: &str) -> Ordering {
    let (mut left_rest, mut right_rest) = (left.as_bytes(), right.as_bytes());
    while let (Some(a), Some(b)) = (left_rest.first(), right_rest.first()) {
        if a.is_ascii_digit() && b.is_ascii_digit() {
            let (a_run, b_run) = (digits(left_rest), digits(right_rest));
            let by_value =
                trimmed(a_run).len().cmp(&trimmed(b_run).len()).then_with(|| trimmed(a_run).cmp(trimmed(b_run)));
            if by_value != Ordering::Equal {
                return by_value;
            }
            left_rest = &left_rest[a_run.len()..];
            right_rest = &right_rest[b_run.len()..];
        } else if a == b {
            left_rest = &left_rest[1..];
            right_rest = &right_rest[1..];
        } else {
            return a.cmp(b);
        }
    }
    // Equal by value: the plain order keeps ids that differ only in leading zeros apart.
    left_rest.len().cmp(&right_rest.len()).then_with(|| left.cmp(right))
}

fn digits(bytes: &[u8]) -> &[u8] {
    let end = bytes.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(bytes.len());
    &bytes[..end]
}

fn trimmed(digits: &[u8]) -> &[u8] {
    let start = digits.iter().position(|digit| *digit != b'0').unwrap_or(digits.len());
    &digits[start..]
}

/// A spelling without the marks in which people differ: `EN 304 627` and `en-304-627` are one.
pub(crate) fn loose(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|it| it.to_ascii_uppercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::Id;

    #[test]
    fn numbers_are_ordered_by_value() {
        let mut ids: Vec<Id> =
            ["CRA-A13-10", "CRA-II-1", "CRA-A13-2", "CRA-I-2-b", "CRA-I-2-a", "CRA-I-1", "CRA-A13-2"]
                .into_iter()
                .map(Id::from)
                .collect();
        ids.sort();
        ids.dedup();
        let text: Vec<&str> = ids.iter().map(Id::as_str).collect();
        assert_eq!(text, ["CRA-A13-2", "CRA-A13-10", "CRA-I-1", "CRA-I-2-a", "CRA-I-2-b", "CRA-II-1"]);
    }
}
