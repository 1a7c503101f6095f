//! The records of a dossier, section by section. A list of fields, long because the law asks for much.

use crate::decode::{record, table, words};
use crate::source::{At, Date, Flag, Month, Number, Text};

record! {
    /// This folder holds several products.
    pub struct Workspace {
        /// Folders of products, relative to this file; the last part may be `*`.
        members: Vec<Text>,
    }
}

record! {
    /// The manufacturer, as it must be named on or with the product (Art. 13(16)).
    pub struct Manufacturer {
        /// Name, registered trade name or trade mark.
        name: Option<Text>,
        /// Postal address.
        address: Option<Text>,
        /// E-mail address or another digital contact.
        email: Option<Text>,
        /// Website, if there is one.
        website: Option<Text>,
        /// Member State of the main establishment, two letters.
        main_establishment: Option<Text>,
        /// Size of the undertaking.
        size: Option<At<Size>>,
    }
}

words! {
    /// Size of an undertaking after Recommendation 2003/361/EC.
    pub enum Size {
        /// Micro.
        Micro = "micro",
        /// Small.
        Small = "small",
        /// Medium.
        Medium = "medium",
        /// Large.
        Large = "large",
    }
}

record! {
    /// The authorised representative and the written mandate (Art. 18).
    pub struct AuthorisedRepresentative {
        /// Name.
        name: Option<Text>,
        /// Postal address.
        address: Option<Text>,
        /// Tasks in the mandate, as ids of provisions.
        mandate: Vec<Text>,
        /// Evidence that holds the mandate.
        evidence: Option<Text>,
    }
}

record! {
    /// What an importer or distributor checked, keeps and passed on (Art. 19, 20, 23).
    pub struct SupplyChain {
        /// Who supplied the product: name and address.
        supplied_by: Option<Text>,
        /// Where the record of the operators supplied to is kept.
        supplied_to: Option<Text>,
        /// The manufacturer carried out the conformity assessment procedure: evidence.
        procedure: Option<Text>,
        /// The manufacturer has drawn up the technical documentation: evidence.
        documentation: Option<Text>,
        /// The CE marking was seen on the product: evidence.
        ce_marking: Option<Text>,
        /// A copy of the declaration of conformity is kept: evidence.
        declaration: Option<Text>,
        /// The user information is there in the language of the market: evidence.
        user_information: Option<Text>,
        /// Identification, contact of the manufacturer and support end were seen: evidence.
        marking: Option<Text>,
        /// The own name and contact stand on the product, its packaging or a document (importers).
        own_contact: Option<Text>,
        /// The product is supplied under the own name or trade mark.
        own_brand: Option<Flag>,
        /// The product was modified substantially.
        substantially_modified: Option<Flag>,
        /// The modification affects the cybersecurity of the product as a whole.
        affects_whole_product: Option<Flag>,
    }
}

record! {
    /// The policy of an open-source steward (Art. 24(1)).
    pub struct Steward {
        /// Address or file of the cybersecurity policy.
        policy: Option<Text>,
        /// What the policy covers.
        covers: Vec<At<StewardTopic>>,
    }
}

words! {
    /// What the policy of a steward must foster.
    pub enum StewardTopic {
        /// Development of a secure product.
        SecureDevelopment = "secure-development",
        /// Effective handling of vulnerabilities.
        VulnerabilityHandling = "vulnerability-handling",
        /// Voluntary reporting of vulnerabilities.
        VoluntaryReporting = "voluntary-reporting",
        /// Sharing of information within the community.
        Sharing = "sharing",
    }
}

table! {
    /// The product.
    pub struct Product {
        /// Name.
        name: Option<Text>,
        /// Type or model designation.
        model: Option<Text>,
        /// Type, batch or serial number, or what else identifies it, and where it stands (Art. 13(15)).
        identification: Option<Text>,
        /// What it is, in a few sentences.
        description: Option<Text>,
        /// Intended purpose, including the security environment the manufacturer foresees.
        purpose: Option<Text>,
        /// Essential functionalities.
        essential_functions: Option<Text>,
        /// Security properties, as told to users.
        security_properties: Option<Text>,
        /// Member States in which it is offered, two letters each; they decide the languages.
        markets: Vec<Text>,
        /// Made to one business customer's order under contract terms of its own.
        tailor_made: Option<Flag>,
        /// Evidence that holds the agreement behind `tailor_made`.
        agreement: Option<Text>,
        /// It is not placed on the market, and is judged as if it were.
        voluntary: Option<Flag>,
        /// Made in series.
        series: Option<Flag>,
        /// How the design is described: drawings, architecture, how software parts build on each other.
        design: Option<Text>,
        /// How production and its monitoring work and were validated.
        production: Option<Text>,
        /// Photographs or drawings of outside, marking and inside, for hardware: evidence ids.
        photographs: Vec<Text>,
        /// Address where customers see the support period before they buy.
        offer: Option<Text>,
    }
}

