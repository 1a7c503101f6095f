//! From a folder on the command line to judged products: one, or all of a workspace, side by side.

use crate::cli::Target;
use crate::failure::Failure;
use crate::hashing::HashCache;
use crate::law;
use crate::repository::{Product, Repository};
use conforme_catalogue::{Catalogue, Library};
use conforme_core::assessment::Assessment;
use conforme_core::codes;
use conforme_core::evaluate::{Question, evaluate};
use conforme_core::files::{self, FileFacts};
use conforme_core::finding::Reporter;
use conforme_core::load::{Company, Loaded, load};
use conforme_core::source::SourceFile;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

/// A judged product with all that went into the judgement.
#[derive(Debug)]
pub(crate) struct Judged {
    /// Folder from the root.
    pub folder: String,
    /// The dossier.
    pub loaded: Loaded,
    /// Files it names.
    pub files: FileFacts,
    /// What the engine says.
    pub assessment: Assessment,
    /// The catalogue it was judged by.
    pub law: Arc<Catalogue>,
}

/// Everything a command asked for.
#[derive(Debug)]
pub(crate) struct Portfolio {
    /// The repository.
    pub repository: Repository,
    /// Folder of the caller from the root.
    pub here: String,
    /// The products, in order.
    pub products: Vec<Judged>,
    /// Several products were asked for.
    pub many: bool,
}

/// Today's date where the user is.
pub(crate) fn today() -> Date {
    jiff::Zoned::now().date()
}

/// Finds, reads and judges what the arguments name.
pub(crate) fn judge(target: &Target) -> Result<Portfolio, Failure> {
    let repository = Repository::around(&target.folder)?;
    let here = std::env::current_dir().ok().and_then(|it| std::fs::canonicalize(it).ok());
    let here =
        here.filter(|it| it.starts_with(&repository.root)).map_or_else(String::new, |it| repository.relative(&it));
    let base = Arc::new(law::catalogue(&law::named(&target.overlay))?);
    let own = repository.product(&target.folder)?;
    let (products, many) = find(&repository, target, &base, own)?;
    let companies = repository.companies(products.iter());
    let read: BTreeMap<&String, Company<'_>> =
        companies.iter().filter_map(|(name, files)| Some((name, Company::read(&base, files.as_ref().ok()?)))).collect();
    let cache = HashCache::open(&repository, target.rehash);
    let as_of = target.on.unwrap_or_else(today);
    let desk =
        Desk { repository: &repository, target, base: &base, companies: &companies, read: &read, cache: &cache, as_of };
    let products = desk.all(&products)?;
    cache.save();
    Ok(Portfolio { repository, here, products, many })
}

struct Desk<'a> {
    repository: &'a Repository,
    target: &'a Target,
    base: &'a Arc<Catalogue>,
    companies: &'a BTreeMap<String, Result<Vec<SourceFile>, String>>,
    read: &'a BTreeMap<&'a String, Company<'a>>,
    cache: &'a HashCache,
    as_of: Date,
}

