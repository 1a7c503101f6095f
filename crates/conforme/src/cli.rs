//! Arguments. Their help is the first documentation a user reads.

mod review;
mod standards;
mod supplier;

pub(crate) use review::{ReviewAction, ReviewArgs, ReviewCheck};
pub(crate) use standards::{
    ExchangeFormat, ExportArgs, ImportArgs, RunArgs, StandardsAction, StandardsArgs, StandardsFilter, StandardsFormat,
    WhichProduct,
};

pub(crate) use supplier::{SupplierAction, SupplierArgs};

use clap::{Args, Parser, Subcommand, ValueEnum};
use conforme_catalogue::{Severity, Stage};
use jiff::civil::Date;
use std::path::PathBuf;

/// From the harmonised standards of the EU Cyber Resilience Act to a declaration of conformity you can defend.
#[derive(Debug, Parser)]
#[command(
    name = "conforme",
    version,
    arg_required_else_help = true,
    after_help = "Exit codes: 0 gate passed, 1 gate failed, 2 usage or unreadable input, 3 could not be decided, 70 internal error."
)]
pub(crate) struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make a starting dossier: find out what can be found, ask the rest, write commented files.
    Init(InitArgs),
    /// Say what is missing for conformity, with the place in your files, the article and the next step.
    Check(CheckArgs),
    /// Make the documents the law asks for, as PDF and HTML, with a manifest of everything.
    Build(BuildArgs),
    /// Say whether a product is in scope, its category, its tier and the procedures open to it.
    Classify(ClassifyArgs),
    /// Explain a finding, a provision, a category, a standard or a term.
    Explain(ExplainArgs),
    /// Follow the standards: how far each is, what is late, what is cited, what changed, what it means for a product.
    Standards(StandardsArgs),
    /// Threats that the declared context brings, and the state that a review looked at.
    Risk(RiskArgs),
    /// An assessor's review of a dossier, in a file of its own that the dossier's changes make stale.
    Review(ReviewArgs),
    /// Suppliers and those supplied: agreement, questionnaire, answers, and the pack that goes with a component.
    Supplier(SupplierArgs),
    /// Set one key of a dossier and keep the rest of the file as it is.
    Set(SetArgs),
    /// Print a JSON Schema: of the dossier, of facts, of machine output.
    Schema(SchemaArgs),
    /// Print completions for a shell.
    Completions(CompletionsArgs),
    /// Print the manual page.
    #[command(hide = true)]
    Man(ManArgs),
}

/// Which product, and on which dates.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct Target {
    /// Folder of the product or of the workspace.
    #[arg(default_value = ".")]
    pub folder: PathBuf,
    /// Every product of the workspace.
    #[arg(long)]
    pub all: bool,
    /// One product of the workspace: its folder or name.
    #[arg(long, value_name = "NAME", conflicts_with = "all")]
    pub product: Option<String>,
    /// One model of the family.
    #[arg(long, value_name = "NAME")]
    pub variant: Option<String>,
    /// The release to judge [default: the newest not yet placed].
    #[arg(long, value_name = "VERSION")]
    pub release: Option<String>,
    /// The date that decides what is known, stale or overdue [default: today].
    #[arg(long = "on", value_name = "DATE")]
    pub on: Option<Date>,
    /// Folder laid over the catalogue; can be given more than once.
    #[arg(long, value_name = "FOLDER")]
    pub overlay: Vec<PathBuf>,
    /// Hash every file again, whatever was remembered.
    #[arg(long)]
    pub rehash: bool,
}

/// Arguments of `risk`.
#[derive(Debug, Args)]
pub(crate) struct RiskArgs {
    /// What to ask.
    #[command(subcommand)]
    pub action: RiskAction,
}

/// What to ask of the risk assessment.
#[derive(Debug, Subcommand)]
pub(crate) enum RiskAction {
    /// Propose threats from the kinds of interfaces and assets and the situations of use, and say why. Nothing is written.
    Suggest {
        #[command(flatten)]
        target: Target,
        /// Form of the output; `toml` can be pasted into risk.toml.
        #[arg(long, value_enum, default_value_t = SuggestFormat::Human)]
        format: SuggestFormat,
    },
    /// The state of what a review looks at, to be recorded as `reviewed_state` under `context`.
    State {
        #[command(flatten)]
        target: Target,
    },
}

