//! What librdkafka refuses of every client.

use super::{Check, Found, Settings};

pub(super) const CHECKS: &[Check] = &[backoff, https_certificates, two_tokens, mechanism];

fn backoff(settings: &Settings<'_>) -> Option<Found> {
    settings.below("reconnect.backoff.max.ms", "reconnect.backoff.ms")
}

fn https_certificates(settings: &Settings<'_>) -> Option<Found> {
    const LOCATION: &str = "https.ca.location";
    const PEM: &str = "https.ca.pem";
    (settings.is_set(LOCATION) && settings.is_set(PEM)).then(|| {
        let text = "only one of `https.ca.location` and `https.ca.pem` can be set".to_owned();
        Found::new(PEM, Some(LOCATION), text)
    })
}

fn two_tokens(settings: &Settings<'_>) -> Option<Found> {
    const UNSECURE: &str = "enable.sasl.oauthbearer.unsecure.jwt";
    const METHOD: &str = "sasl.oauthbearer.method";
    let is = |key, word| {
        let found = settings.word(key);
        found.is_some_and(|found| found.eq_ignore_ascii_case(word))
    };
    let both = is("sasl.mechanisms", "OAUTHBEARER")
        && is(METHOD, "oidc")
        && settings.flag(UNSECURE) == Some(true);
    both.then(|| {
        let text = format!("`{UNSECURE}` does not go with `{METHOD}=oidc`");
        Found::new(UNSECURE, Some(METHOD), text)
    })
}

/// Compared letter by letter, and only where the protocol asks for a login. Whether the library was
/// built with GSSAPI cannot be seen.
fn mechanism(settings: &Settings<'_>) -> Option<Found> {
    const KEY: &str = "sasl.mechanisms";
    const PROTOCOL: &str = "security.protocol";
    let known = [
        "GSSAPI",
        "PLAIN",
        "SCRAM-SHA-256",
        "SCRAM-SHA-512",
        "OAUTHBEARER",
    ];
    let protocol = settings.word(PROTOCOL)?.to_ascii_lowercase();
    let mechanism = settings.word(KEY).filter(|_| settings.is_set(KEY))?;
    let login = protocol.starts_with("sasl_");
    (login && !known.contains(&mechanism.as_str())).then(|| {
        let text = format!(
            "{} must be {}, in exactly this spelling",
            settings.told(KEY),
            known.join(", ").replace(", OAUTH", " or OAUTH")
        );
        Found::new(KEY, None, text)
    })
}
