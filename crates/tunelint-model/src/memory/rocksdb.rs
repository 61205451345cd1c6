//! RocksDB's native memory under Kafka Streams' own options.

use super::{Budget, MIB, Term, stated, streams_client};
use crate::model::{Model, StoreKind, StoreSpec};
use tunelint_base::Location;

/// `RocksDBStore`: an LRU cache of 50 MiB for each instance.
const BLOCK_CACHE: i64 = 50 * MIB;
/// `RocksDBStore`: 16 MiB a memtable, at most 3 of them.
const WRITE_BUFFER: i64 = 16 * MIB;
const WRITE_BUFFERS: i64 = 3;

/// How many RocksDB instances a process opens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Instances {
    /// Those that records are written to now.
    pub hot: i64,
    /// Older segments with data.
    pub cold: i64,
}

/// Segments that a store keeps open. `Stores.java`: the segment interval is half of the retention
/// and at least a minute; the live ones are those that the retention touches.
#[must_use]
pub fn segments(store: &StoreSpec) -> i64 {
    match (store.kind, store.retention) {
        (StoreKind::KeyValue | StoreKind::Versioned | StoreKind::Global, _) => 1,
        (_, Some(retention)) => {
            let interval = (retention / 2).max(60_000);
            retention / interval + 1
        }
        (_, None) => 3,
    }
}

/// Adds RocksDB's terms where the workload is known to keep state in it.
pub(super) fn terms(model: &Model<'_>, workload: usize, budget: &mut Budget) {
    let Some(client) = streams_client(model, workload) else {
        return;
    };
    let client = &model.clients[client];
    let signs = [
        "rocksdb.config.setter",
        "num.standby.replicas",
        "state.dir",
        "statestore.cache.max.bytes",
    ];
    let stateful = signs.iter().any(|key| client.entry(key).is_some());
    let place = |key: &str| {
        client
            .entry(key)
            .map(|entry| Location::new(entry.file, entry.setting.span))
    };
    let from: Vec<Location> = ["num.standby.replicas", "rocksdb.config.setter"]
        .into_iter()
        .filter_map(place)
        .collect();
    // What a config setter does is not known here.
    if client.entry("rocksdb.config.setter").is_some() {
        budget.assumptions.push(
            "RocksDB is counted at Streams' defaults; the config setter may change them".into(),
        );
    }
    let number = |key: &str, default: i64| {
        client
            .written(key)
            .map_or(Some(default), |text| text.parse::<i64>().ok())
    };
    let (Some(threads), Some(standbys)) = (
        number("num.stream.threads", 1),
        number("num.standby.replicas", 0),
    ) else {
        return;
    };
    let replicas = model.workloads[workload]
        .container
        .and_then(|at| model.containers[at].object.replicas)
        .map_or(1, |(count, _)| count.max(1));
    let (instances, why) = match stated(model, workload) {
        Some((stores, partitions)) => {
            let partitions = partitions.unwrap_or(threads * replicas);
            let tasks = (partitions * (1 + standbys) + replicas - 1) / replicas;
            (
                count(stores, tasks),
                format!("{} stores in {tasks} tasks a process", stores.len()),
            )
        }
        None if !stateful => {
            budget.assumptions.push(
                "no state store is known, so none is counted; state them in [[workload]]".into(),
            );
            return;
        }
        None => {
            budget.assumptions.push(
                "one store in one task a thread is counted; state the real ones in [[workload]]"
                    .into(),
            );
            let hot = threads.max(1) * (1 + standbys);
            (
                Instances { hot, cold: 0 },
                format!("one store in {hot} tasks, at least"),
            )
        }
    };
    let all = instances.hot + instances.cold;
    let mut push = |name, expected: i64, worst: i64, what: &str| {
        budget.terms.push(Term {
            name,
            expected,
            worst,
            certain: 0,
            from: from.clone(),
            why: format!("{what}: {why}"),
        });
    };
    push(
        "rocksdb-block-cache",
        BLOCK_CACHE * all,
        BLOCK_CACHE * all * 11 / 10,
        "50 MiB an instance",
    );
    let writers = threads.min(2);
    let buffers =
        (instances.hot + writers.min(instances.hot) + instances.cold / 2).min(WRITE_BUFFERS * all);
    push(
        "rocksdb-write-buffers",
        WRITE_BUFFER * buffers,
        WRITE_BUFFER * WRITE_BUFFERS * all * 11 / 10,
        "16 MiB each, up to 3 an instance",
    );
    push(
        "rocksdb-index-filter",
        15 * MIB,
        32 * MIB,
        "index and filter blocks",
    );
}

fn count(stores: &[StoreSpec], tasks: i64) -> Instances {
    let mut instances = Instances::default();
    for store in stores {
        let tasks = if store.kind == StoreKind::Global {
            1
        } else {
            tasks
        };
        instances.hot += tasks;
        instances.cold += tasks * (segments(store) - 1);
    }
    instances
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_store_keeps_three_segments() {
        let store = |kind, retention| StoreSpec {
            name: "s".into(),
            kind,
            retention,
            keys: None,
            value_bytes: None,
        };
        assert_eq!(segments(&store(StoreKind::KeyValue, None)), 1);
        assert_eq!(segments(&store(StoreKind::Window, Some(172_800_000))), 3);
        assert_eq!(segments(&store(StoreKind::Window, Some(60_000))), 2);
        let both = [
            store(StoreKind::KeyValue, None),
            store(StoreKind::Window, Some(172_800_000)),
        ];
        assert_eq!(count(&both, 4), Instances { hot: 8, cold: 8 });
    }
}
