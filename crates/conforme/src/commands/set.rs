//! `conforme set`: changes one key of a dossier and keeps everything else, comments included.

use super::explain::nearest;
use crate::cli::SetArgs;
use crate::edit::{self, EditError};
use crate::failure::Failure;
use crate::repository::{FILES, Repository, read_text};
use crate::terminal::Terminal;
use crate::writing::{Output, write_all};
use serde_json::Value as Json;
use std::path::{Path, PathBuf};
use toml_edit::{Array, Datetime, Value};

/// Sets one dotted key.
pub(crate) fn run(args: &SetArgs, terminal: &Terminal) -> Result<u8, Failure> {
    let schema = conforme_core::schema::dossier(&conforme_law::catalogue());
    let path = edit::parts(&args.key);
    let field = find(&schema, &path).map_err(Failure::Usage)?;
    let value =
        typed(&schema, field, &args.value).map_err(|problem| Failure::Usage(format!("`{}`: {problem}", args.key)))?;
    let repository = Repository::around(&args.folder)?;
    let file = match &args.file {
        Some(file) => args.folder.join(file),
        None => home(&args.folder, &path),
    };
    let meant = file.file_name().is_some_and(|it| FILES.iter().any(|name| *name == it) || it == "company.toml");
    if !meant {
        return Err(Failure::Usage(format!(
            "`{}` is no file of a dossier; those are {}, company.toml",
            file.display(),
            FILES.join(", ")
        )));
    }
    if !file.is_file() {
        return Err(if args.file.is_some() { missing(&file) } else { Failure::NoDossier(args.folder.clone()) });
    }
    repository.inside(&file).map_err(|problem| Failure::Usage(format!("`{}`: {problem}", file.display())))?;
    // A link inside the repository keeps pointing where it did: the file behind it is the one that changes.
    let file = std::fs::canonicalize(&file).map_err(Failure::read(&file))?;
    let before = raw(&file)?;
    let after = edit::set(&before, &path, &value).map_err(|error| wrong(&file, &error))?;
    let shown = repository.relative(&file);
    if after == before {
        terminal.say(&format!("{shown} says so already; nothing was changed"));
        return Ok(0);
    }
    write_all(&[Output { path: file, text: after.clone() }], true)?;
    let (line, text) = edit::line_of(&after, &path).unwrap_or_default();
    terminal.print(&conforme_render::report::plain(&format!("{shown}:{line}: {text}\n")));
    Ok(0)
}

fn missing(file: &Path) -> Failure {
    Failure::Read { path: file.to_owned(), source: std::io::ErrorKind::NotFound.into() }
}

fn wrong(file: &Path, error: &EditError) -> Failure {
    Failure::Usage(format!("`{}`: {error}", file.display()))
}

/// The text with its byte order mark, if it has one: nothing but the value may change.
fn raw(file: &Path) -> Result<String, Failure> {
    let text =
        read_text(file).map_err(|problem| Failure::Usage(format!("`{}` cannot be read: {problem}", file.display())))?;
    let marked = std::fs::read(file).is_ok_and(|it| it.starts_with(b"\xef\xbb\xbf"));
    Ok(if marked { format!("\u{feff}{text}") } else { text })
}

/// The file in which the section of a key stands, or where it belongs when it stands nowhere yet.
fn home(folder: &Path, path: &[&str]) -> PathBuf {
    let section = path.first().map_or("", |it| edit::record_of(it).0);
    let holds = |name: &&str| {
        let text = read_text(&folder.join(name)).unwrap_or_default();
        text.parse::<toml_edit::DocumentMut>().is_ok_and(|it| it.contains_key(section))
    };
    let belongs = match section {
        "context" | "criteria" | "asset" | "threat" | "risk" => "risk.toml",
        "measure" => "measures.toml",
        "evidence" => "evidence.toml",
        "not_applicable" => "applicability.toml",
        "component" => "components.toml",
        _ => FILES[0],
    };
    let belongs = if folder.join(belongs).is_file() { belongs } else { FILES[0] };
    folder.join(FILES.into_iter().find(holds).unwrap_or(belongs))
}

