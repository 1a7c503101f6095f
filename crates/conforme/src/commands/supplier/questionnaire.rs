//! Questions for a supplier as a file, and what the answers mean for components.toml. What a supplier wrote is data: it
//! becomes quoted values and comments, and decides nothing by itself.

use super::{component, one};
use crate::PROGRAM;
use crate::cli::Target;
use crate::commands::init::values::{line, quoted};
use crate::failure::Failure;
use crate::law;
use crate::repository::read_text;
use crate::terminal::{Terminal, pretty};
use crate::writing::{Output, write_all};
use conforme_catalogue::{AnswerForm, Catalogue, Day, SupplierQuestion};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Version of the format.
const FORMAT: u32 = 1;

/// Writes the questions on a component.
pub(super) fn ask(target: &Target, name: &str, output: &Path, terminal: &Terminal) -> Result<u8, Failure> {
    if name.trim().is_empty() {
        return Err(Failure::Usage("`--component` is empty\nnext: give the name of the component".to_owned()));
    }
    let (judged, _) = one(target)?;
    let record = component(&judged, name);
    if record.is_none() {
        terminal.say(&format!("note: `{name}` is not in components.toml yet"));
    }
    let said = |text: Option<&conforme_core::source::Text>| text.map_or("", |it| it.value.as_str()).to_owned();
    let questions: Vec<Value> = judged.law.questions.iter().map(|it| question(&judged.law, it)).collect();
    let file = json!({
        "format": FORMAT,
        "made_by": PROGRAM,
        "asked_by": said(judged.loaded.dossier.manufacturer.as_ref().and_then(|it| it.name.as_ref())),
        "answered_by": "",
        "answered_on": "",
        "component": {
            "name": name.trim(),
            "version": said(record.and_then(|it| it.version.as_ref())),
            "supplier": said(record.and_then(|it| it.supplier.as_ref())),
            "purl": said(record.and_then(|it| it.purl.as_ref())),
        },
        "questions": questions,
    });
    write_all(&[Output { path: output.to_owned(), text: pretty(&file)? }], false)?;
    terminal.say(&format!("written: {} with {} questions", output.display(), judged.law.questions.len()));
    Ok(0)
}

fn question(law: &Catalogue, it: &SupplierQuestion) -> Value {
    let form = match it.answer {
        AnswerForm::YesNo => "true or false",
        AnswerForm::Text => "text",
        AnswerForm::Month => "YYYY-MM",
    };
    let provisions: Vec<Value> = it
        .provisions
        .iter()
        .map(|id| json!({ "id": id.as_str(), "cites": law.provision(id.as_str()).map(|it| it.cites.as_str()) }))
        .collect();
    json!({ "id": it.id, "question": it.question, "provisions": provisions, "answer_as": form, "answer": null, "remarks": "" })
}

#[derive(Debug, Deserialize)]
struct Answers {
    format: u32,
    #[serde(default)]
    answered_by: String,
    #[serde(default)]
    answered_on: String,
    component: Named,
    questions: Vec<Answer>,
}

#[derive(Debug, Deserialize)]
struct Named {
    name: String,
    #[serde(default)]
    version: String,
    #[serde(default)]
    supplier: String,
    #[serde(default)]
    purl: String,
}

#[derive(Debug, Deserialize)]
struct Answer {
    id: String,
    #[serde(default)]
    answer: Value,
    #[serde(default)]
    remarks: String,
}

/// Prints the patch for components.toml.
pub(super) fn answers(file: &Path, overlay: &[PathBuf], terminal: &Terminal) -> Result<u8, Failure> {
    let law = law::catalogue(&law::named(overlay))?;
    let wrong = |problems: &[String]| {
        let lines: Vec<String> = problems.iter().map(|it| format!("  {it}")).collect();
        Failure::Usage(format!(
            "`{}` cannot be used:\n{}\nnext: mend it, or write a new one with `conforme supplier questionnaire`",
            file.display(),
            lines.join("\n")
        ))
    };
    let text = read_text(file).map_err(|problem| wrong(&[problem]))?;
    let given: Answers = serde_json::from_str(&text).map_err(|error| wrong(&[error.to_string()]))?;
    let problems = problems(&law, &given);
    if !problems.is_empty() {
        return Err(wrong(&problems));
    }
    let (patch, open) = patch(&law, &given);
    terminal.print(&patch);
    for question in &open {
        terminal.say(&format!(
            "open: {} ({question})",
            law.questions.iter().find(|it| it.id == **question).map_or("", |it| &it.question)
        ));
    }
    Ok(if open.is_empty() { 0 } else { 3 })
}

