//! `standards import` and `standards export`: requirements from and to the formats of other tools.

use super::find;
use crate::cli::{ExchangeFormat, ExportArgs, ImportArgs, StandardsArgs, StandardsFormat};
use crate::failure::Failure;
use crate::law;
use crate::portfolio::today;
use crate::repository::read_text;
use crate::terminal::{Terminal, pretty};
use crate::writing::{Output, write_all};
use conforme_catalogue::{
    Catalogue, Files, Library, Method, Modal, RequirementKind, StandardEdition, parse_library, sha256,
};
use conforme_exchange::{Given, Imported, Leftover, MAX_BYTES, Problem, oscal, table, written};
use conforme_render::report::plain;
use serde_json::json;
use std::fmt::Write;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

/// What an import left over, beside the edition it belongs to.
const LEFTOVER: &str = "leftover.json";
/// Longest file of an overlay; larger ones are not read again.
const MAX_OVERLAY: usize = 16 * 1024 * 1024;
/// Longest value shown of a leftover; the file has all of it.
const SHOWN: usize = 300;

/// `standards import`.
pub(super) fn import(args: &StandardsArgs, wanted: &ImportArgs, terminal: &Terminal) -> Result<String, Failure> {
    let bytes = read(&wanted.file, MAX_BYTES)?;
    let map = match &wanted.map {
        Some(path) => read_text(path).and_then(|it| table::Map::parse(&it)).map_err(|problem| {
            Failure::Usage(format!(
                "`{}` is no map of columns: {problem}\nnext: write [columns], field = \"name of the column\"",
                path.display()
            ))
        })?,
        None => table::Map::default(),
    };
    let name = wanted.file.file_name().map_or_else(|| "file".to_owned(), |it| it.to_string_lossy().into_owned());
    let stem = wanted.file.file_stem().map_or_else(|| "file".to_owned(), |it| it.to_string_lossy().into_owned());
    let given = Given {
        edition: stem.clone(),
        as_of: args.on.unwrap_or_else(today).into(),
        source: vec![format!("{name}, SHA-256 {}", sha256(&bytes))],
        kind: RequirementKind::Product,
        modal: Modal::Shall,
    };
    let imported = conforme_exchange::import(&bytes, &map, &given).map_err(|error| {
        Failure::Usage(plain(&format!(
            "`{}` cannot be taken over: {error}\nnext: mend the file and try again; nothing was written",
            wanted.file.display()
        )))
    })?;
    if imported.head.requirements.is_empty() {
        return Err(Failure::Usage(format!(
            "`{}` holds no requirement\nnext: name a file with requirements; nothing was written",
            wanted.file.display()
        )));
    }
    let law = law::catalogue(&law::named(&args.overlay))?;
    let plan = Plan::new(args, wanted, &law, &imported, &stem)?;
    if !wanted.dry_run {
        write_all(&plan.outputs, false)?;
        plan.outputs.iter().for_each(|it| terminal.say(&format!("written: {}", it.path.display())));
    }
    if args.format == StandardsFormat::Json {
        return pretty(&json!({
            "standard": plan.standard,
            "edition": plan.slug,
            "files": plan.outputs.iter().map(|it| it.path.display().to_string()).collect::<Vec<_>>(),
            "written": !wanted.dry_run,
            "requirements": imported.head.requirements.len(),
            "columns": imported.columns,
            "problems": imported.problems,
            "leftover": imported.leftover,
        }));
    }
    Ok(plain(&told(&plan, &imported, wanted.dry_run)))
}

/// What would be written, and under which name.
struct Plan {
    standard: String,
    slug: String,
    outputs: Vec<Output>,
}

