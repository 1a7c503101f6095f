//! The library in the terminal: tables of at most 100 columns and sentences beside them.

use super::{reach, sure};
use crate::standards::layout::{field, paragraph, table};
use conforme_catalogue::{LookedAt, Modal, Requirement, Standard, StandardEdition};
use conforme_core::library::coverage::{Answer, Coverage, Row, State};
use conforme_core::library::defects::{Defect, Rule};
use conforme_core::library::difference::Difference;
use conforme_core::library::procedure::Run;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Width of labels.
const LABEL: usize = 16;

/// What an edition holds, and its requirements in a table.
pub fn edition(it: &StandardEdition) -> String {
    let head = &it.head;
    let mut text = String::from("\n  requirements\n");
    text += &field(4, "edition", LABEL, &format!("{} (`{}`)", head.edition, it.slug));
    text += &field(4, "reach", LABEL, &format!("{}: {}", reach(it), head.reach_note));
    if let (Some(sure), Some(doubt)) = (sure(head.basis.certainty), &head.basis.doubt) {
        text += &field(4, "certainty", LABEL, &format!("{sure}: {doubt}"));
    }
    if !head.levels.is_empty() {
        text += &field(4, "levels", LABEL, &head.levels.join(", "));
    }
    let rows: Vec<Vec<String>> = head
        .requirements
        .iter()
        .map(|it| {
            let levels = it.levels.first().cloned().unwrap_or_default();
            vec![it.id.clone(), asked(it).to_owned(), levels, it.title.clone()]
        })
        .collect();
    if !rows.is_empty() {
        text.push('\n');
        text += &table(4, &["requirement", "asked", "from level", "title"], &rows);
        text += "\n  `--requirement ID` shows one in full\n";
    }
    text
}

fn asked(it: &Requirement) -> &'static str {
    match it.modal {
        Modal::Shall => "shall",
        Modal::Should => "should",
        Modal::May => "may",
    }
}

/// One requirement in full, with how it is judged and what it answers.
pub fn requirement(of: &StandardEdition, it: &Requirement) -> String {
    let mut text = paragraph(0, &format!("{}/{}: {}", of.id(), it.id, it.title));
    let mut line = |label: &str, value: &str| {
        if !value.is_empty() {
            text += &field(2, label, LABEL, value);
        }
    };
    line("asks", it.statement.as_deref().unwrap_or("no public source says what exactly"));
    line("kind", &format!("{}, {}", super::json::kind(it.kind), asked(it)));
    line("clause", it.clause.as_deref().unwrap_or_default());
    line("belongs to", it.parent.as_deref().unwrap_or_default());
    line("levels", &it.levels.join(", "));
    line("use cases", &it.use_cases.join(", "));
    line("applies", it.applies_note.as_deref().unwrap_or_default());
    line("inputs", &it.inputs.join("; "));
    line("outputs", &it.outputs.join("; "));
    line("evidence", &it.evidence.join("; "));
    line("comes from", &it.origin.join(", "));
    let assessment = &it.assessment;
    let by: Vec<&str> = assessment
        .by
        .iter()
        .map(|it| match it {
            LookedAt::Examine => "examine",
            LookedAt::Interview => "interview",
            LookedAt::Test => "test",
        })
        .collect();
    line("judged by", &by.join(", "));
    line("criterion", assessment.reference.as_deref().unwrap_or_default());
    line("objective", assessment.objective.as_deref().unwrap_or_default());
    line("preparation", &assessment.preparation.join("; "));
    line("activities", &assessment.activities.join("; "));
    line("expected", &assessment.expected);
    if assessment.derived {
        line("", "(the assessment is a proposal of Conforme; the standard's own is not public)");
    }
    if let Some(mapping) = &of.mapping {
        for row in mapping.rows.iter().filter(|row| row.requirements.contains(&it.id)) {
            line("answers", &format!("{} ({}): {}", row.provision, row.relation.word(), row.reason));
        }
    }
    let basis = &of.head.basis;
    line("source", &if it.basis.source.is_empty() { &basis.source } else { &it.basis.source }.join(", "));
    let (certainty, doubt) = match it.basis.certainty {
        Some(own) => (Some(own), it.basis.doubt.as_deref()),
        None => (basis.certainty, basis.doubt.as_deref()),
    };
    if let Some(word) = sure(certainty) {
        line("certainty", &format!("{word}: {}", doubt.unwrap_or_default()));
    }
    text
}

