//! A document before it has a look: what it says, in order. HTML, PDF and spreadsheets are made from this.
//!
//! All text is data: it reaches Typst as JSON, HTML escaped and a spreadsheet as strings, never as markup or formula.

use serde::Serialize;

/// One document, ready to be typeset.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Document {
    /// File name without extension: `technical-documentation`.
    pub id: String,
    /// Title on the first page and in the metadata of the file.
    pub title: String,
    /// Language of the document as a two-letter ISO 639-1 code.
    pub language: String,
    /// The word DRAFT in the document's language, while its gate stage has not passed.
    pub draft: Option<String>,
    /// What the document is about: product, release, dates, edition. Shown under the title.
    pub subject: Vec<Row>,
    /// The content, top to bottom.
    pub blocks: Vec<Block>,
    /// One line at the foot of every page: program version and catalogue digest.
    pub colophon: String,
    /// Date written into the file's metadata, `YYYY-MM-DD`. Equal input gives equal bytes, so it is never "now".
    pub date: String,
}

/// A label and what stands behind it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// The label.
    pub label: String,
    /// The value; empty means that nothing was said.
    pub value: String,
}

/// One piece of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "block", rename_all = "kebab-case")]
pub enum Block {
    /// A heading; level 1 is a chapter.
    Heading {
        /// 1 to 3.
        level: u8,
        /// The words.
        text: String,
    },
    /// A paragraph.
    Paragraph {
        /// The words.
        text: String,
    },
    /// A list of points.
    List {
        /// The points.
        items: Vec<String>,
        /// Numbered or not.
        ordered: bool,
    },
    /// Labels and values.
    Facts {
        /// The rows.
        rows: Vec<Row>,
    },
    /// A table with a header row.
    Table {
        /// What the table shows; also its accessible name.
        caption: String,
        /// The columns.
        columns: Vec<Column>,
        /// The rows, each with one cell a column.
        rows: Vec<Vec<Cell>>,
    },
    /// A drawing.
    Figure {
        /// What it shows, under it.
        caption: String,
        /// The same for those who do not see it.
        alt: String,
        /// The drawing as SVG 1.1 without scripts and without references to the outside.
        svg: String,
    },
    /// Something that stands out.
    Note {
        /// Why it stands out.
        kind: NoteKind,
        /// The words.
        text: String,
    },
    /// Place, date, name, function and a line for the signature.
    Signature {
        /// What stands above the line, such as "signed for and on behalf of".
        rows: Vec<Row>,
        /// The label under the line.
        line: String,
    },
    /// The next block begins on a new page.
    PageBreak,
}

/// One column of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Column {
    /// The header.
    pub title: String,
    /// Share of the width; the shares of a table need not add up to anything.
    pub width: u16,
}

/// One cell of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cell {
    /// The words.
    pub text: String,
    /// A verdict or state that gives the cell a colour beside its words.
    pub tone: Option<Tone>,
}

/// Why a note stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoteKind {
    /// Worth knowing.
    Info,
    /// Something is missing or not decided.
    Missing,
    /// A statement with legal effect.
    Legal,
}

/// Colour of a cell, always beside words that say the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tone {
    /// Met, passed.
    Good,
    /// Partly met, stale.
    Fair,
    /// Not met, failed.
    Bad,
    /// Unknown.
    Unknown,
    /// Not applicable.
    Muted,
}

impl Cell {
    /// A cell of plain words.
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), tone: None }
    }

    /// A cell with a colour beside its words.
    pub fn toned(text: impl Into<String>, tone: Tone) -> Self {
        Self { text: text.into(), tone: Some(tone) }
    }
}
