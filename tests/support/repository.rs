//! The repository as text: its sources, its packages and what they depend on.

use crate::folder;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The folders that hold sources of ours.
const SOURCES: [&str; 3] = ["crates", "rules", "tests"];

/// All `.rs` files, with their paths from the root.
#[must_use]
pub fn sources() -> Vec<(String, PathBuf)> {
    let root = folder::workspace();
    let folders = SOURCES.iter().filter(|name| root.join(name).exists());
    let all = folders.flat_map(|name| {
        let files = folder::files(&root.join(name)).into_iter();
        files.map(move |(path, full)| (format!("{name}/{path}"), full))
    });
    all.filter(|(path, _)| path.ends_with(".rs")).collect()
}

/// A package of the workspace.
#[derive(Debug)]
pub struct Package {
    /// Its name.
    pub name: String,
    /// Its folder, from the root.
    pub folder: String,
    /// The packages of this workspace that it depends on outside of its own tests.
    pub needs: BTreeSet<String>,
}

/// The packages of the workspace.
///
/// # Panics
/// Where a manifest is no TOML.
#[must_use]
pub fn packages() -> Vec<Package> {
    let root = folder::workspace();
    let crates = folder::entries(&root.join("crates"))
        .into_iter()
        .filter(|path| path.is_dir());
    let mut folders: Vec<String> = crates
        .map(|path| format!("crates/{}", folder::name_of(&path)))
        .collect();
    folders.extend(["rules".to_owned(), "tests".to_owned()]);
    folders
        .into_iter()
        .filter_map(|folder| package(&root, folder))
        .collect()
}

fn package(root: &Path, folder: String) -> Option<Package> {
    let path = root.join(&folder).join("Cargo.toml");
    if !path.exists() {
        return None;
    }
    let manifest: toml::Table = folder::text(&path)
        .parse()
        .unwrap_or_else(|e| panic!("{folder}: {e}"));
    let name = manifest.get("package")?.get("name")?.as_str()?.to_owned();
    let tables = ["dependencies", "build-dependencies"]
        .into_iter()
        .filter_map(|table| manifest.get(table)?.as_table());
    let names = tables.flat_map(|table| table.keys().cloned());
    let needs = names.filter(|name| name.starts_with("tunelint")).collect();
    Some(Package {
        name,
        folder,
        needs,
    })
}

/// The words in backticks of a Markdown text that look like paths of this repository: they begin
/// with something that lies at the top level, and hold no pattern.
#[must_use]
pub fn paths_named_in(text: &str, top: &BTreeSet<String>) -> Vec<String> {
    let odd = |c: char| c.is_whitespace() || "*<>{}$…".contains(c);
    let spans = text
        .split("```")
        .step_by(2)
        .flat_map(|prose| prose.split('`').skip(1).step_by(2));
    let paths = spans.filter(|span| {
        let first = span.split('/').next().unwrap_or("");
        !span.contains(odd) && (span.contains('/') || span.contains('.')) && top.contains(first)
    });
    paths.map(str::to_owned).collect()
}

/// What lies at the top level and belongs to the repository: all but what `.gitignore` names.
#[must_use]
pub fn top_level() -> BTreeSet<String> {
    let root = folder::workspace();
    let ignored = folder::text(&root.join(".gitignore"));
    let ignored: Vec<&str> = ignored.lines().map(|line| line.trim_matches('/')).collect();
    let names = folder::entries(&root)
        .into_iter()
        .map(|path| folder::name_of(&path));
    names
        .filter(|name| name != ".git" && !ignored.contains(&name.as_str()))
        .collect()
}
