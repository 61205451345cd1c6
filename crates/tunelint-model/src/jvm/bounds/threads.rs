//! Collectors and their threads.

use super::{Check, Refusal};
use crate::jvm::{COLLECTORS, Collector, Jvm};

pub(super) const CHECKS: &[Check] = &[no_collector, no_workers, no_concurrent_workers, concurrent];

/// A collector that is switched off leaves none where it would have been chosen.
fn no_collector(jvm: &Jvm<'_>) -> Option<Refusal> {
    if !jvm.collectors().is_empty() {
        return None;
    }
    let chosen = jvm.ergonomic_collector(jvm.machine)?;
    let (name, _) = COLLECTORS
        .iter()
        .find(|(_, collector)| *collector == chosen)?;
    let (place, on) = jvm.switch(name)?;
    (!on).then(|| {
        (
            place,
            format!(
                "{} would be chosen and is switched off: no collector is left",
                chosen.as_str()
            ),
        )
    })
}

/// G1 and Parallel need a thread; Serial has no use for the option.
fn no_workers(jvm: &Jvm<'_>) -> Option<Refusal> {
    let threads = jvm.number("ParallelGCThreads")?;
    let place = threads.place.filter(|_| threads.value == 0)?;
    let collector = jvm.collector()?;
    let needs = !matches!(collector, Collector::Serial | Collector::Epsilon);
    needs.then(|| {
        (
            place,
            format!(
                "{} needs at least one of ParallelGCThreads",
                collector.as_str()
            ),
        )
    })
}

/// ZGC and Shenandoah work beside the program, and need a thread for it.
fn no_concurrent_workers(jvm: &Jvm<'_>) -> Option<Refusal> {
    let threads = jvm.number("ConcGCThreads")?;
    let place = threads.place.filter(|_| threads.value == 0)?;
    let collector = jvm.collector()?;
    matches!(collector, Collector::Z | Collector::Shenandoah).then(|| {
        (
            place,
            format!("{} needs at least one of ConcGCThreads", collector.as_str()),
        )
    })
}

/// G1 before 21 wants no more concurrent threads than parallel ones.
fn concurrent(jvm: &Jvm<'_>) -> Option<Refusal> {
    let concurrent = jvm.number("ConcGCThreads")?;
    let place = concurrent.place.filter(|_| jvm.java.0 < 21)?;
    if !matches!(jvm.collector()?, Collector::G1 | Collector::Cms) {
        return None;
    }
    let parallel = i128::from(jvm.parallel_threads()?);
    (concurrent.value > parallel).then(|| {
        let text = format!(
            "ConcGCThreads ({}) must not be above ParallelGCThreads ({parallel})",
            concurrent.value
        );
        (place, text)
    })
}
