//! Tests of the splitters against recorded runs of Java 17.

use serde_json::Value;

use super::*;
use crate::argfile::parse_argfile;

/// One run a line: `[reader, text, options]`, where a run that Java refused for an open quote has
/// `null` for the options. The options of the variables are those that the running JVM reports of
/// itself; those of an argument file are the arguments that its main class was given.
const VECTORS: &str = include_str!("../../tests/vectors/jvm_options.jsonl");

#[test]
fn splits_as_java_does() {
    for line in VECTORS.lines() {
        let fields: Vec<Value> = serde_json::from_str(line).expect("a JSON list");
        let text = fields[1].as_str().expect("a string");
        let kind = fields[0].as_str().expect("a string");
        let split = match kind {
            "tool" | "_java" => split_tool_options(text),
            "jdk" => split_jdk_java_options(text),
            _ => parse_argfile(text),
        };
        let found: Vec<_> = split.options.iter().map(|option| &option.text).collect();
        match &fields[2] {
            Value::Null => assert!(split.unclosed.is_some(), "{line}"),
            expected => {
                assert_eq!(&serde_json::json!(found), expected, "{line}");
                assert!(kind == "argfile" || split.unclosed.is_none(), "{line}");
            }
        }
        for option in &split.options {
            let whole = option.map.to_source(Span::new(0, option.text.len()));
            assert!(option.span.contains(whole), "{option:?} of {line}");
        }
    }
}

#[test]
fn an_option_maps_back_past_its_quotes() {
    let text = " -Da=\"b c\"d -Xmx1g";
    let split = split_tool_options(text);
    assert_eq!(split.options[0].text, "-Da=b cd");
    assert_eq!(split.options[0].span.of(text), "-Da=\"b c\"d");
    let source = |at: usize| split.options[0].map.to_source(Span::new(at, at + 1));
    assert_eq!(source(4).of(text), "b");
    assert_eq!(source(7).of(text), "d");
    assert_eq!(split.options[1].span.of(text), "-Xmx1g");
}

#[test]
fn an_open_quote_is_noted() {
    let text = "-Xmx1g -Da='b c";
    let split = split_tool_options(text);
    assert_eq!(split.unclosed.expect("an open quote").of(text), "'b c");
    let file = "-Da=\"b\n-Xmx1g\n";
    let split = parse_argfile(file);
    assert_eq!(split.options.len(), 2);
    assert_eq!(split.unclosed.expect("an open quote").of(file), "\"b");
}

#[test]
fn an_argfile_escape_maps_back() {
    let text = "\"-Da=\\tb\\\n   c\" # note";
    let split = parse_argfile(text);
    assert_eq!(split.options.len(), 1);
    let option = &split.options[0];
    assert_eq!(option.text, "-Da=\tbc");
    assert_eq!(option.map.to_source(Span::new(4, 5)).of(text), "\\t");
    assert_eq!(option.map.to_source(Span::new(5, 7)).of(text), "b\\\n   c");
}