record! {
    /// A function of the product.
    pub struct Function {
        /// What it is called.
        title: Option<Text>,
        /// The core function: without it the product would not meet its purpose. Exactly one.
        core: Option<Flag>,
        /// What it does, in words of `conforme schema facts`.
        does: Vec<Text>,
    }
}

record! {
    /// A part of the product.
    pub struct Part {
        /// What it is called; releases refer to it.
        title: Option<Text>,
        /// Where it runs.
        runs: Option<At<Runs>>,
        /// Who designed and developed it, or is responsible for that.
        made_by: Option<At<MadeBy>>,
        /// Without it the product could not perform one of its functions.
        needed: Option<Flag>,
        /// It exchanges data with the product.
        interacts: Option<Flag>,
        /// Who provides it, for a third party's service.
        provider: Option<Text>,
        /// Data exchanged, how both sides authenticate, what happens when it is away.
        about: Option<Text>,
    }
}

words! {
    /// Where a part runs.
    pub enum Runs {
        /// With the user.
        OnProduct = "on-product",
        /// At a distance.
        Remote = "remote",
    }
}

words! {
    /// Who answers for the design of a part.
    pub enum MadeBy {
        /// The manufacturer, or somebody on its behalf.
        Manufacturer = "manufacturer",
        /// Somebody else.
        ThirdParty = "third-party",
    }
}

record! {
    /// An interface of the product.
    pub struct Interface {
        /// Name; risks and variants refer to it.
        id: Option<Text>,
        /// What it is: a kind of the threat catalogue such as `wifi`, `rest-api`, `debug-port`, or other words.
        kind: Option<Text>,
        /// What it is for.
        purpose: Option<Text>,
        /// What it can reach: local, home network, internet, physical.
        exposure: Option<Text>,
    }
}

record! {
    /// The manufacturer's decision on category and core functionality (Art. 7, 8).
    pub struct Classification {
        /// The category: `default`, `III-I-12`, …
        category: Option<Text>,
        /// The core functionality, as the technical documentation states it.
        core_functionality: Option<Text>,
        /// Who decided.
        decided_by: Option<Text>,
        /// When.
        decided_on: Option<Date>,
        /// Why, where the text of the category leaves room.
        reason: Option<Text>,
    }
}

record! {
    /// The conformity assessment procedure (Art. 32).
    pub struct Route {
        /// Module or scheme.
        module: Option<At<Module>>,
        /// The notified body, for B+C and H.
        notified_body: Option<NotifiedBody>,
        /// Public address of the technical documentation, for open-source software under Art. 32(5).
        documentation_url: Option<Text>,
        /// Language of the technical documentation, two letters.
        documentation_language: Option<Text>,
        /// The application to a notified body, for B+C and H.
        application: Option<Application>,
        /// How production is kept in line with documentation or type.
        production: Option<ProductionControl>,
    }
}

record! {
    /// The application to a notified body (Annex VIII, Parts II and IV).
    pub struct Application {
        /// No other notified body has the same application.
        no_parallel: Option<Flag>,
        /// Specimens of critical parts that are kept ready for examination, and where (module B).
        specimens: Vec<Text>,
        /// One model of each category of products that is meant to be made (module H).
        models: Vec<Text>,
        /// Places of design, development, production, inspection, testing and storage (module H).
        premises: Vec<Text>,
        /// Modifications that will be told to the body, and by whom.
        changes: Option<Text>,
        /// The authorised representative lodges it.
        by_representative: Option<Flag>,
        /// The day on which it was lodged.
        lodged_on: Option<Date>,
    }
}

record! {
    /// How production is kept in line with documentation (module A) or type (module C).
    pub struct ProductionControl {
        /// What is compared with documentation or type, how and when.
        control: Option<Text>,
        /// What is done with units that differ.
        deviations: Option<Text>,
        /// Records of production and its monitoring: evidence ids.
        evidence: Vec<Text>,
    }
}

record! {
    /// A piece of the quality system's documentation (Annex VIII, Part IV, point 3.2).
    pub struct Quality {
        /// The letter it belongs to.
        letter: Option<At<QualityLetter>>,
        /// What it is: policy, procedure, instruction, record; with number and version.
        what: Option<Text>,
        /// The document itself: evidence ids.
        evidence: Vec<Text>,
    }
}

