//! Documents as spreadsheets: one sheet a table, and a first sheet that says what the document is about.
//!
//! Every cell is a string. A text that looks like a formula, a number or an address stays that text. Equal documents
//! give equal bytes.

mod names;
mod style;

use conforme_render::document::{Block, Cell, Column, Document};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet, XlsxError};
use thiserror::Error;

use names::SheetNames;
use style::Style;

/// Characters that the columns of a sheet share.
const SHEET_WIDTH: f64 = 150.0;
/// Narrowest and widest column in characters.
const COLUMN_WIDTHS: (f64, f64) = (9.0, 80.0);
/// Widths of the two columns of the first sheet.
const OVERVIEW_WIDTHS: [f64; 2] = [32.0, 96.0];
/// The code of A4 in the format.
const A4: u8 = 9;
/// Longest text at the head of printed pages; the format allows 255 characters.
const PAGE_HEADER: usize = 90;

/// Why there is no workbook.
#[derive(Debug, Error)]
pub enum OfficeError {
    /// The date of the document is not `YYYY-MM-DD`.
    #[error("`{0}` is not a date of the form YYYY-MM-DD")]
    Date(String),
    /// Something does not fit into a sheet, such as a text of more than 32767 characters.
    #[error("sheet `{sheet}`, row {row}: {source}")]
    Sheet {
        /// Name of the sheet.
        sheet: String,
        /// Row, from 1.
        row: usize,
        /// What does not fit.
        source: XlsxError,
    },
    /// The workbook as a whole cannot be written.
    #[error("the workbook cannot be written: {0}")]
    Workbook(#[from] XlsxError),
}

/// The workbook of a document.
pub fn workbook(document: &Document) -> Result<Vec<u8>, OfficeError> {
    let mut names = SheetNames::default();
    let style = Style::new();
    let mut overview = Overview { name: names.unique(&document.title), notes: Vec::new(), tables: Vec::new() };
    let mut sheets = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Table { caption, columns, rows } if !columns.is_empty() => {
                let name = names.unique(caption);
                overview.tables.push((name.clone(), caption.clone()));
                sheets.push(table(document, &style, name, columns, rows)?);
            }
            Block::Note { text, .. } => overview.notes.push(text.clone()),
            _ => {}
        }
    }
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(document)?);
    workbook.push_worksheet(overview.sheet(document, &style)?);
    for sheet in sheets {
        workbook.push_worksheet(sheet);
    }
    Ok(workbook.save_to_buffer()?)
}

fn properties(document: &Document) -> Result<DocProperties, OfficeError> {
    let created = day(&document.date).ok_or_else(|| OfficeError::Date(document.date.clone()))?;
    Ok(DocProperties::new()
        .set_title(visible(&document.title))
        .set_comment(visible(&document.colophon))
        .set_status(visible(document.draft.as_deref().unwrap_or_default()))
        .set_creation_datetime(&created))
}

fn day(text: &str) -> Option<ExcelDateTime> {
    let parts: Vec<&str> = text.split('-').collect();
    let digits = |part: &&str| part.bytes().all(|byte| byte.is_ascii_digit());
    match parts.as_slice() {
        [year, month, day] if [year.len(), month.len(), day.len()] == [4, 2, 2] && parts.iter().all(digits) => {
            ExcelDateTime::from_ymd(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
        }
        _ => None,
    }
}

/// What the first sheet says.
struct Overview {
    name: String,
    notes: Vec<String>,
    /// Names of the sheets and the captions of their tables.
    tables: Vec<(String, String)>,
}

impl Overview {
    fn sheet(self, document: &Document, style: &Style) -> Result<Worksheet, OfficeError> {
        let mut sheet = new_sheet(document, &self.name)?;
        for (column, width) in (0..).zip(OVERVIEW_WIDTHS) {
            sheet.set_column_width(column, width)?;
        }
        let mut lines = Lines { sheet: &mut sheet, name: &self.name, row: 0 };
        lines.write(&[(&document.title, &style.title)])?;
        if let Some(draft) = &document.draft {
            lines.write(&[(draft, &style.draft)])?;
        }
        lines.skip();
        for row in &document.subject {
            lines.write(&[(&row.label, &style.label), (&row.value, &style.text)])?;
        }
        lines.skip();
        for note in &self.notes {
            lines.write(&[("", &style.label), (note, &style.text)])?;
        }
        lines.skip();
        for (name, caption) in &self.tables {
            lines.write(&[(name, &style.label), (caption, &style.text)])?;
        }
        lines.skip();
        lines.write(&[("", &style.label), (&document.colophon, &style.label)])?;
        Ok(sheet)
    }
}

/// Writes rows of strings one below the other.
struct Lines<'a> {
    sheet: &'a mut Worksheet,
    name: &'a str,
    row: u32,
}

impl Lines<'_> {
    fn write(&mut self, cells: &[(&str, &rust_xlsxwriter::Format)]) -> Result<(), OfficeError> {
        for (column, (text, format)) in (0..).zip(cells) {
            self.sheet.write_string_with_format(self.row, column, *text, format).map_err(|source| {
                OfficeError::Sheet { sheet: self.name.to_owned(), row: self.row as usize + 1, source }
            })?;
        }
        self.skip();
        Ok(())
    }

    fn skip(&mut self) {
        self.row += 1;
    }
}

fn table(
    document: &Document,
    style: &Style,
    name: String,
    columns: &[Column],
    rows: &[Vec<Cell>],
) -> Result<Worksheet, OfficeError> {
    let mut sheet = new_sheet(document, &name)?;
    let total = columns.iter().map(|column| f64::from(column.width.max(1))).sum::<f64>();
    for (index, column) in (0..).zip(columns) {
        let width = f64::from(column.width.max(1)) / total * SHEET_WIDTH;
        sheet.set_column_width(index, width.clamp(COLUMN_WIDTHS.0, COLUMN_WIDTHS.1))?;
    }
    let mut lines = Lines { sheet: &mut sheet, name: &name, row: 0 };
    lines.write(&columns.iter().map(|column| (column.title.as_str(), &style.header)).collect::<Vec<_>>())?;
    for row in rows {
        lines.write(&row.iter().map(|cell| (cell.text.as_str(), style.cell(cell.tone))).collect::<Vec<_>>())?;
    }
    let last_row = lines.row - 1;
    let last_column = u16::try_from(columns.len() - 1).map_err(|_| XlsxError::RowColumnLimitError)?;
    sheet.set_freeze_panes(1, 0)?.autofilter(0, 0, last_row, last_column)?.set_repeat_rows(0, 0)?;
    Ok(sheet)
}

fn new_sheet(document: &Document, name: &str) -> Result<Worksheet, OfficeError> {
    let mut sheet = Worksheet::new();
    // In page headers `&` starts a command; doubled it is itself.
    let words = |text: &str| visible(text).chars().take(PAGE_HEADER).collect::<String>().replace('&', "&&");
    let draft = document.draft.as_deref().map(|draft| format!("&C&B{}&B", words(draft))).unwrap_or_default();
    sheet.set_header(format!("&L{}{draft}", words(&document.title))).set_footer("&R&P / &N");
    sheet.set_name(name)?.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0);
    Ok(sheet)
}

/// The text without characters that properties and headers of a workbook cannot hold.
fn visible(text: &str) -> String {
    text.chars().filter(|character| !character.is_control()).collect()
}

#[cfg(test)]
mod tests;
