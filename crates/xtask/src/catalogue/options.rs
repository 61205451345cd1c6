//! The table of the JVM's options other than `-XX` flags.

use super::Table;
use super::jvm::LTS;
use super::table::{or_dash, render};
use anyhow::{Context, Result};
use serde_json::Value;
use std::collections::BTreeMap;

/// The table of options.
pub(crate) fn table(facts: &Value) -> Result<Table> {
    let mut rows: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for option in facts["non_xx_options"].as_array().context("no options")? {
        let forms = or_dash(&option["form"]).replace(", ", " / ");
        for form in forms.split(" / ") {
            let end = form.find(['<', '[', ' ']).unwrap_or(form.len());
            let end = form.find('=').map_or(end, |equals| end.min(equals + 1));
            let name = form[..end].trim_end_matches("...").to_owned();
            let value = match &form[end..] {
                "" if name.ends_with([':', '=']) => "text",
                "" => "-",
                rest if rest.starts_with("<size>") => "size",
                _ => "text",
            };
            if !name.starts_with('-') || name.starts_with("-XX") {
                continue;
            }
            let sets = or_dash(&option["sets"]);
            let sets: Vec<_> = sets
                .split(' ')
                .filter(|word| word.starts_with(|c: char| c.is_ascii_uppercase()))
                .take_while(|word| word.ends_with("Size"))
                .collect();
            let sets = if sets.is_empty() {
                "-".into()
            } else {
                sets.join(",")
            };
            let row = vec![name.clone(), value.into(), status(option), sets];
            rows.entry(name).or_insert(row);
        }
    }
    let about = "The JVM's options other than -XX flags, with one letter of status each for Java 8, 11, 17, 21, 25.";
    let rows = rows.into_values().collect();
    let text = render(about, &["name", "value", "status", "sets"], rows)?;
    Ok(("jvm/options.tsv".into(), text))
}

/// `A` accepted, `D` accepted with a warning, `U` refused, `?` unknown.
fn status(option: &Value) -> String {
    let mut letters: Vec<char> = LTS.iter().map(|_| 'A').collect();
    let since = option["since"].as_u64().unwrap_or(0);
    let fields = option.as_object().into_iter().flatten();
    for (i, lts) in LTS.iter().enumerate() {
        let number: u64 = lts.parse().unwrap_or(0);
        if number < since {
            letters[i] = 'U';
        } else if number == 8 {
            letters[i] = '?';
        }
    }
    for (field, text) in fields {
        let (Some(range), Some(text)) = (field.strip_prefix("jdk"), text.as_str()) else {
            continue;
        };
        let (low, high) = match range.split_once('_') {
            Some((low, high)) => (low.parse(), high.parse().unwrap_or(0)),
            None => match range.strip_suffix("plus") {
                Some(low) => (low.parse(), u64::MAX),
                None => (range.parse(), range.parse().unwrap_or(0)),
            },
        };
        let Ok(low) = low else { continue };
        for (i, lts) in LTS.iter().enumerate() {
            let number: u64 = lts.parse().unwrap_or(0);
            if (low..=high).contains(&number) {
                letters[i] = letter(text);
            }
        }
    }
    letters.into_iter().collect()
}

fn letter(text: &str) -> char {
    if text.starts_with("Unrecognized") || text.starts_with("refuses") {
        'U'
    } else if text.starts_with("unverified") || text.contains("builds only") {
        '?'
    } else if text.contains("warning") && !text.contains("(warning without") {
        'D'
    } else {
        'A'
    }
}