words! {
    /// A letter of the quality system's documentation.
    pub enum QualityLetter {
        /// Objectives, structure, responsibility of management.
        A = "a",
        /// Specifications and standards for the properties of the product.
        B = "b",
        /// Specifications and standards for the handling of vulnerabilities.
        C = "c",
        /// Control and verification of design and development.
        D = "d",
        /// Techniques of production, quality control and assurance.
        E = "e",
        /// Examinations and tests, and how often.
        F = "f",
        /// Quality records.
        G = "g",
        /// Monitoring of quality and of the system.
        H = "h",
    }
}

record! {
    /// An audit that took place, and when the next one is due.
    pub struct Audit {
        /// The day on which it ended.
        on: Option<Date>,
        /// What was audited.
        kind: Option<At<AuditKind>>,
        /// Who audited.
        by: Option<Text>,
        /// The result.
        result: Option<At<Outcome>>,
        /// What was found, and what was done about it.
        conclusion: Option<Text>,
        /// The report: evidence ids.
        evidence: Vec<Text>,
        /// The next one of this kind is due.
        next: Option<Date>,
    }
}

words! {
    /// What an audit was about.
    pub enum AuditKind {
        /// Handling of vulnerabilities, by the body that issued the certificate (module B).
        VulnerabilityHandling = "vulnerability-handling",
        /// The approved quality system, by the body that approved it (module H).
        Surveillance = "surveillance",
        /// An own audit.
        Internal = "internal",
    }
}

words! {
    /// A conformity assessment procedure.
    pub enum Module {
        /// Internal control.
        A = "A",
        /// EU-type examination and conformity to type.
        BC = "B+C",
        /// Full quality assurance.
        H = "H",
        /// A European cybersecurity certification scheme.
        Scheme = "scheme",
        /// The procedure of the AI Act.
        AiAct = "AI Act",
        /// The procedure of the European Health Data Space Regulation.
        Ehds = "EHDS",
    }
}

record! {
    /// A notified body and what it issued.
    pub struct NotifiedBody {
        /// Name.
        name: Option<Text>,
        /// Four-digit identification number.
        number: Option<Text>,
        /// Certificate or approval: number.
        certificate: Option<Text>,
        /// Date of issue.
        issued: Option<Date>,
        /// Last day of validity.
        valid_until: Option<Date>,
        /// Conditions of validity.
        conditions: Option<Text>,
        /// Language agreed with the body, two letters.
        language: Option<Text>,
    }
}

record! {
    /// A standard that is applied.
    pub struct AppliedStandard {
        /// Id or reference: `EN-304-627`.
        id: Option<Text>,
        /// Edition or draft version that is applied.
        edition: Option<Text>,
        /// In full or in part.
        applied: Option<At<Extent>>,
        /// Which parts, when applied in part.
        parts: Option<Text>,
        /// Its scope covers the risks of the core functionality of this product, found by comparing both.
        covers_core_risks: Option<Flag>,
        /// The restriction published with the citation does not touch this product, found by reading it.
        restriction_met: Option<Flag>,
        /// How that was found, and what is treated otherwise.
        reason: Option<Text>,
        /// It is followed requirement by requirement: each gets a verdict.
        follow: Option<Flag>,
        /// Level that is followed, where the standard has levels: `SL 2`.
        level: Option<Text>,
        /// Use case, profile or device type, where the standard has them: `UC-LR`.
        use_case: Option<Text>,
        /// Levels of factors, for products outside the use cases: `NUSR=1`.
        factors: Vec<Text>,
        /// Capabilities of the product that conditions of the standard ask for.
        has: Vec<Text>,
        /// Capabilities it does not have.
        has_not: Vec<Text>,
    }
}

words! {
    /// How far something is applied.
    pub enum Extent {
        /// Everything in it that is applicable.
        Full = "full",
        /// Some of it.
        Part = "part",
    }
}

record! {
    /// A common specification (Art. 27(2)).
    pub struct CommonSpecification {
        /// Reference of the implementing act.
        reference: Option<Text>,
        /// Official Journal reference.
        oj: Option<Text>,
        /// Applies from.
        from: Option<Date>,
        /// Provisions it covers.
        provisions: Vec<Text>,
        /// In full or in part.
        applied: Option<At<Extent>>,
        /// Its scope covers the risks of the core functionality.
        covers_core_risks: Option<Flag>,
    }
}

