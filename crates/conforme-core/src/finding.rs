//! A finding: what is wrong or missing, where, on whose authority, and what to do now.
//!
//! The words are data (`catalogue/findings/`, or the provision itself); the engine names a code and fills in names.

use crate::codes::Code;
use crate::source::Place;
use conforme_catalogue::{Authority, Catalogue, Id, Provision, Severity, Stage};

/// A diagnostic that points into the user's own file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Stable code; `conforme explain CODE` tells all about it.
    pub code: String,
    /// How much it weighs.
    pub severity: Severity,
    /// The gate it belongs to; without one it counts at every gate.
    pub stage: Option<Stage>,
    /// What is wrong.
    pub message: String,
    /// What to do now.
    pub next: String,
    /// The place in the law, standard or practice.
    pub cites: String,
    /// Whose word that is.
    pub authority: Authority,
    /// Where in the user's files.
    pub place: Option<Place>,
    /// The provision it is about.
    pub provision: Option<Id>,
    /// The overlay it rests on.
    pub overlay: Option<String>,
}

/// Collects findings and gives them their words.
#[derive(Debug, Clone)]
pub struct Reporter<'a> {
    law: &'a Catalogue,
    findings: Vec<Finding>,
}

impl<'a> Reporter<'a> {
    /// An empty collection whose words come from `law`.
    pub fn new(law: &'a Catalogue) -> Self {
        Self { law, findings: Vec::new() }
    }

    /// The catalogue behind the words.
    pub fn law(&self) -> &'a Catalogue {
        self.law
    }

    /// Reports one of the program's own codes.
    pub fn report(&mut self, code: Code, place: Option<Place>, names: &[(&str, &str)]) {
        let Some(text) = self.law.findings.get(&Id::from(code.0)) else {
            // An overlay cannot remove a text and a test keeps codes and texts equal; still say something.
            self.findings.push(Finding {
                code: code.0.to_owned(),
                severity: Severity::Error,
                stage: None,
                message: format!("{} {names:?}", code.0),
                next: "see the message".to_owned(),
                cites: String::new(),
                authority: Authority::Practice,
                place,
                provision: None,
                overlay: None,
            });
            return;
        };
        self.findings.push(Finding {
            code: code.0.to_owned(),
            severity: text.severity,
            stage: text.stage,
            message: fill(&text.message, names),
            next: fill(&text.next, names),
            cites: text.cites.clone(),
            authority: text.basis.authority.unwrap_or(Authority::Practice),
            place,
            provision: None,
            overlay: text.basis.overlay.clone(),
        });
    }

    /// Reports a provision that is not met, under its own id.
    pub fn provision(
        &mut self,
        provision: &Provision,
        severity: Severity,
        place: Option<Place>,
        message: String,
        next: Option<String>,
    ) {
        self.findings.push(Finding {
            code: provision.id.to_string(),
            severity,
            stage: provision.stage,
            message,
            next: next.or_else(|| provision.next.clone()).unwrap_or_default(),
            cites: provision.cites.clone(),
            authority: provision.basis.authority.unwrap_or(Authority::Law),
            place,
            provision: Some(provision.id.clone()),
            overlay: provision.basis.overlay.clone(),
        });
    }

    /// Takes over what another collection found.
    pub fn extend(&mut self, findings: Vec<Finding>) {
        self.findings.extend(findings);
    }

    /// What was collected.
    pub fn into_findings(self) -> Vec<Finding> {
        self.findings
    }

    /// What was collected so far.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }
}

/// Puts names into a template: `{risk}` becomes what the engine found.
pub fn fill(template: &str, names: &[(&str, &str)]) -> String {
    let mut text = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        match after.split_once('}').and_then(|(name, tail)| Some((names.iter().find(|(it, _)| *it == name)?.1, tail))) {
            Some((value, tail)) => {
                text.push_str(value);
                rest = tail;
            }
            None => {
                text.push('{');
                rest = after;
            }
        }
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn names_are_filled_in_once_and_foreign_braces_stay() {
        let names = [("risk", "{key}"), ("key", "k")];
        assert_eq!(fill("risk `{risk}` of {key} {other}", &names), "risk `{key}` of k {other}");
    }
}
