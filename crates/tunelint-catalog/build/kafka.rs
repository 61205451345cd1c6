//! The static tables of Kafka keys.

use crate::strings::{Pool, Runs, Strings};
use crate::table::{over_time, rows, version, version_expression};
use crate::validator;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The scopes in the order of `Scope`.
const SCOPES: [(&str, &str); 14] = [
    ("Producer", "producer"),
    ("Consumer", "consumer"),
    ("Admin", "admin"),
    ("Streams", "streams"),
    ("ConnectDistributed", "connect-distributed"),
    ("ConnectStandalone", "connect-standalone"),
    ("ConnectSource", "connect-source"),
    ("ConnectSink", "connect-sink"),
    ("MirrorMaker", "mirror-maker"),
    ("MirrorSource", "mirror-source"),
    ("MirrorCheckpoint", "mirror-checkpoint"),
    ("MirrorHeartbeat", "mirror-heartbeat"),
    ("Topic", "topic"),
    ("Broker", "broker"),
];

#[derive(Default)]
struct Pools {
    strings: Strings,
    validators: Pool,
    types: Runs,
    defaults: Runs,
    checks: Runs,
}

/// The text of `kafka.rs`.
pub(crate) fn generate() -> String {
    let amendments = rows("kafka/amendments.tsv");
    let mut used = vec![false; amendments.len()];
    let mut pools = Pools::default();
    let (mut text, mut keys) = (String::new(), String::new());
    let mut ranges = String::new();
    let (mut count, mut names) = (0, BTreeMap::<String, u16>::new());
    for (place, (scope, file)) in SCOPES.iter().enumerate() {
        let mut rows = rows(&format!("kafka/{file}.tsv"));
        rows.sort();
        let start = count;
        for row in &rows {
            let mut amend = |field: &str| {
                let found = amendments.iter().position(|a| {
                    (a[0] == *file || a[0] == "*") && a[1] == row[0] && a[2] == field
                });
                if let Some(place) = found {
                    used[place] = true;
                }
                found.map(|place| amendments[place][3].clone())
            };
            let amended = [amend("valid"), amend("unit"), amend("machine")];
            key(&mut keys, scope, row, &amended, &mut pools);
            if row[1] != "-" {
                *names.entry(row[0].clone()).or_default() |= 1 << place;
            }
            count += 1;
        }
        writeln!(ranges, "({start}, {count}),").expect("a string takes all");
    }
    for (amendment, used) in amendments.iter().zip(used) {
        assert!(used, "the amendment {amendment:?} amends nothing");
    }
    let mut merged = String::new();
    for (name, scopes) in &names {
        let name = pools.strings.text(name);
        writeln!(merged, "({name}, {scopes:#x}),").expect("a string takes all");
    }
    text.push_str(&versions());
    text.push_str(&pools.strings.declare());
    text.push_str(&pools.validators.declare("VALIDATORS", "Validator"));
    text.push_str(&pools.types.declare("TYPES", "Type"));
    text.push_str(&pools.defaults.declare("DEFAULTS", "Stored"));
    text.push_str(&pools.checks.declare("CHECKS", "u16"));
    let _ = write!(
        text,
        "static KEYS: &[Key] = &[\n{keys}];\nstatic RANGES: [(usize, usize); {}] = [\n{ranges}];\n\
         static NAMES: &[(Text, u16)] = &[\n{merged}];\n",
        SCOPES.len()
    );
    text.push_str(&embedded());
    text.push_str(&prefixes());
    text
}

fn versions() -> String {
    let rows = rows("kafka/versions.tsv");
    let list: Vec<_> = rows.iter().map(|row| version(&row[0])).collect();
    let newest = rows.iter().rposition(|row| row[2] == "final");
    let show =
        |(major, minor, _): &(u8, u8, Option<u8>)| format!("KafkaVersion::new({major}, {minor})");
    format!(
        "/// The release lines that the catalogue covers, oldest first.\n\
         pub static VERSIONS: &[KafkaVersion] = &[{}];\n\
         /// The newest line of which a final release is out.\n\
         pub const NEWEST_RELEASE: KafkaVersion = {};\n",
        list.iter().map(show).collect::<Vec<_>>().join(", "),
        show(&list[newest.expect("a final release")])
    )
}

