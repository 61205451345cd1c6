//! Bounds of the heap and its parts.

use super::{Check, Refusal};
use crate::jvm::{Collector, Jvm};
use tunelint_base::quantity::show_jvm_size;

const MIB: i128 = 1 << 20;

pub(super) const CHECKS: &[Check] = &[
    sizes,
    share,
    |jvm| jvm.ordered("MinHeapFreeRatio", "MaxHeapFreeRatio"),
    |jvm| jvm.ordered("MinMetaspaceFreeRatio", "MaxMetaspaceFreeRatio"),
    |jvm| jvm.ordered("G1NewSizePercent", "G1MaxNewSizePercent"),
    soft_max,
    pause_interval,
    mark_stack,
    survivors,
    tenuring,
    ratio,
    thread_buffer,
    buffers,
];

fn shown(bytes: i128) -> String {
    show_jvm_size(u64::try_from(bytes).unwrap_or(0))
}

/// The least, the initial and the greatest heap.
fn sizes(jvm: &Jvm<'_>) -> Option<Refusal> {
    let written = |name: &str| {
        jvm.number(name)
            .and_then(|number| Some((number.place?, number.value)))
    };
    let (max, initial, min) = (
        written("MaxHeapSize"),
        written("InitialHeapSize"),
        written("MinHeapSize"),
    );
    let least = if jvm.java.0 < 17 {
        2 * MIB + 1
    } else {
        2 * MIB
    };
    if let Some((place, bytes)) = max {
        if bytes == 0 {
            return Some((place, "the maximum heap must be more than 0".to_owned()));
        }
        if bytes < least {
            return Some((
                place,
                format!("the maximum heap ({}) must be at least 2m", shown(bytes)),
            ));
        }
    }
    for (what, written) in [("initial", initial), ("least", min)] {
        if let Some((place, bytes)) = written.filter(|(_, bytes)| *bytes != 0 && *bytes < MIB) {
            return Some((
                place,
                format!("the {what} heap ({}) must be at least 1m", shown(bytes)),
            ));
        }
    }
    let ((min_place, min), (_, initial)) = (min?, initial?);
    (initial != 0 && min > initial).then(|| {
        let text = format!(
            "the least heap ({}) must not be above the initial one ({})",
            shown(min),
            shown(initial)
        );
        (min_place, text)
    })
}

/// A maximum that follows from a share of the memory may be too small as well; and no other size
/// may be above the maximum.
fn share(jvm: &Jvm<'_>) -> Option<Refusal> {
    if let Some(limit) = jvm.number("ErgoHeapSizeLimit")
        && let Some(place) = limit.place.filter(|_| jvm.wrote("MaxHeapSize").is_none())
        && limit.value != 0
        && limit.value < 2 * MIB
    {
        return Some((
            place,
            "ErgoHeapSizeLimit leaves a maximum heap of less than 2m".to_owned(),
        ));
    }
    let max = i128::from(jvm.max_heap()?);
    if jvm.wrote("MaxHeapSize").is_none() && max < 2 * MIB {
        let names = [
            "MaxRAM",
            "MinRAMPercentage",
            "MinRAMFraction",
            "MaxRAMPercentage",
            "MaxRAMFraction",
        ];
        let place = names.iter().find_map(|name| {
            jvm.wrote(name)
                .or_else(|| jvm.last(name).map(|(place, _)| place))
        })?;
        return Some((
            place,
            format!(
                "the share of the memory leaves a maximum heap of {}, less than 2m",
                shown(max)
            ),
        ));
    }
    if max > 1 << 47
        && let Some(place) = jvm.wrote("MaxRAM")
    {
        return Some((
            place,
            "the share of the memory is more than an address can reach".to_owned(),
        ));
    }
    let min = jvm.number("MinHeapSize")?;
    let place = min
        .place
        .filter(|_| jvm.wrote("MaxHeapSize").is_some() && jvm.wrote("InitialHeapSize").is_none())?;
    (min.value > max).then(|| {
        (
            place,
            format!(
                "the least heap ({}) must not be above the maximum ({})",
                shown(min.value),
                shown(max)
            ),
        )
    })
}

