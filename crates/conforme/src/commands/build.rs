//! `conforme build`: the documents the law asks for, as PDF and HTML, the matrix as a spreadsheet, and a manifest.
//!
//! Everything is made in memory first and put into place last: a build that fails leaves the folder as it was.

use super::check::{exit_code, worst};
use crate::PROGRAM;
use crate::cli::BuildArgs;
use crate::failure::Failure;
use crate::portfolio::{self, Judged};
use crate::repository::read_text;
use crate::terminal::{Terminal, pretty};
use conforme_catalogue::sha256;
use conforme_catalogue::{Severity, Stage};
use conforme_core::assessment::Gate;
use conforme_core::files;
use conforme_pdf::{Templates, Typesetter};
use conforme_render::document::Document;
use conforme_render::documents::{self, Subject};
use conforme_render::html;
use conforme_render::report::human;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Builds the documents of one product, or of all of a workspace.
pub(crate) fn run(args: &BuildArgs, terminal: &Terminal) -> Result<u8, Failure> {
    // What is signed must not rest on a remembered hash.
    let mut target = args.target.clone();
    target.rehash = true;
    let portfolio = portfolio::judge(&target)?;
    let stage = Stage::from(args.stage);
    let fail_on = Severity::from(args.fail_on);
    let known: Vec<&str> = portfolio.products.iter().flat_map(|it| it.law.words.keys()).map(String::as_str).collect();
    if let Some(language) = args.lang.iter().find(|it| !known.contains(&it.as_str())) {
        let remedy = "give official languages of the Union as two letters: de, fr, pl".to_owned();
        return Err(Failure::NotFound { what: "language", name: language.clone(), remedy });
    }
    let typesetter = Typesetter::new();
    let mut drafts = 0;
    let mut written = 0;
    for judged in &portfolio.products {
        let folder = out_folder(args, judged, portfolio.many);
        let made = make(args, judged, &portfolio.repository.root, &typesetter)?;
        put(&folder, &made.files)?;
        written += made.files.len();
        drafts += made.drafts.len();
        if !portfolio.many {
            let look = human::Look { colour: false, stage, fail_on, here: &portfolio.here };
            terminal.say(&human::summary(&judged.assessment, look));
        }
        let draft = if made.drafts.is_empty() { String::new() } else { format!("; DRAFT: {}", made.drafts.join(", ")) };
        terminal.say(&format!(
            "{}: {} files in {}{draft}",
            judged.assessment.product,
            made.files.len(),
            folder.display()
        ));
        let pdfs = made.files.keys().filter(|it| it.ends_with(".pdf"));
        terminal.print(&pdfs.map(|it| format!("{}\n", folder.join(it).display())).collect::<String>());
    }
    let gate = worst(portfolio.products.iter().map(|it| it.assessment.gate(stage, fail_on)));
    if portfolio.many {
        terminal.say(&format!("{} products, {written} files, {drafts} documents are DRAFT", portfolio.products.len()));
    }
    if gate != Gate::Passed {
        terminal.say(&format!("gate {}: {}; `conforme check` says what is missing", stage.word(), gate.word()));
    }
    Ok(exit_code(&portfolio, gate))
}

/// Where the documents of a product go: `--out`, or `build/` beside the dossier.
fn out_folder(args: &BuildArgs, judged: &Judged, many: bool) -> PathBuf {
    let release = version_folder(&judged.assessment.release);
    match (&args.out, many) {
        (Some(out), false) => out.clone(),
        (Some(out), true) => out.join(judged.folder.replace('/', "-")).join(release),
        (None, false) => args.target.folder.join("build").join(release),
        (None, true) => args.target.folder.join("build").join(judged.folder.replace('/', "-")).join(release),
    }
}

/// The folder of a release under `build/`.
pub(super) fn version_folder(release: &str) -> String {
    let safe = |it: char| if it.is_alphanumeric() || it == '.' || it == '-' { it } else { '_' };
    let version: String = release.chars().map(safe).collect();
    let release = version.trim_matches('.').to_owned();
    if release.is_empty() { "unversioned".to_owned() } else { release }
}

