//! The static tables, and the look-ups in them.

use super::bound::{Bound, BoundRule, LogAlias};
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

pub(super) fn ty(set: u16, release: usize) -> Option<FlagType> {
    TYPE_SETS[usize::from(set)][release]
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

pub(super) fn log_tags() -> &'static [(&'static str, [bool; 5])] {
    LOG_TAGS
}

pub(super) fn log_tag_sets() -> &'static [(&'static str, [bool; 5])] {
    LOG_TAG_SETS
}

pub(super) fn bounds() -> &'static [Bound] {
    BOUNDS
}

pub(super) fn log_aliases() -> &'static [LogAlias] {
    LOG_ALIASES
}

pub(super) fn instead() -> &'static [(&'static str, u16, &'static str)] {
    INSTEAD
}
