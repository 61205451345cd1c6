//! What `security.protocol` makes of other keys: under SSL and SASL some of them are looked at, and
//! refused, when the client is made.

use super::{truth, with};
use crate::client::{Client, ClientKind};
use crate::value::Fact;
use crate::view::View;
use tunelint_base::KafkaVersion;

fn protocol(client: &Client<'_>) -> String {
    client
        .written("security.protocol")
        .unwrap_or("")
        .to_ascii_uppercase()
}

/// Whether the client authenticates by SASL, as it says itself.
pub(in crate::facts) fn uses_sasl(client: &Client<'_>) -> bool {
    protocol(client).starts_with("SASL_")
}

/// Measured on clients 2.8 to 4.5: `DefaultSslEngineFactory` takes an empty text for a name or a
/// file; `CommonClientConfigs.postValidateSaslMechanismConfig` looks at the mechanism since 3.3.
const UNDER_SSL: [&str; 7] = [
    "ssl.keymanager.algorithm",
    "ssl.keystore.location",
    "ssl.keystore.password",
    "ssl.protocol",
    "ssl.provider",
    "ssl.truststore.location",
    "ssl.truststore.password",
];

pub(super) fn empty<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |client, entry| {
        use ClientKind::{Admin, Consumer, Producer, Streams};
        let ours = matches!(client.kind, Producer | Consumer | Admin | Streams);
        if !ours || !entry.setting.value.trim().is_empty() || view.refusal().is_some() {
            return truth(false, []);
        }
        let ssl = ["SSL", "SASL_SSL"].contains(&&*protocol(client));
        let refused = match entry.name {
            "sasl.jaas.config" => uses_sasl(client),
            "sasl.mechanism" => uses_sasl(client) && client.kafka >= KafkaVersion::new(3, 3),
            name => ssl && UNDER_SSL.contains(&name),
        };
        truth(refused, [])
    })
}