struct Made {
    files: BTreeMap<String, Vec<u8>>,
    drafts: Vec<String>,
}

fn make(args: &BuildArgs, judged: &Judged, root: &Path, typesetter: &Typesetter) -> Result<Made, Failure> {
    let templates = Own::load(judged, root)?;
    let subject = Subject {
        law: &judged.law,
        loaded: &judged.loaded,
        assessment: &judged.assessment,
        files: &judged.files,
        program: PROGRAM,
        languages: &args.lang,
    };
    let mut made = Made { files: BTreeMap::new(), drafts: Vec::new() };
    let mut listed = Vec::new();
    let mut all = documents::all(&subject);
    let modules: Vec<documents::Module> = args.module.iter().map(|it| (*it).into()).collect();
    all.extend(documents::of_modules(&subject, &modules));
    let wanted = |it: &Document, name: &str| it.id == name || it.id.split('.').next() == Some(name);
    if let Some(name) = args.only.iter().find(|name| !all.iter().any(|it| wanted(it, name))) {
        let ids: Vec<&str> = all.iter().map(|it| it.id.as_str()).collect();
        return Err(Failure::NotFound {
            what: "document",
            name: name.clone(),
            remedy: format!("this product has {}", ids.join(", ")),
        });
    }
    for document in all {
        if !args.only.is_empty() && !args.only.iter().any(|it| wanted(&document, it)) {
            continue;
        }
        if document.draft.is_some() {
            made.drafts.push(document.id.clone());
        }
        let mut names = Vec::new();
        for (ending, bytes) in forms(&document, &templates, typesetter)? {
            let name = format!("{}.{ending}", document.id);
            names.push(name.clone());
            made.files.insert(name, bytes);
        }
        listed.push(json!({ "id": document.id, "title": document.title, "language": document.language, "draft": document.draft.is_some(), "files": names }));
    }
    let manifest = manifest(judged, &templates, &made, listed);
    made.files.insert("manifest.json".to_owned(), pretty(&manifest)?.into_bytes());
    Ok(made)
}

/// A document as PDF and HTML, and as a spreadsheet where it is a table to work with.
pub(super) fn forms(
    document: &Document,
    templates: &Own,
    typesetter: &Typesetter,
) -> Result<Vec<(&'static str, Vec<u8>)>, Failure> {
    let failed = |problem: String| Failure::Document { document: document.id.clone(), problem };
    let mut forms = vec![
        ("pdf", typesetter.render(document, &templates.typst).map_err(|error| failed(error.to_string()))?),
        (
            "html",
            html::page(document, templates.html.as_deref()).map_err(|error| failed(error.to_string()))?.into_bytes(),
        ),
    ];
    if document.id == "conformity-matrix" {
        forms.push(("xlsx", conforme_office::workbook(document).map_err(|error| failed(error.to_string()))?));
    }
    Ok(forms)
}

/// Templates: the built-in ones, with those of the user over them.
pub(super) struct Own {
    typst: Templates,
    html: Option<String>,
    hashes: BTreeMap<String, String>,
}

impl Own {
    pub(super) fn load(judged: &Judged, root: &Path) -> Result<Self, Failure> {
        let mut own = Self { typst: Templates::builtin(), html: None, hashes: BTreeMap::new() };
        if let Some(name) = judged.loaded.dossier.documents.as_ref().and_then(|it| it.templates.as_ref()) {
            let outside = || Failure::Usage(format!("the template folder `{}` leaves the repository", name.value));
            let folder = root.join(files::resolve(&judged.loaded.sources, name).ok_or_else(outside)?);
            let mut paths: Vec<PathBuf> = fs::read_dir(&folder)
                .map_err(Failure::read(&folder))?
                .filter_map(|it| it.ok().map(|it| it.path()))
                .collect();
            paths.sort();
            for path in paths {
                let file = path.file_name().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
                let text = || {
                    read_text(&path)
                        .map_err(|problem| Failure::Usage(format!("template `{}`: {problem}", path.display())))
                };
                if file.ends_with(".typ") {
                    own.typst = own.typst.with(&file, text()?);
                } else if file == "document.html" {
                    own.html = Some(text()?);
                }
            }
        }
        own.hashes = own.typst.sources().map(|(name, source)| (name.to_owned(), sha256(source.as_bytes()))).collect();
        own.hashes.insert("document.html".to_owned(), sha256(own.html.as_deref().unwrap_or(html::TEMPLATE).as_bytes()));
        Ok(own)
    }
}

