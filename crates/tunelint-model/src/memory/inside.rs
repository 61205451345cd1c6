//! What shares the heap: record cache, producers, fetched records. At most; not added to anything.

use super::inputs::number_of;
use super::{Budget, Inputs, MIB, Operand, Term};
use crate::client::{Client, ClientKind};
use tunelint_base::{KafkaVersion, Location, Origin};

/// Adds the parts of the heap of a Streams application.
pub(super) fn terms(inputs: &Inputs<'_>, budget: &mut Budget) {
    let Some((at, client)) = inputs.streams else {
        return;
    };
    budget.inside_heap.extend(record_cache(client));
    let Some(threads) = inputs.threads() else {
        return;
    };
    let embedded = |kind: ClientKind| {
        let all = inputs.model.clients.iter();
        let mut own = all.filter(move |client| client.parent == Some(at) && client.kind == kind);
        own.next()
    };
    if let Some(producer) = embedded(ClientKind::Producer) {
        budget
            .inside_heap
            .extend(producers(inputs, client, producer, &threads));
    }
    if let Some(consumer) = embedded(ClientKind::Consumer) {
        budget
            .inside_heap
            .extend(fetches(inputs, consumer, &threads));
    }
}

fn part(name: &'static str, most: i64, operands: Vec<Operand>, why: String) -> Term {
    let places: Vec<Location> = operands.iter().filter_map(Operand::place).collect();
    let origin = match operands.first() {
        Some(first) if places.is_empty() => first.origin.clone(),
        _ => Origin::Derived(places),
    };
    Term {
        name,
        expected: most,
        worst: most,
        certain: 0,
        origin,
        operands,
        why,
    }
}

/// The record cache is one for the whole instance, split among its threads. Both keys given, the
/// newer one counts (`StreamsConfigUtils.totalCacheSize`).
fn record_cache(client: &Client<'_>) -> Option<Term> {
    let (newer, older) = ("statestore.cache.max.bytes", "cache.max.bytes.buffering");
    let knows_newer = client.kafka >= KafkaVersion::new(3, 4);
    let key = if knows_newer && client.entry(newer).is_some() {
        newer
    } else if client.entry(older).is_some() || !knows_newer {
        older
    } else {
        newer
    };
    let size = number_of(
        client,
        key,
        if key == newer { newer } else { older },
        10 * MIB,
    )?
    .bytes();
    let why = "shared by the threads of the instance".to_owned();
    Some(part("heap-record-cache", size.value, vec![size], why))
}

/// One producer for each thread; under the first kind of exactly-once one for each task.
fn producers(
    inputs: &Inputs<'_>,
    client: &Client<'_>,
    producer: &Client<'_>,
    threads: &Operand,
) -> Option<Term> {
    let size = number_of(producer, "buffer.memory", "buffer.memory", 32 * MIB)?.bytes();
    let for_tasks = client.written("processing.guarantee") == Some("exactly_once");
    let (count, what) = match inputs.partitions().filter(|_| for_tasks) {
        Some(partitions) => (partitions, "tasks"),
        None => (threads.clone(), "threads"),
    };
    let most = size.value.saturating_mul(count.value);
    let why = format!("a producer for each of {} {what}", count.value);
    Some(part("heap-producer-buffers", most, vec![count, size], why))
}

/// What the main consumers may have fetched: the partitions' shares, or a whole response.
fn fetches(inputs: &Inputs<'_>, consumer: &Client<'_>, threads: &Operand) -> Option<Term> {
    let whole = number_of(consumer, "fetch.max.bytes", "fetch.max.bytes", 50 * MIB)?.bytes();
    let name = "max.partition.fetch.bytes";
    let share = number_of(consumer, name, name, MIB)?.bytes();
    let responses = whole.value.saturating_mul(threads.value);
    let Some(partitions) = inputs.partitions() else {
        let why = format!("a full response for each of {} threads", threads.value);
        return Some(part(
            "heap-fetched-records",
            responses,
            vec![whole, threads.clone()],
            why,
        ));
    };
    let shares = share.value.saturating_mul(partitions.value);
    let why = format!(
        "the shares of {} partitions, before they are decompressed",
        partitions.value
    );
    Some(part(
        "heap-fetched-records",
        shares.min(responses),
        vec![share, partitions],
        why,
    ))
}
