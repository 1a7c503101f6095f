//! `conforme supplier`: agreement, questionnaire, answers, and the pack that goes downstream.

mod pack;
mod questionnaire;

use super::build::{Own, add, forms, version_folder};
use crate::PROGRAM;
use crate::cli::{SupplierAction, SupplierArgs, Target};
use crate::failure::Failure;
use crate::law;
use crate::portfolio::{self, Judged};
use crate::repository::Repository;
use crate::terminal::Terminal;
use conforme_core::dossier::Component;
use conforme_pdf::Typesetter;
use conforme_render::documents::{Subject, supplier};
use std::collections::BTreeMap;
use std::path::Path;

/// The standard whose activities are divided.
const STANDARD: &str = "EN-40000-1-2";

/// Runs the action.
pub(crate) fn run(args: &SupplierArgs, terminal: &Terminal) -> Result<u8, Failure> {
    match &args.action {
        SupplierAction::Agreement { target, component, out } => agreement(target, component, out.as_deref(), terminal),
        SupplierAction::Questionnaire { target, component, output } => {
            questionnaire::ask(target, component, output, terminal)
        }
        SupplierAction::Answers { file, overlay } => questionnaire::answers(file, overlay, terminal),
        SupplierAction::Pack { target, output, built } => pack::run(target, output, built.as_deref(), terminal),
    }
}

/// One product, judged, and the repository it lies in. Hashes are taken anew: what is handed on must not rest on memory.
fn one(target: &Target) -> Result<(Judged, Repository), Failure> {
    let mut target = target.clone();
    target.rehash = true;
    let portfolio = portfolio::judge(&target)?;
    let many = portfolio.products.len() != 1;
    let judged = portfolio.products.into_iter().next().filter(|_| !many);
    let judged = judged.ok_or_else(|| {
        Failure::Usage("this is about one product\nnext: name its folder, or add `--product NAME`".to_owned())
    })?;
    if !judged.loaded.is_readable() {
        let problem = "the dossier cannot be read in full\nnext: `conforme check` says where";
        return Err(Failure::Usage(problem.to_owned()));
    }
    Ok((judged, portfolio.repository))
}

fn subject(judged: &Judged) -> Subject<'_> {
    Subject {
        law: &judged.law,
        loaded: &judged.loaded,
        assessment: &judged.assessment,
        files: &judged.files,
        program: PROGRAM,
        languages: &[],
    }
}

fn component<'a>(judged: &'a Judged, name: &str) -> Option<&'a Component> {
    judged.loaded.dossier.component.iter().find(|it| it.name.as_ref().is_some_and(|it| it.value.trim() == name.trim()))
}

fn agreement(target: &Target, name: &str, out: Option<&Path>, terminal: &Terminal) -> Result<u8, Failure> {
    let (judged, repository) = one(target)?;
    let Some(component) = component(&judged, name) else {
        let all = judged.loaded.dossier.component.iter().filter_map(|it| it.name.as_ref());
        let all: Vec<&str> = all.map(|it| it.value.as_str()).collect();
        let remedy = if all.is_empty() {
            "record it as [[component]] in components.toml".to_owned()
        } else {
            format!("the dossier has {}; record others as [[component]] in components.toml", all.join(", "))
        };
        return Err(Failure::NotFound { what: "component", name: name.to_owned(), remedy });
    };
    let library = law::library(&law::named(&target.overlay), |it| it.starts_with(&format!("{STANDARD}@")))?;
    let edition = library
        .edition(&STANDARD.into(), None)
        .ok_or_else(|| Failure::Internal(format!("the catalogue has no edition of {STANDARD}")))?;
    let document = supplier::agreement(&subject(&judged), edition, component);
    let templates = Own::load(&judged, &repository.root)?;
    let mut files = BTreeMap::new();
    for (ending, bytes) in forms(&document, &templates, &Typesetter::new())? {
        files.insert(format!("{}.{ending}", document.id), bytes);
    }
    let folder = out.map_or_else(|| target.folder.join("build").join("supplier"), Path::to_owned);
    add(&folder, &files)?;
    if document.draft.is_some() {
        terminal.say("DRAFT: the agreement says what is missing and which responsibilities are only proposed");
    }
    terminal.print(&files.keys().map(|it| format!("{}\n", folder.join(it).display())).collect::<String>());
    Ok(0)
}

/// Where `conforme build` puts the documents of a release unless it is told otherwise.
fn built_by_default(target: &Target, release: &str) -> std::path::PathBuf {
    target.folder.join("build").join(version_folder(release))
}
