//! Small trees of kustomizations, built here and by the real kustomize.
//!
//! Each file under `trees/` holds a tree: `-- path --` begins a file of it. What the real one makes
//! of it is recorded below `-- build FOLDER --`, and that it refuses as `-- refused FOLDER --` with
//! our message. Where `kubectl` is installed it is asked anew; `UPDATE_EXPECT=1` records.
#![allow(clippy::print_stdout, reason = "says whether the real one was asked")]

use serde_yaml::Value;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use tunelint_kustomize::{Built, Elsewhere, Input, worlds};

struct Tree {
    name: String,
    files: Vec<(String, String)>,
    /// By folder: what the real one builds, or our words for its refusal.
    expected: BTreeMap<String, Result<String, String>>,
}

fn read(path: &Path) -> Tree {
    let text = std::fs::read_to_string(path).expect("a tree can be read");
    let mut parts: Vec<(String, String)> = Vec::new();
    for line in text.split_inclusive('\n') {
        let head = line
            .trim_end()
            .strip_prefix("-- ")
            .and_then(|rest| rest.strip_suffix(" --"));
        match (head, parts.last_mut()) {
            (Some(head), _) => parts.push((head.to_owned(), String::new())),
            (None, Some((_, body))) => body.push_str(line),
            (None, None) => panic!("{}: text before the first file", path.display()),
        }
    }
    let mut tree = Tree {
        name: path
            .file_stem()
            .expect("a name")
            .to_string_lossy()
            .into_owned(),
        files: Vec::new(),
        expected: BTreeMap::new(),
    };
    for (head, body) in parts {
        if let Some(folder) = head.strip_prefix("build ") {
            tree.expected.insert(folder.to_owned(), Ok(body));
        } else if let Some(folder) = head.strip_prefix("refused ") {
            tree.expected.insert(folder.to_owned(), Err(body));
        } else {
            tree.files.push((head, body));
        }
    }
    tree
}

/// The resources by kind, namespace and name.
fn resources(text: &str) -> BTreeMap<String, Value> {
    let mut all = BTreeMap::new();
    for document in serde_yaml::Deserializer::from_str(text) {
        let value: Value = serde::Deserialize::deserialize(document).expect("YAML");
        if value.is_null() {
            continue;
        }
        let text = |path: &[&str]| {
            let found = path.iter().try_fold(&value, |value, key| value.get(*key));
            found.and_then(Value::as_str).unwrap_or("").to_owned()
        };
        let id = format!(
            "{}/{}/{}",
            text(&["kind"]),
            text(&["metadata", "namespace"]),
            text(&["metadata", "name"])
        );
        assert!(all.insert(id.clone(), value).is_none(), "{id} twice");
    }
    all
}

fn kubectl() -> bool {
    Command::new("kubectl")
        .args(["version", "--client"])
        .output()
        .is_ok_and(|output| output.status.success())
}

/// What the real one says to a folder of the tree.
fn real(tree: &Tree, folder: &str) -> Result<String, String> {
    let top = tempfile::tempdir().expect("a folder");
    for (path, text) in &tree.files {
        let path = top.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
        std::fs::write(path, text).expect("a file");
    }
    let output = Command::new("kubectl")
        .arg("kustomize")
        .arg(top.path().join(folder))
        .output()
        .expect("kubectl runs");
    if output.status.success() {
        Ok(String::from_utf8(output.stdout).expect("UTF-8"))
    } else {
        Err(String::from_utf8_lossy(&output.stderr).into_owned())
    }
}

/// Every scalar of the text must be found again where it is said to have been written.
fn check_places(tree: &Tree, built: &Built) {
    for run in &built.runs {
        let text = &tree.files[run.file].1;
        let there = text.get(run.there.start as usize..run.there.end as usize);
        let there = there.unwrap_or_else(|| panic!("{}: {run:?} is no place", tree.name));
        if run.verbatim {
            assert_eq!(run.here.of(&built.text), there, "{}", tree.name);
        }
    }
}

fn check(path: &Path, ask: bool, update: bool) -> String {
    let mut tree = read(path);
    let inputs: Vec<Input<'_>> = tree
        .files
        .iter()
        .map(|(path, text)| Input { path, text })
        .collect();
    let worlds = worlds(&inputs, Elsewhere::Nothing);
    let mut wrong = String::new();
    let mut recorded = BTreeMap::new();
    for world in &worlds {
        let ours = match &world.built {
            Ok(built) => {
                check_places(&tree, built);
                Ok(built.text.clone())
            }
            Err(failure) => {
                let path = inputs[failure.file].path;
                let line = inputs[failure.file].text[..failure.span.start as usize]
                    .matches('\n')
                    .count()
                    + 1;
                Err(format!("{path}:{line}: {}\n", failure.message))
            }
        };
        let expected = if ask {
            let real = real(&tree, &world.folder);
            if let (Err(real), Ok(_)) = (&real, &ours) {
                let _ = writeln!(
                    wrong,
                    "{} {}: refused by the real one: {real}",
                    tree.name, world.folder
                );
            }
            real.map_err(|_| ours.clone().err().unwrap_or_default())
        } else {
            tree.expected
                .get(&world.folder)
                .cloned()
                .unwrap_or(Err("nothing is recorded".into()))
        };
        match (&ours, &expected) {
            (Ok(ours), Ok(theirs)) => {
                let (ours, theirs) = (resources(ours), resources(theirs));
                if ours != theirs {
                    let show =
                        |all: &BTreeMap<String, Value>| serde_yaml::to_string(all).expect("YAML");
                    let _ = writeln!(
                        wrong,
                        "{} {}:\n--- ours\n{}--- real\n{}",
                        tree.name,
                        world.folder,
                        show(&ours),
                        show(&theirs)
                    );
                }
            }
            (Err(ours), Err(theirs)) if ours == theirs => {}
            (ours, theirs) => {
                let _ = writeln!(
                    wrong,
                    "{} {}: ours {ours:?}, real {theirs:?}",
                    tree.name, world.folder
                );
            }
        }
        let before = tree.expected.get(&world.folder);
        if !update && before.map(Result::is_ok) != Some(expected.is_ok()) {
            let _ = writeln!(
                wrong,
                "{} {}: the recorded result is another one",
                tree.name, world.folder
            );
        }
        recorded.insert(world.folder.clone(), expected);
    }
    if update {
        tree.expected = recorded;
        let mut text = String::new();
        for (path, body) in &tree.files {
            let _ = write!(text, "-- {path} --\n{body}");
        }
        for (folder, result) in &tree.expected {
            let (word, body) = match result {
                Ok(body) => ("build", body),
                Err(body) => ("refused", body),
            };
            let _ = write!(text, "-- {word} {folder} --\n{body}");
        }
        std::fs::write(path, text).expect("a tree can be written");
    }
    wrong
}

#[test]
fn trees_are_built_as_the_real_one_builds_them() {
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let ask = kubectl();
    println!(
        "kubectl is {}",
        if ask {
            "asked as well"
        } else {
            "not installed: recorded results only"
        }
    );
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/trees");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .expect("trees")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.sort();
    assert!(paths.len() >= 30, "{} trees", paths.len());
    let wrong: String = paths
        .iter()
        .map(|path| check(path, ask, update && ask))
        .collect();
    assert!(wrong.is_empty(), "{wrong}");
}
