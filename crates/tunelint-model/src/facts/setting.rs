//! Facts of one key and value: what Kafka makes of it.

use super::{Decl, decl, text, truth};
use crate::client::{Client, Entry};
use crate::model::EntityRef;
use crate::setting::{is_placeholder, is_secret_name};
use crate::validity::is_known;
use crate::value::{Fact, Type, Value};
use crate::view::View;
use tunelint_base::origin::DefaultOf;
use tunelint_base::{Entity, Location, Origin, Span};
use tunelint_catalog::kafka::{self, Fault};

mod class;
mod comment;
mod number;
mod unworkable;

const ON: Entity = Entity::Setting;

pub(super) const FACTS: &[Decl] = &[
    decl(
        "setting.comment",
        ON,
        Type::Str,
        "The `#` or `!` comment that stands in the value, where it looks like one",
        comment::comment,
    ),
    decl(
        "setting.comment_refused",
        ON,
        Type::Bool,
        "Whether Kafka refuses the value because of the comment in it",
        comment::refused,
    ),
    decl(
        "setting.default",
        ON,
        Type::Str,
        "The default of the key",
        default,
    ),
    decl(
        "setting.expected",
        ON,
        Type::Str,
        "What the value must be, where it is refused",
        expected,
    ),
    decl(
        "setting.fault",
        ON,
        Type::Str,
        "Why the value is refused: type, range, enum, empty or form; empty where it is not",
        fault,
    ),
    decl(
        "setting.full_class_name",
        ON,
        Type::Str,
        "The class of Kafka's that is known by the short name in the value",
        class::full,
    ),
    decl(
        "setting.handed_on",
        ON,
        Type::Bool,
        "Whether the value is only handed on, so that loading does not refuse it",
        handed_on,
    ),
    decl(
        "setting.head",
        ON,
        Type::Str,
        "The value before the comment in it",
        comment::head,
    ),
    decl(
        "setting.holds_secret",
        ON,
        Type::Bool,
        "Whether a secret stands in the value in clear text",
        holds_secret,
    ),
    decl(
        "setting.is_default",
        ON,
        Type::Bool,
        "Whether the value is what would hold without it",
        is_default,
    ),
    decl(
        "setting.key",
        ON,
        Type::Str,
        "The key as it is written",
        key,
    ),
    decl(
        "setting.known",
        ON,
        Type::Bool,
        "Whether this version of Kafka has the key",
        known,
    ),
    decl(
        "setting.literal",
        ON,
        Type::Bool,
        "Whether the value stands there, and not a placeholder for it",
        literal,
    ),
    decl(
        "setting.name",
        ON,
        Type::Str,
        "The key as Kafka knows it",
        name,
    ),
    decl(
        "setting.near",
        ON,
        Type::Str,
        "The key that was probably meant, where the written one is unknown",
        near,
    ),
    decl(
        "setting.overwritten_by",
        ON,
        Type::Str,
        "The value of the same key further down in the file",
        overwritten,
    ),
    decl(
        "setting.secret",
        ON,
        Type::Bool,
        "Whether the value is a secret",
        secret,
    ),
    decl(
        "setting.unworkable",
        ON,
        Type::Str,
        "What a number does that no client refuses although it cannot work, as a clause",
        unworkable::unworkable,
    ),
    decl(
        "setting.undotted_class",
        ON,
        Type::Str,
        "A name in place of a class name that has no package",
        class::undotted,
    ),
    decl(
        "setting.undotted_in_list",
        ON,
        Type::Bool,
        "Whether that name stands in a list of classes, which clients load when they are made",
        class::in_list,
    ),
    decl(
        "setting.unit_suffix",
        ON,
        Type::Str,
        "The unit after the number, or what groups its digits, in a value that must be a plain number",
        number::suffix,
    ),
    decl(
        "setting.unit_value",
        ON,
        Type::Str,
        "What the value with its unit would be as a plain number",
        number::plain,
    ),
    decl(
        "setting.value",
        ON,
        Type::Str,
        "The value; `[redacted]` where it is secret",
        value,
    ),
];

pub(in crate::facts) fn with<'m>(
    view: &View<'m>,
    then: impl FnOnce(&'m Client<'m>, Entry<'m>) -> Fact<'m>,
) -> Fact<'m> {
    match (view.client, view.setting) {
        (Some(client), Some(entry)) => then(client, entry),
        _ => Fact::unknown("the setting"),
    }
}

