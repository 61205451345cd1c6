//! What Java sources say about Kafka Streams: RocksDB config setters, state stores, windows.
//!
//! [`read`] takes one source and never fails: what is not plain is left unknown, and a broken
//! part does not hide the rest. Without the feature `java` it finds nothing.

mod facts;
#[cfg(feature = "java")]
mod fold;
#[cfg(feature = "java")]
mod outline;
#[cfg(feature = "java")]
mod setter;
#[cfg(feature = "java")]
mod syntax;
#[cfg(feature = "java")]
mod topology;

#[cfg(all(test, feature = "java"))]
mod tests;

pub use facts::{
    Argument, Close, ConfigSetter, Const, Holder, JavaFacts, Native, NativeKind, OptionCall, Place,
    Receiver, Registration, StoreKind, StoreUse, Suppress, TableConfig, TableUse,
};

/// Words of which one stands in every source that has something to say.
const WORDS: [&str; 7] = [
    "RocksDBConfigSetter",
    "rocksdb.config.setter",
    "ROCKSDB_CONFIG_SETTER_CLASS_CONFIG",
    "StreamsBuilder",
    "KafkaStreams",
    "org.apache.kafka.streams",
    "Stores.",
];

/// Sources longer than this are generated, and left alone.
const LONGEST: usize = 1 << 20;

/// Whether a source is worth parsing: a cheap look at its text.
#[must_use]
pub fn may_say_something(text: &str) -> bool {
    text.len() <= LONGEST && WORDS.iter().any(|word| text.contains(word))
}

/// The package and the file's own class, by a cheap look: for sources that say nothing else.
#[must_use]
pub fn outline(text: &str, stem: &str) -> JavaFacts {
    let mut lines = text.lines().map(str::trim_start).take(400);
    let package = lines.find_map(|line| line.strip_prefix("package "));
    let package = package
        .and_then(|rest| rest.split(';').next())
        .map_or("", str::trim)
        .to_owned();
    let own = if package.is_empty() {
        stem.to_owned()
    } else {
        format!("{package}.{stem}")
    };
    JavaFacts {
        package,
        types: vec![own],
        ..JavaFacts::default()
    }
}

/// Reads a source, or as much of one as stands in a document.
#[must_use]
pub fn read(text: &str) -> JavaFacts {
    if !may_say_something(text) {
        return JavaFacts::default();
    }
    parsed(text)
}

#[cfg(feature = "java")]
fn parsed(text: &str) -> JavaFacts {
    syntax::parse(text).map_or_else(JavaFacts::default, |tree| outline::read(text, &tree))
}

#[cfg(not(feature = "java"))]
fn parsed(_text: &str) -> JavaFacts {
    JavaFacts::default()
}
