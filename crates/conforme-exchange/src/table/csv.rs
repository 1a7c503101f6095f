//! Comma-separated values (RFC 4180), with comma, semicolon or tab.

use super::{Row, Sheet};
use crate::ExchangeError;
use conforme_catalogue::EditionHead;
use csv::{ReaderBuilder, StringRecord, Terminator, WriterBuilder};

/// Most columns of a row.
const MAX_COLUMNS: usize = 1000;

/// The rows of a file.
///
/// # Errors
/// When a row has too many columns.
pub fn read(text: &str) -> Result<[Sheet; 1], ExchangeError> {
    let mut reader =
        ReaderBuilder::new().delimiter(separator(text)).has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut rows = Vec::new();
    let mut record = StringRecord::new();
    let failed = |error: csv::Error| ExchangeError::new("the file", error.to_string());
    while reader.read_record(&mut record).map_err(failed)? {
        let number = rows.len() + 1;
        if record.len() > MAX_COLUMNS {
            return Err(ExchangeError::new(format!("row {number}"), format!("more than {MAX_COLUMNS} columns")));
        }
        let cells = record.iter().enumerate().filter(|(_, it)| !it.trim().is_empty());
        rows.push(Row { number, cells: cells.map(|(column, it)| (column, unguarded(it).to_owned())).collect() });
    }
    rows.retain(|it| !it.cells.is_empty());
    Ok([Sheet { name: None, rows }])
}

/// The separator that the first line has most of, outside quotes.
fn separator(text: &str) -> u8 {
    let mut counts = [(b',', 0_usize), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            _ if !quoted => counts.iter_mut().filter(|it| it.0 == byte).for_each(|it| it.1 += 1),
            _ => {}
        }
    }
    // Of equals the comma, which stands first, wins.
    counts.iter().rev().max_by_key(|it| it.1).map_or(b',', |it| it.0)
}

/// The requirements of an edition.
///
/// # Errors
/// When the text cannot be made.
pub fn export(head: &EditionHead) -> Result<String, ExchangeError> {
    let failed = |problem: String| ExchangeError::new("the file", problem);
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    for row in super::rows(head) {
        writer.write_record(row.iter().map(|it| guarded(it))).map_err(|it| failed(it.to_string()))?;
    }
    let bytes = writer.into_inner().map_err(|it| failed(it.to_string()))?;
    String::from_utf8(bytes).map_err(|it| failed(it.to_string()))
}

/// A spreadsheet computes cells that begin with these (OWASP, CSV injection).
fn computed(cell: &str) -> bool {
    cell.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r'])
}

fn guarded(cell: &str) -> String {
    if computed(cell) { format!("'{cell}") } else { cell.to_owned() }
}

fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|_| computed(cell)).unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    use super::{guarded, read, unguarded};

    #[test]
    fn what_could_be_computed_is_text_and_returns() {
        for cell in ["=1+1", "+49", "-x", "@a", "'=a", "''", "'plain", "plain", ""] {
            let written = guarded(cell);
            assert!(!written.starts_with(['=', '+', '-', '@', '\t']), "{written}");
            assert_eq!(unguarded(&written), cell);
        }
    }

    #[test]
    fn separators_are_recognised() {
        for text in ["id,title\n1,\"a;b\"\n", "id;title\n1;\"a;b\"\n", "id\ttitle\n1\ta;b\n"] {
            let [sheet] = read(text).expect("rows");
            assert_eq!(sheet.rows[1].cells, [(0, "1".to_owned()), (1, "a;b".to_owned())], "{text}");
        }
    }
}
