//! When a document may lose the word DRAFT.
//!
//! A passed gate alone is not enough: nothing fails where nothing was judged, as for a product outside the Regulation or
//! units that owe reporting only.

use super::Subject;
use super::speech::Speech;
use conforme_catalogue::{Kind, Severity, Stage};
use conforme_core::assessment::{Gate, Status, Verdict};

impl<'a> Subject<'a> {
    /// The gate is passed at its default severity, and every essential requirement was judged for it.
    pub(super) fn passed(&self, stage: Stage) -> bool {
        self.gate(stage) == Gate::Passed && self.essential_judged()
    }

    /// What became of a gate at its default severity.
    pub(super) fn gate(&self, stage: Stage) -> Gate {
        self.assessment.gate(stage, Severity::Undecided)
    }

    /// A declaration can be made: its gate is passed, everything up to it is shown, and its wording was checked.
    pub(super) fn declarable(&self, speech: &Speech<'_>, group: &str) -> bool {
        let mut verdicts = self.assessment.verdicts.iter().filter(|it| it.stage <= Stage::Declaration);
        let everything_shown = self.passed(Stage::Declaration) && verdicts.all(holds);
        everything_shown && !self.is_voluntary() && speech.is_checked(group)
    }

    /// Every essential requirement of Annex I is met or does not apply.
    pub(super) fn essential_met(&self) -> bool {
        self.essential_judged() && self.essential().all(holds)
    }

    /// Verdicts on the essential requirements, in the order of the law.
    pub(super) fn essential(&self) -> impl Iterator<Item = &'a Verdict> {
        let law = self.law;
        let is_essential =
            move |it: &&Verdict| law.provisions.get(&it.id).is_some_and(|it| it.kind == Kind::EssentialRequirement);
        self.assessment.verdicts.iter().filter(is_essential)
    }

    fn essential_judged(&self) -> bool {
        let judged =
            self.law.provisions.values().filter(|it| it.kind == Kind::EssentialRequirement && it.check.is_some());
        self.assessment.classified.in_scope == Some(true)
            && judged.map(|it| it.id.as_str()).all(|it| self.assessment.verdict(it).is_some())
    }
}

/// Shown, or not asked of this product.
pub(super) fn holds(verdict: &Verdict) -> bool {
    matches!(verdict.status, Status::Met | Status::NotApplicable)
}
