//! Writes the blocks of a document, and knows how to say that something is missing.

use crate::document::{Block, Cell, Column, NoteKind, Row, Tone};
use conforme_core::assessment::Status;
use conforme_core::source::{At, Flag, Text};
use std::fmt::Display;

/// The content of a document while it is written.
#[derive(Debug, Default)]
pub(super) struct Page {
    blocks: Vec<Block>,
}

impl Page {
    /// What the dossier says, as it is written; or a note that names the key to fill in.
    pub fn told(&mut self, text: Option<&Text>, key: &str) {
        match words(text) {
            "" => self.missing(key),
            text => self.prose(text),
        }
    }

    /// What a person wrote. Empty lines part paragraphs.
    pub fn prose(&mut self, text: &str) {
        let text = text.replace("\r\n", "\n");
        for paragraph in text.split("\n\n").map(str::trim).filter(|it| !it.is_empty()) {
            self.paragraph(paragraph);
        }
    }

    /// Something that the document needs and the dossier lacks.
    pub fn missing(&mut self, what: impl Display) {
        self.note(NoteKind::Missing, format!("Missing: {what}"));
    }

    /// Something worth knowing.
    pub fn info(&mut self, text: impl Into<String>) {
        self.note(NoteKind::Info, text);
    }

    /// A statement with legal effect.
    pub fn legal(&mut self, text: impl Into<String>) {
        self.note(NoteKind::Legal, text);
    }

    fn note(&mut self, kind: NoteKind, text: impl Into<String>) {
        self.blocks.push(Block::Note { kind, text: text.into() });
    }

    pub fn heading(&mut self, level: u8, text: impl Into<String>) {
        self.blocks.push(Block::Heading { level, text: text.into() });
    }

    pub fn paragraph(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Paragraph { text: text.into() });
    }

    /// A list; nothing when it has no point.
    pub fn list<T: Into<String>>(&mut self, items: impl IntoIterator<Item = T>) {
        let items: Vec<String> = items.into_iter().map(Into::into).filter(|it| !it.trim().is_empty()).collect();
        if !items.is_empty() {
            self.blocks.push(Block::List { items, ordered: false });
        }
    }

    /// Labels and values; those without a value are left out, so only what may be absent belongs here.
    pub fn facts(&mut self, rows: impl IntoIterator<Item = Row>) {
        let rows: Vec<Row> = rows.into_iter().filter(|it| !it.value.trim().is_empty()).collect();
        if !rows.is_empty() {
            self.blocks.push(Block::Facts { rows });
        }
    }

    /// A table; nothing when it has no row.
    pub fn table(&mut self, caption: impl Into<String>, columns: &[(&str, u16)], rows: Vec<Vec<Cell>>) {
        if rows.is_empty() {
            return;
        }
        let columns =
            columns.iter().map(|(title, width)| Column { title: (*title).to_owned(), width: *width }).collect();
        self.blocks.push(Block::Table { caption: caption.into(), columns, rows });
    }

    pub fn figure(&mut self, caption: impl Into<String>, figure: Figure) {
        self.blocks.push(Block::Figure { caption: caption.into(), alt: figure.alt, svg: figure.svg });
    }

    pub fn signature(&mut self, rows: Vec<Row>, line: String) {
        self.blocks.push(Block::Signature { rows, line });
    }

    pub fn page_break(&mut self) {
        self.blocks.push(Block::PageBreak);
    }

    /// Something is noted as missing.
    pub fn lacks(&self) -> bool {
        self.blocks.iter().any(|it| matches!(it, Block::Note { kind: NoteKind::Missing, .. }))
    }

    pub fn into_blocks(self) -> Vec<Block> {
        self.blocks
    }
}

/// A figure and what it shows, for those who do not see it.
pub(super) struct Figure {
    pub svg: String,
    pub alt: String,
}

/// A label and its value.
pub(super) fn row(label: impl Into<String>, value: impl Into<String>) -> Row {
    Row { label: label.into(), value: value.into() }
}

/// A text without the space around it; empty when nothing was said.
pub(super) fn words(text: Option<&Text>) -> &str {
    text.map_or("", |it| it.value.trim())
}

/// Texts in one line.
pub(super) fn joined(texts: &[Text]) -> String {
    texts.iter().map(|it| it.value.trim()).collect::<Vec<_>>().join(", ")
}

/// A date, a month or a number; empty when nothing was said.
pub(super) fn date<T: Display>(value: Option<At<T>>) -> String {
    value.map_or_else(String::new, |it| it.value.to_string())
}

/// An answer to a question of the dossier.
pub(super) fn yes(flag: Option<Flag>) -> &'static str {
    match flag.map(|it| it.value) {
        Some(true) => "yes",
        Some(false) => "no",
        None => "",
    }
}

/// A plain cell of what the dossier says.
pub(super) fn cell(text: Option<&Text>) -> Cell {
    Cell::text(words(text))
}

/// A cell for a status; the word always says the same as the colour.
pub(super) fn status(status: Status) -> Cell {
    Cell::toned(status.word(), tone(status))
}

/// The colour of a status.
pub(super) fn tone(status: Status) -> Tone {
    match status {
        Status::Met => Tone::Good,
        Status::NotApplicable => Tone::Muted,
        Status::Partly => Tone::Fair,
        Status::Unknown => Tone::Unknown,
        Status::NotMet => Tone::Bad,
    }
}
