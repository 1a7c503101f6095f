//! The pack: what the maker of a component hands to those who build it into their products.
//!
//! Only files that are the recorded ones go in, and only documents that are no DRAFT and are those of their manifest. The
//! folder appears whole or not at all.

use super::{built_by_default, one, subject};
use crate::PROGRAM;
use crate::cli::Target;
use crate::failure::Failure;
use crate::portfolio::Judged;
use crate::repository::Repository;
use crate::terminal::{Terminal, pretty};
use conforme_catalogue::sha256;
use conforme_core::files::{self, FileFact};
use conforme_core::source::Text;
use conforme_render::documents::supplier::{Handed, pack_index};
use conforme_render::html;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::io::{Error, ErrorKind};
use std::path::Path;

/// Files are held in memory until the folder is put into place.
const MAX_BYTES: u64 = 256 * 1024 * 1024;

/// Makes the pack. Exit code 1 when something is missing in it.
pub(super) fn run(target: &Target, output: &Path, built: Option<&Path>, terminal: &Terminal) -> Result<u8, Failure> {
    let (judged, repository) = one(target)?;
    let mut pack = Pack { judged: &judged, repository: &repository, files: BTreeMap::new(), parts: Vec::new() };
    pack.sboms()?;
    pack.support();
    pack.contacts();
    pack.policy()?;
    pack.integration();
    let built = built.map_or_else(|| built_by_default(target, &judged.assessment.release), Path::to_owned);
    pack.declaration(&built)?;
    let missing: Vec<String> =
        pack.parts.iter().flat_map(|part| part.missing.iter().map(move |it| format!("{}: {it}", part.what))).collect();
    let page = pack_index(&subject(&judged), &pack.parts);
    let page = html::page(&page, None).map_err(|it| Failure::Internal(it.to_string()))?;
    pack.files.insert("index.html".to_owned(), page.into_bytes());
    let manifest = pack.manifest(&missing);
    pack.files.insert("manifest.json".to_owned(), pretty(&manifest)?.into_bytes());
    place(output, &pack.files)?;
    for it in &missing {
        terminal.say(&format!("missing: {it}"));
    }
    terminal.say(&format!("{} files in {}", pack.files.len(), output.display()));
    terminal.print(&format!("{}\n", output.join("index.html").display()));
    Ok(u8::from(!missing.is_empty()))
}

struct Pack<'a> {
    judged: &'a Judged,
    repository: &'a Repository,
    /// Path in the pack and content.
    files: BTreeMap<String, Vec<u8>>,
    parts: Vec<Handed>,
}

