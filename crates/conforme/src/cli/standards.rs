//! Arguments of `standards`. Day, overlays, form and file belong to every question and may stand before or after it.

use clap::{Args, Subcommand, ValueEnum};
use conforme_catalogue::StageName;
use conforme_core::register::STAGES;
use jiff::civil::Date;
use std::path::PathBuf;

/// Arguments of `standards`.
#[derive(Debug, Args)]
pub(crate) struct StandardsArgs {
    /// What to ask; without it, the list.
    #[command(subcommand)]
    pub action: Option<StandardsAction>,
    #[command(flatten)]
    pub filter: StandardsFilter,
    /// The day asked about [default: today].
    #[arg(long = "on", value_name = "DATE", global = true)]
    pub on: Option<Date>,
    /// Folder laid over the catalogue; can be given more than once.
    #[arg(long, value_name = "FOLDER", global = true)]
    pub overlay: Vec<PathBuf>,
    /// Form of the output; `html` is for the list.
    #[arg(long, value_enum, default_value_t = StandardsFormat::Human, global = true)]
    pub format: StandardsFormat,
    /// Write to a file instead of the terminal.
    #[arg(long, value_name = "FILE", global = true)]
    pub output: Option<PathBuf>,
}

/// What to ask the register.
#[derive(Debug, Subcommand)]
pub(crate) enum StandardsAction {
    /// List standards with their stage on a day; this is the default.
    List(StandardsFilter),
    /// Everything about one standard, with its whole history and sources.
    Show {
        /// Reference, id or alias, however it is spelled: `EN 304 627`, `EN-304-627`.
        #[arg(required = true)]
        name: Vec<String>,
        /// The edition or draft version whose requirements are shown [default: the one that public sources know best].
        #[arg(long, value_name = "EDITION")]
        edition: Option<String>,
        /// One requirement in full: how it is judged, what it answers.
        #[arg(long, value_name = "ID")]
        requirement: Option<String>,
    },
    /// Which provisions of the law standards answer, by what, and which not.
    Coverage {
        /// Standards, each as `STANDARD` or `STANDARD@EDITION`.
        #[arg(required = true)]
        standards: Vec<String>,
        /// Security level or other level: `2`, `SL 2`.
        #[arg(long, alias = "level", value_name = "LEVEL")]
        sl: Option<String>,
    },
    /// Run the method of a standard: what it asks of a use case, of factors, of a level.
    Run(RunArgs),
    /// What a machine-readable standard lacks of what M/606 demands, and where it contradicts itself.
    Lint {
        /// A standard, a file or a folder of one's own [default: a table over all].
        text: Option<String>,
    },
    /// Take over requirements from OSCAL, ReqIF, XLSX or CSV into an overlay; the format is seen from the content.
    Import(ImportArgs),
    /// Hand the requirements of an edition, or what a product says to them, to other tools.
    Export(ExportArgs),
    /// What is late against the adopted deadlines; proposed ones stand apart.
    Overdue,
    /// Which essential requirements enjoy presumption of conformity on a day, and through what.
    Presumption {
        /// Ask for the product of this dossier: what is presumed for it, and what keeps a procedure closed.
        #[arg(long, value_name = "FOLDER")]
        product_folder: Option<PathBuf>,
        #[command(flatten)]
        which: WhichProduct,
    },
    /// Standards that matter for the product of a dossier, and what a citation would open.
    ForProduct {
        /// Folder of the product.
        #[arg(default_value = ".")]
        folder: PathBuf,
        #[command(flatten)]
        which: WhichProduct,
    },
    /// What changed between two days: steps, citations, plans, deadlines; or between two editions of a standard.
    Diff {
        /// Two editions of one standard, each as `STANDARD@EDITION`: what changed in their requirements.
        #[arg(value_name = "EDITION", num_args = 2, conflicts_with_all = ["from", "to"])]
        editions: Vec<String>,
        /// The earlier day.
        #[arg(long, value_name = "DATE", requires = "to")]
        from: Option<Date>,
        /// The later day.
        #[arg(long, value_name = "DATE", requires = "from")]
        to: Option<Date>,
        /// Folder of a product or workspace: say which products each change touches.
        #[arg(long, value_name = "WORKSPACE")]
        folder: Option<PathBuf>,
    },
}

/// A file with requirements, and where they go.
#[derive(Debug, Clone, Args)]
pub(crate) struct ImportArgs {
    /// The file.
    pub file: PathBuf,
    /// Overlay folder that gets the edition.
    #[arg(long, value_name = "OVERLAY")]
    pub into: PathBuf,
    /// The standard they belong to [default: what the file says, or its name].
    #[arg(long, value_name = "STANDARD")]
    pub standard: Option<String>,
    /// Name of the edition in ids and folders [default: what the file says].
    #[arg(long, value_name = "EDITION")]
    pub edition: Option<String>,
    /// TOML that says which column is which field: `[columns] id = "Req. no."`; `--dry-run` shows the one that is guessed.
    #[arg(long, value_name = "FILE")]
    pub map: Option<PathBuf>,
    /// Write nothing; show what would be written, and everything that finds no place.
    #[arg(long)]
    pub dry_run: bool,
}

