//! `conforme init`: a starting dossier. It finds out what it can, asks the rest, and writes commented files.
//!
//! Nothing is settled silently: what was found says where, what was reckoned says how, a guess waits as a comment until a
//! person confirms it, and risks and measures are examples that `conforme check` keeps asking about.

mod answers;
mod dossier;
mod farewell;
mod found;
mod interview;
mod offers;
mod others;
mod page;
mod questions;
mod search;
pub(crate) mod values;

use crate::cli::InitArgs;
use crate::failure::Failure;
use crate::hashing::HashCache;
use crate::law;
use crate::portfolio::today;
use crate::repository::{FILES, Repository, read_text};
use crate::terminal::Terminal;
use crate::writing::{Output, write_all};
use answers::File;
use conforme_catalogue::{Catalogue, Library};
use conforme_core::assessment::Assessment;
use conforme_core::evaluate::{Question as Asked, evaluate};
use conforme_core::files;
use conforme_core::load::{Company, load};
use conforme_core::source::SourceFile;
use dossier::Draft;
use found::Found;
use interview::{Interview, Reply};
use page::Docs;
use questions::Question;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use values::{Answers, Given, Offer, Origin, Value};

/// Makes a dossier.
pub(crate) fn run(args: &InitArgs, terminal: &Terminal) -> Result<u8, Failure> {
    let law = law::catalogue(&[])?;
    let docs = Docs::new(&law);
    let folder = absolute(&args.folder)?;
    let desk = Desk::new(&law, &docs, &folder)?;
    if args.questions {
        let offer = |question: &Question| offers::offer(&desk, question, &desk.said);
        terminal.json(&answers::catalogue(&law, &docs, offer, &desk.said))?;
        return Ok(0);
    }
    desk.refuse_existing(args.force)?;
    let answers = match &args.answers {
        Some(file) => desk.with_file(file, terminal)?,
        None if args.yes => desk.settle(&File::default()),
        None if terminal.interactive => desk.interview(terminal)?,
        None => {
            return Err(Failure::Usage(
                "there is no terminal to ask on\nnext: `conforme init --yes` takes what can be found, `conforme init --questions` prints the questions as JSON, `conforme init --answers FILE` reads the answers (`-` is standard input)"
                    .to_owned(),
            ));
        }
    };
    let outputs = desk.outputs(&answers);
    write_all(&outputs, args.force)?;
    terminal.print(&desk.farewell(&outputs, &args.folder));
    Ok(0)
}

/// What the work rests on.
struct Desk<'a> {
    law: &'a Catalogue,
    docs: &'a Docs,
    repository: Repository,
    folder: &'a Path,
    found: Found,
    /// The company's file from the root, and its text.
    company: Option<SourceFile>,
    /// What the company says.
    said: Answers,
}

impl<'a> Desk<'a> {
    fn new(law: &'a Catalogue, docs: &'a Docs, folder: &'a Path) -> Result<Self, Failure> {
        let there = folder.ancestors().find(|it| it.is_dir()).unwrap_or(folder);
        let repository = match Repository::around(there)? {
            // Without git the folder stands alone, also when it is not there yet.
            around if !around.root.join(".git").exists() => Repository { root: folder.to_owned() },
            around => around,
        };
        let found = found::look(&repository, folder);
        let company = repository.company(folder).and_then(|path| {
            let file = repository.root.join(&path);
            repository.inside(&file).ok()?;
            Some(SourceFile { path, text: read_text(&file).ok()?.into() })
        });
        let said = company.as_ref().map(|it| answers::of_company(&it.text, &it.path)).unwrap_or_default();
        Ok(Self { law, docs, repository, folder, found, company, said })
    }

    /// Files of a dossier that are there already stop the work before the first question.
    fn refuse_existing(&self, force: bool) -> Result<(), Failure> {
        let there: Vec<&str> =
            FILES.into_iter().filter(|it| std::fs::symlink_metadata(self.folder.join(it)).is_ok()).collect();
        if force || there.is_empty() {
            return Ok(());
        }
        let folder = self.folder.display();
        Err(Failure::Usage(format!(
            "there is a dossier in `{folder}` already: {}\nnext: `conforme check` says what it lacks; `conforme init --force` replaces these files",
            there.join(", ")
        )))
    }

    fn with_file(&self, file: &Path, terminal: &Terminal) -> Result<Answers, Failure> {
        let text = if file.as_os_str() == "-" {
            let mut text = String::new();
            io::stdin().take(1024 * 1024).read_to_string(&mut text).map_err(Failure::read(file))?;
            text
        } else {
            read_text(file)
                .map_err(|problem| Failure::Usage(format!("`{}` cannot be read: {problem}", file.display())))?
        };
        let file = File::read(&text, self.law, self.docs).map_err(|problems| Failure::Usage(problems.join("\n")))?;
        let answers = self.settle(&file);
        for key in file.unused(&answers) {
            terminal.say(&format!(
                "note: `{key}` is answered and not used: it is asked {}",
                questions::find(key).map_or("", Question::asked)
            ));
        }
        Ok(answers)
    }

    /// Goes through the questions with answers from a file, and takes what is sure where it has none.
    fn settle(&self, file: &File) -> Answers {
        let mut answers = self.said.clone();
        for question in questions::ALL {
            if let (Some(Some(value)), true) = (file.get(question.key), question.when.holds(&answers)) {
                answers.know(question.key, Given { value: value.clone(), origin: Origin::Told });
                continue;
            }
            if answers.get(question.key).is_some() || !question.when.holds(&answers) || file.get(question.key).is_some()
            {
                continue;
            }
            match offers::offer(self, question, &answers) {
                Some(Offer::Default(given)) => answers.know(question.key, given),
                Some(Offer::Guess(given)) => answers.guess(question.key, given),
                None => {}
            }
        }
        self.unasked(&mut answers);
        answers
    }

