//! What is hidden, and what is not.

use super::*;
use tunelint_base::Text;

fn file(text: &str, secrets: &[&str]) -> SourceFile {
    let mut file = tunelint_engine::read("x.properties".to_owned(), Text::utf8(text));
    file.facts.secrets = secrets
        .iter()
        .map(|secret| {
            let start = text.find(secret).expect("there");
            Span::new(start, start + secret.len())
        })
        .collect();
    file
}

fn shown(text: &str) -> String {
    shown_line(Span::new(0, text.len()), text, &[]).0
}

#[test]
fn secrets_over_several_lines_keep_their_lines() {
    let file = file(
        "a=1\nb=one \\\n   two \\\n   three\nc=2",
        &["one \\\n   two \\\n   three"],
    );
    let lines = Redactor::lines(&file, &file);
    assert_eq!(
        lines,
        [
            "a=1",
            "b=[redacted]",
            "   [redacted]",
            "   [redacted]",
            "c=2"
        ]
    );
}

#[test]
fn messages_do_not_quote_secrets() {
    let file = file("ssl.key.password=hunter2\npin=ab\n", &["hunter2", "ab"]);
    let redactor = Redactor::new(std::slice::from_ref(&file));
    let message = |text: &str| redactor.message(text, [FileId(0)]);
    assert_eq!(message("`hunter2` is weak"), "`[redacted]` is weak");
    assert_eq!(message("`ab` is about able"), "`[redacted]` is about able");
    assert_eq!(message("the \x1b[31mred"), "the \u{fffd}[31mred");
}

#[test]
fn secrets_are_told_by_their_looks() {
    let cases = [
        (
            "-Djavax.net.ssl.keyStorePassword=changeit -Xmx1g",
            "-Djavax.net.ssl.keyStorePassword=[redacted] -Xmx1g",
        ),
        (
            "export API_TOKEN=\"a b\" X=1",
            "export API_TOKEN=\"[redacted]\" X=1",
        ),
        (
            "[\"-Dpassword=x,y\", \"-Xmx1g\"]",
            "[\"-Dpassword=[redacted]\", \"-Xmx1g\"]",
        ),
        (
            "run --password hunter2 --user me",
            "run --password [redacted] --user me",
        ),
        ("http://me:secret@host/", "http://me:[redacted]@host/"),
        ("card 4111 1111 1111 1111.", "card [redacted]."),
        ("4111111111111111", "[redacted]"),
        (
            "sasl.jaas.config=X required password=\\\"p\\\";",
            "sasl.jaas.config=[redacted] required password=\\\"[redacted]\\\";",
        ),
        // None of these is a secret.
        ("password=${PW}", "password=${PW}"),
        ("4111111111111112", "4111111111111112"),
        ("long 9223372036854775807", "long 9223372036854775807"),
        ("linger.ms=20", "linger.ms=20"),
        ("http://host:9092", "http://host:9092"),
    ];
    for (text, expected) in cases {
        assert_eq!(shown(text), expected);
    }
}
