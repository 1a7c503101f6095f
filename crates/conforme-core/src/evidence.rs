//! What a piece of evidence is worth for a release on a day.
//!
//! It counts when its file is the recorded one, it is not stale, it was made on this release (or there is a reason why it
//! still holds), and either a machine result passed or a named person examined it. A file nobody examined shows a part
//! at most; a failed result shows the opposite.

use crate::assessment::{Link, Status};
use crate::codes;
use crate::dossier::{Evidence, EvidenceAbout, Outcome};
use crate::files::{self, FileFact};
use crate::finding::Reporter;
use crate::inquiry::Inquiry;
use crate::source::Text;
use std::collections::BTreeMap;

/// A recorded file as it is now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Recorded {
    /// It is there and is the recorded one.
    Same,
    /// It is there; no hash was recorded to compare with.
    Unhashed,
    /// It is not there, outside, unreadable, or another file.
    Lost,
}

/// Compares a recorded file with what was found, and reports the difference.
pub(crate) fn recorded(
    inquiry: &Inquiry<'_>,
    file: &Text,
    sha256: Option<&Text>,
    reporter: &mut Reporter<'_>,
) -> Recorded {
    let Some(path) = files::resolve(inquiry.sources, file) else {
        reporter.report(codes::PATH_OUTSIDE, Some(file.place), &[("path", &file.value)]);
        return Recorded::Lost;
    };
    match (inquiry.files.get(&path), sha256) {
        (FileFact::Missing, _) => {
            reporter.report(codes::FILE_MISSING, Some(file.place), &[("file", &file.value)]);
            Recorded::Lost
        }
        (FileFact::Outside, _) => {
            reporter.report(codes::PATH_OUTSIDE, Some(file.place), &[("path", &file.value)]);
            Recorded::Lost
        }
        (FileFact::Unreadable(problem), _) => {
            reporter.report(codes::UNREADABLE_FILE, Some(file.place), &[("file", &file.value), ("problem", problem)]);
            Recorded::Lost
        }
        (FileFact::Present { .. }, None) => Recorded::Unhashed,
        (FileFact::Present { sha256: found, .. }, Some(recorded)) if recorded.value.eq_ignore_ascii_case(found) => {
            Recorded::Same
        }
        (FileFact::Present { sha256: found, .. }, Some(recorded)) => {
            let names = [("file", file.value.as_str()), ("recorded", &recorded.value), ("found", found)];
            reporter.report(codes::HASH_DIFFERS, Some(recorded.place), &names);
            Recorded::Lost
        }
    }
}

/// Judges every piece of evidence, once, by id.
pub(crate) fn judge_all(inquiry: &Inquiry<'_>, reporter: &mut Reporter<'_>) -> BTreeMap<String, Link> {
    let records = inquiry.dossier.evidence.iter();
    records.filter_map(|it| Some((it.id.as_ref()?.value.clone(), judge(inquiry, it, reporter)))).collect()
}

