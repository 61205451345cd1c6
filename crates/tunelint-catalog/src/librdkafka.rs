//! librdkafka's properties: what they hold, what the Java clients call the same, and what it says to a value.

mod check;
mod description;
mod number;

pub use check::check;
pub use number::{Cause, Reading};

use std::fmt;

/// The release that the table was read from, and that its verdicts were recorded with.
pub const VERSION: &str = "2.16";

/// Where a property belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// To a client.
    Global,
    /// To a client's topics; set with `topic.` before its name, or without where no property of
    /// the client has that name.
    Topic,
}

/// Which client uses a property. The other one takes it all the same, with a line in the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Every client.
    Any,
    /// A producer.
    Producer,
    /// A consumer.
    Consumer,
}

/// What a value is read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// `true`, `t` or `1`, `false`, `f` or `0`.
    Boolean,
    /// A whole number of 32 bits, as `strtol` reads it.
    Integer,
    /// A number with a fraction, as `strtod` reads it.
    Float,
    /// One of some words, in any case.
    Enum,
    /// One of some words, in exactly that spelling.
    Exact,
    /// Some of some words, with commas between.
    Flags,
    /// Any text.
    String,
    /// Regular expressions, with commas between.
    Patterns,
    /// Nothing that a file can say: a function or an object of the program.
    Code,
}

impl Type {
    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Boolean => "boolean",
            Self::Integer => "integer",
            Self::Float => "float",
            Self::Enum | Self::Exact => "enum",
            Self::Flags => "list of words",
            Self::String => "string",
            Self::Patterns => "list of patterns",
            Self::Code => "set by the program",
        }
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The values that a property takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Range {
    /// All of its type.
    None,
    /// Numbers from the first to the second, both included.
    Between(i32, i32),
    /// These words.
    OneOf(&'static [&'static str]),
}

/// What is to be said of a property.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Note {
    /// librdkafka logs that it is deprecated.
    Deprecated,
    /// It is taken and has no effect.
    Unused,
    /// Only on Windows; elsewhere it is refused.
    Windows,
}

/// A property of librdkafka.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// Where it belongs.
    pub level: Level,
    /// Which client uses it.
    pub side: Side,
    /// What its value is read as.
    pub ty: Type,
    /// What holds where it is not set.
    pub default: Option<&'static str>,
    /// The values that it takes.
    pub range: Range,
    /// The property that it is another name of.
    pub alias_of: Option<&'static str>,
    /// The key of the Java clients that means the same, which often has the same name.
    pub java: Option<&'static str>,
    /// What does the same work in Java, where no key takes the same values.
    pub instead: Option<&'static str>,
    /// What is to be said of it.
    pub note: Option<Note>,
}

include!(concat!(env!("OUT_DIR"), "/librdkafka.rs"));

impl Key {
    /// The property itself, where this is another name of it.
    #[must_use]
    pub fn canonical(&self) -> &Self {
        self.alias_of
            .and_then(|name| at(name, self.level))
            .unwrap_or(self)
    }
}

/// Every property, by name; one name may stand for two of them, the client's first.
#[must_use]
pub fn keys() -> &'static [Key] {
    KEYS
}

fn at(name: &str, level: Level) -> Option<&'static Key> {
    let place = KEYS.binary_search_by(|key| (key.name, key.level).cmp(&(name, level)));
    place.ok().and_then(|place| KEYS.get(place))
}

/// The property that `rd_kafka_conf_set` sets for that name: the client's, else the topics'.
#[must_use]
pub fn find(name: &str) -> Option<&'static Key> {
    at(name, Level::Global)
        .or_else(|| at(name.strip_prefix("topic.").unwrap_or(name), Level::Topic))
}

/// Whether two names stand for one property.
#[must_use]
pub fn is_same(one: &str, other: &str) -> bool {
    let canonical = |name| find(name).map(|key| (key.canonical().name, key.level));
    one == other || canonical(one).is_some_and(|found| canonical(other) == Some(found))
}

/// The properties that mean the same as the Java clients' key of that name, or do its work.
pub fn for_java(java: &str) -> impl Iterator<Item = &'static Key> {
    let begins = move |text: &str| {
        text.strip_prefix(java)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', ',']))
    };
    let mut last = "";
    KEYS.iter().filter(move |key| {
        let meant = key.java == Some(java) || key.instead.is_some_and(begins);
        let new = meant && key.name != last;
        if new {
            last = key.name;
        }
        new
    })
}

/// The property that was probably meant by `name`, at most two slips away; `None` where `name`
/// itself is one. Names without a dot are words that programs use for settings of their own.
#[must_use]
pub fn nearest(name: &str) -> Option<&'static str> {
    if find(name).is_some() {
        return None;
    }
    let telling = |name: &&str| name.contains('.') || matches!(*name, "acks" | "retries");
    let settable = KEYS.iter().filter(|key| key.ty != Type::Code);
    crate::nearest::nearest(name, settable.map(|key| key.name).filter(telling), true)
}

#[cfg(test)]
mod tests;
