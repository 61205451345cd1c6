//! The JVM's options other than `-XX` flags.

use super::flag::{Status, Stored, release_at_or_before};
use super::tables;
use tunelint_base::JavaVersion;

/// What follows an option in the same argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OptionValue {
    /// Nothing.
    None,
    /// A size such as `512m`.
    Size,
    /// Some text.
    Text,
}

/// An option other than an `-XX` flag.
#[derive(Clone, Copy, Debug)]
pub struct JvmOption {
    /// Its fixed beginning: `-Xmx`, `-Xlog:`, `--add-opens=`.
    pub name: &'static str,
    /// What follows.
    pub value: OptionValue,
    pub(super) stored: [Stored; 5],
    /// The flags that it sets.
    pub sets: &'static [&'static str],
}

impl JvmOption {
    /// How `version` takes it; `None` where that is unknown.
    #[must_use]
    pub fn status(&self, version: JavaVersion) -> Option<Status> {
        let place = release_at_or_before(version);
        let settled = match self.stored[place] {
            Stored::Unknown => return None,
            Stored::Accepted => Status::Accepted,
            Stored::Deprecated => Status::Deprecated,
            Stored::Obsolete => Status::Obsolete,
            Stored::DebugOnly => Status::DebugOnly,
            Stored::Unrecognized => Status::Unrecognized,
        };
        // Between two releases that differ, the change may have come before or after.
        let next = self.stored.get(place + 1).unwrap_or(&self.stored[place]);
        let is_measured = super::LTS.contains(&version.0);
        (is_measured || *next == self.stored[place]).then_some(settled)
    }
}

/// All options.
#[must_use]
pub fn options() -> &'static [JvmOption] {
    tables::all_options()
}

/// The option that `argument` begins with: the longest that fits.
#[must_use]
pub fn find_option(argument: &str) -> Option<&'static JvmOption> {
    options()
        .iter()
        .filter(|option| match option.value {
            OptionValue::None => option.name == argument,
            OptionValue::Size | OptionValue::Text => argument.starts_with(option.name),
        })
        .max_by_key(|option| option.name.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_found_by_their_beginning() {
        let name = |argument| find_option(argument).map(|option| option.name);
        assert_eq!(name("-Xmx1g"), Some("-Xmx"));
        assert_eq!(name("-Xlog:gc*"), Some("-Xlog:"));
        assert_eq!(name("-Xlog"), Some("-Xlog"));
        assert_eq!(name("-eax"), None);
        assert_eq!(name("-ea:com.example"), Some("-ea:"));
        assert_eq!(name("-Xloggc:gc.log"), Some("-Xloggc:"));
        assert_eq!(name("-Dx=y"), Some("-D"));
        assert_eq!(name("-xmx1g"), None);
        let status = |argument, java| {
            find_option(argument).and_then(|option| option.status(JavaVersion(java)))
        };
        assert_eq!(status("-Xlog:gc", 8), Some(Status::Unrecognized));
        assert_eq!(status("-Xlog:gc", 17), Some(Status::Accepted));
        assert_eq!(status("-d64", 11), Some(Status::Unrecognized));
        assert_eq!(status("-Xloggc:x", 21), Some(Status::Deprecated));
        assert_eq!(status("-Xmx1g", 25), Some(Status::Accepted));
    }
}
