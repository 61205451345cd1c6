//! What a process can use of memory: the heap, the JVM beside it, and RocksDB.
//!
//! The formulas are those that were fitted to runs of real RocksDB inside real JVMs 11–25: each
//! term has an expected size and a worst one. What is certain is only what is set.

use crate::client::ClientKind;
use crate::jvm::{Collector, Jvm};
use crate::model::{Model, StoreSpec};
use tunelint_base::Location;

mod rocksdb;

pub use rocksdb::{Instances, segments};

const MIB: i64 = 1 << 20;

/// A part of the memory of a process, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// Its name: `heap`, `gc`, `metaspace`, `rocksdb-block-cache`, …
    pub name: &'static str,
    /// What a service of this kind touches.
    pub expected: i64,
    /// What the settings allow.
    pub worst: i64,
    /// What is set and will certainly be used in the long run.
    pub certain: i64,
    /// Where somebody wrote what it rests on.
    pub from: Vec<Location>,
    /// How it comes about.
    pub why: String,
}

/// The parts of the memory of a process.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Budget {
    /// The parts.
    pub terms: Vec<Term>,
    /// What had to be assumed.
    pub assumptions: Vec<String>,
}

impl Budget {
    /// The sum of what is expected.
    #[must_use]
    pub fn expected(&self) -> i64 {
        self.terms.iter().map(|term| term.expected).sum()
    }

    /// The sum of the worst cases.
    #[must_use]
    pub fn worst(&self) -> i64 {
        self.terms.iter().map(|term| term.worst).sum()
    }

    /// The sum of what is certain.
    #[must_use]
    pub fn certain(&self) -> i64 {
        self.terms.iter().map(|term| term.certain).sum()
    }
}

/// The budget of a workload; `None` where it is unknown what its heap is.
#[must_use]
pub fn budget(model: &Model<'_>, workload: usize) -> Option<Budget> {
    let slot = model.workloads.get(workload)?;
    if slot.jvm.is_none() && slot.clients.is_empty() {
        // Nothing shows that a JVM runs in it.
        return None;
    }
    let jvm = slot.jvm.and_then(|at| model.jvms.get(at));
    let container = slot.container.map(|at| &model.containers[at]);
    let limit = container.and_then(|container| container.facts.resources.memory_limit.as_ref());
    let limit_bytes = limit.and_then(|amount| amount.value);
    let mut budget = Budget::default();
    let heap = match jvm.and_then(|jvm| jvm.size("MaxHeapSize")) {
        Some(Ok((location, bytes))) => Term {
            name: "heap",
            expected: bytes,
            worst: bytes,
            certain: bytes,
            from: vec![location],
            why: "the maximum heap".into(),
        },
        Some(Err(_)) => return None,
        // An option that nobody can see may bound it.
        None if jvm.is_some_and(Jvm::has_hidden_options) => return None,
        None => {
            let memory = limit_bytes?;
            let bytes = jvm.map_or(memory / 4, |jvm| jvm.default_max_heap(memory));
            let percentage = jvm.and_then(|jvm| jvm.last("MaxRAMPercentage"));
            let from = percentage
                .map(|(location, _)| location)
                .into_iter()
                .collect();
            let why = "the JVM's share of the container's memory limit".into();
            Term {
                name: "heap",
                expected: bytes,
                worst: bytes,
                certain: 0,
                from,
                why,
            }
        }
    };
    let heap_bytes = heap.worst;
    budget.terms.push(heap);
    native(model, workload, heap_bytes, &mut budget);
    rocksdb::terms(model, workload, &mut budget);
    Some(budget)
}

