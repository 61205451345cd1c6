//! What only a process shows: exit statuses, closed pipes, the environment.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, content) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, content).expect("written");
    }
    folder
}

fn tunelint(cwd: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tunelint"));
    command.args(args).current_dir(cwd);
    for name in [
        "NO_COLOR",
        "FORCE_COLOR",
        "CLICOLOR",
        "CLICOLOR_FORCE",
        "COLUMNS",
    ] {
        command.env_remove(name);
    }
    command
}

fn run(cwd: &Path, args: &[&str]) -> (i32, String, String) {
    told(tunelint(cwd, args).output().expect("it runs"))
}

fn told(output: Output) -> (i32, String, String) {
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (
        output.status.code().expect("a status"),
        text(output.stdout),
        text(output.stderr),
    )
}

/// A folder with one finding that needs no rule: a file that is no text.
fn with_binary() -> TempDir {
    folder(&[
        ("a.properties", b"acks\0=1"),
        ("b.properties", b"acks=all\nlinger.ms=5\n"),
    ])
}

#[test]
fn statuses_say_what_happened() {
    let clean = folder(&[("notes.md", b"# Nothing here\n")]);
    let (status, stdout, _) = run(clean.path(), &["check"]);
    assert_eq!((status, stdout.as_str()), (0, "No problems in 0 files.\n"));

    let found = with_binary();
    let (status, stdout, _) = run(found.path(), &["check", "a.properties"]);
    assert_eq!(status, 1, "{stdout}");
    assert!(stdout.starts_with("error[unreadable-file]: "), "{stdout}");
    assert_eq!(
        run(
            found.path(),
            &["check", "a.properties", "--fail-on", "never"]
        )
        .0,
        0
    );

    for args in [
        &["check", "no-such-file"][..],
        &["check", "--profile", "durabilty"],
        &["check", "--select", "no-such-rule"],
        &["check", "--kafka-version", "x"],
        &["check", "--unsafe-fixes"],
        &["check", "--no-such-option"],
        &["check", "--output-file", "no/such/folder/out.txt"],
        &["check", "--jvm-argv", "-Xmx1g"],
        &["explain", "no-such-thing"],
        &["frobnicate"],
        &[],
    ] {
        let (status, _, stderr) = run(clean.path(), args);
        assert_eq!(status, 2, "{args:?}");
        assert!(!stderr.is_empty(), "{args:?}");
    }
    for args in [
        &["--help"][..],
        &["--version"],
        &["check", "--help"],
        &["rules"],
        &["explain", "linger.ms"],
    ] {
        let (status, stdout, _) = run(clean.path(), args);
        assert_eq!(status, 0, "{args:?}");
        assert!(!stdout.is_empty(), "{args:?}");
    }
}

#[test]
fn the_likely_name_is_told() {
    let clean = folder(&[]);
    let (_, _, stderr) = run(clean.path(), &["check", "--profile", "durabilty"]);
    assert!(stderr.contains("did you mean `durability`?"), "{stderr}");
    let (_, _, stderr) = run(clean.path(), &["explain", "linger_ms"]);
    assert!(stderr.contains("`linger.ms`"), "{stderr}");
    let (_, _, stderr) = run(clean.path(), &["check", "no/such"]);
    assert!(stderr.contains("no/such"), "{stderr}");
}

#[test]
fn a_configuration_that_is_no_toml_is_status_2_and_a_mistake_in_one_is_a_finding() {
    let broken = folder(&[("tunelint.toml", b"profiles = [\n")]);
    let (status, _, stderr) = run(broken.path(), &["check"]);
    assert_eq!(status, 2);
    assert!(stderr.contains("tunelint.toml:"), "{stderr}");
    assert_eq!(run(broken.path(), &["check", "--isolated"]).0, 0);

    let mistaken = folder(&[
        ("tunelint.toml", b"profiles = [\"prod\"]\nrules = []\n"),
        ("k8s/x.yaml", b"a: 1\n"),
    ]);
    for path in [".", "k8s", "k8s/x.yaml"] {
        let (status, stdout, stderr) =
            run(mistaken.path(), &["check", "--format", "concise", path]);
        assert_eq!(status, 1, "{stdout}{stderr}");
        assert_eq!(
            stdout,
            "tunelint.toml:2:1: error[config-mistake] `rules` is not supported yet\n"
        );
    }
}

