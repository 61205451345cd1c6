//! What is read from a `tunelint.toml`, and what is found wrong with one.

use super::{parse, settings};
use tunelint_base::{FileId, JavaVersion, KafkaVersion, Text};
use tunelint_model::model::StoreKind;

fn mistakes(text: &str) -> Vec<(&str, String)> {
    let (_, mistakes) = parse(text);
    mistakes
        .into_iter()
        .map(|mistake| (mistake.span.of(text), mistake.message))
        .collect()
}

#[test]
fn everything_is_read() {
    let text = r#"
kafka-version = "4.1"
java-version = "21"
profiles = ["prod", "pci"]
select = []

[[workload]]
name = "fraud"
config = ["config/*.properties"]
manifests = ["./k8s/**/app.yaml"]
java = ["src/**/*.java"]
partitions = 6
stores = [
  { name = "totals", kind = "key-value" },
  { name = "per-card", kind = "window", retention = "48h", keys = 2_000_000, value-bytes = 100 },
]
memory = { metaspace = "180Mi" }
"#;
    let (config, mistakes) = parse(text);
    assert_eq!(mistakes, []);
    assert_eq!(config.kafka_version, Some(KafkaVersion::new(4, 1)));
    assert_eq!(config.java_version, Some(JavaVersion(21)));
    assert_eq!(config.profiles, ["prod", "pci"]);
    let [workload] = config.workloads.as_slice() else {
        panic!("one workload")
    };
    assert_eq!(
        workload.partitions.map(|(count, at)| (count, at.of(text))),
        Some((6, "partitions = 6"))
    );
    let (store, at) = &workload.stores[1];
    assert_eq!(store.kind, StoreKind::Window);
    assert_eq!(store.retention, Some(48 * 3_600_000));
    assert_eq!(store.keys, Some(2_000_000));
    assert!(at.of(text).starts_with("{ name = \"per-card\""));
    assert_eq!(
        workload
            .memory
            .iter()
            .map(|(term, bytes, _)| (*term, *bytes))
            .collect::<Vec<_>>(),
        [("metaspace", 180 << 20)]
    );

    let paths = [
        "app/config/a.properties",
        "app/config/sub/b.properties",
        "app/k8s/x/y/app.yaml",
        "k8s/app.yaml",
    ];
    let files: Vec<_> = paths
        .map(|path| crate::read(path.to_owned(), Text::utf8("")))
        .into();
    let relative = |path: &str| path.strip_prefix("app/").map(str::to_owned);
    let settings = settings(&config, &files, &relative, None);
    let spec = &settings.options.workloads[0];
    assert_eq!(spec.config, [FileId(0)]);
    assert_eq!(spec.manifests, [FileId(2)]);
}

#[test]
fn a_mistake_costs_only_its_own_key() {
    let text = "kafka-version = \"four\"\njava-version = 21\nprofiles = [\"prod\", \"durabilty\"]\nfoo = 1\nextend = \"x\"\n";
    let found = mistakes(text);
    let expected = [
        (
            "\"four\"",
            "`four` is no Kafka version: write it like 4.1 or 3.9.2",
        ),
        ("21", "`java-version` must be a string, not an integer"),
        (
            "\"durabilty\"",
            "there is no profile `durabilty`: did you mean `durability`?",
        ),
        (
            "foo",
            "there is no key `foo` here: use kafka-version, java-version, profiles, select, ignore, severity, workload",
        ),
        ("extend", "`extend` is not supported yet"),
    ];
    let found: Vec<_> = found
        .iter()
        .map(|(at, message)| (*at, message.as_str()))
        .collect();
    assert_eq!(found, expected);
    assert_eq!(parse(text).0.profiles, ["prod"]);
}

#[test]
fn workloads_and_stores_are_checked() {
    let text = "[[workload]]\npartitions = 0\n[[workload]]\nname = \"x\"\nconfig = [\"[\"]\nstores = [{ name = \"s\", kind = \"tree\" }, { kind = \"window\", retention = \"long\" }]\n";
    let messages: Vec<String> = mistakes(text)
        .into_iter()
        .map(|(_, message)| message)
        .collect();
    assert_eq!(messages.len(), 6, "{messages:#?}");
    assert!(
        messages
            .iter()
            .any(|message| message == "a workload needs a `name`")
    );
    assert!(
        messages
            .iter()
            .any(|message| message.starts_with("`tree` is no kind of store"))
    );
    assert!(
        messages
            .iter()
            .any(|message| message == "a store needs a `name`")
    );
}

#[test]
fn broken_toml_is_told_as_such() {
    let (_, mistakes) = parse("\u{feff}profiles = [\nkafka-version\n");
    assert!(mistakes.iter().all(|mistake| mistake.is_syntax));
    assert!(!mistakes.is_empty());
}