/// The JVM beside the heap. Typical sizes of a Kafka service; those that an option bounds are
/// bounded by it.
fn native(model: &Model<'_>, workload: usize, heap: i64, budget: &mut Budget) {
    let slot = &model.workloads[workload];
    let jvm = slot.jvm.and_then(|at| model.jvms.get(at));
    let size = |name: &str| jvm.and_then(|jvm| jvm.size(name)).and_then(Result::ok);
    let mut push = |name, expected: i64, worst: i64, from: Option<Location>, why: &str| {
        let (from, why) = (from.into_iter().collect(), why.to_owned());
        budget.terms.push(Term {
            name,
            expected,
            worst: worst.max(expected),
            certain: 0,
            from,
            why,
        });
    };
    let resources = slot
        .container
        .map(|at| &model.containers[at].facts.resources);
    let cpu = resources.and_then(|resources| resources.cpu_limit.as_ref()?.value);
    let memory = resources.and_then(|resources| resources.memory_limit.as_ref()?.value);
    let processors = cpu.map(|millicores| (millicores + 999) / 1000);
    let collector = jvm
        .and_then(|jvm| jvm.collector(processors, memory))
        .unwrap_or(Collector::G1);
    let java = jvm.map_or(25, |jvm| jvm.java.0);
    let (expected, worst) = collector_bytes(collector, java, heap);
    let switch = jvm.and_then(|jvm| jvm.collectors().first().map(|(_, location)| *location));
    push("gc", expected, worst, switch, "the collector's own tables");
    let metaspace = size("MaxMetaspaceSize");
    let typical = 100 * MIB;
    let (bound, from) =
        metaspace.map_or((typical, None), |(location, bytes)| (bytes, Some(location)));
    push(
        "metaspace",
        typical.min(bound),
        bound,
        from,
        "the classes of a typical service",
    );
    let code = size("ReservedCodeCacheSize");
    let (bound, from) = code.map_or((240 * MIB, None), |(location, bytes)| {
        (bytes, Some(location))
    });
    push(
        "code-cache",
        (64 * MIB).min(bound),
        bound,
        from,
        "compiled code",
    );
    let threads =
        streams_threads(model, workload).map_or((45, None), |(count, from)| (40 + 7 * count, from));
    let stack = size("ThreadStackSize").map_or(MIB, |(_, bytes)| bytes);
    // An idle thread touches 0.1 MiB of its stack; a busy one about a quarter.
    push(
        "thread-stacks",
        threads.0 * MIB / 4,
        threads.0 * stack,
        threads.1,
        "stacks of the threads",
    );
    let direct = size("MaxDirectMemorySize").filter(|(_, bytes)| *bytes > 0);
    let (bound, from) = direct.map_or((64 * MIB, None), |(location, bytes)| {
        (bytes, Some(location))
    });
    push(
        "direct",
        (64 * MIB).min(bound),
        bound,
        from,
        "network buffers",
    );
    push(
        "malloc",
        60 * MIB,
        96 * MIB,
        None,
        "symbols, compiler arenas, and what the allocator keeps",
    );
}

/// The collector's native memory, expected and worst: fits of measured runs by JDK, of which
/// about half is resident (all of it with Serial, 85 % with generational ZGC).
fn collector_bytes(collector: Collector, java: u16, heap: i64) -> (i64, i64) {
    let (fixed, per_mille, resident) = match collector {
        Collector::Serial | Collector::Epsilon => (5, 4, 100),
        Collector::Parallel | Collector::Cms => (10, 40, 50),
        Collector::G1 if java >= 21 => (40, 40, 50),
        Collector::G1 => (50, 50, 50),
        Collector::Z if java >= 24 => (50, 50, 85),
        Collector::Z => (100, 80, 85),
        Collector::Shenandoah => (10, 40, 50),
    };
    let figure = fixed * MIB + heap / 1000 * per_mille;
    (figure / 100 * resident, figure)
}

/// `num.stream.threads` of the workload's Streams application.
fn streams_threads(model: &Model<'_>, workload: usize) -> Option<(i64, Option<Location>)> {
    let client = streams_client(model, workload)?;
    let client = &model.clients[client];
    let entry = client.entry("num.stream.threads");
    let count = client
        .written("num.stream.threads")
        .map_or(Some(1), |text| text.parse().ok())?;
    Some((
        count,
        entry.map(|entry| Location::new(entry.file, entry.setting.span)),
    ))
}

/// The workload's Streams application, if it runs just one.
#[must_use]
pub fn streams_client(model: &Model<'_>, workload: usize) -> Option<usize> {
    let slot = model.workloads.get(workload)?;
    let mut all = slot
        .clients
        .iter()
        .copied()
        .filter(|at| model.clients[*at].kind == ClientKind::Streams);
    let one = all.next()?;
    all.next().is_none().then_some(one)
}

/// The stores that `tunelint.toml` states for the workload.
fn stated<'m>(model: &'m Model<'_>, workload: usize) -> Option<(&'m [StoreSpec], Option<i64>)> {
    let spec = model
        .options
        .workloads
        .get(model.workloads.get(workload)?.spec?)?;
    (!spec.stores.is_empty()).then_some((&spec.stores, spec.partitions))
}