record! {
    /// A European cybersecurity certificate (Art. 27(8), 27(9)).
    pub struct Certificate {
        /// The scheme: `EUCC`.
        scheme: Option<Text>,
        /// Certificate number.
        number: Option<Text>,
        /// Assurance level.
        level: Option<At<Level>>,
        /// Date of issue.
        issued: Option<Date>,
        /// Last day of validity.
        valid_until: Option<Date>,
        /// Official Journal reference of the act under Art. 27(9) that lists the scheme.
        oj: Option<Text>,
        /// Provisions it covers.
        provisions: Vec<Text>,
        /// Its scope covers the risks of the core functionality.
        covers_core_risks: Option<Flag>,
        /// Evidence that holds the certificate.
        evidence: Option<Text>,
    }
}

words! {
    /// Assurance level of a certificate under Regulation (EU) 2019/881.
    pub enum Level {
        /// Basic.
        Basic = "basic",
        /// Substantial.
        Substantial = "substantial",
        /// High.
        High = "high",
    }
}

record! {
    /// Another act of the Union that the declaration covers (Art. 28(3)).
    pub struct Act {
        /// Name: Directive 2014/53/EU.
        name: Option<Text>,
        /// Official Journal reference.
        oj: Option<Text>,
        /// Conformity assessment procedure under it.
        procedure: Option<Text>,
        /// Standards applied for it.
        standards: Vec<Text>,
        /// Notified body under it: name and number.
        notified_body: Option<Text>,
        /// Certificate or approval on cybersecurity under it.
        certificate: Option<Text>,
        /// Last day of that certificate.
        certificate_until: Option<Date>,
    }
}

record! {
    /// The support period and how it was set (Art. 13(8)).
    pub struct Support {
        /// Time for which users can expect to use the product, in years.
        expected_use_years: Option<Number>,
        /// End of the support period, with month and year.
        end: Option<Month>,
        /// Reasonable expectations of users.
        user_expectations: Option<Text>,
        /// Nature of the product and its intended purpose.
        nature: Option<Text>,
        /// Union law on the lifetime of products; `none` when there is none.
        union_law: Option<Text>,
        /// Support periods of similar products.
        similar_products: Option<Text>,
        /// Availability of the operating environment.
        environment: Option<Text>,
        /// Support periods of core components from third parties.
        components: Option<Text>,
        /// What follows from all that, and why expected use is shorter than the floor where it is.
        reason: Option<Text>,
        /// Kind of technical security support offered.
        kind: Option<Text>,
        /// How the end is shown at the time of purchase.
        shown_at_purchase: Option<Text>,
        /// How users are told that support has ended; `not feasible: …` with the reason otherwise.
        end_notice: Option<Text>,
        /// How issued security updates stay available.
        update_archive: Option<Text>,
        /// Older software versions: how users get the latest free of charge and without new hardware or software.
        older_versions: Option<Text>,
        /// Public archive of unsupported software: how users are warned.
        archive_warning: Option<Text>,
    }
}

record! {
    /// Vulnerability handling (Annex I, Part II).
    pub struct VulnerabilityHandling {
        /// Coordinated vulnerability disclosure policy: file or address.
        policy: Option<Text>,
        /// Address where users find the policy, when `policy` is a file.
        policy_url: Option<Text>,
        /// Address for reports about vulnerabilities.
        contact: Option<Text>,
        /// Single point of contact that users can choose freely and that is not only automated (Art. 13(17)).
        single_point_of_contact: Option<Text>,
        /// File or address of security.txt.
        security_txt: Option<Text>,
        /// Security updates are free of charge.
        free_updates: Option<Flag>,
        /// Evidence of the agreement that says otherwise, for tailor-made products.
        paid_updates_agreement: Option<Text>,
        /// How updates are distributed securely.
        updates: Option<Text>,
    }
}

record! {
    /// Information and instructions to the user (Annex II). What other sections already say need not be repeated.
    pub struct UserInformation {
        /// File or address of the manual.
        manual: Option<Text>,
        /// Languages in which it exists, two letters each.
        languages: Vec<Text>,
        /// Known or foreseeable circumstances that may lead to significant cybersecurity risks (5).
        circumstances: Option<Text>,
        /// Address of the declaration of conformity (6).
        declaration_url: Option<Text>,
        /// Measures at commissioning and during the lifetime (8a).
        secure_use: Option<Text>,
        /// How changes affect the security of data (8b).
        changes: Option<Text>,
        /// How security updates are installed (8c).
        updates: Option<Text>,
        /// Secure decommissioning and removal of data (8d).
        decommissioning: Option<Text>,
        /// How the automatic installation of updates is switched off (8e).
        automatic_updates: Option<Text>,
        /// What an integrator needs (8f).
        integration: Option<Text>,
        /// Where the SBOM is, if it is offered to users (9).
        sbom: Option<Text>,
    }
}

