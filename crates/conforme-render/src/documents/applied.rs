//! What is applied, sorted by what it gives: presumption of conformity, a citation without presumption, or neither.
//!
//! What gives presumption is taken from the chains of the verdicts and never found again here, so that a declaration
//! cannot name more than the engine accepted. A draft, or a standard without citation, is an "other technical
//! specification" (Annex VII, point 5) and has no place in a declaration.

use super::Subject;
use super::page::{date, words};
use conforme_catalogue::{Authority, Citation, Standard};
use conforme_core::dossier::{AppliedStandard, Certificate, CommonSpecification};
use conforme_core::presumption::same_edition;
use conforme_core::source::Place;

/// A standard whose applied edition is cited in the Official Journal on the day of placing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Harmonised<'a> {
    pub standard: &'a Standard,
    pub citation: &'a Citation,
    pub applied: &'a AppliedStandard,
    /// The engine found that it gives presumption.
    pub presumes: bool,
}

/// A standard that gives nothing but a method.
#[derive(Debug, Clone, Copy)]
pub(super) struct Other<'a> {
    /// Nothing for a name that the catalogue does not know.
    pub standard: Option<&'a Standard>,
    pub applied: &'a AppliedStandard,
}

impl<'a> Subject<'a> {
    /// Standards applied in a cited edition, in full or in part.
    pub(super) fn harmonised(&self) -> Vec<Harmonised<'a>> {
        let applied = self.loaded.dossier.standard.iter();
        applied.filter_map(|it| self.cited(it)).collect()
    }

    /// Everything else that is applied.
    pub(super) fn other_specifications(&self) -> Vec<Other<'a>> {
        let law = self.law;
        let applied = self.loaded.dossier.standard.iter().filter(|it| self.cited(it).is_none());
        applied.map(|it| Other { standard: law.standard(words(it.id.as_ref())), applied: it }).collect()
    }

    fn cited(&self, applied: &'a AppliedStandard) -> Option<Harmonised<'a>> {
        let standard = self.law.standard(words(applied.id.as_ref()))?;
        let edition = words(applied.edition.as_ref());
        let citation = standard.cited(self.assessment.placing).find(|it| same_edition(&it.edition, edition))?;
        Some(Harmonised { standard, citation, applied, presumes: self.presumes(applied.place) })
    }

    /// Common specifications that give presumption.
    pub(super) fn common_specifications(&self) -> impl Iterator<Item = &'a CommonSpecification> {
        self.loaded.dossier.common_specification.iter().filter(|it| self.presumes(it.place))
    }

    /// Certificates that give presumption.
    pub(super) fn certificates(&self) -> impl Iterator<Item = &'a Certificate> {
        self.loaded.dossier.certificate.iter().filter(|it| self.presumes(it.place))
    }

    /// A verdict rests on what stands at this place of the dossier.
    pub(super) fn presumes(&self, place: Place) -> bool {
        let links = self.assessment.verdicts.iter().flat_map(|it| &it.chain);
        links.into_iter().any(|it| it.role == "presumption" && it.place == Some(place))
    }

    /// References for point 6 of the declaration: only what gives presumption, each with its publication.
    pub(super) fn presuming(&self) -> Vec<String> {
        let standards = self.harmonised().into_iter().filter(|it| it.presumes).map(|it| {
            let overlay = it.citation.overlay.as_ref().map_or_else(String::new, |it| format!("; overlay {it}"));
            format!("{} ({}{overlay})", it.citation.edition, it.citation.oj)
        });
        let specifications = self
            .common_specifications()
            .map(|it| format!("{} ({})", words(it.reference.as_ref()), words(it.oj.as_ref())));
        let certificates = self.certificates().map(certificate);
        standards.chain(specifications).chain(certificates).collect()
    }

    /// The catalogue knows it as a draft on the day of placing.
    pub(super) fn is_draft(&self, name: &str) -> bool {
        self.law.standard(name).is_some_and(|it| it.authority(self.assessment.placing) == Authority::DraftStandard)
    }
}

/// A certificate in one line.
pub(super) fn certificate(certificate: &Certificate) -> String {
    let parts = [
        words(certificate.scheme.as_ref()).to_owned(),
        words(certificate.number.as_ref()).to_owned(),
        certificate.level.map_or_else(String::new, |it| it.value.word().to_owned()),
        date(certificate.issued),
        words(certificate.oj.as_ref()).to_owned(),
    ];
    parts.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(", ")
}
