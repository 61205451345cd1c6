//! Reading TOML values one key at a time, so that a mistake costs only the key that it stands in.

use super::{Mistake, nearest};
use toml::Spanned;
use toml::de::{DeTable, DeValue};
use tunelint_base::Span;

/// A value with its place.
pub(super) type Item<'t> = Spanned<DeValue<'t>>;

/// Mistakes as they are found.
#[derive(Debug, Default)]
pub(super) struct Mistakes(pub(super) Vec<Mistake>);

impl Mistakes {
    /// Notes one.
    pub(super) fn add(&mut self, span: Span, message: impl Into<String>) {
        self.0.push(Mistake {
            span,
            message: message.into(),
            is_syntax: false,
        });
    }

    /// Notes that a key is none of those that may stand there.
    pub(super) fn unknown_key(&mut self, span: Span, key: &str, known: &[&'static str]) {
        let hint = match nearest(key, known.iter().copied()) {
            Some(nearest) => format!("did you mean `{nearest}`?"),
            None => format!("use {}", known.join(", ")),
        };
        self.add(span, format!("there is no key `{key}` here: {hint}"));
    }

    fn wrong_type(&mut self, key: &str, item: &Item<'_>, expected: &str) {
        let found = item.get_ref().type_str();
        let a = |word: &str| {
            let vowel = word.starts_with(['a', 'e', 'i', 'o', 'u']);
            format!("{} {word}", if vowel { "an" } else { "a" })
        };
        let message = format!("`{key}` must be {}, not {}", a(expected), a(found));
        self.add(span_of(item), message);
    }

    /// A string.
    pub(super) fn string<'i>(&mut self, key: &str, item: &'i Item<'_>) -> Option<&'i str> {
        let text = item.get_ref().as_str();
        if text.is_none() {
            self.wrong_type(key, item, "string");
        }
        text
    }

    /// A string that `read` accepts.
    pub(super) fn parsed<T>(
        &mut self,
        key: &str,
        item: &Item<'_>,
        read: impl Fn(&str) -> Result<T, String>,
    ) -> Option<T> {
        let text = self.string(key, item)?;
        match read(text) {
            Ok(value) => Some(value),
            Err(message) => {
                self.add(span_of(item), message);
                None
            }
        }
    }

    /// The strings of a list that `read` accepts.
    pub(super) fn strings<T>(
        &mut self,
        key: &str,
        item: &Item<'_>,
        read: impl Fn(&str) -> Result<T, String>,
    ) -> Vec<T> {
        let DeValue::Array(items) = item.get_ref() else {
            self.wrong_type(key, item, "array of strings");
            return Vec::new();
        };
        let mut values = Vec::new();
        for item in items.iter() {
            values.extend(self.parsed(key, item, &read));
        }
        values
    }

    /// A whole number above 0.
    pub(super) fn positive(&mut self, key: &str, item: &Item<'_>) -> Option<i64> {
        let DeValue::Integer(number) = item.get_ref() else {
            self.wrong_type(key, item, "integer");
            return None;
        };
        let digits = number.as_str().replace('_', "");
        match i64::from_str_radix(&digits, number.radix()) {
            Ok(value) if value > 0 => Some(value),
            _ => {
                self.add(
                    span_of(item),
                    format!("`{key}` must be a whole number above 0"),
                );
                None
            }
        }
    }

    /// A table.
    pub(super) fn table<'i, 't>(
        &mut self,
        key: &str,
        item: &'i Item<'t>,
    ) -> Option<&'i DeTable<'t>> {
        let table = item.get_ref().as_table();
        if table.is_none() {
            self.wrong_type(key, item, "table");
        }
        table
    }

    /// The tables of a list of tables.
    pub(super) fn tables<'i, 't>(
        &mut self,
        key: &str,
        item: &'i Item<'t>,
    ) -> Vec<(Span, &'i DeTable<'t>)> {
        let DeValue::Array(items) = item.get_ref() else {
            self.wrong_type(key, item, "array of tables");
            return Vec::new();
        };
        let mut tables = Vec::new();
        for item in items.iter() {
            tables.extend(self.table(key, item).map(|table| (span_of(item), table)));
        }
        tables
    }
}

/// The place of a value.
pub(super) fn span_of<T>(item: &Spanned<T>) -> Span {
    Span::from(item.span())
}
