//! Each folder under `tests/projects/` is one report of `check .`, which stands in its `expected.txt`.
//!
//! `args.txt` holds further arguments, one a line. `UPDATE_EXPECT=1` rewrites the reports.

use tunelint_tests::{expect, folder, program};

#[test]
fn reports_are_as_expected() {
    let root = folder::workspace().join("tests/projects");
    if !root.exists() {
        return;
    }
    let mut failures = Vec::new();
    for project in folder::entries(&root) {
        let expected = project.join("expected.txt");
        let mut args = vec![
            "check".to_owned(),
            ".".to_owned(),
            "--color".to_owned(),
            "never".to_owned(),
        ];
        let file = project.join("args.txt");
        if file.exists() {
            args.extend(
                folder::text(&file)
                    .lines()
                    .map(str::to_owned)
                    .filter(|line| !line.is_empty()),
            );
        }
        let ran = program::run(&project, &args);
        let actual = format!("{}exit status: {}\n", ran.stdout, ran.status);
        let name = format!("tests/projects/{}/expected.txt", folder::name_of(&project));
        let failure = expect::file(&expected, &name, &actual).err();
        failures.extend(failure.map(|failure| format!("{failure}{}", ran.stderr)));
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// The same input gives the same bytes at any number of threads.
#[test]
fn threads_do_not_show() {
    let project = folder::workspace().join("tests/projects/fraud-detection");
    let args: Vec<String> = [
        "check",
        ".",
        "--format",
        "json",
        "--min-severity",
        "hint",
        "--verbose",
    ]
    .map(str::to_owned)
    .to_vec();
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .expect("a pool");
        let ran = pool.install(|| program::run(&project, &args));
        (ran.stdout, ran.stderr)
    };
    let alone = with(1);
    assert!(alone.0.contains("\"diagnostics\""), "{}", alone.0);
    for threads in [2, 4, 8] {
        assert_eq!(with(threads), alone, "{threads} threads");
    }
}
