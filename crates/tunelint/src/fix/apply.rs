//! Edits of several fixes as one change of several texts.

use std::collections::{BTreeMap, BTreeSet};
use tunelint_base::{Edit, FileId, Text};
use tunelint_model::SourceFile;

/// Edits that do not overlap, and the fixes that they come from.
#[derive(Debug, Default)]
pub(super) struct Change {
    /// The fixes.
    pub(super) keys: Vec<String>,
    /// The same, to be looked up.
    known: BTreeSet<String>,
    /// The edits by file, each with the place of its fix in `keys`.
    edits: BTreeMap<FileId, Vec<(Edit, usize)>>,
}

impl Change {
    /// Adds a fix, unless one of its edits gets in the way of an earlier one's.
    pub(super) fn add(&mut self, key: String, edits: &[Edit]) {
        let clashes = |edit: &Edit| {
            let others = self.edits.get(&edit.location.file);
            others.is_some_and(|others| others.iter().any(|(other, _)| clash(other, edit)))
        };
        let among = |(at, edit): (usize, &Edit)| edits[..at].iter().any(|other| clash(other, edit));
        let is_empty = edits.is_empty() || self.known.contains(&key);
        if is_empty || edits.iter().any(clashes) || edits.iter().enumerate().any(among) {
            return;
        }
        for edit in edits {
            let of_file = self.edits.entry(edit.location.file).or_default();
            of_file.push((edit.clone(), self.keys.len()));
        }
        self.known.insert(key.clone());
        self.keys.push(key);
    }

    /// The fixes that change a file.
    pub(super) fn keys_in(&self, file: FileId) -> Vec<String> {
        let edits = self.edits.get(&file).into_iter().flatten();
        edits
            .filter_map(|(_, at)| self.keys.get(*at).cloned())
            .collect()
    }
}

/// Whether two edits cannot both be made. Two insertions at one place could, but in which order
/// nobody knows; an insertion at the border of a replacement may mean either side of it.
fn clash(a: &Edit, b: &Edit) -> bool {
    let (one, other) = (a.location.span, b.location.span);
    let touching = one.is_empty() != other.is_empty()
        && (one.touches(other.start) || other.touches(one.start));
    a.location.file == b.location.file && (one.overlaps(other) || touching)
}

/// The files as they are with the change made. The error names a file that can be read less well
/// afterwards than before, so that the fixes in it cannot be right.
pub(super) fn applied(
    change: &Change,
    files: &[SourceFile],
) -> Result<Vec<(FileId, SourceFile)>, FileId> {
    let mut changed = Vec::new();
    for (id, edits) in &change.edits {
        let file = files.get(id.0 as usize).ok_or(*id)?;
        let text = edited(&file.text, edits).ok_or(*id)?;
        let new = tunelint_engine::read(file.path.clone(), text);
        if new.facts.errors.len() > file.facts.errors.len() {
            return Err(*id);
        }
        changed.push((*id, new));
    }
    Ok(changed)
}

fn edited(text: &Text, edits: &[(Edit, usize)]) -> Option<Text> {
    let mut edits: Vec<&Edit> = edits.iter().map(|(edit, _)| edit).collect();
    edits.sort_by_key(|edit| edit.location.span);
    let old = text.as_str();
    let mut new = String::with_capacity(old.len());
    let mut done = 0;
    for edit in edits {
        let range = edit.location.span.range();
        new.push_str(old.get(done..range.start)?);
        new.push_str(&edit.text);
        done = range.end;
    }
    new.push_str(old.get(done..)?);
    // Through the bytes, so that the text keeps its encoding.
    Text::decode(text.encode(&new)?.into_owned())
}
