//! What librdkafka's constructor refuses of several settings: `rd_kafka_conf_finalize`, `rd_kafka_new`.

use super::{Fact, View};
use crate::client::{Client, ClientKind};
use crate::facts::truth;
use crate::librdkafka::{Sides, effective, is_mixed};
use crate::value::Value;
use tunelint_base::Location;
use tunelint_catalog::librdkafka::Side;

mod any;
mod consumer;
mod producer;

/// Settings that contradict each other.
struct Found {
    /// Where to point.
    at: &'static str,
    /// What it contradicts, where that is written.
    with: Option<&'static str>,
    /// Both, with their values.
    text: String,
    /// Whether some client of that kind takes them all the same.
    doubtful: bool,
}

impl Found {
    fn new(at: &'static str, with: Option<&'static str>, text: String) -> Self {
        Self {
            at,
            with,
            text,
            doubtful: false,
        }
    }
}

type Check = fn(&Settings<'_>) -> Option<Found>;

/// The settings of one client, as librdkafka sees them.
struct Settings<'m>(&'m Client<'m>);

impl Settings<'_> {
    /// Whether it is set to something; an empty text is librdkafka's way of setting nothing.
    fn is_set(&self, key: &str) -> bool {
        let entry = self.0.entry(key);
        entry.is_some_and(|entry| !entry.setting.value.trim().is_empty())
    }

    fn number(&self, key: &'static str) -> Option<i64> {
        effective(self.0, key).int()
    }

    fn flag(&self, key: &'static str) -> Option<bool> {
        match effective(self.0, key).value {
            Value::Bool(flag) => Some(flag),
            _ => None,
        }
    }

    fn word(&self, key: &'static str) -> Option<String> {
        match effective(self.0, key).value {
            Value::Str(text) => Some(text.into_owned()),
            _ => None,
        }
    }

    /// The property with its value, under the name that somebody wrote.
    fn told(&self, key: &'static str) -> String {
        let value = effective(self.0, key).value.show(None);
        match self.0.entry(key) {
            Some(entry) => format!("`{}` ({value})", entry.setting.written),
            None => format!("`{key}` ({value} by default)"),
        }
    }

    /// What somebody wrote, as a clause.
    fn said(&self, key: &'static str) -> String {
        let value = effective(self.0, key).value.show(None);
        let entry = self.0.entry(key);
        let name = entry.map_or(key, |entry| &*entry.setting.written);
        format!("`{name}` is {value}")
    }

    /// `a` must be at least `b`, and is not; one of them is written.
    fn below(&self, a: &'static str, b: &'static str) -> Option<Found> {
        let (one, other) = (self.number(a)?, self.number(b)?);
        let (at, with) = match (self.is_set(a), self.is_set(b)) {
            (true, with) => (a, with.then_some(b)),
            (false, true) => (b, None),
            (false, false) => return None,
        };
        let text = format!("{} must be at least {}", self.told(a), self.told(b));
        (one < other).then(|| Found::new(at, with, text))
    }
}

/// The first contradiction, and whom it concerns. What only a producer looks at is nothing to a
/// consumer, and the reverse.
fn find<'m>(view: &View<'m>) -> Option<(&'m Client<'m>, Found, Side)> {
    let client = view
        .client
        .filter(|client| client.kind == ClientKind::Librdkafka)?;
    let settings = Settings(client);
    let sides = Sides::of(client);
    let all: [(&[Check], Side, bool); 3] = [
        (producer::CHECKS, Side::Producer, sides.producer),
        (consumer::CHECKS, Side::Consumer, sides.consumer),
        (any::CHECKS, Side::Any, true),
    ];
    let asked = all.into_iter().filter(|(.., asked)| *asked);
    let mut found = asked.filter_map(|(checks, side, _)| {
        let found = checks.iter().find_map(|check| check(&settings))?;
        Some((client, found, side))
    });
    found.next()
}

pub(super) fn text<'m>(view: &View<'m>) -> Fact<'m> {
    let Some((client, found, _)) = find(view) else {
        return Fact::absent();
    };
    let place = |key: &str| {
        let entry = client.entry(key)?;
        Some(Location::new(entry.file, entry.setting.span))
    };
    let Some(at) = place(found.at) else {
        return Fact::absent();
    };
    let mut fact = Fact::set(Value::str(found.text), at);
    let with = found.with.and_then(place);
    fact.parts = with
        .into_iter()
        .map(|with| (with, "does not go with it".to_owned()))
        .collect();
    fact
}

pub(super) fn certain<'m>(view: &View<'m>) -> Fact<'m> {
    match find(view) {
        Some((client, found, _)) => truth(!found.doubtful && !is_mixed(client), []),
        None => Fact::absent(),
    }
}

pub(super) fn whose<'m>(view: &View<'m>) -> Fact<'m> {
    match find(view) {
        Some((_, _, side)) => crate::facts::text(match side {
            Side::Producer => "a producer",
            Side::Consumer => "a consumer",
            Side::Any => "a client",
        }),
        None => Fact::absent(),
    }
}
