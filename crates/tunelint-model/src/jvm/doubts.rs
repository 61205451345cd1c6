//! What a JVM warns about when it starts: options that together do not do what they say.
//!
//! Measured on JDK 11, 17, 21 and 25, linux-x64.

use super::{Collector, Form, Jvm, form};
use tunelint_base::Location;
use tunelint_base::quantity::show_jvm_size;

type Check = fn(&Jvm<'_>) -> Option<(Location, String)>;

const CHECKS: [Check; 10] = [
    young_sizes,
    young_ratio,
    young_beyond_heap,
    compressed_oops,
    class_space,
    class_space_unused,
    native_tracking,
    strip_mining,
    compact_headers,
    large_pages,
];

impl Jvm<'_> {
    /// What the JVM warns about at the option that stands there.
    #[must_use]
    pub fn doubt_at(&self, location: Location) -> Option<String> {
        let found = CHECKS.iter().filter_map(|check| check(self));
        found
            .into_iter()
            .find_map(|(place, text)| (place == location).then_some(text))
    }

    fn is_on(&self, name: &str) -> bool {
        self.switch(name).is_some_and(|(_, on)| on)
    }

    fn is_off(&self, name: &str) -> bool {
        self.switch(name).is_some_and(|(_, on)| !on)
    }

    fn is_generational_copy(&self) -> bool {
        matches!(
            self.collector(),
            Some(Collector::Serial | Collector::Parallel | Collector::Cms)
        )
    }
}

fn shown(bytes: i128) -> String {
    show_jvm_size(u64::try_from(bytes).unwrap_or(0))
}

/// G1 warns; the other collectors take the greater one as well, without a word.
fn young_sizes(jvm: &Jvm<'_>) -> Option<(Location, String)> {
    let (new, max) = (jvm.number("NewSize")?, jvm.number("MaxNewSize")?);
    let place = max
        .place
        .filter(|_| jvm.collector() == Some(Collector::G1))?;
    (new.value > max.value).then(|| {
        let text = format!(
            "NewSize ({}) is above MaxNewSize ({}), and becomes the maximum",
            shown(new.value),
            shown(max.value)
        );
        (place, text)
    })
}

fn young_ratio(jvm: &Jvm<'_>) -> Option<(Location, String)> {
    let place = jvm.number("NewRatio")?.place?;
    let fixed = jvm.wrote("NewSize").or_else(|| jvm.wrote("MaxNewSize"));
    (fixed.is_some() && jvm.collector() == Some(Collector::G1)).then(|| {
        (
            place,
            "NewSize or MaxNewSize (`-Xmn` sets both) is there, and NewRatio has no effect"
                .to_owned(),
        )
    })
}

fn young_beyond_heap(jvm: &Jvm<'_>) -> Option<(Location, String)> {
    if !jvm.is_generational_copy() {
        return None;
    }
    let young = ["NewSize", "MaxNewSize"].iter().filter_map(|name| {
        let number = jvm.number(name)?;
        Some((number.place?, number.value))
    });
    let heap = i128::from(jvm.max_heap()?);
    young.into_iter().find_map(|(place, bytes)| {
        (bytes >= heap).then(|| {
            (
                place,
                format!(
                    "the young generation ({}) does not fit into the heap ({})",
                    shown(bytes),
                    shown(heap)
                ),
            )
        })
    })
}

fn compressed_oops(jvm: &Jvm<'_>) -> Option<(Location, String)> {
    let (place, on) = jvm.switch("UseCompressedOops")?;
    let limit = jvm.compressed_oops_limit();
    let heap = jvm.max_heap()?;
    (on && heap > limit).then(|| {
        let text = format!(
            "a heap of {} is too large for compressed pointers; the most is {}",
            shown(heap.into()),
            shown(limit.into())
        );
        (place, text)
    })
}

/// The class space is part of the metaspace, which 25 tells.
fn class_space(jvm: &Jvm<'_>) -> Option<(Location, String)> {
    let (class, meta) = (
        jvm.number("CompressedClassSpaceSize")?,
        jvm.number("MaxMetaspaceSize")?,
    );
    let place = class.place?;
    meta.place?;
    (jvm.java.0 >= 25 && class.value >= meta.value).then(|| {
        (
            place,
            "it does not fit into MaxMetaspaceSize, and is made smaller".to_owned(),
        )
    })
}

fn class_space_unused(jvm: &Jvm<'_>) -> Option<(Location, String)> {
    let place = jvm.number("CompressedClassSpaceSize")?.place?;
    jvm.is_off("UseCompressedClassPointers").then(|| {
        (
            place,
            "without UseCompressedClassPointers it has no effect".to_owned(),
        )
    })
}

/// Both need `-XX:NativeMemoryTracking`.
fn native_tracking(jvm: &Jvm<'_>) -> Option<(Location, String)> {
    let tracks = jvm
        .last("NativeMemoryTracking")
        .is_some_and(|(_, text)| text != "off");
    if tracks {
        return None;
    }
    let text = "native memory tracking is off, so it has no effect".to_owned();
    match jvm.switch("PrintNMTStatistics") {
        Some((place, true)) => Some((place, text)),
        _ => jvm.last("MallocLimit").map(|(place, _)| (place, text)),
    }
}

fn strip_mining(jvm: &Jvm<'_>) -> Option<(Location, String)> {
    let place = jvm.number("LoopStripMiningIter")?;
    let written = place.place.filter(|_| place.value > 0 && jvm.java.0 < 17)?;
    (!jvm.is_on("UseCountedLoopSafepoints")).then(|| {
        (
            written,
            "without UseCountedLoopSafepoints it becomes 0".to_owned(),
        )
    })
}

fn compact_headers(jvm: &Jvm<'_>) -> Option<(Location, String)> {
    let (place, on) = jvm.switch("UseCompactObjectHeaders")?;
    (on && jvm.is_off("UseCompressedClassPointers")).then(|| {
        (
            place,
            "it needs UseCompressedClassPointers, which is switched off".to_owned(),
        )
    })
}

/// On a machine without large pages they are left out; containers rarely have them.
fn large_pages(jvm: &Jvm<'_>) -> Option<(Location, String)> {
    let is_bare = jvm
        .flags()
        .all(|(_, _, flag)| form(&flag.text) != Form::Switch("UseTransparentHugePages", true));
    let (place, on) = jvm.switch("UseLargePages")?;
    (on && is_bare).then(|| {
        (
            place,
            "a machine without configured large pages goes on without them".to_owned(),
        )
    })
}