impl Pack<'_> {
    fn sboms(&mut self) -> Result<(), Failure> {
        let mut part = handed("Software bills of materials");
        let release = self.judged.loaded.dossier.release(&self.judged.assessment.release);
        let parts = release.map_or(&[][..], |it| &it.part);
        if parts.is_empty() {
            part.missing.push("[[release.part]] with `sbom`, for each part of the release".to_owned());
        }
        for it in parts {
            let title = words(it.part.as_ref());
            let Some(sbom) = &it.sbom else {
                part.missing.push(format!("`sbom` of {title} in [[release.part]]"));
                continue;
            };
            match self.copy(sbom.file.as_ref(), sbom.sha256.as_ref(), "sbom")? {
                Ok(row) => part.rows.push((format!("{title} {}", words(it.version.as_ref())).trim().to_owned(), row)),
                Err(problem) => part.missing.push(format!("SBOM of {title}: {problem}")),
            }
        }
        self.parts.push(part);
        Ok(())
    }

    fn support(&mut self) {
        let dossier = &self.judged.loaded.dossier;
        let mut part = handed("Support");
        let support = dossier.support.as_ref();
        let own = dossier.release(&self.judged.assessment.release).and_then(|it| it.support_end);
        match own.or_else(|| support.and_then(|it| it.end)) {
            Some(end) => part.rows.push(("End of the support period".to_owned(), end.value.to_string())),
            None => part.missing.push("`end` under [support]".to_owned()),
        }
        part.say("Kind of support", support.and_then(|it| it.kind.as_ref()), None);
        let handling = dossier.vulnerability_handling.as_ref();
        part.say("How updates are distributed", handling.and_then(|it| it.updates.as_ref()), None);
        self.parts.push(part);
    }

    fn contacts(&mut self) {
        let dossier = &self.judged.loaded.dossier;
        let mut part = handed("Contacts");
        let handling = dossier.vulnerability_handling.as_ref();
        let maker = dossier.manufacturer.as_ref();
        let key = "`contact` under [vulnerability_handling]";
        part.say("Reports of vulnerabilities", handling.and_then(|it| it.contact.as_ref()), Some(key));
        let key = "`single_point_of_contact` under [vulnerability_handling]";
        part.say("Single point of contact", handling.and_then(|it| it.single_point_of_contact.as_ref()), Some(key));
        part.say("E-mail", maker.and_then(|it| it.email.as_ref()), Some("`email` under [manufacturer]"));
        part.say("Website", maker.and_then(|it| it.website.as_ref()), None);
        self.parts.push(part);
    }

    fn policy(&mut self) -> Result<(), Failure> {
        let mut part = handed("Policy on coordinated vulnerability disclosure");
        let handling = self.judged.loaded.dossier.vulnerability_handling.as_ref();
        let policy = handling.and_then(|it| it.policy.as_ref());
        part.say("Address", handling.and_then(|it| it.policy_url.as_ref()), None);
        match policy {
            Some(policy) if files::is_address(&policy.value) => {
                part.rows.push(("Address".to_owned(), policy.value.clone()))
            }
            Some(_) => match self.copy(policy, None, "policy")? {
                Ok(row) => part.rows.push(("Policy".to_owned(), row)),
                Err(problem) => part.missing.push(problem),
            },
            None => part.missing.push("`policy` under [vulnerability_handling]".to_owned()),
        }
        self.parts.push(part);
        Ok(())
    }

    fn integration(&mut self) {
        let mut part = handed("Information for integrators");
        let told = self.judged.loaded.dossier.user_information.as_ref();
        let key = "`integration` under [user_information]: what an integrator needs to meet the essential requirements";
        part.say("Integration", told.and_then(|it| it.integration.as_ref()), Some(key));
        part.say("Secure use", told.and_then(|it| it.secure_use.as_ref()), None);
        part.say("Manual", told.and_then(|it| it.manual.as_ref()), None);
        self.parts.push(part);
    }

    /// Declarations that were built for this release, as far as they are final and are what their manifest says.
    fn declaration(&mut self, built: &Path) -> Result<(), Failure> {
        let mut part = handed("EU declaration of conformity");
        let told = self.judged.loaded.dossier.user_information.as_ref();
        part.say("Address", told.and_then(|it| it.declaration_url.as_ref()), None);
        let manifest: Option<Value> =
            fs::read(built.join("manifest.json")).ok().and_then(|it| serde_json::from_slice(&it).ok());
        let ours = |it: &Value| {
            it["product"] == json!(self.judged.assessment.product)
                && it["release"] == json!(self.judged.assessment.release)
        };
        let Some(manifest) = manifest.filter(ours) else {
            let text = format!("no declaration of this release in {}; `conforme build` makes it", built.display());
            part.missing.push(text);
            self.parts.push(part);
            return Ok(());
        };
        let mut found = false;
        for document in manifest["documents"].as_array().into_iter().flatten() {
            let id = document["id"].as_str().unwrap_or_default();
            if !id.starts_with("declaration") {
                continue;
            }
            found = true;
            if document["draft"] != json!(false) {
                part.missing.push(format!("{id} is a DRAFT"));
                continue;
            }
            // A manifest is a file like any other: only plain names in its folder are believed.
            let names = document["files"].as_array().into_iter().flatten().filter_map(Value::as_str);
            for name in names.filter(|it| !it.contains(['/', '\\']) && !it.starts_with('.')) {
                let path = built.join(name);
                let bytes = fs::read(&path).map_err(Failure::read(&path))?;
                let hash = sha256(&bytes);
                if manifest["outputs"][name]["sha256"] == json!(hash) {
                    part.rows.push((id.to_owned(), format!("declaration/{name} (SHA-256 {hash})")));
                    self.files.insert(format!("declaration/{name}"), bytes);
                } else {
                    part.missing.push(format!("{name} is not the file of its manifest; build it again"));
                }
            }
        }
        if !found {
            part.missing.push(format!("no declaration in {}; `conforme build` makes it", built.display()));
        }
        self.parts.push(part);
        Ok(())
    }

    /// Takes a file of the dossier into the pack when it is the recorded one; else says why not.
    fn copy(
        &mut self,
        file: Option<&Text>,
        recorded: Option<&Text>,
        folder: &str,
    ) -> Result<Result<String, String>, Failure> {
        let Some(file) = file else { return Ok(Err("no `file` is named".to_owned())) };
        let Some(path) = files::resolve(&self.judged.loaded.sources, file) else {
            return Ok(Err(format!("`{}` leaves the repository", file.value)));
        };
        let FileFact::Present { size, .. } = self.judged.files.get(&path) else {
            return Ok(Err(format!("`{}` is not there", file.value)));
        };
        if *size > MAX_BYTES {
            return Ok(Err(format!(
                "`{}` is larger than {} MiB; hand it on another way",
                file.value,
                MAX_BYTES / 1024 / 1024
            )));
        }
        let from = self.repository.root.join(&path);
        if let Err(problem) = self.repository.inside(&from) {
            return Ok(Err(format!("`{}`: {problem}", file.value)));
        }
        let bytes = fs::read(&from).map_err(Failure::read(&from))?;
        let hash = sha256(&bytes);
        if recorded.is_some_and(|it| !it.value.eq_ignore_ascii_case(&hash)) {
            return Ok(Err(format!("`{}` is not the file that was recorded", file.value)));
        }
        let base = path.rsplit('/').next().unwrap_or(&path);
        let mut name = format!("{folder}/{base}");
        let mut number = 2;
        while self.files.get(&name).is_some_and(|it| *it != bytes) {
            name = format!("{folder}/{number}-{base}");
            number += 1;
        }
        self.files.insert(name.clone(), bytes);
        Ok(Ok(format!("{name} (SHA-256 {hash})")))
    }

    fn manifest(&self, missing: &[String]) -> Value {
        let files: BTreeMap<&String, Value> = self
            .files
            .iter()
            .map(|(name, bytes)| (name, json!({ "sha256": sha256(bytes), "bytes": bytes.len() })))
            .collect();
        let assessment = &self.judged.assessment;
        let said: BTreeMap<&str, Vec<Value>> = self
            .parts
            .iter()
            .map(|it| {
                (it.what.as_str(), it.rows.iter().map(|(key, value)| json!({ "what": key, "value": value })).collect())
            })
            .collect();
        json!({
            "version": 1,
            "program": PROGRAM,
            "product": assessment.product,
            "release": assessment.release,
            "as_of": assessment.as_of.to_string(),
            "files": files,
            "says": said,
            "missing": missing,
        })
    }
}

