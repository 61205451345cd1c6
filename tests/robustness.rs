//! Whatever is in the files: no panic, no endless run, and fixes that end and change nothing else.

use std::fs;
use std::time::{Duration, Instant};
use tunelint_base::Text;
use tunelint_engine::Settings;
use tunelint_syntax::properties;
use tunelint_tests::mutate::{Dice, INPUTS, broken};
use tunelint_tests::program;

/// No run on a small input takes longer.
const LONGEST: Duration = Duration::from_secs(2);

/// So many broken copies of each input are tried within the engine.
const COPIES: u64 = 300;

/// So many go through the whole program, in every format.
const RUNS: u64 = 12;

const FORMATS: [&str; 3] = ["human", "concise", "json"];

fn limited<T>(what: &str, input: &[u8], work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = work();
    let took = start.elapsed();
    assert!(
        took < LONGEST,
        "{what} took {took:?} on {:?}",
        String::from_utf8_lossy(input)
    );
    result
}

/// Reads and checks one file, and renders what is found.
fn survive(name: &str, bytes: &[u8]) {
    let Some(text) = Text::decode(bytes.to_vec()) else {
        return;
    };
    let report = limited(name, bytes, || {
        let file = tunelint_engine::read(name.to_owned(), text);
        tunelint_engine::check(vec![file], &Settings::default())
    });
    for found in &report.diagnostics {
        let text = report.files[0].text.as_str();
        let (start, end) = (
            found.location.span.start as usize,
            found.location.span.end as usize,
        );
        assert!(
            text.get(start..end).is_some(),
            "{}: {start}..{end} is no range of {text:?}",
            found.rule
        );
    }
    limited("rendering", bytes, || {
        for format in [
            tunelint::Format::Human,
            tunelint::Format::Concise,
            tunelint::Format::Json,
        ] {
            let options = tunelint::RenderOptions {
                format,
                ..tunelint::RenderOptions::default()
            };
            let _ = tunelint::render(&report, &options);
        }
    });
}

#[test]
fn every_prefix_is_survived() {
    for (name, text) in INPUTS {
        for (end, _) in text.char_indices() {
            survive(name, &text.as_bytes()[..end]);
        }
    }
}

#[test]
fn broken_copies_are_survived() {
    for (at, (name, text)) in INPUTS.into_iter().enumerate() {
        for copy in 0..COPIES {
            let mut dice = Dice::new(at as u64 * 1_000_003 + copy);
            survive(name, &broken(text, &mut dice));
        }
    }
}

/// All inputs in one folder, one of them broken: the program ends with a status that means
/// something, in every format.
#[test]
fn the_program_survives_broken_files() {
    for seed in 0..RUNS {
        let folder = tempfile::tempdir().expect("a folder");
        let victim = usize::try_from(seed).unwrap_or(0) % INPUTS.len();
        let mut dice = Dice::new(77 + seed);
        for (at, (name, text)) in INPUTS.into_iter().enumerate() {
            let bytes = if at == victim {
                broken(text, &mut dice)
            } else {
                text.as_bytes().to_vec()
            };
            fs::write(folder.path().join(name), bytes).expect("written");
        }
        for format in FORMATS {
            let ran = program::run(
                folder.path(),
                &["check", ".", "--format", format, "--min-severity", "hint"],
            );
            assert!(
                (0..=2).contains(&ran.status),
                "{}: {}",
                ran.status,
                ran.stderr
            );
        }
    }
}

/// Fixes come to an end, and afterwards all entries that no fix is about are what they were.
#[test]
fn fixes_converge() {
    let broken_too = (0..20).map(|seed| broken(INPUTS[0].1, &mut Dice::new(500 + seed)));
    let whole = INPUTS.iter().map(|(_, text)| text.as_bytes().to_vec());
    let names = INPUTS
        .iter()
        .map(|(name, _)| *name)
        .chain(std::iter::repeat("producer.properties"));
    for (name, bytes) in names.zip(whole.chain(broken_too)) {
        if Text::decode(bytes.clone()).is_none() {
            continue;
        }
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(name);
        fs::write(&path, &bytes).expect("written");
        let fix = [
            "check",
            ".",
            "--fix",
            "--unsafe-fixes",
            "--min-severity",
            "hint",
            "--fail-on",
            "never",
        ];
        program::run(folder.path(), &fix).done().expect("a run");
        let last = fs::read(&path).expect("read");
        program::run(folder.path(), &fix).done().expect("a run");
        let again = fs::read(&path).expect("read");
        assert!(
            again == last,
            "the fixes of {name} do not end: {}",
            String::from_utf8_lossy(&bytes)
        );
        let comments = |bytes: &[u8]| {
            let text = Text::decode(bytes.to_vec()).expect("text");
            let text = text.as_str();
            let found: Vec<String> = properties::parse(text)
                .comments()
                .map(|comment| comment.span.of(text).to_owned())
                .collect();
            found
        };
        if name.ends_with(".properties") {
            let after = comments(&last);
            let lost: Vec<String> = comments(&bytes)
                .into_iter()
                .filter(|comment| !after.contains(comment))
                .collect();
            assert!(lost.is_empty(), "the fixes of {name} lost {lost:?}");
        }
    }
}
