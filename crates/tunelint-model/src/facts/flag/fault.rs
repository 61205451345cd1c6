//! Why HotSpot refuses an option that it knows.

use super::{catalogued, with};
use crate::facts::{option_place, text};
use crate::jvm::{Flag, Form, Jvm, form};
use crate::value::{Fact, Value};
use crate::view::View;
use tunelint_base::quantity::jvm_size;
use tunelint_base::{JavaVersion, Location};
use tunelint_catalog::jvm::{self, FlagType, Lock, Range, Status};

/// The option that must stand before it and does not; order matters to HotSpot.
pub(super) fn lock<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |jvm, location, _, flag| {
        let status = catalogued(flag).map(|known| known.status(jvm.java));
        let Some(Status::Locked(lock)) = status else {
            return Fact::absent();
        };
        // The keys are diagnostic options themselves, and unlock each other and themselves.
        let is_key = known_keys().contains(&catalogued(flag).map_or("", jvm::Flag::name));
        if is_key || is_unlocked(jvm, lock, location) {
            Fact::absent()
        } else {
            text(lock.key())
        }
    })
}

fn known_keys() -> [&'static str; 2] {
    [Lock::Experimental.key(), Lock::Diagnostic.key()]
}

fn is_unlocked(jvm: &Jvm<'_>, lock: Lock, location: Location) -> bool {
    let before = jvm.flags().take_while(|(place, ..)| *place != location);
    before
        .filter(|(_, _, flag)| form(&flag.text) == Form::Switch(lock.key(), true))
        .count()
        > 0
}

/// What the option must look like, where it does not: a switch takes a sign, anything else a value.
pub(super) fn shape<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |jvm, location, _, flag| {
        if flag.placeholder {
            return Fact::unknown("an option behind a placeholder");
        }
        let Some(known) = catalogued(flag).filter(|known| is_taken(known, jvm.java)) else {
            return Fact::absent();
        };
        let Some(ty) = known.ty else {
            return Fact::absent();
        };
        let name = known.name();
        let wanted = match (form(&flag.text), ty == FlagType::Bool) {
            (Form::Switch(..), true) | (Form::Assign(..), false)
                if !flag.text.contains(":+") || ty == FlagType::Bool =>
            {
                return Fact::absent();
            }
            (_, true) => format!("-XX:+{name} or -XX:-{name}"),
            (_, false) => format!("-XX:{name}=<value>"),
        };
        Fact::new(Value::str(wanted), option_place(location))
    })
}

fn is_taken(known: &jvm::Flag, java: JavaVersion) -> bool {
    !matches!(
        known.status(java),
        Status::Unrecognized | Status::DebugOnly | Status::Obsolete
    )
}

/// What the value must be, where it is none that the option takes.
pub(super) fn value<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |jvm, location, _, flag| {
        if flag.placeholder {
            return Fact::unknown("an option behind a placeholder");
        }
        let wanted = match form(&flag.text) {
            Form::Size(letters, size) => size_fault(letters, size),
            Form::Assign(..) => catalogued(flag)
                .filter(|known| is_taken(known, jvm.java))
                .and_then(|known| assigned_fault(known, jvm.java, flag)),
            _ => None,
        };
        wanted.map_or_else(Fact::absent, |wanted| {
            Fact::new(Value::str(wanted), option_place(location))
        })
    })
}

/// `-Xmx` and its like: digits and one of `k m g t`. The bounds were measured on JDK 11 to 25,
/// linux-x64: a heap of at least 2 MiB, a stack between 136 KiB and 1 GiB.
fn size_fault(letters: &str, size: &str) -> Option<String> {
    const MIB: u64 = 1 << 20;
    let Some(bytes) = jvm_size(size) else {
        return Some("digits and at most one of k, m, g, t".to_owned());
    };
    match letters {
        "mx" if bytes < 2 * MIB => Some("at least 2m".to_owned()),
        "ss" if bytes < 136 << 10 => {
            Some("at least 136k: without a suffix it counts bytes".to_owned())
        }
        "ss" if bytes > 1 << 30 => Some("at most 1g".to_owned()),
        _ => None,
    }
}

fn assigned_fault(known: &jvm::Flag, java: JavaVersion, flag: &Flag) -> Option<String> {
    let Form::Assign(_, value) = form(&flag.text) else {
        return None;
    };
    let ty = known.ty?;
    let range = known.range(java);
    if ty.is_whole() {
        let Some(number) = whole(ty, value) else {
            return Some("a whole number, with at most one of k, m, g, t behind it".to_owned());
        };
        return range.filter(|range| !range.contains(number)).map(say);
    }
    if ty == FlagType::Double {
        let number = value
            .parse::<f64>()
            .ok()
            .filter(|number| number.is_finite());
        let Some(number) = number.filter(|_| !value.contains(['+', 'n', 'N', 'i', 'I'])) else {
            return Some("a number".to_owned());
        };
        return range.filter(|range| !range.contains_real(number)).map(say);
    }
    None
}

/// HotSpot's `parse_integer`: a sign only where the type has one.
fn whole(ty: FlagType, text: &str) -> Option<i128> {
    let (negative, digits) = text
        .strip_prefix('-')
        .map_or((false, text), |rest| (true, rest));
    let number = i128::from(jvm_size(digits)?);
    match (negative, ty.is_unsigned()) {
        (true, true) => None,
        (true, false) => Some(-number),
        (false, _) => Some(number),
    }
}

fn say(range: Range) -> String {
    match range {
        Range::Whole { min, max } => format!("between {min} and {max}"),
        Range::Real { min, max } => format!("between {min} and {max}"),
    }
}
