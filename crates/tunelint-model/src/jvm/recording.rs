//! What a JVM makes of the options of Flight Recorder.

use super::Taken;
use tunelint_base::JavaVersion;
use tunelint_base::quantity::jvm_size;

/// What a value must be.
#[derive(Clone, Copy)]
enum Wanted {
    Truth,
    Whole,
    /// A size of this many bytes at least.
    Size(u64),
    Time,
    Text,
}

/// The keys of `-XX:FlightRecorderOptions`, each with the release that first has it.
const OPTIONS: [(&str, u16, Wanted); 11] = [
    ("globalbuffersize", 11, Wanted::Size(64 << 10)),
    ("maxchunksize", 11, Wanted::Size(1 << 20)),
    ("memorysize", 11, Wanted::Size(1 << 20)),
    ("numglobalbuffers", 11, Wanted::Whole),
    ("old-object-queue-size", 11, Wanted::Whole),
    ("preserve-repository", 21, Wanted::Truth),
    ("repository", 11, Wanted::Text),
    ("retransform", 11, Wanted::Truth),
    ("samplethreads", 11, Wanted::Truth),
    ("stackdepth", 11, Wanted::Whole),
    ("threadbuffersize", 11, Wanted::Size(4 << 10)),
];

/// The keys of `-XX:StartFlightRecording`. From 17 on any other key is one of the settings file, and
/// an unknown one only warned about.
const STARTED: [(&str, Wanted); 10] = [
    ("delay", Wanted::Time),
    ("disk", Wanted::Truth),
    ("dumponexit", Wanted::Truth),
    ("duration", Wanted::Time),
    ("filename", Wanted::Text),
    ("maxage", Wanted::Time),
    ("maxsize", Wanted::Size(0)),
    ("name", Wanted::Text),
    ("path-to-gc-roots", Wanted::Truth),
    ("settings", Wanted::Text),
];

/// `-XX:FlightRecorderOptions=…`, or after a colon.
pub(crate) fn options(value: &str, java: JavaVersion) -> Taken {
    for option in value.split(',').filter(|option| !option.is_empty()) {
        let (key, value) = option.split_once('=').unwrap_or((option, ""));
        let known = OPTIONS
            .iter()
            .find(|(name, since, _)| *name == key && java.0 >= *since);
        let Some((_, _, wanted)) = known else {
            return Taken::BadValue(format!(
                "made of options of Flight Recorder; `{key}` is none of Java {java}"
            ));
        };
        if let Some(wanted) = fault(value, *wanted, java) {
            return Taken::BadValue(format!("right for `{key}`: {wanted}"));
        }
    }
    Taken::Accepted
}

/// `-XX:StartFlightRecording`, alone or with its options after `=` or `:`.
pub(crate) fn started(rest: &str, java: JavaVersion) -> Taken {
    let mut unknown = None;
    let value = rest["StartFlightRecording".len()..].trim_start_matches(['=', ':']);
    for option in value.split(',').filter(|option| !option.is_empty()) {
        let (key, value) = option.split_once('=').unwrap_or((option, ""));
        let known = STARTED.iter().find(|(name, _)| *name == key);
        let Some((_, wanted)) = known else {
            if java.0 < 17 {
                return Taken::BadValue(format!(
                    "made of options of a recording; `{key}` is none of Java {java}"
                ));
            }
            unknown = unknown.or_else(|| {
                (!is_setting(key, java))
                    .then(|| format!("a recording has no option or setting `{key}`"))
            });
            continue;
        };
        if let Some(wanted) = fault(value, *wanted, java) {
            return Taken::BadValue(format!("right for `{key}`: {wanted}"));
        }
        if key == "name" && value.parse::<u64>().is_ok() {
            return Taken::BadValue("right for `name`: no number".to_owned());
        }
    }
    unknown.map_or(Taken::Accepted, Taken::Warned)
}

/// Whether a key is one of the settings file: an event with its setting, or one of the words of the
/// shipped files.
fn is_setting(key: &str, java: JavaVersion) -> bool {
    const WORDS: [&str; 13] = [
        "gc",
        "allocation-profiling",
        "compiler",
        "method-profiling",
        "thread-dump",
        "exceptions",
        "memory-leaks",
        "locking-threshold",
        "file-threshold",
        "socket-threshold",
        "class-loading",
        "finalization",
        "method-tracing",
    ];
    let reports = key == "report-on-exit" && java.0 >= 25;
    key.contains('#') || reports || WORDS.contains(&key.trim_start_matches('+'))
}

fn fault(value: &str, wanted: Wanted, java: JavaVersion) -> Option<&'static str> {
    match wanted {
        Wanted::Text => None,
        Wanted::Truth => {
            let is_truth = ["true", "false"].contains(&value);
            let lenient = java.0 < 17
                && (value.is_empty() || ["true", "false"].contains(&&*value.to_lowercase()));
            (!is_truth && !lenient).then_some("true or false")
        }
        Wanted::Whole => value.parse::<i64>().is_err().then_some("a whole number"),
        Wanted::Size(least) => {
            let digits = value.strip_suffix(['b', 'B']).unwrap_or(value);
            match jvm_size(digits) {
                None => Some("digits and at most one of k, m, g"),
                Some(bytes) if bytes < least => Some("more than that"),
                Some(_) => None,
            }
        }
        Wanted::Time => {
            let end = value
                .find(|c: char| !c.is_ascii_digit())
                .unwrap_or(value.len());
            let (number, unit) = value.split_at(end);
            let is_time = number.parse::<u64>().is_ok()
                && (["ns", "us", "ms", "s", "m", "h", "d"].contains(&unit)
                    || (unit.is_empty() && number == "0"));
            (!is_time).then_some("a number with its unit, such as 5s, 10m or 1h")
        }
    }
}
