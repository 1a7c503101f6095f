//! From the text of files to a dossier. Pure: the caller reads the files and hands over their text.

use crate::codes;
use crate::dossier::{Dossier, StatedFacts};
use crate::finding::{Finding, Reporter};
use crate::node::{self, Table};
use crate::source::{Place, SourceFile, Sources};
use conforme_catalogue::Catalogue;

/// Version of the dossier format this program reads.
pub const FORMAT: i64 = 1;

/// What the company says, read once and taken over by each of its products.
#[derive(Debug, Clone)]
pub struct Company<'a> {
    sources: Sources,
    table: Table<'a>,
    findings: Vec<Finding>,
}

/// A dossier with everything needed to judge it and to point into it.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The files, company's first.
    pub sources: Sources,
    /// Index of the product's first file.
    pub root: u16,
    /// The dossier.
    pub dossier: Dossier,
    /// Facts for classification.
    pub facts: StatedFacts,
    /// What was wrong with the files.
    pub findings: Vec<Finding>,
}

impl<'a> Company<'a> {
    /// Reads the files of the company.
    pub fn read(law: &Catalogue, files: &'a [SourceFile]) -> Self {
        let mut reporter = Reporter::new(law);
        let mut sources = Sources::default();
        let table = join_all(files, &mut sources, &mut reporter);
        Self { sources, table, findings: reporter.into_findings() }
    }
}

/// Reads one product, joined with what its company says.
pub fn load(law: &Catalogue, files: &[SourceFile], company: Option<&Company<'_>>) -> Loaded {
    let mut reporter = Reporter::new(law);
    let mut sources = company.map(|it| it.sources.clone()).unwrap_or_default();
    let root = u16::try_from(sources.files().len()).unwrap_or(u16::MAX);
    let mut table = join_all(files, &mut sources, &mut reporter);
    let mut findings = company.map(|it| it.findings.clone()).unwrap_or_default();
    if let Some(company) = company {
        let mut overrides = Vec::new();
        node::inherit(&mut table, &company.table, "", &mut overrides);
        for it in overrides {
            let (line, _) = sources.line_column(it.company);
            let file = sources.file(it.company).map_or("", |it| it.path.as_str());
            let names = [("key", it.key.as_str()), ("file", file), ("line", &line.to_string())];
            reporter.report(codes::OVERRIDES_COMPANY, Some(it.own), &names);
        }
    }
    let (dossier, facts) = Dossier::read(&table, root, &mut reporter);
    if let Some(format) = dossier.format.filter(|it| it.value != FORMAT) {
        reporter.report(codes::UNKNOWN_FORMAT, Some(format.place), &[("format", &format.value.to_string())]);
    }
    findings.extend(reporter.into_findings());
    Loaded { sources, root, dossier, facts, findings }
}

fn join_all<'a>(files: &'a [SourceFile], sources: &mut Sources, reporter: &mut Reporter<'_>) -> Table<'a> {
    let mut table = Table::default();
    for file in files {
        let index = sources.add(file.clone());
        let read = node::read(&file.text, index, reporter);
        node::join(&mut table, read, reporter);
    }
    table
}

impl Loaded {
    /// The first file of the product; findings that have no better place point here.
    pub fn start(&self) -> Place {
        Place::start_of(self.root)
    }

    /// A file that cannot be read hides everything in it: nothing else that is missing can be judged.
    pub fn is_readable(&self) -> bool {
        let unread = [codes::SYNTAX, codes::UNREADABLE_FILE, codes::NESTED_TOO_DEEP];
        !self.findings.iter().any(|it| unread.iter().any(|code| code.as_str() == it.code))
    }
}
