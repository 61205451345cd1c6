//! The options that each RocksDB instance of Kafka Streams gets: Streams' own, and what a config
//! setter makes of them.

use crate::memory::{Inputs, MIB, Operand};
use crate::model::Setter;
use tunelint_base::{KafkaVersion, Location, Origin};
use tunelint_java::{
    Argument, ConfigSetter, Native, NativeKind, OptionCall, Receiver, TableConfig,
};

/// `RocksDBStore.openDB`, the same in 2.4 to 4.4: an LRU cache for each instance, blocks of 4 KiB,
/// memtables of 16 MiB, at most 3 of them.
const BLOCK_CACHE: i64 = 50 * MIB;
const BLOCK_SIZE: i64 = 4096;
const WRITE_BUFFER: i64 = 16 * MIB;
const WRITE_BUFFERS: i64 = 3;

/// What bounds the memory of all instances together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// Nothing: each instance has its own.
    Nothing,
    /// One cache, but not the memtables.
    Cache,
    /// One cache that a write buffer manager charges with the memtables.
    CacheAndBuffers,
}

/// The options of an instance that decide about memory.
#[derive(Clone, Debug, PartialEq)]
pub struct Tuning {
    /// The block cache, of each instance or of all.
    pub block_cache: Operand,
    /// The size of a memtable.
    pub write_buffer: Operand,
    /// How many of them.
    pub write_buffers: Operand,
    /// The size of a block.
    pub block_size: Operand,
    /// Whether index and filter blocks lie in the cache: 1 or 0.
    pub index_in_cache: Operand,
    /// The bound of the write buffer manager, if there is one.
    pub manager: Option<Operand>,
    /// What bounds all instances together.
    pub bound: Bound,
    /// Whether it is known what the setter does.
    pub is_plain: bool,
}

impl Tuning {
    /// Streams' own options.
    #[must_use]
    pub fn streams(kafka: KafkaVersion) -> Self {
        let default = |name, value| Operand::default(name, value, kafka);
        Self {
            block_cache: default("block cache", BLOCK_CACHE).bytes(),
            write_buffer: default("write buffer", WRITE_BUFFER).bytes(),
            write_buffers: default("write buffers", WRITE_BUFFERS),
            block_size: default("block size", BLOCK_SIZE).bytes(),
            index_in_cache: default(Operand::INDEX_IN_CACHE, 0),
            manager: None,
            bound: Bound::Nothing,
            is_plain: true,
        }
    }

    /// The options of a workload's instances. What cannot be read is told in `assumptions`.
    #[must_use]
    pub fn of(inputs: &Inputs<'_>, assumptions: &mut Vec<String>) -> Self {
        let mut tuning = match inputs.setter {
            Some(setter) => Self::of_setter(setter),
            None => Self::streams(inputs.kafka()),
        };
        let named = inputs
            .streams
            .and_then(|(_, client)| client.entry("rocksdb.config.setter"));
        if let (None, Some(entry)) = (inputs.setter, named) {
            tuning.is_plain = false;
            assumptions.push(format!(
                "`{}` is not among the sources: RocksDB is counted at Streams' defaults",
                entry.setting.value.trim()
            ));
        } else if !tuning.is_plain {
            let name = inputs.setter.map_or("", Setter::name);
            assumptions.push(format!(
                "not all of what `{name}` does is plain: the rest counts at Streams' defaults"
            ));
        }
        let what_if = inputs.what_if;
        let put = |slot: &mut Operand, value: Option<i64>, is_size: bool| {
            if let Some(value) = value {
                *slot = Operand::what_if(slot.name, value);
                if is_size {
                    *slot = slot.clone().bytes();
                }
            }
        };
        put(&mut tuning.block_cache, what_if.block_cache, true);
        put(&mut tuning.write_buffer, what_if.write_buffer, true);
        put(&mut tuning.write_buffers, what_if.write_buffers, false);
        put(&mut tuning.block_cache, what_if.shared_cache, true);
        if what_if.shared_cache.is_some() {
            put(&mut tuning.index_in_cache, Some(1), false);
            tuning.bound = Bound::CacheAndBuffers;
            tuning.is_plain = true;
        }
        tuning
    }