/// Form of proposals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SuggestFormat {
    /// For people.
    Human,
    /// For programs.
    Json,
    /// Records for risk.toml.
    Toml,
}

/// Arguments of `init`.
#[derive(Debug, Args)]
pub(crate) struct InitArgs {
    /// Folder of the product; it is made when it is not there.
    #[arg(default_value = ".")]
    pub folder: PathBuf,
    /// Answers as TOML or JSON, key and answer; `-` reads standard input. What is not answered takes its default.
    #[arg(long, value_name = "FILE")]
    pub answers: Option<PathBuf>,
    /// Ask nothing: take every default and leave the rest as commented keys.
    #[arg(long)]
    pub yes: bool,
    /// Replace files of a dossier that are there.
    #[arg(long)]
    pub force: bool,
    /// Print all questions as JSON, with their keys, allowed words and defaults found here, and write nothing.
    #[arg(long, conflicts_with_all = ["answers", "yes", "force"])]
    pub questions: bool,
}

/// Arguments of `check`.
#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    #[command(flatten)]
    pub target: Target,
    /// The gate to pass; each asks for what must exist before it.
    #[arg(long, value_enum, default_value_t = StageArg::Placing)]
    pub stage: StageArg,
    /// The lightest finding that fails the gate. DRAFT marks of documents do not follow it.
    #[arg(long, value_enum, default_value_t = SeverityArg::Error, value_name = "SEVERITY")]
    pub fail_on: SeverityArg,
    /// Form of the output.
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub format: Format,
    /// Also print every verdict with its chain.
    #[arg(long)]
    pub verdicts: bool,
}

/// Arguments of `build`.
#[derive(Debug, Args)]
pub(crate) struct BuildArgs {
    #[command(flatten)]
    pub target: Target,
    /// Folder for the documents [default: build/RELEASE beside the dossier].
    #[arg(long, short, value_name = "FOLDER")]
    pub out: Option<PathBuf>,
    /// Only these documents: `declaration`, `declaration.de`, `technical-documentation`, ...
    #[arg(long, value_name = "DOCUMENT", value_delimiter = ',')]
    pub only: Vec<String>,
    /// Also the document of these modules of Annex VIII: record (A, C) or application to a notified body (B, H).
    #[arg(long, value_enum, ignore_case = true, value_name = "MODULE", value_delimiter = ',')]
    pub module: Vec<ModuleArg>,
    /// Languages of declaration and user information instead of those of the markets.
    #[arg(long, value_name = "LANGUAGE", value_delimiter = ',')]
    pub lang: Vec<String>,
    /// The gate that decides the exit code.
    #[arg(long, value_enum, default_value_t = StageArg::Placing)]
    pub stage: StageArg,
    /// The lightest finding that fails the gate. DRAFT marks do not follow it.
    #[arg(long, value_enum, default_value_t = SeverityArg::Error, value_name = "SEVERITY")]
    pub fail_on: SeverityArg,
}

/// Arguments of `classify`.
#[derive(Debug, Args)]
pub(crate) struct ClassifyArgs {
    /// Folder of the product.
    #[arg(default_value = ".", conflicts_with = "facts")]
    pub folder: PathBuf,
    /// Facts of a product as TOML or JSON; `-` reads standard input. `conforme schema facts` describes them.
    #[arg(long, value_name = "FILE")]
    pub facts: Option<PathBuf>,
    /// For facts the date of placing on the market, for a dossier the date of knowledge [default: today].
    #[arg(long = "on", value_name = "DATE")]
    pub on: Option<Date>,
    /// Folder laid over the catalogue.
    #[arg(long, value_name = "FOLDER")]
    pub overlay: Vec<PathBuf>,
    /// Form of the output.
    #[arg(long, value_enum, default_value_t = Form::Human)]
    pub format: Form,
}

