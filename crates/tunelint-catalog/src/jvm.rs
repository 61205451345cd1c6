//! HotSpot's flags and the JVM's other options: which release takes them, and how.

mod bound;
mod description;
mod flag;
mod log;
mod option;
mod tables;

pub use bound::{Bound, BoundRule, LogAlias, bounds, instead_of, log_alias};
pub use flag::{Counts, Flag, FlagType, Kind, Lock, Range, Status};
pub use log::{has_log_tag, log_tag_sets, nearest_log_tag};
pub use option::{JvmOption, OptionValue, find_option, options};
pub use tables::{find, flags};

use tunelint_base::JavaVersion;

/// The releases with long-term support, on which the facts were measured.
pub static LTS: [u16; 5] = [8, 11, 17, 21, 25];

/// The newest release that the catalogue covers.
pub const NEWEST: JavaVersion = JavaVersion(25);

/// The flag that was probably meant by `name`: one that `version` takes, at most two slips away;
/// `None` where `version` takes `name` itself.
#[must_use]
pub fn nearest(name: &str, version: JavaVersion) -> Option<&'static str> {
    let usable = |locked: bool| {
        flags()
            .iter()
            .filter(move |flag| match flag.status(version) {
                Status::Accepted | Status::Deprecated => !locked,
                Status::Locked(_) => locked,
                _ => false,
            })
            .map(Flag::name)
    };
    if usable(false)
        .chain(usable(true))
        .any(|usable| usable == name)
    {
        return None;
    }
    crate::nearest::nearest(name, usable(false), false)
        .or_else(|| crate::nearest::nearest(name, usable(true), false))
}

#[cfg(test)]
mod tests;
