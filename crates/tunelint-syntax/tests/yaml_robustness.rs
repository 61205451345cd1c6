//! Whatever the text: no panic, and spans that lie in it.

use proptest::prelude::*;
use tunelint_base::Span;
use tunelint_syntax::yaml::{Kind, Node, parse};

fn check(text: &str) {
    let yaml = parse(text);
    let inside = |span: Span| assert!(text.get(span.range()).is_some(), "{span:?} of {text:?}");
    yaml.errors
        .iter()
        .chain(&yaml.template_errors)
        .for_each(|e| inside(e.span));
    yaml.comments.iter().for_each(|c| inside(c.span));
    yaml.documents.iter().for_each(|d| inside(d.span));
    yaml.roots().for_each(|root| walk(root, &inside));
}

fn walk(node: Node<'_>, inside: &impl Fn(Span)) {
    inside(node.span());
    inside(node.use_span());
    match node.kind() {
        Kind::Scalar(scalar) => {
            inside(scalar.span);
            assert_eq!(scalar.map().decoded_len(), scalar.text.len());
            for (at, c) in scalar.text.char_indices() {
                inside(scalar.to_source(Span::new(at, at + c.len_utf8())));
            }
        }
        Kind::Sequence(items) => items.for_each(|item| walk(item, inside)),
        Kind::Mapping(pairs) => pairs.for_each(|pair| {
            walk(pair.key, inside);
            walk(pair.value, inside);
        }),
        Kind::Absent | Kind::Unknown => {}
    }
}

/// Texts made of the pieces that YAML is made of.
fn yaml_like() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "a",
        "b: ",
        "- ",
        "\n",
        "\n  ",
        "\n    ",
        "\r\n",
        "\t",
        "|",
        ">-\n",
        "|2\n",
        "'",
        "\"",
        "\\n",
        "[",
        "]",
        "{",
        "}",
        ", ",
        ": ",
        "&x ",
        "*x",
        "!t ",
        "<<: ",
        "# c",
        "---\n",
        "...\n",
        "%Y",
        "? ",
        "é",
        "{{ x }}",
        "{{- end }}",
        "{{",
        "\u{feff}",
        "\u{85}",
        "\\",
        "1",
    ]);
    prop::collection::vec(pieces, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text(text in "\\PC{0,80}") {
        check(&text);
    }

    #[test]
    fn yaml_like_text(text in yaml_like()) {
        check(&text);
    }
}

#[test]
fn any_prefix() {
    let text = "# c\na: &x\n  - 'it''s'\n  - \"\\u00e9\\\n    é\"\nb: >-\n  one\n\n   two\n  three\nc: {d: *x, <<: [*x]}\n\
                {{- if .y }}\ne: {{ .z }}-é\n{{- end }}\n---\nf: |+\r\n  g\r\n\r\n";
    for (at, _) in text.char_indices() {
        check(&text[..at]);
        check(&text[at..]);
    }
}
