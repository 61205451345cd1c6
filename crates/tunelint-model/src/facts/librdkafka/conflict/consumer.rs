//! What librdkafka's consumer refuses.

use super::{Check, Found, Settings};

pub(super) const CHECKS: &[Check] = &[
    fetch_below_message,
    receive_below_fetch,
    poll_below_session,
    of_the_classic_protocol,
    fetch_min,
];

fn fetch_below_message(settings: &Settings<'_>) -> Option<Found> {
    const FETCH: &str = "fetch.max.bytes";
    settings
        .is_set(FETCH)
        .then(|| settings.below(FETCH, "message.max.bytes"))?
}

/// Where `fetch.max.bytes` is not set, it follows from two others.
fn receive_below_fetch(settings: &Settings<'_>) -> Option<Found> {
    const RECEIVE: &str = "receive.message.max.bytes";
    const FETCH: &str = "fetch.max.bytes";
    let receive = settings
        .number(RECEIVE)
        .filter(|_| settings.is_set(RECEIVE))?;
    let mut fetch = settings.number(FETCH)?;
    if !settings.is_set(FETCH) {
        let queued = settings.number("queued.max.messages.kbytes")?;
        let message = settings.number("message.max.bytes")?;
        fetch = fetch.min(queued.saturating_mul(1024)).max(message);
    }
    (receive < fetch.saturating_add(512)).then(|| {
        let with = settings.is_set(FETCH).then_some(FETCH);
        let text = format!(
            "{} must be at least 512 above `fetch.max.bytes` ({fetch})",
            settings.told(RECEIVE)
        );
        Found::new(RECEIVE, with, text)
    })
}

fn is_classic(settings: &Settings<'_>) -> Option<bool> {
    let protocol = settings.word("group.protocol")?;
    Some(!protocol.eq_ignore_ascii_case("consumer"))
}

fn poll_below_session(settings: &Settings<'_>) -> Option<Found> {
    is_classic(settings)?.then(|| settings.below("max.poll.interval.ms", "session.timeout.ms"))?
}

/// With the protocol of KIP-848 brokers decide these.
fn of_the_classic_protocol(settings: &Settings<'_>) -> Option<Found> {
    if is_classic(settings)? {
        return None;
    }
    let keys = [
        "session.timeout.ms",
        "heartbeat.interval.ms",
        "partition.assignment.strategy",
        "group.protocol.type",
    ];
    let at = keys
        .into_iter()
        .find(|key| settings.0.entry(key).is_some())?;
    let text = format!("`{at}` cannot be set with `group.protocol=consumer`");
    Some(Found::new(at, Some("group.protocol"), text))
}

/// A share consumer takes more; only the program tells that it is one.
fn fetch_min(settings: &Settings<'_>) -> Option<Found> {
    const KEY: &str = "fetch.min.bytes";
    let bytes = settings.number(KEY)?;
    let shares = settings.is_set("share.acknowledgement.mode");
    (!(1..=100_000_000).contains(&bytes) && !shares).then(|| {
        let text = format!("{} must lie between 1 and 100000000", settings.told(KEY));
        Found {
            doubtful: true,
            ..Found::new(KEY, None, text)
        }
    })
}