impl Plan {
    fn new(
        args: &StandardsArgs,
        wanted: &ImportArgs,
        law: &Catalogue,
        imported: &Imported,
        stem: &str,
    ) -> Result<Self, Failure> {
        let standard = match &wanted.standard {
            Some(name) => law.standard(name).map_or_else(|| checked("standard", name), |it| Ok(it.id.to_string()))?,
            None => {
                let name = imported.standard.as_deref().unwrap_or(stem);
                law.standard(name).map_or_else(|| folder(&name.to_uppercase(), "IMPORTED"), |it| it.id.to_string())
            }
        };
        let slug = match &wanted.edition {
            Some(name) => checked("edition", name)?,
            None => folder(imported.slug.as_deref().unwrap_or_default(), "imported"),
        };
        let id = format!("{standard}@{slug}");
        let library = law::library(&law::named(&args.overlay), |it| it == id)?;
        if !library.editions.is_empty() {
            return Err(Failure::Usage(format!(
                "{id} is in the library already, and an overlay would add to it\nnext: name another `--edition`"
            )));
        }
        let mut plan = Self { standard, slug, outputs: Vec::new() };
        plan.fill(&wanted.into, law, imported)?;
        plan.checked(imported)?;
        if let Some(taken) = plan.outputs.iter().find(|it| fs::symlink_metadata(&it.path).is_ok()) {
            return Err(Failure::Usage(format!(
                "`{}` exists and is not replaced\nnext: name another `--edition` or folder, or move it away",
                taken.path.display()
            )));
        }
        Ok(plan)
    }

    fn fill(&mut self, into: &Path, law: &Catalogue, imported: &Imported) -> Result<(), Failure> {
        let folder = into.join("standards").join(&self.standard);
        let here = folder.join(&self.slug);
        self.put(here.join("requirements.toml"), written::toml(&imported.head));
        let entry = folder.join("standard.toml");
        if !law.standards.contains_key(&self.standard.as_str().into()) && !entry.exists() {
            self.put(entry, entry_of(&self.standard, imported));
        }
        if let Some(mapping) = &imported.mapping {
            let name = format!("{}@{}.toml", self.standard, self.slug);
            self.put(into.join("mappings").join(name), written::mapping_toml(mapping));
        }
        if let Some(large) = self.outputs.iter().find(|it| it.text.len() > MAX_OVERLAY) {
            let problem = format!("`{}` would be larger than {} MiB", large.path.display(), MAX_OVERLAY / 1024 / 1024);
            return Err(Failure::Usage(format!("{problem}\nnext: part the file into several editions")));
        }
        if !imported.leftover.is_empty() {
            self.put(here.join(LEFTOVER), pretty(&imported.leftover)?);
        }
        Ok(())
    }

    fn put(&mut self, path: PathBuf, text: String) {
        self.outputs.push(Output { path, text });
    }

    /// What would be written is read again and says the same, before anything is written.
    fn checked(&self, imported: &Imported) -> Result<(), Failure> {
        let names = [
            format!("standards/{}/{}/requirements.toml", self.standard, self.slug),
            format!("mappings/{}@{}.toml", self.standard, self.slug),
        ];
        let texts = names.iter().filter_map(|name| {
            let output = self.outputs.iter().find(|it| it.path.ends_with(name))?;
            Some((name.as_str(), output.text.as_str()))
        });
        let failed = |problem: String| Failure::Internal(format!("what was made cannot be read again: {problem}"));
        let library = parse_library(&Files::new(texts)).map_err(|it| failed(format!("{it:?}")))?;
        let same = |it: &StandardEdition| it.head == imported.head && it.mapping == imported.mapping;
        match library.editions.as_slice() {
            [edition] if same(edition) => Ok(()),
            _ => Err(failed("it differs".to_owned())),
        }
    }
}

/// A standard that the catalogue does not have gets an entry that claims nothing.
fn entry_of(standard: &str, imported: &Imported) -> String {
    let basis = &imported.head.basis;
    let mut document = toml_edit::DocumentMut::new();
    let texts = [
        ("reference", standard),
        ("title", imported.head.edition.as_str()),
        ("body", "unknown"),
        ("committee", "unknown"),
        ("role", "supporting"),
        ("tier", "supporting"),
        ("as_of", &basis.as_of.to_string()),
        ("certainty", "uncertain"),
        ("doubt", "Made by an import; who publishes it and how far it is was not looked up."),
        ("scope", "Taken over from a file of another tool."),
        ("presumption", "none"),
    ];
    for (key, text) in texts {
        document.insert(key, toml_edit::value(text));
    }
    document.insert("source", toml_edit::value(basis.source.iter().collect::<toml_edit::Array>()));
    document.to_string()
}

