//! The last words of `conforme init`: what was written, what it likely means, what comes next.

use super::Desk;
use crate::repository::FILES;
use crate::writing::Output;
use conforme_catalogue::{Severity, Stage};
use conforme_render::report::plain;
use std::fmt::Write as _;
use std::path::Path;

impl Desk<'_> {
    /// What was written, what it likely means, and what comes next.
    pub(super) fn farewell(&self, outputs: &[Output], folder: &Path) -> String {
        let texts = outputs
            .iter()
            .filter_map(|it| Some((FILES.into_iter().find(|name| it.path.ends_with(name))?, it.text.clone())));
        let assessment = self.judge(&texts.collect::<Vec<_>>());
        let mut text = String::from("written\n");
        for output in outputs {
            let shown = output.path.strip_prefix(self.folder).unwrap_or(&output.path);
            let shown = if folder == Path::new(".") { shown.to_owned() } else { folder.join(shown) };
            let _ = writeln!(text, "  {}", shown.display());
        }
        let classified = &assessment.classified;
        match (&classified.category, classified.tier, classified.in_scope) {
            (Some(id), Some(tier), _) => {
                let sure = if classified.needs_decision { "likely " } else { "" };
                let _ = writeln!(
                    text,
                    "\ncategory    {sure}{id}, {} ({})",
                    self.law.categories.get(id).map_or("", |it| it.title.as_str()),
                    tier.phrase()
                );
            }
            (.., Some(false)) => {
                let reason = classified.reasons.first().map_or("", |it| it.text.as_str());
                let _ = writeln!(text, "\ncategory    none: {reason}");
            }
            _ => {
                let _ = writeln!(text, "\ncategory    not decided; missing: {}", classified.missing.join(", "));
            }
        }
        if let Some(routes) = &assessment.routes {
            let _ = writeln!(text, "procedures  {} ({})", routes.allowed.join(", "), routes.cites);
        }
        let counted: Vec<Severity> = assessment.at(Stage::Placing).map(|it| it.severity).collect();
        let count = |severity: Severity| counted.iter().filter(|it| **it == severity).count();
        let _ = writeln!(
            text,
            "findings    {}: {} errors, {} undecided, {} warnings, {} notes",
            counted.len(),
            count(Severity::Error),
            count(Severity::Undecided),
            count(Severity::Warning),
            count(Severity::Note)
        );
        let shown = if folder == Path::new(".") { String::new() } else { format!(" {}", folder.display()) };
        let _ = writeln!(
            text,
            "\nnext: `conforme check{shown} --stage documentation`; `conforme set KEY VALUE{shown}` fills in one key"
        );
        plain(&text)
    }
}
