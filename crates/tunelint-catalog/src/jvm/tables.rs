//! The static tables, and the look-ups in them.

use super::flag::{Counts, Flag, FlagType, Kind, Range, Stored};
use super::option::{JvmOption, OptionValue};
use crate::table::Text;

include!(concat!(env!("OUT_DIR"), "/jvm.rs"));

/// All flags, sorted by name.
#[must_use]
pub fn flags() -> &'static [Flag] {
    FLAGS
}

/// The flag `name`, whatever release has it. Names are case-sensitive.
#[must_use]
pub fn find(name: &str) -> Option<&'static Flag> {
    let place = FLAGS.binary_search_by(|flag| flag.name().cmp(name)).ok()?;
    Some(&FLAGS[place])
}

pub(super) fn text(text: Text) -> &'static str {
    text.of(STRINGS)
}

pub(super) fn range(set: u16, release: usize) -> Option<Range> {
    RANGES[usize::from(RANGE_SETS[usize::from(set)][release])]
}

pub(super) fn default(set: u16, release: usize) -> Option<&'static str> {
    DEFAULT_SETS[usize::from(set)][release].map(text)
}

pub(super) fn all_options() -> &'static [JvmOption] {
    OPTIONS
}
