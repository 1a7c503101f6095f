//! Findings as a compiler shows them: what, where in the user's own file, on whose authority, and what now.

use super::plain;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use conforme_catalogue::{Severity, Stage};
use conforme_core::assessment::{Assessment, Gate, Status};
use conforme_core::finding::Finding;
use conforme_core::source::{Place, Sources};
use std::fmt::Write as _;

/// How the terminal wants it.
#[derive(Debug, Clone, Copy)]
pub struct Look<'a> {
    /// Colours beside the words.
    pub colour: bool,
    /// The gate that was asked for.
    pub stage: Stage,
    /// The severity from which on findings fail it.
    pub fail_on: Severity,
    /// Folder of the caller from the root: paths are shown from there.
    pub here: &'a str,
}

/// Lines of source shown for one finding at most.
const MAX_LINES: usize = 4;
/// Characters of one source line at most.
const MAX_WIDTH: usize = 160;

/// All findings that the gate counts, each with its place in the file.
pub fn findings(assessment: &Assessment, sources: &Sources, look: Look<'_>) -> String {
    let renderer = if look.colour { Renderer::styled() } else { Renderer::plain() };
    let mut text = String::new();
    for finding in assessment.at(look.stage) {
        let excerpt = finding.place.map(|place| Excerpt::new(sources, place, look.here));
        text.push_str(&renderer.render(&[group(finding, excerpt.as_ref())]));
        text.push_str("\n\n");
    }
    text
}

/// A few lines of a file around a place, with the span moved to match.
struct Excerpt {
    path: String,
    line: usize,
    text: String,
    span: std::ops::Range<usize>,
    whole_file: bool,
}

impl Excerpt {
    fn new(sources: &Sources, place: Place, here: &str) -> Self {
        let (line, _) = sources.line_column(place);
        let (path, text) = sources.file(place).map_or(("", ""), |it| (it.path.as_str(), &*it.text));
        let start = (place.start as usize).min(text.len());
        let end = (place.end as usize).clamp(start, text.len());
        let from = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let mut to = text[end..].find('\n').map_or(text.len(), |at| end + at);
        // A table's span reaches to its last key; its head is enough to find it.
        if text[from..to].matches('\n').count() >= MAX_LINES {
            to = text[from..].find('\n').map_or(text.len(), |at| from + at);
        }
        let mut shown = plain(&text[from..to]).replace('\r', " ");
        if shown.chars().count() > MAX_WIDTH * MAX_LINES {
            shown = shown.chars().take(MAX_WIDTH).collect();
        }
        // `plain` can change byte lengths, so the span is counted again in characters.
        let lead = text[from..start].chars().count();
        let length = text[start..end.min(to).max(start)].chars().count();
        let offset = |characters: usize| shown.char_indices().nth(characters).map_or(shown.len(), |(at, _)| at);
        let span = offset(lead)..offset(lead + length.max(1)).max(offset(lead));
        Self {
            path: relative(path, here),
            line,
            text: shown.clone(),
            span,
            whole_file: place.start == 0 && place.end == 0,
        }
    }
}

/// A path from the root as it is seen from a folder below it.
pub fn relative(path: &str, here: &str) -> String {
    let inside = (!here.is_empty()).then(|| path.strip_prefix(here)?.strip_prefix('/')).flatten();
    plain(inside.unwrap_or(path))
}

fn group<'a>(finding: &'a Finding, excerpt: Option<&'a Excerpt>) -> Group<'a> {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Undecided => Level::WARNING.with_name("undecided"),
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let mut group = level
        .primary_title(plain(&finding.message))
        .id(finding.code.as_str())
        .elements(std::iter::empty::<annotate_snippets::Padding>());
    if let Some(excerpt) = excerpt {
        group = if excerpt.whole_file || excerpt.text.trim().is_empty() {
            group.element(Origin::path(excerpt.path.as_str()))
        } else {
            let mark = AnnotationKind::Primary.span(excerpt.span.clone());
            group.element(
                Snippet::source(excerpt.text.as_str())
                    .line_start(excerpt.line)
                    .path(excerpt.path.as_str())
                    .annotation(mark),
            )
        };
    }
    let authority = authority(finding);
    let mut cites = plain(&finding.cites);
    if let Some(overlay) = &finding.overlay {
        let _ = write!(cites, " (overlay {})", plain(overlay));
    }
    group
        .element(Level::NOTE.with_name(authority).message(cites))
        .element(Level::HELP.with_name("next").message(plain(&finding.next)))
}

