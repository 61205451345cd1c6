//! How large the heap will be, and which collector works on it.

use super::{Jvm, Machine};
use tunelint_base::Location;

/// HotSpot's garbage collectors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Collector {
    /// `-XX:+UseSerialGC`
    Serial,
    /// `-XX:+UseParallelGC`
    Parallel,
    /// `-XX:+UseConcMarkSweepGC`, to 14.
    Cms,
    /// `-XX:+UseG1GC`
    G1,
    /// `-XX:+UseZGC`
    Z,
    /// `-XX:+UseShenandoahGC`
    Shenandoah,
    /// `-XX:+UseEpsilonGC`
    Epsilon,
}

/// The switches that choose a collector.
pub const COLLECTORS: [(&str, Collector); 8] = [
    ("UseSerialGC", Collector::Serial),
    ("UseParallelGC", Collector::Parallel),
    ("UseParallelOldGC", Collector::Parallel),
    ("UseConcMarkSweepGC", Collector::Cms),
    ("UseG1GC", Collector::G1),
    ("UseZGC", Collector::Z),
    ("UseShenandoahGC", Collector::Shenandoah),
    ("UseEpsilonGC", Collector::Epsilon),
];

impl Collector {
    /// The name as HotSpot's documents spell it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Serial => "SerialGC",
            Self::Parallel => "ParallelGC",
            Self::Cms => "ConcMarkSweepGC",
            Self::G1 => "G1GC",
            Self::Z => "ZGC",
            Self::Shenandoah => "ShenandoahGC",
            Self::Epsilon => "EpsilonGC",
        }
    }
}

/// Bytes of the heap that a JVM takes at least where the memory allows it: the default of
/// `MaxHeapSize`.
const SMALL: f64 = 130_862_280.0;

