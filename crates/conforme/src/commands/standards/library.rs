//! What standards ask: requirements of an edition, coverage of the law, runs of a method, defects of a text.

use super::find;
use super::products::target;
use crate::cli::{RunArgs, StandardsArgs, StandardsFormat, Target, WhichProduct};
use crate::failure::Failure;
use crate::law;
use crate::portfolio::{self, Judged};
use crate::repository::read_text;
use crate::terminal::pretty;
use conforme_catalogue::{
    Catalogue, Files, Id, Library, Method, Requirement, Standard, StandardEdition, parse_library,
};
use conforme_core::assessment::Status;
use conforme_core::library::{coverage, defects, difference, level, procedure};
use conforme_render::library::{human, json};
use jiff::civil::Date;
use std::path::Path;

/// What `show` adds for the edition that was asked for: text, or fields of the answer.
pub(super) fn show(
    library: &Library,
    standard: &Standard,
    edition: Option<&str>,
    requirement: Option<&str>,
) -> Result<String, Failure> {
    let Some(edition) = chosen(library, standard, edition)? else { return Ok(String::new()) };
    let Some(wanted) = requirement else { return Ok(human::edition(edition)) };
    Ok(human::requirement(edition, one(edition, wanted)?))
}

/// The same as fields of JSON.
pub(super) fn shown(
    library: &Library,
    standard: &Standard,
    edition: Option<&str>,
    on: Date,
    into: &mut serde_json::Value,
) -> Result<(), Failure> {
    let of = library.editions_of(&standard.id);
    into["editions"] = of.map(json::edition).collect();
    let chosen = chosen(library, standard, edition)?;
    into["edition"] = chosen.map_or(serde_json::Value::Null, json::edition);
    into["requirements"] = chosen.map_or_else(Vec::new, |it| json::requirements(it, standard.authority(on))).into();
    Ok(())
}

fn chosen<'a>(
    library: &'a Library,
    standard: &Standard,
    edition: Option<&str>,
) -> Result<Option<&'a StandardEdition>, Failure> {
    let found = library.edition(&standard.id, edition);
    match (found, edition) {
        (None, Some(name)) => {
            let all: Vec<&str> = library.editions_of(&standard.id).map(|it| it.slug.as_str()).collect();
            let remedy =
                if all.is_empty() { "none is in the library".to_owned() } else { format!("it has {}", all.join(", ")) };
            Err(Failure::NotFound { what: "edition", name: name.to_owned(), remedy })
        }
        (found, _) => Ok(found),
    }
}

fn one<'a>(edition: &'a StandardEdition, wanted: &str) -> Result<&'a Requirement, Failure> {
    let same = |it: &&Requirement| it.id.eq_ignore_ascii_case(wanted);
    edition.head.requirements.iter().find(same).ok_or_else(|| Failure::NotFound {
        what: "requirement",
        name: wanted.to_owned(),
        remedy: format!("`conforme standards show {}` lists those of {}", edition.standard, edition.head.edition),
    })
}

/// An edition by `STANDARD` or `STANDARD@EDITION`.
fn edition<'a>(law: &Catalogue, library: &'a Library, name: &str) -> Result<&'a StandardEdition, Failure> {
    let (standard, wanted) = match name.split_once('@') {
        Some((standard, edition)) => (find(law, standard)?, Some(edition)),
        None => (find(law, name)?, None),
    };
    chosen(library, standard, wanted)?.ok_or_else(|| Failure::NotFound {
        what: "requirement of",
        name: standard.reference.clone(),
        remedy: "the library knows this standard by its register entry only".to_owned(),
    })
}

