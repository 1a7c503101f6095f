//! The time axis of the page: which days it shows, and where a day lies on it.

use conforme_catalogue::{Catalogue, Standard};
use conforme_core::register;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use serde::Serialize;

/// Nothing older than this is drawn: standards from before the request would squeeze the rest.
const YEARS_BACK: i16 = 3;
/// Up to here the axis has room for quarters.
const FEW_YEARS: i16 = 4;
/// From here on not every year has a label.
const MANY_YEARS: i16 = 12;

/// The axis: first and last day, and where a day lies between them.
#[derive(Clone, Copy)]
pub(super) struct Axis {
    first: Date,
    last: Date,
}

/// A place on the axis, in percent.
#[derive(Serialize)]
pub(super) struct Tick {
    at: String,
    label: String,
}

impl Axis {
    /// From before the first step of a tracked standard to after the last date that is drawn, in whole quarters.
    pub fn around(law: &Catalogue, standards: &[&Standard], on: Date) -> Self {
        let steps = standards.iter().filter(|it| it.tracked).flat_map(|it| &it.stages).map(|it| it.date.first());
        let cited = standards.iter().flat_map(|it| &it.citations).map(|it| it.from.first());
        let due = standards.iter().flat_map(|it| register::deadlines(law, it)).map(|it| it.record.deadline.first());
        let days: Vec<Date> = steps.chain(cited).chain(due).chain([on]).collect();
        let back = on.checked_sub(YEARS_BACK.years()).unwrap_or(on);
        let first = days.iter().copied().min().unwrap_or(on).max(back);
        let last = days.into_iter().max().unwrap_or(on);
        let first = quarter(first.checked_sub(1.month()).unwrap_or(first));
        let last = quarter(last.checked_add(4.months()).unwrap_or(last));
        Self { first, last }
    }

    /// Where a day lies, from 0 to 100; days outside lie on the edge.
    pub fn place(self, day: Date) -> f64 {
        let span = f64::from((self.last - self.first).get_days().max(1));
        (f64::from((day - self.first).get_days()) / span * 100.0).clamp(0.0, 100.0)
    }

    /// The same as text for a style.
    pub fn at(self, day: Date) -> String {
        percent(self.place(day))
    }

    /// The years, each where it begins on the axis; only some of very many.
    pub fn years(self) -> Vec<Tick> {
        let count = self.last.year() - self.first.year();
        let step = usize::from((count / MANY_YEARS + 1).unsigned_abs());
        let years = (self.first.year()..=self.last.year()).step_by(step).filter(|it| date(*it, 1, 1) < self.last);
        years.map(|it| Tick { at: self.at(date(it, 1, 1)), label: it.to_string() }).collect()
    }

    /// The quarters, where they do not crowd.
    pub fn quarters(self) -> Vec<Tick> {
        if self.last.year() - self.first.year() > FEW_YEARS {
            return Vec::new();
        }
        let days =
            (self.first.year()..=self.last.year()).flat_map(|year| [1, 4, 7, 10].map(|month| date(year, month, 1)));
        let inside = days.filter(|it| self.first <= *it && *it < self.last);
        inside.map(|it| Tick { at: self.at(it), label: format!("Q{}", (it.month() - 1) / 3 + 1) }).collect()
    }
}

fn quarter(day: Date) -> Date {
    date(day.year(), (day.month() - 1) / 3 * 3 + 1, 1)
}

pub(super) fn percent(value: f64) -> String {
    format!("{value:.2}")
}