/// Coverage, provision by provision.
pub fn coverage(it: &Coverage<'_>) -> String {
    let mut text = String::new();
    for (of, level) in &it.editions {
        let level = level.map_or_else(String::new, |it| format!(", {it}"));
        let _ = writeln!(text, "{}{level} ({})", of.head.edition, reach(of));
    }
    let _ = writeln!(
        text,
        "{} provisions: {} covered, {} partly, {} not answered, {} judged by nobody\n",
        it.rows.len(),
        it.count(State::Covered),
        it.count(State::Partly),
        it.count(State::None),
        it.count(State::Unknown)
    );
    for row in &it.rows {
        text += &said(row);
    }
    let topics = it.topics();
    if !topics.is_empty() {
        text += "\ngaps by topic\n";
        for (topic, provisions) in topics {
            let ids: Vec<String> = provisions.iter().map(ToString::to_string).collect();
            text += &field(2, topic, LABEL, &ids.join(", "));
        }
    }
    let mut lists: BTreeMap<&str, (&str, Vec<String>)> = BTreeMap::new();
    for row in &it.rows {
        for (list, published) in row.published.iter().filter(|(_, it)| it.gap) {
            let entry = lists.entry(&list.title).or_insert((&list.about, Vec::new()));
            entry.1.push(published.provision.to_string());
        }
    }
    if !lists.is_empty() {
        text += "\npublished by others, beside this result\n";
        for (title, (about, ids)) in lists {
            text += &paragraph(2, &format!("{title}: gaps at {}. {about}", ids.join(", ")));
        }
    }
    text + "\na mapping is a reading; it gives no presumption of conformity. `--format json` has every reason\n"
}

/// A provision, its state, and under it what answers it and what is left.
fn said(row: &Row<'_>) -> String {
    let head = format!("{}: {}", row.state.word(), row.provision.title);
    let mut text = field(0, row.provision.id.as_str(), LABEL + 2, &head);
    let mut line = |label: &str, value: &str| text += &field(4, label, LABEL - 2, value);
    for (of, set) in &row.together {
        line("together", &format!("{}: {}. {}", of.standard, set.requirements.join(", "), set.reason));
    }
    for (name, word) in names(&row.by) {
        line(word, &name);
    }
    if row.by.is_empty() {
        for (name, _) in names(&row.above) {
            line("higher level", &name);
        }
    }
    for (of, gap) in &row.gaps {
        let aspect = gap.aspect.as_ref().map_or_else(String::new, |it| format!(", {it}"));
        line("gap", &format!("{}{aspect}: {}", of.standard, gap.reason));
    }
    for of in row.unjudged.iter().filter(|_| row.state != State::Unknown) {
        line("not judged", of.standard.as_str());
    }
    text
}

