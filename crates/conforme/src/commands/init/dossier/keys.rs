//! Keys of the sections of `conforme.toml`, in the order in which a person fills them in. A test compares them with the
//! schema, so that none is missing.

pub(super) const MANUFACTURER: &[&str] = &["name", "address", "email", "website", "size", "main_establishment"];
pub(super) const REPRESENTATIVE: &[&str] = &["name", "address", "mandate", "evidence"];
pub(super) const SUPPLY_CHAIN: &[&str] = &[
    "supplied_by",
    "supplied_to",
    "procedure",
    "documentation",
    "ce_marking",
    "declaration",
    "user_information",
    "marking",
    "own_contact",
    "own_brand",
    "substantially_modified",
    "affects_whole_product",
];
pub(super) const PRODUCT: &[&str] = &[
    "name",
    "model",
    "identification",
    "description",
    "purpose",
    "essential_functions",
    "security_properties",
    "markets",
    "kind",
    "connection",
    "settings",
    "design",
    "production",
    "photographs",
    "offer",
    "series",
    "spare_part",
    "defence_only",
    "voluntary",
    "tailor_made",
    "agreement",
];
pub(super) const SUPPLY: &[&str] =
    &["commercial", "earns", "supplier", "supports_systematically", "own_use", "test_version"];
pub(super) const CHIP: &[&str] = &["kind", "security", "tamper", "ava_van"];
pub(super) const PART: &[&str] = &["title", "runs", "made_by", "needed", "interacts", "provider", "about"];
pub(super) const INTERFACE: &[&str] = &["id", "kind", "purpose", "exposure"];
pub(super) const CLASSIFICATION: &[&str] = &["core_functionality", "category", "decided_by", "decided_on", "reason"];
pub(super) const ROUTE: &[&str] = &["module", "documentation_language", "documentation_url"];
pub(super) const NOTIFIED_BODY: &[&str] =
    &["name", "number", "certificate", "issued", "valid_until", "conditions", "language"];
pub(super) const APPLICATION: &[&str] =
    &["no_parallel", "specimens", "models", "premises", "changes", "by_representative", "lodged_on"];
pub(super) const PRODUCTION: &[&str] = &["control", "deviations", "evidence"];
pub(super) const QUALITY: &[&str] = &["letter", "what", "evidence"];
pub(super) const AUDIT: &[&str] = &["on", "kind", "by", "result", "conclusion", "evidence", "next"];
pub(super) const STANDARD: &[&str] = &[
    "id",
    "edition",
    "applied",
    "parts",
    "covers_core_risks",
    "restriction_met",
    "reason",
    "follow",
    "level",
    "use_case",
    "factors",
    "has",
    "has_not",
];
pub(super) const SPECIFICATION: &[&str] = &["reference", "oj", "from", "provisions", "applied", "covers_core_risks"];
pub(super) const CERTIFICATE: &[&str] =
    &["scheme", "number", "level", "issued", "valid_until", "oj", "provisions", "covers_core_risks", "evidence"];
pub(super) const ACT: &[&str] =
    &["name", "oj", "procedure", "standards", "notified_body", "certificate", "certificate_until"];
pub(super) const SUPPORT: &[&str] = &[
    "expected_use_years",
    "end",
    "user_expectations",
    "nature",
    "union_law",
    "similar_products",
    "environment",
    "components",
    "reason",
    "kind",
    "shown_at_purchase",
    "end_notice",
    "update_archive",
    "older_versions",
    "archive_warning",
];
pub(super) const HANDLING: &[&str] = &[
    "contact",
    "single_point_of_contact",
    "policy",
    "policy_url",
    "security_txt",
    "updates",
    "free_updates",
    "paid_updates_agreement",
];
pub(super) const INFORMATION: &[&str] = &[
    "manual",
    "languages",
    "circumstances",
    "declaration_url",
    "secure_use",
    "changes",
    "updates",
    "decommissioning",
    "automatic_updates",
    "integration",
    "sbom",
];
pub(super) const DECLARATION: &[&str] = &[
    "signatory",
    "function",
    "place_of_issue",
    "number",
    "object",
    "additional",
    "covers_ai_act",
    "full_copy",
    "ce_marking",
];
pub(super) const DOCUMENTS: &[&str] = &["languages", "templates", "kept_at", "kept_until"];
pub(super) const RELEASE: &[&str] = &[
    "version",
    "placing",
    "last_placing",
    "placed",
    "documented_on",
    "assessed_on",
    "declared_on",
    "update_of",
    "substantial_modification",
    "modification_reason",
    "modification_decided_by",
    "support_end",
    "test_until",
    "test_sign",
];
pub(super) const SBOM: &[&str] = &["file", "sha256", "format", "tool", "made", "complete"];
pub(super) const SCAN: &[&str] =
    &["file", "sha256", "tool", "data_date", "matches", "judged", "exploitable", "approved_by", "approved_on"];
pub(super) const UPDATE: &[&str] = &["version", "issued", "available_until"];
pub(super) const VARIANT: &[&str] =
    &["name", "model", "identification", "differs", "reason", "risks", "interfaces", "components", "sboms"];
