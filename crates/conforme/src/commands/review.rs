//! `conforme review`: what an assessor says of a dossier, in a file of its own. The maker's files are read and never written.

use crate::PROGRAM;
use crate::cli::{Form, ReviewAction, ReviewArgs, ReviewCheck, Target};
use crate::commands::init::values::{line, quoted};
use crate::failure::Failure;
use crate::portfolio::{self, Judged};
use crate::repository::{FILES, read_text};
use crate::terminal::Terminal;
use crate::writing::{Output, write_all};
use conforme_core::assessment::{Verdict, VerdictKind};
use conforme_core::review::{Dossier, FORMAT, Review, Standing, State, binding};
use serde_json::json;
use std::fmt::Write as _;
use std::path::Path;

/// Runs the action.
pub(crate) fn run(args: &ReviewArgs, terminal: &Terminal) -> Result<u8, Failure> {
    match &args.action {
        ReviewAction::New { target, by, output, requirements } => new(target, by, output, *requirements, terminal),
        ReviewAction::Check(args) => check(args, terminal),
    }
}

/// One product, judged with every file looked at again: a review must not rest on a remembered hash.
fn judge(target: &Target) -> Result<Judged, Failure> {
    let mut target = target.clone();
    target.rehash = true;
    let portfolio = portfolio::judge(&target)?;
    let many = portfolio.products.len() != 1;
    let judged = portfolio.products.into_iter().next().filter(|_| !many);
    let judged = judged.ok_or_else(|| {
        Failure::Usage("a review is about one product\nnext: name its folder, or add `--product NAME`".to_owned())
    })?;
    if !judged.loaded.is_readable() {
        return Err(Failure::Usage(
            "the dossier cannot be read in full, so nothing can be reviewed\nnext: `conforme check` says where"
                .to_owned(),
        ));
    }
    Ok(judged)
}

fn dossier(judged: &Judged) -> Dossier<'_> {
    let release = judged.loaded.dossier.release(&judged.assessment.release);
    Dossier { loaded: &judged.loaded, files: &judged.files, release }
}

fn new(target: &Target, by: &str, output: &Path, requirements: bool, terminal: &Terminal) -> Result<u8, Failure> {
    let name = output.file_name().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
    if FILES.contains(&name.as_str()) || name == "company.toml" {
        return Err(Failure::Usage(format!(
            "`{name}` is the name of a file of the maker\nnext: write the review to a file such as `review/1.toml`"
        )));
    }
    if by.trim().is_empty() {
        return Err(Failure::Usage("`--by` is empty\nnext: give the name of the person who reviews".to_owned()));
    }
    let judged = judge(target)?;
    let requirements = judged.assessment.requirements.iter().filter(|_| requirements);
    let verdicts: Vec<&Verdict> = judged.assessment.verdicts.iter().chain(requirements).collect();
    if verdicts.is_empty() {
        return Err(Failure::Usage(
            "nothing was judged, so there is nothing to review\nnext: `conforme check` says why".to_owned(),
        ));
    }
    let output = Output { path: output.to_owned(), text: text(&judged, by, &verdicts) };
    write_all(std::slice::from_ref(&output), false)?;
    terminal.say(&format!("written: {} with {} items", output.path.display(), verdicts.len()));
    Ok(0)
}

