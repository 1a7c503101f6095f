//! Where things stand in the user's files: every value keeps its place, so that every finding can point.

use serde::{Serialize, Serializer};
use std::ops::Deref;
use std::sync::Arc;

/// One file of a dossier, as read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Path as it is shown, with `/`.
    pub path: String,
    /// The text.
    pub text: Arc<str>,
}

/// All files that went into an assessment. A [`Place`] indexes into this list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sources {
    files: Vec<SourceFile>,
    /// Byte at which each line of each file begins: places are asked for their line far more often than files are read.
    lines: Vec<Arc<Vec<u32>>>,
}

/// A stretch of text in one of the [`Sources`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Index of the file.
    pub file: u16,
    /// First byte.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
}

/// A value and the place where it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct At<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub place: Place,
}

/// Words a person wrote.
pub type Text = At<String>;
/// True or false.
pub type Flag = At<bool>;
/// A whole number.
pub type Number = At<i64>;
/// A calendar date.
pub type Date = At<jiff::civil::Date>;
/// A date, or a month.
pub type Month = At<conforme_catalogue::Day>;

impl<T> Deref for At<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: Serialize> Serialize for At<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(serializer)
    }
}

impl Sources {
    /// Adds a file; its index goes into places.
    pub fn add(&mut self, file: SourceFile) -> u16 {
        let index = u16::try_from(self.files.len()).unwrap_or(u16::MAX);
        let breaks = || file.text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let mut lines = Vec::with_capacity(breaks().count() + 1);
        lines.push(0);
        lines.extend(breaks().map(|(at, _)| u32::try_from(at + 1).unwrap_or(u32::MAX)));
        self.lines.push(Arc::new(lines));
        self.files.push(file);
        index
    }

    /// The file of a place.
    pub fn file(&self, place: Place) -> Option<&SourceFile> {
        self.files.get(usize::from(place.file))
    }

    /// All files.
    pub fn files(&self) -> &[SourceFile] {
        &self.files
    }

    /// Line and column, both from 1; the column counts characters.
    pub fn line_column(&self, place: Place) -> (usize, usize) {
        let (Some(file), Some(lines)) = (self.file(place), self.lines.get(usize::from(place.file))) else {
            return (1, 1);
        };
        let start = (place.start as usize).min(file.text.len());
        let line = lines.partition_point(|begin| *begin as usize <= start);
        let begin = line.checked_sub(1).map_or(0, |at| lines[at] as usize);
        (line, file.text.get(begin..start).unwrap_or_default().chars().count() + 1)
    }
}

impl Place {
    /// The beginning of a file.
    pub fn start_of(file: u16) -> Self {
        Self { file, start: 0, end: 0 }
    }
}
