//! The addresses from which an OAUTHBEARER login gets its tokens and keys.

use super::on;
use crate::client::ClientKind;
use crate::connection::{Answer, Given};
use crate::facts::{Decl, decl, truth};
use crate::jvm::{Form, Jvm, form};
use crate::value::{Fact, Type, Value};
use crate::view::View;
use tunelint_base::{Entity, KafkaVersion, Location};

const ON: Entity = Entity::Setting;

/// The JVM's property with the addresses that Kafka may ask.
const PROPERTY: &str = "org.apache.kafka.sasl.oauthbearer.allowed.urls";

pub(super) const FACTS: &[Decl] = &[
    decl(
        "setting.oauth_url_allowed",
        ON,
        Type::Str,
        "Whether the JVM allows the address that a login by OAuth asks: yes, no, or unseen where its options are not seen",
        allowed,
    ),
    decl(
        "setting.oauth_url_list_given",
        ON,
        Type::Bool,
        "Whether an option of the JVM lists the addresses that it allows",
        |view| truth(view.jvm.is_some_and(|jvm| list(jvm).is_some()), []),
    ),
];

/// The value of a system property among the options of a JVM, with its place.
pub(super) fn property<'m>(jvm: &'m Jvm<'m>, name: &str) -> Option<(Location, &'m str)> {
    let mut latest = jvm.flags().rev();
    latest.find_map(|(place, _, flag)| match form(&flag.text) {
        Form::Property(key, value) if key == name => Some((place, value)),
        _ => None,
    })
}

fn list<'m>(jvm: &'m Jvm<'m>) -> Option<(Location, &'m str)> {
    property(jvm, PROPERTY)
}

/// `ConfigurationUtils.throwIfURLIsNotAllowed`: from 4.0 on the list is empty by default, in 3.9.1
/// and later 3.9 it counts where it is given.
fn allowed<'m>(view: &View<'m>) -> Fact<'m> {
    const KEYS: [&str; 2] = [
        "sasl.oauthbearer.token.endpoint.url",
        "sasl.oauthbearer.jwks.endpoint.url",
    ];
    const HANDLERS: [&str; 2] = [
        "sasl.login.callback.handler.class",
        "sasl.client.callback.handler.class",
    ];
    on(view, |connection, bare, _| {
        let Some(client) = view
            .client
            .filter(|client| client.kind != ClientKind::Broker)
        else {
            return Fact::absent();
        };
        let version = client.kafka;
        let counts = version >= KafkaVersion::new(4, 0)
            || (version.line() == KafkaVersion::new(3, 9) && version.patch != Some(0));
        // The handler for tests makes tokens itself and asks nobody.
        let asks = HANDLERS.iter().any(|key| {
            connection
                .given(key)
                .text()
                .is_some_and(|class| class.contains("OAuthBearer"))
        });
        let Given::Is(url) = connection.given(bare) else {
            return Fact::absent();
        };
        if !KEYS.contains(&bare) || !counts || !asks || connection.uses_sasl() == Answer::No {
            return Fact::absent();
        }
        let word = |word: &'static str| {
            Fact::new(Value::str(word), tunelint_base::Origin::Derived(Vec::new()))
        };
        let Some(jvm) = view.jvm else {
            return word("unseen");
        };
        match list(jvm) {
            Some((place, urls)) => {
                let is_there = urls.split(',').any(|allowed| allowed.trim() == url);
                let hidden = crate::setting::is_placeholder(urls);
                let answer = match (is_there, hidden) {
                    (true, _) => "yes",
                    (false, true) => "unseen",
                    (false, false) => "no",
                };
                Fact::set(Value::str(answer), place)
            }
            None if version < KafkaVersion::new(4, 0) => word("yes"),
            None if jvm.flags().any(|(_, _, flag)| flag.placeholder) => word("unseen"),
            None => word("no"),
        }
    })
}
