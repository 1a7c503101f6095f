//! JSON v1 of the register for one product: its standards, and what it enjoys.

use super::answers::{Brief, brief};
use super::{Entry, Head, entry, head};
use conforme_catalogue::Catalogue;
use conforme_core::assessment::Assessment;
use conforme_core::finding::Finding;
use conforme_core::presumption::Presumer;
use conforme_core::register::{self, Relevant};
use serde::Serialize;

/// The product that an answer is about.
#[derive(Debug, Clone, Serialize)]
pub struct Subject {
    folder: String,
    product: String,
    release: String,
    placing: String,
    category: Option<String>,
    tier: Option<&'static str>,
    procedures: Vec<String>,
    procedure_cites: Option<String>,
    chosen: Option<String>,
}

/// `conforme standards presumption --product-folder`.
#[derive(Debug, Serialize)]
pub struct Of<'a> {
    #[serde(flatten)]
    head: Head,
    subject: Subject,
    opens: &'a [String],
    complete: bool,
    provisions: Vec<OfProvision<'a>>,
    without: Vec<Without<'a>>,
}

#[derive(Debug, Serialize)]
struct OfProvision<'a> {
    id: &'a str,
    title: &'a str,
    cites: &'a str,
    applicable: bool,
    presumed: bool,
    covers_core_risks: bool,
    through: Vec<GivenBy<'a>>,
    meant: Vec<Brief<'a>>,
}

#[derive(Debug, Serialize)]
struct GivenBy<'a> {
    reference: &'a str,
    oj: &'a str,
    covers_core_risks: bool,
    overlay: Option<super::Overlay>,
}

#[derive(Debug, Serialize)]
struct Without<'a> {
    code: &'a str,
    message: &'a str,
    next: &'a str,
}

/// `conforme standards for-product`.
#[derive(Debug, Serialize)]
pub struct OfProduct<'a> {
    #[serde(flatten)]
    head: Head,
    subject: Subject,
    standards: Vec<ForProduct<'a>>,
}

/// A standard that matters for a product.
#[derive(Debug, Serialize)]
struct ForProduct<'a> {
    why: Vec<&'static str>,
    opens: &'a [String],
    cited_at_placing: bool,
    #[serde(flatten)]
    entry: Entry<'a>,
}

/// What the product of a dossier enjoys.
pub fn presumed_for<'a>(
    law: &'a Catalogue,
    subject: Subject,
    of: &'a register::Of<'a>,
    assessment: &Assessment,
) -> Of<'a> {
    let placing = assessment.placing;
    let given = |it: &'a Presumer| GivenBy {
        reference: &it.reference,
        oj: &it.oj,
        covers_core_risks: it.covers_core_risks,
        overlay: super::overlay(law, it.overlay.as_deref()),
    };
    let without = |it: &'a Finding| Without { code: &it.code, message: &it.message, next: &it.next };
    Of {
        head: head(law, "presumption-of-product", assessment.as_of),
        subject,
        opens: &of.opens,
        complete: of.provisions.iter().all(register::ProductProvision::settled),
        provisions: of
            .provisions
            .iter()
            .map(|it| OfProvision {
                id: it.provision.id.as_str(),
                title: &it.provision.title,
                cites: &it.provision.cites,
                applicable: !it.not_applicable,
                presumed: !it.through.is_empty(),
                covers_core_risks: it.through.iter().any(|it| it.covers_core_risks),
                through: it.through.iter().map(given).collect(),
                meant: it.meant.iter().map(|it| brief(it, placing)).collect(),
            })
            .collect(),
        without: of.without.iter().map(without).collect(),
    }
}

impl Subject {
    /// The product of an assessment, with the procedure its dossier chose.
    pub fn new(law: &Catalogue, folder: &str, assessment: &Assessment, chosen: Option<String>) -> Self {
        let category = assessment.category.as_ref();
        let routes = assessment.routes.as_ref();
        Self {
            folder: folder.to_owned(),
            product: assessment.product.clone(),
            release: assessment.release.clone(),
            placing: assessment.placing.to_string(),
            category: category.map(ToString::to_string),
            tier: category.and_then(|it| law.categories.get(it)).map(|it| it.tier.word()),
            procedures: routes.map_or_else(Vec::new, |it| it.allowed.clone()),
            procedure_cites: routes.map(|it| it.cites.clone()),
            chosen,
        }
    }
}

/// Standards that matter for a product, on the day of knowledge and on that of placing.
pub fn of_product<'a>(
    law: &'a Catalogue,
    subject: Subject,
    relevant: &'a [Relevant<'a>],
    assessment: &Assessment,
) -> OfProduct<'a> {
    let (on, placing) = (assessment.as_of, assessment.placing);
    let one = |it: &'a Relevant<'a>| ForProduct {
        why: it.why.iter().map(|it| it.word()).collect(),
        opens: &it.opens,
        cited_at_placing: it.standard.cited(placing).next().is_some(),
        entry: entry(law, it.standard, on),
    };
    OfProduct { head: head(law, "standards-of-product", on), subject, standards: relevant.iter().map(one).collect() }
}
