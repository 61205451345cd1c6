//! The arguments of `check`.

use super::{ColorChoice, ReportFormat};
use clap::{ArgGroup, Args, ValueEnum};
use std::path::PathBuf;
use tunelint_base::{JavaVersion, KafkaVersion, Severity};
use tunelint_engine::config::{check_profile, check_rule_or_group};

/// What every command that reads files takes.
#[derive(Debug, Default, Args)]
pub(crate) struct InputArgs {
    /// Kafka version of the clients, such as 4.1
    #[arg(long, value_name = "VERSION", value_parser = kafka_version, help_heading = "Input")]
    pub(crate) kafka_version: Option<KafkaVersion>,
    /// Java version of the JVMs, such as 21
    #[arg(long, value_name = "VERSION", value_parser = java_version, help_heading = "Input")]
    pub(crate) java_version: Option<JavaVersion>,
    /// Read this file instead of the nearest tunelint.toml
    #[arg(
        long,
        value_name = "FILE",
        conflicts_with = "isolated",
        help_heading = "Input"
    )]
    pub(crate) config: Option<PathBuf>,
    /// Read no tunelint.toml
    #[arg(long, help_heading = "Input")]
    pub(crate) isolated: bool,
    /// Look at each file on its own
    #[arg(long, help_heading = "Input")]
    pub(crate) no_link: bool,
    /// The name of what comes from standard input
    #[arg(long, value_name = "NAME", help_heading = "Input")]
    pub(crate) stdin_filename: Option<String>,
    /// Also say what was skipped and what could not be known, and why
    #[arg(long, short)]
    pub(crate) verbose: bool,
}

/// When the exit status is 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    #[default]
    Error,
    Warning,
    Info,
    Hint,
    Never,
}

impl FailOn {
    /// Whether a finding of that severity is a failure.
    pub(crate) fn includes(self, severity: Severity) -> bool {
        severity
            >= match self {
                Self::Error => Severity::Error,
                Self::Warning => Severity::Warning,
                Self::Info => Severity::Info,
                Self::Hint => Severity::Hint,
                Self::Never => return false,
            }
    }
}

#[derive(Debug, Args)]
#[command(group = ArgGroup::new("fixing").multiple(true))]
pub(crate) struct CheckArgs {
    /// Files and folders to check; `-` is standard input [default: .]
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    /// Profile to check against (repeatable): throughput, latency, durability, availability,
    /// prod, pci, eos, capacity, monitoring
    #[arg(long = "profile", value_name = "NAME", value_delimiter = ',', value_parser = profile, help_heading = "Rules")]
    pub(crate) profiles: Vec<String>,
    /// Check only this rule or group (repeatable)
    #[arg(long, value_name = "RULE", value_delimiter = ',', value_parser = rule_or_group, help_heading = "Rules")]
    pub(crate) select: Vec<String>,
    /// Leave out this rule or group (repeatable)
    #[arg(long, value_name = "RULE", value_delimiter = ',', value_parser = rule_or_group, help_heading = "Rules")]
    pub(crate) ignore: Vec<String>,

    /// Apply the safe fixes
    #[arg(long, group = "fixing", help_heading = "Fixes")]
    pub(crate) fix: bool,
    /// Print what --fix would change, and change nothing
    #[arg(long, group = "fixing", help_heading = "Fixes")]
    pub(crate) diff: bool,
    /// With --fix or --diff: also the fixes that may change what runs
    #[arg(long, requires = "fixing", help_heading = "Fixes")]
    pub(crate) unsafe_fixes: bool,

    /// How to print the findings
    #[arg(
        long,
        value_name = "FORMAT",
        value_enum,
        default_value_t,
        help_heading = "Output"
    )]
    pub(crate) format: ReportFormat,
    /// Write the findings into this file instead of standard output
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub(crate) output_file: Option<PathBuf>,
    /// Show nothing milder than this
    #[arg(long, value_name = "SEVERITY", default_value = "info", value_parser = severity, help_heading = "Output")]
    pub(crate) min_severity: Severity,
    /// Exit with 1 if something at least as bad as this is found
    #[arg(
        long,
        value_name = "SEVERITY",
        value_enum,
        default_value_t,
        help_heading = "Output"
    )]
    pub(crate) fail_on: FailOn,
    /// Also count the findings of each rule
    #[arg(long, help_heading = "Output")]
    pub(crate) statistics: bool,
    /// When to use colour
    #[arg(
        long,
        value_name = "WHEN",
        value_enum,
        default_value_t,
        help_heading = "Output"
    )]
    pub(crate) color: ColorChoice,

    /// Check this string of JVM options, as a shell hands it to java
    #[arg(
        long,
        value_name = "OPTIONS",
        allow_hyphen_values = true,
        help_heading = "Input"
    )]
    pub(crate) jvm_args: Option<String>,
    /// Check these JVM options: a JSON array of strings
    #[arg(
        long,
        value_name = "JSON",
        conflicts_with = "jvm_args",
        help_heading = "Input"
    )]
    pub(crate) jvm_argv: Option<String>,

    #[command(flatten)]
    pub(crate) input: InputArgs,
}

fn kafka_version(text: &str) -> Result<KafkaVersion, String> {
    text.parse()
}

fn java_version(text: &str) -> Result<JavaVersion, String> {
    text.parse()
}

fn severity(text: &str) -> Result<Severity, String> {
    text.parse()
}

fn profile(name: &str) -> Result<String, String> {
    check_profile(name)
        .map(|()| name.to_owned())
        .map_err(|unknown| unknown.to_string())
}

fn rule_or_group(name: &str) -> Result<String, String> {
    check_rule_or_group(name)
        .map(|()| name.to_owned())
        .map_err(|unknown| unknown.to_string())
}
