//! Workbooks of spreadsheets.

use super::{FIELDS, Row, Sheet};
use crate::{ExchangeError, MAX_REQUIREMENTS};
use calamine::{DataRef, Reader, Xlsx};
use conforme_catalogue::EditionHead;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, XlsxError};
use std::collections::BTreeMap;
use std::io::{Cursor, Read};

/// A workbook may unpack to this much: more is a bomb, not a list of requirements.
const MAX_UNPACKED: u64 = 256 * 1024 * 1024;
/// Most cells that are read.
const MAX_CELLS: usize = 4_000_000;
/// Most columns of a row.
const MAX_COLUMNS: u32 = 1000;

/// The sheets of a workbook. Every cell is text, as the sheet shows whole numbers and words.
///
/// # Errors
/// When it is no workbook, or larger than any list of requirements.
pub fn read(bytes: &[u8]) -> Result<Vec<Sheet>, ExchangeError> {
    let failed = |it: String| ExchangeError::new("the file", format!("it cannot be read as an XLSX workbook: {it}"));
    unpacked(bytes).map_err(failed)?;
    // The reader is foreign code on a foreign file: should it ever stop in the middle, the file is what is refused.
    std::panic::catch_unwind(|| cells(bytes)).unwrap_or_else(|_| {
        Err(ExchangeError::new("the file", "its XLSX parts contradict each other; save it again, or as CSV"))
    })
}

fn cells(bytes: &[u8]) -> Result<Vec<Sheet>, ExchangeError> {
    let failed = |it: String| ExchangeError::new("the file", format!("it cannot be read as an XLSX workbook: {it}"));
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|it| failed(it.to_string()))?;
    let mut sheets = Vec::new();
    let mut count = 0;
    for name in book.sheet_names() {
        // Charts have no cells.
        let Ok(mut cells) = book.worksheet_cells_reader(&name) else { continue };
        let mut rows: BTreeMap<u32, Vec<(usize, String)>> = BTreeMap::new();
        let place = |row: u32| format!("sheet {name}, row {}", row.saturating_add(1));
        while let Some(cell) = cells.next_cell().map_err(|it| failed(it.to_string()))? {
            let (row, column) = cell.get_position();
            let text = shown(cell.get_value());
            if text.trim().is_empty() {
                continue;
            }
            count += 1;
            if count > MAX_CELLS || column >= MAX_COLUMNS || rows.len() > MAX_REQUIREMENTS {
                let problem = format!(
                    "more than {MAX_CELLS} cells, {MAX_COLUMNS} columns or {MAX_REQUIREMENTS} rows; delete what is no requirement"
                );
                return Err(ExchangeError::new(place(row), problem));
            }
            rows.entry(row).or_default().push((column as usize, text));
        }
        let rows = rows.into_iter().map(|(row, mut cells)| {
            cells.sort_by_key(|it| it.0);
            Row { number: row as usize + 1, cells }
        });
        sheets.push(Sheet { rows: rows.collect(), name: Some(name) });
    }
    Ok(sheets)
}

/// Unpacks every file once, because sizes in the directory of an archive are only claims.
fn unpacked(bytes: &[u8]) -> Result<(), String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|it| it.to_string())?;
    let mut total = 0;
    for at in 0..archive.len() {
        let file = archive.by_index(at).map_err(|it| it.to_string())?;
        let limit = MAX_UNPACKED - total + 1;
        total += std::io::copy(&mut file.take(limit), &mut std::io::sink()).map_err(|it| it.to_string())?;
        if total > MAX_UNPACKED {
            return Err(format!("it unpacks to more than {} MiB", MAX_UNPACKED / 1024 / 1024));
        }
    }
    Ok(())
}

fn shown(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::String(it) => it.clone(),
        DataRef::SharedString(it) => (*it).to_owned(),
        DataRef::Bool(it) => if *it { "yes" } else { "no" }.to_owned(),
        DataRef::Int(it) => it.to_string(),
        DataRef::Float(it) => it.to_string(),
        DataRef::DateTime(it) => {
            let (year, month, day, ..) = it.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        DataRef::DateTimeIso(it) | DataRef::DurationIso(it) => it.clone(),
        DataRef::Error(it) => it.to_string(),
    }
}

/// The requirements of an edition. Every cell is a string: a text that looks like a formula stays that text.
///
/// # Errors
/// When a text is longer than a cell can be.
pub fn export(head: &EditionHead) -> Result<Vec<u8>, ExchangeError> {
    let failed = |it: XlsxError| ExchangeError::new("the workbook", it.to_string());
    let mut book = Workbook::new();
    let day = head.basis.as_of.first();
    let (year, month, day) = (day.year(), day.month(), day.day());
    // The day of the edition and not of the clock: equal editions give equal bytes.
    let day = ExcelDateTime::from_ymd(
        u16::try_from(year).unwrap_or(1900),
        u8::try_from(month).unwrap_or(1),
        u8::try_from(day).unwrap_or(1),
    );
    book.set_properties(&DocProperties::new().set_creation_datetime(&day.map_err(failed)?));
    let header = Format::new().set_bold();
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let sheet = book.add_worksheet();
    sheet.set_name("Requirements").map_err(failed)?.set_freeze_panes(1, 0).map_err(failed)?;
    for (row, cells) in (0_u32..).zip(super::rows(head)) {
        for (column, text) in (0_u16..).zip(cells).filter(|(_, it)| !it.is_empty()) {
            let format = if row == 0 { &header } else { &wrapped };
            sheet.write_string_with_format(row, column, &text, format).map_err(|it| {
                let place = format!("row {}, column {}", row + 1, FIELDS[usize::from(column)].name());
                ExchangeError::new(place, format!("{it}; write it as CSV, OSCAL or JSON"))
            })?;
        }
    }
    book.save_to_buffer().map_err(failed)
}
