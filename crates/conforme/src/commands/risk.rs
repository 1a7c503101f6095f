//! `conforme risk`: threats that the declared context brings, and the state that a review looked at.

use crate::cli::{RiskAction, RiskArgs, SuggestFormat, Target};
use crate::failure::Failure;
use crate::law;
use crate::portfolio::{self, Judged};
use crate::terminal::Terminal;
use conforme_core::risk::state;
use conforme_core::risk::suggest::suggest;
use conforme_render::risk;

/// Answers one question about the risk assessment of one product.
pub(crate) fn run(args: &RiskArgs, terminal: &Terminal) -> Result<u8, Failure> {
    match &args.action {
        RiskAction::Suggest { target, format } => {
            let judged = one(target)?;
            let library = law::library(&law::named(&target.overlay), |_| false)?;
            let suggested = suggest(&judged.loaded.dossier, &library);
            match format {
                SuggestFormat::Human => terminal.print(&risk::human(&suggested)),
                SuggestFormat::Json => terminal.json(&risk::json(&suggested))?,
                SuggestFormat::Toml => terminal.print(&risk::toml(&suggested)),
            }
        }
        RiskAction::State { target } => {
            let judged = one(target)?;
            let dossier = &judged.loaded.dossier;
            let release = dossier.release(&judged.assessment.release);
            terminal.print(&format!("reviewed_state = \"{}\"\n", state::state(dossier, release)));
        }
    }
    Ok(0)
}

/// The one product that the arguments name.
fn one(target: &Target) -> Result<Judged, Failure> {
    let mut portfolio = portfolio::judge(target)?;
    match (portfolio.products.len(), portfolio.products.pop()) {
        (1, Some(judged)) if judged.loaded.is_readable() => Ok(judged),
        (1, Some(_)) => Err(Failure::Usage(
            "a file of the dossier cannot be read\nnext: mend what `conforme check` says about it first".to_owned(),
        )),
        _ => Err(Failure::Usage("this asks for one product\nnext: name it with `--product NAME`".to_owned())),
    }
}
