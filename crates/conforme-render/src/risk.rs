//! Proposals for the risk assessment: for people, for programs, and as records to paste. Nothing is accepted by showing it.

use crate::standards::layout::{field, paragraph};
use conforme_core::risk::suggest::{Suggested, Suggestion};
use serde_json::{Value, json};
use std::fmt::Write as _;

/// Width of labels.
const LABEL: usize = 14;

/// Each proposal with its reason.
pub fn human(suggested: &Suggested<'_>) -> String {
    let mut text = String::new();
    for it in &suggested.open {
        let threat = it.threat;
        text += &paragraph(0, &format!("{}: {}", threat.id, threat.title));
        text += &field(2, "why", LABEL, &why(it));
        text += &field(2, "how", LABEL, &threat.text);
        let tags: Vec<&str> = threat.stride.iter().chain(&threat.linddun).map(String::as_str).collect();
        text += &field(2, "kind", LABEL, &tags.join(", "));
        let points: Vec<String> = threat.provisions.iter().map(ToString::to_string).collect();
        text += &field(2, "answered by", LABEL, &points.join(", "));
        text += &field(2, "often used", LABEL, &threat.hints.join("; "));
        text += &field(2, "source", LABEL, &threat.source().join(", "));
        text.push('\n');
    }
    let _ = writeln!(
        text,
        "{} threats proposed, {} taken over, {} dismissed with a reason",
        suggested.open.len(),
        suggested.taken,
        suggested.dismissed
    );
    for (what, id, kind) in &suggested.unknown {
        let kind = if kind.is_empty() { "no kind".to_owned() } else { format!("kind `{kind}`") };
        text += &paragraph(
            0,
            &format!("{what} {id} has {kind}, which the threat catalogue does not know: nothing is proposed for it"),
        );
    }
    if !suggested.open.is_empty() {
        text +=
            "next: take a threat over with `catalogue = \"T-…\"` in a [[threat]], or dismiss it with a reason in a\n";
        text += "[[dismissed_threat]]; `--format toml` prints records to start from\n";
    }
    text
}

fn why(it: &Suggestion<'_>) -> String {
    let mut reasons = Vec::new();
    if !it.interfaces.is_empty() {
        reasons.push(format!("comes through {}", it.interfaces.join(", ")));
    }
    if !it.assets.is_empty() {
        reasons.push(format!("is aimed at {}", it.assets.join(", ")));
    }
    if !it.situations.is_empty() {
        reasons.push(format!("the product is {}", it.situations.join(", ")));
    }
    if it.unsaid {
        reasons.push(format!(
            "needs one of {}; `situations` under [context] says nothing",
            it.threat.situations.join(", ")
        ));
    }
    if reasons.is_empty() { "concerns every product".to_owned() } else { reasons.join("; ") }
}

/// The same for programs.
pub fn json(suggested: &Suggested<'_>) -> Value {
    json!({
        "version": 1, "kind": "risk-suggest",
        "proposed": suggested.open.iter().map(|it| json!({
            "id": it.threat.id, "title": it.threat.title, "text": it.threat.text, "stride": it.threat.stride, "linddun": it.threat.linddun,
            "interfaces": it.interfaces, "assets": it.assets, "situations": it.situations, "why": why(it),
            "provisions": it.threat.provisions, "hints": it.threat.hints, "source": it.threat.source(), "authority": it.threat.basis.authority,
        })).collect::<Vec<_>>(),
        "taken": suggested.taken, "dismissed": suggested.dismissed,
        "unknown": suggested.unknown.iter().map(|(what, id, kind)| json!({ "record": what, "id": id, "kind": kind })).collect::<Vec<_>>(),
    })
}

/// Records for risk.toml: each threat with a risk that nobody has judged.
pub fn toml(suggested: &Suggested<'_>) -> String {
    let mut text =
        String::from("# Proposed by `conforme risk suggest`. Nobody has judged these; take out what does not fit.\n");
    let list = |words: &[&str]| words.iter().map(|it| quoted(it)).collect::<Vec<_>>().join(", ");
    for it in &suggested.open {
        let id = it.threat.id.as_str();
        let _ = writeln!(text, "\n# {}", why(it));
        let _ = writeln!(text, "[[threat]]\nid = {}\ntitle = {}", quoted(id), quoted(&it.threat.title));
        let _ = writeln!(text, "catalogue = {}\nassets = [{}]", quoted(id), list(&it.assets));
        let _ = writeln!(text, "interfaces = [{}]", list(&it.interfaces));
        let _ = writeln!(
            text,
            "\n[[risk]]\nid = {}\ntitle = {}",
            quoted(&id.replacen("T-", "R-", 1)),
            quoted(&it.threat.title)
        );
        let _ = writeln!(text, "threats = [{}]\nassets = [{}]", quoted(id), list(&it.assets));
        text += "#likelihood = \"\"\n#impact = \"\"\n#level = \"\"\n#treatment = \"mitigate\"\n#measures = []\n#residual = \"\"\n";
    }
    text
}

/// A TOML string: foreign words stay words.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for it in text.chars() {
        match it {
            '"' | '\\' => quoted.extend(['\\', it]),
            it if it.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(it));
            }
            it => quoted.push(it),
        }
    }
    quoted.push('"');
    quoted
}