/// Judges one piece of evidence and reports what keeps it from counting.
fn judge(inquiry: &Inquiry<'_>, evidence: &Evidence, reporter: &mut Reporter<'_>) -> Link {
    let id = evidence.id.as_ref().map_or("", |it| it.value.as_str());
    let at = Some(evidence.id.as_ref().map_or(evidence.place, |it| it.place));
    let link = |status: Status, text: String| Link {
        role: "evidence",
        id: id.to_owned(),
        text,
        place: at,
        status: Some(status),
    };

    let mut unknown: Option<String> = None;
    match (&evidence.file, &evidence.url) {
        (Some(file), _) => match recorded(inquiry, file, evidence.sha256.as_ref(), reporter) {
            Recorded::Same => {}
            Recorded::Unhashed => reporter.report(codes::HASH_MISSING, Some(file.place), &[("file", &file.value)]),
            Recorded::Lost => unknown = Some(format!("`{}` is not there as it was recorded", file.value)),
        },
        (None, Some(_)) => {}
        (None, None) => {
            reporter.report(codes::EVIDENCE_EMPTY, at, &[("evidence", id)]);
            unknown = Some("it names neither a file nor an address".to_owned());
        }
    }
    match evidence.made {
        None => reporter.report(codes::EVIDENCE_DATE, at, &[("evidence", id)]),
        Some(made) if made.value > inquiry.as_of => {
            let names = [("evidence", id), ("date", &made.value.to_string())];
            reporter.report(codes::EVIDENCE_FUTURE, Some(made.place), &names);
            unknown = Some(format!("it is dated {}, after the day of the assessment", made.value));
        }
        Some(_) => {}
    }
    if let Some(until) = evidence.valid_until.filter(|it| it.value < inquiry.as_of) {
        reporter.report(
            codes::EVIDENCE_STALE,
            Some(until.place),
            &[("evidence", id), ("date", &until.value.to_string())],
        );
        unknown = Some(format!("it was valid until {}", until.value));
    }
    if evidence.shows.as_ref().is_none_or(|it| it.value.trim().is_empty()) {
        reporter.report(codes::EVIDENCE_SHOWS, at, &[("evidence", id)]);
    }
    let made_here = release_fits(inquiry, evidence, id, reporter);

    // A failed result is told whatever else is wrong with it.
    let examined = evidence.examined.as_ref();
    let failed = [evidence.result, examined.and_then(|it| it.result)]
        .into_iter()
        .flatten()
        .any(|it| it.value == Outcome::Failed);
    if failed {
        reporter.report(codes::EVIDENCE_FAILED, at, &[("evidence", id)]);
        return link(Status::NotMet, "its result is `failed`".to_owned());
    }
    let made_on = match (unknown, made_here) {
        (Some(problem), _) | (None, Err(problem)) => return link(Status::Unknown, problem),
        (None, Ok(made_on)) => made_on,
    };
    let passed = |it: Option<crate::source::At<Outcome>>| it.is_some_and(|it| it.value == Outcome::Passed);
    if let (Some(tool), true) = (&evidence.tool, passed(evidence.result)) {
        return link(Status::Met, format!("result of {}: passed{made_on}", tool.value));
    }
    let by = examined
        .filter(|it| {
            it.on.is_some_and(|it| it.value <= inquiry.as_of && evidence.made.is_none_or(|made| made.value <= it.value))
        })
        .filter(|it| it.conclusion.is_some())
        .and_then(|it| it.by.as_ref());
    match (examined, by) {
        (Some(examination), Some(by)) if passed(examination.result) => {
            let on = examination.on.map_or_else(String::new, |it| format!(" on {}", it.value));
            link(Status::Met, format!("examined by {}{on}{made_on}", by.value))
        }
        _ => {
            reporter.report(codes::EVIDENCE_UNEXAMINED, at, &[("evidence", id)]);
            let inconclusive = [evidence.result, examined.and_then(|it| it.result)]
                .into_iter()
                .flatten()
                .any(|it| it.value == Outcome::Inconclusive);
            let text = if inconclusive {
                "its result is `inconclusive`"
            } else {
                "nobody has examined it, and no tool gave a passed result"
            };
            link(Status::Partly, text.to_owned())
        }
    }
}

/// Whether it says something about this release, in words for the chain.
fn release_fits(
    inquiry: &Inquiry<'_>,
    evidence: &Evidence,
    id: &str,
    reporter: &mut Reporter<'_>,
) -> Result<String, String> {
    if evidence.about.is_some_and(|it| it.value == EvidenceAbout::Process) {
        return Ok(String::new());
    }
    let version = inquiry.version();
    if evidence.releases.iter().any(|it| it.value == version) {
        return Ok(format!(", made on {version}"));
    }
    let at = evidence.releases.first().map(|it| it.place).or(evidence.id.as_ref().map(|it| it.place));
    let Some(other) = evidence.releases.first() else {
        reporter.report(codes::EVIDENCE_NO_RELEASE, at, &[("evidence", id)]);
        return Err("it does not say on which release it was made".to_owned());
    };
    let holds = evidence.holds.iter().find(|it| it.release.as_ref().is_some_and(|it| it.value == version));
    match holds.and_then(|it| it.reason.as_ref()).filter(|it| inquiry.is_reason(&it.value)) {
        Some(reason) => Ok(format!(", made on {} and still valid: {}", other.value, reason.value)),
        None => {
            reporter.report(codes::EVIDENCE_OTHER_RELEASE, at, &[("evidence", id), ("release", version)]);
            Err(format!("it was made on {} and says nothing about {version}", other.value))
        }
    }
}