    /// What a config setter makes of Streams' options.
    #[must_use]
    pub fn of_setter(setter: &Setter<'_>) -> Self {
        let mut tuning = Self::streams(setter.kafka);
        tuning.is_plain = !setter.facts.hands_on;
        let reader = Reader { setter };
        reader.size(
            &mut tuning.write_buffer,
            "setWriteBufferSize",
            &mut tuning.is_plain,
        );
        reader.size(
            &mut tuning.write_buffers,
            "setMaxWriteBufferNumber",
            &mut tuning.is_plain,
        );
        reader.size(&mut tuning.block_size, "setBlockSize", &mut tuning.is_plain);
        let index = calls(setter.facts, "setCacheIndexAndFilterBlocks").last();
        if let Some((call, argument)) = index.and_then(|call| Some((call, call.arguments.first()?)))
        {
            match argument.value.bool() {
                Some(value) if !call.conditional => {
                    tuning.index_in_cache.value = i64::from(value);
                    tuning.index_in_cache.origin = Origin::Set(setter.at(call.span));
                }
                Some(_) => {}
                None => tuning.is_plain = false,
            }
        }
        reader.cache(&mut tuning);
        reader.manager(&mut tuning);
        tuning
    }

    /// Whether one bound holds for all instances: a shared cache that is charged with the memtables
    /// and holds index and filter blocks. `None` where that cannot be known.
    #[must_use]
    pub fn bounded(&self) -> Option<bool> {
        let all = self.bound == Bound::CacheAndBuffers && self.index_in_cache.value == 1;
        (all || self.is_plain).then_some(all)
    }
}

impl Setter<'_> {
    /// A place in its file.
    #[must_use]
    pub fn at(&self, span: tunelint_base::Span) -> Location {
        Location::new(self.file, span)
    }

    /// The native object that the block cache is, if the class makes it.
    #[must_use]
    pub fn block_cache(&self) -> Option<&Native> {
        let call = calls(self.facts, "setBlockCache").last()?;
        self.facts.natives.get(call.arguments.first()?.native?)
    }

    /// The write buffer manager that it sets.
    #[must_use]
    pub fn manager(&self) -> Option<&Native> {
        let call = calls(self.facts, "setWriteBufferManager").last()?;
        self.facts.natives.get(call.arguments.first()?.native?)
    }
}

/// The calls of that method that count: a table config does only once it is handed back to the
/// options.
pub(crate) fn calls<'s>(
    setter: &'s ConfigSetter,
    method: &'s str,
) -> impl DoubleEndedIterator<Item = &'s OptionCall> {
    let handed_back = setter.table.is_some() || setter.hands_on;
    setter.calls.iter().filter(move |call| {
        call.method == method && (handed_back || call.receiver == Receiver::Options)
    })
}

struct Reader<'s> {
    setter: &'s Setter<'s>,
}