record! {
    /// The EU declaration of conformity (Art. 28, Annex V).
    pub struct Declaration {
        /// Who signs.
        signatory: Option<Text>,
        /// Function of who signs.
        function: Option<Text>,
        /// Place.
        place_of_issue: Option<Text>,
        /// Number of the declaration, if the firm numbers them.
        number: Option<Text>,
        /// Object of the declaration, if more than name and model is needed to trace it.
        object: Option<Text>,
        /// Additional information.
        additional: Option<Text>,
        /// The declaration also covers the cybersecurity requirements of the AI Act (Art. 12(1)).
        covers_ai_act: Option<Flag>,
        /// Goes with the product in full; otherwise the simplified declaration does.
        full_copy: Option<Flag>,
        /// Where the CE marking stands: on the product, the packaging, the declaration or a website.
        ce_marking: Option<Text>,
    }
}

record! {
    /// How documents are made.
    pub struct Documents {
        /// Languages of declaration and user information, two letters each; default: those of the markets.
        languages: Vec<Text>,
        /// Folder with templates that replace the built-in ones.
        templates: Option<Text>,
        /// Where technical documentation and declaration are kept for the authorities.
        kept_at: Option<Text>,
        /// Until when they are kept.
        kept_until: Option<Month>,
    }
}

record! {
    /// A version of the product as offered.
    pub struct Release {
        /// Version.
        version: Option<Text>,
        /// First supply of units, planned or real.
        placing: Option<Date>,
        /// Last supply of units, planned or real.
        last_placing: Option<Date>,
        /// It is on the market.
        placed: Option<Flag>,
        /// Supplied only as an update to units that were placed with this version.
        update_of: Option<Text>,
        /// The technical documentation was complete.
        documented_on: Option<Date>,
        /// The conformity assessment procedure was finished.
        assessed_on: Option<Date>,
        /// The declaration was signed.
        declared_on: Option<Date>,
        /// Compared with what is on the market it is a substantial modification (Art. 3(30)).
        substantial_modification: Option<Flag>,
        /// Why it is one or is none.
        modification_reason: Option<Text>,
        /// Who decided.
        modification_decided_by: Option<Text>,
        /// Unfinished software for testing: until when, and the visible sign (Art. 4(3)).
        test_until: Option<Date>,
        /// The sign that an unfinished version does not comply.
        test_sign: Option<Text>,
        /// End of the support period of these units, when it differs.
        support_end: Option<Month>,
        /// Security updates issued for this release.
        update: Vec<Update>,
        /// Parts with their versions and SBOMs.
        part: Vec<ReleasePart>,
    }
}

record! {
    /// A security update.
    pub struct Update {
        /// Version.
        version: Option<Text>,
        /// Issued on.
        issued: Option<Date>,
        /// Stays available until.
        available_until: Option<Date>,
    }
}

record! {
    /// A part of a release.
    pub struct ReleasePart {
        /// Title of the part.
        part: Option<Text>,
        /// Version, or the dated state of a part that rolls on.
        version: Option<Text>,
        /// Its SBOM.
        sbom: Option<Sbom>,
        /// The search for known vulnerabilities in it.
        scan: Option<Scan>,
    }
}

record! {
    /// A recorded SBOM.
    pub struct Sbom {
        /// File.
        file: Option<Text>,
        /// SHA-256 of the file.
        sha256: Option<Text>,
        /// Format and version: CycloneDX 1.6, SPDX 2.3.
        format: Option<Text>,
        /// Tool that made it.
        tool: Option<Text>,
        /// Made on.
        made: Option<Date>,
        /// It covers at least the top-level dependencies.
        complete: Option<Flag>,
    }
}

record! {
    /// A recorded search for known vulnerabilities.
    pub struct Scan {
        /// File with the result.
        file: Option<Text>,
        /// SHA-256 of the file.
        sha256: Option<Text>,
        /// Tool that made it.
        tool: Option<Text>,
        /// Date of the vulnerability data.
        data_date: Option<Date>,
        /// Matches found.
        matches: Option<Number>,
        /// Matches judged, with a statement.
        judged: Option<Number>,
        /// Matches that are exploitable in practice and remain.
        exploitable: Option<Number>,
        /// Who approved the result.
        approved_by: Option<Text>,
        /// When.
        approved_on: Option<Date>,
    }
}