/// A name that can be a folder everywhere.
fn is_folder(name: &str) -> bool {
    let allowed = |it: char| it.is_ascii_alphanumeric() || matches!(it, '.' | '-' | '_');
    !name.is_empty()
        && name.len() <= 80
        && !name.starts_with(['.', '-'])
        && !name.ends_with('.')
        && name.chars().all(allowed)
}

fn checked(what: &str, name: &str) -> Result<String, Failure> {
    if is_folder(name) {
        return Ok(name.to_owned());
    }
    Err(Failure::Usage(format!(
        "`{name}` cannot be the name of a folder\nnext: write `--{what}` with letters, digits, `.`, `-` and `_`, 80 at most"
    )))
}

/// A name from a file, made one that can be a folder.
fn folder(name: &str, otherwise: &str) -> String {
    let allowed = |it: char| if it.is_ascii_alphanumeric() || matches!(it, '.' | '_') { it } else { '-' };
    let name: String = name.trim().chars().take(80).map(allowed).collect();
    let name = name.trim_matches(['.', '-']);
    if is_folder(name) { name.to_owned() } else { otherwise.to_owned() }
}

/// The import for people.
fn told(plan: &Plan, imported: &Imported, dry_run: bool) -> String {
    let mut text = String::new();
    let head = &imported.head;
    let verb = if dry_run { "would write" } else { "wrote" };
    let _ = writeln!(
        text,
        "{}@{}: {} ({} requirements in {} groups)",
        plan.standard,
        plan.slug,
        head.edition,
        head.requirements.len(),
        head.groups.len()
    );
    for output in &plan.outputs {
        let _ = writeln!(text, "  {verb} {}", output.path.display());
    }
    if !imported.columns.is_empty() {
        let _ = writeln!(text, "\nRead as:");
        for column in &imported.columns {
            let field = column.field.map_or("no place", table::Field::name);
            let _ = writeln!(text, "  {} -> {field}", column.name);
        }
        let _ = writeln!(text, "\nThe same as a map for `--map`:\n{}", table::map_toml(&imported.columns).trim_end());
    }
    if !imported.problems.is_empty() {
        let _ = writeln!(text, "\nTo look at:");
        imported.problems.iter().for_each(|it| line(&mut text, it));
    }
    if !imported.leftover.is_empty() {
        let _ = writeln!(text, "\nWithout a place in our record ({}):", imported.leftover.len());
        for it in &imported.leftover {
            let _ = writeln!(text, "  {}: {}", it.place, shown(it));
        }
    }
    if dry_run {
        for output in plan.outputs.iter().filter(|it| !it.path.ends_with(LEFTOVER)) {
            let _ = write!(text, "\n# {}\n{}", output.path.display(), output.text);
        }
    }
    text
}

fn line(text: &mut String, problem: &Problem) {
    let _ = writeln!(text, "  {}: {}", problem.place, problem.message);
}

/// A value on one line.
fn shown(leftover: &Leftover) -> String {
    let value = leftover.value.to_string();
    let cut: String = value.chars().take(SHOWN).collect();
    let end = if cut.len() < value.len() { " …" } else { "" };
    let why = if leftover.text.is_some() { " (its text was taken over, its structure is kept)" } else { "" };
    format!("{cut}{end}{why}")
}

