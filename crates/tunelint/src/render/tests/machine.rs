//! Reports for programs, and what none of the formats may show.

use super::*;
use expect_test::expect;

#[test]
fn one_line_each() {
    let options = RenderOptions {
        format: Format::Concise,
        statistics: true,
        ..RenderOptions::default()
    };
    check(
        &over_two_files(),
        &options,
        expect![[r#"
        k8s/deployment.yaml:10:19: warning[memory-limit-below-budget] the process is expected to use 4.4 GiB when everything that it may take is taken, but the limit is 3 GiB
        rule                       error  warning  info  hint
        memory-limit-below-budget      ·        1     ·     ·
    "#]],
    );
}

#[test]
fn one_object() {
    let options = RenderOptions {
        format: Format::Json,
        ..RenderOptions::default()
    };
    check(
        &inline_comment(),
        &options,
        expect![[r#"
        {
          "version": 1,
          "tool": {
            "name": "tunelint",
            "version": "0.1.0"
          },
          "summary": {
            "files": 1,
            "errors": 1,
            "warnings": 0,
            "infos": 0,
            "hints": 0,
            "suppressed": 0,
            "fixable": 1
          },
          "diagnostics": [
            {
              "rule": "inline-comment-in-value",
              "group": "producer",
              "severity": "error",
              "kind": "risk",
              "message": "`linger.ms` is read as \"20   # Default: 0\"",
              "help": "in a .properties file a comment stands on a line of its own; what follows a value belongs to it, blanks and all, and so the client refuses to start",
              "path": "docs/tuning.properties",
              "range": {
                "start": {
                  "line": 47,
                  "column": 11,
                  "offset": 468
                },
                "end": {
                  "line": 47,
                  "column": 28,
                  "offset": 485
                }
              },
              "entity": "producer",
              "profiles": [],
              "related": [
                {
                  "path": "docs/tuning.properties",
                  "range": {
                    "start": {
                      "line": 47,
                      "column": 11,
                      "offset": 468
                    },
                    "end": {
                      "line": 47,
                      "column": 28,
                      "offset": 485
                    }
                  },
                  "message": "the comment is part of the value"
                }
              ],
              "fix": {
                "safety": "safe",
                "title": "move the comment to the line above",
                "edits": [
                  {
                    "path": "docs/tuning.properties",
                    "range": {
                      "start": {
                        "line": 47,
                        "column": 11,
                        "offset": 468
                      },
                      "end": {
                        "line": 47,
                        "column": 28,
                        "offset": 485
                      }
                    },
                    "text": "20"
                  }
                ]
              },
              "fingerprint": "0123456789abcdef"
            }
          ]
        }
    "#]],
    );
}

#[test]
fn no_format_shows_a_secret() {
    let text = "sasl.jaas.config=org.x.Plain required \\\n  username=\"me\" \\\n  password=\"geheim77\";\nssl.key.password=hunter2\nx=-Dpassword=sesam55 4111 1111 1111 1111\n";
    let files = vec![file("producer.properties", text)];
    let place = at(&files, 0, "ssl.key.password=hunter2");
    let diagnostic = Diagnostic {
        help: Some("replace `hunter2`".to_owned()),
        related: vec![
            related(
                at(&files, 0, "username"),
                "me, with geheim77 in password=\"geheim77\"",
            ),
            related(at(&files, 0, "hunter2"), "hunter2"),
        ],
        fix: Some(Fix {
            title: "write hunter2 elsewhere".to_owned(),
            safety: Safety::Safe,
            edits: vec![Edit {
                location: place,
                text: "ssl.key.password=hunter2".to_owned(),
            }],
        }),
        ..finding(
            "plain-secret",
            Severity::Error,
            "the password is hunter2",
            place,
        )
    };
    let report = report(files, vec![diagnostic]);
    for format in [Format::Human, Format::Concise, Format::Json] {
        let text = render(
            &report,
            &RenderOptions {
                format,
                ..RenderOptions::default()
            },
        );
        for secret in ["geheim77", "hunter2", "sesam55", "4111"] {
            assert!(!text.contains(secret), "{format:?} shows {secret}:\n{text}");
        }
        assert!(text.contains("[redacted]"));
    }
}
