//! RocksDB's native memory under Kafka Streams' own options, or those that a config setter sets.

use super::inputs::mib;
use super::instances::{Data, of};
use super::{Budget, Inputs, Instances, MIB, Operand, Term};
use crate::rocksdb::{Bound, Tuning};
use tunelint_base::{KafkaVersion, Location, Origin};

/// From 4.3 on each instance has a column family for offsets, with memtables of its own of 1 MiB.
const OFFSETS_SINCE: KafkaVersion = KafkaVersion::new(4, 3);

/// Adds RocksDB's terms where the workload is known to keep state in it.
pub(super) fn terms(inputs: &Inputs<'_>, budget: &mut Budget) {
    if inputs.streams.is_none() {
        return;
    }
    let Some((instances, data)) = of(inputs, &mut budget.assumptions) else {
        return;
    };
    let tuning = Tuning::of(inputs, &mut budget.assumptions);
    let threads = inputs.threads().map_or(1, |threads| threads.value.max(1));
    let parts = Parts {
        tuning: &tuning,
        instances: &instances,
        data,
        threads,
    };
    let terms = [
        Some(parts.block_cache()),
        Some(parts.write_buffers()),
        Some(parts.index_filter()),
        (inputs.kafka() >= OFFSETS_SINCE).then(|| parts.offsets(inputs.kafka())),
    ];
    budget.terms.extend(terms.into_iter().flatten());
    budget.bounded = tuning.bounded();
    budget.instances = Some(instances);
}

struct Parts<'a> {
    tuning: &'a Tuning,
    instances: &'a Instances,
    data: Data,
    threads: i64,
}

impl Parts<'_> {
    fn term(&self, name: &'static str, sizes: (i64, i64), own: &[&Operand], why: String) -> Term {
        let mut operands: Vec<Operand> = own.iter().map(|operand| (*operand).clone()).collect();
        operands.extend(self.instances.operands.iter().cloned());
        let places: Vec<Location> = operands.iter().filter_map(Operand::place).collect();
        Term {
            name,
            expected: sizes.0.min(sizes.1),
            worst: sizes.1,
            certain: 0,
            origin: Origin::Derived(places),
            operands,
            why,
        }
    }

    /// Keys and values of the process, as they lie in SST files, in bytes.
    fn data_bytes(&self) -> Option<i64> {
        const KEY: i64 = 20;
        let (keys, value) = (self.data.keys?, self.data.value_bytes?);
        Some(keys.saturating_mul(value + KEY) / 2 * 3)
    }

    fn block_cache(&self) -> Term {
        let cache = &self.tuning.block_cache;
        let Instances {
            hot, cold, worst, ..
        } = *self.instances;
        if let Bound::Cache | Bound::CacheAndBuffers = self.tuning.bound {
            let why = format!("one cache of {} for all instances", mib(cache.value));
            return self.term(
                "rocksdb-block-cache",
                (cache.value, cache.value),
                &[cache],
                why,
            );
        }
        let filled = cache.value.saturating_mul(hot + cold);
        let expected = self.data_bytes().map_or(filled, |data| filled.min(data));
        let why = format!(
            "{} × {worst} instances: {}",
            mib(cache.value),
            self.instances.why
        );
        let sizes = (expected, cache.value.saturating_mul(worst));
        self.term("rocksdb-block-cache", sizes, &[cache], why)
    }

    /// A write buffer manager that charges the cache is a soft bound: what the memtables take
    /// beyond it grows with the instances.
    fn write_buffers(&self) -> Term {
        let (size, count) = (&self.tuning.write_buffer, &self.tuning.write_buffers);
        let Instances {
            hot, cold, worst, ..
        } = *self.instances;
        if self.tuning.bound == Bound::CacheAndBuffers {
            let expected = hot * MIB * 13 / 2 + cold * MIB / 2;
            let why =
                format!("what {worst} instances hold beyond their bound, which is a soft one");
            let own: Vec<&Operand> = self.tuning.manager.iter().collect();
            return self.term(
                "rocksdb-write-buffers",
                (expected, worst * 12 * MIB),
                &own,
                why,
            );
        }
        let buffers =
            (hot + self.threads.min(hot) + cold / 2).min(count.value.saturating_mul(hot + cold));
        let most = size.value.saturating_mul(count.value);
        let why = format!(
            "{} × {} × {worst} instances: {}",
            mib(size.value),
            count.value,
            self.instances.why
        );
        let sizes = (
            size.value.saturating_mul(buffers),
            most.saturating_mul(worst),
        );
        self.term("rocksdb-write-buffers", sizes, &[size, count], why)
    }

    /// Index and filter blocks outside of the cache: 1.25 bytes for a key's filter and 16.7 for
    /// each block of the index, times how often a key lies in several files.
    fn index_filter(&self) -> Term {
        let name = "rocksdb-index-filter";
        if self.tuning.index_in_cache.value == 1 {
            let why = "in the block cache".to_owned();
            return self.term(name, (0, 0), &[&self.tuning.index_in_cache], why);
        }
        const ASSUMED_KEYS: i64 = 1_000_000;
        let Instances {
            hot, cold, worst, ..
        } = *self.instances;
        let block = &self.tuning.block_size;
        let entry = 20 + self.data.value_bytes.unwrap_or(100);
        let milli = 1_250 + 16_700 * entry / block.value.max(entry);
        let (expected, most, why) = match self.data.keys {
            Some(keys) => (
                keys,
                keys.saturating_mul(worst) / (hot + cold).max(1),
                format!(
                    "{keys} keys at {:.2} bytes, and space amplification",
                    milli as f64 / 1e3
                ),
            ),
            None => (
                ASSUMED_KEYS.saturating_mul(hot + cold),
                ASSUMED_KEYS.saturating_mul(worst),
                "a million keys an instance are assumed: state `keys` in [[workload]]".to_owned(),
            ),
        };
        let bytes =
            |keys: i64, amplification: i64| keys.saturating_mul(milli) / 1000 / 10 * amplification;
        self.term(name, (bytes(expected, 15), bytes(most, 21)), &[block], why)
    }

    fn offsets(&self, kafka: KafkaVersion) -> Term {
        let Instances {
            hot, cold, worst, ..
        } = *self.instances;
        let most = Operand::default("memtables of offsets", 3 * MIB, kafka).bytes();
        let why = format!("3 MiB × {worst} instances, which hold their offsets from 4.3 on");
        let sizes = ((hot + cold) * MIB / 4, most.value.saturating_mul(worst));
        self.term("rocksdb-offsets", sizes, &[&most], why)
    }
}
