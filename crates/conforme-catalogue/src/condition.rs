//! Conditions over named facts: all, any, not and comparisons with a constant, in three-valued logic.
//!
//! Categories, scope rules and routes are written with them. There are no variables, no arithmetic and no strings to parse,
//! so the linter can try every formula over its whole domain. A fact that nobody gave is unknown and stays unknown:
//! Kleene's strong logic, in which `unknown or true` is true and `unknown or false` is unknown.

use serde::de::{Deserializer, Error};
use serde::{Deserialize, Serialize};
use std::fmt;

/// What became of a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Truth {
    /// It does not hold.
    No,
    /// A fact it needs was not given.
    Unknown,
    /// It holds.
    Yes,
}

/// A value of a fact, and a constant to compare with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum FactValue {
    /// True or false.
    Flag(bool),
    /// A whole number.
    Number(i64),
    /// One word of a closed list.
    Word(String),
    /// Several words of a closed list.
    Words(Vec<String>),
}

/// Where a condition finds its facts.
pub trait FactSource {
    /// The value of a fact, or nothing when it was not given.
    fn fact(&self, name: &str) -> Option<&FactValue>;
}

/// A formula over facts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum Condition {
    /// Every part holds.
    All(Vec<Condition>),
    /// At least one part holds.
    Any(Vec<Condition>),
    /// The part does not hold.
    Not(Box<Condition>),
    /// One or several facts, of which the greatest counts, against a constant.
    Compare(Vec<String>, Comparison),
}

/// How a fact is compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Comparison {
    /// Equal to the constant.
    Is(FactValue),
    /// The list contains the word.
    Has(String),
    /// Not less than the constant.
    AtLeast(i64),
    /// Not more than the constant.
    AtMost(i64),
}

impl Condition {
    /// Decides the condition with the facts at hand.
    pub fn decide(&self, facts: &impl FactSource) -> Truth {
        match self {
            Self::All(parts) => parts.iter().map(|it| it.decide(facts)).min().unwrap_or(Truth::Yes),
            Self::Any(parts) => parts.iter().map(|it| it.decide(facts)).max().unwrap_or(Truth::No),
            Self::Not(part) => match part.decide(facts) {
                Truth::No => Truth::Yes,
                Truth::Unknown => Truth::Unknown,
                Truth::Yes => Truth::No,
            },
            Self::Compare(names, comparison) => comparison.decide(names, facts),
        }
    }

    /// Names of the facts the condition looks at, in order of appearance.
    pub fn facts(&self) -> Vec<&str> {
        let mut names = Vec::new();
        self.visit(&mut |parts, _| names.extend(parts.iter().map(String::as_str)));
        names
    }

    /// Calls `with` for every comparison inside.
    pub fn visit<'a>(&'a self, with: &mut impl FnMut(&'a [String], &'a Comparison)) {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|it| it.visit(with)),
            Self::Not(part) => part.visit(with),
            Self::Compare(names, comparison) => with(names, comparison),
        }
    }

    /// Facts that were not given and on which the answer hangs.
    pub fn missing<'a>(&'a self, facts: &impl FactSource) -> Vec<&'a str> {
        let mut missing: Vec<&str> = self.facts().into_iter().filter(|name| facts.fact(name).is_none()).collect();
        missing.sort_unstable();
        missing.dedup();
        missing
    }
}

impl Comparison {
    fn decide(&self, names: &[String], facts: &impl FactSource) -> Truth {
        let truth = |it: bool| if it { Truth::Yes } else { Truth::No };
        let values: Vec<Option<&FactValue>> = names.iter().map(|name| facts.fact(name)).collect();
        let greatest = || {
            values.iter().try_fold(i64::MIN, |most, value| match value {
                Some(FactValue::Number(number)) => Some(most.max(*number)),
                _ => None,
            })
        };
        match self {
            Self::Has(word) => match values.first().copied().flatten() {
                Some(FactValue::Words(words)) => truth(words.contains(word)),
                _ => Truth::Unknown,
            },
            Self::Is(constant) => match values.as_slice() {
                [Some(value)] => truth(*value == constant),
                [None] => Truth::Unknown,
                _ => greatest().map_or(Truth::Unknown, |it| truth(FactValue::Number(it) == *constant)),
            },
            Self::AtLeast(least) => greatest().map_or(Truth::Unknown, |it| truth(it >= *least)),
            Self::AtMost(most) => greatest().map_or(Truth::Unknown, |it| truth(it <= *most)),
        }
    }
}

impl fmt::Display for FactValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(flag) => write!(f, "{flag}"),
            Self::Number(number) => write!(f, "{number}"),
            Self::Word(word) => f.write_str(word),
            Self::Words(words) => f.write_str(&words.join(", ")),
        }
    }
}