/// `standards export`.
pub(super) fn export(args: &StandardsArgs, wanted: &ExportArgs, terminal: &Terminal) -> Result<(), Failure> {
    let to = wanted.to;
    let law = law::catalogue(&law::named(&args.overlay))?;
    let library = law::library(&law::named(&args.overlay), |_| true)?;
    let edition = edition(&law, &library, &wanted.standard)?;
    for note in unsaid(edition, to) {
        terminal.say(&format!("note: {note}"));
    }
    let failed =
        |it: conforme_exchange::ExchangeError| Failure::Usage(format!("{} cannot be written: {it}", edition.id()));
    let bytes = match to {
        ExchangeFormat::Oscal => {
            let leftover = leftover(args, edition)?;
            let (catalog, problems) = oscal::export(edition, &leftover);
            problems.iter().for_each(|it| terminal.say(&format!("{}: {}", it.place, it.message)));
            pretty(&catalog)?.into_bytes()
        }
        ExchangeFormat::OscalProfile | ExchangeFormat::OscalComponent | ExchangeFormat::OscalResults => {
            pretty(&super::oscal::document(args, wanted, edition)?)?.into_bytes()
        }
        ExchangeFormat::Csv => table::csv::export(&edition.head).map_err(failed)?.into_bytes(),
        ExchangeFormat::Xlsx => table::xlsx::export(&edition.head).map_err(failed)?,
        ExchangeFormat::Json => pretty(&json!({
            "standard": edition.standard,
            "edition": edition.slug,
            "requirements": written::head(&edition.head),
            "mapping": edition.mapping.as_ref().map(written::mapping),
        }))?
        .into_bytes(),
    };
    match &args.output {
        Some(path) => {
            fs::write(path, bytes).map_err(Failure::write(path))?;
            terminal.say(&format!("written: {}", path.display()));
        }
        None => match String::from_utf8(bytes) {
            Ok(text) if to != ExchangeFormat::Xlsx => terminal.print(&text),
            _ => return Err(Failure::Usage("a workbook is no text\nnext: add `--output FILE`".to_owned())),
        },
    }
    Ok(())
}

/// What of an edition a format leaves out.
fn unsaid(edition: &StandardEdition, to: ExchangeFormat) -> Vec<&'static str> {
    let mut notes = Vec::new();
    if matches!(edition.method, Method::Mitigations(_) | Method::Profiles(_) | Method::DecisionTree(_)) {
        notes.push(
            "the data of its method (factors, profiles, decision trees) is not exchanged; it stays in `method.toml`",
        );
    }
    let head = &edition.head;
    let framed = head.frame.is_some() || !head.threats.is_empty() || !head.objectives.is_empty();
    if matches!(to, ExchangeFormat::Csv | ExchangeFormat::Xlsx) && (framed || edition.mapping.is_some()) {
        notes.push("a table holds the requirements; frame, threats, objectives and mapping are in `--to oscal` and `--to json`");
    }
    notes
}

/// An edition by `STANDARD` or `STANDARD@EDITION`.
fn edition<'a>(law: &Catalogue, library: &'a Library, name: &str) -> Result<&'a StandardEdition, Failure> {
    let (standard, wanted) = name.split_once('@').map_or((name, None), |(standard, edition)| (standard, Some(edition)));
    let standard = find(law, standard)?;
    library.edition(&standard.id, wanted).ok_or_else(|| {
        let all: Vec<&str> = library.editions_of(&standard.id).map(|it| it.slug.as_str()).collect();
        let remedy =
            if all.is_empty() { "none is in the library".to_owned() } else { format!("it has {}", all.join(", ")) };
        Failure::NotFound { what: "edition of", name: name.to_owned(), remedy }
    })
}

/// What an import into one of the overlays left over of this edition.
fn leftover(args: &StandardsArgs, edition: &StandardEdition) -> Result<Vec<Leftover>, Failure> {
    let beside = |it: &PathBuf| it.join("standards").join(edition.standard.as_str()).join(&edition.slug).join(LEFTOVER);
    let Some(path) = args.overlay.iter().rev().map(beside).find(|it| it.is_file()) else { return Ok(Vec::new()) };
    let bytes = read(&path, 4 * MAX_BYTES)?;
    serde_json::from_slice(&bytes).map_err(|error| {
        let problem = format!("`{}` is not what an import left over: {error}", path.display());
        Failure::Usage(format!("{problem}\nnext: restore it, or delete it to export without it"))
    })
}

/// The bytes of an ordinary file of bounded size.
fn read(path: &Path, most: u64) -> Result<Vec<u8>, Failure> {
    let file = fs::File::open(path).map_err(Failure::read(path))?;
    if !file.metadata().map_err(Failure::read(path))?.is_file() {
        return Err(Failure::Usage(format!("`{}` is no ordinary file\nnext: name a file", path.display())));
    }
    let mut bytes = Vec::new();
    file.take(most + 1).read_to_end(&mut bytes).map_err(Failure::read(path))?;
    if bytes.len() as u64 > most {
        let problem = format!("`{}` is larger than {} MiB", path.display(), most / 1024 / 1024);
        return Err(Failure::Usage(format!("{problem}\nnext: part it")));
    }
    Ok(bytes)
}