/// The schema of a key, or what was meant instead.
pub(crate) fn find<'a>(schema: &'a Json, path: &[&str]) -> Result<&'a Json, String> {
    let mut field = schema;
    for part in path {
        let (name, record) = edit::record_of(part);
        let table = element(schema, field);
        let Some(keys) = table.get("properties").and_then(Json::as_object) else {
            return Err(format!("`{name}` leads nowhere: what stands before it is a single value"));
        };
        let known: Vec<&str> = keys.keys().map(String::as_str).collect();
        field = keys.get(name).ok_or_else(|| match nearest(name, &known) {
            Some(near) => {
                format!("there is no key `{name}`; did you mean `{}`?", path.join(".").replacen(name, near, 1))
            }
            None => format!("there is no key `{name}`; known here: {}", known.join(", ")),
        })?;
        if record.is_some() && field.get("type").is_none_or(|it| it != "array") {
            return Err(format!("`{name}` is no list, so it has no records"));
        }
    }
    Ok(field)
}

/// Keys of a table of the schema, and whether each holds a value rather than a table.
#[cfg(test)]
pub(crate) fn keys(schema: &Json, path: &[&str]) -> Vec<(String, bool)> {
    let table = find(schema, path).map(|it| element(schema, it)).unwrap_or(schema);
    let keys = table.get("properties").and_then(Json::as_object).into_iter().flatten();
    keys.map(|(key, field)| (key.clone(), element(schema, field).get("properties").is_none())).collect()
}

/// Follows references, and lists to what they hold.
fn element<'a>(schema: &'a Json, field: &'a Json) -> &'a Json {
    let field = resolve(schema, field);
    field.get("items").map_or(field, |it| resolve(schema, it))
}

fn resolve<'a>(schema: &'a Json, field: &'a Json) -> &'a Json {
    let target = field.get("$ref").and_then(Json::as_str).and_then(|it| schema.pointer(it.trim_start_matches('#')));
    target.unwrap_or(field)
}

/// A text from the command line as the value the schema wants.
pub(crate) fn typed(schema: &Json, field: &Json, text: &str) -> Result<Value, String> {
    let field = resolve(schema, field);
    let says = |key: &str| field.get(key).and_then(Json::as_str);
    let words: Vec<&str> =
        match (field.get("enum").and_then(Json::as_array), field.get("oneOf").and_then(Json::as_array)) {
            (Some(words), _) => words.iter().filter_map(Json::as_str).collect(),
            (None, Some(words)) => words.iter().filter_map(|it| it.get("const")?.as_str()).collect(),
            _ => Vec::new(),
        };
    if !words.is_empty() && !words.contains(&text) {
        return Err(match nearest(text, &words) {
            Some(near) => format!("`{text}` is not one of its words; did you mean `{near}`?"),
            None => format!("`{text}` is not one of {}", words.join(", ")),
        });
    }
    match (says("type"), says("format"), says("pattern")) {
        (Some("boolean"), ..) => {
            text.parse::<bool>().map(Value::from).map_err(|_| format!("`{text}` is neither true nor false"))
        }
        (Some("integer"), ..) => integer(field, text),
        (Some("array"), ..) => list(schema, field, text),
        (Some("object"), ..) => Err("it is a table; name one of its keys".to_owned()),
        (_, Some("date"), _) => date(text).ok_or_else(|| format!("`{text}` is no date such as 2027-12-11")),
        (.., Some(_)) => match text.parse::<conforme_catalogue::Day>() {
            Ok(day) if day.is_month() => Ok(Value::from(text)),
            Ok(_) => date(text).ok_or_else(|| format!("`{text}` is no date")),
            Err(_) => Err(format!("`{text}` is no month such as 2032-12 and no date")),
        },
        _ => Ok(Value::from(text)),
    }
}