pub(in crate::facts) fn value_place(entry: Entry<'_>) -> Location {
    let setting = entry.setting;
    // An empty value has no text to point at; its key has.
    let span = if setting.value_span.is_empty() {
        setting.key_span
    } else {
        trimmed(setting.value_span, &setting.value)
    };
    Location::new(entry.file, span)
}

/// Without the blanks around the value, where the text stands verbatim.
fn trimmed(span: Span, value: &str) -> Span {
    let (start, end) = (
        value.len() - value.trim_start().len(),
        value.len() - value.trim_end().len(),
    );
    if span.len() == value.len() {
        Span::new(span.start as usize + start, span.end as usize - end)
    } else {
        span
    }
}

pub(super) fn is_secret(entry: Entry<'_>) -> bool {
    let setting = entry.setting;
    is_secret_name(&setting.name)
        || is_secret_name(&setting.written)
        || crate::client_secret(entry.name)
}

/// Whether the client logs in by SASL, as it says itself: only then is its JAAS configuration read.
pub(super) fn uses_sasl(client: &Client<'_>) -> bool {
    client
        .written("security.protocol")
        .is_some_and(|protocol| protocol.to_ascii_uppercase().starts_with("SASL_"))
}

/// Whether Kafka refuses a value that holds more than its text: by the key's own check, or because
/// a class or an address is looked for by that name. Measured on clients 2.8 to 4.5.
pub(super) fn refused_as_it_stands(view: &View<'_>) -> bool {
    const STRICT: [&str; 5] = [
        "bootstrap.servers",
        "interceptor.classes",
        "metric.reporters",
        "partition.assignment.strategy",
        "ssl.protocol",
    ];
    let Some(client) = view.client else {
        return false;
    };
    let mut parsed = view.targets().iter().filter(|target| target.parsed);
    let read = parsed.find_map(|target| {
        let key = target.key.filter(|key| key.exists_in(client.kafka))?;
        Some((key.ty(client.kafka), key.name()))
    });
    let strictly =
        read.is_some_and(|(ty, name)| ty == kafka::Type::Class || STRICT.contains(&name));
    strictly || view.refusal().is_some_and(|refusal| refusal.at_load)
}

fn shown<'m>(entry: Entry<'m>) -> Value<'m> {
    if is_secret(entry) {
        Value::str("[redacted]")
    } else {
        Value::str(entry.setting.value.trim())
    }
}

fn key<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |_, entry| {
        Fact::set(
            Value::str(&*entry.setting.written),
            Location::new(entry.file, entry.setting.key_span),
        )
    })
}

fn name<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |_, entry| {
        Fact::set(
            Value::str(entry.name),
            Location::new(entry.file, entry.setting.key_span),
        )
    })
}

fn value<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |client, entry| {
        if client.hides(entry.setting) {
            return Fact::new(
                Value::unknown("a value behind a placeholder"),
                Origin::Set(value_place(entry)),
            );
        }
        Fact::set(shown(entry), value_place(entry))
    })
}

fn fault<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |client, entry| {
        if client.hides(entry.setting) {
            return Fact::unknown("a value behind a placeholder");
        }
        let word = view.refusal().map_or("", |refusal| match refusal.fault {
            Fault::WrongType { .. } => "type",
            Fault::TooBig { .. } | Fault::OutOfRange { .. } | Fault::TooMany { .. } => "range",
            Fault::NotOneOf { .. } => "enum",
            Fault::Empty => "empty",
            Fault::EmptyElement | Fault::Duplicate | Fault::Malformed { .. } => "form",
        });
        // A number that is missing is of the wrong type; what else is empty has a fault of its own.
        Fact::set(Value::str(word), value_place(entry))
    })
}

fn expected<'m>(view: &View<'m>) -> Fact<'m> {
    view.refusal()
        .map_or_else(Fact::absent, |refusal| text(refusal.fault.to_string()))
}

fn handed_on<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |_, _| {
        let targets = view.targets();
        truth(
            !targets.is_empty() && targets.iter().all(|target| !target.parsed),
            [],
        )
    })
}

fn known<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |client, _| {
        truth(is_known(view.targets(), client.kafka), [])
    })
}

