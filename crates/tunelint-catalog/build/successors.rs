//! The static tables of what took a key's place.

use crate::table::rows;
use std::fmt::Write as _;

/// The text of `successors.rs`.
pub(crate) fn generate() -> String {
    let mut text = String::from("static SUCCESSORS: &[Successor] = &[\n");
    for row in rows("kafka/successors.tsv") {
        let [scope, key, successor, advice] = row.as_slice() else {
            panic!("not four cells: {row:?}");
        };
        let _ = writeln!(
            text,
            "Successor {{ scope: {}, key: {key:?}, name: {}, advice: {} }},",
            optional(if scope == "*" { "-" } else { scope }),
            optional(successor),
            optional(advice)
        );
    }
    text + "];\n"
}

/// A cell as the expression of an `Option<&str>`; `-` is none.
fn optional(cell: &str) -> String {
    if cell == "-" {
        "None".to_owned()
    } else {
        format!("Some({cell:?})")
    }
}
