//! Elements of a POM, as far as their text is looked for.

use crate::fragment::Fragment;
use tunelint_base::{OffsetMap, Span};

/// A text between two tags, decoded.
pub(super) struct Text {
    pub(super) text: String,
    pub(super) map: OffsetMap,
}

impl Text {
    pub(super) fn fragment<'f>(&self, fragment: &Fragment<'f>) -> Fragment<'f> {
        fragment.inner(self.text.clone(), &self.map)
    }
}

/// The text with its comments blanked out; offsets stay.
pub(super) fn without_comments(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("<!--") {
        let end = rest[at..].find("-->").map_or(rest.len(), |n| at + n + 3);
        masked.push_str(&rest[..at]);
        let blanks = rest[at..end].bytes();
        masked.extend(blanks.map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
        rest = &rest[end..];
    }
    masked.push_str(rest);
    masked
}

/// The inside of each element of that name within a range, those with attributes among them.
pub(super) fn elements(text: &str, within: Span, name: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    let mut at = within.start as usize;
    let end = (within.end as usize).min(text.len());
    while let Some(start) = text.get(at..end).and_then(|rest| rest.find(&open)) {
        let after = at + start + open.len();
        at = after;
        let Some(tail) = text.get(after..end) else {
            break;
        };
        if !tail.starts_with(['>', ' ', '\n', '\t', '\r']) {
            continue;
        }
        let Some(body) = tail.find('>').map(|n| after + n + 1) else {
            break;
        };
        if text[..body].ends_with("/>") {
            continue;
        }
        let Some(len) = text.get(body..end).and_then(|rest| rest.find(&close)) else {
            break;
        };
        found.push(Span::new(body, body + len));
        at = body + len;
    }
    found
}

/// The direct children of an element that are named `name`, or the first of any name.
pub(super) fn child(text: &str, within: Span, path: &[&str]) -> Option<Span> {
    path.iter().try_fold(within, |span, name| {
        elements(text, span, name).into_iter().next()
    })
}

/// The decoded text of a range: entities are resolved, `CDATA` is taken as it is.
pub(super) fn decode(text: &str, span: Span) -> Text {
    let raw = span.of(text);
    let lead = raw.len() - raw.trim_start().len();
    let (mut base, mut raw) = (span.start as usize + lead, raw.trim());
    if let Some(inner) = raw.strip_prefix("<![CDATA[") {
        base += "<![CDATA[".len();
        raw = inner.strip_suffix("]]>").unwrap_or(inner);
        return Text {
            text: raw.to_owned(),
            map: OffsetMap::verbatim(Span::new(base, base + raw.len())),
        };
    }
    const ENTITIES: [(&str, char); 5] = [
        ("&quot;", '"'),
        ("&apos;", '\''),
        ("&amp;", '&'),
        ("&lt;", '<'),
        ("&gt;", '>'),
    ];
    let mut decoded = String::new();
    let mut map = OffsetMap::starting_at(base);
    let mut at = 0;
    while let Some(c) = raw[at..].chars().next() {
        let entity = ENTITIES
            .iter()
            .find(|(name, _)| raw[at..].starts_with(name));
        match entity {
            Some((name, meant)) => {
                decoded.push(*meant);
                map.push_escape(Span::new(base + at, base + at + name.len()), 1);
                at += name.len();
            }
            None => {
                decoded.push(c);
                map.push_verbatim(base + at, c.len_utf8());
                at += c.len_utf8();
            }
        }
    }
    Text { text: decoded, map }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_found() {
        let text = "<a><!-- <b>no</b> --><b>x &quot;y&quot;</b><bc>z</bc><b/><b i=\"1\"> <![CDATA[w]]> </b></a>";
        let masked = without_comments(text);
        assert_eq!(masked.len(), text.len());
        let all = elements(&masked, Span::new(0, text.len()), "b");
        let texts: Vec<String> = all.iter().map(|s| decode(&masked, *s).text).collect();
        assert_eq!(texts, ["x \"y\"", "w"]);
        let first = decode(&masked, all[0]);
        assert_eq!(first.map.to_source(Span::new(2, 3)).of(text), "&quot;");
        assert!(elements("<b><b", Span::new(0, 5), "b").is_empty());
    }
}
