//! What `conforme init` asks. Keys are those of the dossier where it has one; the rest name what follows from the answer.

use super::page::Docs;
use super::values::{Answers, Value};
use conforme_catalogue::{Catalogue, Comparison, Id, Rule};

/// One question.
#[derive(Debug)]
pub(crate) struct Question {
    /// Its key in an answers file.
    pub key: &'static str,
    /// Heading it stands under.
    pub group: &'static str,
    /// The question, with the legal term where it first matters.
    pub ask: &'static str,
    /// More about it; the description of the key when it is empty.
    pub help: &'static str,
    /// What an answer looks like.
    pub kind: Kind,
    /// The provision or term behind it; the catalogue says what it means and where it stands in the law.
    pub behind: &'static str,
    /// When it is asked.
    pub when: When,
}

/// Form of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Any text.
    Text,
    /// Several texts.
    Texts,
    /// One word of a list.
    Word,
    /// Several words of a list.
    Words,
    /// Several functions, found by searching.
    Functions,
    /// Yes or no.
    Flag,
    /// A whole number of years.
    Number,
    /// A date.
    Date,
    /// A month.
    Month,
}

/// When a question makes sense.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum When {
    /// Always.
    Always,
    /// The product is open-source software.
    OpenSource,
    /// Somebody with the duties of a manufacturer answers.
    Maker,
}

impl When {
    /// Whether it is asked now.
    pub fn holds(self, answers: &Answers) -> bool {
        let role = answers.text("role").unwrap_or("manufacturer");
        match self {
            Self::Always => true,
            Self::OpenSource => answers.flag("licence.open_source"),
            Self::Maker => !matches!(role, "importer" | "distributor" | "steward"),
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Always => "always",
            Self::OpenSource => "when licence.open_source is true",
            Self::Maker => "unless role is importer, distributor or steward",
        }
    }
}

macro_rules! questions {
    ($($group:literal: [$($key:literal $kind:ident $when:ident $behind:literal $ask:literal $help:literal,)*])*) => {
        /// All questions, in the order in which they are asked.
        pub(crate) static ALL: &[Question] = &[$($(Question {
            key: $key, group: $group, ask: $ask, help: $help, kind: Kind::$kind, behind: $behind, when: When::$when,
        },)*)*];
    };
}