fn authority(finding: &Finding) -> &'static str {
    use conforme_catalogue::Authority;
    match finding.authority {
        Authority::Law => "law",
        Authority::DelegatedAct => "delegated act",
        Authority::HarmonisedStandard => "harmonised standard",
        Authority::DraftStandard => "draft standard",
        Authority::Standard => "standard",
        Authority::Guidance => "guidance",
        Authority::Practice => "practice",
    }
}

/// The gate, the dates, the class and the counts, in a few lines.
pub fn summary(assessment: &Assessment, look: Look<'_>) -> String {
    let mut text = String::new();
    let _ = writeln!(
        text,
        "{} {}, placing {}, as of {}",
        plain(&assessment.product),
        plain(&assessment.release),
        assessment.placing,
        assessment.as_of
    );
    let class = match (&assessment.category, assessment.tier) {
        (Some(category), _) if category.as_str() == "default" => "default (in no category)".to_owned(),
        (Some(category), Some(tier)) => format!("{category} ({})", tier.phrase()),
        _ => match assessment.classified.in_scope {
            Some(false) => {
                format!("not a product under the Regulation; duties: {}", assessment.classified.regime.word())
            }
            _ => "not decided".to_owned(),
        },
    };
    let _ = writeln!(text, "  category    {class}");
    if let Some(routes) = &assessment.routes {
        let _ = writeln!(text, "  procedures  {} ({})", routes.allowed.join(", "), routes.cites);
    }
    let count = |status: Status| assessment.count(look.stage, status);
    let _ = writeln!(
        text,
        "  provisions  {} met, {} not applicable, {} partly, {} not met, {} unknown",
        count(Status::Met),
        count(Status::NotApplicable),
        count(Status::Partly),
        count(Status::NotMet),
        count(Status::Unknown)
    );
    let findings = |severity: Severity| assessment.at(look.stage).filter(|it| it.severity == severity).count();
    let _ = writeln!(
        text,
        "  findings    {}, {} undecided, {}, {}",
        count_of(findings(Severity::Error), "error"),
        findings(Severity::Undecided),
        count_of(findings(Severity::Warning), "warning"),
        count_of(findings(Severity::Note), "note")
    );
    let _ = writeln!(text, "  catalogue   {}", plain(&assessment.catalogue));
    let gate = assessment.gate(look.stage, look.fail_on);
    let _ = writeln!(text, "gate {}: {}", look.stage.word(), paint(gate, look.colour));
    text
}

/// A number and its noun, in the plural where it takes one.
pub fn count_of(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

/// The gate's word, with colour beside it when the terminal wants it.
pub fn paint(gate: Gate, colour: bool) -> String {
    if !colour {
        return gate.word().to_owned();
    }
    let code = match gate {
        Gate::Passed => "32",
        Gate::Failed => "31",
        Gate::Undecided => "33",
    };
    format!("\u{1b}[1;{code}m{}\u{1b}[0m", gate.word())
}

/// Every verdict with its chain, for `--verdicts`.
pub fn verdicts(assessment: &Assessment, sources: &Sources, look: Look<'_>) -> String {
    let mut text = String::new();
    for verdict in assessment.verdicts.iter().filter(|it| it.stage <= look.stage).chain(&assessment.requirements) {
        let _ = writeln!(
            text,
            "{:<15} {:<18} {}: {}",
            verdict.status.word(),
            verdict.id,
            plain(&verdict.title),
            plain(&verdict.because)
        );
        for link in &verdict.chain {
            let place = link.place.map_or_else(String::new, |place| {
                let (line, _) = sources.line_column(place);
                let path = sources.file(place).map_or("", |it| it.path.as_str());
                format!("  [{}:{line}]", relative(path, look.here))
            });
            let status = link.status.map_or("", Status::word);
            let _ = writeln!(text, "    {} {} {status}: {}{place}", link.role, plain(&link.id), plain(&link.text));
        }
    }
    text
}
