//! What librdkafka's producer refuses.

use super::{Check, Found, Settings};
use crate::librdkafka::key;
use tunelint_catalog::librdkafka::Level;

pub(super) const CHECKS: &[Check] = &[
    transaction_without_idempotence,
    in_flight,
    retries,
    backpressure,
    acks,
    queuing,
    transaction_timeouts,
    gapless,
    linger,
];

const IDEMPOTENCE: &str = "enable.idempotence";
const TRANSACTIONS: &str = "transactional.id";

/// What asks for idempotence, with the beginning of a sentence about it.
fn idempotent(settings: &Settings<'_>) -> Option<(&'static str, &'static str)> {
    if settings.is_set(TRANSACTIONS) {
        Some((TRANSACTIONS, "transactions need"))
    } else if settings.flag(IDEMPOTENCE) == Some(true) {
        Some((IDEMPOTENCE, "idempotence needs"))
    } else {
        None
    }
}

fn transaction_without_idempotence(settings: &Settings<'_>) -> Option<Found> {
    let off = settings.is_set(IDEMPOTENCE) && settings.flag(IDEMPOTENCE) == Some(false);
    (off && settings.is_set(TRANSACTIONS)).then(|| {
        let text = "transactions need `enable.idempotence=true`".to_owned();
        Found::new(IDEMPOTENCE, Some(TRANSACTIONS), text)
    })
}

/// A property that rules idempotence out where its number is not as idempotence needs it.
fn number(
    settings: &Settings<'_>,
    at: &'static str,
    fits: fn(i64) -> bool,
    needs: &str,
) -> Option<Found> {
    let (asked, what) = idempotent(settings)?;
    let number = settings.number(at).filter(|_| settings.is_set(at))?;
    (!fits(number)).then(|| {
        let text = format!("{what} {needs}, and {}", settings.said(at));
        Found::new(at, Some(asked), text)
    })
}

fn in_flight(settings: &Settings<'_>) -> Option<Found> {
    let fits = |number| number <= 5;
    number(
        settings,
        "max.in.flight",
        fits,
        "at most 5 requests in flight",
    )
}

fn retries(settings: &Settings<'_>) -> Option<Found> {
    number(
        settings,
        "retries",
        |number| number >= 1,
        "at least one retry",
    )
}

fn backpressure(settings: &Settings<'_>) -> Option<Found> {
    const KEY: &str = "queue.buffering.backpressure.threshold";
    number(settings, KEY, |number| number <= 1, "a threshold of 1")
}

fn acks(settings: &Settings<'_>) -> Option<Found> {
    let (asked, what) = idempotent(settings)?;
    let acks = settings.word("acks").filter(|_| settings.is_set("acks"))?;
    (acks != "all").then(|| {
        let text = format!("{what} `acks=all`, and {}", settings.said("acks"));
        Found::new("acks", Some(asked), text)
    })
}

fn queuing(settings: &Settings<'_>) -> Option<Found> {
    const KEY: &str = "queuing.strategy";
    let (asked, what) = idempotent(settings)?;
    let strategy = settings.word(KEY).filter(|_| settings.is_set(KEY))?;
    strategy.eq_ignore_ascii_case("lifo").then(|| {
        let text = format!("{what} `queuing.strategy=fifo`");
        Found::new(KEY, Some(asked), text)
    })
}

fn transaction_timeouts(settings: &Settings<'_>) -> Option<Found> {
    const TRANSACTION: &str = "transaction.timeout.ms";
    const MESSAGE: &str = "message.timeout.ms";
    const SOCKET: &str = "socket.timeout.ms";
    let whole = settings
        .number(TRANSACTION)
        .filter(|_| settings.is_set(TRANSACTIONS))?;
    let with = settings.is_set(TRANSACTION).then_some(TRANSACTION);
    let message = settings
        .number(MESSAGE)
        .filter(|_| settings.is_set(MESSAGE));
    if message.is_some_and(|message| message > whole) {
        let (one, other) = (settings.told(MESSAGE), settings.told(TRANSACTION));
        let text = format!("{one} must be at most {other}");
        return Some(Found::new(MESSAGE, with, text));
    }
    let socket = settings
        .number(SOCKET)
        .filter(|_| settings.is_set(SOCKET))?;
    (socket > whole + 100).then(|| {
        let (one, other) = (settings.told(SOCKET), settings.told(TRANSACTION));
        Found::new(
            SOCKET,
            with,
            format!("{one} must be at most 100 ms above {other}"),
        )
    })
}

fn gapless(settings: &Settings<'_>) -> Option<Found> {
    const KEY: &str = "enable.gapless.guarantee";
    let off = settings.flag(IDEMPOTENCE) == Some(false) && !settings.is_set(TRANSACTIONS);
    (off && settings.flag(KEY) == Some(true)).then(|| {
        let with = settings.is_set(IDEMPOTENCE).then_some(IDEMPOTENCE);
        let text = "`enable.gapless.guarantee` needs `enable.idempotence=true`".to_owned();
        Found::new(KEY, with, text)
    })
}

/// Compared only where a property of topics is set, since the library makes no configuration of
/// topics otherwise; a transaction's time takes the place of a message's that is not set.
fn linger(settings: &Settings<'_>) -> Option<Found> {
    const LINGER: &str = "linger.ms";
    const MESSAGE: &str = "message.timeout.ms";
    let linger = settings
        .number(LINGER)
        .filter(|_| settings.is_set(LINGER))?;
    let mut keys = settings.0.settings.iter().filter_map(key);
    if !keys.any(|key| key.level == Level::Topic) {
        return None;
    }
    let transaction = settings.is_set(TRANSACTIONS) && !settings.is_set(MESSAGE);
    let mut bounds = vec![MESSAGE];
    bounds.extend(transaction.then_some("transaction.timeout.ms"));
    let above = bounds.into_iter().find(|bound| {
        let timeout = settings.number(bound);
        timeout.is_some_and(|timeout| timeout != 0 && timeout <= linger)
    })?;
    let text = format!(
        "{} must be below {}",
        settings.told(LINGER),
        settings.told(above)
    );
    Some(Found::new(
        LINGER,
        settings.is_set(above).then_some(above),
        text,
    ))
}
