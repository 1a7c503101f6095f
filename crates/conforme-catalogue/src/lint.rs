//! What the parser cannot ask: that a catalogue is whole, sourced and consistent.

use crate::{
    Basis, Catalogue, CatalogueError, Comparison, Condition, FactSource, FactType, FactValue, Files, Kind, Tier, Truth,
    parse, parse_library,
};
use std::collections::{BTreeMap, BTreeSet};

mod library;

/// Reads a catalogue and lists everything that is wrong with it.
pub fn lint(files: &Files) -> Vec<CatalogueError> {
    let catalogue = match parse(files) {
        Ok(catalogue) => catalogue,
        Err(errors) => return errors,
    };
    let mut linter = Linter { catalogue: &catalogue, errors: Vec::new() };
    linter.sources();
    linter.provisions();
    linter.categories();
    linter.standards();
    linter.items();
    linter.documents();
    linter.supplier();
    linter.conditions();
    linter.routes();
    linter.words();
    linter.findings();
    linter.markets();
    match parse_library(files) {
        Ok(library) => library::lint(&mut linter, &library, &files.paths().collect::<Vec<_>>()),
        Err(errors) => linter.errors.extend(errors),
    }
    linter.errors
}

struct Linter<'a> {
    catalogue: &'a Catalogue,
    errors: Vec<CatalogueError>,
}

impl<'a> Linter<'a> {
    fn say(&mut self, file: impl Into<String>, message: impl Into<String>) {
        self.errors.push(CatalogueError { file: file.into(), message: message.into() });
    }

    /// Every record rests on a source that is listed, and every doubt is spelled out.
    fn sources(&mut self) {
        let catalogue = self.catalogue;
        let mut bases: Vec<(String, &Basis, bool)> = Vec::new();
        bases.extend(catalogue.provisions.iter().map(|(id, it)| (format!("provisions/{id}.md"), &it.basis, true)));
        bases.extend(catalogue.categories.iter().map(|(id, it)| (format!("categories/{id}.md"), &it.basis, true)));
        bases.extend(
            catalogue.standards.iter().map(|(id, it)| (format!("standards/{id}/standard.toml"), &it.basis, false)),
        );
        bases.extend(catalogue.documents.iter().map(|(id, it)| (format!("documents/{id}.toml"), &it.basis, true)));
        bases.extend(catalogue.terms.iter().map(|(id, it)| (format!("terms/{id}.md"), &it.basis, true)));
        bases.extend(catalogue.findings.iter().map(|(id, it)| (format!("findings/{id}.md"), &it.basis, true)));
        bases.extend(catalogue.words.iter().map(|(id, it)| (format!("words/{id}.toml"), &it.basis, true)));
        bases.extend(catalogue.items.iter().map(|it| (format!("m606.toml, item {}", it.id), &it.basis, true)));
        bases.extend(catalogue.scope.iter().map(|it| (format!("scope.toml, {}", it.id), &it.basis, true)));
        bases.extend(catalogue.support.iter().map(|it| (format!("support-period.toml, {}", it.id), &it.basis, true)));
        bases.extend(catalogue.routes.iter().map(|it| (format!("routes.toml, {}", it.id), &it.basis, true)));
        bases.extend(catalogue.timeline.iter().map(|it| (format!("timeline.toml, {}", it.title), &it.basis, true)));
        bases.extend(catalogue.penalties.iter().map(|it| (format!("penalties.toml, {}", it.id), &it.basis, true)));
        bases.extend(catalogue.figures.iter().map(|(id, it)| (format!("figures.toml, {id}"), &it.basis, true)));
        bases
            .extend(catalogue.risk_methods.iter().map(|it| (format!("risk-methods.toml, {}", it.id), &it.basis, true)));
        bases.extend(catalogue.questions.iter().map(|it| (format!("questionnaire.toml, {}", it.id), &it.basis, true)));
        let divided = catalogue.responsibilities.iter();
        bases.extend(divided.map(|it| (format!("agreement.toml, {}", it.activity), &it.basis, true)));
        bases.extend(catalogue.clauses.iter().map(|it| (format!("agreement.toml, {}", it.id), &it.basis, true)));
        for (file, basis, needs_authority) in bases {
            self.basis(&file, basis, needs_authority);
        }
        for it in &catalogue.risk_methods {
            if let Some(problem) = it.problem() {
                self.say(format!("risk-methods.toml, {}", it.id), problem);
            }
        }
        for (id, standard) in &catalogue.standards {
            for event in &standard.stages {
                self.tags(&format!("standards/{id}/standard.toml"), &event.source);
            }
        }
    }