/// `standards coverage`.
pub(super) fn coverage(args: &StandardsArgs, names: &[String], wanted: Option<&str>) -> Result<String, Failure> {
    let law = law::catalogue(&law::named(&args.overlay))?;
    let library = law::library(&law::named(&args.overlay), |_| true)?;
    let editions: Vec<&StandardEdition> =
        names.iter().map(|it| edition(&law, &library, it)).collect::<Result<_, _>>()?;
    if let Some(wanted) = wanted {
        let with_levels: Vec<&&StandardEdition> = editions.iter().filter(|it| !it.head.levels.is_empty()).collect();
        if let Some(of) = with_levels.iter().find(|it| level(it, wanted).is_none()) {
            return Err(no_level(of, wanted));
        }
        if with_levels.is_empty() {
            return Err(Failure::Usage("none of these standards has levels\nnext: leave `--sl` out".to_owned()));
        }
    }
    let covered = coverage::coverage(&law, &library, &editions, wanted);
    if args.format == StandardsFormat::Json {
        pretty(&json::coverage(&law, &covered))
    } else {
        Ok(human::coverage(&covered))
    }
}

fn no_level(of: &StandardEdition, wanted: &str) -> Failure {
    let levels = &of.head.levels;
    let remedy = if levels.is_empty() { "it has none".to_owned() } else { format!("it has {}", levels.join(", ")) };
    Failure::NotFound { what: "level", name: wanted.to_owned(), remedy }
}

/// `standards run`.
pub(super) fn run(args: &StandardsArgs, wanted: &RunArgs) -> Result<String, Failure> {
    let law = law::catalogue(&law::named(&args.overlay))?;
    let library = law::library(&law::named(&args.overlay), |_| true)?;
    let edition = edition(&law, &library, &wanted.standard)?;
    let choice = choice(edition, wanted)?;
    let run = procedure::run(edition, &choice);
    let judged = wanted.product_folder.as_deref().map(|it| judged(args, edition, it)).transpose()?;
    let answered = |it: &Requirement| judged.as_ref().and_then(|judged| status(judged, edition, it));
    if args.format == StandardsFormat::Json {
        return pretty(&json::run(edition, &run, answered));
    }
    let mut text = human::run(edition, &run, answered);
    if wanted.sheet {
        text += &human::sheet(&run, answered);
    }
    Ok(text)
}

/// The product of a folder, which has to follow the standard.
pub(super) fn judged(args: &StandardsArgs, edition: &StandardEdition, folder: &Path) -> Result<Judged, Failure> {
    let mut portfolio = portfolio::judge(&target(args, folder, &WhichProduct::default(), args.on))?;
    let judged = match (portfolio.products.len(), portfolio.products.pop()) {
        (1, Some(judged)) => judged,
        _ => return Err(Failure::Usage("this asks for one product\nnext: name its folder".to_owned())),
    };
    let of = format!("{}/", edition.id());
    if judged.assessment.requirements.iter().any(|it| it.id.as_str().starts_with(&of)) {
        return Ok(judged);
    }
    Err(Failure::Usage(format!(
        "the dossier in `{}` does not follow {}\nnext: add a [[standard]] with `id = \"{}\"`, `edition = \"{}\"` and `follow = true`",
        folder.display(),
        edition.head.edition,
        edition.standard,
        edition.slug
    )))
}

/// What the dossier says of a requirement; nothing while it is open.
fn status(judged: &Judged, edition: &StandardEdition, requirement: &Requirement) -> Option<String> {
    let id = format!("{}/{}", edition.id(), requirement.id);
    let verdict = judged.assessment.requirements.iter().find(|it| it.id.as_str() == id)?;
    matches!(verdict.status, Status::Met | Status::Partly | Status::NotApplicable)
        .then(|| verdict.status.word().to_owned())
}

