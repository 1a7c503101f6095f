//! Requirements as rows: one a line, one field a column. CSV and XLSX share everything but the container.

pub(crate) mod cell;
pub mod csv;
mod map;
pub(crate) mod record;
pub mod xlsx;

pub use map::{FIELDS, Field, Map, map_toml};

use crate::{ExchangeError, Given, Imported, Leftover, MAX_REQUIREMENTS, Problem, ReadAs};
use conforme_catalogue::{EditionHead, Requirement};
use record::Gathered;
use serde_json::Value;
use std::collections::BTreeMap;

/// Rows of a file or of a sheet in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Its name; nothing for CSV.
    pub name: Option<String>,
    /// Its rows that are not empty.
    pub rows: Vec<Row>,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its number, from 1.
    pub number: usize,
    /// Columns, from 0, and their texts; empty cells are left out.
    pub cells: Vec<(usize, String)>,
}

/// Reads requirements from rows.
///
/// # Errors
/// When there is no header, or no column that names requirements.
pub fn import(sheets: &[Sheet], map: &Map, given: &Given) -> Result<Imported, ExchangeError> {
    let given = &map.given(given);
    let (sheet, header, columns) = chosen(sheets, map)?;
    let mut gathered = Gathered::new(given);
    gathered.ours = FIELDS.iter().all(|field| columns.iter().any(|it| it.1.field == Some(*field)));
    let fields_at: BTreeMap<usize, Field> =
        columns.iter().filter_map(|(at, column)| Some((*at, column.field?))).collect();
    let rows = sheet.rows.iter().filter(|it| it.number > header.number);
    for (count, row) in rows.enumerate() {
        if count >= MAX_REQUIREMENTS {
            let problem = format!("there are more than {MAX_REQUIREMENTS} rows");
            return Err(ExchangeError::new(sheet.place(row.number, None), problem));
        }
        let place = sheet.place(row.number, None);
        let mut fields = Vec::new();
        for (column, text) in &row.cells {
            let place = sheet.place(row.number, Some(*column));
            match fields_at.get(column) {
                Some(field) => fields.push((*field, place, text.clone())),
                None => gathered.leftover.push((place, text.clone())),
            }
        }
        gathered.row(&format!("row-{}", row.number), &place, &fields);
    }
    for other in sheets.iter().filter(|it| !std::ptr::eq(*it, sheet) && !it.rows.is_empty()) {
        let name = other.name.as_deref().unwrap_or_default();
        let problem = format!("the sheet {name} was not read; name it as `sheet` in the map to read it instead");
        gathered.problems.push(Problem::new(format!("sheet {name}"), problem));
    }
    // Rows above the header belong to no column.
    for row in sheet.rows.iter().filter(|it| it.number < header.number) {
        let cells = row.cells.iter().map(|(column, text)| (sheet.place(row.number, Some(*column)), text.clone()));
        gathered.leftover.extend(cells);
    }
    Ok(gathered.finish(columns.into_iter().map(|it| it.1).collect()))
}

/// A sheet, its header, and what each column is.
type Chosen<'a> = (&'a Sheet, &'a Row, Vec<(usize, ReadAs)>);

/// The sheet that holds requirements, its header and what its columns are.
fn chosen<'a>(sheets: &'a [Sheet], map: &Map) -> Result<Chosen<'a>, ExchangeError> {
    let named = |it: &&Sheet| map.sheet.as_ref().is_none_or(|name| it.name.as_ref() == Some(name));
    let mut failure = None;
    for sheet in sheets.iter().filter(named) {
        let wanted = |it: &&Row| map.header.is_none_or(|number| it.number == number);
        let Some(header) = sheet.rows.iter().find(wanted) else { continue };
        match map.columns(&header.cells) {
            Ok(columns) => return Ok((sheet, header, columns)),
            Err(problem) => failure = failure.or(Some(ExchangeError::new(sheet.place(header.number, None), problem))),
        }
    }
    Err(failure.unwrap_or_else(|| {
        let names: Vec<&str> = sheets.iter().filter_map(|it| it.name.as_deref()).collect();
        let problem = if names.is_empty() {
            "there is no row with the names of columns".to_owned()
        } else {
            format!("there is no row with the names of columns; the sheets are {}", names.join(", "))
        };
        ExchangeError::new(map.sheet.clone().unwrap_or_else(|| "the file".to_owned()), problem)
    }))
}

impl Sheet {
    /// A place in words people find: `row 3, column B`.
    fn place(&self, row: usize, column: Option<usize>) -> String {
        let sheet = self.name.as_ref().map(|it| format!("sheet {it}, ")).unwrap_or_default();
        match column {
            Some(column) => format!("{sheet}row {row}, column {}", letters(column)),
            None => format!("{sheet}row {row}"),
        }
    }
}

/// A column as spreadsheets name it.
fn letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        letters.push(char::from(b'A' + u8::try_from((rest - 1) % 26).unwrap_or_default()));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// The header and one row a requirement, with every field.
pub(crate) fn rows(head: &EditionHead) -> Vec<Vec<String>> {
    let mut rows = vec![FIELDS.iter().map(|it| it.name().to_owned()).collect()];
    let row = |it: &Requirement| FIELDS.iter().map(|field| record::written(*field, it, head)).collect();
    rows.extend(head.requirements.iter().map(row));
    rows
}

pub(crate) fn leftover(cells: Vec<(String, String)>) -> Vec<Leftover> {
    let one = |(place, text)| Leftover {
        place,
        requirement: None,
        group: None,
        at: String::new(),
        value: Value::String(text),
        text: None,
    };
    cells.into_iter().map(one).collect()
}
