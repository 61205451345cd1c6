//! The front matter of a page, as YAML gives it.

use serde::Deserialize;
use std::collections::BTreeMap;

/// The keys that front matter may have.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Front {
    pub(crate) summary: String,
    pub(crate) severity: String,
    pub(crate) kind: String,
    pub(crate) on: String,
    pub(crate) when: String,
    #[serde(default)]
    pub(crate) cases: Vec<FrontCase>,
    #[serde(default)]
    pub(crate) at: Places,
    pub(crate) message: String,
    pub(crate) help: Option<String>,
    #[serde(default)]
    pub(crate) profiles: BTreeMap<String, String>,
    #[serde(default)]
    pub(crate) replaces: Vec<String>,
    pub(crate) fix: Option<FrontFix>,
    pub(crate) since: String,
    #[serde(default)]
    pub(crate) references: Vec<String>,
}

/// One of `cases`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct FrontCase {
    pub(crate) r#if: String,
    pub(crate) severity: Option<String>,
    pub(crate) kind: Option<String>,
    pub(crate) safety: Option<String>,
    pub(crate) message: Option<String>,
    pub(crate) help: Option<String>,
    pub(crate) profiles: Option<BTreeMap<String, String>>,
}

/// `fix`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct FrontFix {
    pub(crate) set: Option<String>,
    pub(crate) to: Option<String>,
    pub(crate) remove: Option<String>,
    pub(crate) apply: Option<String>,
    pub(crate) safety: String,
    pub(crate) title: Option<String>,
}

/// `at`: one expression, or several of which the first that somebody wrote counts.
#[derive(Debug, Default)]
pub(crate) struct Places(pub(crate) Vec<String>);

impl<'de> Deserialize<'de> for Places {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Places;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an expression or a list of expressions")
            }

            fn visit_str<E>(self, text: &str) -> Result<Places, E> {
                Ok(Places(vec![text.to_owned()]))
            }

            fn visit_seq<A: serde::de::SeqAccess<'de>>(
                self,
                mut seq: A,
            ) -> Result<Places, A::Error> {
                let mut places = Vec::new();
                while let Some(place) = seq.next_element()? {
                    places.push(place);
                }
                Ok(Places(places))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}
