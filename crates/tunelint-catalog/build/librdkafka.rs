//! The static table of librdkafka's properties.

use crate::table::rows;
use std::fmt::Write as _;

/// The text of `librdkafka.rs`.
pub(crate) fn generate() -> String {
    let mut text = String::from("static KEYS: &[Key] = &[\n");
    let mut keys = rows("kafka/librdkafka.tsv");
    keys.sort();
    for row in &keys {
        let [
            name,
            level,
            side,
            ty,
            default,
            range,
            alias,
            java,
            instead,
            note,
        ] = row.as_slice()
        else {
            panic!("not ten cells: {row:?}");
        };
        let java = if java == "=" { name } else { java };
        let default = if default == "~" { "-" } else { default };
        let note = match note.as_str() {
            "-" => "None".to_owned(),
            note => format!("Some(Note::{})", capital(note)),
        };
        let side = if side == "*" { "any" } else { side };
        writeln!(
            text,
            "Key {{ name: {name:?}, level: Level::{}, side: Side::{}, ty: Type::{}, default: {}, \
             range: {}, alias_of: {}, java: {}, instead: {}, note: {note} }},",
            capital(level),
            capital(side),
            capital(ty),
            optional(default),
            bounds(ty, range),
            optional(alias),
            optional(java),
            optional(instead),
        )
        .expect("a string takes all");
    }
    text + "];\n"
}

/// `1..5` of a number, `a|b` of anything else.
fn bounds(ty: &str, cell: &str) -> String {
    match (ty, cell) {
        (_, "-") => "Range::None".to_owned(),
        ("integer" | "float", cell) => {
            let ends = cell
                .split_once("..")
                .unwrap_or_else(|| panic!("no bounds in `{cell}`"));
            let [min, max] = [ends.0, ends.1].map(|end| end.parse::<i32>().expect("a number"));
            format!("Range::Between({min}, {max})")
        }
        (_, cell) => format!("Range::OneOf(&{:?})", cell.split('|').collect::<Vec<_>>()),
    }
}

/// A cell as the expression of an `Option<&str>`; `-` is none.
fn optional(cell: &str) -> String {
    if cell == "-" {
        "None".to_owned()
    } else {
        format!("Some({cell:?})")
    }
}

fn capital(word: &str) -> String {
    let (first, rest) = word.split_at(1);
    format!("{}{rest}", first.to_uppercase())
}