questions! {
    "Who you are": [
        "role" Word Always "manufacturer" "What are you for this product?" "",
        "manufacturer.name" Text Always "CRA-A13-16" "Who is the manufacturer? Registered name, trade name or trade mark" "",
        "manufacturer.address" Text Always "CRA-A13-16" "Postal address of the manufacturer" "",
        "manufacturer.email" Text Always "CRA-A13-16" "E-mail address of the manufacturer, or another digital contact" "",
        "manufacturer.website" Text Always "CRA-A13-16" "Website, if there is one" "",
        "manufacturer.size" Word Always "micro-small-and-medium-sized-enterprises" "Size of the undertaking" "",
        "manufacturer.main_establishment" Word Always "main-establishment" "Member State of the main establishment" "Leave it open when there is none in the Union.",
    ]
    "The product": [
        "product.name" Text Always "CRA-A13-15" "What is the product called?" "",
        "product.model" Text Always "CRA-A13-15" "Type or model designation" "",
        "product.identification" Text Always "CRA-A13-15" "What identifies a unit (type, batch or serial number), and where does it stand?" "Such as: serial number on the label at the back. For software: the version, shown under Help, About.",
        "product.description" Text Always "CRA-A31-1" "What is it, in a sentence or two?" "",
        "product.purpose" Text Always "CRA-A13-3" "What is it meant for (intended purpose), and in which security environment?" "Who uses it, for what, in which network, protected by what.",
        "product.kind" Word Always "" "What is supplied?" "",
        "product.connection" Word Always "" "Does it connect to a device or network, as intended or as can be foreseen?" "",
        "product.settings" Words Always "" "Where is it used?" "",
        "users.groups" Words Always "" "Who is it for?" "",
        "supply.commercial" Flag Always "making-available-on-the-market" "Is it supplied in the course of a commercial activity (making available on the market)?" "",
        "supply.earns" Words Always "" "What do you get for it?" "",
        "supply.supplier" Word Always "" "Who supplies it?" "",
        "licence.open_source" Flag Always "free-and-open-source-software" "Is it free and open-source software?" "",
        "licence.documentation_public" Flag OpenSource "CRA-A32-5" "Will its technical documentation be public when it is placed on the market?" "",
        "supply.supports_systematically" Flag OpenSource "CRA-A24-1" "Do you support the development of this open-source software systematically and for long (open-source software steward)?" "",
        "acts.under" Words Always "" "Which other acts of the Union apply to it?" "Answer `none` when there is none.",
    ]
    "What it does": [
        "core.title" Text Always "core-functionality" "Name the one function without which the product would not meet its purpose (core functionality)" "Two to five words, such as: lock and unlock the front door.",
        "core.does" Functions Always "" "What does that core function do? Tick what is true of it" "The words of the catalogue decide the category; several may be true.",
        "other.does" Functions Always "" "What do the other functions do?" "Saying them makes the answer surer.",
    ]
    "What it consists of": [
        "parts.on_product" Texts Always "CRA-II-1" "Parts that run with the user: firmware, application, app" "Each part gets a version and a software bill of materials in every release.",
        "parts.remote" Texts Always "remote-data-processing" "Parts that run at a distance, made by or for you, without which a function fails (remote data processing)" "Such as: device cloud, update server with logic of its own.",
        "parts.third_party" Texts Always "CRA-A13-5" "Services of others at a distance that a function needs" "Such as: push service, map service.",
    ]
    "On the market": [
        "product.markets" Words Always "CRA-A28-2" "In which Member States is it offered?" "Two letters each, or `EU` for all. They decide the languages of declaration and user information.",
        "support.expected_use_years" Number Maker "CRA-A13-8" "For how many years can users expect to use it?" "",
        "release.version" Text Always "CRA-ANNEX-VII-1-b" "Version that is placed on the market next" "",
        "release.placing" Date Always "placing-on-the-market" "Planned first supply of it (placing on the market)" "It decides which law and which citations of standards count.",
        "support.end" Month Maker "support-period" "Until when will vulnerabilities be handled (support period), month and year?" "",
        "route.module" Word Maker "CRA-A32-1" "How is conformity assessed (conformity assessment procedure)?" "",
    ]
    "Vulnerabilities": [
        "vulnerability_handling.contact" Text Always "CRA-II-6" "Address for reports about vulnerabilities" "",
        "vulnerability_handling.policy" Text Always "CRA-II-5" "File or address of the policy for handling such reports (coordinated vulnerability disclosure policy)" "",
    ]
}

/// A word an answer may be, and what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Allowed {
    /// The word.
    pub word: String,
    /// What it means; empty when the word says it.
    pub about: String,
}

impl Question {
    /// Words that may be answered; empty when any text may.
    pub fn allowed(&self, law: &Catalogue, docs: &Docs) -> Vec<Allowed> {
        let pairs: Vec<(String, String)> = match self.key {
            "product.markets" | "manufacturer.main_establishment" => {
                law.markets.iter().map(|it| (it.code.clone(), it.name.clone())).collect()
            }
            _ if self.kind == Kind::Functions => {
                law.functions.iter().map(|it| (it.id.clone(), it.title.clone())).collect()
            }
            "role" => ROLES.iter().map(|(word, about)| ((*word).to_owned(), (*about).to_owned())).collect(),
            "route.module" => MODULES.iter().map(|(word, about)| ((*word).to_owned(), (*about).to_owned())).collect(),
            "acts.under" => docs.words(self.key).into_iter().map(|it| (it.clone(), about_act(law, &it))).collect(),
            key => docs.words(key).into_iter().map(|it| (it, String::new())).collect(),
        };
        pairs.into_iter().map(|(word, about)| Allowed { word, about }).collect()
    }

    /// What the help says: its own words or the description of the key, the term, and where it stands in the law.
    pub fn more(&self, law: &Catalogue, docs: &Docs) -> String {
        let own = if self.help.is_empty() { docs.about(self.key) } else { self.help.to_owned() };
        let term = law.terms.get(&Id::from(self.behind));
        let cites = term.map(|it| &it.cites).or(law.provision(self.behind).map(|it| &it.cites));
        let meaning = term.and_then(|it| it.text.split("\n\n").next()).unwrap_or_default();
        let more = format!("{own} {}{}", cap(meaning), cites.map_or_else(String::new, |it| format!(" [{it}]")));
        super::values::line(&more)
    }

