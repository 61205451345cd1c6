//! The effective value of a Kafka key: what is written, else what Streams puts there, else the default.

use crate::client::{Client, ClientKind};
use crate::librdkafka;
use crate::value::{Fact, Type, Value};
use crate::view::View;
use tunelint_base::origin::DefaultOf;
use tunelint_base::{KafkaVersion, Location, Origin, Unit};
use tunelint_catalog::kafka::{self, Key, Parsed, Scope, embedded};

/// The type of a key in conditions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyType {
    /// What its value is.
    pub ty: Type,
    /// What its number counts.
    pub unit: Option<Unit>,
}

/// The type that `cfg[name]` has, the same in all scopes that know the key; for a key that only
/// librdkafka has, what it says.
#[must_use]
pub fn key_type(name: &str) -> Option<KeyType> {
    let Some(scope) = kafka::scopes_of(name).next() else {
        return librdkafka::key_type(name);
    };
    let key = kafka::find(scope, name)?;
    let ty = match key.ty(newest_with(key)) {
        kafka::Type::Boolean => Type::Bool,
        kafka::Type::Int | kafka::Type::Long | kafka::Type::Short => Type::Int,
        kafka::Type::Double => Type::Double,
        kafka::Type::List => Type::Strings,
        kafka::Type::String | kafka::Type::Class | kafka::Type::Password => Type::Str,
    };
    Some(KeyType {
        ty,
        unit: key.unit(),
    })
}

/// A version that has the key, the newest one.
fn newest_with(key: &Key) -> KafkaVersion {
    let mut versions = kafka::VERSIONS.iter().rev();
    versions
        .find(|version| key.exists_in(**version))
        .copied()
        .unwrap_or(kafka::NEWEST_RELEASE)
}

/// The effective value of `name` for the client of the view.
#[must_use]
pub fn effective<'m>(view: &View<'m>, name: &'static str) -> Fact<'m> {
    let Some(client) = view.client else {
        return Fact::unknown(format!("the client that {name} is for"));
    };
    of_client(view, client, name)
}

/// The effective value of `name` for `client`.
pub(super) fn of_client<'m>(
    view: &View<'m>,
    client: &'m Client<'m>,
    name: &'static str,
) -> Fact<'m> {
    if client.kind == ClientKind::Librdkafka {
        return librdkafka::effective(client, name);
    }
    let Some(key) = key_of(client.kind, name) else {
        return Fact::unknown(format!(
            "{name}, which a {} does not have",
            client.kind.as_str()
        ));
    };
    if let Some(entry) = client.entry(name) {
        let location = Location::new(entry.file, entry.setting.span);
        if client.hides(entry.setting) {
            return Fact::new(
                Value::unknown(format!("{name}, behind a placeholder")),
                Origin::Set(location),
            );
        }
        if key.is_secret() {
            return Fact::set(Value::str("[redacted]"), location);
        }
        return match kafka::check(key, client.kafka, &entry.setting.value) {
            Ok(parsed) => Fact::set(value_of(parsed), location),
            Err(_) => Fact::new(
                Value::unknown(format!("{name}, whose value is refused")),
                Origin::Set(location),
            ),
        };
    }
    if !key.exists_in(client.kafka) {
        return Fact::unknown(format!(
            "{name}, which Kafka {} does not have",
            client.kafka
        ));
    }
    if let Some(value) = overridden(view, client, name) {
        return value;
    }
    let origin = Origin::Default(DefaultOf::Kafka(client.kafka));
    match key.default(client.kafka).text() {
        Some(text) => match kafka::check(key, client.kafka, text) {
            Ok(parsed) => Fact::new(value_of(parsed), origin),
            Err(_) => Fact::new(Value::str(text), origin),
        },
        None => Fact::new(Value::Absent, origin),
    }
}

/// The key as a client of that kind knows it.
fn key_of(kind: ClientKind, name: &str) -> Option<&'static Key> {
    kind.targets(name).into_iter().find_map(|target| target.key)
}

/// What other software hands the client where the user writes nothing: Kafka Streams its own
/// clients, a framework those that it makes.
fn overridden<'m>(view: &View<'m>, client: &Client<'_>, name: &str) -> Option<Fact<'m>> {
    if let (Some(framework), None) = (client.facts.framework(), client.parent) {
        let text = framework.default(client.kind, name)?;
        let key = key_of(client.kind, name)?;
        let parsed = kafka::check(key, client.kafka, text).ok()?;
        let origin = Origin::Override(framework.as_str().to_owned());
        return Some(Fact::new(value_of(parsed), origin));
    }
    let parent = view.model.clients.get(client.parent?)?;
    let inner = match client.kind {
        ClientKind::Producer => embedded::Client::StreamsProducer,
        ClientKind::Consumer => embedded::Client::StreamsMain,
        ClientKind::Admin => embedded::Client::StreamsAdmin,
        _ => return None,
    };
    let exactly_once = parent.is_exactly_once();
    let text = embedded::default(inner, name, client.kafka, exactly_once)?.literal()?;
    let scope = match client.kind {
        ClientKind::Producer => Scope::Producer,
        ClientKind::Admin => Scope::Admin,
        _ => Scope::Consumer,
    };
    let parsed = kafka::check(kafka::find(scope, name)?, client.kafka, text).ok()?;
    let origin = Origin::Override("Kafka Streams".to_owned());
    Some(Fact::new(value_of(parsed), origin))
}

fn value_of(parsed: Parsed<'_>) -> Value<'_> {
    match parsed {
        Parsed::Bool(value) => Value::Bool(value),
        Parsed::Int(value) => Value::Int(value),
        Parsed::Double(value) => Value::Double(value),
        Parsed::Str(text) | Parsed::Class(text) => Value::str(text),
        Parsed::List(items) => Value::List(items.into_iter().map(Value::str).collect()),
        Parsed::Password(_) => Value::str("[redacted]"),
    }
}
