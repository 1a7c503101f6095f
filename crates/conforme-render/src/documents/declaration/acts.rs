//! Point 5 of the declaration: the acts of the Union that its object conforms to (Art. 28(3)).

use super::{body, module};
use crate::document::Cell;
use crate::documents::Subject;
use crate::documents::page::{Page, joined, words};
use crate::documents::speech::Speech;
use conforme_core::dossier::Act;

/// Point 5: this Regulation first, then every other act the declaration covers, with their publication (Art. 28(3)).
pub(super) fn acts(subject: &Subject<'_>, speech: &Speech<'_>, page: &mut Page) {
    let dossier = &subject.loaded.dossier;
    let regulation = regulation(subject);
    if dossier.act.is_empty() {
        page.list([regulation]);
        return;
    }
    let own = [regulation, module(subject).to_owned(), subject.presuming().join("; "), body(subject)];
    let mut rows: Vec<Vec<Cell>> = vec![own.into_iter().map(Cell::text).collect()];
    for act in &dossier.act {
        let name = [words(act.name.as_ref()), words(act.oj.as_ref())];
        let name = name.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(", ");
        let certificate = [words(act.notified_body.as_ref()), words(act.certificate.as_ref())];
        let certificate = certificate.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(", ");
        let cells = [name, words(act.procedure.as_ref()).to_owned(), standards_of(subject, act), certificate];
        rows.push(cells.into_iter().map(Cell::text).collect());
    }
    let titles = ["acts", "procedure", "standards", "notified_body"].map(|it| speech.say(&format!("declaration.{it}")));
    let columns: Vec<(&str, u16)> = titles.iter().map(String::as_str).zip([4, 3, 4, 3]).collect();
    page.table(speech.say("declaration.acts"), &columns, rows);
    for act in &dossier.act {
        let wanted = [("name", &act.name), ("oj", &act.oj), ("procedure", &act.procedure)];
        for (key, _) in wanted.into_iter().filter(|(_, text)| words(text.as_ref()).is_empty()) {
            page.missing(format_args!("`{key}` under [[act]] {}", words(act.name.as_ref())));
        }
        for draft in act.standards.iter().filter(|it| subject.is_draft(&it.value)) {
            page.missing(format_args!("`{}` under [[act]] is a draft and was left out", draft.value));
        }
    }
}

/// Standards an act was met by; a draft of this Regulation's standards is none.
fn standards_of(subject: &Subject<'_>, act: &Act) -> String {
    let standards: Vec<_> = act.standards.iter().filter(|it| !subject.is_draft(&it.value)).cloned().collect();
    joined(&standards)
}

/// Name and publication of the Regulation, as the catalogue has them.
fn regulation(subject: &Subject<'_>) -> String {
    let outline = subject.law.documents.get(&"annex-v".into());
    let name = outline.map_or("", |it| it.cites.split_once(", ").map_or(it.cites.as_str(), |(act, _)| act));
    let number = name.rsplit(' ').next().unwrap_or_default();
    let published = subject.law.timeline.iter().filter_map(|it| it.cites.as_deref());
    let published = published.into_iter().find(|it| it.starts_with("OJ ") && !number.is_empty() && it.contains(number));
    published.map_or_else(|| name.to_owned(), |oj| format!("{name}, {oj}"))
}
