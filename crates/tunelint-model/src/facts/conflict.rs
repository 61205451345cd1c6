//! Options that contradict each other or the JVM's own bounds, so that it refuses to start.

use super::{Decl, decl};
use crate::jvm::{Collector, Jvm};
use crate::value::{Fact, Type, Value};
use crate::view::View;
use tunelint_base::quantity::show_jvm_size;
use tunelint_base::{Entity, Location};

pub(super) const FACTS: &[Decl] = &[decl(
    "jvm.conflict",
    Entity::Jvm,
    Type::Str,
    "Two options that contradict each other, or one that contradicts the JVM's own bounds",
    conflict,
)];

type Check = fn(&Jvm<'_>) -> Option<(Location, String)>;

/// HotSpot's constraint functions and ergonomics, as far as they were measured on JDK 11 to 25.
const CHECKS: [Check; 5] = [
    free_ratio,
    soft_max,
    code_cache,
    no_workers,
    small_initial_heap,
];

fn conflict<'m>(view: &View<'m>) -> Fact<'m> {
    let Some(jvm) = view.jvm else {
        return Fact::unknown("the JVM");
    };
    let found = CHECKS.iter().find_map(|check| check(jvm));
    found.map_or_else(Fact::absent, |(place, text)| {
        Fact::set(Value::str(text), place)
    })
}

fn number(jvm: &Jvm<'_>, name: &str, default: i64) -> Option<(Option<Location>, i64)> {
    match jvm.size(name) {
        Some(Ok((place, value))) => Some((Some(place), value)),
        Some(Err(_)) => None,
        None => Some((None, default)),
    }
}

fn free_ratio(jvm: &Jvm<'_>) -> Option<(Location, String)> {
    let (min_at, min) = number(jvm, "MinHeapFreeRatio", 40)?;
    let (max_at, max) = number(jvm, "MaxHeapFreeRatio", 70)?;
    let place = min_at.or(max_at)?;
    (min > max).then(|| {
        (
            place,
            format!("MinHeapFreeRatio ({min}) must not be above MaxHeapFreeRatio ({max})"),
        )
    })
}

/// The option exists since 13.
fn soft_max(jvm: &Jvm<'_>) -> Option<(Location, String)> {
    let (place, soft) = jvm.size("SoftMaxHeapSize")?.ok()?;
    let (_, max) = jvm.size("MaxHeapSize")?.ok()?;
    (jvm.java.0 >= 13 && soft > max).then(|| {
        (
            place,
            "SoftMaxHeapSize must not be above the maximum heap".to_owned(),
        )
    })
}

fn code_cache(jvm: &Jvm<'_>) -> Option<(Location, String)> {
    const LEAST: i64 = 2496 << 10;
    const MOST: i64 = 2 << 30;
    let (place, reserved) = jvm.size("ReservedCodeCacheSize")?.ok()?;
    let initial = number(jvm, "InitialCodeCacheSize", LEAST)?.1;
    let shown = |bytes: i64| show_jvm_size(u64::try_from(bytes).unwrap_or(0));
    if reserved < initial {
        return Some((
            place,
            format!("ReservedCodeCacheSize must be at least {}", shown(initial)),
        ));
    }
    (reserved > MOST).then(|| {
        (
            place,
            format!("ReservedCodeCacheSize must be at most {}", shown(MOST)),
        )
    })
}

/// G1 and Parallel need a thread; Serial has no use for the option.
fn no_workers(jvm: &Jvm<'_>) -> Option<(Location, String)> {
    let (place, threads) = jvm.size("ParallelGCThreads")?.ok()?;
    let collectors = jvm.collectors();
    let needs = match collectors.as_slice() {
        [(one, place)] if matches!(one, Collector::G1 | Collector::Parallel) => {
            Some((*place, one.as_str()))
        }
        _ => None,
    };
    let (_, name) = needs?;
    (threads == 0).then(|| {
        (
            place,
            format!("{name} needs at least one of ParallelGCThreads"),
        )
    })
}

/// `-Xms0` leaves the choice to the JVM; anything else below 1 MiB is refused.
fn small_initial_heap(jvm: &Jvm<'_>) -> Option<(Location, String)> {
    let (place, initial) = jvm.size("InitialHeapSize")?.ok()?;
    (initial > 0 && initial < 1 << 20)
        .then(|| (place, "the initial heap must be at least 1m".to_owned()))
}
