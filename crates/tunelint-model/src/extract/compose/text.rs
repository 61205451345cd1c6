//! Texts of a Compose file: variables are filled in, and lines split, before anything runs.

use crate::fragment::Fragment;
use crate::kube::{EnvValue, EnvVar, Sourced};
use crate::setting::{Style, is_placeholder};
use tunelint_base::{OffsetMap, Span};
use tunelint_syntax::shell::split_words;
use tunelint_syntax::yaml::Node;

/// `NAME=value`.
pub(super) fn item(text: &Sourced) -> EnvVar {
    let part = |range: Span| {
        let map = OffsetMap::verbatim(range).through(&text.map);
        let part = range.of(&text.text);
        Sourced {
            text: part.into(),
            span: map.to_source(Span::new(0, part.len())),
            map,
            style: Style::Fixed,
            placeholder: is_placeholder(part),
        }
    };
    match text.text.find('=') {
        Some(at) => EnvVar {
            name: part(Span::new(0, at)),
            value: EnvValue::Literal(interpolated(part(Span::new(at + 1, text.text.len())))),
        },
        None => EnvVar {
            name: text.clone(),
            value: EnvValue::Other,
        },
    }
}

/// `$$` stands for `$`; `$NAME` and `${NAME}` come from where Compose is run.
pub(super) fn interpolated(text: Sourced) -> Sourced {
    if !text.text.contains('$') {
        return text;
    }
    let placeholder = is_placeholder(&text.text.replace("$$", ""));
    if !text.text.contains("$$") {
        return Sourced {
            placeholder,
            ..text
        };
    }
    let mut decoded = String::new();
    let mut map = OffsetMap::starting_at(0);
    let mut at = 0;
    for piece in text.text.split_inclusive("$$") {
        let kept = piece
            .strip_suffix("$$")
            .map_or(piece, |_| &piece[..piece.len() - 1]);
        decoded.push_str(kept);
        map.push_verbatim(at, kept.len());
        at += piece.len();
    }
    map.end_at(at);
    Sourced {
        map: map.through(&text.map),
        text: decoded.into(),
        style: Style::Fixed,
        placeholder,
        ..text
    }
}

/// The words of `command` or `entrypoint`: a list, or a line that is split as by a shell but runs
/// without one.
pub(super) fn words(fragment: &Fragment<'_>, node: Node<'_>) -> Vec<Sourced> {
    if node.is_sequence() {
        let items = node.items().filter_map(Node::scalar);
        return items
            .map(|scalar| interpolated(fragment.sourced(scalar)))
            .collect();
    }
    let Some(scalar) = node.scalar().filter(|_| !node.is_null()) else {
        return Vec::new();
    };
    let line = interpolated(fragment.sourced(scalar));
    let words = split_words(&line.text).into_iter().map(|word| {
        let map = word.map.through(&line.map);
        Sourced {
            span: map.to_source(Span::new(0, word.text.len())),
            map,
            style: Style::Fixed,
            placeholder: line.placeholder && word.text.contains('$'),
            text: word.text.into(),
        }
    });
    words.collect()
}
