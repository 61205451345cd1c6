//! Tests of the reader of properties: tiling, ranges, maps, and what fixes write.

use proptest::prelude::*;

use super::*;

fn pairs(text: &str) -> Vec<(String, String)> {
    parse(text)
        .entries()
        .map(|entry| (entry.key.text().to_owned(), entry.value.text().to_owned()))
        .collect()
}

/// Texts of the characters that mean something, with a few that mean nothing.
fn nasty() -> impl Strategy<Value = String> {
    let unit = prop::sample::select(vec![
        "a", "=", ":", " ", "\t", "\x0c", "\n", "\r", "\r\n", "\\", "\\\n", "\\\r\n", "#", "!",
        "é", "😀", "\u{feff}", "\\u0041", "\\ud83d", "\\ude00", "\\u12", "u", "0", "\\t",
    ]);
    prop::collection::vec(unit, 0..24).prop_map(|units| units.concat())
}

/// Every invariant that the documentation promises of the ranges.
fn check(text: &str) {
    let properties = parse(text);
    let mut at = 0;
    for item in &properties.items {
        assert_eq!(item.full().start, at, "gap in {text:?}");
        at = item.full().end;
        let Item::Entry(entry) = item else { continue };
        assert!(entry.full.contains(entry.span));
        for part in [entry.key.span, entry.separator, entry.value.span] {
            assert!(entry.span.contains(part), "{entry:?} in {text:?}");
        }
        assert!(entry.key.span.end <= entry.separator.start.max(entry.key.span.end));
        for piece in [&entry.key, &entry.value] {
            let whole = Span::new(0, piece.text().len());
            assert_eq!(piece.to_source(whole), piece.map().to_source(whole));
            assert!(piece.span.contains(piece.to_source(whole)) || whole.is_empty());
            if piece.is_verbatim() {
                assert_eq!(piece.span.of(text), piece.text());
            }
        }
    }
    assert_eq!(at as usize, text.len(), "tail lost of {text:?}");
    for error in &properties.errors {
        assert!(error.span.of(text).starts_with('\\'));
        let full = properties.items[error.item].full();
        assert!(full.contains(error.span));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn ranges_tile_any_nasty_text(text in nasty()) {
        check(&text);
    }

    #[test]
    fn ranges_tile_any_text(text in any::<String>()) {
        check(&text);
    }

    #[test]
    fn what_fixes_write_reads_back(key in any::<String>(), value in nasty(), blank in any::<bool>()) {
        let separator = if blank && !key.is_empty() { " " } else { "=" };
        let line = format!("{}{separator}{}", escape_key(&key), escape_value(&value));
        prop_assert_eq!(pairs(&line), vec![(key, value)]);
    }
}

#[test]
fn every_prefix_is_read() {
    let text = "\u{feff}a\\u0041 = x\\\r\n  y\\ud83d\\\n\\ude00 \\u12\n! c\\\n\\\n\\\n# d\n\\";
    for end in (0..=text.len()).filter(|end| text.is_char_boundary(*end)) {
        check(&text[..end]);
    }
}

#[test]
fn a_value_maps_back_through_escapes_and_continuations() {
    let text = "  key.a : x\\u0041y\\\n\t z\\n\nnext=1";
    let properties = parse(text);
    let entry = properties.entries().next().expect("an entry");
    assert_eq!(entry.span.of(text), "key.a : x\\u0041y\\\n\t z\\n");
    assert_eq!(entry.full.of(text), "  key.a : x\\u0041y\\\n\t z\\n\n");
    assert_eq!(entry.separator.of(text), " : ");
    assert_eq!(entry.continued.len(), 1);
    assert_eq!(entry.continued[0].of(text), "\\\n\t ");
    let value = &entry.value;
    assert_eq!(value.text(), "xAyz\n");
    let source = |start, end| value.to_source(Span::new(start, end)).of(text);
    assert_eq!(source(0, 1), "x");
    assert_eq!(source(1, 2), "\\u0041");
    assert_eq!(source(2, 3), "y");
    assert_eq!(source(3, 4), "z");
    assert_eq!(source(4, 5), "\\n");
    assert_eq!(source(2, 4), "y\\\n\t z");
}

#[test]
fn an_escape_may_be_continued() {
    let text = "k=\\u00\\\n  41";
    let properties = parse(text);
    let value = &properties.entries().next().expect("an entry").value;
    assert_eq!(value.text(), "A");
    let source = value.to_source(Span::new(0, 1));
    assert_eq!(source.of(text), "\\u00\\\n  41");
}

#[test]
fn surrogates_pair_or_are_marked() {
    let properties = parse("a=\\uD83D\\uDE00\nb=\\uD83Dx");
    let values: Vec<_> = properties.entries().map(|entry| &entry.value).collect();
    assert_eq!(values[0].text(), "😀");
    assert!(!values[0].lone_surrogate());
    assert_eq!(values[1].text(), "\u{fffd}x");
    assert!(values[1].lone_surrogate());
}

#[test]
fn a_malformed_escape_is_an_error_at_its_place() {
    let text = "a=1\n# \\uXX\nb=x\\u12G4\nc=2";
    let properties = parse(text);
    assert_eq!(properties.errors.len(), 1);
    assert_eq!(properties.errors[0].span.of(text), "\\u12");
    assert_eq!(properties.errors[0].item, 2);
    assert_eq!(pairs(text)[2], ("c".to_owned(), "2".to_owned()));
}

#[test]
fn odd_ends_are_as_in_java() {
    let empty = || vec![(String::new(), String::new())];
    assert_eq!(pairs("\\"), empty());
    assert_eq!(pairs("\\\n"), empty());
    assert_eq!(pairs("\\\r\n"), []);
    assert_eq!(pairs("\\\n "), []);
    assert_eq!(pairs("\\\n#c\n"), []);
    assert_eq!(pairs("a=b\\\n#c"), [("a".to_owned(), "b#c".to_owned())]);
}

#[test]
fn comments_keep_their_parts() {
    let text = "  ! note \r\n";
    let properties = parse(text);
    let comment = properties.comments().next().expect("a comment");
    assert_eq!(comment.span.of(text), "! note ");
    assert_eq!(comment.text.of(text), " note ");
    assert_eq!(comment.full.of(text), text);
}
