//! The tables of the catalogue: read from a folder of facts, written, or compared.

mod embedded;
mod jvm;
mod kafka;
mod options;
mod prefixes;
mod table;

use crate::USAGE;
use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// A file under `data/`: its path there and its text.
pub(crate) type Table = (String, String);

/// Writes the tables, or compares them where `--check` stands among the arguments.
pub(crate) fn run(mut arguments: impl Iterator<Item = String>) -> Result<()> {
    let (mut from, mut check) = (None, false);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--from" => from = arguments.next().map(PathBuf::from),
            "--check" => check = true,
            other => bail!("unknown argument `{other}`\n{USAGE}"),
        }
    }
    let Some(from) = from else {
        bail!("--from is missing\n{USAGE}");
    };
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tunelint-catalog/data");
    let mut stale = Vec::new();
    for (path, text) in tables(&from)? {
        let path = data.join(path);
        if check {
            let old = std::fs::read_to_string(&path).unwrap_or_default();
            if old != text {
                stale.push(path.display().to_string());
            }
        } else {
            let folder = path.parent().context("a table lies in a folder")?;
            std::fs::create_dir_all(folder)?;
            std::fs::write(&path, text).with_context(|| format!("{}", path.display()))?;
        }
    }
    ensure!(
        stale.is_empty(),
        "these tables do not follow from the facts; run `cargo xtask catalogue` without --check:\n{}",
        stale.join("\n")
    );
    Ok(())
}

/// All tables, from the facts in `from`.
fn tables(from: &Path) -> Result<Vec<Table>> {
    let read = |name: &str| read(&from.join(name));
    let mut tables = kafka::tables(&read)?;
    tables.push(embedded::table(&read)?);
    tables.push(prefixes::table(&read)?);
    let flags = read("jvm/flags.json")?;
    tables.push(jvm::table(&flags)?);
    tables.push(options::table(&flags)?);
    Ok(tables)
}

/// The JSON in a file.
fn read(path: &Path) -> Result<Value> {
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("the facts lack {}", path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("{} is no JSON", path.display()))
}
