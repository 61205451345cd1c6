//! The line format that all tables share: cells between tabs, a cell over time between bars.

use anyhow::{Result, ensure};
use serde_json::Value;
use std::fmt::Write as _;

/// The text of a table: what it is, its columns, its rows in order.
pub(crate) fn render(about: &str, columns: &[&str], mut rows: Vec<Vec<String>>) -> Result<String> {
    let mut text = format!(
        "# {about}\n# Written by `cargo xtask catalogue`; not to be edited.\n# {}\n",
        columns.join("\t")
    );
    rows.sort();
    for row in rows {
        ensure!(row.len() == columns.len(), "a row of {} cells", row.len());
        for cell in &row {
            ensure!(
                !cell.is_empty() && !cell.contains(['\t', '\n', '\r']) && cell.trim() == cell,
                "the cell {cell:?} of {} cannot be written",
                row[0]
            );
        }
        writeln!(text, "{}", row.join("\t"))?;
    }
    Ok(text)
}

/// A cell that changes with the version: `first | 3.0: second`; equal neighbours fall together.
pub(crate) fn over_time(first: &str, later: &[(String, String)]) -> Result<String> {
    let mut text = first.to_owned();
    let mut last = first;
    for (from, value) in later {
        ensure!(!value.contains(" | "), "`{value}` holds the separator");
        if value != last {
            write!(text, " | {from}: {value}")?;
            last = value;
        }
    }
    Ok(text)
}

/// The string in a field, or `-`.
pub(crate) fn or_dash(value: &Value) -> String {
    value.as_str().unwrap_or("-").to_owned()
}

/// A release line as a number that grows; `None` where it is none.
pub(crate) fn ordinal(version: &str) -> Option<u32> {
    let mut parts = version.split('.');
    let major: u32 = parts.next()?.parse().ok()?;
    let minor: u32 = parts.next()?.parse().ok()?;
    Some(major * 1000 + minor)
}
