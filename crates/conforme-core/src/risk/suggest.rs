//! Threats that the declared context brings: by the kinds of interfaces and assets and by the situations of use. A proposal
//! says why; nothing is accepted by it.

use crate::dossier::Dossier;
use conforme_catalogue::{Library, Threat};
use std::collections::BTreeSet;

/// A threat of the catalogue, and what the dossier has to do with it.
#[derive(Debug)]
pub struct Suggestion<'a> {
    /// The threat.
    pub threat: &'a Threat,
    /// Interfaces of the dossier through which it comes, by id.
    pub interfaces: Vec<&'a str>,
    /// Assets of the dossier at which it is aimed, by id.
    pub assets: Vec<&'a str>,
    /// Situations of the dossier that bring it.
    pub situations: Vec<&'a str>,
    /// It needs one of the threat's situations, and the dossier says nothing about situations.
    pub unsaid: bool,
}

/// What was found, and what could not be used for it.
#[derive(Debug, Default)]
pub struct Suggested<'a> {
    /// Threats that nobody has answered.
    pub open: Vec<Suggestion<'a>>,
    /// Threats of the catalogue that the dossier takes over.
    pub taken: usize,
    /// Threats that were dismissed with a reason.
    pub dismissed: usize,
    /// Interfaces and assets whose kind the catalogue does not know: nothing is proposed for them.
    pub unknown: Vec<(&'static str, &'a str, &'a str)>,
}

/// Compares a dossier with the threat catalogue.
pub fn suggest<'a>(dossier: &'a Dossier, library: &'a Library) -> Suggested<'a> {
    let mut suggested = Suggested::default();
    let kinds = &library.kinds;
    let known_interfaces: BTreeSet<&str> = kinds.interfaces.iter().map(|it| it.id.as_str()).collect();
    let known_assets: BTreeSet<&str> = kinds.assets.iter().map(|it| it.id.as_str()).collect();
    let mut interfaces = Vec::new();
    for it in &dossier.interface {
        let (Some(id), kind) = (&it.id, it.kind.as_ref().map_or("", |it| it.value.as_str())) else { continue };
        if known_interfaces.contains(kind) {
            interfaces.push((id.value.as_str(), kind));
        } else {
            suggested.unknown.push(("interface", &id.value, kind));
        }
    }
    let mut assets = Vec::new();
    for it in &dossier.asset {
        let (Some(id), kind) = (&it.id, it.kind.as_ref().map_or("", |it| it.value.as_str())) else { continue };
        if known_assets.contains(kind) {
            assets.push((id.value.as_str(), kind));
        } else {
            suggested.unknown.push(("asset", &id.value, kind));
        }
    }
    let situations: Vec<&str> =
        dossier.context.iter().flat_map(|it| &it.situations).map(|it| it.value.as_str()).collect();
    let named =
        |it: &Option<crate::source::Text>, id: &str| it.as_ref().is_some_and(|it| it.value.eq_ignore_ascii_case(id));
    for threat in library.threats.values() {
        if dossier.threat.iter().any(|it| named(&it.catalogue, threat.id.as_str())) {
            suggested.taken += 1;
            continue;
        }
        let reasoned = |it: &&crate::dossier::DismissedThreat| {
            named(&it.catalogue, threat.id.as_str()) && it.reason.as_ref().is_some_and(|it| !it.value.trim().is_empty())
        };
        if dossier.dismissed_threat.iter().any(|it| reasoned(&it)) {
            suggested.dismissed += 1;
            continue;
        }
        let through: Vec<&str> = interfaces
            .iter()
            .filter(|(_, kind)| threat.interfaces.iter().any(|it| it == kind))
            .map(|it| it.0)
            .collect();
        let aimed: Vec<&str> =
            assets.iter().filter(|(_, kind)| threat.assets.iter().any(|it| it == kind)).map(|it| it.0).collect();
        let brought: Vec<&str> =
            situations.iter().copied().filter(|word| threat.situations.iter().any(|it| it == word)).collect();
        let reaches = threat.interfaces.is_empty() || !through.is_empty();
        let aims = threat.assets.is_empty() || !aimed.is_empty();
        // Nothing said about situations is not the same as none of them.
        let unsaid = situations.is_empty() && !threat.situations.is_empty();
        let fits = threat.situations.is_empty() || !brought.is_empty() || unsaid;
        if reaches && aims && fits {
            suggested.open.push(Suggestion { threat, interfaces: through, assets: aimed, situations: brought, unsaid });
        }
    }
    suggested
}