/// `standards diff OLD NEW`.
pub(super) fn diff(args: &StandardsArgs, names: &[String], folder: Option<&Path>) -> Result<String, Failure> {
    let law = law::catalogue(&law::named(&args.overlay))?;
    let library = law::library(&law::named(&args.overlay), |_| true)?;
    let editions: Vec<&StandardEdition> =
        names.iter().map(|it| edition(&law, &library, it)).collect::<Result<_, _>>()?;
    let [old, new] = editions.as_slice() else {
        return Err(Failure::Usage("two editions are compared\nnext: give two".to_owned()));
    };
    if old.standard != new.standard {
        return Err(Failure::Usage(format!(
            "{} and {} are two standards\nnext: give two editions of one, such as `{}@EDITION`",
            old.standard, new.standard, old.standard
        )));
    }
    let products = match folder {
        Some(folder) => {
            portfolio::judge(&Target { all: true, ..target(args, folder, &WhichProduct::default(), args.on) })?.products
        }
        None => Vec::new(),
    };
    let resting = |id: &str| {
        let of = |it: &Judged| {
            let names = difference::resting(&law, &it.loaded.dossier, new, id);
            (!names.is_empty()).then(|| (it.assessment.product.clone(), names.join(", ")))
        };
        products.iter().filter_map(of).collect::<Vec<_>>()
    };
    let found = difference::difference(old, new);
    if args.format == StandardsFormat::Json {
        pretty(&json::difference(old, new, &found, resting))
    } else {
        Ok(human::difference(old, new, &found, folder.is_some(), resting))
    }
}

/// What the arguments say, checked against what the method knows.
pub(super) fn choice(edition: &StandardEdition, wanted: &RunArgs) -> Result<procedure::Choice, Failure> {
    let mut choice = procedure::Choice::default();
    if let Some(name) = &wanted.level {
        choice.level = Some(level(edition, name).ok_or_else(|| no_level(edition, name))?.to_owned());
    }
    let (use_cases, factors, capabilities) = known(edition);
    if let Some(name) = &wanted.use_case {
        let found = use_cases.iter().find(|(id, profile)| {
            id.eq_ignore_ascii_case(name) || profile.is_some_and(|it| it.eq_ignore_ascii_case(name))
        });
        let Some((id, _)) = found else {
            let all: Vec<&str> = use_cases.iter().map(|it| it.0).collect();
            let remedy = if all.is_empty() { "it has none".to_owned() } else { format!("it has {}", all.join(", ")) };
            return Err(Failure::NotFound { what: "use case", name: name.to_string(), remedy });
        };
        choice.use_case = Some((*id).to_owned());
    }
    for pair in &wanted.factors {
        let given =
            pair.split_once('=').and_then(|(name, level)| Some((name.trim(), level.trim().parse::<i64>().ok()?)));
        let Some((name, level)) = given else {
            return Err(Failure::Usage(format!(
                "`{pair}` is no factor with its level\nnext: write NAME=LEVEL, such as NUSR=1"
            )));
        };
        let Some((id, most)) = factors.iter().find(|(id, _)| id.eq_ignore_ascii_case(name)) else {
            let all: Vec<&str> = factors.iter().map(|it| it.0).collect();
            let remedy = if all.is_empty() { "it has none".to_owned() } else { format!("it has {}", all.join(", ")) };
            return Err(Failure::NotFound { what: "factor", name: name.to_owned(), remedy });
        };
        if level < 0 || level > *most {
            return Err(Failure::Usage(format!(
                "{id} has levels 0 to {most}, not {level}\nnext: correct `--factor {pair}`"
            )));
        }
        choice.factors.insert((*id).to_owned(), level);
    }
    let facts = wanted.has.iter().map(|it| (it, true)).chain(wanted.has_not.iter().map(|it| (it, false)));
    for (name, has) in facts {
        let Some(id) =
            capabilities.iter().find(|it| it.eq_ignore_ascii_case(name) || it.strip_prefix("can.") == Some(name))
        else {
            let remedy = if capabilities.is_empty() {
                "it asks for none".to_owned()
            } else {
                format!("it asks for {}", capabilities.join(", "))
            };
            return Err(Failure::NotFound { what: "capability", name: name.to_string(), remedy });
        };
        choice.capabilities.insert((*id).to_owned(), has);
    }
    Ok(choice)
}

