//! Which release is judged, and the two dates of that: one picks the law, the other what is known.

use crate::codes;
use crate::dossier::{Dossier, Release, Variant};
use crate::finding::Reporter;
use conforme_catalogue::Catalogue;
use jiff::Span;
use jiff::civil::Date;

/// `date` plus whole years; the last day of the calendar when it ends first, or when nobody lives that long.
pub(crate) fn years_after(date: Date, years: i64) -> Date {
    Span::new().try_years(years).and_then(|it| date.checked_add(it)).unwrap_or(Date::MAX)
}

/// `date` plus whole months, bounded as [`years_after`].
pub(crate) fn months_after(date: Date, months: i64) -> Date {
    Span::new().try_months(months).and_then(|it| date.checked_add(it)).unwrap_or(Date::MAX)
}

/// `date` less whole days; the first day of the calendar when it begins later.
pub(crate) fn days_before(date: Date, days: i64) -> Date {
    Span::new().try_days(days).and_then(|it| date.checked_sub(it)).unwrap_or(Date::MIN)
}

/// The two dates of a release.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Dates {
    /// Picks the law and the citations.
    pub law: Date,
    /// Units placed before full application that were not modified substantially: reporting only.
    pub reporting_only: bool,
}

/// The wanted release, or the newest that is not yet placed, or the newest.
pub(crate) fn choose<'a>(dossier: &'a Dossier, wanted: Option<&str>, as_of: Date) -> Option<&'a Release> {
    if let Some(version) = wanted {
        return dossier.release(version);
    }
    let placed =
        |it: &&Release| it.placed.map_or_else(|| it.placing.is_some_and(|it| it.value <= as_of), |it| it.value);
    dossier.release.iter().rfind(|it| !placed(it)).or(dossier.release.last())
}

pub(crate) fn variant<'a>(dossier: &'a Dossier, name: &str) -> Option<&'a Variant> {
    dossier.variant.iter().find(|it| it.name.as_ref().is_some_and(|it| it.value == name))
}

/// Art. 69(2), (3): what was placed before full application owes reporting only, until it is modified substantially; later
/// units of the same type owe everything.
pub(crate) fn placing(law: &Catalogue, release: Option<&Release>, as_of: Date, reporter: &mut Reporter<'_>) -> Dates {
    let application = law.day("application").unwrap_or(as_of);
    let default = as_of.max(application);
    let Some(release) = release else { return Dates { law: default, reporting_only: false } };
    let version = release.version.as_ref().map_or("", |it| it.value.as_str());
    if version.is_empty() {
        reporter.report(codes::RELEASE_VERSION, Some(release.place), &[]);
    }
    let Some(placing) = release.placing else { return Dates { law: default, reporting_only: false } };
    if let Some(last) = release.last_placing.filter(|it| it.value < placing.value) {
        reporter.report(codes::PLACING_ORDER, Some(last.place), &[("release", version)]);
    }
    let modified = release.substantial_modification;
    let is_update = release.update_of.is_some();
    if is_update && modified.is_none() {
        reporter.report(codes::MODIFICATION_UNDECIDED, Some(release.place), &[("release", version)]);
    }
    let old = placing.value < application;
    let update_of_old = is_update && modified.is_some_and(|it| !it.value);
    if !old && !update_of_old {
        return Dates { law: placing.value, reporting_only: false };
    }
    let last = release.last_placing.map_or(placing.value, |it| it.value);
    let names = [("release", version), ("date", &application.to_string())];
    if old && last >= application {
        reporter.report(codes::LATER_UNITS, Some(placing.place), &names);
        return Dates { law: application, reporting_only: false };
    }
    if modified.is_some_and(|it| it.value) && placing.value >= application {
        return Dates { law: placing.value, reporting_only: false };
    }
    reporter.report(codes::REPORTING_ONLY, Some(placing.place), &names);
    Dates { law: placing.value, reporting_only: true }
}
