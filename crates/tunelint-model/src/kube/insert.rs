//! Putting a value at a path of an object where nothing stands yet, in the style of what stands
//! around it: block or flow, YAML or JSON.

use super::Object;
use std::fmt::Write;
use tunelint_base::{Edit, FileId, Location, Span};
use tunelint_syntax::yaml::{Kind, Node, NodeId, Style};

/// A place in an object where a value could stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// The file.
    pub file: FileId,
    /// The index of the object in its file.
    pub object: usize,
    /// The mapping where the path begins.
    pub node: NodeId,
    /// The keys that lead to the value; some of the first may be there already.
    pub path: &'static [&'static str],
}

/// How a mapping is written.
enum Shape<'t> {
    /// One key a line, after this indent.
    Block(String),
    /// `{ … }` on one line, or with a line for each pair and this indent.
    Flow { json: bool, lines: Option<&'t str> },
}

impl Slot {
    /// The edit that puts `value` there, or that puts it into all lists under the path; `text` is
    /// the file's. `None` where that cannot be done safely: through an alias, a merge key, a
    /// template or a text inside another one.
    #[must_use]
    pub fn put(&self, object: &Object, text: &str, value: &Given<'_>) -> Option<Edit> {
        let body = object
            .body
            .as_ref()
            .filter(|body| body.is_verbatim() && !body.partial)?;
        let mut node = body.at(self.node)?.node();
        let mut rest = self.path;
        while let [key, others @ ..] = rest {
            let own = node.pairs().rev().find(|pair| pair.name() == Some(key));
            if own.is_none() && node.get(key).is_some() {
                return None;
            }
            let Some(pair) = own else { break };
            if pair.value.alias().is_some() || pair.value.anchor().is_some() {
                return None;
            }
            rest = others;
            if pair.value.is_null() {
                let shape = shape(node, text)?;
                return null(pair.value, &shape, rest, value, text).map(|edit| self.edit(edit));
            }
            node = pair.value;
        }
        if rest.is_empty() || !node.is_mapping() {
            return None;
        }
        add(node, rest, value, text).map(|edit| self.edit(edit))
    }

    fn edit(&self, (span, text): (Span, String)) -> Edit {
        Edit {
            location: Location::new(self.file, span),
            text,
        }
    }
}

/// A value to be written.
#[derive(Clone, Debug, PartialEq)]
pub enum Given<'a> {
    /// A number or truth value, written as it is.
    Plain(&'a str),
    /// A text, quoted where it must be.
    Text(&'a str),
    /// A list of texts.
    List(Vec<&'a str>),
}

impl Given<'_> {
    fn spelled(&self, json: bool) -> String {
        match self {
            Self::Plain(text) => (*text).to_owned(),
            Self::Text(text) => quoted(text, json),
            Self::List(items) => {
                let items: Vec<String> = items.iter().map(|item| quoted(item, json)).collect();
                format!("[{}]", items.join(", "))
            }
        }
    }
}

/// Plain only where no reader takes it for anything but a string.
fn quoted(text: &str, json: bool) -> String {
    let plain = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "-._/".contains(c))
        && !["true", "false", "yes", "no", "on", "off", "y", "n", "null"]
            .contains(&text.to_ascii_lowercase().as_str());
    if plain && !json {
        text.to_owned()
    } else {
        format!("{text:?}")
    }
}

fn add(mapping: Node<'_>, path: &[&str], value: &Given<'_>, text: &str) -> Option<(Span, String)> {
    let shape = shape(mapping, text)?;
    let Some(last) = mapping.pairs().next_back() else {
        let inside = mapping.span().of(text);
        let is_empty = inside.starts_with('{') && inside.ends_with('}');
        let blank = inside
            .get(1..inside.len().checked_sub(1)?)?
            .trim()
            .is_empty();
        let written = flow(path, value, matches!(shape, Shape::Flow { json: true, .. }));
        return (is_empty && blank).then(|| (mapping.span(), format!("{{{written}}}")));
    };
    let end = end_of(last.value, text)?.max(last.key.use_span().end as usize);
    match shape {
        Shape::Block(indent) => {
            let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
            let after = text.get(end..)?;
            let rest = after.find('\n').map_or(after.len(), |at| at);
            let at = end + after[..rest].trim_end_matches('\r').len();
            Some((Span::empty(at), block(&indent, path, value, line_end)))
        }
        Shape::Flow { json, lines } => {
            // A comma after the last pair, which YAML allows, would be followed by a second one.
            let close = text.get(end..mapping.span().end as usize)?;
            if close.contains([',', '#']) {
                return None;
            }
            let before = lines.map_or_else(|| ", ".to_owned(), |indent| format!(",\n{indent}"));
            Some((
                Span::empty(end),
                format!("{before}{}", flow(path, value, json)),
            ))
        }
    }
}

/// After a key whose value is not written, or written as null.
fn null(
    at: Node<'_>,
    shape: &Shape<'_>,
    path: &[&str],
    value: &Given<'_>,
    text: &str,
) -> Option<(Span, String)> {
    let json = matches!(shape, Shape::Flow { json: true, .. });
    if path.is_empty() {
        return Some((at.span(), format!(" {}", value.spelled(json))))
            .filter(|_| at.span().is_empty());
    }
    let span = at.span();
    match shape {
        Shape::Block(indent) if span.is_empty() => {
            // A comment behind the key stays where it is.
            let after = text.get(span.end as usize..)?;
            let rest = after.find('\n').map_or(after.len(), |at| at);
            let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
            let at = span.end as usize + after[..rest].trim_end_matches('\r').len();
            let lines = block(&format!("{indent}  "), path, value, line_end);
            Some((Span::empty(at), lines))
        }
        _ => {
            let blank = if span.is_empty() { " " } else { "" };
            Some((span, format!("{blank}{{{}}}", flow(path, value, json))))
        }
    }
}