    fn interview(&self, terminal: &Terminal) -> Result<Answers, Failure> {
        let say = |text: &str| terminal.say(text);
        say(&format!("A dossier for the Cyber Resilience Act in {}", self.folder.display()));
        let mut answers = self.said.clone();
        let mut interview = Interview::begin(io::stdin().lock(), &say, self.law, self.docs);
        for question in questions::ALL.iter().filter(|it| self.said.get(it.key).is_none()) {
            if !question.when.holds(&answers) {
                continue;
            }
            let mut allowed = question.allowed(self.law, self.docs);
            let offer = offers::offer(self, question, &answers);
            if question.key == "route.module" {
                let open = offers::open_procedures(self, &answers);
                allowed.retain(|it| open.is_empty() || open.contains(&it.word));
            }
            let stopped = |_| Failure::Usage("the answers ended before the questions; nothing was written".to_owned());
            match (interview.ask(question, &allowed, offer.as_ref()).map_err(stopped)?, offer) {
                (Reply::Said(value), _) => answers.know(question.key, Given { value, origin: Origin::Told }),
                (Reply::Taken, Some(offer)) => answers.know(question.key, offer.given().clone()),
                (Reply::Taken | Reply::Open, _) => {}
            }
        }
        self.unasked(&mut answers);
        Ok(answers)
    }

    /// What was found for keys nobody is asked about.
    fn unasked(&self, answers: &mut Answers) {
        let by_file = answers.text("vulnerability_handling.policy").is_some_and(|it| !files::is_address(it));
        let keys = [("vulnerability_handling.security_txt", true), ("vulnerability_handling.policy_url", by_file)];
        for (key, _) in keys.into_iter().filter(|(_, fits)| *fits) {
            if let (Some(offer), None) = (self.found.offer(key), answers.get(key)) {
                answers.know(key, offer.given().clone());
            }
        }
    }

    /// All files, as text. The engine is asked once for what stands beside category and procedure.
    fn texts(&self, answers: &Answers) -> Vec<(&'static str, String)> {
        let company = self.company.as_ref().map(|it| it.path.as_str());
        let draft = Draft {
            law: self.law,
            docs: self.docs,
            answers,
            found: &self.found,
            company,
            likely: None,
            today: today(),
        };
        let likely = self.judge(&[("conforme.toml", dossier::conforme(&draft))]);
        let draft = Draft { likely: Some(&likely), ..draft };
        vec![
            ("conforme.toml", dossier::conforme(&draft)),
            ("risk.toml", others::risk(&draft)),
            ("measures.toml", others::measures(&draft)),
            ("applicability.toml", others::applicability(&draft)),
            ("evidence.toml", others::evidence(&draft)),
            ("components.toml", others::components(&draft)),
        ]
    }

    fn outputs(&self, answers: &Answers) -> Vec<Output> {
        let texts = self.texts(answers);
        let mut outputs: Vec<Output> =
            texts.into_iter().map(|(name, text)| Output { path: self.folder.join(name), text }).collect();
        for folder in ["evidence", "sbom"].map(|it| self.folder.join(it)).into_iter().filter(|it| !it.exists()) {
            // Git keeps no empty folder.
            outputs.push(Output { path: folder.join(".gitkeep"), text: String::new() });
        }
        outputs
    }

    /// What the engine says of files that need not be written yet.
    fn judge(&self, texts: &[(&str, String)]) -> Assessment {
        let folder = self.repository.relative(self.folder);
        let path = |name: &str| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
        let texts = texts.iter().map(|(name, text)| SourceFile { path: path(name), text: text.as_str().into() });
        let texts: Vec<SourceFile> = texts.collect();
        let company = self.company.as_ref().map(|it| Company::read(self.law, std::slice::from_ref(it)));
        let loaded = load(self.law, &texts, company.as_ref());
        let cache = HashCache::open(&self.repository, true);
        let files = cache.facts(&self.repository, &files::wanted(&loaded.dossier, &loaded.sources));
        evaluate(Asked {
            law: self.law,
            loaded: &loaded,
            library: &Library::default(),
            files: &files,
            release: None,
            variant: None,
            as_of: today(),
        })
    }
}

/// The folder without links, also when its last parts are not there yet.
fn absolute(folder: &Path) -> Result<PathBuf, Failure> {
    let whole = std::path::absolute(folder).map_err(Failure::read(folder))?;
    let there = whole.ancestors().find(|it| it.exists()).unwrap_or(&whole);
    let real = std::fs::canonicalize(there).map_err(Failure::read(there))?;
    if !real.is_dir() {
        return Err(Failure::Usage(format!("`{}` is no folder", real.display())));
    }
    let rest = whole.strip_prefix(there).unwrap_or(Path::new(""));
    if rest.components().any(|it| it == std::path::Component::ParentDir) {
        return Err(Failure::Usage(format!("`{}` goes through a folder that is not there", folder.display())));
    }
    Ok(if rest.as_os_str().is_empty() { real } else { real.join(rest) })
}

impl Question {
    /// The value of a proposal.
    fn proposed(value: Value, reason: impl Into<String>) -> Given {
        Given { value, origin: Origin::Proposed(reason.into()) }
    }
}
