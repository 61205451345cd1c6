//! JAAS configurations: what is refused, what cannot work, and what is dangerous.

use super::oauth::property;
use super::on;
use crate::client::Entry;
use crate::connection::{Connection, Given};
use crate::facts::setting::value_place;
use crate::facts::{Decl, decl, text, truth};
use crate::setting::is_placeholder;
use crate::value::{Fact, Type, Value};
use crate::view::View;
use tunelint_base::{Entity, Location};
use tunelint_syntax::jaas::{Module, parse};

const ON: Entity = Entity::Setting;

pub(super) const FACTS: &[Decl] = &[
    decl(
        "setting.jaas_fault",
        ON,
        Type::Str,
        "Why Kafka refuses the JAAS configuration in the value",
        |view| jaas(view, |_, value, entry| fault(value, entry)),
    ),
    decl(
        "setting.jaas_mismatch",
        ON,
        Type::Str,
        "The login module that the mechanism needs, where the JAAS configuration names another",
        |view| module(view, mismatch),
    ),
    decl(
        "setting.jaas_missing_option",
        ON,
        Type::Str,
        "The option without which the login module has nothing to log in with",
        |view| module(view, missing_option),
    ),
    decl(
        "setting.jaas_module",
        ON,
        Type::Str,
        "The class of the login module in the JAAS configuration",
        |view| module(view, |_, module, entry| class(module, entry)),
    ),
    decl(
        "setting.jaas_modules_listed",
        ON,
        Type::Bool,
        "Whether an option of the JVM lists the login modules that are allowed or not",
        listed,
    ),
    decl(
        "setting.jaas_unsecured",
        ON,
        Type::Bool,
        "Whether the JAAS configuration makes up OAuth tokens that nobody signs",
        |view| module(view, |_, module, entry| unsecured(module, entry)),
    ),
    decl(
        "setting.kerberos_service",
        ON,
        Type::Str,
        "What is wrong with the Kerberos service name of a login by GSSAPI: missing, unseen or conflict; empty where it is right",
        |view| on(view, |connection, _, _| service(&connection)),
    ),
    decl(
        "setting.login_given",
        ON,
        Type::Str,
        "Whether the connection that the key is for has a JAAS configuration: yes, no or unseen",
        login,
    ),
];

const KRB5: &str = "com.sun.security.auth.module.Krb5LoginModule";
const PLAIN: &str = "org.apache.kafka.common.security.plain.PlainLoginModule";
const SCRAM: &str = "org.apache.kafka.common.security.scram.ScramLoginModule";
const OAUTH: &str = "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule";

/// The JAAS configuration of a connection, as far as its modules and options can be seen:
/// placeholders in quotes hide the values of options only.
fn configuration<'m>(connection: &Connection<'m>) -> Option<&'m str> {
    let value = connection.entry("sasl.jaas.config")?.setting.value.trim();
    match connection.given("sasl.jaas.config") {
        Given::Is(value) => Some(value),
        Given::Hidden => {
            let in_quotes = is_placeholder(value) && !is_placeholder(&unquoted(value));
            in_quotes.then_some(value)
        }
        Given::Absent | Given::Unseen => None,
    }
}

/// What stands outside of quotes.
fn unquoted(text: &str) -> String {
    let mut outside = String::new();
    let mut quote = None;
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match quote {
            Some(_) if c == '\\' => drop(chars.next()),
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None if matches!(c, '"' | '\'') => quote = Some(c),
            None => outside.push(c),
        }
    }
    outside
}

/// Asks about the value of a visible `sasl.jaas.config`.
fn jaas<'m>(
    view: &View<'m>,
    then: impl FnOnce(&Connection<'m>, &'m str, Entry<'m>) -> Fact<'m>,
) -> Fact<'m> {
    on(view, |connection, bare, entry| {
        if bare != "sasl.jaas.config" {
            return Fact::absent();
        }
        match configuration(&connection) {
            Some(value) => then(&connection, value, entry),
            None => Fact::unknown("sasl.jaas.config, behind a placeholder"),
        }
    })
}

/// Asks about the one module of a JAAS configuration that Kafka can read.
fn module<'m>(
    view: &View<'m>,
    then: impl FnOnce(&Connection<'m>, &Module, Entry<'m>) -> Fact<'m>,
) -> Fact<'m> {
    jaas(view, |connection, value, entry| {
        match parse(value).as_deref() {
            Ok([module]) => then(connection, module, entry),
            _ => Fact::absent(),
        }
    })
}

/// `JaasContext.load`, and the class that a login context cannot find.
fn fault<'m>(value: &str, entry: Entry<'m>) -> Fact<'m> {
    let why = match parse(value).as_deref() {
        Err(fault) => fault.to_string(),
        Ok([module]) if is_unknown(&module.class) => {
            "Kafka has no login module of that name".to_owned()
        }
        Ok([_]) => return Fact::absent(),
        Ok(modules) => format!(
            "it names {} login modules, and must name one",
            modules.len()
        ),
    };
    Fact::set(Value::str(why), value_place(entry))
}

