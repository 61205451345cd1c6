//! What reports look like, from reports made by hand.

mod human;
mod machine;

use super::*;
use expect_test::Expect;
use std::sync::Arc;
use tunelint_base::{Edit, FileId, Fix, Kind, Location, Related, Span, Text};
use tunelint_model::SourceFile;

fn file(path: &str, text: &str) -> SourceFile {
    tunelint_engine::read(path.to_owned(), Text::utf8(text))
}

/// The place of `piece` in a file.
fn at(files: &[SourceFile], id: u32, piece: &str) -> Location {
    let text = files[id as usize].text.as_str();
    let start = text.find(piece).expect(piece);
    Location::new(FileId(id), Span::new(start, start + piece.len()))
}

fn finding(rule: &str, severity: Severity, message: &str, location: Location) -> Diagnostic {
    Diagnostic {
        rule: Arc::from(rule),
        group: Arc::from("producer"),
        severity,
        kind: Kind::Risk,
        message: message.to_owned(),
        help: None,
        location,
        entity: "producer".to_owned(),
        profiles: Vec::new(),
        overlays: Vec::new(),
        related: Vec::new(),
        fix: None,
        fingerprint: "0123456789abcdef".to_owned(),
    }
}

fn related(location: Location, message: &str) -> Related {
    Related {
        location,
        message: message.to_owned(),
    }
}

fn report(files: Vec<SourceFile>, diagnostics: Vec<Diagnostic>) -> Report {
    Report {
        files,
        diagnostics,
        ..Report::default()
    }
}

fn check(report: &Report, options: &RenderOptions, expected: Expect) {
    let text = render(report, options);
    let width = options.look.width;
    let too_wide = text.lines().find(|line| line.chars().count() > width);
    assert!(
        options.format != Format::Human || too_wide.is_none(),
        "{too_wide:?}"
    );
    expected.assert_eq(&text);
}

fn inline_comment() -> Report {
    let mut text: String = (1..46).map(|n| format!("# line {n}\n")).collect();
    text.push_str("batch.size=65536\nlinger.ms=20   # Default: 0\nacks=all\n");
    let files = vec![file("docs/tuning.properties", &text)];
    let place = at(&files, 0, "20   # Default: 0");
    let diagnostic = Diagnostic {
        help: Some("in a .properties file a comment stands on a line of its own; what follows a value belongs to it, blanks and all, and so the client refuses to start".to_owned()),
        related: vec![related(place, "the comment is part of the value")],
        fix: Some(Fix {
            title: "move the comment to the line above".to_owned(),
            safety: Safety::Safe,
            edits: vec![Edit { location: place, text: "20".to_owned() }],
        }),
        ..finding("inline-comment-in-value", Severity::Error, "`linger.ms` is read as \"20   # Default: 0\"", place)
    };
    report(files, vec![diagnostic])
}

fn over_two_files() -> Report {
    let manifest = "kind: Deployment\nspec:\n  containers:\n    - name: app\n      env:\n        - name: JAVA_TOOL_OPTIONS\n          value: -Xmx3g\n      resources:\n        limits:\n          memory: 3Gi\n          cpu: 2\n";
    let config = "application.id=fraud\nnum.stream.threads=8\n\n\n\n\n\n\n\n\n\n\n\n\nrocksdb.config.setter=com.example.Setter\n";
    let files = vec![
        file("config/streams.properties", config),
        file("k8s/deployment.yaml", manifest),
    ];
    let place = at(&files, 1, "3Gi");
    let diagnostic = Diagnostic {
        related: vec![
            related(at(&files, 1, "-Xmx3g"), "the heap may take 3 GiB"),
            related(
                at(&files, 0, "num.stream.threads=8"),
                "8 threads with stacks of their own",
            ),
            related(
                at(&files, 0, "rocksdb.config.setter=com.example.Setter"),
                "RocksDB takes memory outside of the heap, as much as the setter lets it have, which cannot be seen here",
            ),
        ],
        fix: Some(Fix {
            title: "set the limit to 4608Mi".to_owned(),
            safety: Safety::Unsafe,
            edits: vec![Edit {
                location: place,
                text: "4608Mi".to_owned(),
            }],
        }),
        profiles: vec!["prod".to_owned()],
        entity: "Deployment app".to_owned(),
        ..finding(
            "memory-limit-below-budget",
            Severity::Warning,
            "the process is expected to use 4.4 GiB when everything that it may take is taken, but the limit is 3 GiB",
            place,
        )
    };
    report(files, vec![diagnostic])
}
