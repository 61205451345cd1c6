//! What keys and flags do, in our own words: tables under `data/` that are kept by hand.

use std::sync::OnceLock;

/// A table of names and texts.
pub(crate) struct Descriptions {
    text: &'static str,
    rows: OnceLock<Vec<(&'static str, &'static str)>>,
}

impl Descriptions {
    /// The table in the text: a name, a tab and its description on each line, sorted by name.
    pub(crate) const fn new(text: &'static str) -> Self {
        Self {
            text,
            rows: OnceLock::new(),
        }
    }

    /// The rows, by name.
    pub(crate) fn rows(&self) -> &[(&'static str, &'static str)] {
        self.rows.get_or_init(|| {
            self.text
                .lines()
                .filter_map(|line| line.split_once('\t'))
                .collect()
        })
    }

    /// The description of `name`.
    pub(crate) fn find(&self, name: &str) -> Option<&'static str> {
        let rows = self.rows();
        let at = rows
            .binary_search_by(|(known, _)| (*known).cmp(name))
            .ok()?;
        rows.get(at).map(|(_, text)| *text)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::Descriptions;

    /// Checks the form of a table, and that `known` knows each of its names.
    pub(crate) fn check(table: &Descriptions, known: impl Fn(&str) -> bool) {
        let rows = table.rows();
        assert!(
            rows.is_sorted_by(|a, b| a.0 < b.0),
            "sorted, each name once"
        );
        for (name, text) in rows {
            assert!(known(name), "{name} is described and unknown");
            let words = text.split_whitespace().count();
            assert!((5..=90).contains(&words), "{name}: {words} words");
            assert!(text.ends_with('.'), "{name}: no full stop");
            assert!(
                !text.contains('\t') && text.trim() == *text,
                "{name}: stray blanks"
            );
        }
    }
}
