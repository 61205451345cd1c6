//! What librdkafka asks for where other settings make it necessary.

use crate::client::Client;
use crate::librdkafka::effective;
use crate::value::Value;

/// The properties that must be set and are not, in a file that is the whole configuration.
pub(in crate::facts) fn missing(client: &Client<'_>) -> Vec<&'static str> {
    let given = |key: &str| {
        let entry = client.entry(key);
        entry.is_some_and(|entry| !entry.setting.value.trim().is_empty())
    };
    let word = |key| match effective(client, key).value {
        Value::Str(text) => text.into_owned(),
        _ => String::new(),
    };
    let mut wanted = Vec::new();
    if given("ssl.keystore.location") {
        wanted.push("ssl.keystore.password");
    }
    let mechanism = word("sasl.mechanisms");
    let login = word("security.protocol")
        .to_ascii_lowercase()
        .starts_with("sasl_");
    if login && (mechanism == "PLAIN" || mechanism.starts_with("SCRAM-SHA-")) {
        wanted.extend(["sasl.username", "sasl.password"]);
    }
    let oidc = mechanism.eq_ignore_ascii_case("OAUTHBEARER")
        && word("sasl.oauthbearer.method").eq_ignore_ascii_case("oidc");
    // Another grant and a cloud's own identity ask for other things.
    let plain = !given("sasl.oauthbearer.grant.type")
        && !given("sasl.oauthbearer.metadata.authentication.type");
    if oidc && plain {
        wanted.extend([
            "sasl.oauthbearer.token.endpoint.url",
            "sasl.oauthbearer.client.id",
            "sasl.oauthbearer.client.secret",
        ]);
    }
    wanted.retain(|key| !given(key));
    wanted
}
