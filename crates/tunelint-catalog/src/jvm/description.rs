//! What the JVM's options do.

use super::{Flag, JvmOption};
use crate::description::Descriptions;

static JVM: Descriptions = Descriptions::new(include_str!("../../data/jvm/descriptions.tsv"));

impl Flag {
    /// What the flag does, in one to three sentences, for the flags that people use.
    #[must_use]
    pub fn description(&self) -> Option<&'static str> {
        JVM.find(self.name())
    }
}

impl JvmOption {
    /// What the option does, in one to three sentences.
    #[must_use]
    pub fn description(&self) -> Option<&'static str> {
        let whole = JVM.find(bare(self.name));
        whole.or_else(|| JVM.find(self.name.split([':', '=']).next()?))
    }
}

/// An option's name without the mark before its value.
fn bare(name: &str) -> &str {
    name.trim_end_matches([':', '='])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::description::tests::check;
    use crate::jvm::{find, options};

    #[test]
    fn what_is_described_is_known() {
        check(&JVM, |name| {
            // The table has `-Xshare:auto` and its like, the text is about `-Xshare`.
            let is_word = |option: &JvmOption| {
                let rest = option.name.strip_prefix(name);
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '=']))
            };
            find(name).is_some() || options().iter().any(is_word)
        });
    }

    #[test]
    fn the_rounding_of_regions_is_told() {
        let text = find("G1HeapRegionSize").and_then(Flag::description);
        assert!(
            text.is_some_and(|text| text.contains("power of two")),
            "{text:?}"
        );
    }
}
