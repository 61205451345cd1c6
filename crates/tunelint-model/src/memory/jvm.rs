//! The JVM beside the heap. Typical sizes of a Kafka service; those that an option bounds are
//! bounded by it.

use super::inputs::mib;
use super::{Budget, Inputs, MIB, Operand, Term};
use crate::jvm::{Collector, Machine};
use tunelint_base::{Location, Origin};

/// What the typical sizes rest on.
const TYPICAL: &str = "typical of a Kafka service";

/// Adds the terms.
pub(super) fn terms(inputs: &Inputs<'_>, heap: &Term, budget: &mut Budget) {
    let (heap, of_heap) = (heap.worst, heap.operands.clone());
    let jvm = inputs.jvm;
    let size = |name: &str| jvm.and_then(|jvm| jvm.size(name)).and_then(Result::ok);
    let mut push = |name, expected: i64, worst: i64, origin: Origin, operands, why: String| {
        budget.terms.push(Term {
            name,
            expected,
            worst: worst.max(expected),
            certain: 0,
            origin,
            operands,
            why,
        });
    };
    let limit = inputs.limit().map(|limit| limit.value);
    let collector = jvm
        .and_then(|jvm| {
            jvm.collector_on(Machine {
                processors: inputs.processors(),
                memory: limit,
            })
        })
        .unwrap_or(Collector::G1);
    let java = jvm.map_or(25, |jvm| jvm.java.0);
    let (expected, worst) = collector_bytes(collector, java, heap);
    let switch = jvm.and_then(|jvm| jvm.collectors().first().map(|(_, place)| *place));
    let origin = switch.map_or_else(
        || Origin::Estimate("fits to measured runs".to_owned()),
        |place| Origin::Derived(vec![place]),
    );
    let why = format!(
        "tables of {} for a heap of {}",
        collector.as_str(),
        mib(heap)
    );
    push("gc", expected, worst, origin, of_heap, why);

    let bound = size("MaxMetaspaceSize");
    let (most, origin) = capped(bound, 150 * MIB);
    let why = "classes; 100 MiB is typical".to_owned();
    let operands = option("MaxMetaspaceSize", bound);
    push(
        "metaspace",
        (100 * MIB).min(most),
        most,
        origin,
        operands,
        why,
    );

    let bound = size("ReservedCodeCacheSize");
    let (most, origin) = capped(bound, 240 * MIB);
    let why = "compiled code; 64 MiB is typical, the JVM reserves 240 MiB".to_owned();
    let operands = option("ReservedCodeCacheSize", bound);
    push(
        "code-cache",
        (64 * MIB).min(most),
        most,
        origin,
        operands,
        why,
    );

    // The flag counts KiB; 0 leaves the size to the system.
    let stack = jvm.and_then(|jvm| jvm.number("ThreadStackSize"));
    let stack = stack.and_then(|kib| Some((kib.place?, i64::try_from(kib.value).ok()? << 10)));
    stacks(inputs, stack.filter(|(_, bytes)| *bytes > 0), &mut push);

    let bound = size("MaxDirectMemorySize").filter(|(_, bytes)| *bytes > 0);
    let (most, origin) = capped(bound, 64 * MIB);
    let why = "network buffers; 64 MiB is typical of Kafka clients".to_owned();
    let operands = option("MaxDirectMemorySize", bound);
    push("direct", (64 * MIB).min(most), most, origin, operands, why);

    let why = "symbols, compiler arenas, shared archives".to_owned();
    let origin = Origin::Estimate(TYPICAL.to_owned());
    push("jvm-other", 40 * MIB, 64 * MIB, origin, Vec::new(), why);
}

/// Stacks: an idle thread touches 0.1 MiB of its own, a busy one about a quarter.
fn stacks(
    inputs: &Inputs<'_>,
    size: Option<(Location, i64)>,
    push: &mut impl FnMut(&'static str, i64, i64, Origin, Vec<Operand>, String),
) {
    let stack = size.map_or(MIB, |(_, bytes)| bytes);
    let mut operands = option("ThreadStackSize", size);
    // A stream thread brings consumers, a producer and a state updater with it.
    let count = match inputs.threads() {
        Some(threads) => {
            let count = threads.value.saturating_mul(7).saturating_add(40);
            operands.push(threads);
            count
        }
        None => 45,
    };
    let places: Vec<Location> = operands.iter().filter_map(Operand::place).collect();
    let origin = if places.is_empty() {
        Origin::Estimate(TYPICAL.to_owned())
    } else {
        Origin::Derived(places)
    };
    let why = format!(
        "about {count} threads, each with a stack of up to {}",
        mib(stack)
    );
    let (touched, most) = (stack.min(MIB / 4), count.saturating_mul(stack));
    push(
        "thread-stacks",
        count.saturating_mul(touched),
        most,
        origin,
        operands,
        why,
    );
}

/// What malloc keeps beside what was asked of it: peaks that are not given back, and a tenth of
/// what nothing bounds.
pub(super) fn malloc(budget: &Budget) -> Term {
    let rocksdb = || budget.terms.iter().filter(|term| term.is_rocksdb());
    let (expected, worst) = if rocksdb().next().is_none() {
        (20, 32 * MIB)
    } else if budget.bounded == Some(true) {
        (40, 64 * MIB)
    } else {
        let sum: i64 = rocksdb().map(|term| term.worst).sum();
        (35, 64 * MIB + sum / 10)
    };
    Term {
        name: "malloc",
        expected: expected * MIB,
        worst,
        certain: 0,
        origin: Origin::Estimate("fits to measured runs".to_owned()),
        operands: Vec::new(),
        why: "what the allocator keeps after peaks, and fragments".to_owned(),
    }
}

fn option(name: &'static str, bound: Option<(Location, i64)>) -> Vec<Operand> {
    bound
        .map(|(place, bytes)| Operand::set(name, bytes, place).bytes())
        .into_iter()
        .collect()
}

/// The bound that an option sets, else a typical one.
fn capped(bound: Option<(Location, i64)>, typical: i64) -> (i64, Origin) {
    match bound {
        Some((place, bytes)) => (bytes, Origin::Derived(vec![place])),
        None => (typical, Origin::Estimate(TYPICAL.to_owned())),
    }
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