fn literal<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |client, entry| {
        let value = entry.setting.value.trim();
        truth(!value.is_empty() && !client.hides(entry.setting), [])
    })
}

fn secret<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |_, entry| truth(is_secret(entry), []))
}

/// A JAAS configuration is a secret only where it spells a password; a key table is none. The
/// options `user_<name>` of a broker's PlainLoginModule are passwords.
fn holds_secret<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |client, entry| {
        let value = entry.setting.value.trim();
        let jaas = entry.name.ends_with("jaas.config");
        let spelled = || match tunelint_syntax::jaas::parse(value) {
            Ok(modules) => {
                modules
                    .iter()
                    .flat_map(|module| &module.options)
                    .any(|(name, option)| {
                        (is_secret_name(name) || name.starts_with("user_"))
                            && !option.is_empty()
                            && !is_placeholder(option)
                    })
            }
            Err(_) => ["assword", "ecret"].iter().any(|word| value.contains(word)),
        };
        truth(
            is_secret(entry)
                && !value.is_empty()
                && !client.hides(entry.setting)
                && (!jaas || spelled()),
            [],
        )
    })
}

fn near<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |client, entry| {
        let targets = view.targets();
        // What a name of another client says is no slip, and in no version is what another has.
        let elsewhere = kafka::scopes_of(entry.name).next().is_some()
            || targets.iter().any(|target| target.key.is_some());
        if elsewhere || targets.is_empty() {
            return Fact::absent();
        }
        let scopes: Vec<_> = targets.iter().map(|target| target.scope).collect();
        let bare = targets[0].name;
        let prefix = entry.name.strip_suffix(bare).unwrap_or("");
        let near = kafka::nearest(&scopes, bare, client.kafka);
        near.map_or_else(Fact::absent, |near| text(format!("{prefix}{near}")))
    })
}

fn overwritten<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |client, _| {
        let later = match view.entity {
            EntityRef::Setting(_, index) => client.again.get(index).copied().flatten(),
            _ => None,
        };
        let later = later.and_then(|at| client.settings.get(at).copied());
        later.map_or_else(Fact::absent, |later| {
            let mut fact = Fact::set(shown(later), value_place(later));
            fact.parts = vec![(
                Location::new(later.file, later.setting.span),
                "this one counts".to_owned(),
            )];
            fact
        })
    })
}

fn default_text(view: &View<'_>, client: &Client<'_>) -> Option<&'static str> {
    // `StreamsConfig.postProcessParsedConfig` puts another default there.
    let commits = view
        .setting
        .is_some_and(|entry| entry.name == "commit.interval.ms");
    if commits && client.kind == crate::ClientKind::Streams && client.is_exactly_once() {
        return Some("100");
    }
    let target = view
        .targets()
        .iter()
        .find(|target| target.key.is_some_and(|key| key.exists_in(client.kafka)))?;
    let handed = view
        .setting
        .and_then(|entry| crate::embedded::handed(client, entry.name, target.scope));
    handed.or_else(|| target.key?.default(client.kafka).text())
}

fn default<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |client, _| {
        let origin = Origin::Default(DefaultOf::Kafka(client.kafka));
        default_text(view, client)
            .map_or_else(Fact::absent, |value| Fact::new(Value::str(value), origin))
    })
}

/// The same once parsed: `16384` and `+16384` are one default. Only where one reader decides what
/// the default is; inside Streams that is what it hands its clients.
fn is_default<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |client, entry| {
        let readers = view
            .targets()
            .iter()
            .filter(|target| target.key.is_some_and(|key| key.exists_in(client.kafka)))
            .count();
        // A framework's default is not Kafka's.
        let framework = client.facts.framework();
        let own = framework.is_some_and(|it| it.default(client.kind, entry.name).is_some());
        let own = own || crate::embedded::overrides(client, entry.name);
        if readers != 1 || own || client.hides(entry.setting) || view.refusal().is_some() {
            return truth(false, []);
        }
        let key = view.targets().iter().find_map(|target| target.key);
        let same = key
            .zip(default_text(view, client))
            .is_some_and(|(key, default)| {
                let parse = |text| kafka::check(key, client.kafka, text).ok();
                parse(default) == parse(&entry.setting.value)
            });
        truth(same, [])
    })
}
