//! Where things lie: the workspace, the test data next to it, the files in a folder.

use std::fs;
use std::path::{Path, PathBuf};

/// The root of the workspace.
#[must_use]
pub fn workspace() -> PathBuf {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    tests
        .parent()
        .map_or_else(|| tests.to_owned(), Path::to_owned)
}

/// A folder of the test data that may lie next to the checkout. `None` where it does not, after
/// saying so on standard output.
#[must_use]
#[allow(
    clippy::print_stdout,
    reason = "a test that checks nothing has to say so"
)]
pub fn shared(name: &str) -> Option<PathBuf> {
    let folder = workspace().parent()?.join("shared").join(name);
    if folder.exists() {
        return Some(folder);
    }
    println!("skipped: no {name} in a folder `shared` next to the checkout");
    None
}

/// The files below a folder, sorted, with their paths relative to it and with `/`; what
/// git and cargo keep for themselves is left out.
///
/// # Panics
/// Where a folder cannot be listed.
#[must_use]
pub fn files(root: &Path) -> Vec<(String, PathBuf)> {
    let mut found = Vec::new();
    collect(root, root, &mut found);
    found.sort();
    found
}

fn collect(root: &Path, folder: &Path, found: &mut Vec<(String, PathBuf)>) {
    for path in entries(folder) {
        let name = name_of(&path);
        if path.is_dir() {
            if name != ".git" && name != "target" {
                collect(root, &path, found);
            }
            continue;
        }
        let relative = path.strip_prefix(root).unwrap_or(&path);
        let words: Vec<String> = relative
            .iter()
            .map(|w| w.to_string_lossy().into_owned())
            .collect();
        found.push((words.join("/"), path));
    }
}

/// What lies directly in a folder, sorted.
///
/// # Panics
/// Where it cannot be listed.
#[must_use]
pub fn entries(folder: &Path) -> Vec<PathBuf> {
    let listed = fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut paths: Vec<PathBuf> = listed
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    paths.sort();
    paths
}

/// The last word of a path.
#[must_use]
pub fn name_of(path: &Path) -> String {
    path.file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}

/// The text of a file.
///
/// # Panics
/// Where it cannot be read.
#[must_use]
pub fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}
