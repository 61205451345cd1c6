//! The arguments of `budget`.

use super::{BudgetFormat, ColorChoice, InputArgs};
use anyhow::anyhow;
use clap::Args;
use std::path::PathBuf;
use tunelint_model::memory::WhatIf;

#[derive(Debug, Args)]
pub(crate) struct BudgetArgs {
    /// Files and folders to read
    #[arg(value_name = "PATH", default_value = ".")]
    pub(crate) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) input: InputArgs,
    /// Take these instead of what the files say: limit=6Gi,threads=2,standby=1; also heap,
    /// replicas, partitions, block-cache, shared-cache, write-buffer and write-buffers
    #[arg(long = "what-if", value_name = "NAME=VALUE", value_delimiter = ',')]
    pub(crate) changes: Vec<String>,
    /// How to print it
    #[arg(
        long,
        value_name = "FORMAT",
        value_enum,
        default_value_t,
        help_heading = "Output"
    )]
    pub(crate) format: BudgetFormat,
    /// Write it into this file instead of standard output
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub(crate) output_file: Option<PathBuf>,
    /// When to use colour
    #[arg(
        long,
        value_name = "WHEN",
        value_enum,
        default_value_t,
        help_heading = "Output"
    )]
    pub(crate) color: ColorChoice,
}

impl BudgetArgs {
    /// What `--what-if` says.
    pub(crate) fn what_if(&self) -> anyhow::Result<WhatIf> {
        let mut what_if = WhatIf::default();
        for change in &self.changes {
            what_if
                .add(change)
                .map_err(|message| anyhow!("--what-if: {message}"))?;
        }
        Ok(what_if)
    }
}