impl Desk<'_> {
    /// Judges products side by side; the order of the answers is that of the products.
    fn all(&self, products: &[Product]) -> Result<Vec<Judged>, Failure> {
        let workers = thread::available_parallelism().map_or(1, NonZeroUsize::get).min(products.len().max(1));
        let share = products.len().div_ceil(workers).max(1);
        if workers == 1 {
            return products.iter().map(|it| self.one(it)).collect();
        }
        thread::scope(|scope| {
            let shares: Vec<_> = products
                .chunks(share)
                .map(|share| scope.spawn(move || share.iter().map(|it| self.one(it)).collect::<Result<Vec<_>, _>>()))
                .collect();
            let mut judged = Vec::with_capacity(products.len());
            for share in shares {
                judged.extend(share.join().map_err(|_| Failure::Internal("a worker stopped".to_owned()))??);
            }
            Ok(judged)
        })
    }

    fn one(&self, product: &Product) -> Result<Judged, Failure> {
        let company = product.company.as_ref().and_then(|it| self.read.get(it));
        let mut law = Arc::clone(self.base);
        let mut loaded = load(&law, &product.files, company);
        if !loaded.dossier.overlays.is_empty() {
            law = Arc::new(law::catalogue(&self.overlays(&loaded)?)?);
            loaded = load(&law, &product.files, company);
        }
        let mut reporter = Reporter::new(&law);
        let broken_company =
            product.company.as_ref().and_then(|it| Some((it, self.companies.get(it)?.as_ref().err()?)));
        for (file, problem) in product.unreadable.iter().map(|(file, problem)| (file, problem)).chain(broken_company) {
            reporter.report(codes::UNREADABLE_FILE, Some(loaded.start()), &[("file", file), ("problem", problem)]);
        }
        loaded.findings.extend(reporter.into_findings());
        let files = self.cache.facts(self.repository, &files::wanted(&loaded.dossier, &loaded.sources));
        let known = |version: &str| loaded.dossier.release(version).is_some();
        if let Some(version) = self.target.release.as_deref().filter(|it| !known(it)) {
            let all: Vec<&str> = loaded
                .dossier
                .release
                .iter()
                .filter_map(|it| it.version.as_ref())
                .map(|it| it.value.as_str())
                .collect();
            return Err(Failure::NotFound {
                what: "release",
                name: version.to_owned(),
                remedy: listed("the dossier", &all),
            });
        }
        if let Some(name) = self.target.variant.as_deref() {
            let all: Vec<&str> =
                loaded.dossier.variant.iter().filter_map(|it| it.name.as_ref()).map(|it| it.value.as_str()).collect();
            if !all.contains(&name) {
                return Err(Failure::NotFound {
                    what: "variant",
                    name: name.to_owned(),
                    remedy: listed("the family", &all),
                });
            }
        }
        let library = self.library(&law, &loaded)?;
        let assessment = evaluate(Question {
            law: &law,
            loaded: &loaded,
            library: &library,
            files: &files,
            release: self.target.release.as_deref(),
            variant: self.target.variant.as_deref(),
            as_of: self.as_of,
        });
        Ok(Judged { folder: product.folder.clone(), loaded, files, assessment, law })
    }

    /// The editions of standards that the dossier follows; the others stay where they are.
    fn library(&self, law: &Catalogue, loaded: &Loaded) -> Result<Library, Failure> {
        let followed: Vec<String> = loaded
            .dossier
            .standard
            .iter()
            .filter(|it| it.follow.is_some_and(|it| it.value))
            .filter_map(|it| law.standard(&it.id.as_ref()?.value))
            .map(|it| format!("{}@", it.id))
            .collect();
        if followed.is_empty() {
            return Ok(Library::default());
        }
        law::library(&self.overlays(loaded)?, |id| followed.iter().any(|it| id.starts_with(it)))
    }

    /// Overlays that company or product name, relative to the file that names them.
    fn overlays(&self, loaded: &Loaded) -> Result<Vec<(String, PathBuf)>, Failure> {
        let mut overlays = law::named(&self.target.overlay);
        for name in &loaded.dossier.overlays {
            let Some(path) = files::resolve(&loaded.sources, name) else {
                return Err(Failure::Usage(format!("the overlay `{}` leaves the repository", name.value)));
            };
            overlays.push((path.clone(), self.repository.root.join(path)));
        }
        Ok(overlays)
    }
}

/// The products that the arguments name, and whether several were asked for.
fn find(
    repository: &Repository,
    target: &Target,
    law: &Catalogue,
    own: Option<Product>,
) -> Result<(Vec<Product>, bool), Failure> {
    let members = own.as_ref().map_or_else(Vec::new, |it| workspace(law, it));
    if members.is_empty() {
        let own = own.ok_or_else(|| Failure::NoDossier(target.folder.clone()))?;
        return match &target.product {
            Some(name) if !names(law, &own, name) => Err(unknown_product(name, &[own.folder])),
            _ => Ok((vec![own], false)),
        };
    }
    let folders = repository.members(&target.folder, &members)?;
    let mut products = Vec::with_capacity(folders.len());
    for folder in &folders {
        products.push(repository.product(folder)?.ok_or_else(|| Failure::NoDossier(folder.clone()))?);
    }
    if products.is_empty() {
        return Err(Failure::NoDossier(target.folder.join(members.first().map_or("", String::as_str))));
    }
    if let Some(name) = &target.product {
        let all: Vec<String> = products.iter().map(|it| it.folder.clone()).collect();
        let found: Vec<Product> = products.into_iter().filter(|it| names(law, it, name)).collect();
        return if found.is_empty() { Err(unknown_product(name, &all)) } else { Ok((found, false)) };
    }
    Ok((products, true))
}

fn workspace(law: &Catalogue, product: &Product) -> Vec<String> {
    let root: Vec<SourceFile> = product.files.iter().filter(|it| it.path.ends_with("conforme.toml")).cloned().collect();
    if !root.iter().any(|it| it.text.contains("workspace")) {
        return Vec::new();
    }
    let loaded = load(law, &root, None);
    loaded.dossier.workspace.map_or_else(Vec::new, |it| it.members.into_iter().map(|it| it.value).collect())
}

/// A product answers to its folder, the last part of it, or its name.
fn names(law: &Catalogue, product: &Product, wanted: &str) -> bool {
    let folder = Path::new(&product.folder);
    let wanted_path = PathBuf::from(wanted);
    folder == wanted_path
        || folder.file_name().is_some_and(|it| it == wanted_path.as_os_str())
        || load(law, &product.files, None).dossier.name() == wanted
}

fn unknown_product(name: &str, all: &[String]) -> Failure {
    Failure::NotFound {
        what: "product",
        name: name.to_owned(),
        remedy: listed("the workspace", &all.iter().map(String::as_str).collect::<Vec<_>>()),
    }
}

/// What there is to choose from, in words.
fn listed(whose: &str, names: &[&str]) -> String {
    if names.iter().all(|it| it.is_empty()) {
        format!("{whose} lists none")
    } else {
        format!("{whose} has {}", names.join(", "))
    }
}