    fn basis(&mut self, file: &str, basis: &Basis, needs_authority: bool) {
        if needs_authority && basis.authority.is_none() {
            self.say(file, "`authority` is missing");
        }
        if basis.source.is_empty() {
            self.say(file, "`source` is empty");
        }
        self.tags(file, &basis.source);
        if basis.certainty.is_some() != basis.doubt.is_some() {
            self.say(file, "`certainty` and `doubt` come together");
        }
    }

    fn tags(&mut self, file: &str, sources: &[String]) {
        for source in sources {
            let tag = source.split([' ', ':', ',']).next().unwrap_or_default();
            if !self.catalogue.sources.contains_key(tag) {
                self.say(file, format!("source `{source}` begins with `{tag}`, which is not in sources.toml"));
            }
        }
    }

    fn provisions(&mut self) {
        let catalogue = self.catalogue;
        for (id, it) in &catalogue.provisions {
            let file = format!("provisions/{id}.md");
            if !id.as_str().starts_with("CRA-") {
                self.say(&file, "the id of a provision begins with `CRA-`");
            }
            if it.text.is_empty() || it.title.is_empty() {
                self.say(&file, "a provision has a title and a text");
            }
            if !it.cites.starts_with("Regulation (EU) 2024/2847, ") {
                self.say(&file, "`cites` begins with `Regulation (EU) 2024/2847, ` and names the place");
            }
            if it.check.is_some() != it.stage.is_some() {
                self.say(&file, "`check` and `stage` come together");
            }
            if it.check.is_some() && it.next.is_none() {
                self.say(&file, "a provision with a check says what to do `next`");
            }
            if it.kind == Kind::EssentialRequirement && (it.check.is_none() || it.verifier.is_empty()) {
                self.say(&file, "an essential requirement has a check and says what a verifier asks for");
            }
            for related in it.related.iter().filter(|it| !catalogue.provisions.contains_key(it)) {
                self.say(&file, format!("`related` names {related}, which is not in the catalogue"));
            }
        }
        let essential = catalogue.provisions.values().filter(|it| it.kind == Kind::EssentialRequirement).count();
        if essential != 22 {
            self.say("provisions/", format!("Annex I has 22 points, the folder has {essential}"));
        }
    }

    fn categories(&mut self) {
        let catalogue = self.catalogue;
        let mut counts: BTreeMap<Tier, usize> = BTreeMap::new();
        for (id, it) in &catalogue.categories {
            *counts.entry(it.tier).or_default() += 1;
            let file = format!("categories/{id}.md");
            if it.when.is_none() != (it.tier == Tier::Default) {
                self.say(&file, "every category but `default` has a condition `when`");
            }
            for item in it.items.iter().filter(|item| !catalogue.items.iter().any(|it| it.id == **item)) {
                self.say(&file, format!("item {item} is not in m606.toml"));
            }
            for judgement in &it.judgement {
                if !catalogue.categories.contains_key(&judgement.likely) {
                    self.say(&file, format!("`likely` names {}, which is not a category", judgement.likely));
                }
                self.tags(&file, &judgement.source);
            }
            for statement in it.not_met.iter().chain(&it.named) {
                self.tags(&file, &statement.source);
            }
        }
        let found: Vec<usize> = [Tier::Default, Tier::ImportantClassI, Tier::ImportantClassII, Tier::Critical]
            .iter()
            .map(|tier| counts.get(tier).copied().unwrap_or_default())
            .collect();
        if found != [1, 19, 4, 3] {
            self.say(
                "categories/",
                format!("expected 1 default, 19 class I, 4 class II and 3 critical categories, found {found:?}"),
            );
        }
    }

    fn standards(&mut self) {
        let catalogue = self.catalogue;
        for (id, it) in &catalogue.standards {
            let file = format!("standards/{id}/standard.toml");
            if it.stages.is_empty() {
                self.say(&file, "a standard has at least one `[[stage]]`");
            }
            if !it.stages.is_sorted_by_key(|it| it.date.first()) {
                self.say(&file, "stages are listed oldest first");
            }
            if it.scope.trim().is_empty() {
                self.say(&file, "`scope` is empty");
            }
            let tiers = ["horizontal", "supporting", "important-class-I", "important-class-II", "critical"];
            if !tiers.contains(&it.tier.as_str()) {
                self.say(&file, format!("`tier` is one of {}", tiers.join(", ")));
            }
            let named =
                it.covers.iter().chain(&it.not_covered).chain(it.citations.iter().flat_map(|it| &it.provisions));
            for provision in named.filter(|it| !catalogue.provisions.contains_key(it)) {
                self.say(&file, format!("{provision} is not in the catalogue"));
            }
            for category in it.categories.iter().filter(|it| !catalogue.categories.contains_key(it)) {
                self.say(&file, format!("{category} is not a category"));
            }
            for item in &it.items {
                let number = item.trim_end_matches(|it: char| it.is_ascii_lowercase()).parse::<u16>();
                if !number.is_ok_and(|number| catalogue.items.iter().any(|it| it.id == number)) {
                    self.say(&file, format!("item `{item}` is not in m606.toml"));
                }
            }
        }
        let tracked = catalogue.standards.values().filter(|it| it.tracked).count();
        if tracked != 35 && catalogue.overlays.is_empty() {
            self.say("standards/", format!("35 deliverables are tracked, found {tracked}"));
        }
    }