/// Use cases with their profiles, factors with their highest level, capabilities.
#[expect(clippy::type_complexity, reason = "three lists that are taken apart at once")]
fn known(edition: &StandardEdition) -> (Vec<(&str, Option<&str>)>, Vec<(&str, i64)>, Vec<&str>) {
    let (of_method, factors, capabilities) = match &edition.method {
        Method::Mitigations(it) => (it.use_cases.as_slice(), it.factors.as_slice(), [].as_slice()),
        Method::Profiles(it) => (it.use_cases.as_slice(), it.factors.as_slice(), it.capabilities.as_slice()),
        _ => ([].as_slice(), [].as_slice(), [].as_slice()),
    };
    let mut use_cases: Vec<(&str, Option<&str>)> =
        of_method.iter().map(|it| (it.id.as_str(), it.profile.as_deref())).collect();
    use_cases.extend(edition.head.use_cases.iter().map(|it| (it.id.as_str(), None)));
    let most = |it: &conforme_catalogue::Factor| {
        i64::try_from(it.levels.len()).unwrap_or(0).checked_sub(1).filter(|it| *it >= 0).unwrap_or(2)
    };
    (
        use_cases,
        factors.iter().map(|it| (it.id.as_str(), most(it))).collect(),
        capabilities.iter().map(|it| it.id.as_str()).collect(),
    )
}

/// `standards lint`: one text, a file of one's own, or a table over the whole library.
pub(super) fn lint(args: &StandardsArgs, wanted: Option<&str>) -> Result<(String, u8), Failure> {
    let law = law::catalogue(&law::named(&args.overlay))?;
    let own;
    let library;
    let editions: Vec<&StandardEdition> = match wanted.map(Path::new) {
        Some(path) if path.exists() => {
            own = read(path)?;
            own.editions.iter().collect()
        }
        Some(_) => {
            library = law::library(&law::named(&args.overlay), |_| true)?;
            vec![edition(&law, &library, wanted.unwrap_or_default())?]
        }
        None => {
            library = law::library(&law::named(&args.overlay), |_| true)?;
            library.editions.iter().collect()
        }
    };
    let all: Vec<_> = editions
        .into_iter()
        .map(|it| {
            let standard = law.standards.get(&it.standard);
            (it, standard, defects::defects(&law, standard, it))
        })
        .collect();
    let code = u8::from(wanted.is_some() && all.iter().any(|(_, _, it)| !it.is_empty()));
    let text = if args.format == StandardsFormat::Json { pretty(&json::defects(&all))? } else { human::defects(&all) };
    Ok((text, code))
}

/// A text of one's own: `requirements.toml`, with `method.toml` and `mapping.toml` beside it where it has them. A folder
/// stands for the file in it.
fn read(path: &Path) -> Result<Library, Failure> {
    let main = if path.is_dir() { path.join("requirements.toml") } else { path.to_owned() };
    let folder = main.parent().unwrap_or(Path::new("."));
    let refuse = |file: &Path, problem: String| Failure::Catalogue(format!("  {}: {problem}", file.display()));
    let mut texts = Vec::new();
    let parts = [
        (main.clone(), "standards/OWN/text/requirements.toml"),
        (folder.join("method.toml"), "standards/OWN/text/method.toml"),
        (folder.join("mapping.toml"), "mappings/OWN@text.toml"),
    ];
    for (file, name) in &parts {
        if *file == main || file.is_file() {
            texts.push((*name, read_text(file).map_err(|problem| refuse(file, problem))?));
        }
    }
    let files = Files::new(texts.iter().map(|(name, text)| (*name, text.as_str())));
    let shown =
        |name: &str| parts.iter().find(|it| it.1 == name).map_or(name.to_owned(), |it| it.0.display().to_string());
    if let Some((name, problem)) = files.unread().first() {
        return Err(Failure::Catalogue(format!("  {}: {}", shown(name), problem.trim_end())));
    }
    let mut library = parse_library(&files).map_err(|errors| {
        let lines: Vec<String> = errors.iter().map(|it| format!("  {}: {}", shown(&it.file), it.message)).collect();
        Failure::Catalogue(lines.join("\n"))
    })?;
    let name = folder.file_name().map_or_else(|| "own".to_owned(), |it| it.to_string_lossy().into_owned());
    for it in &mut library.editions {
        it.standard = Id::from(name.as_str());
    }
    Ok(library)
}
