//! The register and the products of a folder: their standards, what they enjoy, what a change touches.

use super::warn;
use crate::cli::{StandardsArgs, StandardsFormat, Target, WhichProduct};
use crate::failure::Failure;
use crate::law;
use crate::portfolio::{self, Judged};
use crate::terminal::Terminal;
use crate::terminal::pretty;
use conforme_catalogue::Catalogue;
use conforme_core::classify;
use conforme_core::register::{self, Why};
use conforme_render::standards::{human, json};
use jiff::civil::Date;
use std::path::Path;
use std::sync::Arc;

/// Standards that matter for the product of a folder.
pub(super) fn standards(
    args: &StandardsArgs,
    folder: &Path,
    which: &WhichProduct,
    terminal: &Terminal,
) -> Result<String, Failure> {
    let judged = one(args, folder, which)?;
    let law = &judged.law;
    warn(law, terminal);
    let applied = applied(&judged);
    let facts = classify::facts(law, &judged.loaded.dossier, &judged.loaded.facts);
    let relevant = register::for_product(law, judged.assessment.category.as_ref(), &applied, &facts);
    match args.format {
        StandardsFormat::Json => pretty(&json::of_product(law, subject(&judged), &relevant, &judged.assessment)),
        _ => Ok(human::of_product(law, &relevant, &judged.assessment)),
    }
}

/// What the product of a folder enjoys, and what keeps a procedure closed.
pub(super) fn presumption(
    args: &StandardsArgs,
    folder: &Path,
    which: &WhichProduct,
    terminal: &Terminal,
) -> Result<String, Failure> {
    let judged = one(args, folder, which)?;
    let law = &judged.law;
    warn(law, terminal);
    let of = register::for_dossier(law, &judged.loaded, &judged.assessment);
    match args.format {
        StandardsFormat::Json => pretty(&json::presumed_for(law, subject(&judged), &of, &judged.assessment)),
        _ => Ok(human::presumed_for(law, &of, &judged.assessment, chosen(&judged).as_deref())),
    }
}

/// Changes between two days, and the products of a folder that each touches.
pub(super) fn diff(
    args: &StandardsArgs,
    days: (Date, Date),
    folder: Option<&Path>,
    terminal: &Terminal,
) -> Result<String, Failure> {
    let (from, to) = days;
    if to < from {
        return Err(Failure::Usage(format!("{to} is before {from}\nnext: give the earlier day as `--from`")));
    }
    let products = match folder {
        Some(folder) => {
            portfolio::judge(&Target { all: true, ..target(args, folder, &WhichProduct::default(), Some(to)) })?
                .products
        }
        None => Vec::new(),
    };
    let groups = by_law(&products);
    let base = match groups.first() {
        Some((law, _)) => Arc::clone(law),
        None => Arc::new(law::catalogue(&law::named(&args.overlay))?),
    };
    let groups = if groups.is_empty() { vec![(base, Vec::new())] } else { groups };
    let mut text = String::new();
    let mut changes: Vec<json::Changed<'_>> = Vec::new();
    for (law, products) in &groups {
        warn(law, terminal);
        let found: Vec<_> =
            register::diff(law, from, to).into_iter().map(|it| (touched(law, it.standard, products), it)).collect();
        if args.format == StandardsFormat::Json {
            for (touched, change) in found {
                let change = json::change(law, &change, to, touched);
                match changes.iter_mut().find(|it| it.same_as(&change)) {
                    Some(known) => known.products.extend(change.products),
                    None => changes.push(change),
                }
            }
        } else {
            let found: Vec<_> = found.into_iter().map(|(touched, change)| (change, touched)).collect();
            text += &human::changes(law, &found, days, folder.map(|_| products.len()));
        }
    }
    match (args.format, groups.first()) {
        (StandardsFormat::Json, Some((law, _))) => pretty(&json::changes(law, from, to, changes)),
        _ => Ok(text),
    }
}

/// Products that are judged by the same catalogue; dossiers can bring overlays of their own.
fn by_law(products: &[Judged]) -> Vec<(Arc<Catalogue>, Vec<&Judged>)> {
    let mut groups: Vec<(Arc<Catalogue>, Vec<&Judged>)> = Vec::new();
    for judged in products {
        match groups.iter_mut().find(|(law, _)| law.digest == judged.law.digest) {
            Some((_, group)) => group.push(judged),
            None => groups.push((Arc::clone(&judged.law), vec![judged])),
        }
    }
    groups
}

fn touched(law: &Catalogue, standard: &conforme_catalogue::Standard, products: &[&Judged]) -> Vec<json::Touched> {
    let one = |it: &&Judged| {
        let mut why = register::touches(law, standard, it.assessment.category.as_ref(), &applied(it));
        if it.assessment.classified.in_scope == Some(false) {
            why.retain(|it| *it == Why::Applied);
        }
        (!why.is_empty()).then(|| json::Touched {
            folder: it.folder.clone(),
            product: it.assessment.product.clone(),
            why: why.iter().map(|it| it.word()).collect(),
        })
    };
    products.iter().filter_map(one).collect()
}

/// The one product that is meant.
fn one(args: &StandardsArgs, folder: &Path, which: &WhichProduct) -> Result<Judged, Failure> {
    let mut portfolio = portfolio::judge(&target(args, folder, which, args.on))?;
    if portfolio.products.len() > 1 {
        let all: Vec<&str> = portfolio.products.iter().map(|it| it.folder.as_str()).collect();
        return Err(Failure::Usage(format!(
            "the folder holds several products: {}\nnext: name one with `--product NAME`",
            all.join(", ")
        )));
    }
    portfolio.products.pop().ok_or_else(|| Failure::NoDossier(folder.to_owned()))
}

pub(super) fn target(args: &StandardsArgs, folder: &Path, which: &WhichProduct, on: Option<Date>) -> Target {
    Target {
        folder: folder.to_owned(),
        all: false,
        product: which.product.clone(),
        variant: which.variant.clone(),
        release: which.release.clone(),
        on,
        overlay: args.overlay.clone(),
        rehash: false,
    }
}

fn subject(judged: &Judged) -> json::Subject {
    json::Subject::new(&judged.law, &judged.folder, &judged.assessment, chosen(judged))
}

/// The procedure that the dossier chose.
fn chosen(judged: &Judged) -> Option<String> {
    let module = judged.loaded.dossier.route.as_ref()?.module.as_ref()?;
    Some(module.value.word().to_owned())
}

/// Standards that the dossier applies, as it names them.
fn applied(judged: &Judged) -> Vec<&str> {
    judged.loaded.dossier.standard.iter().filter_map(|it| it.id.as_ref()).map(|it| it.value.as_str()).collect()
}