record! {
    /// Models that are alike for cybersecurity.
    pub struct Family {
        /// Why they are alike for cybersecurity.
        reason: Option<Text>,
    }
}

record! {
    /// A model of the family, by its differences only.
    pub struct Variant {
        /// Name.
        name: Option<Text>,
        /// Type or model designation.
        model: Option<Text>,
        /// Identification, when it differs.
        identification: Option<Text>,
        /// Differences without effect on cybersecurity: colour, housing, language of the label.
        differs: Vec<Text>,
        /// Why the differences do not matter for cybersecurity.
        reason: Option<Text>,
        /// Risks that differ. Any entry breaks the family.
        risks: Vec<Text>,
        /// Interfaces that differ. Any entry breaks the family.
        interfaces: Vec<Text>,
        /// Components that differ. Any entry breaks the family.
        components: Vec<Text>,
        /// SBOMs that differ. Any entry breaks the family.
        sboms: Vec<Text>,
    }
}

record! {
    /// Context of the risk assessment (Art. 13(3)).
    pub struct Context {
        /// Environment in which the product is used.
        environment: Option<Text>,
        /// Users, and what can be expected of them.
        users: Option<Text>,
        /// Reasonably foreseeable use and misuse.
        foreseeable_use: Vec<Text>,
        /// Assumptions the assessment rests on.
        assumptions: Vec<Text>,
        /// Architecture: parts, interfaces, data flows, remote data processing.
        architecture: Option<Text>,
        /// Version of the assessment.
        version: Option<Text>,
        /// Last reviewed.
        reviewed_on: Option<Date>,
        /// Who reviewed it.
        reviewed_by: Option<Text>,
        /// Risks to health and safety were considered: how.
        health_and_safety: Option<Text>,
        /// How the result is used from planning to maintenance (Art. 13(2)).
        phases: Option<Text>,
        /// Situations of use that bring threats of their own: `lost-or-stolen`.
        situations: Vec<Text>,
        /// What the review looked at, as `conforme risk state` prints it; a change of it makes the review stale.
        reviewed_state: Option<Text>,
    }
}

record! {
    /// Criteria for accepting risks, and the method.
    pub struct Criteria {
        /// The method, and why it fits.
        method: Option<Text>,
        /// How likelihood and impact combine: `3x3`, `5x5` or another method of the catalogue; `own` with a grid below.
        matrix: Option<Text>,
        /// Words for likelihood, lowest first, with a grid of one's own.
        likelihoods: Vec<Text>,
        /// Words for impact, lowest first, with a grid of one's own.
        impacts: Vec<Text>,
        /// One row for each likelihood: the levels for each impact, separated by commas.
        grid: Vec<Text>,
        /// Levels of risk, lowest first. Default: those of the matrix, or low, medium, high.
        levels: Vec<Text>,
        /// The highest level that may remain.
        acceptable: Option<Text>,
        /// Roles that may accept a remaining risk.
        accepting_roles: Vec<Text>,
        /// Where the criteria come from: regulation, contracts, users, state of the art.
        reason: Option<Text>,
    }
}

record! {
    /// Something worth protecting.
    pub struct Asset {
        /// Name of the record.
        id: Option<Text>,
        /// What it is.
        title: Option<Text>,
        /// Kind: data, function, key, service, or a kind of the threat catalogue such as `credentials`.
        kind: Option<Text>,
        /// Cybersecurity objectives: confidentiality, integrity, availability, authenticity.
        objectives: Vec<Text>,
    }
}

record! {
    /// A threat.
    pub struct Threat {
        /// Name of the record.
        id: Option<Text>,
        /// What could happen.
        title: Option<Text>,
        /// Assets it is aimed at.
        assets: Vec<Text>,
        /// Interfaces it comes through.
        interfaces: Vec<Text>,
        /// The threat of the catalogue that it comes from: `T-DEFAULT-CREDENTIALS`.
        catalogue: Option<Text>,
    }
}

record! {
    /// A threat of the catalogue that was looked at and does not concern the product.
    pub struct DismissedThreat {
        /// The threat of the catalogue.
        catalogue: Option<Text>,
        /// Why it does not concern the product.
        reason: Option<Text>,
        /// Who decided.
        decided_by: Option<Text>,
    }
}