    fn items(&mut self) {
        let ids: BTreeSet<u16> = self.catalogue.items.iter().map(|it| it.id).collect();
        if ids != (1..=41).collect() {
            self.say("m606.toml", "the request has items 1 to 41, each once");
        }
        let catalogue = self.catalogue;
        for item in &catalogue.items {
            let answered = catalogue.standards.values().any(|it| {
                it.tracked
                    && it
                        .items
                        .iter()
                        .any(|name| name.trim_end_matches(|it: char| it.is_ascii_lowercase()) == item.id.to_string())
            });
            if !answered {
                self.say("m606.toml", format!("no tracked standard answers item {}", item.id));
            }
        }
    }

    fn documents(&mut self) {
        let catalogue = self.catalogue;
        for (id, outline) in &catalogue.documents {
            for item in outline.items.iter().filter(|it| !catalogue.provisions.contains_key(&it.provision)) {
                self.say(format!("documents/{id}.toml"), format!("{} is not in the catalogue", item.provision));
            }
        }
    }

    /// Questions and clauses rest on provisions that exist, and no name is given twice.
    fn supplier(&mut self) {
        let catalogue = self.catalogue;
        let asked = catalogue.questions.iter().map(|it| ("questionnaire.toml", &it.id, &it.provisions));
        let agreed = catalogue.clauses.iter().map(|it| ("agreement.toml", &it.id, &it.provisions));
        let mut seen = BTreeSet::new();
        for (file, id, provisions) in asked.chain(agreed) {
            if !seen.insert((file, id)) {
                self.say(file, format!("`{id}` is there twice"));
            }
            if provisions.is_empty() {
                self.say(file, format!("`{id}` rests on no provision"));
            }
            for provision in provisions.iter().filter(|it| !catalogue.provisions.contains_key(*it)) {
                self.say(file, format!("`{id}`: {provision} is not in the catalogue"));
            }
        }
    }

    /// Every comparison names a known fact with a value it can have.
    fn conditions(&mut self) {
        let catalogue = self.catalogue;
        let mut conditions: Vec<(String, &Condition)> = Vec::new();
        for (id, it) in &catalogue.categories {
            let judged = it.judgement.iter().map(|it| &it.when);
            let stated = it.not_met.iter().chain(&it.named).map(|it| &it.when);
            conditions.extend(it.when.iter().chain(judged).chain(stated).map(|it| (format!("categories/{id}.md"), it)));
        }
        conditions.extend(
            catalogue.scope.iter().filter_map(|it| Some((format!("scope.toml, {}", it.id), it.when.as_ref()?))),
        );
        conditions.extend(catalogue.routes.iter().map(|it| (format!("routes.toml, {}", it.id), &it.when)));
        for (file, condition) in conditions {
            let mut wrong = Vec::new();
            condition.visit(&mut |names, comparison| {
                wrong.extend(names.iter().filter_map(|name| self.misuse(name, comparison)))
            });
            wrong.into_iter().for_each(|message| self.say(&file, message));
        }
    }

    fn misuse(&self, name: &str, comparison: &Comparison) -> Option<String> {
        let Some(domain) = self.catalogue.facts.iter().find(|it| it.name == name) else {
            return Some(format!("`{name}` is not in facts.toml"));
        };
        let known = |word: &str| {
            if domain.words.is_empty() {
                self.catalogue.functions.iter().any(|it| it.id == word)
            } else {
                domain.words.iter().any(|it| it == word)
            }
        };
        match (domain.kind, comparison) {
            (FactType::Words, Comparison::Has(word)) | (FactType::Word, Comparison::Is(FactValue::Word(word))) => {
                (!known(word)).then(|| format!("`{name}` is never `{word}`"))
            }
            (FactType::Flag, Comparison::Is(FactValue::Flag(_)))
            | (
                FactType::Number,
                Comparison::Is(FactValue::Number(_)) | Comparison::AtLeast(_) | Comparison::AtMost(_),
            ) => None,
            _ => Some(format!("`{name}` cannot be compared like this")),
        }
    }