fn key(
    out: &mut String,
    scope: &str,
    row: &[String],
    amended: &[Option<String>; 3],
    pools: &mut Pools,
) {
    let [valid, unit, machine] = amended;
    let types: Vec<_> = over_time(&row[1]);
    let is_number = types
        .iter()
        .any(|(_, kind)| matches!(kind.as_str(), "int" | "long" | "short" | "double"));
    let unit = match unit.as_deref() {
        Some("ms") => "Some(Unit::Millis)",
        Some("bytes") => "Some(Unit::Bytes)",
        Some(other) => panic!("unknown unit `{other}`"),
        None if is_number && row[0].ends_with(".ms") => "Some(Unit::Millis)",
        None if is_number && row[0].ends_with(".bytes") => "Some(Unit::Bytes)",
        None => "None",
    };
    let types = types
        .iter()
        .map(|(from, kind)| format!("({from}, Type::{})", type_name(kind)));
    let types = pools.types.add(types.collect());
    let defaults = over_time(&row[7]).into_iter().map(|(from, value)| {
        let stored = match value.as_str() {
            "!" => "Stored::Required".to_owned(),
            "~" | "-" => "Stored::Null".to_owned(),
            "\"\"" => "Stored::Value(Text(0, 0))".to_owned(),
            other if machine.is_some() => format!("Stored::Machine({})", pools.strings.text(other)),
            other => format!("Stored::Value({})", pools.strings.text(other)),
        };
        format!("({from}, {stored})")
    });
    let defaults = pools.defaults.add(defaults.collect());
    let checks = over_time(valid.as_ref().unwrap_or(&row[8]))
        .into_iter()
        .map(|(from, value)| {
            let place = pools.validators.add(validator::expression(&value));
            format!("({from}, {place})")
        });
    let checks = pools.checks.add(checks.collect());
    let importance = match row[2].as_str() {
        "high" => "Some(Importance::High)",
        "medium" => "Some(Importance::Medium)",
        "low" => "Some(Importance::Low)",
        _ => "None",
    };
    writeln!(
        out,
        "Key {{ name: {}, scope: Scope::{scope}, importance: {importance}, internal: {}, unit: {unit}, \
         since: {}, removed: {}, deprecated_since: {}, types: {types}, defaults: {defaults}, checks: {checks} }},",
        pools.strings.text(&row[0]),
        row[6] == "internal",
        version_expression(&row[3]),
        version_expression(&row[4]),
        version_expression(&row[5]),
    )
    .expect("a string takes all");
}

fn type_name(kind: &str) -> &str {
    match kind {
        "boolean" => "Boolean",
        "string" | "-" => "String",
        "int" => "Int",
        "short" => "Short",
        "long" => "Long",
        "double" => "Double",
        "list" => "List",
        "class" => "Class",
        "password" => "Password",
        other => panic!("unknown type `{other}`"),
    }
}

/// `streams-main` as `StreamsMain`.
fn camel(name: &str) -> String {
    let mut text = String::new();
    for part in name.split('-') {
        let (first, rest) = part.split_at(1);
        text.push_str(&first.to_uppercase());
        text.push_str(rest);
    }
    text
}

fn embedded() -> String {
    let mut all = rows("kafka/embedded.tsv");
    for row in &mut all {
        row.push("default".into());
    }
    all.extend(rows("kafka/embedded-amendments.tsv"));
    let mut text = String::from("static HANDED: &[embedded::Row] = &[\n");
    for row in all {
        let when = match row[2].as_str() {
            "any" => "None",
            "at-least-once" => "Some(false)",
            "exactly-once" => "Some(true)",
            other => panic!("unknown guarantee `{other}`"),
        };
        let mut values = String::new();
        for (from, value) in over_time(&row[3]) {
            let value = match (value.as_str(), value.strip_prefix('=')) {
                ("-", _) => "None".to_owned(),
                ("?", _) => "Some(embedded::Value::Computed)".to_owned(),
                ("~", _) => "Some(embedded::Value::Absent)".to_owned(),
                (_, Some(key)) => format!("Some(embedded::Value::Key({key:?}))"),
                (text, None) => format!("Some(embedded::Value::Literal({text:?}))"),
            };
            let _ = write!(values, "({from}, {value}), ");
        }
        writeln!(
            text,
            "embedded::Row {{ client: embedded::Client::{}, key: {:?}, exactly_once: {when}, \
             values: &[{values}], strength: embedded::Strength::{} }},",
            camel(&row[0]),
            row[1],
            camel(&row[4])
        )
        .expect("a string takes all");
    }
    text + "];\n"
}

fn prefixes() -> String {
    let mut all = rows("kafka/prefixes.tsv");
    all.extend(rows("kafka/prefix-amendments.tsv"));
    let mut text = String::from("static PREFIXES: &[prefixes::Prefix] = &[\n");
    for row in all {
        let target = if row[2] == "-" {
            "None".to_owned()
        } else {
            format!("Some(Scope::{})", camel(&row[2]))
        };
        let clients = row[3].split(',').filter(|name| *name != "-");
        let clients: Vec<_> = clients
            .map(|name| format!("embedded::Client::{}", camel(name)))
            .collect();
        writeln!(
            text,
            "prefixes::Prefix {{ host: prefixes::Host::{}, text: {:?}, target: {target}, \
             clients: &[{}], since: {} }},",
            camel(&row[0]),
            row[1],
            clients.join(", "),
            version_expression(&row[4])
        )
        .expect("a string takes all");
    }
    text + "];\n"
}
