//! Tests of the finder of fenced code blocks.

use proptest::prelude::*;

use super::*;

/// Language, text and whether it is closed, of each fence.
fn found(text: &str) -> Vec<(&str, String, bool)> {
    let view = |fence: &Fence<'_>| {
        (
            fence.language.of(text),
            fence.text.to_string(),
            fence.closed,
        )
    };
    // The language lies in `text`, so that it outlives the fences.
    fences(text).iter().map(view).collect()
}

fn one(language: &str, text: &str) -> Vec<(String, String, bool)> {
    vec![(language.to_owned(), text.to_owned(), true)]
}

fn same(text: &str, language: &str, body: &str) {
    let found: Vec<_> = found(text)
        .into_iter()
        .map(|(language, body, closed)| (language.to_owned(), body, closed))
        .collect();
    assert_eq!(found, one(language, body), "{text:?}");
}

#[test]
fn finds_plain_fences() {
    same(
        "x\n```Properties title=a\nacks=all\n```\ny",
        "Properties",
        "acks=all\n",
    );
    same("~~~~\n~~~\n```\n~~~~~\n", "", "~~~\n```\n");
    same("```yaml\r\na: 1\r\n```\r\n", "yaml", "a: 1\r\n");
    same("para\n```sh\nls\n``` \n", "sh", "ls\n");
    assert_eq!(found("``` a`b\nx\n"), []);
    assert_eq!(found("    ```\n    x\n    ```\n"), []);
    assert_eq!(found("```a\nx"), [("a", "x".to_owned(), false)]);
}

#[test]
fn strips_indents_and_marks() {
    same("  ```a\n    x\n y\n  ```\n", "a", "  x\ny\n");
    same(
        "- item\n\n  ```a\n  x: 1\n    y\n\n  ```\n",
        "a",
        "x: 1\n  y\n\n",
    );
    same("10. item\n    ```a\n    x\n    ```\n", "a", "x\n");
    same("> ```a\n> x\n>  y\n> ```\n", "a", "x\n y\n");
    same("> - b\n>   ~~~a\n>   x\n>   ~~~\n", "a", "x\n");
    same("-\t```a\n\tx\n\t```\n", "a", "x\n");
    same("- b\n\n\t```a\n\tx\n\t```\n", "a", "  x\n".trim_start());
}

#[test]
fn a_container_ends_its_fence() {
    let text = "> ```a\n> x\ny\n```b\nz\n```\n";
    let expected = [
        ("a", "x\n".to_owned(), false),
        ("b", "z\n".to_owned(), true),
    ];
    assert_eq!(found(text), expected);
}

#[test]
fn bodies_map_back() {
    let text = "> - b\n>\n>   ```a\n>   x: 1\n>   y: 2\n>   ```\n";
    let fence = fences(text).remove(0);
    assert_eq!(fence.text, "x: 1\ny: 2\n");
    assert_eq!(fence.body.of(text), ">   x: 1\n>   y: 2\n");
    let source = fence.map.to_source(Span::new(8, 9));
    assert_eq!(source.of(text), "2");
    assert_eq!(source.start as usize, text.find('2').expect("there"));
}

#[test]
fn a_comment_before_is_kept() {
    let comment = |text: &str| {
        fences(text)[0]
            .comment_before
            .map(|span| span.of(text).to_owned())
    };
    assert_eq!(
        comment("<!-- a -->\n\n```\n```\n").as_deref(),
        Some("<!-- a -->")
    );
    assert_eq!(
        comment("x\n<!-- a\nb -->\n```\n```\n").as_deref(),
        Some("<!-- a\nb -->")
    );
    assert_eq!(
        comment("- x\n\n  <!-- a -->\n  ```\n  ```\n").as_deref(),
        Some("<!-- a -->")
    );
    assert_eq!(comment("<!-- a -->\nx\n```\n```\n"), None);
    assert_eq!(comment("<!-- a --> b\n```\n```\n"), None);
    assert_eq!(found("<!--\n```\nx\n```\n-->\n"), []);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read(units in prop::collection::vec(prop::sample::select(vec![
        "```", "~~~", "````", "\n", "\n", "\r\n", " ", "  ", "\t", ">", "> ", "- ", "1. ", "a", "é", "<!--", "-->", "#", "`",
    ]), 0..40)) {
        let text = units.concat();
        for fence in fences(&text) {
            prop_assert_eq!(fence.map.decoded_len(), fence.text.len());
            let whole = Span::new(0, fence.text.len());
            prop_assert!(fence.text.is_empty() || fence.body.contains(fence.map.to_source(whole)));
        }
    }
}