record! {
    /// A flow of data, for the diagram of the risk assessment.
    pub struct Flow {
        /// Where it begins: a part, `user`, or a service.
        from: Option<Text>,
        /// Where it ends.
        to: Option<Text>,
        /// The interface it passes.
        over: Option<Text>,
        /// Assets that it carries.
        carries: Vec<Text>,
    }
}

record! {
    /// A risk, its treatment and what remains.
    pub struct Risk {
        /// Name of the record.
        id: Option<Text>,
        /// What it is.
        title: Option<Text>,
        /// Threats behind it.
        threats: Vec<Text>,
        /// Assets concerned.
        assets: Vec<Text>,
        /// Likelihood, in the words of the method.
        likelihood: Option<Text>,
        /// Impact, in the words of the method.
        impact: Option<Text>,
        /// Level before treatment.
        level: Option<Text>,
        /// What is done about it.
        treatment: Option<At<Treatment>>,
        /// Measures that treat it.
        measures: Vec<Text>,
        /// Who bears a transferred risk, and how.
        transferred_to: Option<Text>,
        /// Level after treatment.
        residual: Option<Text>,
        /// Acceptance of what remains.
        acceptance: Option<Acceptance>,
        /// Review no later than.
        review_by: Option<Date>,
    }
}

words! {
    /// What is done about a risk.
    pub enum Treatment {
        /// Measures reduce it.
        Mitigate = "mitigate",
        /// The cause was removed.
        Avoid = "avoid",
        /// Somebody else bears it, by agreement.
        Transfer = "transfer",
        /// It remains as it is.
        Accept = "accept",
    }
}

record! {
    /// Acceptance of a remaining risk.
    pub struct Acceptance {
        /// Who accepted it.
        by: Option<Text>,
        /// In which role.
        role: Option<Text>,
        /// When.
        on: Option<Date>,
        /// On which ground.
        ground: Option<At<Ground>>,
        /// Why, in words about context, assets or likelihood.
        reason: Option<Text>,
    }
}

words! {
    /// Ground on which a remaining risk is accepted.
    pub enum Ground {
        /// It lies within the criteria after treatment.
        WithinCriteria = "within-criteria",
        /// It cannot be exploited under practical operating conditions.
        NotExploitable = "not-exploitable-in-practice",
        /// The state of the art knows no further measure.
        StateOfTheArt = "state-of-the-art",
        /// A standard needed for interoperability prevents more; the purpose is restricted and users are told.
        Interoperability = "interoperability",
        /// More would cost too much.
        Cost = "cost",
        /// More would be inconvenient.
        Convenience = "convenience",
        /// The firm is willing to bear it.
        Appetite = "appetite",
        /// The user is warned.
        UserNotice = "user-notice",
    }
}

record! {
    /// What the manufacturer does about requirements and risks.
    pub struct Measure {
        /// Name of the record.
        id: Option<Text>,
        /// What it is.
        title: Option<Text>,
        /// How it works.
        how: Option<Text>,
        /// How far it is.
        state: Option<At<MeasureState>>,
        /// Provisions, requirements of standards and risks it answers.
        answers: Vec<Text>,
        /// Evidence that it works.
        evidence: Vec<Text>,
        /// Who is responsible.
        owner: Option<Text>,
        /// Component that brings it, assessed elsewhere: its name under `component`.
        component: Option<Text>,
    }
}

record! {
    /// A mechanism judged after EN 18031: the way through its decision tree, then three assessments.
    pub struct Decision {
        /// The requirement: `EN-18031-1/ACM-1`.
        requirement: Option<Text>,
        /// Answers to the questions of the tree, by node: `DN-1=yes`.
        answers: Vec<Text>,
        /// Conceptual assessment: the documented concept fits.
        conceptual: Option<At<Outcome>>,
        /// Functional completeness assessment: everything that is there was documented.
        completeness: Option<At<Outcome>>,
        /// Functional sufficiency assessment: it works as documented.
        sufficiency: Option<At<Outcome>>,
        /// Who assessed it.
        by: Option<Text>,
        /// When.
        on: Option<Date>,
    }
}

record! {
    /// An activity of a standard that is followed: input, requirement, output, assessment (EN 40000).
    pub struct Activity {
        /// The requirement: `EN-40000-1-2/6.3`.
        requirement: Option<Text>,
        /// Evidence of what it started from.
        inputs: Vec<Text>,
        /// Evidence of what it produced.
        outputs: Vec<Text>,
        /// Who assessed it.
        assessed_by: Option<Text>,
        /// When.
        assessed_on: Option<Date>,
        /// The conclusion.
        conclusion: Option<Text>,
    }
}

