//! Paths of the files, and which of them a path in one of them means.

use crate::model::Model;
use std::collections::HashMap;
use tunelint_base::FileId;

/// The files by their path and by their name.
pub(super) struct Paths<'a> {
    by_path: HashMap<&'a str, FileId>,
    by_name: HashMap<&'a str, Vec<FileId>>,
}

impl<'a> Paths<'a> {
    pub(super) fn new(model: &Model<'a>) -> Self {
        let mut paths = Self {
            by_path: HashMap::new(),
            by_name: HashMap::new(),
        };
        for (number, file) in model.files.iter().enumerate() {
            let id = super::file_id(number);
            paths.by_path.insert(&file.path, id);
            let name = name_of(&file.path);
            paths.by_name.entry(name).or_default().push(id);
        }
        paths
    }

    /// The file at a path that is relative to a folder.
    pub(super) fn at(&self, folder: &str, path: &str) -> Option<FileId> {
        self.by_path.get(joined(folder, path)?.as_str()).copied()
    }

    /// The file of that name that stands nearest to another, where just one does.
    pub(super) fn nearest(
        &self,
        model: &Model<'_>,
        from: FileId,
        name: &str,
        fits: impl Fn(FileId) -> bool,
    ) -> Option<FileId> {
        let own = &model.file(from)?.path;
        let near = |id: &FileId| {
            let path = model.file(*id).map_or("", |file| &file.path);
            shared_folders(own, path)
        };
        let found: Vec<FileId> = self
            .by_name
            .get(name)?
            .iter()
            .copied()
            .filter(|id| fits(*id))
            .collect();
        let most = found.iter().map(near).max()?;
        let mut nearest = found.iter().filter(|id| near(id) == most);
        match (nearest.next(), nearest.next()) {
            (Some(one), None) => Some(*one),
            _ => None,
        }
    }
}

/// The last part of a path.
pub(super) fn name_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// The folder of a path, without the slash.
pub(super) fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// A relative path within a folder, with `.` and `..` carried out; `None` where it leads out of
/// the workspace or is no relative path.
pub(super) fn joined(folder: &str, path: &str) -> Option<String> {
    if path.starts_with(['/', '~', '$']) || path.contains("://") {
        return None;
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            other => parts.push(other),
        }
    }
    Some(parts.join("/"))
}

/// How many leading folders two paths share; a file shares one more with itself.
pub(crate) fn shared_folders(one: &str, other: &str) -> usize {
    one.split('/')
        .zip(other.split('/'))
        .take_while(|(a, b)| a == b)
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_joined() {
        assert_eq!(joined("a/b", "./c").as_deref(), Some("a/b/c"));
        assert_eq!(joined("a/b", "../c/").as_deref(), Some("a/c"));
        assert_eq!(joined("", ".").as_deref(), Some(""));
        assert_eq!(joined("", "../x"), None);
        assert_eq!(joined("a", "/etc/x"), None);
    }
}