impl Reader<'_> {
    fn put(&self, slot: &mut Operand, argument: &Argument, value: i64) {
        slot.value = value;
        slot.origin = Origin::Set(self.setter.at(argument.span));
    }

    /// A number: what is always set last, or more where that is set under a condition.
    fn size(&self, slot: &mut Operand, method: &str, is_plain: &mut bool) {
        for call in calls(self.setter.facts, method) {
            let Some(argument) = call.arguments.first() else {
                continue;
            };
            match argument.value.int().filter(|value| *value > 0) {
                Some(value) if !call.conditional || value > slot.value => {
                    self.put(slot, argument, value);
                }
                Some(_) => {}
                None => *is_plain = false,
            }
        }
    }

    fn cache(&self, tuning: &mut Tuning) {
        if calls(self.setter.facts, "setNoBlockCache").any(|call| {
            call.arguments
                .first()
                .is_some_and(|a| a.value.bool() == Some(true))
        }) {
            tuning.block_cache.value = 0;
            tuning.block_cache.origin = Origin::Derived(Vec::new());
            return;
        }
        if calls(self.setter.facts, "setBlockCache").next().is_none() {
            // A table config of the setter's own has no cache but one of this size.
            let config = self.setter.facts.table.as_ref().map(|table| table.config);
            if let Some(TableConfig::New(_)) = config {
                tuning.block_cache.value = 0;
                let mut is_plain = tuning.is_plain;
                self.size(&mut tuning.block_cache, "setBlockCacheSize", &mut is_plain);
                tuning.is_plain = is_plain;
            }
            return;
        }
        let Some(cache) = self.setter.block_cache() else {
            tuning.is_plain = false;
            return;
        };
        if cache.is_shared() {
            tuning.bound = Bound::Cache;
        }
        match cache.arguments.first() {
            Some(argument) => match argument.value.int().filter(|value| *value > 0) {
                Some(value) => self.put(&mut tuning.block_cache, argument, value),
                None => tuning.is_plain = false,
            },
            None => tuning.is_plain = false,
        }
    }

    fn manager(&self, tuning: &mut Tuning) {
        let Some(manager) = self.setter.manager() else {
            if calls(self.setter.facts, "setWriteBufferManager")
                .next()
                .is_some()
            {
                tuning.is_plain = false;
            }
            return;
        };
        if let Some(argument) = manager.arguments.first()
            && let Some(bytes) = argument.value.int()
        {
            let at = self.setter.at(argument.span);
            tuning.manager = Some(Operand::set("write buffer manager", bytes, at).bytes());
        }
        let charged = manager
            .arguments
            .get(1)
            .and_then(|argument| argument.native);
        let is_cache = charged
            .and_then(|at| self.setter.facts.natives.get(at))
            .is_some_and(|native| native.kind == NativeKind::Cache && native.is_shared());
        if manager.is_shared() && is_cache && tuning.bound == Bound::Cache {
            tuning.bound = Bound::CacheAndBuffers;
        }
    }
}

/// What Streams or RocksDB set where nobody does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OptionDefault {
    /// The method that sets it.
    pub method: &'static str,
    /// Its value: a number, `true`/`false` as 1 and 0.
    pub value: i64,
    /// Or the name of a constant.
    pub name: &'static str,
    /// Whose default it is.
    pub owner: &'static str,
}

const fn number(method: &'static str, value: i64, owner: &'static str) -> OptionDefault {
    OptionDefault {
        method,
        value,
        name: "",
        owner,
    }
}

const fn named(method: &'static str, name: &'static str) -> OptionDefault {
    OptionDefault {
        method,
        value: 0,
        name,
        owner: "Kafka Streams",
    }
}

/// Defaults that people repeat. Streams': `RocksDBStore.openDB`; RocksDB's: measured on 8.3.
pub const DEFAULTS: [OptionDefault; 12] = [
    number("setWriteBufferSize", WRITE_BUFFER, "Kafka Streams"),
    number("setMaxWriteBufferNumber", WRITE_BUFFERS, "Kafka Streams"),
    number("setBlockSize", BLOCK_SIZE, "Kafka Streams"),
    number("setCreateIfMissing", 1, "Kafka Streams"),
    named("setCompressionType", "NO_COMPRESSION"),
    named("setCompactionStyle", "UNIVERSAL"),
    named("setInfoLogLevel", "ERROR_LEVEL"),
    number("setMinWriteBufferNumberToMerge", 1, "RocksDB"),
    number("setMaxOpenFiles", -1, "RocksDB"),
    number("setCacheIndexAndFilterBlocks", 0, "RocksDB"),
    number("setPinL0FilterAndIndexBlocksInCache", 0, "RocksDB"),
    number("setNoBlockCache", 0, "RocksDB"),
];

/// Options that only level compaction reads. The target file size is none of them: universal
/// compaction cuts its files by it as well.
pub const LEVEL_ONLY: [&str; 5] = [
    "setMaxBytesForLevelBase",
    "setMaxBytesForLevelMultiplier",
    "setMaxBytesForLevelMultiplierAdditional",
    "setLevelCompactionDynamicLevelBytes",
    "setCompactionPriority",
];
