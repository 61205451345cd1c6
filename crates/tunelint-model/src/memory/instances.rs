//! How many RocksDB instances a process opens: stores × segments × tasks.

use super::{Inputs, Operand};
use crate::model::{StoreKind, StoreSpec};
use tunelint_base::{Location, Origin};

/// How many RocksDB instances a process opens.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Instances {
    /// Those that records are written to, as expected.
    pub hot: i64,
    /// Older segments with data, as expected.
    pub cold: i64,
    /// All of them at the worst moment.
    pub worst: i64,
    /// Those at the worst moment that are window or session segments beyond the first.
    pub worst_cold: i64,
    /// The numbers that they are worked out from.
    pub operands: Vec<Operand>,
    /// How they come about.
    pub why: String,
}

/// A state store, stated or read from a source.
#[derive(Clone, Debug)]
struct Store {
    kind: StoreKind,
    retention: Option<i64>,
    keys: Option<i64>,
    value_bytes: Option<i64>,
}

/// Data of a store, where `tunelint.toml` states it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Data {
    /// Keys in all instances of the process; `None` where somebody did not say.
    pub(super) keys: Option<i64>,
    /// Bytes of a value.
    pub(super) value_bytes: Option<i64>,
}

/// Segments that a store keeps open. `Stores.java`: the segment interval is half of the retention
/// and at least a minute; the live ones are those that the retention touches. From two minutes on
/// these are 3 (a retention of an odd number of milliseconds can show a fourth for a moment).
#[must_use]
pub fn segments(kind: StoreKind, retention: Option<i64>) -> i64 {
    const LEAST_INTERVAL: i64 = 60_000;
    match (kind, retention) {
        (StoreKind::KeyValue | StoreKind::Versioned | StoreKind::Global, _) => 1,
        (_, Some(retention)) if retention < 2 * LEAST_INTERVAL => {
            (retention.max(1) + LEAST_INTERVAL - 1) / LEAST_INTERVAL + 1
        }
        _ => 3,
    }
}

/// Tasks of a process, as expected and at the worst moment.
#[derive(Clone, Debug)]
struct Tasks {
    expected: i64,
    active: i64,
    standby: i64,
    warmup: i64,
    operands: Vec<Operand>,
}

impl Tasks {
    fn worst(&self) -> i64 {
        self.active + self.standby + self.warmup
    }

    fn why(&self) -> String {
        let mut parts = vec![format!("{} active", self.active)];
        for (count, what) in [(self.standby, "standby"), (self.warmup, "warm-up")] {
            if count > 0 {
                parts.push(format!("{count} {what}"));
            }
        }
        let noun = if self.worst() == 1 { "task" } else { "tasks" };
        format!("{} {noun}", parts.join(" + "))
    }
}

/// The instances of a process and the data in them; `None` where no store is known. What had to
/// be assumed is added to `assumptions`.
pub(super) fn of(inputs: &Inputs<'_>, assumptions: &mut Vec<String>) -> Option<(Instances, Data)> {
    let (stores, places) = stores(inputs, assumptions)?;
    let tasks = tasks(inputs, assumptions)?;
    let mut found = Instances::default();
    let mut data = Data {
        keys: Some(0),
        value_bytes: None,
    };
    let mut parts: Vec<String> = Vec::new();
    let total_tasks = inputs
        .partitions()
        .map_or(tasks.expected, |partitions| partitions.value);
    for store in &stores {
        let global = store.kind == StoreKind::Global;
        let (expected, worst) = if global {
            (1, 1)
        } else {
            (tasks.expected, tasks.worst())
        };
        let segments = segments(store.kind, store.retention);
        found.hot += expected;
        found.cold += expected * (segments - 1);
        found.worst += worst * segments;
        found.worst_cold += worst * (segments - 1);
        // Keys are spread over all partitions; this process holds its tasks' share.
        let here = store.keys.map(|keys| {
            if global {
                keys
            } else {
                keys / total_tasks.max(1) * expected.min(total_tasks.max(1))
            }
        });
        data.keys = data
            .keys
            .zip(here)
            .map(|(sum, keys)| sum.saturating_add(keys));
        data.value_bytes = data.value_bytes.max(store.value_bytes);
        let part = match (global, segments) {
            (true, _) => "1 global".to_owned(),
            (false, 1) => format!("1 × {worst}"),
            (false, _) => format!("{segments} segments × {worst}"),
        };
        parts.push(part);
    }
    found.operands.push(places);
    found.operands.extend(tasks.operands.iter().cloned());
    let count = stores.len();
    let plural = if count == 1 { "store" } else { "stores" };
    found.why = if found.worst_cold == 0 && !stores.iter().any(|s| s.kind == StoreKind::Global) {
        format!("{count} {plural} in {}", tasks.why())
    } else {
        format!(
            "{count} {plural} ({}) in {}",
            parts.join(" + "),
            tasks.why()
        )
    };
    Some((found, data))
}