/// A condition as it is written in TOML: exactly one of its keys, or a fact with exactly one comparison.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    all: Option<Vec<Condition>>,
    any: Option<Vec<Condition>>,
    not: Option<Box<Condition>>,
    fact: Option<String>,
    max: Option<Vec<String>>,
    is: Option<Constant>,
    has: Option<String>,
    at_least: Option<i64>,
    at_most: Option<i64>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Constant {
    Flag(bool),
    Number(i64),
    Word(String),
}

/// The same shape as [`Condition`], for the encoded form.
#[derive(Deserialize)]
enum Encoded {
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Not(Box<Condition>),
    Compare(Vec<String>, Comparison),
}

impl TryFrom<Written> for Condition {
    type Error = &'static str;

    fn try_from(written: Written) -> Result<Self, &'static str> {
        let comparisons = [
            written.is.map(|it| {
                Comparison::Is(match it {
                    Constant::Flag(flag) => FactValue::Flag(flag),
                    Constant::Number(number) => FactValue::Number(number),
                    Constant::Word(word) => FactValue::Word(word),
                })
            }),
            written.has.map(Comparison::Has),
            written.at_least.map(Comparison::AtLeast),
            written.at_most.map(Comparison::AtMost),
        ];
        let mut comparisons = comparisons.into_iter().flatten();
        let names = match (written.fact, written.max) {
            (Some(name), None) => Some(vec![name]),
            (None, Some(names)) => Some(names),
            (None, None) => None,
            (Some(_), Some(_)) => return Err("a condition names `fact` or `max`, not both"),
        };
        match (written.all, written.any, written.not, names, comparisons.next(), comparisons.next()) {
            (Some(parts), None, None, None, None, None) => Ok(Self::All(parts)),
            (None, Some(parts), None, None, None, None) => Ok(Self::Any(parts)),
            (None, None, Some(part), None, None, None) => Ok(Self::Not(part)),
            (None, None, None, Some(names), Some(comparison), None) => Ok(Self::Compare(names, comparison)),
            _ => Err(
                "a condition is one of `all`, `any`, `not`, or a `fact` with one of `is`, `has`, `at_least`, `at_most`",
            ),
        }
    }
}

impl<'de> Deserialize<'de> for Condition {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            Written::deserialize(deserializer)?.try_into().map_err(D::Error::custom)
        } else {
            Ok(match Encoded::deserialize(deserializer)? {
                Encoded::All(parts) => Self::All(parts),
                Encoded::Any(parts) => Self::Any(parts),
                Encoded::Not(part) => Self::Not(part),
                Encoded::Compare(names, comparison) => Self::Compare(names, comparison),
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Condition, FactSource, FactValue, Truth};
    use std::collections::BTreeMap;

    struct Facts(BTreeMap<&'static str, FactValue>);

    impl FactSource for Facts {
        fn fact(&self, name: &str) -> Option<&FactValue> {
            self.0.get(name)
        }
    }

    #[derive(serde::Deserialize)]
    struct Holder {
        when: Condition,
    }

    #[track_caller]
    fn decide(condition: &str, expected: Truth) {
        let facts = Facts(BTreeMap::from([
            ("core.does", FactValue::Words(vec!["route".into()])),
            ("chip.ava_van", FactValue::Number(3)),
            ("supply.commercial", FactValue::Flag(true)),
        ]));
        let holder: Holder = toml::from_str(&format!("when = {condition}")).expect("a condition");
        assert_eq!(holder.when.decide(&facts), expected, "{condition}");
    }

    #[test]
    fn unknown_facts_stay_unknown_unless_the_rest_decides() {
        decide(r#"{ fact = "core.does", has = "route" }"#, Truth::Yes);
        decide(r#"{ fact = "core.does", has = "cook" }"#, Truth::No);
        decide(r#"{ fact = "chip.tamper", is = true }"#, Truth::Unknown);
        decide(r#"{ not = { fact = "chip.tamper", is = true } }"#, Truth::Unknown);
        decide(r#"{ any = [{ fact = "chip.tamper", is = true }, { fact = "core.does", has = "route" }] }"#, Truth::Yes);
        decide(r#"{ all = [{ fact = "chip.tamper", is = true }, { fact = "core.does", has = "cook" }] }"#, Truth::No);
        decide(r#"{ fact = "chip.ava_van", at_least = 4 }"#, Truth::No);
        decide(r#"{ max = ["chip.ava_van", "chip.other"], at_least = 2 }"#, Truth::Unknown);
    }

    #[test]
    fn a_condition_has_one_form() {
        for text in
            [r#"{ fact = "a", is = 1, has = "b" }"#, r#"{ all = [], any = [] }"#, r#"{ fact = "a" }"#, r#"{ is = 1 }"#]
        {
            assert!(toml::from_str::<Holder>(&format!("when = {text}")).is_err(), "{text}");
        }
    }
}