words! {
    /// How far a measure is.
    pub enum MeasureState {
        /// It is in the product or in force.
        Implemented = "implemented",
        /// It is meant to come.
        Planned = "planned",
        /// It is gone.
        Retired = "retired",
    }
}

record! {
    /// A file or link that shows a measure works.
    pub struct Evidence {
        /// Name of the record.
        id: Option<Text>,
        /// What it is.
        title: Option<Text>,
        /// File, relative to the dossier.
        file: Option<Text>,
        /// Address, when there is no file.
        url: Option<Text>,
        /// SHA-256 of the file.
        sha256: Option<Text>,
        /// Made on.
        made: Option<Date>,
        /// Kind: test report, review, scan, document, record, contract, certificate, photograph.
        kind: Option<Text>,
        /// What it shows.
        shows: Option<Text>,
        /// What it is about.
        about: Option<At<EvidenceAbout>>,
        /// Releases it was made on.
        releases: Vec<Text>,
        /// Tool or laboratory whose result it is.
        tool: Option<Text>,
        /// The result.
        result: Option<At<Outcome>>,
        /// A person's examination of it.
        examined: Option<Examination>,
        /// Not to be relied on after.
        valid_until: Option<Date>,
        /// Releases for which it still holds, each with the reason.
        holds: Vec<Holds>,
    }
}

words! {
    /// What a piece of evidence is about.
    pub enum EvidenceAbout {
        /// A release: it says something about the releases it was made on only.
        Release = "release",
        /// A process or document of the firm: it does not depend on a release.
        Process = "process",
    }
}

words! {
    /// Result of a test or tool.
    pub enum Outcome {
        /// It passed.
        Passed = "passed",
        /// It failed.
        Failed = "failed",
        /// It says neither.
        Inconclusive = "inconclusive",
    }
}

record! {
    /// A person's examination of a piece of evidence.
    pub struct Examination {
        /// Who examined it.
        by: Option<Text>,
        /// When.
        on: Option<Date>,
        /// The conclusion.
        conclusion: Option<Text>,
        /// Whether it is enough.
        result: Option<At<Outcome>>,
    }
}

record! {
    /// Why evidence from another release still holds.
    pub struct Holds {
        /// The release for which it holds.
        release: Option<Text>,
        /// Why.
        reason: Option<Text>,
    }
}

record! {
    /// A provision, or a requirement of a standard that is followed, declared not applicable (Art. 13(4)).
    pub struct NotApplicable {
        /// The provision.
        provision: Option<Text>,
        /// The requirement of a standard: `IEC-62443-4-2/CR 2.2`.
        requirement: Option<Text>,
        /// Why, with reference to context, assets or risks.
        reason: Option<Text>,
        /// What it refers to: ids of assets, threats, risks, interfaces, or `context`.
        refers_to: Vec<Text>,
        /// Who decided.
        decided_by: Option<Text>,
    }
}

record! {
    /// Due diligence on a component from a third party (Art. 13(5)).
    pub struct Component {
        /// Name.
        name: Option<Text>,
        /// Version.
        version: Option<Text>,
        /// Supplier or project.
        supplier: Option<Text>,
        /// Package URL.
        purl: Option<Text>,
        /// What it is used for and why it was chosen.
        reason: Option<Text>,
        /// What was done: CE marking seen, update history, vulnerability databases, own tests.
        diligence: Vec<At<Diligence>>,
        /// Evidence of it.
        evidence: Vec<Text>,
        /// End of the component's support.
        support_end: Option<Month>,
        /// How the product stays secure when the component's support ends before the product's.
        after_support: Option<Text>,
        /// Where vulnerabilities in it are reported.
        contact: Option<Text>,
        /// Who does which activity of EN 40000-1-2 for it, as agreed with the supplier: `7.9: supplier`.
        responsibilities: Vec<Text>,
    }
}

words! {
    /// A means of due diligence.
    pub enum Diligence {
        /// The component bears the CE marking, with its declaration.
        CeMarking = "ce-marking",
        /// Its history of security updates was looked at.
        UpdateHistory = "update-history",
        /// Vulnerability databases were searched.
        VulnerabilityDatabases = "vulnerability-databases",
        /// Own tests were made.
        OwnTests = "own-tests",
        /// Its support period was compared.
        SupportPeriod = "support-period",
        /// An agreement with the supplier exists.
        Agreement = "agreement",
    }
}

impl Measure {
    /// It works now.
    pub fn is_implemented(&self) -> bool {
        self.state.is_some_and(|it| it.value == MeasureState::Implemented)
    }
}