/// The option exists since 13.
fn soft_max(jvm: &Jvm<'_>) -> Option<Refusal> {
    let soft = jvm.number("SoftMaxHeapSize")?;
    let place = soft.place.filter(|_| jvm.java.0 >= 13)?;
    let max = jvm.max_heap()?;
    (soft.value > i128::from(max)).then(|| {
        (
            place,
            "SoftMaxHeapSize must not be above the maximum heap".to_owned(),
        )
    })
}

/// G1 only: the pause must be shorter than the time from one to the next.
fn pause_interval(jvm: &Jvm<'_>) -> Option<Refusal> {
    let interval = jvm.number("GCPauseIntervalMillis")?;
    let place = interval
        .place
        .filter(|_| jvm.collector() == Some(Collector::G1))?;
    let Some(pause_place) = jvm.wrote("MaxGCPauseMillis") else {
        return Some((
            place,
            "GCPauseIntervalMillis needs MaxGCPauseMillis beside it".to_owned(),
        ));
    };
    let pause = jvm.number("MaxGCPauseMillis")?;
    (pause.value >= interval.value).then(|| {
        let text = format!(
            "MaxGCPauseMillis ({}) must be below GCPauseIntervalMillis ({})",
            pause.value, interval.value
        );
        (pause_place, text)
    })
}

/// From 17 on only what is written is checked.
fn mark_stack(jvm: &Jvm<'_>) -> Option<Refusal> {
    if jvm.java.0 >= 17 && jvm.wrote("MarkStackSize").is_none() {
        return None;
    }
    jvm.ordered("MarkStackSize", "MarkStackSizeMax")
}

/// Parallel alone looks at both.
fn tenuring(jvm: &Jvm<'_>) -> Option<Refusal> {
    if jvm.collector() != Some(Collector::Parallel) {
        return None;
    }
    jvm.ordered("InitialTenuringThreshold", "MaxTenuringThreshold")
}

/// G1 has no use for the option; the others divide by it.
fn ratio(jvm: &Jvm<'_>) -> Option<Refusal> {
    if !matches!(
        jvm.collector()?,
        Collector::Serial | Collector::Parallel | Collector::Cms
    ) {
        return None;
    }
    jvm.written_number("NewRatio", "more than 0", |ratio| ratio > 0)
}

/// 0 leaves the size to the JVM, where it is not written.
fn thread_buffer(jvm: &Jvm<'_>) -> Option<Refusal> {
    jvm.wrote("TLABSize")?;
    jvm.ordered("MinTLABSize", "TLABSize")
}

/// G1: a survivor space of a region at least.
fn survivors(jvm: &Jvm<'_>) -> Option<Refusal> {
    let ratio = jvm.number("SurvivorRatio")?;
    let place = ratio
        .place
        .filter(|_| jvm.collector() == Some(Collector::G1))?;
    let most = i128::from(jvm.max_heap()? / jvm.region_size()?);
    (ratio.value > most).then(|| {
        (
            place,
            format!("SurvivorRatio must be at most {most}, the number of regions"),
        )
    })
}

/// Buffers that threads allocate in, in words of 8 bytes: no smaller than the least buffer of a
/// thread, no larger than what a region holds.
fn buffers(jvm: &Jvm<'_>) -> Option<Refusal> {
    let collector = jvm.collector()?;
    if !matches!(
        collector,
        Collector::G1 | Collector::Parallel | Collector::Cms
    ) {
        return None;
    }
    let least = jvm.number("MinTLABSize")?;
    let most = match collector {
        Collector::G1 => jvm.region_size().map(|region| i128::from(region / 2)),
        _ => None,
    };
    for name in ["YoungPLABSize", "OldPLABSize", "TLABSize"] {
        let words = jvm.number(name)?;
        let unit = if name == "TLABSize" { 1 } else { 8 };
        let place = words
            .place
            .or(least.place.filter(|_| unit == 8 && jvm.java.0 < 21));
        let Some(place) = place else { continue };
        if unit == 8 && words.value * unit < least.value / unit * unit {
            return Some((
                place,
                format!(
                    "{name} must be at least {}, the words of MinTLABSize",
                    least.value / 8
                ),
            ));
        }
        if let Some(most) = most.filter(|most| words.place.is_some() && words.value * unit > *most)
        {
            return Some((
                place,
                format!("{name} must be at most {}, half a region", most / unit),
            ));
        }
    }
    None
}
