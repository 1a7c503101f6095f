//! Which provisions of the law a set of standards answers, by what, and which not.
//!
//! A provision is covered when a requirement that is equal to it or asks for more is there, or a set that is recorded as
//! complete together. What overlaps or asks for a part covers partly. A recorded gap is `none`; a pair that nobody judged is
//! `unknown` and is never counted as a gap. Mappings never compose through a provision.

use super::level;
use conforme_catalogue::{
    Catalogue, Gap, Id, Kind, Library, MappingRow, Provision, PublishedMapping, PublishedRow, Relation, Requirement,
    StandardEdition, Together,
};
use std::collections::{BTreeMap, BTreeSet};

/// Coverage of the law by some editions.
#[derive(Debug)]
pub struct Coverage<'a> {
    /// The editions, each with the level that was asked for, where it has levels.
    pub editions: Vec<(&'a StandardEdition, Option<&'a str>)>,
    /// One row for each provision of the span, in the order of the law.
    pub rows: Vec<Row<'a>>,
}

/// A provision and what answers it.
#[derive(Debug)]
pub struct Row<'a> {
    /// The provision.
    pub provision: &'a Provision,
    /// The result.
    pub state: State,
    /// Requirements that answer it.
    pub by: Vec<Answer<'a>>,
    /// Requirements that would answer it at a higher level.
    pub above: Vec<Answer<'a>>,
    /// Sets that are complete together, with the edition.
    pub together: Vec<(&'a StandardEdition, &'a Together)>,
    /// What is recorded as not answered.
    pub gaps: Vec<(&'a StandardEdition, &'a Gap)>,
    /// Editions that nobody compared with it.
    pub unjudged: Vec<&'a StandardEdition>,
    /// What others have published about it and these standards.
    pub published: Vec<(&'a PublishedMapping, &'a PublishedRow)>,
}

/// A requirement that answers a provision.
#[derive(Debug)]
pub struct Answer<'a> {
    /// Its edition.
    pub edition: &'a StandardEdition,
    /// The requirement.
    pub requirement: &'a Requirement,
    /// The judged pair.
    pub row: &'a MappingRow,
}

/// How far a provision is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Nothing is left open.
    Covered,
    /// A part is answered.
    Partly,
    /// Judged, and not answered.
    None,
    /// Nobody judged it.
    Unknown,
}

impl State {
    /// The word used in output.
    pub fn word(self) -> &'static str {
        match self {
            Self::Covered => "covered",
            Self::Partly => "partly",
            Self::None => "none",
            Self::Unknown => "unknown",
        }
    }
}

/// Coverage of the span of the law by editions, at a level as a person writes it.
pub fn coverage<'a>(
    law: &'a Catalogue,
    library: &'a Library,
    editions: &[&'a StandardEdition],
    wanted: Option<&str>,
) -> Coverage<'a> {
    let editions: Vec<_> = editions.iter().map(|it| (*it, wanted.and_then(|wanted| level(it, wanted)))).collect();
    let span = span(law, &editions);
    let rows =
        law.provisions.values().filter(|it| span.contains(&it.id)).map(|it| row(library, &editions, it)).collect();
    Coverage { editions, rows }
}

/// What coverage is asked about: Annex I, the information for users, the duties the catalogue marks, and whatever the mappings
/// of these editions judged beside them.
fn span(law: &Catalogue, editions: &[(&StandardEdition, Option<&str>)]) -> BTreeSet<Id> {
    let judged = editions.iter().filter_map(|(it, _)| it.mapping.as_ref()).flat_map(|it| {
        let rows = it.rows.iter().map(|it| &it.provision);
        rows.chain(it.gaps.iter().map(|it| &it.provision))
    });
    let always = |it: &&Provision| it.coverage || matches!(it.kind, Kind::EssentialRequirement | Kind::InformationItem);
    law.provisions.values().filter(always).map(|it| it.id.clone()).chain(judged.cloned()).collect()
}

fn row<'a>(
    library: &'a Library,
    editions: &[(&'a StandardEdition, Option<&'a str>)],
    provision: &'a Provision,
) -> Row<'a> {
    let mut row = Row {
        provision,
        state: State::Unknown,
        by: Vec::new(),
        above: Vec::new(),
        together: Vec::new(),
        gaps: Vec::new(),
        unjudged: Vec::new(),
        published: Vec::new(),
    };
    for (edition, level) in editions {
        let Some(mapping) = &edition.mapping else {
            row.unjudged.push(edition);
            continue;
        };
        let at_level = |it: &Requirement| level.is_none_or(|level| it.at_level(level));
        let mut judged = false;
        for pair in mapping.rows.iter().filter(|it| it.provision == provision.id) {
            judged = true;
            for requirement in pair.requirements.iter().filter_map(|it| edition.requirement(it)) {
                let answer = Answer { edition, requirement, row: pair };
                if at_level(requirement) { row.by.push(answer) } else { row.above.push(answer) }
            }
        }
        let whole = |set: &&Together| {
            set.provision == provision.id
                && set.requirements.iter().all(|it| edition.requirement(it).is_some_and(at_level))
        };
        row.together.extend(mapping.together.iter().filter(whole).map(|it| (*edition, it)));
        let before = row.gaps.len();
        row.gaps.extend(mapping.gaps.iter().filter(|it| it.provision == provision.id).map(|it| (*edition, it)));
        if !judged && row.gaps.len() == before {
            row.unjudged.push(edition);
        }
    }
    let names: BTreeSet<&str> = editions.iter().map(|(it, _)| it.standard.as_str()).collect();
    for published in library.published.values() {
        let of_these = published.rows.iter().flat_map(|it| &it.parts).any(|it| names.contains(it.as_str()));
        let about = published.rows.iter().filter(|it| of_these && it.provision == provision.id);
        row.published.extend(about.map(|it| (published, it)));
    }
    let carried = row.by.iter().any(|it| it.row.relation.carries()) || !row.together.is_empty();
    row.state = match () {
        () if carried => State::Covered,
        () if !row.by.is_empty() => State::Partly,
        () if !row.gaps.is_empty() || !row.above.is_empty() => State::None,
        () => State::Unknown,
    };
    row
}

impl<'a> Coverage<'a> {
    /// Provisions in a state.
    pub fn count(&self, state: State) -> usize {
        self.rows.iter().filter(|it| it.state == state).count()
    }

    /// Topics of gaps that no other edition of the set closes, each with its provisions.
    pub fn topics(&self) -> BTreeMap<&'a str, BTreeSet<&'a Id>> {
        let mut topics: BTreeMap<&str, BTreeSet<&Id>> = BTreeMap::new();
        for row in self.rows.iter().filter(|it| it.state != State::Covered) {
            for topic in row.gaps.iter().filter_map(|(_, gap)| gap.topic.as_deref()) {
                topics.entry(topic).or_default().insert(&row.provision.id);
            }
        }
        topics
    }
}

/// The strongest relation among answers.
pub fn strongest(by: &[Answer<'_>]) -> Option<Relation> {
    by.iter().map(|it| it.row.relation).max()
}
