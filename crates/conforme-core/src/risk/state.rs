//! What a review of the risk assessment looked at, as short marks: when one of them changes, the review is stale.

use crate::dossier::{Dossier, Release};
use conforme_catalogue::sha256;

/// Characters of a mark.
const SHOWN: usize = 8;

/// The marks of a dossier as it is: `purpose=…, context=…, sbom=…, exploitable=…`.
pub fn state(dossier: &Dossier, release: Option<&Release>) -> String {
    let marks = marks(dossier, release);
    marks.iter().map(|(name, mark)| format!("{name}={mark}")).collect::<Vec<_>>().join(", ")
}

/// What changed since a recorded state, by name; everything when the record cannot be read.
pub(crate) fn changed(recorded: &str, dossier: &Dossier, release: Option<&Release>) -> Vec<&'static str> {
    let known: Vec<(&str, &str)> = recorded.split(',').filter_map(|it| it.trim().split_once('=')).collect();
    let same = |name: &str, mark: &str| known.iter().any(|(of, was)| *of == name && *was == mark);
    marks(dossier, release).into_iter().filter(|(name, mark)| !same(name, mark)).map(|(name, _)| name).collect()
}

fn marks(dossier: &Dossier, release: Option<&Release>) -> Vec<(&'static str, String)> {
    let mark = |parts: Vec<String>| sha256(parts.join("\u{1}").as_bytes()).chars().take(SHOWN).collect::<String>();
    let text = |it: Option<&crate::source::Text>| it.map_or_else(String::new, |it| it.value.trim().to_owned());
    let purpose = dossier.product.as_ref().and_then(|it| it.purpose.as_ref());
    let uses = dossier.context.iter().flat_map(|it| &it.foreseeable_use).map(|it| it.value.clone());
    let mut context = vec![text(dossier.context.as_ref().and_then(|it| it.environment.as_ref()))];
    context.push(text(dossier.context.as_ref().and_then(|it| it.architecture.as_ref())));
    context.extend(dossier.interface.iter().map(|it| text(it.id.as_ref()) + &text(it.kind.as_ref())));
    context.extend(dossier.part.iter().map(|it| text(it.title.as_ref())));
    let parts = release.map_or(&[][..], |it| &it.part);
    let sboms = parts.iter().filter_map(|it| it.sbom.as_ref()).map(|it| text(it.sha256.as_ref())).collect();
    let exploitable: i64 = parts
        .iter()
        .filter_map(|it| it.scan.as_ref())
        .filter_map(|it| it.exploitable)
        .fold(0, |sum, it| sum.saturating_add(it.value.max(0)));
    vec![
        ("purpose", mark(std::iter::once(text(purpose)).chain(uses).collect())),
        ("context", mark(context)),
        ("sbom", mark(sboms)),
        ("exploitable", exploitable.to_string()),
    ]
}