#[test]
fn standard_input_is_a_file() {
    let clean = folder(&[]);
    let mut child = tunelint(
        clean.path(),
        &[
            "model",
            "-",
            "--stdin-filename",
            "conf/producer.properties",
            "--format",
            "json",
        ],
    )
    .stdin(Stdio::piped())
    .stdout(Stdio::piped())
    .spawn()
    .expect("it runs");
    let mut stdin = child.stdin.take().expect("piped");
    stdin
        .write_all(b"bootstrap.servers=a:9092\nlinger.ms=5\nssl.key.password=hunter2\n")
        .expect("written");
    drop(stdin);
    let (status, stdout, _) = told(child.wait_with_output().expect("it ends"));
    assert_eq!(status, 0);
    assert!(
        stdout.contains("\"path\": \"conf/producer.properties\""),
        "{stdout}"
    );
    assert!(!stdout.contains("hunter2"));
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let clean = folder(&[]);
    let mut child = tunelint(clean.path(), &["explain", "bootstrap.servers"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(output.stderr, b"");
}

#[test]
fn colour_is_as_the_environment_has_it() {
    let found = with_binary();
    let colored = |variables: &[(&str, &str)], args: &[&str]| {
        let mut all = vec!["check", "a.properties"];
        all.extend(args);
        let mut command = tunelint(found.path(), &all);
        command.envs(variables.iter().copied());
        told(command.output().expect("it runs")).1.contains('\x1b')
    };
    assert!(!colored(&[], &[]));
    assert!(colored(&[("FORCE_COLOR", "1")], &[]));
    assert!(!colored(&[("FORCE_COLOR", "1"), ("NO_COLOR", "1")], &[]));
    assert!(colored(&[("NO_COLOR", "1")], &["--color", "always"]));
    assert!(!colored(&[("FORCE_COLOR", "1")], &["--color", "never"]));
    assert!(!colored(
        &[("FORCE_COLOR", "1")],
        &["--output-file", "out.txt"]
    ));
    assert!(
        !fs::read_to_string(found.path().join("out.txt"))
            .expect("written")
            .contains('\x1b')
    );
}

#[test]
fn only_files_of_ours_are_opened() {
    let found = folder(&[
        (".gitignore", b"ignored/\n"),
        ("ignored/a.properties", b"acks=1\n"),
        ("node_modules/a.properties", b"acks=1\n"),
        (".hidden/a.properties", b"acks=1\n"),
        ("picture.png", b"\0"),
        ("binary.properties", b"\0"),
        (
            "b/producer.properties",
            b"bootstrap.servers=x:1\nacks=all\n",
        ),
        (
            "a/producer.properties",
            b"bootstrap.servers=x:1\nacks=all\n",
        ),
    ]);
    let (status, stdout, stderr) = run(found.path(), &["model", "--format", "json"]);
    assert_eq!(status, 0, "{stderr}");
    let json: serde_json::Value = serde_json::from_str(&stdout).expect("JSON");
    let paths = |list: &str| -> Vec<String> {
        let files = json[list].as_array().expect("a list").iter();
        files
            .map(|file| file["path"].as_str().expect("a path").to_owned())
            .collect()
    };
    assert_eq!(
        paths("files"),
        ["a/producer.properties", "b/producer.properties"]
    );
    assert_eq!(paths("skipped"), ["binary.properties"]);
    // What is named is read, whatever is ignored.
    let (_, stdout, _) = run(
        found.path(),
        &["model", "ignored/a.properties", "--format", "json"],
    );
    assert!(stdout.contains("ignored/a.properties"));
}

const MISTAKEN: &[u8] =
    b"bootstrap.servers=a:9092\r\n# gr\xfc\xdfe\r\nlinger.ms=20 # Default: 0\r\nacks=all";

#[test]
fn fixing_keeps_all_but_the_mistake() {
    let found = folder(&[("producer.properties", MISTAKEN)]);
    let path = found.path().join("producer.properties");
    let args = ["check", "--select", "inline-comment-in-value"];
    let with = |more: &[&str]| run(found.path(), &[&args[..], more].concat());

    let (status, stdout, _) = with(&["--diff"]);
    assert_eq!(status, 1);
    assert!(stdout.contains("+linger.ms=20\r\n"), "{stdout}");
    assert_eq!(fs::read(&path).expect("read"), MISTAKEN);

    let (status, stdout, stderr) = with(&["--fix"]);
    assert_eq!(status, 0, "{stdout}{stderr}");
    assert_eq!(stdout, "Fixed 1 problem in 1 file; none remains.\n");
    let expected =
        b"bootstrap.servers=a:9092\r\n# gr\xfc\xdfe\r\n# Default: 0\r\nlinger.ms=20\r\nacks=all";
    assert_eq!(fs::read(&path).expect("read"), expected);
    let left: Vec<_> = fs::read_dir(found.path()).expect("a folder").collect();
    assert_eq!(left.len(), 1, "nothing else is left behind");
}

#[cfg(unix)]
#[test]
fn fixing_keeps_links_and_modes() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let found = folder(&[("real/producer.properties", MISTAKEN)]);
    let real = found.path().join("real/producer.properties");
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).expect("a mode");
    let link = found.path().join("link.properties");
    symlink(&real, &link).expect("a link");
    let args = [
        "check",
        "--select",
        "inline-comment-in-value",
        "--fix",
        "link.properties",
    ];
    let (status, stdout, stderr) = run(found.path(), &args);
    assert_eq!(status, 0, "{stdout}{stderr}");
    assert!(fs::symlink_metadata(&link).expect("there").is_symlink());
    assert_eq!(
        fs::metadata(&real).expect("there").permissions().mode() & 0o777,
        0o640
    );
    assert!(fs::read(&real).expect("read") != MISTAKEN);
}

#[test]
fn options_of_the_command_line_are_checked() {
    let clean = folder(&[]);
    let line = [
        "check",
        "--jvm-args",
        "-Xmx2g -XX:+UseG1GC -XX:+UseZGC",
        "--format",
        "concise",
    ];
    let (status, stdout, _) = run(clean.path(), &line);
    assert_eq!(status, 1);
    assert!(
        stdout.starts_with("<jvm-args>:1:") && stdout.contains(": error[conflicting-collectors] "),
        "{stdout}"
    );
    let vector = [
        "check",
        "--jvm-argv",
        r#"["-Xms1g","-Dmy.password=a b","-Xmx2g"]"#,
    ];
    let (status, stdout, _) = run(clean.path(), &vector);
    assert_eq!(status, 0);
    assert!(
        stdout.contains("-Xms1g -Dmy.password=[redacted] -Xmx2g"),
        "{stdout}"
    );
}
