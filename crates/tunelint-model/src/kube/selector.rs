//! Label selectors, and whether they select.

use super::{At, Read};
use std::collections::BTreeMap;

/// Labels by their key.
pub type Labels = BTreeMap<String, String>;

/// What a selector asks of a label.
#[derive(Clone, Debug, PartialEq)]
enum Need {
    /// One of these values.
    In(String, Vec<String>),
    /// None of these values.
    NotIn(String, Vec<String>),
    /// Any value.
    Exists(String),
    /// No such label.
    Lacks(String),
}

/// A label selector: `matchLabels` and `matchExpressions`, or the plain labels of a Service.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Selector {
    needs: Vec<Need>,
    /// Whether it has parts that cannot be known.
    unknown: bool,
}

impl Selector {
    /// Reads `matchLabels` and `matchExpressions`; `None` where there is no selector at all.
    #[must_use]
    pub fn read(at: At<'_>, path: &[&str]) -> Option<Self> {
        let at = match at.find(path) {
            Read::Known(at, _) => at,
            Read::Unknown => {
                return Some(Self {
                    needs: Vec::new(),
                    unknown: true,
                });
            }
            Read::Absent => return None,
        };
        let mut selector = Self::labels(at, &["matchLabels"]);
        for item in at.items(&["matchExpressions"]) {
            match need(item) {
                Some(need) => selector.needs.push(need),
                None => selector.unknown = true,
            }
        }
        Some(selector)
    }

    /// Reads plain labels, as a Service has them.
    #[must_use]
    pub fn labels(at: At<'_>, path: &[&str]) -> Self {
        let mut selector = Self {
            unknown: matches!(at.find(path), Read::Unknown),
            ..Self::default()
        };
        for (key, _, value) in at.pairs(path) {
            match value.node().as_str() {
                Some(text) => {
                    let value = vec![text.to_owned()];
                    selector.needs.push(Need::In(key.to_owned(), value));
                }
                None => selector.unknown = true,
            }
        }
        selector
    }

    /// Whether it asks for nothing, so that it selects everything (or, of a Service, nothing).
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.needs.is_empty() && !self.unknown
    }

    /// Whether it selects something with these labels; `None` where that cannot be known: `open`
    /// tells that there may be more labels, and a template may stand in each of them.
    #[must_use]
    pub fn selects(&self, labels: &Labels, open: bool) -> Option<bool> {
        let mut known = !self.unknown;
        for need in &self.needs {
            match need.met(labels, open) {
                Some(true) => {}
                Some(false) => return Some(false),
                None => known = false,
            }
        }
        known.then_some(true)
    }

    /// Whether some label meets what it asks for by value, but not all do: the sign of a slip.
    #[must_use]
    pub fn nearly_selects(&self, labels: &Labels) -> bool {
        let by_value = self
            .needs
            .iter()
            .filter(|need| matches!(need, Need::In(..)));
        let met = by_value
            .filter(|need| need.met(labels, false) == Some(true))
            .count();
        met > 0 && self.selects(labels, false) == Some(false)
    }

    /// The first thing that these labels do not meet, as text: `app=payments`.
    #[must_use]
    pub fn unmet(&self, labels: &Labels) -> Option<String> {
        let need = self
            .needs
            .iter()
            .find(|need| need.met(labels, false) == Some(false))?;
        Some(match need {
            Need::In(key, values) if values.len() == 1 => format!("{key}={}", values[0]),
            Need::In(key, values) => format!("{key} in ({})", values.join(", ")),
            Need::NotIn(key, values) => format!("{key} not in ({})", values.join(", ")),
            Need::Exists(key) => key.clone(),
            Need::Lacks(key) => format!("!{key}"),
        })
    }
}

fn need(item: At<'_>) -> Option<Need> {
    let key = item.text(&["key"]).known()?.to_owned();
    let values = || {
        let values = item.items(&["values"]);
        values
            .map(|value| value.node().as_str().map(str::to_owned))
            .collect::<Option<Vec<_>>>()
    };
    Some(match item.text(&["operator"]).known()? {
        "In" => Need::In(key, values()?),
        "NotIn" => Need::NotIn(key, values()?),
        "Exists" => Need::Exists(key),
        "DoesNotExist" => Need::Lacks(key),
        _ => return None,
    })
}

impl Need {
    fn met(&self, labels: &Labels, open: bool) -> Option<bool> {
        let is_filled = |text: &str| crate::setting::is_placeholder(text);
        let among = |values: &[String], found: &String| {
            if values.contains(found) {
                return Some(true);
            }
            let filled = is_filled(found) || values.iter().any(|value| is_filled(value));
            (!filled).then_some(false)
        };
        match self {
            Self::In(key, values) => match labels.get(key) {
                Some(found) => among(values, found),
                None => (!open).then_some(false),
            },
            Self::NotIn(key, values) => match labels.get(key) {
                Some(found) => among(values, found).map(|is_among| !is_among),
                None => (!open).then_some(true),
            },
            Self::Exists(key) => match labels.contains_key(key) {
                true => Some(true),
                false => (!open).then_some(false),
            },
            Self::Lacks(key) => match labels.contains_key(key) {
                true => Some(false),
                false => (!open).then_some(true),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(pairs: &[(&str, &str)]) -> Labels {
        let pairs = pairs.iter();
        pairs
            .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
            .collect()
    }

    #[test]
    fn templates_leave_it_open() {
        let selector = Selector {
            needs: vec![Need::In("app".into(), vec!["{{ .n }}".into()])],
            unknown: false,
        };
        assert_eq!(
            selector.selects(&labels(&[("app", "{{ .n }}")]), false),
            Some(true)
        );
        assert_eq!(selector.selects(&labels(&[("app", "x")]), false), None);
        assert_eq!(selector.selects(&labels(&[]), false), Some(false));
        assert_eq!(selector.selects(&labels(&[]), true), None);
    }

    #[test]
    fn slips_are_seen() {
        let selector = Selector {
            needs: vec![
                Need::In("app".into(), vec!["a".into()]),
                Need::In("tier".into(), vec!["web".into()]),
            ],
            unknown: false,
        };
        let near = labels(&[("app", "a"), ("tier", "back")]);
        assert!(selector.nearly_selects(&near));
        assert_eq!(selector.unmet(&near).as_deref(), Some("tier=web"));
    }
}
