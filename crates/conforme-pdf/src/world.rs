//! The world that Typst sees: the templates, one document, the embedded fonts and a fixed day. Nothing else exists.

use std::collections::HashMap;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World};
use typst_kit::fonts::{self, FontStore};

use crate::{PdfError, Templates};

/// Where templates find the document.
const DATA: &str = "document.json";

/// What is the same for all documents.
pub(crate) struct Equipment {
    library: LazyHash<Library>,
    fonts: FontStore,
}

impl Equipment {
    pub(crate) fn new() -> Self {
        // Header cells of rows, which PDF/UA readers announce, are behind this feature.
        let features = [Feature::A11yExtras].into_iter().collect();
        let mut store = FontStore::new();
        store.extend(fonts::embedded());
        Self { library: LazyHash::new(Library::builder().with_features(features).build()), fonts: store }
    }

    /// Some embedded font has a shape for the character.
    pub(crate) fn has_glyph(&self, character: char) -> bool {
        let book = self.fonts.book();
        (0..).map_while(|index| book.info(index)).any(|it| it.coverage.contains(u32::from(character)))
    }
}

/// The world of one document.
pub(crate) struct DocumentWorld<'a> {
    equipment: &'a Equipment,
    main: FileId,
    sources: HashMap<FileId, Source>,
    data: (FileId, Bytes),
    today: Datetime,
}

impl<'a> DocumentWorld<'a> {
    pub(crate) fn new(
        equipment: &'a Equipment,
        templates: &Templates,
        main: &str,
        json: Vec<u8>,
        today: Datetime,
    ) -> Result<Self, PdfError> {
        let mut sources = HashMap::new();
        for (name, text) in templates.sources() {
            let id = file_id(name)?;
            sources.insert(id, Source::new(id, text.to_owned()));
        }
        let main_id = file_id(main)?;
        if !sources.contains_key(&main_id) {
            return Err(PdfError::NoTemplate(main.to_owned()));
        }
        let data = (file_id(DATA)?, Bytes::new(json));
        Ok(Self { equipment, main: main_id, sources, data, today })
    }
}

impl World for DocumentWorld<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.equipment.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.equipment.fonts.book()
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.sources.get(&id).cloned().ok_or_else(|| missing(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.data.0 {
            return Ok(self.data.1.clone());
        }
        self.source(id).map(Bytes::from_string)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.equipment.fonts.font(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        Some(self.today)
    }
}

fn file_id(name: &str) -> Result<FileId, PdfError> {
    let path = VirtualPath::new(name).map_err(|_| PdfError::TemplateName(name.to_owned()))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

fn missing(id: FileId) -> FileError {
    FileError::NotFound(id.vpath().get_without_slash().into())
}
