//! Codes of the program's own findings, each with the names its message may use.
//!
//! What they mean stands in `catalogue/findings/`; a test keeps the two lists equal. Provisions that are not met are
//! reported under their own id and are not listed here.

/// A code of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code(pub(crate) &'static str);

impl Code {
    /// The code as it is shown.
    pub fn as_str(self) -> &'static str {
        self.0
    }
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])* $name:ident = $code:literal [$($param:ident),*];)*) => {
        $($(#[doc = $doc])* pub const $name: Code = Code($code);)*

        /// Every code with the names its message may use.
        pub static ALL: &[(Code, &[&str])] = &[$(($name, &[$(stringify!($param)),*])),*];
    };
}

codes! {
    // Reading files.
    /// A file is not valid TOML.
    SYNTAX = "syntax" [problem];
    /// Tables are nested beyond reason.
    NESTED_TOO_DEEP = "nested-too-deep" [];
    /// A value has the wrong type.
    WRONG_TYPE = "wrong-type" [key, wanted, found];
    /// A date is none.
    WRONG_DATE = "wrong-date" [key, text];
    /// A key nobody knows.
    UNKNOWN_KEY = "unknown-key" [key, remedy];
    /// A word outside a closed list.
    UNKNOWN_WORD = "unknown-word" [key, word, remedy];
    /// Two files set the same key.
    SET_TWICE = "set-twice" [key];
    /// The product says otherwise than its company.
    OVERRIDES_COMPANY = "overrides-company" [key, file, line];
    /// The format version is not known.
    UNKNOWN_FORMAT = "unknown-format" [format];
    /// A file is too large, not text, or cannot be read.
    UNREADABLE_FILE = "unreadable-file" [file, problem];
    /// A path leaves the repository.
    PATH_OUTSIDE = "path-outside" [path];

    // Names inside the dossier.
    /// A record has no id.
    ID_MISSING = "id-missing" [kind];
    /// Two records have the same id.
    ID_TWICE = "id-twice" [kind, id];
    /// A reference leads nowhere.
    DANGLING_REFERENCE = "dangling-reference" [kind, id, remedy];
    /// A provision that is not in the catalogue.
    UNKNOWN_PROVISION = "unknown-provision" [id, remedy];
    /// A standard that is not in the catalogue.
    UNKNOWN_STANDARD = "unknown-standard" [id];

    // Scope, classification, route.
    /// The product is outside the Regulation.
    OUT_OF_SCOPE = "out-of-scope" [reason];
    /// Scope cannot be decided.
    SCOPE_UNKNOWN = "scope-unknown" [facts];
    /// The product is judged although it is not placed on the market.
    JUDGED_VOLUNTARILY = "judged-voluntarily" [];
    /// No core function, or more than one.
    CORE_FUNCTION = "core-function" [count];
    /// Facts are missing for classification.
    CLASSIFICATION_FACTS = "classification-facts" [facts];
    /// A person has to decide the category.
    CLASSIFICATION_UNDECIDED = "classification-undecided" [likely, reason];
    /// The declared category differs from what the facts say.
    CLASSIFICATION_DIFFERS = "classification-differs" [declared, found];
    /// The technical documentation does not state the core functionality.
    CORE_FUNCTIONALITY_MISSING = "core-functionality-missing" [];
    /// A part is not decided: inside, third party's service, or outside.
    PART_UNDECIDED = "part-undecided" [part, facts];
    /// A third party's service has no due diligence.
    SERVICE_WITHOUT_DILIGENCE = "service-without-diligence" [part];
    /// A draft or uncited standard is applied; it gives no presumption.
    STANDARD_NOT_CITED = "standard-not-cited" [standard, stage];
    /// Another edition than the cited one is applied.
    STANDARD_EDITION = "standard-edition" [standard, applied, cited];
    /// A citation carries a restriction that nobody has compared with the product.
    CITATION_RESTRICTED = "citation-restricted" [standard, restriction];
    /// A citation in an overlay lacks its reference.
    CITATION_WITHOUT_REFERENCE = "citation-without-reference" [standard, overlay];
    /// The assessment rests on an overlay.
    RESTS_ON_OVERLAY = "rests-on-overlay" [overlay, digest];
    /// The notified body is not named.
    NOTIFIED_BODY_MISSING = "notified-body-missing" [module, fields];
    /// The certificate has expired.
    CERTIFICATE_EXPIRED = "certificate-expired" [certificate, date];

    // Applicability.
    /// A point that always applies is declared not applicable.
    ALWAYS_APPLIES = "always-applies" [provision];
    /// A declaration of non-applicability gives no real reason.
    NOT_APPLICABLE_REASON = "not-applicable-reason" [provision];
    /// It refers to nothing in the risk assessment.
    NOT_APPLICABLE_REFERENCE = "not-applicable-reference" [provision];
    /// A point is both answered and declared not applicable.
    NOT_APPLICABLE_ANSWERED = "not-applicable-answered" [provision, measure];
    /// A contract exception without a tailor-made product.
    EXCEPTION_NOT_TAILOR_MADE = "exception-not-tailor-made" [provision];

    // Evidence.
    /// Evidence names neither file nor address.
    EVIDENCE_EMPTY = "evidence-empty" [evidence];
    /// A file is not there.
    FILE_MISSING = "file-missing" [file];
    /// A recorded file has no hash.
    HASH_MISSING = "hash-missing" [file];
    /// A file is not the one that was recorded.
    HASH_DIFFERS = "hash-differs" [file, recorded, found];
    /// Evidence has no date.
    EVIDENCE_DATE = "evidence-date" [evidence];
    /// Evidence is dated in the future.
    EVIDENCE_FUTURE = "evidence-future" [evidence, date];
    /// One thing happened before another on which it rests.
    DATE_ORDER = "date-order" [later, date, earlier, other];
    /// Work of people is dated in the future.
    DATE_FUTURE = "date-future" [what, date];
    /// Evidence has expired.
    EVIDENCE_STALE = "evidence-stale" [evidence, date];
    /// Evidence failed.
    EVIDENCE_FAILED = "evidence-failed" [evidence];
    /// Nobody examined it.
    EVIDENCE_UNEXAMINED = "evidence-unexamined" [evidence];
    /// It was made on another release.
    EVIDENCE_OTHER_RELEASE = "evidence-other-release" [evidence, release];
    /// It does not say on which release it was made.
    EVIDENCE_NO_RELEASE = "evidence-no-release" [evidence];
    /// It does not say what it shows.
    EVIDENCE_SHOWS = "evidence-shows" [evidence];
    /// Nothing refers to it.
    EVIDENCE_UNUSED = "evidence-unused" [evidence];

    // Risks and measures.
    /// A risk has no treatment.
    RISK_UNTREATED = "risk-untreated" [risk];
    /// A treated risk names no implemented measure.
    RISK_WITHOUT_MEASURE = "risk-without-measure" [risk];
    /// What remains is not said.
    RISK_NO_RESIDUAL = "risk-no-residual" [risk];
    /// The declared grid of likelihood and impact cannot be used.
    RISK_MATRIX = "risk-matrix" [problem];
    /// Likelihood or impact is not in the words of the grid.
    RISK_SCALE = "risk-scale" [risk, key, found, words];
    /// The written level is not the one that the grid gives.
    RISK_LEVEL_DIFFERS = "risk-level-differs" [risk, level, likelihood, impact, computed];
    /// Something that the review looked at has changed.
    REVIEW_STALE = "review-stale" [date, changed];
    /// A level outside the scale.
    RISK_UNKNOWN_LEVEL = "risk-unknown-level" [risk, level, levels];
    /// What remains is above the criteria.
    RISK_ABOVE_CRITERIA = "risk-above-criteria" [risk, level, acceptable];
    /// Nobody accepted what remains.
    RISK_NOT_ACCEPTED = "risk-not-accepted" [risk, missing];
    /// The accepting role is not entitled.
    RISK_ROLE = "risk-role" [risk, role, roles];
    /// The ground is none the law admits.
    RISK_GROUND = "risk-ground" [risk, ground];
    /// The risk is passed to the user by a notice.
    RISK_TO_USER = "risk-to-user" [risk];
    /// A review is overdue.
    RISK_REVIEW_OVERDUE = "risk-review-overdue" [risk, date];
    /// No criteria for accepting risks.
    CRITERIA_MISSING = "criteria-missing" [missing];
    /// A threat leads to no risk.
    THREAT_WITHOUT_RISK = "threat-without-risk" [threat];
    /// An asset has no threat.
    ASSET_WITHOUT_THREAT = "asset-without-threat" [asset];
    /// The whole assessment is due for review.
    REVIEW_DUE = "review-due" [date];
    /// A measure answers nothing.
    MEASURE_ANSWERS_NOTHING = "measure-answers-nothing" [measure];
    /// A planned measure cannot meet anything.
    MEASURE_PLANNED = "measure-planned" [measure];
    /// A measure has no evidence.
    MEASURE_WITHOUT_EVIDENCE = "measure-without-evidence" [measure];

    // Releases, support, families, documents.
    /// No release to judge.
    NO_RELEASE = "no-release" [];
    /// A release has no version.
    RELEASE_VERSION = "release-version" [];
    /// A followed edition has no requirements in the library.
    EDITION_UNKNOWN = "edition-unknown" [standard, edition, known];
    /// The dossier says something of the product that the standard does not know.
    STANDARD_CHOICE = "standard-choice" [standard, problem];
    /// Conditions of a standard ask for facts that are not given.
    STANDARD_FACTS = "standard-facts" [standard, facts];
    /// A standard said to be applied in full has open requirements.
    STANDARD_NOT_FULL = "standard-not-full" [standard, count, ids];
    /// Requirements of a followed standard are open.
    REQUIREMENTS_OPEN = "requirements-open" [standard, count, ids];
    /// A requirement that the edition does not have.
    UNKNOWN_REQUIREMENT = "unknown-requirement" [id, standard, remedy];
    /// A requirement is put aside without a reason.
    REQUIREMENT_REASON = "requirement-reason" [id];
    /// The chosen procedure closes while units are still placed.
    PRESUMPTION_ENDS = "presumption-ends" [module, date];
    /// The last placing lies before the first.
    PLACING_ORDER = "placing-order" [release];
    /// Later units of an older release owe everything.
    LATER_UNITS = "later-units" [release, date];
    /// Whether a modification is substantial was not decided.
    MODIFICATION_UNDECIDED = "modification-undecided" [release];
    /// Older units owe reporting only.
    REPORTING_ONLY = "reporting-only" [release, date];
    /// A component's support ends before the product's.
    COMPONENT_SUPPORT = "component-support" [component, date, support_end];
    /// Support ends before the time of use that was stated.
    SUPPORT_BELOW_USE = "support-below-use" [years, date];
    /// A component's record is not complete.
    COMPONENT_DILIGENCE = "component-diligence" [component, missing];
    /// A variant differs in what matters for cybersecurity.
    FAMILY_BROKEN = "family-broken" [variant, kind];
    /// The family or a variant gives no reason.
    FAMILY_REASON = "family-reason" [variant];
    /// A language of a market is missing from the user information.
    LANGUAGE_MISSING = "language-missing" [language, market];
    /// A certificate ends while units may still be placed.
    CERTIFICATE_ENDS = "certificate-ends" [certificate, date];
    /// The next audit is overdue.
    AUDIT_DUE = "audit-due" [kind, date];
    /// The last audit of a kind failed.
    AUDIT_FAILED = "audit-failed" [kind, date];
    /// The wording of a language has not been checked.
    WORDING_UNREVIEWED = "wording-unreviewed" [language, group];
    /// The headings of the user information in a language have not been checked.
    HEADINGS_UNREVIEWED = "headings-unreviewed" [language];
    /// A market that is no Member State.
    UNKNOWN_MARKET = "unknown-market" [market];
    /// A certificate under another act ends.
    OLDER_CERTIFICATE = "older-certificate" [act, date];
    /// A mandate contains what it may not.
    MANDATE_EXCLUDED = "mandate-excluded" [provision];
    /// Importer or distributor is regarded as the manufacturer.
    BECOMES_MANUFACTURER = "becomes-manufacturer" [why];
    /// A steward affixes no CE marking and draws up no declaration.
    STEWARD_NO_CE = "steward-no-ce" [section];
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    #[test]
    fn every_code_has_its_text_and_every_text_its_code() {
        let law = conforme_law::catalogue();
        let in_code: BTreeSet<&str> = super::ALL.iter().map(|(code, _)| code.0).collect();
        let in_data: BTreeSet<&str> = law.findings.keys().map(conforme_catalogue::Id::as_str).collect();
        assert_eq!(in_code, in_data);
        assert_eq!(in_code.len(), super::ALL.len(), "a code is given twice");
    }

    #[test]
    fn texts_use_only_names_their_code_gives() {
        let law = conforme_law::catalogue();
        for (code, names) in super::ALL {
            let Some(text) = law.findings.get(&conforme_catalogue::Id::from(code.0)) else { continue };
            for part in [&text.message, &text.next] {
                for name in part.split('{').skip(1).filter_map(|it| it.split_once('}')).map(|(name, _)| name) {
                    let word = name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
                    assert!(!word || names.contains(&name), "{}: {{{name}}}", code.0);
                }
            }
        }
    }
}