    /// The word for its form in `--questions`.
    pub fn form(&self) -> &'static str {
        match self.kind {
            Kind::Text => "text",
            Kind::Texts => "texts",
            Kind::Word => "word",
            Kind::Words | Kind::Functions => "words",
            Kind::Flag => "flag",
            Kind::Number => "number",
            Kind::Date => "date",
            Kind::Month => "month",
        }
    }

    /// When it is asked, in words.
    pub fn asked(&self) -> &'static str {
        self.when.words()
    }

    /// Reads an answer that a person or a file gave as text.
    pub fn read(&self, text: &str, allowed: &[Allowed]) -> Result<Value, String> {
        let text = text.trim();
        match self.kind {
            Kind::Text => Ok(Value::text(text)),
            Kind::Texts => Ok(Value::List(split(text))),
            Kind::Word => self.word(text, allowed).map(Value::Text),
            Kind::Words | Kind::Functions => {
                let words: Result<Vec<String>, String> = match text {
                    "EU" if self.key == "product.markets" => Ok(allowed.iter().map(|it| it.word.clone()).collect()),
                    _ => split(text).iter().map(|it| self.word(it, allowed)).collect(),
                };
                words.map(|mut words| {
                    let mut seen = std::collections::BTreeSet::new();
                    words.retain(|it| seen.insert(it.clone()));
                    Value::List(words)
                })
            }
            Kind::Flag => match text.to_lowercase().as_str() {
                "yes" | "y" | "true" => Ok(Value::Flag(true)),
                "no" | "n" | "false" => Ok(Value::Flag(false)),
                _ => Err(format!("`{text}` is neither yes nor no")),
            },
            Kind::Number => match text.parse::<i64>() {
                Ok(number @ 0..=100) => Ok(Value::Number(number)),
                _ => Err(format!("`{text}` is no number of years")),
            },
            Kind::Date => text.parse().map(Value::Date).map_err(|_| format!("`{text}` is no date such as 2028-03-01")),
            Kind::Month => match text.parse::<conforme_catalogue::Day>() {
                Ok(_) => Ok(Value::text(text)),
                Err(_) => Err(format!("`{text}` is no month such as 2033-03")),
            },
        }
    }

    fn word(&self, text: &str, allowed: &[Allowed]) -> Result<String, String> {
        let same = |it: &&Allowed| it.word.eq_ignore_ascii_case(text);
        if let Some(word) = allowed.iter().find(same) {
            return Ok(word.word.clone());
        }
        let words: Vec<&str> = allowed.iter().map(|it| it.word.as_str()).collect();
        Err(match crate::commands::explain::nearest(text, &words) {
            Some(near) => format!("`{text}` is not known here; did you mean `{near}`?"),
            None if words.len() > 30 => {
                format!("`{text}` is not known here; `conforme init --questions` lists the words")
            }
            None => format!("`{text}` is not one of {}", words.join(", ")),
        })
    }
}

/// A list as a person types it: with commas. `none` is the empty one.
fn split(text: &str) -> Vec<String> {
    let items = text.split(',').map(str::trim).filter(|it| !it.is_empty() && *it != "none");
    items.map(str::to_owned).collect()
}

/// What a number of an act is about, from the rules of scope that name it.
fn about_act(law: &Catalogue, act: &str) -> String {
    let names = |rule: &&Rule| {
        let mut found = false;
        rule.when.iter().for_each(|it| {
            it.visit(&mut |_, comparison| found |= matches!(comparison, Comparison::Has(word) if word == act))
        });
        found
    };
    law.scope.iter().find(names).map_or_else(String::new, |it| it.title.clone())
}

fn cap(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A question by its key.
pub(crate) fn find(key: &str) -> Option<&'static Question> {
    ALL.iter().find(|it| it.key == key)
}

const ROLES: [(&str, &str); 6] = [
    ("manufacturer", "you make it, or have it made under your own name"),
    ("importer", "you place a product from outside the Union on its market"),
    ("distributor", "you make it available further down the chain"),
    ("authorised-representative", "you act for the manufacturer under a written mandate"),
    ("steward", "you support open-source software systematically and do not place it on the market"),
    ("modifier", "you modify it substantially and make it available"),
];

const MODULES: [(&str, &str); 6] = [
    ("A", "internal control: you assess it yourself"),
    ("B+C", "a notified body examines the type, you make sure that units conform to it"),
    ("H", "a notified body approves your quality assurance"),
    ("scheme", "a certificate under a European cybersecurity certification scheme"),
    ("AI Act", "the procedure of the AI Act, for high-risk AI systems"),
    ("EHDS", "the procedure of the European Health Data Space Regulation"),
];

#[cfg(test)]
mod tests;