fn shape<'t>(mapping: Node<'_>, text: &'t str) -> Option<Shape<'t>> {
    let inside = mapping.span().of(text);
    if !inside.starts_with('{') {
        let first = mapping.pairs().next()?.key.use_span().start as usize;
        let start = text.get(..first)?.rfind('\n').map_or(0, |at| at + 1);
        let before = text.get(start..first)?;
        let plain = before.chars().all(|c| c == ' ' || c == '-');
        return plain.then(|| Shape::Block(" ".repeat(before.len())));
    }
    let json = text.trim_start().starts_with(['{', '[']);
    let last = mapping.pairs().next_back();
    let lines = last.and_then(|pair| {
        let key = pair.key.use_span().start as usize;
        let start = text.get(..key)?.rfind('\n')? + 1;
        let before = text.get(start..key)?;
        (start > mapping.span().start as usize && before.trim().is_empty()).then_some(before)
    });
    Some(Shape::Flow { json, lines })
}

/// Where the text of a value ends: that of its last leaf, since what follows a block collection
/// (blank lines, comments) is no part of it.
fn end_of(node: Node<'_>, text: &str) -> Option<usize> {
    if node.alias().is_some() {
        return Some(node.use_span().end as usize);
    }
    match node.kind() {
        Kind::Scalar(scalar) => {
            // `|+` keeps the blank lines behind it: what is put after its last line changes it.
            let block = matches!(scalar.style, Style::Literal | Style::Folded);
            let header = scalar.span.of(text).lines().next().unwrap_or("");
            (!block || !header.contains('+')).then_some(scalar.span.end as usize)
        }
        Kind::Mapping(mut pairs) if !node.span().of(text).starts_with('{') => {
            let last = pairs.next_back()?;
            let key = last.key.use_span().end as usize;
            Some(end_of(last.value, text)?.max(key))
        }
        Kind::Sequence(mut items) if !node.span().of(text).starts_with('[') => {
            end_of(items.next_back()?, text)
        }
        Kind::Unknown => None,
        _ => Some(node.span().end as usize),
    }
}

fn block(indent: &str, path: &[&str], value: &Given<'_>, line_end: &str) -> String {
    let mut lines = String::new();
    for (depth, key) in path.iter().enumerate() {
        let deeper = "  ".repeat(depth);
        let _ = write!(lines, "{line_end}{indent}{deeper}{key}:");
    }
    let _ = write!(lines, " {}", value.spelled(false));
    lines
}

fn flow(path: &[&str], value: &Given<'_>, json: bool) -> String {
    let Some((key, rest)) = path.split_first() else {
        return value.spelled(json);
    };
    let key = if json {
        format!("{key:?}")
    } else {
        (*key).to_owned()
    };
    if rest.is_empty() {
        format!("{key}: {}", value.spelled(json))
    } else {
        format!("{key}: {{{}}}", flow(rest, value, json))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract;

    fn put(text: &str, path: &'static [&'static str], value: &Given<'_>) -> Option<String> {
        let facts = extract("a.yaml", text);
        let object = facts.objects.first()?;
        let node = object.body.as_ref()?.root()?.node().id();
        let slot = Slot {
            file: FileId(0),
            object: 0,
            node,
            path,
        };
        let edit = slot.put(object, text, value)?;
        let mut new = text.to_owned();
        new.replace_range(edit.location.span.range(), &edit.text);
        Some(new)
    }

    const HEAD: &str = "apiVersion: v1\nkind: Service\n";

    #[test]
    fn blocks_get_a_line() {
        let cases = [
            (
                "spec:\n  a: 1 # one\n\n# end\n",
                "spec:\n  a: 1 # one\n  b:\n    c: true\n\n# end\n",
            ),
            (
                "spec:\n  b: # none\nstatus: {}\n",
                "spec:\n  b: # none\n    c: true\nstatus: {}\n",
            ),
            ("spec:\n  b: {}\n", "spec:\n  b: {c: true}\n"),
            ("spec:\n  b: { d: 1 }\n", "spec:\n  b: { d: 1, c: true }\n"),
            ("spec:\n  b: |\n    x\n", ""),
            (
                "spec:\n  a: |\n    x\n    y\n",
                "spec:\n  a: |\n    x\n    y\n  b:\n    c: true\n",
            ),
            ("spec:\n  a: |+\n    x\n\n", ""),
            ("spec:\n  - b: 1\n", ""),
            (
                "spec:\r\n  a: 1\r\n",
                "spec:\r\n  a: 1\r\n  b:\r\n    c: true\r\n",
            ),
            (
                "spec:\n  a:\n  - x\n  - y: 1\n",
                "spec:\n  a:\n  - x\n  - y: 1\n  b:\n    c: true\n",
            ),
        ];
        for (before, after) in cases {
            let found = put(
                &format!("{HEAD}{before}"),
                &["spec", "b", "c"],
                &Given::Plain("true"),
            );
            let wanted = (!after.is_empty()).then(|| format!("{HEAD}{after}"));
            assert_eq!(found, wanted, "{before}");
        }
    }

    #[test]
    fn json_gets_a_pair() {
        let text = "{\n  \"apiVersion\": \"v1\",\n  \"kind\": \"Service\",\n  \"spec\": {\n    \"a\": 1\n  }\n}\n";
        let found = put(text, &["spec", "b", "c"], &Given::List(vec!["ALL"]));
        let wanted = text.replace("\"a\": 1", "\"a\": 1,\n    \"b\": {\"c\": [\"ALL\"]}");
        assert_eq!(found, Some(wanted));
    }
}