fn text(judged: &Judged, by: &str, verdicts: &[&Verdict]) -> String {
    let assessment = &judged.assessment;
    let mut text = format!(
        "# Review of {} {}, begun on {} with {PROGRAM}.\n",
        line(&assessment.product),
        line(&assessment.release),
        assessment.as_of
    );
    text += "# method: examine, interview, test. verdict: open, pass, fail, not-applicable (say why in answer).\n";
    text += "# An item is closed when verdict, by and on are set, and a question has its answer and closed_by.\n";
    text += "# `dossier` binds the item to what the dossier said; a changed dossier makes the item stale. Leave it as it is,\n";
    text += "# and take the new one from a new review when you have looked again.\n\n";
    let _ = writeln!(text, "format = {FORMAT}\nproduct = {}", quoted(&assessment.product));
    let _ = writeln!(text, "release = {}\nby = {}", quoted(&assessment.release), quoted(by));
    let _ = writeln!(text, "catalogue = {}", quoted(&assessment.catalogue));
    for verdict in verdicts {
        let key = if verdict.kind == VerdictKind::Provision { "provision" } else { "requirement" };
        let _ = writeln!(text, "\n# {} ({})", line(&verdict.title), line(&verdict.cites));
        let _ = writeln!(text, "# the program says: {}, {}", verdict.status.word(), line(&verdict.because));
        let provision = judged.law.provisions.get(&verdict.id);
        for asked in provision.map_or(&[][..], |it| &it.verifier) {
            let _ = writeln!(text, "# ask for: {}", line(asked));
        }
        let _ = writeln!(text, "[[item]]\n{key} = {}", quoted(verdict.id.as_str()));
        text += "method = \"examine\"\nverdict = \"open\"\nquestion = \"\"\nanswer = \"\"\n";
        let _ = writeln!(text, "by = {}\n#on = \"YYYY-MM-DD\"\nclosed_by = \"\"", quoted(by));
        let _ = writeln!(text, "dossier = {}", quoted(&binding(dossier(judged), verdict)));
    }
    text
}

fn check(args: &ReviewCheck, terminal: &Terminal) -> Result<u8, Failure> {
    let shown = args.file.display();
    let wrong = |problems: &[String]| {
        let lines: Vec<String> = problems.iter().map(|it| format!("  {it}")).collect();
        Failure::Usage(format!(
            "`{shown}` is no review:\n{}\nnext: mend it, or begin one with `conforme review new`",
            lines.join("\n")
        ))
    };
    let text = read_text(&args.file).map_err(|problem| wrong(&[problem]))?;
    let review = Review::read(&text).map_err(|problems| wrong(&problems))?;
    let judged = judge(&Target {
        folder: args.folder.clone(),
        product: args.product.clone(),
        release: Some(review.release.clone()),
        on: args.on,
        overlay: args.overlay.clone(),
        ..Target::default()
    })?;
    let assessment = &judged.assessment;
    if review.product != assessment.product {
        return Err(Failure::Usage(format!(
            "`{shown}` is about `{}`, and this dossier about `{}`\nnext: name the folder of the product that was reviewed",
            review.product, assessment.product
        )));
    }
    let standing = review.standing(dossier(&judged), assessment);
    let code = standing.iter().map(|it| it.state).max().map_or(3, |worst| match worst {
        State::Closed => 0,
        State::Failed => 1,
        State::Open | State::Stale => 3,
    });
    if review.catalogue != assessment.catalogue {
        terminal.say("note: the review was begun under another edition of the catalogue or other overlays");
    }
    match args.format {
        Form::Human => terminal.print(&people(&standing)),
        Form::Json => terminal.json(&json!({
            "version": 1,
            "program": PROGRAM,
            "product": assessment.product,
            "release": assessment.release,
            "as_of": assessment.as_of.to_string(),
            "by": review.by,
            "same_catalogue": review.catalogue == assessment.catalogue,
            "items": standing,
        }))?,
    }
    Ok(code)
}

fn people(standing: &[Standing]) -> String {
    let mut text = String::new();
    for it in standing {
        let row = format!("{:<7} {:<22} {}", it.state.word(), line(&it.id), line(&it.because));
        text += row.trim_end();
        text.push('\n');
    }
    let count = |state: State| standing.iter().filter(|it| it.state == state).count();
    let _ = writeln!(
        text,
        "\n{} items: {} closed, {} open, {} stale, {} failed",
        standing.len(),
        count(State::Closed),
        count(State::Open),
        count(State::Stale),
        count(State::Failed)
    );
    text
}
