//! The table of HotSpot's `-XX` flags.

use super::Table;
use super::table::{or_dash, over_time, render};
use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;

/// The Java releases that the facts were measured on.
pub(crate) const LTS: [&str; 5] = ["8", "11", "17", "21", "25"];

const COLUMNS: [&str; 10] = [
    "name",
    "type",
    "kind",
    "status",
    "deprecated",
    "obsolete",
    "expired",
    "alias",
    "range",
    "default",
];

/// The table of flags.
pub(crate) fn table(facts: &Value) -> Result<Table> {
    let mut rows = Vec::new();
    for flag in facts["flags"].as_array().context("no list of flags")? {
        let name = or_dash(&flag["name"]);
        rows.push(row(flag).with_context(|| name)?);
    }
    let about = "The flags of HotSpot; the status has one letter each for Java 8, 11, 17, 21, 25.";
    Ok(("jvm/flags.tsv".into(), render(about, &COLUMNS, rows)?))
}

fn row(flag: &Value) -> Result<Vec<String>> {
    let number = |key: &str| flag[key].as_u64().map_or("-".to_owned(), |n| n.to_string());
    Ok(vec![
        or_dash(&flag["name"]),
        or_dash(&flag["type"]),
        kinds(flag)?,
        status(flag)?,
        number("deprecated_in"),
        number("obsolete_in"),
        number("expired_in"),
        or_dash(&flag["alias_of"]),
        ranges(flag)?,
        defaults(flag)?,
    ])
}

fn kinds(flag: &Value) -> Result<String> {
    let plain = or_dash(&flag["kind"]);
    let Some(by_jdk) = flag["kind_by_jdk"].as_object() else {
        return Ok(plain);
    };
    let mut cells: Vec<(String, String)> = Vec::new();
    for lts in LTS {
        if let Some(kind) = by_jdk.get(lts) {
            cells.push((lts.into(), or_dash(kind)));
        }
    }
    let (first, later) = cells.split_first().context("no kind")?;
    over_time(&first.1, later)
}

fn status(flag: &Value) -> Result<String> {
    let mut letters = String::new();
    for lts in LTS {
        letters.push(
            match flag["status"][lts].as_str().unwrap_or("unrecognized") {
                "accepted" | "accepted-with-conditions" => 'A',
                "deprecated" => 'D',
                "obsolete" | "obsolete(table)" => 'O',
                "unrecognized" | "unrecognized(not tested)" => 'U',
                "develop-only" | "notproduct" => 'B',
                other => bail!("unknown status `{other}`"),
            },
        );
    }
    Ok(letters)
}

fn ranges(flag: &Value) -> Result<String> {
    let range = &flag["range"];
    let mut cells = Vec::new();
    for lts in LTS {
        let is_measured = range["jdks"]
            .as_array()
            .is_some_and(|jdks| jdks.iter().any(|jdk| jdk == lts));
        let bounds = if is_measured {
            &range["all"]
        } else {
            &range[lts]
        };
        let cell = match bounds.as_array().map(Vec::as_slice) {
            Some([min, max]) => format!("{}..{}", bound(min)?, bound(max)?),
            _ => "-".to_owned(),
        };
        cells.push((lts.to_owned(), cell));
    }
    let (first, later) = cells.split_first().context("no range")?;
    over_time(&first.1, later)
}

/// A bound as the JVM prints it, its fraction of zeros and its 300 digits cut short.
fn bound(value: &Value) -> Result<String> {
    let text = value.as_str().context("a bound is a string")?;
    if text.len() > 40 {
        let number: f64 = text.parse()?;
        return Ok(format!("{number:e}"));
    }
    Ok(text.to_owned())
}

fn defaults(flag: &Value) -> Result<String> {
    let mut cells = Vec::new();
    for lts in LTS {
        let cell = match &flag["default"][lts] {
            Value::Null => "-".to_owned(),
            Value::String(text) => text.trim().to_owned(),
            other => other.to_string(),
        };
        ensure!(cell != "~", "the default {cell}");
        cells.push((
            lts.to_owned(),
            if cell.is_empty() { "-".into() } else { cell },
        ));
    }
    let (first, later) = cells.split_first().context("no default")?;
    over_time(&first.1, later)
}
