//! Compiles the rule pages into static tables, with the loader that reads users' pages.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    println!("cargo::rerun-if-changed={}", root.display());
    let mut rules = Vec::new();
    for folder in sorted(&root)? {
        let group = name_of(&folder);
        if !folder.is_dir() || group == "src" || group == "scorecards" {
            continue;
        }
        for page in sorted(&folder)? {
            if page.extension().is_some_and(|extension| extension == "md") {
                rules.push(load(&group, &page)?);
            }
        }
    }
    rules.sort();
    let codes: Vec<&str> = rules.iter().map(|(_, code)| code.as_str()).collect();
    let table = format!(
        "/// Every built-in rule, by name.\npub static RULES: &[Rule] = &[\n{}\n];\n",
        codes.join(",\n")
    );
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("rules.rs"), table)?;
    Ok(())
}

fn load(group: &str, path: &Path) -> Result<(String, String), Box<dyn Error>> {
    let page = fs::read_to_string(path)?;
    let stem = path
        .file_stem()
        .map(|stem| stem.to_string_lossy().into_owned())
        .unwrap_or_default();
    let rule = tunelint_page::load(group, &stem, &page).map_err(|faults| {
        let lines: Vec<String> = faults
            .iter()
            .map(|fault| {
                let before = &page[..fault.span.start as usize];
                let line = before.matches('\n').count() + 1;
                let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
                let text = page.lines().nth(line - 1).unwrap_or("");
                let caret = " ".repeat(column - 1) + &"^".repeat(fault.span.len().max(1));
                format!(
                    "{}:{line}:{column}: {}\n{text}\n{caret}",
                    path.display(),
                    fault.message
                )
            })
            .collect();
        lines.join("\n")
    })?;
    Ok((stem, tunelint_page::to_code(&rule)))
}

fn sorted(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)?
        .map(|entry| entry.map(|e| e.path()))
        .collect::<Result<_, _>>()?;
    paths.sort();
    Ok(paths)
}

fn name_of(path: &Path) -> String {
    path.file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}
