//! The static tables of HotSpot's flags and the JVM's other options.

use crate::strings::{Pool, Strings};
use crate::table::{over_releases, rows};
use std::collections::HashMap;
use std::fmt::Write as _;

/// The text of `jvm.rs`.
pub(crate) fn generate() -> String {
    let mut strings = Strings::default();
    let (mut ranges, mut range_sets, mut default_sets) =
        (Pool::default(), Pool::default(), Pool::default());
    let counts: HashMap<_, _> = rows("jvm/amendments.tsv")
        .into_iter()
        .map(|row| (row[0].clone(), row[1].clone()))
        .collect();
    let mut all = rows("jvm/flags.tsv");
    all.sort();
    for name in counts.keys() {
        assert!(all.iter().any(|row| row[0] == *name), "no flag {name}");
    }
    let mut flags = String::new();
    for row in &all {
        let kinds = over_releases(&row[2]).map(|kind| format!("Kind::{}", camel(&kind)));
        let stored = row[3]
            .chars()
            .map(|letter| format!("Stored::{}", stored(letter)));
        let release = |cell: &str| {
            if cell == "-" {
                "0".to_owned()
            } else {
                cell.to_owned()
            }
        };
        let alias = match row[7].as_str() {
            "-" => "None".to_owned(),
            name => format!("Some({})", strings.text(name)),
        };
        let set = over_releases(&row[8]).map(|cell| ranges.add(range(&cell)).to_string());
        let range_set = range_sets.add(format!("[{}]", set.join(", ")));
        let set = over_releases(&row[9]).map(|cell| match cell.as_str() {
            "-" => "None".to_owned(),
            value => format!("Some({})", strings.text(value)),
        });
        let default_set = default_sets.add(format!("[{}]", set.join(", ")));
        let counts = match (counts.get(&row[0]).map(String::as_str), row[1].as_str()) {
            (Some("bytes"), _) | (None, "size_t") => "Counts::Bytes",
            (Some("kib"), _) => "Counts::Kibibytes",
            (Some("count") | None, _) => "Counts::Things",
            (Some(other), _) => panic!("unknown count `{other}`"),
        };
        writeln!(
            flags,
            "Flag {{ name: {}, ty: {}, kinds: [{}], stored: [{}], deprecated: {}, obsolete: {}, expired: {}, \
             alias: {alias}, ranges: {range_set}, defaults: {default_set}, counts: {counts} }},",
            strings.text(&row[0]),
            type_expression(&row[1]),
            kinds.join(", "),
            stored.collect::<Vec<_>>().join(", "),
            release(&row[4]),
            release(&row[5]),
            release(&row[6]),
        )
        .expect("a string takes all");
    }
    strings.declare()
        + &ranges.declare("RANGES", "Option<Range>")
        + &range_sets.declare("RANGE_SETS", "[u16; 5]")
        + &default_sets.declare("DEFAULT_SETS", "[Option<Text>; 5]")
        + &format!("static FLAGS: &[Flag] = &[\n{flags}];\n")
        + &options()
}

fn camel(kind: &str) -> &str {
    match kind {
        "product" => "Product",
        "manageable" => "Manageable",
        "diagnostic" => "Diagnostic",
        "experimental" => "Experimental",
        "develop" => "Develop",
        "notproduct" => "NotProduct",
        "removed" => "Removed",
        other => panic!("unknown kind `{other}`"),
    }
}

fn stored(letter: char) -> &'static str {
    match letter {
        'A' => "Accepted",
        'D' => "Deprecated",
        'O' => "Obsolete",
        'U' => "Unrecognized",
        'B' => "DebugOnly",
        '?' => "Unknown",
        other => panic!("unknown status `{other}`"),
    }
}

fn type_expression(kind: &str) -> &'static str {
    match kind {
        "bool" => "Some(FlagType::Bool)",
        "int" => "Some(FlagType::Int)",
        "uint" => "Some(FlagType::Uint)",
        "intx" => "Some(FlagType::Intx)",
        "uintx" => "Some(FlagType::Uintx)",
        "size_t" => "Some(FlagType::SizeT)",
        "uint64_t" => "Some(FlagType::Uint64)",
        "double" => "Some(FlagType::Double)",
        "ccstr" => "Some(FlagType::Ccstr)",
        "ccstrlist" => "Some(FlagType::CcstrList)",
        "-" => "None",
        other => panic!("unknown type `{other}`"),
    }
}

fn range(cell: &str) -> String {
    let Some((min, max)) = cell.split_once("..") else {
        return "None".into();
    };
    if let (Ok(min), Ok(max)) = (min.parse::<i128>(), max.parse::<i128>()) {
        return format!("Some(Range::Whole {{ min: {min}, max: {max} }})");
    }
    let real = |text: &str| -> f64 {
        text.parse()
            .unwrap_or_else(|_| panic!("the bound `{text}`"))
    };
    format!(
        "Some(Range::Real {{ min: {:?}, max: {:?} }})",
        real(min),
        real(max)
    )
}

fn options() -> String {
    let mut all = rows("jvm/options.tsv");
    all.extend(rows("jvm/option-amendments.tsv"));
    all.sort();
    let mut text = String::from("static OPTIONS: &[JvmOption] = &[\n");
    for row in all {
        let value = match row[1].as_str() {
            "size" => "OptionValue::Size",
            "text" => "OptionValue::Text",
            _ => "OptionValue::None",
        };
        let status = row[2]
            .chars()
            .map(|letter| format!("Stored::{}", stored(letter)));
        let sets: Vec<_> = row[3].split(',').filter(|name| *name != "-").collect();
        writeln!(
            text,
            "JvmOption {{ name: {:?}, value: {value}, stored: [{}], sets: &{sets:?} }},",
            row[0],
            status.collect::<Vec<_>>().join(", ")
        )
        .expect("a string takes all");
    }
    text + "];\n"
}
