//! How large the heap will be, and which collector works on it.

use super::Jvm;
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

/// The switches that choose a collector. `UseParNewGC` and `UseParallelOldGC` only go with theirs.
pub const COLLECTORS: [(&str, Collector); 7] = [
    ("UseSerialGC", Collector::Serial),
    ("UseParallelGC", Collector::Parallel),
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

impl Jvm<'_> {
    /// The collectors that are switched on when all options are read, each with the place of its switch.
    #[must_use]
    pub fn collectors(&self) -> Vec<(Collector, Location)> {
        COLLECTORS
            .iter()
            .filter_map(|(name, collector)| {
                let (location, on) = self.switch(name)?;
                on.then_some((*collector, location))
            })
            .collect()
    }

    /// The collector that a JVM with that many processors and bytes of memory will use: the chosen
    /// one, else Serial below 2 processors or 1792 MiB, else G1 (Parallel on 8). Since JDK 27 (JEP
    /// 523) G1 everywhere. `None` where it depends on something unknown.
    #[must_use]
    pub fn collector(&self, processors: Option<i64>, memory: Option<i64>) -> Option<Collector> {
        let doubtful = COLLECTORS
            .iter()
            .any(|(name, _)| self.last(name).is_some_and(|(_, value)| value == "?"));
        if doubtful {
            return None;
        }
        match self.collectors().as_slice() {
            [] => {}
            [(one, _)] => return Some(*one),
            _ => return None,
        }
        if self.java.0 >= 27 {
            return Some(Collector::G1);
        }
        // os::is_server_class_machine: 2 processors and 2 GiB less 256 MiB of slack.
        const SERVER_CLASS_BYTES: i64 = 1792 << 20;
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

    /// Bytes that a heap may grow to where no option gives a size: a share of the memory that the
    /// JVM sees (`MaxRAMPercentage`, default 25, but `MinRAMPercentage`, default 50, where that
    /// share would be below about 125 MiB). Measured on JDK 11–25.
    #[must_use]
    pub fn default_max_heap(&self, memory: i64) -> i64 {
        let percentage = |name: &str, default: f64| {
            self.last(name)
                .and_then(|(_, text)| text.parse::<f64>().ok())
                .unwrap_or(default)
        };
        const SMALL: f64 = 125.0 * 1024.0 * 1024.0;
        let memory = memory as f64;
        let most = memory * percentage("MaxRAMPercentage", 25.0) / 100.0;
        let least = memory * percentage("MinRAMPercentage", 50.0) / 100.0;
        let heap = if least < SMALL {
            least
        } else {
            most.max(SMALL.min(least))
        };
        heap as i64
    }
}
