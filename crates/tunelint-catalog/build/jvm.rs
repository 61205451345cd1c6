//! The static tables of HotSpot's flags and the JVM's other options.

use crate::strings::{Pool, Strings};
use crate::table::{over_releases, rows};
use std::collections::HashMap;
use std::fmt::Write as _;

/// The text of `jvm.rs`.
pub(crate) fn generate() -> String {
    let mut strings = Strings::default();
    let (mut ranges, mut range_sets, mut default_sets, mut type_sets) = (
        Pool::default(),
        Pool::default(),
        Pool::default(),
        Pool::default(),
    );
    let counts: HashMap<_, _> = rows("jvm/amendments.tsv")
        .into_iter()
        .map(|row| (row[0].clone(), row[1].clone()))
        .collect();
    let types: HashMap<_, _> = rows("jvm/type-amendments.tsv")
        .into_iter()
        .map(|row| (row[0].clone(), row[1].clone()))
        .collect();
    let mut all = rows("jvm/flags.tsv");
    all.sort();
    for name in counts.keys().chain(types.keys()) {
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
        let ty = types.get(&row[0]).unwrap_or(&row[1]);
        let set = over_releases(ty).map(|cell| type_expression(&cell).to_owned());
        let type_set = type_sets.add(format!("[{}]", set.join(", ")));
        let counts = match (counts.get(&row[0]).map(String::as_str), row[1].as_str()) {
            (Some("bytes"), _) | (None, "size_t") => "Counts::Bytes",
            (Some("kib"), _) => "Counts::Kibibytes",
            (Some("count") | None, _) => "Counts::Things",
            (Some(other), _) => panic!("unknown count `{other}`"),
        };
        writeln!(
            flags,
            "Flag {{ name: {}, types: {type_set}, kinds: [{}], stored: [{}], deprecated: {}, obsolete: {}, expired: {}, \
             alias: {alias}, ranges: {range_set}, defaults: {default_set}, counts: {counts} }},",
            strings.text(&row[0]),
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
        + &type_sets.declare("TYPE_SETS", "[Option<FlagType>; 5]")
        + &format!("static FLAGS: &[Flag] = &[\n{flags}];\n")
        + &options()
        + &bounds(&all)
        + &log_aliases()
        + &instead()
        + &log_words("LOG_TAGS", "jvm/log-tags.tsv")
        + &log_words("LOG_TAG_SETS", "jvm/log-tag-sets.tsv")
}

/// Words with the measured releases that know them, sorted.
fn log_words(name: &str, table: &str) -> String {
    let mut all = rows(table);
    all.sort();
    let mut text = format!("static {name}: &[(&str, [bool; 5])] = &[\n");
    for row in all {
        let known: Vec<bool> = row[1].chars().map(|letter| letter == 'A').collect();
        writeln!(text, "({:?}, {known:?}),", row[0]).expect("a string takes all");
    }
    text + "];\n"
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
    let mut all = rows("jvm/option-amendments.tsv");
    let own: Vec<_> = all.iter().map(|row| row[0].clone()).collect();
    all.extend(
        rows("jvm/options.tsv")
            .into_iter()
            .filter(|row| !own.contains(&row[0])),
    );
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

/// What values must be beyond their range.
fn bounds(flags: &[Vec<String>]) -> String {
    let mut all = rows("jvm/bounds.tsv");
    all.sort();
    let mut text = String::from("static BOUNDS: &[Bound] = &[\n");
    for row in all {
        assert!(
            flags.iter().any(|flag| flag[0] == row[0]),
            "no flag {}",
            row[0]
        );
        let (from, to) = releases(&row[1]);
        let (word, rest) = row[2].split_once(' ').unwrap_or((&row[2], ""));
        let ends = |empty: (&str, &str)| {
            let (min, max) = rest
                .split_once("..")
                .unwrap_or_else(|| panic!("`{rest}` is no range"));
            let or = |end: &str, empty: &str| {
                if end.is_empty() {
                    empty.to_owned()
                } else {
                    end.to_owned()
                }
            };
            format!("{{ min: {}, max: {} }}", or(min, empty.0), or(max, empty.1))
        };
        let rule = match word {
            "range" => format!("BoundRule::Within {}", ends(("i128::MIN", "i128::MAX"))),
            "not" => format!("BoundRule::Outside {}", ends(("i128::MIN", "i128::MAX"))),
            "multiple" => format!("BoundRule::Multiple({rest})"),
            "power" => "BoundRule::PowerOfTwo { or_zero: false }".to_owned(),
            "power-or-0" => "BoundRule::PowerOfTwo { or_zero: true }".to_owned(),
            "words" => format!(
                "BoundRule::Words(&{:?})",
                rest.split('|').collect::<Vec<_>>()
            ),
            "each" => format!(
                "BoundRule::Each(&{:?})",
                rest.split('|').collect::<Vec<_>>()
            ),
            "list" => format!(
                "BoundRule::Begins(&{:?})",
                rest.split('|').collect::<Vec<_>>()
            ),
            "needs" => format!("BoundRule::Needs({rest:?})"),
            "on-needs" => format!("BoundRule::OnNeeds({rest:?})"),
            other => panic!("unknown rule `{other}`"),
        };
        writeln!(
            text,
            "Bound {{ flag: {:?}, from: {from}, to: {to}, rule: {rule} }},",
            row[0]
        )
        .expect("a string takes all");
    }
    text + "];\n"
}

/// `11`, `17-`, `-16` or `-` for all.
fn releases(cell: &str) -> (u16, u16) {
    let number = |text: &str, empty: u16| {
        if text.is_empty() {
            empty
        } else {
            text.parse()
                .unwrap_or_else(|_| panic!("the release `{text}`"))
        }
    };
    match cell.split_once('-') {
        Some((from, to)) => (number(from, 0), number(to, u16::MAX)),
        None => (number(cell, 0), number(cell, 0)),
    }
}

/// Flags of older releases that are another spelling of `-Xlog`.
fn log_aliases() -> String {
    let mut all = rows("jvm/log-aliases.tsv");
    all.sort();
    let mut text = String::from("static LOG_ALIASES: &[LogAlias] = &[\n");
    for row in all {
        let (from, to) = releases(&row[1]);
        writeln!(
            text,
            "LogAlias {{ flag: {:?}, from: {from}, to: {to}, instead: {:?}, advice: {:?} }},",
            row[0],
            row[2],
            format!("use `{}`", row[2])
        )
        .expect("a string takes all");
    }
    text + "];\n"
}

/// What came in the place of flags and options.
fn instead() -> String {
    let mut all = rows("jvm/instead.tsv");
    all.sort();
    let mut text = String::from("static INSTEAD: &[(&str, u16, &str)] = &[\n");
    for row in all {
        let (from, _) = releases(&row[1]);
        writeln!(text, "({:?}, {from}, {:?}),", row[0], row[2]).expect("a string takes all");
    }
    text + "];\n"
}