/// Form of exported requirements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExchangeFormat {
    /// A catalog of OSCAL 1.1.2 as JSON.
    Oscal,
    /// OSCAL profile: what is asked at a level or for a use case.
    OscalProfile,
    /// OSCAL component definition: what a product does about each requirement.
    OscalComponent,
    /// OSCAL assessment results: the verdicts on a product.
    OscalResults,
    /// Comma-separated values.
    Csv,
    /// A workbook.
    Xlsx,
    /// The record as the catalogue has it.
    Json,
}

/// What is handed to other tools.
#[derive(Debug, Clone, Args)]
pub(crate) struct ExportArgs {
    /// The standard, as `STANDARD` or `STANDARD@EDITION`.
    pub standard: String,
    /// Form of the file.
    #[arg(long, value_enum)]
    pub to: ExchangeFormat,
    /// Level of an OSCAL profile.
    #[arg(long, alias = "sl", value_name = "LEVEL")]
    pub level: Option<String>,
    /// Use case of an OSCAL profile.
    #[arg(long, value_name = "USE-CASE")]
    pub use_case: Option<String>,
    /// Product of an OSCAL component definition or of assessment results; its dossier has to follow the standard.
    #[arg(long, value_name = "FOLDER")]
    pub product_folder: Option<PathBuf>,
}

/// What a product says of itself to a standard.
#[derive(Debug, Clone, Args)]
pub(crate) struct RunArgs {
    /// The standard, as `STANDARD` or `STANDARD@EDITION`.
    pub standard: String,
    /// Use case or profile.
    #[arg(long, value_name = "USE-CASE")]
    pub use_case: Option<String>,
    /// Level.
    #[arg(long, alias = "sl", value_name = "LEVEL")]
    pub level: Option<String>,
    /// Factor and its level, for products outside the use cases: `NUSR=1,CUSR=0`; can be repeated.
    #[arg(long = "factor", alias = "factors", value_name = "NAME=LEVEL", value_delimiter = ',')]
    pub factors: Vec<String>,
    /// A capability the product has; can be repeated.
    #[arg(long, value_name = "NAME")]
    pub has: Vec<String>,
    /// A capability the product does not have; can be repeated.
    #[arg(long, value_name = "NAME")]
    pub has_not: Vec<String>,
    /// The assessment sheet of everything that is open.
    #[arg(long)]
    pub sheet: bool,
    /// Show what the dossier of this product already answers; it has to follow the standard.
    #[arg(long, value_name = "FOLDER")]
    pub product_folder: Option<PathBuf>,
}

/// Which standards to list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Args)]
pub(crate) struct StandardsFilter {
    /// `horizontal`, `important-class-I`, `important-class-II`, `critical` or `supporting`.
    #[arg(long, value_name = "TIER")]
    pub tier: Option<String>,
    /// Publishing body; a joint body answers to each of its names.
    #[arg(long, value_name = "BODY")]
    pub body: Option<String>,
    /// Stage reached on the day.
    #[arg(long, value_name = "STAGE", value_parser = stage)]
    pub stage: Option<StageName>,
    /// Item of the standardisation request: `27`, `27a`, `2-14`.
    #[arg(long, value_name = "ITEM")]
    pub item: Option<String>,
    /// Category of products: `III-I-12`.
    #[arg(long, value_name = "CATEGORY")]
    pub category: Option<String>,
    /// Also standards outside the standardisation request.
    #[arg(long)]
    pub supporting: bool,
}

/// Which product of a folder, and which release.
#[derive(Debug, Clone, Default, PartialEq, Eq, Args)]
pub(crate) struct WhichProduct {
    /// One product of the workspace: its folder or name.
    #[arg(long, value_name = "NAME")]
    pub product: Option<String>,
    /// One model of the family.
    #[arg(long, value_name = "NAME")]
    pub variant: Option<String>,
    /// The release [default: the newest not yet placed].
    #[arg(long, value_name = "VERSION")]
    pub release: Option<String>,
}

/// Form of the register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum StandardsFormat {
    /// For people; may change at any time.
    Human,
    /// For programs; versioned and promised.
    Json,
    /// A page with a timeline.
    Html,
}

fn stage(word: &str) -> Result<StageName, String> {
    let known = || STAGES.map(StageName::word).join(", ");
    STAGES.into_iter().find(|it| it.word().eq_ignore_ascii_case(word)).ok_or_else(|| format!("stages are {}", known()))
}