    /// The table of routes answers every combination of the facts it looks at, and every row can be reached.
    fn routes(&mut self) {
        let catalogue = self.catalogue;
        let names: BTreeSet<&str> = catalogue.routes.iter().flat_map(|it| it.when.facts()).collect();
        let mut combinations: Vec<BTreeMap<&str, FactValue>> = vec![BTreeMap::new()];
        for name in names {
            let Some(domain) = catalogue.facts.iter().find(|it| it.name == name) else { return };
            let values: Vec<FactValue> = match domain.kind {
                FactType::Flag => vec![FactValue::Flag(false), FactValue::Flag(true)],
                FactType::Word => domain.words.iter().cloned().map(FactValue::Word).collect(),
                FactType::Words => [Vec::new(), domain.words.clone()]
                    .into_iter()
                    .chain(domain.words.iter().map(|it| vec![it.clone()]))
                    .map(FactValue::Words)
                    .collect(),
                FactType::Number => {
                    (domain.least.unwrap_or(0)..=domain.most.unwrap_or(0)).map(FactValue::Number).collect()
                }
            };
            combinations = combinations
                .iter()
                .flat_map(|it| {
                    values.iter().map(move |value| {
                        let mut next = it.clone();
                        next.insert(name, value.clone());
                        next
                    })
                })
                .collect();
        }
        let mut reached = BTreeSet::new();
        for combination in &combinations {
            match catalogue.routes.iter().position(|it| it.when.decide(&Combination(combination)) == Truth::Yes) {
                Some(row) => drop(reached.insert(row)),
                None => return self.say("routes.toml", format!("no row fits {combination:?}")),
            }
        }
        for (at, row) in catalogue.routes.iter().enumerate() {
            if !reached.contains(&at) {
                self.say("routes.toml", format!("row `{}` is never reached", row.id));
            }
            if !catalogue.provisions.contains_key(&row.provision) {
                self.say(
                    "routes.toml",
                    format!("row `{}` names {}, which is not in the catalogue", row.id, row.provision),
                );
            }
        }
    }

    fn words(&mut self) {
        let languages = "bg cs da de el en es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv";
        let english: BTreeSet<&String> =
            self.catalogue.words.get("en").into_iter().flat_map(|it| it.texts.keys()).collect();
        for language in languages.split(' ') {
            let file = format!("words/{language}.toml");
            let Some(words) = self.catalogue.words.get(language) else {
                self.say(file, "the language is missing");
                continue;
            };
            let keys: BTreeSet<&String> = words.texts.keys().collect();
            for key in english.symmetric_difference(&keys) {
                self.say(&file, format!("`{key}` is in only one of this file and words/en.toml"));
            }
            if words.months.len() != 12 {
                self.say(&file, "a year has twelve months");
            }
            for (key, text) in &words.texts {
                for name in ["{manufacturer}", "{product}", "{url}"] {
                    let wanted = self.catalogue.words.get("en").is_some_and(|it| it.say(key).contains(name));
                    if wanted != text.contains(name) {
                        self.say(&file, format!("`{key}` and its English text disagree about {name}"));
                    }
                }
            }
        }
    }

    fn markets(&mut self) {
        let catalogue = self.catalogue;
        if catalogue.markets.len() != 27 {
            self.say("markets.toml", format!("the Union has 27 Member States, found {}", catalogue.markets.len()));
        }
        for market in &catalogue.markets {
            for language in market.languages.iter().filter(|it| !catalogue.words.contains_key(*it)) {
                self.say("markets.toml", format!("{}: there is no words/{language}.toml", market.code));
            }
        }
    }

    fn findings(&mut self) {
        let catalogue = self.catalogue;
        for (id, it) in &catalogue.findings {
            let file = format!("findings/{id}.md");
            if id.as_str().bytes().any(|byte| !(byte.is_ascii_lowercase() || byte == b'-' || byte.is_ascii_digit())) {
                self.say(&file, "the code of a finding is lower case with hyphens");
            }
            if it.text.is_empty() || it.message.is_empty() || it.next.is_empty() {
                self.say(&file, "a finding has a message, a next step and a text");
            }
        }
        for id in catalogue.categories.keys().filter(|id| catalogue.provisions.contains_key(id)) {
            self.say(format!("categories/{id}.md"), "a provision has the same id");
        }
    }
}

struct Combination<'a>(&'a BTreeMap<&'a str, FactValue>);

impl FactSource for Combination<'_> {
    fn fact(&self, name: &str) -> Option<&FactValue> {
        self.0.get(name)
    }
}
