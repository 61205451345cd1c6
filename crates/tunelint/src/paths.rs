//! Paths as they are shown: from the working directory, with `/`.

use std::path::{Component, Path, PathBuf};

/// An absolute path without `.` and, as far as names tell, without `..`.
pub(crate) fn absolute(cwd: &Path, path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for component in cwd.join(path).components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            other => plain.push(other),
        }
    }
    plain
}

/// The path of `path` as seen from the folder `from`; both absolute.
pub(crate) fn relative(from: &Path, path: &Path) -> String {
    let from: Vec<Component<'_>> = from.components().collect();
    let to: Vec<Component<'_>> = path.components().collect();
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..".to_owned(), from.len() - shared);
    let down = to[shared..]
        .iter()
        .map(|part| part.as_os_str().to_string_lossy().into_owned());
    let parts: Vec<String> = up.chain(down).collect();
    if parts.is_empty() {
        ".".to_owned()
    } else {
        parts.join("/")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_seen_from_the_folder() {
        let cwd = Path::new("/a/b");
        let shown = |path: &str| relative(cwd, &absolute(cwd, Path::new(path)));
        assert_eq!(shown("./c/../d.properties"), "d.properties");
        assert_eq!(shown("/a/b/c/d"), "c/d");
        assert_eq!(shown("../x"), "../x");
        assert_eq!(shown("/a"), "..");
        assert_eq!(shown("."), ".");
    }
}