/// A class of Kafka's own that is none. Others may be on the class path.
fn is_unknown(class: &str) -> bool {
    class.starts_with("org.apache.kafka.common.") && ![PLAIN, SCRAM, OAUTH].contains(&class)
}

/// Only what can be the name of a class is shown: anything else might be a secret gone astray.
fn class<'m>(module: &Module, entry: Entry<'m>) -> Fact<'m> {
    let is_name = module
        .class
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || "._$".contains(c));
    if is_name && module.class.contains('.') {
        Fact::set(Value::str(module.class.clone()), value_place(entry))
    } else {
        Fact::absent()
    }
}

fn mismatch<'m>(connection: &Connection<'m>, module: &Module, entry: Entry<'m>) -> Fact<'m> {
    let wanted = match connection.given("sasl.mechanism") {
        Given::Is("PLAIN") => PLAIN,
        Given::Is("SCRAM-SHA-256" | "SCRAM-SHA-512") => SCRAM,
        Given::Is("OAUTHBEARER") => OAUTH,
        Given::Is("GSSAPI") => KRB5,
        _ => return Fact::absent(),
    };
    let known = [KRB5, PLAIN, SCRAM, OAUTH].contains(&module.class.as_str());
    if known && module.class != wanted {
        let short = wanted.rsplit('.').next().unwrap_or(wanted);
        Fact::set(Value::str(short), value_place(entry))
    } else {
        Fact::absent()
    }
}

/// A handler of one's own may know name and password from somewhere else.
fn missing_option<'m>(connection: &Connection<'m>, module: &Module, entry: Entry<'m>) -> Fact<'m> {
    let handlers = [
        "sasl.client.callback.handler.class",
        "sasl.login.callback.handler.class",
    ];
    let own = handlers
        .iter()
        .any(|key| connection.given(key).is_written());
    let wanted: &[&str] = match module.class.as_str() {
        PLAIN | SCRAM if !own => &["username", "password"],
        _ => &[],
    };
    let missing = wanted
        .iter()
        .find(|name| module.option(name).is_none_or(str::is_empty));
    missing.map_or_else(Fact::absent, |name| {
        Fact::set(Value::str(*name), value_place(entry))
    })
}

fn unsecured<'m>(module: &Module, entry: Entry<'m>) -> Fact<'m> {
    let makes_up = module
        .options
        .iter()
        .any(|(name, _)| name.starts_with("unsecuredLogin"));
    Fact::set(Value::Bool(makes_up), value_place(entry))
}

fn listed<'m>(view: &View<'m>) -> Fact<'m> {
    let lists = [
        "org.apache.kafka.disallowed.login.modules",
        "org.apache.kafka.allowed.login.modules",
    ];
    let found = view
        .jvm
        .and_then(|jvm| lists.iter().find_map(|name| property(jvm, name)));
    truth(found.is_some(), found.map(|(place, _)| place))
}

/// `KerberosLogin.getServiceName`: in the JAAS configuration, in the client's, and alike in both.
fn service<'m>(connection: &Connection<'m>) -> Fact<'m> {
    let is_gssapi = match connection.given("sasl.mechanism") {
        Given::Is(name) => name == "GSSAPI",
        Given::Absent | Given::Unseen => true,
        Given::Hidden => return Fact::unknown("sasl.mechanism, behind a placeholder"),
    };
    let Some(value) = configuration(connection) else {
        return Fact::unknown("the JAAS configuration");
    };
    if !is_gssapi || connection.given("sasl.login.class").is_written() {
        return text("");
    }
    let Ok(modules) = parse(value) else {
        return Fact::unknown("the JAAS configuration");
    };
    let in_jaas = modules
        .iter()
        .find_map(|module| module.option("serviceName"));
    match (in_jaas, connection.given("sasl.kerberos.service.name")) {
        (Some(one), Given::Is(other)) if one != other && !is_placeholder(one) => {
            let place = connection.place("sasl.kerberos.service.name");
            place.map_or_else(
                || text("conflict"),
                |place| Fact::set(Value::str("conflict"), place),
            )
        }
        (Some(_), _) | (None, Given::Is(_) | Given::Hidden) => text(""),
        (None, Given::Absent) => text("missing"),
        (None, Given::Unseen) => text("unseen"),
    }
}

/// `JaasContext.load` takes the key, else the JVM's own configuration.
fn login<'m>(view: &View<'m>) -> Fact<'m> {
    on(view, |connection, _, _| {
        let of_jvm = view
            .jvm
            .and_then(|jvm| property(jvm, "java.security.auth.login.config"));
        let given = connection.given("sasl.jaas.config");
        let from = |place: Option<Location>, word: &'static str| {
            place.map_or_else(|| text(word), |place| Fact::set(Value::str(word), place))
        };
        match (given, of_jvm) {
            (Given::Is(_) | Given::Hidden, _) => from(connection.place("sasl.jaas.config"), "yes"),
            (_, Some((place, _))) => from(Some(place), "yes"),
            (Given::Absent, None) => text("no"),
            (Given::Unseen, None) => text("unseen"),
        }
    })
}
