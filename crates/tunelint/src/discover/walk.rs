//! Walking through folders with several threads, which also read the files.

use super::read::{Unread, read_file};
use crate::paths::relative;
use ignore::{DirEntry, WalkBuilder, WalkState};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::Duration;
use tunelint_model::SourceFile;
use tunelint_model::extract::may_be_read;

/// Folders that hold what others made.
const PASSED_OVER: [&str; 3] = ["node_modules", "target", ".git"];
/// Files that are read although they are hidden.
const HIDDEN: [&str; 2] = [".env", ".jvmopts"];

/// A file on the way.
pub(super) struct Step {
    pub(super) path: String,
    pub(super) disk: PathBuf,
    pub(super) read: Result<SourceFile, Unread>,
}

/// Walks through `folders` and hands every file to `take`; calls it with nothing from time to
/// time while there is none.
pub(super) fn walk(cwd: &Path, folders: &[PathBuf], mut take: impl FnMut(Option<Step>)) {
    let (sender, receiver) = channel();
    std::thread::scope(|scope| {
        scope.spawn(|| run(cwd, folders, sender));
        loop {
            match receiver.recv_timeout(Duration::from_millis(100)) {
                Ok(step) => take(Some(step)),
                Err(RecvTimeoutError::Timeout) => take(None),
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
    });
}

fn run(cwd: &Path, folders: &[PathBuf], sender: Sender<Step>) {
    let [first, others @ ..] = folders else {
        return;
    };
    let mut builder = WalkBuilder::new(first);
    for folder in others {
        builder.add(folder);
    }
    builder
        .hidden(false)
        .require_git(false)
        .filter_entry(is_wanted);
    builder.build_parallel().run(|| {
        let sender = sender.clone();
        Box::new(move |entry| {
            let step = match entry {
                Ok(entry) => file(cwd, &entry),
                Err(error) => failure(cwd, &error),
            };
            let is_gone = step.is_some_and(|step| sender.send(step).is_err());
            if is_gone {
                WalkState::Quit
            } else {
                WalkState::Continue
            }
        })
    });
}

fn is_wanted(entry: &DirEntry) -> bool {
    if entry.depth() == 0 {
        return true;
    }
    let name = entry.file_name().to_string_lossy();
    let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
    if is_folder {
        return !name.starts_with('.') && !PASSED_OVER.contains(&&*name);
    }
    !name.starts_with('.') || HIDDEN.contains(&&*name)
}

fn file(cwd: &Path, entry: &DirEntry) -> Option<Step> {
    let kind = entry.file_type()?;
    let path = relative(cwd, entry.path());
    if kind.is_dir() || !may_be_read(&path) {
        return None;
    }
    let disk = entry.path().to_owned();
    let read = if kind.is_file() {
        read_file(path.clone(), &disk, false)
    } else if kind.is_symlink() {
        // Its target is read where it lies, or lies elsewhere.
        Err(Unread::Skipped("it is a symbolic link".to_owned()))
    } else {
        return None;
    };
    Some(Step { path, disk, read })
}

/// A folder that cannot be read.
fn failure(cwd: &Path, error: &ignore::Error) -> Option<Step> {
    let disk = path_of(error)?.to_owned();
    let reason = match error.io_error().map(std::io::Error::kind) {
        Some(std::io::ErrorKind::PermissionDenied) => "permission denied".to_owned(),
        _ => error.to_string(),
    };
    let path = relative(cwd, &disk);
    let read = Err(Unread::Failed(reason));
    Some(Step { path, disk, read })
}

fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            path_of(err)
        }
        ignore::Error::Loop { child, .. } => Some(child),
        _ => None,
    }
}
