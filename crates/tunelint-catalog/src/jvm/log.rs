//! The tags that `-Xlog` selects messages by, by release.

use super::{LTS, flag::release_at_or_before, tables};
use tunelint_base::JavaVersion;

/// Whether `version` knows the tag, in any case of letters. Between two measured releases a tag
/// that either of them knows counts as known.
#[must_use]
pub fn has_log_tag(tag: &str, version: JavaVersion) -> bool {
    tables::log_tags()
        .iter()
        .any(|(name, known)| name.eq_ignore_ascii_case(tag) && holds(known, version))
}

/// The sets of tags that some message of `version` has, each sorted and joined by `+`.
pub fn log_tag_sets(version: JavaVersion) -> impl Iterator<Item = &'static str> {
    tables::log_tag_sets()
        .iter()
        .filter(move |(_, known)| holds(known, version))
        .map(|(tags, _)| *tags)
}

/// The tag that was probably meant.
#[must_use]
pub fn nearest_log_tag(tag: &str, version: JavaVersion) -> Option<&'static str> {
    let usable = tables::log_tags()
        .iter()
        .filter(|(_, known)| holds(known, version))
        .map(|(name, _)| *name);
    crate::nearest::nearest(tag, usable, false)
}

fn holds(known: &[bool; 5], version: JavaVersion) -> bool {
    let place = release_at_or_before(version);
    let is_between = !LTS.contains(&version.0) && place + 1 < LTS.len();
    known[place] || (is_between && known[place + 1])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_follow_the_release() {
        let has = |tag, java| has_log_tag(tag, JavaVersion(java));
        assert!(has("gc", 11) && has("GC", 25) && has("safepoint", 17));
        assert!(has("biasedlocking", 17) && !has("biasedlocking", 21));
        assert!(!has("nmt", 11) && has("nmt", 17) && has("nmt", 16));
        assert!(!has("gcc", 21) && !has("", 21) && !has("all", 21));
        assert_eq!(
            nearest_log_tag("safepont", JavaVersion(21)),
            Some("safepoint")
        );
        let gc_heap = |java| log_tag_sets(JavaVersion(java)).any(|set| set == "gc+heap");
        assert!(gc_heap(11) && gc_heap(25));
    }
}
