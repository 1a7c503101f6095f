//! The scale of a dossier: the words for likelihood, impact and level, and the grid that combines them.

use crate::dossier::{Criteria, Dossier};
use conforme_catalogue::{Basis, Catalogue, RiskMethod};

/// The grid a dossier declares; nothing when it declares none, a problem when it cannot be used.
pub fn declared(law: &Catalogue, dossier: &Dossier) -> Option<Result<RiskMethod, String>> {
    let criteria = dossier.criteria.as_ref()?;
    let name = criteria.matrix.as_ref()?.value.trim();
    if name == "own" {
        return Some(own(criteria));
    }
    let found = law.risk_methods.iter().find(|it| it.id == name).cloned();
    let known = || law.risk_methods.iter().map(|it| it.id.as_str()).collect::<Vec<_>>().join(", ");
    Some(found.ok_or_else(|| format!("`{name}` is no method of the catalogue ({}), and not `own`", known())))
}

fn own(criteria: &Criteria) -> Result<RiskMethod, String> {
    let words = |list: &[crate::source::Text]| list.iter().map(|it| it.value.trim().to_owned()).collect::<Vec<_>>();
    let grid: Vec<Vec<String>> =
        criteria.grid.iter().map(|row| row.value.split(',').map(|it| it.trim().to_owned()).collect()).collect();
    let levels = if criteria.levels.is_empty() {
        vec!["low".to_owned(), "medium".to_owned(), "high".to_owned()]
    } else {
        words(&criteria.levels)
    };
    let method = RiskMethod {
        id: "own".to_owned(),
        title: "The manufacturer's own grid".to_owned(),
        about: String::new(),
        likelihoods: words(&criteria.likelihoods),
        impacts: words(&criteria.impacts),
        levels,
        grid,
        basis: Basis {
            authority: None,
            source: Vec::new(),
            as_of: jiff::civil::Date::ZERO.into(),
            certainty: None,
            doubt: None,
            overlay: None,
        },
    };
    match method.problem() {
        Some(problem) => Err(problem),
        None => Ok(method),
    }
}

/// Levels of risk, lowest first: those of the criteria, of the grid, or low, medium, high.
pub fn levels(law: &Catalogue, dossier: &Dossier) -> Vec<String> {
    let own = dossier.criteria.as_ref().map_or(&[][..], |it| &it.levels);
    if !own.is_empty() {
        return own.iter().map(|it| it.value.clone()).collect();
    }
    match declared(law, dossier) {
        Some(Ok(method)) => method.levels,
        _ => ["low", "medium", "high"].map(str::to_owned).to_vec(),
    }
}
