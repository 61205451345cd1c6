//! Fixes in memory.

use super::*;
use tunelint_base::{Edit, Fix, Kind, Location, Span};

/// A check that finds every `a`, and would have it a `b` (or whatever `to` says).
fn check_for(files: Vec<SourceFile>, to: &str, safety: Safety) -> Report {
    let mut diagnostics = Vec::new();
    for (number, file) in files.iter().enumerate() {
        for (at, _) in file.text.as_str().match_indices('a') {
            let id = FileId(u32::try_from(number).expect("few"));
            let location = Location::new(id, Span::new(at, at + 1));
            diagnostics.push(Diagnostic {
                rule: "a".into(),
                group: "g".into(),
                severity: Severity::Error,
                kind: Kind::Risk,
                message: "an a".to_owned(),
                help: None,
                location,
                entity: String::new(),
                profiles: Vec::new(),
                overlays: Vec::new(),
                related: Vec::new(),
                fix: Some(Fix {
                    title: "b".to_owned(),
                    safety,
                    edits: vec![Edit {
                        location,
                        text: to.to_owned(),
                    }],
                }),
                fingerprint: at.to_string(),
            });
        }
    }
    Report {
        files,
        diagnostics,
        ..Report::default()
    }
}

fn fixed(text: &[u8], to: &str, safety: Safety, unsafe_too: bool) -> (Outcome, Vec<u8>) {
    let text = Text::decode(text.to_vec()).expect("text");
    let file = tunelint_engine::read("x.txt".to_owned(), text);
    let check = |files| check_for(files, to, safety);
    let outcome = fix(check(vec![file]), &check, Severity::Info, unsafe_too);
    let text = &outcome.report.files[0].text;
    let bytes = text.encode(text.as_str()).expect("encodable").into_owned();
    (outcome, bytes)
}

#[test]
fn all_that_is_safe_is_fixed() {
    let (outcome, bytes) = fixed(b"\xef\xbb\xbfa\r\nxa", "b", Safety::Safe, false);
    assert_eq!(bytes, b"\xef\xbb\xbfb\r\nxb");
    assert_eq!((outcome.fixed, outcome.report.diagnostics.len()), (2, 0));
    let (outcome, bytes) = fixed(b"a", "b", Safety::Unsafe, false);
    assert_eq!((bytes.as_slice(), outcome.fixed), (b"a".as_slice(), 0));
    assert!(outcome.before.is_empty());
    assert_eq!(fixed(b"a", "b", Safety::Unsafe, true).1, b"b");
}

#[test]
fn encodings_are_kept() {
    let (_, bytes) = fixed(b"\xe4 a", "b", Safety::Safe, false);
    assert_eq!(bytes, b"\xe4 b");
    let (outcome, bytes) = fixed(b"\xe4 a", "\u{20ac}", Safety::Safe, false);
    assert_eq!(bytes, b"\xe4 a");
    assert_eq!(outcome.refused.len(), 1);
}

#[test]
fn a_fix_that_cures_nothing_comes_to_an_end() {
    let (outcome, bytes) = fixed(b"a", "aa", Safety::Safe, false);
    assert!(bytes.len() <= 1 << PASSES);
    assert!(!outcome.report.diagnostics.is_empty());
}

#[test]
fn the_diff_shows_lines_but_no_secrets() {
    let text = "linger.ms=a\r\nssl.key.password=hunter22\nx=1\ny=1\nz=1\n1=1\n2=2\nlast=a";
    let file = tunelint_engine::read("x.properties".to_owned(), Text::utf8(text));
    let check = |files| check_for(files, "b", Safety::Safe);
    let outcome = fix(check(vec![file]), &check, Severity::Info, false);
    let diff = diff(&outcome, &crate::discover::Found::default(), false);
    expect_test::expect![[r#"
        --- x.properties
        +++ x.properties
        @@ -1,8 +1,8 @@
        -linger.ms=a<CR>
        -ssl.key.password=[redacted]
        +linger.ms=b<CR>
        +ssl.key.pbssword=[redacted]
         x=1
         y=1
         z=1
         1=1
         2=2
        -last=a
        \ No newline at end of file
        +lbst=b
        \ No newline at end of file
    "#]]
    .assert_eq(&diff.replace('\r', "<CR>"));
}