/// `STANDARD: ids` with the relation, grouped.
fn names(answers: &[Answer<'_>]) -> Vec<(String, &'static str)> {
    let mut grouped: BTreeMap<(String, &'static str), Vec<String>> = BTreeMap::new();
    for it in answers {
        let key = (it.edition.standard.to_string(), it.row.relation.word());
        grouped.entry(key).or_default().push(it.requirement.id.clone());
    }
    grouped
        .into_iter()
        .map(|((standard, word), ids)| (format!("{standard}: {}", ids.join(", ")), relation(word)))
        .collect()
}

fn relation(word: &'static str) -> &'static str {
    match word {
        "intersects" => "overlaps",
        "subset" => "a part",
        "equal" => "the same",
        _ => "all and more",
    }
}

/// What a method asks of a product.
pub fn run(of: &StandardEdition, it: &Run<'_>, answered: impl Fn(&Requirement) -> Option<String>) -> String {
    let mut text = format!("{} ({})\n", of.head.edition, reach(of));
    text += &field(0, "asked by", LABEL, &it.because);
    if let Some(assurance) = it.assurance {
        text += &field(0, "assurance", LABEL, assurance);
    }
    if !it.threats.is_empty() {
        let grade =
            |it: Option<conforme_catalogue::Grade>| it.map_or("unknown", conforme_catalogue::Grade::word).to_owned();
        let rows: Vec<Vec<String>> = it
            .threats
            .iter()
            .map(|it| vec![it.threat.id.clone(), grade(it.likelihood), grade(it.impact), it.threat.title.clone()])
            .collect();
        text.push('\n');
        text += &table(0, &["threat", "likelihood", "impact", "what could happen"], &rows);
    }
    if !it.differences.is_empty() {
        text += "\nprint and formula differ; the profile counts as it is printed\n";
        for it in &it.differences {
            let computed = it.computed.map_or("nothing", conforme_catalogue::Grade::word);
            text += &paragraph(
                2,
                &format!(
                    "{}: {} printed {}, formula {computed}",
                    it.threat,
                    it.axis.word(),
                    it.printed.map_or("nothing", conforme_catalogue::Grade::word)
                ),
            );
        }
    }
    let rows: Vec<Vec<String>> = it
        .asked
        .iter()
        .map(|asked| {
            let ids: Vec<&str> = asked.any_of.iter().map(|it| it.id.as_str()).collect();
            let states: Vec<String> = asked.any_of.iter().filter_map(|it| answered(it)).collect();
            let title = asked.any_of.first().map_or("", |it| it.title.as_str());
            let title =
                if asked.any_of.len() > 1 { format!("one of {}: {title} …", ids.len()) } else { title.to_owned() };
            let sure = if asked.sure { "" } else { " (if it applies)" };
            let why = if asked.why.is_empty() { String::new() } else { format!(" [{}]", asked.why) };
            vec![
                ids.join(" | "),
                states.first().cloned().unwrap_or_else(|| "open".to_owned()),
                format!("{title}{sure}{why}"),
            ]
        })
        .collect();
    let _ = writeln!(text, "\n{} asked", it.asked.len());
    text += &table(0, &["requirement", "dossier", "title"], &rows);
    if !it.nowhere.is_empty() {
        text += &paragraph(0, &format!("\nasked and described nowhere in the text: {}", it.nowhere.join(", ")));
    }
    if !it.missing.is_empty() {
        let all: Vec<&str> = it.missing.iter().copied().collect();
        text += &paragraph(
            0,
            &format!("not given: {}; give them with `--factor NAME=LEVEL` or `--has NAME`", all.join(", ")),
        );
    }
    text
}

/// The sheet of what an assessor still has to do.
pub fn sheet(it: &Run<'_>, answered: impl Fn(&Requirement) -> Option<String>) -> String {
    let mut text = String::from("\nassessment sheet of what is open\n");
    for requirement in it.asked.iter().flat_map(|it| &it.any_of).filter(|it| answered(it).is_none()) {
        text.push('\n');
        text += &paragraph(0, &format!("{}: {}", requirement.id, requirement.title));
        let assessment = &requirement.assessment;
        let mut line = |label: &str, value: &str| {
            if !value.is_empty() {
                text += &field(2, label, LABEL, value);
            }
        };
        line("objective", assessment.objective.as_deref().unwrap_or_default());
        line("preparation", &assessment.preparation.join("; "));
        line("activities", &assessment.activities.join("; "));
        line("expected", &assessment.expected);
        line("evidence", &requirement.evidence.join("; "));
        line("verdict", "[ ] pass  [ ] fail  [ ] not applicable, because:");
    }
    text
}

/// A table over several texts, or every defect of one.
pub fn defects(all: &[(&StandardEdition, Option<&Standard>, Vec<Defect>)]) -> String {
    if let [(of, _, defects)] = all {
        return one(of, defects);
    }
    let rows: Vec<Vec<String>> = all
        .iter()
        .map(|(of, _, defects)| {
            let open = |rule: Rule| match defects.iter().filter(|it| it.rule == rule).count() {
                0 => "ok".to_owned(),
                count => count.to_string(),
            };
            let mut row = vec![of.id(), of.head.requirements.len().to_string()];
            row.extend(Rule::REQUEST.iter().map(|it| open(*it)));
            row.push(defects.iter().filter(|it| !Rule::REQUEST.contains(&it.rule)).count().to_string());
            row
        })
        .collect();
    let head = [
        "text",
        "reqs",
        "scope",
        "risks",
        "left out",
        "problem",
        "objectives",
        "reqs say",
        "assess",
        "modules",
        "contradictions",
    ];
    let mut text = table(0, &head, &rows);
    text += "\nok: nothing found; a number: open points. Columns follow M/606 Annex II (a) to (e) and the modules.\n";
    text + "What a public draft does not show counts as open; `conforme standards lint STANDARD` lists everything about one text.\n"
}

fn one(of: &StandardEdition, defects: &[Defect]) -> String {
    let mut text = format!("{} ({}, {} requirements)\n", of.head.edition, reach(of), of.head.requirements.len());
    let mut rule = None;
    for it in defects {
        if rule != Some(it.rule) {
            let _ = writeln!(text, "\n{}", it.rule.word());
            rule = Some(it.rule);
        }
        text += &paragraph(2, &format!("{}: {}", it.subject, it.message));
    }
    if defects.is_empty() {
        text += "\nnothing found\n";
    } else {
        let contradictions = defects.iter().filter(|it| !Rule::REQUEST.contains(&it.rule)).count();
        let asked = defects.len() - contradictions;
        let _ =
            writeln!(text, "\n{asked} open points of what M/606 Annex II asks for, {contradictions} contradictions");
    }
    text
}

/// What changed from one edition to another. `resting` tells which products have something that names a requirement.
pub fn difference(
    old: &StandardEdition,
    new: &StandardEdition,
    it: &Difference<'_>,
    asked: bool,
    resting: impl Fn(&str) -> Vec<(String, String)>,
) -> String {
    let mut text = format!("{} ({})\n{} ({})\n", old.head.edition, reach(old), new.head.edition, reach(new));
    let mut touched = 0;
    let mut list = |title: &str, rows: Vec<(&Requirement, String)>| {
        if rows.is_empty() {
            return;
        }
        let _ = writeln!(text, "\n{title}");
        for (requirement, what) in rows {
            text += &field(2, &requirement.id, LABEL, &format!("{}{what}", requirement.title));
            for (product, records) in resting(&requirement.id) {
                touched += 1;
                text += &field(4, "touches", LABEL - 2, &format!("{product}: {records}"));
            }
        }
    };
    list("new", it.added.iter().map(|it| (*it, String::new())).collect());
    list("changed", it.changed.iter().map(|(it, what)| (*it, format!(" ({})", what.join(", ")))).collect());
    list("gone", it.removed.iter().map(|it| (*it, String::new())).collect());
    let _ = writeln!(
        text,
        "\n{} new, {} changed, {} gone, {} the same",
        it.added.len(),
        it.changed.len(),
        it.removed.len(),
        it.same
    );
    if asked {
        let _ = writeln!(text, "{touched} of these touch records of the dossiers");
    }
    text
}
