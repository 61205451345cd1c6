//! Finding the files, reading them, and reading what they say, in parallel.

mod read;
mod walk;

pub(crate) use read::{Unread, read_file};

use crate::Io;
use crate::paths::{absolute, relative};
use crate::progress::Progress;
use anyhow::{Context, bail};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use tunelint_base::{Span, Text};
use tunelint_model::extract::{options_from_arguments, options_from_line};
use tunelint_model::jvm::{Form, OptionString, form};
use tunelint_model::setting::is_secret_name;
use tunelint_model::{FileFacts, Language, SourceFile, overlay};

/// What was found.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// The files, sorted by path.
    pub(crate) files: Vec<SourceFile>,
    /// Where they lie, by the path they are shown by; what came from elsewhere lies nowhere.
    pub(crate) disk: BTreeMap<String, PathBuf>,
    /// Those that could not be read, with the reason; they are among `files` without text.
    pub(crate) unreadable: Vec<(String, String)>,
    /// What was passed over, with the reason.
    pub(crate) skipped: Vec<(String, String)>,
    /// Paths that kustomizations name and that hold no file.
    pub(crate) absent: BTreeSet<String>,
}

impl Found {
    /// Adds a file that is on disk.
    pub(crate) fn add(&mut self, disk: PathBuf, file: SourceFile) {
        // The same file may be reached by two of the given paths.
        if self.disk.insert(file.path.clone(), disk).is_none() {
            self.files.push(file);
        }
    }

    /// Adds a text that lies nowhere on disk.
    pub(crate) fn add_text(&mut self, file: SourceFile) {
        self.files.push(file);
    }

    fn take(&mut self, path: String, disk: PathBuf, read: Result<SourceFile, Unread>) {
        match read {
            Ok(file) => self.add(disk, file),
            Err(Unread::Skipped(reason)) => self.skipped.push((path, reason)),
            Err(Unread::Failed(reason)) => {
                self.unreadable.push((path.clone(), reason));
                self.add(disk, tunelint_engine::read(path, Text::utf8("")));
            }
        }
    }

    /// Sorts what was found, so that it does not depend on who was faster.
    pub(crate) fn sort(&mut self) {
        self.files.sort_by(|a, b| a.path.cmp(&b.path));
        self.skipped.sort();
        self.unreadable.sort();
    }
}

/// Finds and reads what `paths` name. `-` is standard input.
pub(crate) fn discover(
    io: &mut Io<'_>,
    paths: &[PathBuf],
    stdin_name: Option<&str>,
) -> anyhow::Result<Found> {
    let mut found = Found::default();
    let mut folders = Vec::new();
    for path in paths {
        if path.as_os_str() == "-" {
            found.add_text(from_stdin(io, stdin_name)?);
            continue;
        }
        let disk = absolute(&io.cwd, path);
        let metadata = match std::fs::metadata(&disk) {
            Ok(metadata) => metadata,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                bail!("there is no file or folder `{}`", path.display())
            }
            Err(error) => {
                return Err(error).with_context(|| format!("cannot look at `{}`", path.display()));
            }
        };
        if metadata.is_dir() {
            folders.push(disk);
        } else {
            let shown = relative(&io.cwd, &disk);
            let read = read_file(shown.clone(), &disk, true);
            found.take(shown, disk, read);
        }
    }
    if !folders.is_empty() {
        walk_folders(io, &folders, &mut found);
    }
    found.sort();
    follow(&io.cwd, &mut found);
    Ok(found)
}

/// Reads what kustomizations name, wherever it lies, and what that names in turn.
fn follow(cwd: &Path, found: &mut Found) {
    const DEEPEST: usize = 16;
    for _ in 0..DEEPEST {
        let missing = overlay::missing(&found.files, &found.absent);
        if missing.is_empty() {
            return;
        }
        for path in missing {
            let disk = absolute(cwd, Path::new(&path));
            match disk
                .is_file()
                .then(|| read_file(path.clone(), &disk, false))
            {
                Some(Ok(file)) => found.add(disk, file),
                Some(Err(Unread::Skipped(reason) | Unread::Failed(reason))) => {
                    found.skipped.push((path, reason));
                }
                None => {
                    found.absent.insert(path);
                }
            }
        }
        found.sort();
    }
}

fn walk_folders(io: &mut Io<'_>, folders: &[PathBuf], found: &mut Found) {
    let mut progress = Progress::new(io);
    let cwd = io.cwd.clone();
    let mut count = 0;
    walk::walk(&cwd, folders, |step| {
        if let Some(walk::Step { path, disk, read }) = step {
            count += 1;
            found.take(path, disk, read);
        }
        progress.show(io, count);
    });
    progress.clear(io);
}

fn from_stdin(io: &mut Io<'_>, name: Option<&str>) -> anyhow::Result<SourceFile> {
    let mut bytes = Vec::new();
    io.stdin
        .read_to_end(&mut bytes)
        .context("cannot read standard input")?;
    let text = Text::decode(bytes).context("standard input is no text: it holds a NUL byte")?;
    if let Some(name) = name {
        let path = relative(&io.cwd, &absolute(&io.cwd, Path::new(name)));
        return Ok(tunelint_engine::read(path, text));
    }
    // Without a name the content has to tell.
    let is_yaml = text
        .as_str()
        .lines()
        .any(|line| line.starts_with("apiVersion:") || line.starts_with("---"));
    let likely = if is_yaml {
        "stdin.yaml"
    } else {
        "stdin.properties"
    };
    let mut file = tunelint_engine::read(likely.to_owned(), text);
    file.path = "<stdin>".to_owned();
    Ok(file)
}

/// JVM options of the command line, as a file.
pub(crate) fn jvm_options(
    line: Option<&str>,
    vector: Option<&str>,
) -> anyhow::Result<Option<SourceFile>> {
    let (text, options) = match (line, vector) {
        (Some(line), _) => (line.to_owned(), options_from_line(line)),
        (None, Some(vector)) => {
            let arguments: Vec<String> = serde_json::from_str(vector)
                .context("--jvm-argv must be a JSON array of strings")?;
            options_from_arguments(&arguments)
        }
        (None, None) => return Ok(None),
    };
    Ok(Some(file_of_options(text, options)))
}

fn file_of_options(text: String, options: OptionString) -> SourceFile {
    let mut facts = FileFacts {
        language: Language::JvmOptions,
        options: vec![options],
        ..FileFacts::default()
    };
    facts.add_role("JVM options");
    facts.secrets = facts.options.iter().flat_map(secrets_of).collect();
    SourceFile::new("<jvm-args>".to_owned(), Text::utf8(text), facts)
}

/// The values of `-Dname=value` whose name says that they are secret.
fn secrets_of(options: &OptionString) -> Vec<Span> {
    let secret = options
        .flags
        .iter()
        .filter_map(|flag| match form(&flag.text) {
            Form::Property(name, value) if is_secret_name(name) => {
                let end = flag.text.len();
                Some(flag.map.to_source(Span::new(end - value.len(), end)))
            }
            _ => None,
        });
    secret.collect()
}