trait Say {
    fn say(&mut self, label: &str, text: Option<&Text>, key: Option<&str>);
}

impl Say for Handed {
    /// What the dossier says; what must be there and is not is noted with its key.
    fn say(&mut self, label: &str, text: Option<&Text>, key: Option<&str>) {
        match (words(text), key) {
            ("", Some(key)) => self.missing.push(key.to_owned()),
            ("", None) => {}
            (text, _) => self.rows.push((label.to_owned(), text.to_owned())),
        }
    }
}

fn handed(what: &str) -> Handed {
    Handed { what: what.to_owned(), rows: Vec::new(), missing: Vec::new() }
}

fn words(text: Option<&Text>) -> &str {
    text.map_or("", |it| it.value.trim())
}

/// Puts the folder into place in one step. What is there is never touched, unless it is an empty folder.
fn place(output: &Path, files: &BTreeMap<String, Vec<u8>>) -> Result<(), Failure> {
    let taken = |problem: &str| Failure::Write {
        path: output.to_owned(),
        source: Error::new(ErrorKind::AlreadyExists, problem.to_owned()),
    };
    if fs::symlink_metadata(output).is_ok() {
        let mut entries = fs::read_dir(output).map_err(|_| taken("it exists and is no folder"))?;
        if entries.next().is_some() {
            return Err(taken("the folder is not empty; name a new one"));
        }
    }
    let name = output.file_name().map_or_else(Default::default, |it| it.to_string_lossy().into_owned());
    let fresh = output.with_file_name(format!(".{name}.{}.new", std::process::id()));
    let done = fill(&fresh, files).and_then(|()| {
        let _ = fs::remove_dir(output);
        fs::rename(&fresh, output).map_err(Failure::write(output))
    });
    if done.is_err() {
        let _ = fs::remove_dir_all(&fresh);
    }
    done
}

fn fill(folder: &Path, files: &BTreeMap<String, Vec<u8>>) -> Result<(), Failure> {
    for (name, bytes) in files {
        let path = folder.join(name);
        let parent = path.parent().unwrap_or(folder);
        fs::create_dir_all(parent).map_err(Failure::write(parent))?;
        fs::write(&path, bytes).map_err(Failure::write(&path))?;
    }
    Ok(())
}