/// The stores: stated, else read from the topology's sources, else one where something shows that
/// there is state. With the place that says so.
fn stores(inputs: &Inputs<'_>, assumptions: &mut Vec<String>) -> Option<(Vec<Store>, Operand)> {
    let count = |stores: &[Store]| i64::try_from(stores.len()).unwrap_or(i64::MAX);
    if let Some(spec) = inputs.spec.filter(|spec| !spec.stores.is_empty()) {
        let stores: Vec<Store> = spec.stores.iter().map(Store::from).collect();
        let place = spec
            .stores
            .iter()
            .find_map(|store| store.location)
            .or(spec.location);
        let operand = super::inputs::stated("stores", count(&stores), place);
        return Some((stores, operand));
    }
    let mut places: Vec<Location> = Vec::new();
    let mut stores = Vec::new();
    let (mut on_heap, mut unclear) = (false, false);
    for (file, store) in inputs.model.stores_of(inputs.workload) {
        if store.in_memory {
            on_heap = true;
            continue;
        }
        let kind = StoreKind::of(store.kind);
        unclear |=
            matches!(kind, StoreKind::Window | StoreKind::Session) && store.retention.is_none();
        places.push(Location::new(file, store.span));
        stores.push(Store {
            kind,
            retention: store.retention,
            keys: None,
            value_bytes: None,
        });
    }
    if on_heap {
        assumptions
            .push("stores in memory are part of the heap, and nothing bounds them".to_owned());
    }
    if unclear {
        assumptions
            .push("a window store whose retention is not plain counts with 3 segments".to_owned());
    }
    if !stores.is_empty() {
        let operand = Operand::new("stores", count(&stores), Origin::Derived(places));
        return Some((stores, operand));
    }
    let (_, client) = inputs.streams?;
    let signs = [
        "rocksdb.config.setter",
        "num.standby.replicas",
        "state.dir",
        "statestore.cache.max.bytes",
    ];
    let sign = signs.iter().find_map(|key| client.entry(key));
    let sign = sign.map(|entry| Location::new(entry.file, entry.setting.span));
    let sign = sign.or_else(|| inputs.setter.map(|setter| setter.anchor()));
    if on_heap || (sign.is_none() && inputs.what_if.standby.is_none()) {
        if !on_heap {
            assumptions.push(
                "no state store is known, so none is counted; state them in [[workload]]"
                    .to_owned(),
            );
        }
        return None;
    }
    assumptions
        .push("one key-value store is counted; state the real ones in [[workload]]".to_owned());
    let store = Store {
        kind: StoreKind::KeyValue,
        retention: None,
        keys: None,
        value_bytes: None,
    };
    Some((
        vec![store],
        Operand::new("stores", 1, Origin::Estimate("assumed".to_owned())),
    ))
}

impl From<&StoreSpec> for Store {
    fn from(spec: &StoreSpec) -> Self {
        Self {
            kind: spec.kind,
            retention: spec.retention,
            keys: spec.keys,
            value_bytes: spec.value_bytes,
        }
    }
}

/// The tasks of a process when one of several pods is gone; `None` where a number that somebody
/// wrote cannot be read.
fn tasks(inputs: &Inputs<'_>, assumptions: &mut Vec<String>) -> Option<Tasks> {
    let threads = inputs.threads()?;
    let standbys = inputs.standbys()?;
    let replicas = inputs.replicas();
    let pods = replicas
        .as_ref()
        .map_or(1, |replicas| replicas.value.max(1));
    let mut operands = Vec::new();
    let partitions = match inputs.partitions() {
        Some(partitions) => {
            operands.push(partitions.clone());
            partitions.value
        }
        None => {
            assumptions.push(
                "one task a thread is counted; state `partitions` in [[workload]]".to_owned(),
            );
            operands.push(threads.clone());
            threads.value.max(1).saturating_mul(pods)
        }
    };
    operands.push(standbys.clone());
    let standby = standbys.value.max(0);
    // The pods that are left carry everything; a single one loses nobody.
    let left = (pods - 1).max(1);
    let share = |count: i64, pods: i64| (count + pods - 1) / pods;
    let copies = |pods: i64, known: bool| {
        if known {
            standby.min(pods - 1)
        } else {
            standby
        }
    };
    let on = |pods: i64, known: bool| {
        let standby = partitions.saturating_mul(copies(pods, known));
        (share(partitions, pods) + share(standby, pods)).min(if known {
            partitions
        } else {
            i64::MAX
        })
    };
    let warmup = if pods > 1 {
        let warmups = inputs.warmups()?;
        let value = warmups.value.max(0);
        operands.push(warmups);
        value
    } else {
        0
    };
    let known = replicas.is_some();
    operands.extend(replicas);
    Some(Tasks {
        expected: on(pods, known).max(on(left, known)),
        active: share(partitions, left),
        standby: share(partitions.saturating_mul(standby), left),
        warmup,
        operands,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_store_keeps_three_segments() {
        assert_eq!(segments(StoreKind::KeyValue, None), 1);
        assert_eq!(segments(StoreKind::Window, None), 3);
        assert_eq!(segments(StoreKind::Window, Some(172_800_000)), 3);
        assert_eq!(segments(StoreKind::Window, Some(120_000)), 3);
        // Up to two minutes the interval stays a minute.
        assert_eq!(segments(StoreKind::Session, Some(90_000)), 3);
        assert_eq!(segments(StoreKind::Window, Some(60_000)), 2);
        assert_eq!(segments(StoreKind::Window, Some(1)), 2);
    }
}