impl Jvm<'_> {
    /// The collectors that are switched on when all options are read, each with the place of its switch.
    #[must_use]
    pub fn collectors(&self) -> Vec<(Collector, Location)> {
        let mut found: Vec<(Collector, Location)> = Vec::new();
        // AggressiveHeap sets Parallel, unless that is taken back after it.
        if let (Some((location, true)), None) =
            (self.switch("AggressiveHeap"), self.switch("UseParallelGC"))
        {
            found.push((Collector::Parallel, location));
        }
        for (name, collector) in COLLECTORS {
            if let Some((location, true)) = self.switch(name)
                && found.iter().all(|(known, _)| *known != collector)
            {
                found.push((collector, location));
            }
        }
        found
    }

    /// The collector that the JVM will use: the chosen one, else what the machine asks for. `None`
    /// where it depends on something unknown.
    #[must_use]
    pub fn collector(&self) -> Option<Collector> {
        self.collector_on(self.machine)
    }

    /// The same on some other machine.
    #[must_use]
    pub fn collector_on(&self, machine: Machine) -> Option<Collector> {
        let doubtful = COLLECTORS
            .iter()
            .any(|(name, _)| self.last(name).is_some_and(|(_, value)| value == "?"));
        if doubtful {
            return None;
        }
        match self.collectors().as_slice() {
            [] => self.ergonomic_collector(machine),
            [(one, _)] => Some(*one),
            _ => None,
        }
    }

    /// What the JVM chooses by itself: Serial below 2 processors or 1792 MiB, else G1 (Parallel on
    /// 8). Since JDK 27 (JEP 523) G1 everywhere.
    #[must_use]
    pub fn ergonomic_collector(&self, machine: Machine) -> Option<Collector> {
        if self.java.0 >= 27 {
            return Some(Collector::G1);
        }
        // os::is_server_class_machine: 2 processors and 2 GiB less 256 MiB of slack.
        const SERVER_CLASS_BYTES: i64 = 1792 << 20;
        let (processors, memory) = (self.processors_of(machine), machine.memory);
        let small = processors.is_some_and(|n| n < 2)
            || memory.is_some_and(|bytes| bytes < SERVER_CLASS_BYTES);
        if small {
            return Some(Collector::Serial);
        }
        processors?;
        memory?;
        Some(if self.java.0 <= 8 {
            Collector::Parallel
        } else {
            Collector::G1
        })
    }

    /// Bytes of a region of G1: `G1HeapRegionSize`, or a 2048th of the heap, between 1 and 32 MiB. The
    /// heap counts as its maximum, before 17 as the mean of its initial and its maximum size. A power
    /// of two, rounded down before 17, and up since.
    #[must_use]
    pub fn region_size(&self) -> Option<i64> {
        const MIB: i64 = 1 << 20;
        let written = self
            .number("G1HeapRegionSize")
            .filter(|number| number.place.is_some());
        let written = written.and_then(|number| i64::try_from(number.value).ok());
        let (wanted, most) = match written.filter(|bytes| *bytes > 0) {
            Some(bytes) => (
                bytes,
                if self.java.0 >= 18 {
                    512 * MIB
                } else {
                    32 * MIB
                },
            ),
            None => {
                let max = self.max_heap()?;
                let heap = if self.java.0 < 17 {
                    i64::midpoint(self.initial_heap()?, max)
                } else {
                    max
                };
                (heap / 2048, 32 * MIB)
            }
        };
        let wanted = u64::try_from(wanted.clamp(MIB, most)).ok()?;
        let power = if self.java.0 < 17 {
            1 << wanted.ilog2()
        } else {
            wanted.next_power_of_two()
        };
        i64::try_from(power).ok()
    }

    /// The largest heap with compressed pointers: 4 GiB of objects at their alignment, less what the
    /// collector keeps below. Measured: 32736m with G1, but 32256m with 18 to 24; 32752m with Serial
    /// and Parallel.
    #[must_use]
    pub fn compressed_oops_limit(&self) -> i64 {
        let alignment = self.number("ObjectAlignmentInBytes");
        let alignment = alignment
            .and_then(|number| i64::try_from(number.value).ok())
            .unwrap_or(8);
        let whole = alignment << 32;
        let kept = match self.collector() {
            Some(Collector::Serial | Collector::Parallel | Collector::Cms) => 16,
            _ if (18..25).contains(&self.java.0) => 512,
            _ => 32,
        };
        whole - (kept << 20)
    }

    /// Bytes that the heap begins with: `-Xms`, or a 64th of the memory.
    #[must_use]
    pub fn initial_heap(&self) -> Option<i64> {
        let written = self
            .number("InitialHeapSize")
            .filter(|number| number.value > 0);
        if let Some(number) = written {
            return i64::try_from(number.value).ok();
        }
        let percentage = self
            .real("InitialRAMPercentage")
            .map_or(1.5625, |number| number.value);
        let share = (self.memory()? as f64 * percentage / 100.0) as i64;
        Some(share.min(self.max_heap()?))
    }

    /// Bytes of memory that the JVM reckons with: `MaxRAM`, or what it sees.
    #[must_use]
    pub fn memory(&self) -> Option<i64> {
        let stated = self
            .number("MaxRAM")
            .filter(|number| number.place.is_some());
        match stated {
            Some(number) => Some(i64::try_from(number.value).unwrap_or(i64::MAX)),
            None => self.machine.memory,
        }
    }

    /// `ParallelGCThreads`, or what the JVM takes: each of the first 8 processors, and 5 of 8 beyond.
    #[must_use]
    pub fn parallel_threads(&self) -> Option<i64> {
        let written = self
            .number("ParallelGCThreads")
            .filter(|number| number.place.is_some());
        match written {
            Some(number) if number.value > 0 => i64::try_from(number.value).ok(),
            _ => {
                let processors = self.processors()?;
                Some(if processors <= 8 {
                    processors
                } else {
                    8 + (processors - 8) * 5 / 8
                })
            }
        }
    }

    /// Bytes that the heap may grow to, by options or as the JVM's share of the memory that it sees.
    #[must_use]
    pub fn max_heap(&self) -> Option<i64> {
        if self.wrote("MaxHeapSize").is_some() {
            return i64::try_from(self.number("MaxHeapSize")?.value).ok();
        }
        Some(self.default_max_heap(self.memory()?))
    }

    /// Bytes that a heap may grow to where no option gives a size: a share of the memory that the
    /// JVM sees (`MaxRAMPercentage`, default 25, but `MinRAMPercentage`, default 50, where that
    /// share would be below about 125 MiB), and no less than the initial heap. Measured on JDK 11–25.
    #[must_use]
    pub fn default_max_heap(&self, memory: i64) -> i64 {
        let memory = memory as f64;
        let percentage = |name: &str, fraction: &str, default: f64| {
            let fraction = self
                .number(fraction)
                .filter(|number| number.place.is_some() && number.value > 0);
            match fraction {
                Some(number) if self.wrote(name).is_none() => 100.0 / number.value as f64,
                _ => self.real(name).map_or(default, |number| number.value),
            }
        };
        let most = memory * percentage("MaxRAMPercentage", "MaxRAMFraction", 25.0) / 100.0;
        let least = memory * percentage("MinRAMPercentage", "MinRAMFraction", 50.0) / 100.0;
        let mut heap = if least < SMALL {
            least
        } else {
            most.max(SMALL)
        };
        let limit = self
            .number("ErgoHeapSizeLimit")
            .filter(|number| number.value > 0);
        if let Some(limit) = limit {
            heap = heap.min(limit.value as f64);
        }
        let initial = self
            .number("InitialHeapSize")
            .filter(|number| number.place.is_some());
        let initial = initial.and_then(|number| i64::try_from(number.value).ok());
        (heap as i64).max(initial.unwrap_or(0))
    }

    /// What decides about the maximum heap: `size`, `initial`, `max-share` or `min-share`.
    #[must_use]
    pub fn heap_rule(&self) -> Option<&'static str> {
        if self.wrote("MaxHeapSize").is_some() {
            return Some("size");
        }
        let memory = self.memory()?;
        let max = self.default_max_heap(memory);
        let raised = self
            .number("InitialHeapSize")
            .is_some_and(|initial| initial.place.is_some() && initial.value == i128::from(max));
        let least = self
            .real("MinRAMPercentage")
            .map_or(50.0, |number| number.value);
        Some(match (raised, (memory as f64 * least / 100.0) < SMALL) {
            (true, _) => "initial",
            (false, true) => "min-share",
            (false, false) => "max-share",
        })
    }

    /// `ConcGCThreads`, or what the JVM takes: a quarter of the parallel ones.
    #[must_use]
    pub fn concurrent_threads(&self) -> Option<i64> {
        let written = self
            .number("ConcGCThreads")
            .filter(|number| number.place.is_some() && number.value > 0);
        match written {
            Some(number) => i64::try_from(number.value).ok(),
            None => Some(((self.parallel_threads()? + 2) / 4).max(1)),
        }
    }

    /// Bytes that compiled code may take: `ReservedCodeCacheSize`, else 240 MiB, or 48 MiB where
    /// only one tier of compilers works.
    #[must_use]
    pub fn code_cache(&self) -> Option<i64> {
        if self.wrote("ReservedCodeCacheSize").is_some() {
            return i64::try_from(self.number("ReservedCodeCacheSize")?.value).ok();
        }
        let single = self.switch("TieredCompilation").is_some_and(|(_, on)| !on);
        let first = self.java.0 >= 17
            && self
                .number("TieredStopAtLevel")
                .is_some_and(|level| level.place.is_some() && level.value <= 1);
        Some(if single || first { 48 << 20 } else { 240 << 20 })
    }

    /// Bytes that direct buffers may take: `MaxDirectMemorySize`, else about as much as the heap.
    #[must_use]
    pub fn direct_memory(&self) -> Option<i64> {
        let written = self
            .number("MaxDirectMemorySize")
            .filter(|number| number.place.is_some() && number.value > 0);
        match written {
            Some(number) => i64::try_from(number.value).ok(),
            None => self.max_heap(),
        }
    }

    /// Bytes of the stack of a thread; linux-x64 takes 1 MiB where nothing says otherwise.
    #[must_use]
    pub fn stack(&self) -> Option<i64> {
        let kib = self.number("ThreadStackSize")?.value;
        Some(if kib == 0 {
            1 << 20
        } else {
            i64::try_from(kib).ok()?.checked_mul(1024)?
        })
    }
}
