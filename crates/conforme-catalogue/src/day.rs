//! A day of the law's calendar, of which sometimes only the month is known.

use jiff::civil::Date;
use serde::de::{self, Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// A date, or a month when nothing finer is known. A month counts from its first day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    first: Date,
    month_only: bool,
}

impl Day {
    /// The day itself, or the first day of the month.
    pub fn first(self) -> Date {
        self.first
    }

    /// Only the month is known.
    pub fn is_month(self) -> bool {
        self.month_only
    }
}

impl From<Date> for Day {
    fn from(first: Date) -> Self {
        Self { first, month_only: false }
    }
}

impl FromStr for Day {
    type Err = String;

    /// Reads `YYYY-MM-DD` or `YYYY-MM`.
    fn from_str(text: &str) -> Result<Self, String> {
        let (full, month_only) = if text.len() == 7 { (format!("{text}-01"), true) } else { (text.to_owned(), false) };
        let well_formed = full.len() == 10
            && full.bytes().enumerate().all(|(at, byte)| match at {
                4 | 7 => byte == b'-',
                _ => byte.is_ascii_digit(),
            });
        match full.parse::<Date>() {
            Ok(first) if well_formed => Ok(Self { first, month_only }),
            _ => Err(format!("`{text}` is not a date; write YYYY-MM-DD, or YYYY-MM where only the month is known")),
        }
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.month_only {
            write!(f, "{:04}-{:02}", self.first.year(), self.first.month())
        } else {
            write!(f, "{}", self.first)
        }
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct DayVisitor;

        impl<'de> Visitor<'de> for DayVisitor {
            type Value = Day;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a date such as 2027-12-11, or \"2026-04\" where only the month is known")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Day, E> {
                text.parse().map_err(E::custom)
            }

            // TOML hands its own dates over as a map with one private key.
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Day, A::Error> {
                let date = toml::value::Datetime::deserialize(de::value::MapAccessDeserializer::new(map))?;
                date.to_string().parse().map_err(de::Error::custom)
            }
        }

        if deserializer.is_human_readable() {
            deserializer.deserialize_any(DayVisitor)
        } else {
            deserializer.deserialize_str(DayVisitor)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Day;

    #[test]
    fn a_month_counts_from_its_first_day_and_is_written_as_a_month() {
        let day: Day = "2026-06".parse().expect("a month");
        assert!(day.is_month());
        assert_eq!(day.first().to_string(), "2026-06-01");
        assert_eq!(day.to_string(), "2026-06");
    }

    #[test]
    fn nonsense_is_refused() {
        for text in ["2026-02-30", "2026-13", "26-01-01", "tomorrow", "2026-06-01T00:00", ""] {
            assert!(text.parse::<Day>().is_err(), "{text}");
        }
    }
}