fn integer(field: &Json, text: &str) -> Result<Value, String> {
    let number: i64 = text.parse().map_err(|_| format!("`{text}` is no whole number"))?;
    let limit = |key: &str| field.get(key).and_then(Json::as_i64);
    if limit("minimum").is_some_and(|it| number < it) || limit("maximum").is_some_and(|it| number > it) {
        return Err(format!("{number} is outside its range"));
    }
    Ok(Value::from(number))
}

fn date(text: &str) -> Option<Value> {
    text.parse::<jiff::civil::Date>().ok().filter(|it| it.to_string() == text)?;
    text.parse::<Datetime>().ok().map(Value::from)
}

/// `AT, DE`, or a list as TOML writes it.
fn list(schema: &Json, field: &Json, text: &str) -> Result<Value, String> {
    let items = field.get("items").ok_or("it is a list of an unknown kind")?;
    if resolve(schema, items).get("type").is_some_and(|it| it == "object") {
        return Err("it is a list of records; name one and a key in it, such as `release[1.0].placing`".to_owned());
    }
    let written: Vec<String> = if text.trim_start().starts_with('[') {
        let value = text.trim().parse::<Value>().map_err(|error| format!("`{text}` is no list: {error}"))?;
        let array = value.as_array().ok_or("it is no list")?;
        array
            .iter()
            .map(|it| it.as_str().map(str::to_owned).ok_or("the list holds something else than texts"))
            .collect::<Result<_, _>>()?
    } else {
        text.split(',').map(str::trim).filter(|it| !it.is_empty()).map(str::to_owned).collect()
    };
    let items: Result<Array, String> = written.iter().map(|it| typed(schema, items, it)).collect();
    items.map(Value::Array)
}

#[cfg(test)]
mod tests {
    use super::{find, typed};
    use crate::edit::parts;

    #[track_caller]
    fn check(key: &str, text: &str, expected: Result<&str, &str>) {
        let schema = conforme_core::schema::dossier(&conforme_law::catalogue());
        let found = find(&schema, &parts(key)).and_then(|field| typed(&schema, field, text));
        assert_eq!(found.map(|it| crate::edit::written(&it)).as_deref().map_err(String::as_str), expected);
    }

    #[test]
    fn values_take_the_type_of_their_key() {
        check("support.end", "2033-12", Ok("\"2033-12\""));
        check("support.end", "2033-12-31", Ok("2033-12-31"));
        check("release[1.0].declared_on", "2027-12-01", Ok("2027-12-01"));
        check("release[1.0].part[a.b].scan.matches", "3", Ok("3"));
        check("vulnerability_handling.free_updates", "true", Ok("true"));
        check("product.markets", "AT, DE", Ok("[\"AT\", \"DE\"]"));
        check("users.groups", "[\"consumers\"]", Ok("[\"consumers\"]"));
        check("product.name", "say \"x\"", Ok("'say \"x\"'"));
        check("role", "importer", Ok("\"importer\""));
    }

    #[test]
    fn what_does_not_fit_is_said() {
        check("support.ende", "2033-12", Err("there is no key `ende`; did you mean `support.end`?"));
        check("support.end", "soon", Err("`soon` is no month such as 2032-12 and no date"));
        check("release.placing", "2027-12", Err("`2027-12` is no date such as 2027-12-11"));
        check("release", "1", Err("it is a list of records; name one and a key in it, such as `release[1.0].placing`"));
        check("support", "1", Err("it is a table; name one of its keys"));
        check("role", "imprter", Err("`imprter` is not one of its words; did you mean `importer`?"));
        check("product.kind.x", "1", Err("`x` leads nowhere: what stands before it is a single value"));
        check("support[1].end", "1", Err("`support` is no list, so it has no records"));
        check("chip.ava_van", "9", Err("9 is outside its range"));
    }
}