/// Arguments of `explain`.
#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    /// A code, provision, category, standard or term: `CRA-I-2-a`, `risk-untreated`, `III-I-12`, `EN 304 627`, `support period`.
    #[arg(required_unless_present = "list")]
    pub name: Vec<String>,
    /// List everything that can be explained.
    #[arg(long)]
    pub list: bool,
    /// Folder laid over the catalogue.
    #[arg(long, value_name = "FOLDER")]
    pub overlay: Vec<PathBuf>,
    /// Form of the output.
    #[arg(long, value_enum, default_value_t = Form::Human)]
    pub format: Form,
}

/// Arguments of `set`.
#[derive(Debug, Args)]
pub(crate) struct SetArgs {
    /// The key, with dots: `support.end`, `release[1.0].declared_on`, `risk[R-1].treatment`.
    pub key: String,
    /// The value: `2033-12`, `true`, `AT,DE`, or any text.
    #[arg(allow_hyphen_values = true)]
    pub value: String,
    /// Folder of the product.
    #[arg(default_value = ".")]
    pub folder: PathBuf,
    /// File of the dossier [default: the one that holds the section, else conforme.toml].
    #[arg(long, value_name = "FILE")]
    pub file: Option<PathBuf>,
}

/// Arguments of `schema`.
#[derive(Debug, Args)]
pub(crate) struct SchemaArgs {
    /// Which schema.
    #[arg(value_enum, default_value_t = SchemaName::Dossier)]
    pub name: SchemaName,
}

/// A schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SchemaName {
    /// The files of a dossier.
    Dossier,
    /// The input of `classify --facts`.
    Facts,
    /// The output of `check --format json`.
    Check,
    /// The output of `standards --format json`.
    Standards,
}

/// Arguments of `completions`.
#[derive(Debug, Args)]
pub(crate) struct CompletionsArgs {
    /// The shell.
    pub shell: clap_complete::Shell,
}

/// Arguments of `man`.
#[derive(Debug, Args)]
pub(crate) struct ManArgs {
    /// The command, or nothing for the program itself.
    pub command: Option<String>,
}

/// Form of output where nothing is found in files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
    /// For people; may change at any time.
    Human,
    /// For programs; versioned and promised.
    Json,
}

/// Form of output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people; may change at any time.
    Human,
    /// For programs; versioned and promised.
    Json,
    /// SARIF 2.1.0, where findings come out.
    Sarif,
}

/// A gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum StageArg {
    /// The technical documentation is complete.
    Documentation,
    /// The declaration of conformity can be signed.
    Declaration,
    /// The product can be placed on the market.
    Placing,
    /// The duties after placing are arranged.
    Support,
}

impl From<StageArg> for Stage {
    fn from(stage: StageArg) -> Self {
        match stage {
            StageArg::Documentation => Self::Documentation,
            StageArg::Declaration => Self::Declaration,
            StageArg::Placing => Self::Placing,
            StageArg::Support => Self::Support,
        }
    }
}

/// A module of Annex VIII.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ModuleArg {
    /// Internal control.
    #[value(name = "A")]
    A,
    /// EU-type examination.
    #[value(name = "B")]
    B,
    /// Conformity to type.
    #[value(name = "C")]
    C,
    /// Full quality assurance.
    #[value(name = "H")]
    H,
}

impl From<ModuleArg> for conforme_render::documents::Module {
    fn from(module: ModuleArg) -> Self {
        match module {
            ModuleArg::A => Self::A,
            ModuleArg::B => Self::B,
            ModuleArg::C => Self::C,
            ModuleArg::H => Self::H,
        }
    }
}

/// A severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SeverityArg {
    /// Errors only.
    Error,
    /// Warnings and worse.
    Warning,
    /// Everything.
    Note,
}

impl From<SeverityArg> for Severity {
    fn from(severity: SeverityArg) -> Self {
        match severity {
            SeverityArg::Error => Self::Error,
            SeverityArg::Warning => Self::Warning,
            SeverityArg::Note => Self::Note,
        }
    }
}
