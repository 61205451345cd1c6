//! Scalars in all styles: decoded text, and the way back to the source.

use tunelint_base::Span;
use tunelint_syntax::yaml::{Kind, Resolved, Scalar, Schema, Style, Yaml, parse};

fn only(yaml: &Yaml) -> &Scalar {
    assert_eq!(yaml.errors, []);
    let root = yaml.roots().next().expect("a document");
    let value = root.get("k").unwrap_or(root);
    value.scalar().expect("a scalar")
}

/// Parses `source`, whose scalar (under `k`) must decode to `text`; each word of the text must map
/// to the same word in the source.
fn decodes(source: &str, text: &str) {
    let yaml = parse(source);
    let scalar = only(&yaml);
    assert_eq!(&*scalar.text, text, "{source:?}");
    assert_eq!(scalar.map().decoded_len(), text.len(), "{source:?}");
    let is_word = |c: char| c.is_ascii_alphanumeric();
    for (start, word) in text
        .split(|c| !is_word(c))
        .map(|w| (w.as_ptr() as usize - text.as_ptr() as usize, w))
        .filter(|(_, w)| !w.is_empty())
    {
        let place = scalar.to_source(Span::new(start, start + word.len()));
        assert_eq!(place.of(source), word, "{source:?}");
    }
}

#[test]
fn plain() {
    decodes("k: some words # c", "some words");
    decodes(
        "k: one\n  two\n\n  three\n\n\n  four\nz: 1",
        "one two\nthree\n\nfour",
    );
    decodes("k: one\r\n  two\r\n\r\n  three\r\n", "one two\nthree");
}

#[test]
fn quoted() {
    decodes("k: 'it''s  here'", "it's  here");
    decodes("k: 'one \n\n  two'", "one\ntwo");
    decodes(
        r#"k: "a\tb \x40\u00e9\U0001F600\n\"\\ z""#,
        "a\tb @é😀\n\"\\ z",
    );
    decodes(r#"{"k": "p\ud83d\ude00q\/r"}"#, "p😀q/r");
    decodes(
        "k: \"one \\\n   two\n   three\\\n\n  four\"",
        "one two three\nfour",
    );
    decodes("k: \"one\r\n  two\"", "one two");
    decodes("k: \"\"", "");
}

#[test]
fn literal() {
    decodes("k: |\n  a=b\n\n   c\n  d\nz: 1", "a=b\n\n c\nd\n");
    decodes("k: |-\n  a\n  b\n\n\n", "a\nb");
    decodes("k: |+\n  a\n\n\nz: 1", "a\n\n\n");
    decodes("k: |2-\n    a\n   b\nz: 1", "  a\n b");
    decodes("k: |\n\n\n  a\nz: 1", "\n\na\n");
    decodes("k: |\r\n  a\r\n  b\r\nz: 1", "a\nb\n");
    decodes("k: | # note: |\n  a", "a");
    decodes("k: &x !!str |\n  a\n", "a\n");
    decodes("--- |\na\nb\n", "a\nb\n");
    decodes("k: |\nz: 1", "");
    decodes("\u{feff}# c\n|\n|a\nb\n", "|a\nb\n");
    decodes("k: |+\n\n\nz: 1", "\n\n");
}

#[test]
fn folded() {
    decodes("k: >\n  one\n  two\n\n  three\n", "one two\nthree\n");
    decodes(
        "k: >-\n  one\n    more\n    again\n  two\n  three",
        "one\n  more\n  again\ntwo three",
    );
    decodes(
        "k: >\n\n  one\n\n\n  two\n\n    three\n\n  four\n",
        "\none\n\ntwo\n\n  three\n\nfour\n",
    );
    decodes("k: >1+\n  one\n two\n three\n\nz: 1", " one\ntwo three\n\n");
    decodes("k: >\r\n  one\r\n  two\r\n", "one two\n");
}

#[test]
fn a_block_scalar_covers_its_header_but_not_what_follows() {
    let source = "k: |-\n  a\n  b\n\n# c\nz: 1\n";
    let yaml = parse(source);
    let scalar = only(&yaml);
    assert_eq!(scalar.span.of(source), "|-\n  a\n  b");
    assert_eq!(scalar.style, Style::Literal);
    assert_eq!(yaml.comments[0].text.of(source), "c");
}

#[test]
fn resolution() {
    use Resolved::{Bool, Float, Int, Null, Str};
    // Text, then as go-yaml v2, as SnakeYAML, as YAML 1.2.
    let cases = [
        ("yes", Bool(true), Bool(true), Str),
        ("y", Bool(true), Str, Str),
        ("Off", Bool(false), Bool(false), Str),
        ("oFF", Str, Str, Str),
        ("TRUE", Bool(true), Bool(true), Bool(true)),
        ("~", Null, Null, Null),
        ("Null", Null, Null, Null),
        ("0777", Int(511), Int(511), Int(777)),
        ("0o17", Int(15), Str, Int(15)),
        ("0x1F", Int(31), Int(31), Int(31)),
        ("-0b11", Int(-3), Int(-3), Str),
        ("1_000", Int(1000), Int(1000), Str),
        ("12:30", Str, Int(750), Str),
        ("0899", Float(899.0), Str, Int(899)),
        ("1e3", Float(1000.0), Str, Float(1000.0)),
        ("1.5", Float(1.5), Float(1.5), Float(1.5)),
        (".5", Float(0.5), Float(0.5), Float(0.5)),
        (
            "-.inf",
            Float(f64::NEG_INFINITY),
            Float(f64::NEG_INFINITY),
            Float(f64::NEG_INFINITY),
        ),
        (
            "18446744073709551615",
            Int(u64::MAX.into()),
            Int(u64::MAX.into()),
            Int(u64::MAX.into()),
        ),
        ("2001-01-01", Str, Str, Str),
        ("1.2.3", Str, Str, Str),
        ("512Mi", Str, Str, Str),
        ("+", Str, Str, Str),
    ];
    for (text, go, snake, core) in cases {
        let source = format!("k: {text}");
        let yaml = parse(&source);
        let scalar = only(&yaml);
        assert_eq!(scalar.resolve(Schema::Yaml11), go, "{text} in go-yaml");
        assert_eq!(
            scalar.resolve(Schema::SnakeYaml),
            snake,
            "{text} in SnakeYAML"
        );
        assert_eq!(scalar.resolve(Schema::Yaml12), core, "{text} in 1.2");
    }
    let yaml = parse("k: \"yes\"\nl: !!str 1\nm: !!int \"1\"\nn:\n");
    let root = yaml.roots().next().expect("a document");
    let resolve = |key| root.get(key).and_then(|n| n.resolve(Schema::Yaml11));
    assert_eq!(resolve("k"), Some(Str));
    assert_eq!(resolve("l"), Some(Str));
    assert_eq!(resolve("m"), Some(Int(1)));
    assert_eq!(resolve("n"), Some(Null));
    assert!(matches!(
        root.get("n").map(|n| n.kind()),
        Some(Kind::Absent)
    ));
}
