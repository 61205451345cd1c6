//! The code cache, the compilers, and the stacks of threads.

use super::{Check, Refusal};
use crate::jvm::Jvm;
use tunelint_base::Location;
use tunelint_base::quantity::show_jvm_size;

pub(super) const CHECKS: &[Check] = &[
    code_cache,
    code_heaps,
    stack,
    compiler_threads,
    node_limit,
    on_stack,
    type_profile,
    biased_locking,
    |jvm| {
        jvm.ordered(
            "BiasedLockingBulkRebiasThreshold",
            "BiasedLockingBulkRevokeThreshold",
        )
    },
    |jvm| jvm.ordered("InteriorEntryAlignment", "CodeEntryAlignment"),
    loops,
];

fn shown(bytes: i128) -> String {
    show_jvm_size(u64::try_from(bytes).unwrap_or(0))
}

fn code_cache(jvm: &Jvm<'_>) -> Option<Refusal> {
    const LEAST: i128 = 2496 << 10;
    const MOST: i128 = 2 << 30;
    let reserved = jvm.number("ReservedCodeCacheSize")?;
    let initial = jvm.number("InitialCodeCacheSize")?;
    let place = reserved.place.or(initial.place)?;
    let least = if initial.place.is_some() {
        initial.value
    } else {
        LEAST
    };
    if reserved.value < least {
        return Some((
            place,
            format!(
                "ReservedCodeCacheSize ({}) must be at least {}",
                shown(reserved.value),
                shown(least)
            ),
        ));
    }
    (reserved.value > MOST).then(|| {
        (
            place,
            format!("ReservedCodeCacheSize must be at most {}", shown(MOST)),
        )
    })
}

/// The three parts of the code cache must fit into it, and fill it where all are given.
fn code_heaps(jvm: &Jvm<'_>) -> Option<Refusal> {
    const PARTS: [&str; 3] = [
        "NonNMethodCodeHeapSize",
        "ProfiledCodeHeapSize",
        "NonProfiledCodeHeapSize",
    ];
    const TIERED: i128 = 240 << 20;
    let reserved = jvm.number("ReservedCodeCacheSize")?;
    let whole = if reserved.place.is_some() {
        reserved.value
    } else {
        TIERED
    };
    let plain = jvm.switch("TieredCompilation").is_some_and(|(_, on)| !on)
        || jvm.wrote("TieredStopAtLevel").is_some();
    let segmented = jvm
        .switch("SegmentedCodeCache")
        .map_or(whole >= TIERED, |(_, on)| on);
    if plain || !segmented {
        return None;
    }
    let mut sum = 0;
    let mut place: Option<Location> = None;
    let mut all = true;
    for part in PARTS {
        let number = jvm.number(part)?;
        match number.place {
            Some(at) => {
                sum += number.value;
                place = place.or(Some(at));
            }
            None => {
                sum += 4096;
                all = false;
            }
        }
    }
    let place = place?;
    let fault = if sum > whole {
        "more than"
    } else if all && sum != whole && reserved.place.is_some() {
        "not"
    } else {
        return None;
    };
    Some((
        place,
        format!(
            "the parts of the code cache come to {}, {fault} ReservedCodeCacheSize ({})",
            shown(sum),
            shown(whole)
        ),
    ))
}

/// linux-x64: a thread needs 136 KiB of stack.
fn stack(jvm: &Jvm<'_>) -> Option<Refusal> {
    jvm.written_number(
        "ThreadStackSize",
        "at least 136 KiB; `-Xss` without a suffix counts bytes",
        |kib| kib == 0 || kib >= 136,
    )
}

/// One thread for each compiler that works.
fn compiler_threads(jvm: &Jvm<'_>) -> Option<Refusal> {
    let off = |name: &str| jvm.switch(name).is_some_and(|(_, on)| !on);
    let interpreted = jvm.flags().any(|(_, _, flag)| &*flag.text == "-Xint");
    let level = jvm
        .number("TieredStopAtLevel")
        .filter(|level| level.place.is_some());
    let single = off("TieredCompilation")
        || level.is_some_and(|level| level.value < 4)
        || jvm.wrote("CompilationMode").is_some();
    let least = match (interpreted, single) {
        (true, _) => 0,
        (false, true) => 1,
        (false, false) => 2,
    };
    jvm.written_number("CICompilerCount", &format!("at least {least}"), |count| {
        count >= least
    })
}

fn node_limit(jvm: &Jvm<'_>) -> Option<Refusal> {
    let (limit, fudge) = (
        jvm.number("MaxNodeLimit")?,
        jvm.number("NodeLimitFudgeFactor")?,
    );
    let place = fudge.place.or(limit.place)?;
    let (least, most) = (limit.value * 2 / 100, limit.value * 40 / 100);
    (!(least..=most).contains(&fudge.value)).then(|| {
        let text = format!(
            "NodeLimitFudgeFactor ({}) must be between 2 % and 40 % of MaxNodeLimit ({})",
            fudge.value, limit.value
        );
        (place, text)
    })
}

fn on_stack(jvm: &Jvm<'_>) -> Option<Refusal> {
    let (replace, profile) = (
        jvm.number("OnStackReplacePercentage")?,
        jvm.number("InterpreterProfilePercentage")?,
    );
    let place = replace.place.or(profile.place)?;
    if replace.value < profile.value {
        return Some((
            place,
            format!(
                "OnStackReplacePercentage ({}) must be above InterpreterProfilePercentage ({})",
                replace.value, profile.value
            ),
        ));
    }
    let threshold = jvm.number("CompileThreshold")?;
    let product = threshold
        .value
        .saturating_mul(replace.value - profile.value)
        / 100;
    let most = if jvm.java.0 >= 17 {
        i128::from(i32::MAX)
    } else {
        99_589_554_000
    };
    (product > most).then(|| (place, "OnStackReplacePercentage is too large".to_owned()))
}

fn loops(jvm: &Jvm<'_>) -> Option<Refusal> {
    let most = jvm
        .number("CodeEntryAlignment")
        .map_or(32, |number| number.value);
    jvm.written_number(
        "OptoLoopAlignment",
        &format!("at most CodeEntryAlignment ({most})"),
        |n| n <= most,
    )
}

/// Three decimal digits, each 0, 1 or 2.
fn type_profile(jvm: &Jvm<'_>) -> Option<Refusal> {
    jvm.written_number("TypeProfileLevel", "three digits of 0, 1 or 2", |level| {
        [1, 10, 100].iter().all(|place| level / place % 10 <= 2)
    })
}

fn biased_locking(jvm: &Jvm<'_>) -> Option<Refusal> {
    let (revoke, decay) = (
        jvm.number("BiasedLockingBulkRevokeThreshold")?,
        jvm.number("BiasedLockingDecayTime")?,
    );
    let place = revoke.place.or(decay.place)?;
    (revoke.value.saturating_mul(10) > decay.value).then(|| {
        (
            place,
            "BiasedLockingBulkRevokeThreshold must be at most a tenth of BiasedLockingDecayTime"
                .to_owned(),
        )
    })
}
