//! The arguments of the command line.

mod budget;
mod check;
mod values;

pub(crate) use budget::BudgetArgs;
pub(crate) use check::{CheckArgs, InputArgs};
pub(crate) use values::{BudgetFormat, ColorChoice, ModelFormat, ReportFormat, RulesFormat};

use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;

/// Linter and tuning advisor for Kafka clients, their JVMs and their Kubernetes manifests
#[derive(Debug, Parser)]
#[command(
    name = "tunelint",
    version,
    propagate_version = true,
    subcommand_required = true
)]
#[command(arg_required_else_help = true, max_term_width = 100)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Check files and folders
    Check(Box<CheckArgs>),
    /// Explain a rule, a Kafka configuration key, a JVM flag or a fact
    Explain(ExplainArgs),
    /// List the rules
    Rules(RulesArgs),
    /// Show what was recognised in files and folders, and how it belongs together
    Model(Box<ModelArgs>),
    /// Show what each workload uses of memory, against its limit, and what to change first
    Budget(Box<BudgetArgs>),
}

#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    /// A rule (acks-not-all), a key (linger.ms), a flag (MaxRAMPercentage, -Xmx) or a fact
    #[arg(allow_hyphen_values = true)]
    pub(crate) name: String,
    /// When to use colour
    #[arg(long, value_name = "WHEN", value_enum, default_value_t)]
    pub(crate) color: ColorChoice,
}

#[derive(Debug, Args)]
pub(crate) struct RulesArgs {
    /// How to print them
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub(crate) format: RulesFormat,
    /// When to use colour
    #[arg(long, value_name = "WHEN", value_enum, default_value_t)]
    pub(crate) color: ColorChoice,
}

#[derive(Debug, Args)]
pub(crate) struct ModelArgs {
    /// Files and folders to read
    #[arg(value_name = "PATH", default_value = ".")]
    pub(crate) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) input: InputArgs,
    /// How to print it
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub(crate) format: ModelFormat,
    /// When to use colour
    #[arg(long, value_name = "WHEN", value_enum, default_value_t)]
    pub(crate) color: ColorChoice,
}