/// Every mistake in the file, each with the question.
fn problems(law: &Catalogue, given: &Answers) -> Vec<String> {
    let mut problems = Vec::new();
    if given.format != FORMAT {
        problems.push(format!("`format` is {}, and this version reads {FORMAT}", given.format));
    }
    if given.component.name.trim().is_empty() {
        problems.push("`component.name` is empty".to_owned());
    }
    let mut seen = BTreeSet::new();
    for it in &given.questions {
        let Some(question) = law.questions.iter().find(|known| known.id == it.id) else {
            problems.push(format!("`{}` is no question of this version", line(&it.id)));
            continue;
        };
        if !seen.insert(&it.id) {
            problems.push(format!("`{}` is answered twice", it.id));
        }
        let fits = match (question.answer, &it.answer) {
            (_, Value::Null) | (AnswerForm::YesNo, Value::Bool(_)) | (AnswerForm::Text, Value::String(_)) => true,
            (AnswerForm::Month, Value::String(text)) => text.trim().is_empty() || text.trim().parse::<Day>().is_ok(),
            _ => false,
        };
        if !fits {
            problems.push(match question.answer {
                AnswerForm::YesNo => format!("`{}`: answer true or false", it.id),
                AnswerForm::Text => format!("`{}`: answer with a text", it.id),
                AnswerForm::Month => format!("`{}`: answer with a month such as 2031-12", it.id),
            });
        }
    }
    problems
}

/// The patch, and the ids of questions that are open.
fn patch<'a>(law: &'a Catalogue, given: &Answers) -> (String, Vec<&'a String>) {
    let mut keys = String::new();
    let mut notes = String::new();
    let mut started = Vec::new();
    let mut open = Vec::new();
    for question in &law.questions {
        let answer = given.questions.iter().find(|it| it.id == question.id);
        let said = match answer.map(|it| &it.answer) {
            Some(Value::Bool(it)) => if *it { "yes" } else { "no" }.to_owned(),
            Some(Value::String(text)) => text.trim().to_owned(),
            _ => String::new(),
        };
        if said.is_empty() {
            open.push(&question.id);
            continue;
        }
        if let Some(key) = &question.key {
            let _ = writeln!(keys, "{key} = {}", quoted(&said));
        }
        if let Some(diligence) = question.diligence.as_ref().filter(|_| said != "no") {
            started.push(diligence.as_str());
        }
        let remarks = answer.map_or("", |it| it.remarks.trim());
        let remarks = if remarks.is_empty() { String::new() } else { format!(" [{}]", line(remarks)) };
        let _ = writeln!(notes, "# {}: {}{remarks}", question.id, line(&said));
    }
    let named = &given.component;
    let mut text = format!("# Answers on {}", line(&named.name));
    for (word, it) in [("by", &given.answered_by), ("on", &given.answered_on)] {
        if !it.trim().is_empty() {
            let _ = write!(text, " {word} {}", line(it));
        }
    }
    text += ".\n# Merge this with the record of the component in components.toml; keep the questionnaire as evidence.\n[[component]]\n";
    for (key, it) in
        [("name", &named.name), ("version", &named.version), ("supplier", &named.supplier), ("purl", &named.purl)]
    {
        if !it.trim().is_empty() {
            let _ = writeln!(text, "{key} = {}", quoted(it.trim()));
        }
    }
    text += &keys;
    if !started.is_empty() {
        text += "# A supplier's word is a start; write down what you have checked yourself:\n";
        let words: Vec<String> = started.iter().map(|it| quoted(it)).collect();
        let _ = writeln!(text, "#diligence = [{}]", words.join(", "));
    }
    (text + &notes, open)
}