/// What was made from what: every output, every input, every template, by SHA-256.
fn manifest(judged: &Judged, templates: &Own, made: &Made, documents: Vec<Value>) -> Value {
    let assessment = &judged.assessment;
    let outputs: BTreeMap<&String, Value> = made
        .files
        .iter()
        .map(|(name, bytes)| (name, json!({ "sha256": sha256(bytes), "bytes": bytes.len() })))
        .collect();
    let dossier: BTreeMap<&str, String> =
        judged.loaded.sources.files().iter().map(|it| (it.path.as_str(), sha256(it.text.as_bytes()))).collect();
    let evidence: BTreeMap<&str, &str> = judged
        .files
        .iter()
        .filter_map(|(path, fact)| match fact {
            files::FileFact::Present { sha256, .. } => Some((path, sha256.as_str())),
            _ => None,
        })
        .collect();
    let overlays: Vec<Value> =
        judged.law.overlays.iter().map(|it| json!({ "name": it.name, "sha256": it.sha256 })).collect();
    let gates: BTreeMap<&str, &str> =
        Stage::ALL.iter().map(|it| (it.word(), assessment.gate(*it, Severity::Error).word())).collect();
    json!({
        "version": 1,
        "program": PROGRAM,
        "product": assessment.product,
        "release": assessment.release,
        "placing": assessment.placing.to_string(),
        "as_of": assessment.as_of.to_string(),
        "catalogue": { "edition": judged.law.edition.id, "sha256": judged.law.digest, "overlays": overlays },
        "gates": gates,
        "documents": documents,
        "outputs": outputs,
        "inputs": { "dossier": dossier, "evidence": evidence, "templates": templates.hashes },
    })
}

/// Puts a build into its folder. What an earlier build left there and this one does not make goes: a declaration that no
/// longer holds must not lie beside the new manifest.
fn put(folder: &Path, files: &BTreeMap<String, Vec<u8>>) -> Result<(), Failure> {
    let stale = earlier(folder).into_iter().filter(|it| !files.contains_key(it));
    for name in stale {
        let path = folder.join(name);
        fs::remove_file(&path).map_err(Failure::write(&path))?;
    }
    add(folder, files)
}

/// Puts files into a folder beside what is there: each under a new name first, then renamed.
pub(super) fn add(folder: &Path, files: &BTreeMap<String, Vec<u8>>) -> Result<(), Failure> {
    fs::create_dir_all(folder).map_err(Failure::write(folder))?;
    let fresh = |name: &str| folder.join(format!(".{name}.new"));
    for (name, bytes) in files {
        let path = fresh(name);
        if let Err(error) = fs::write(&path, bytes) {
            for name in files.keys() {
                let _ = fs::remove_file(fresh(name));
            }
            return Err(Failure::write(&path)(error));
        }
    }
    for name in files.keys() {
        let path = folder.join(name);
        fs::rename(fresh(name), &path).map_err(Failure::write(&path))?;
    }
    Ok(())
}

/// Files of the manifest that lies in a folder, as far as they are there.
fn earlier(folder: &Path) -> Vec<String> {
    let manifest: Option<Value> =
        fs::read(folder.join("manifest.json")).ok().and_then(|it| serde_json::from_slice(&it).ok());
    let outputs = manifest.as_ref().and_then(|it| it["outputs"].as_object());
    let names = outputs.into_iter().flat_map(serde_json::Map::keys);
    // A manifest is a file like any other: only plain names in this folder are believed.
    names.filter(|it| !it.contains(['/', '\\']) && folder.join(it).is_file()).cloned().collect()
}
