//! What librdkafka makes of the settings of its clients, in the terms of the Java clients' facts.

use crate::client::{Client, Entry};
use crate::facts::KeyType;
use crate::validity::Refusal;
use crate::value::{Fact, Type, Value};
use tunelint_base::origin::DefaultOf;
use tunelint_base::{Location, Origin, Unit};
use tunelint_catalog::kafka::{self, Fault, Parsed, Scope};
use tunelint_catalog::librdkafka::{self, Key, Side};

/// Properties that hold a private key, whose names do not say so.
pub(crate) const SECRETS: [&str; 2] = ["sasl.oauthbearer.assertion.private.key.pem", "ssl.key.pem"];

/// Which clients the settings are for, as far as they tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sides {
    /// Whether one of them is a producer's.
    pub(crate) producer: bool,
    /// Whether one of them is a consumer's.
    pub(crate) consumer: bool,
}

impl Sides {
    /// Of a client's settings.
    pub(crate) fn of(client: &Client<'_>) -> Self {
        let has = |side| {
            let mut keys = client.settings.iter().filter_map(key);
            keys.any(|key| key.side == side)
        };
        Self {
            producer: has(Side::Producer),
            consumer: has(Side::Consumer),
        }
    }
}

/// The property that an entry sets.
pub(crate) fn key(entry: &Entry<'_>) -> Option<&'static Key> {
    librdkafka::find(entry.name)
}

/// Whether only the Java clients have a key of that name.
pub(crate) fn is_java_only(name: &str) -> bool {
    let clients = [Scope::Producer, Scope::Consumer, Scope::Admin];
    name.contains('.')
        && librdkafka::find(name).is_none()
        && kafka::scopes_of(name).any(|scope| clients.contains(&scope))
}

/// Whether keys of the Java clients stand among the settings, so that not all of them can be meant
/// for librdkafka.
pub(crate) fn is_mixed(client: &Client<'_>) -> bool {
    client.settings.iter().any(|entry| is_java_only(entry.name))
}

/// Why librdkafka refuses the value. What becomes of a number beyond 32 bits depends on the system,
/// and what becomes of quotes and of a comment behind a value on the program, which may take them
/// off, unless the file is the whole configuration as it stands.
pub(crate) fn refusal(client: &Client<'_>, entry: &Entry<'_>) -> Option<Refusal> {
    let fault = librdkafka::check(key(entry)?, &entry.setting.value).err()?;
    let certain = !matches!(fault, Fault::TooBig { .. });
    certain.then_some(Refusal {
        fault,
        at_load: client.facts.complete,
    })
}

/// The property that was probably meant, where nobody has the written one.
pub(crate) fn near(entry: &Entry<'_>) -> Option<&'static str> {
    let elsewhere = kafka::scopes_of(entry.name).next().is_some();
    librdkafka::nearest(entry.name).filter(|_| !elsewhere)
}

/// Whether the value is what holds without it. Some defaults depend on the kind of client or on
/// other settings.
pub(crate) fn is_default(client: &Client<'_>, entry: &Entry<'_>) -> bool {
    const DEPENDENT: [&str; 5] = [
        "allow.auto.create.topics",
        "connections.max.idle.ms",
        "fetch.max.bytes",
        "metadata.max.age.ms",
        "sticky.partitioning.linger.ms",
    ];
    let Some(key) = key(entry).filter(|_| !client.hides(entry.setting)) else {
        return false;
    };
    let Some(default) = key.canonical().default else {
        return false;
    };
    let value = librdkafka::check(key, &entry.setting.value);
    !DEPENDENT.contains(&key.name) && value.is_ok() && value == librdkafka::check(key, default)
}

/// The type of `cfg[name]` for a key that the Java clients lack.
pub(crate) fn key_type(name: &str) -> Option<KeyType> {
    let ty = match librdkafka::find(name)?.canonical().ty {
        librdkafka::Type::Boolean => Type::Bool,
        librdkafka::Type::Integer | librdkafka::Type::Float => Type::Int,
        librdkafka::Type::Flags | librdkafka::Type::Patterns => Type::Strings,
        _ => Type::Str,
    };
    let unit = match name.rsplit('.').next() {
        Some("ms") => Some(Unit::Millis),
        Some("bytes") => Some(Unit::Bytes),
        _ => None,
    };
    Some(KeyType {
        ty,
        unit: unit.filter(|_| ty == Type::Int),
    })
}

/// The effective value of `name`, of the type that rules expect of the key.
pub(crate) fn effective<'m>(client: &'m Client<'m>, name: &'static str) -> Fact<'m> {
    let (Some(key), Some(wanted)) = (librdkafka::find(name), crate::facts::key_type(name)) else {
        return Fact::unknown(format!("{name}, which librdkafka does not have"));
    };
    let Some(entry) = client.entry(name) else {
        let origin = Origin::Default(DefaultOf::Librdkafka);
        let default = key.canonical().default;
        let value = default
            .and_then(|text| Some(value_of(key, librdkafka::check(key, text).ok()?, wanted.ty)));
        return Fact::new(value.unwrap_or(Value::Absent), origin);
    };
    let origin = Origin::Set(Location::new(entry.file, entry.setting.span));
    if client.hides(entry.setting) {
        let what = format!("{name}, behind a placeholder");
        return Fact::new(Value::unknown(what), origin);
    }
    if crate::setting::is_secret_name(entry.name) || crate::client_secret(entry.name) {
        return Fact::new(Value::str("[redacted]"), origin);
    }
    match librdkafka::check(key, &entry.setting.value) {
        Ok(parsed) => Fact::new(value_of(key, parsed, wanted.ty), origin),
        Err(_) => {
            let what = format!("{name}, whose value is refused");
            Fact::new(Value::unknown(what), origin)
        }
    }
}

/// A value as rules know it of the Java clients: `acks` is a text, and words have one spelling.
fn value_of<'t>(key: &Key, parsed: Parsed<'t>, wanted: Type) -> Value<'t> {
    match (parsed, wanted) {
        (Parsed::Bool(value), _) => Value::Bool(value),
        (Parsed::Int(-1), Type::Str) => Value::str("all"),
        (Parsed::Int(number), Type::Str) => Value::str(number.to_string()),
        (Parsed::Int(number), _) => Value::Int(number),
        (Parsed::Double(number), _) if number.is_nan() => Value::unknown("a number"),
        (Parsed::Double(number), _) => Value::Int(floor(number)),
        (Parsed::List(items), _) => Value::List(items.into_iter().map(Value::str).collect()),
        (Parsed::Str(text) | Parsed::Class(text), Type::Strings) => {
            let items = text.split(',').map(str::trim);
            let items = items.filter(|item| !item.is_empty()).map(Value::str);
            Value::List(items.collect())
        }
        (Parsed::Str(text), _) if key.name == "auto.offset.reset" => {
            Value::str(reset(text).unwrap_or(text))
        }
        (Parsed::Str(text) | Parsed::Class(text), _) => Value::str(text),
        (Parsed::Password(_), _) => Value::str("[redacted]"),
    }
}

/// Whole milliseconds; librdkafka takes parts of one, too.
#[allow(
    clippy::cast_possible_truncation,
    reason = "checked to lie within the key's range"
)]
fn floor(number: f64) -> i64 {
    number.floor() as i64
}

/// The Java clients' word for where to begin to read.
fn reset(text: &str) -> Option<&'static str> {
    let is = |words: [&str; 3]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
    if is(["smallest", "earliest", "beginning"]) {
        Some("earliest")
    } else if is(["largest", "latest", "end"]) {
        Some("latest")
    } else {
        None
    }
}
