//! The command line of `java`, cut where a variable or file stands for more options.

use crate::jvm::{Carrier, Flag, OptionString, Stand, WITH_NEXT_WORD, When, is_broken_option};
use crate::start::Start;
use tunelint_base::Span;

/// Programs that start the one that their arguments name.
const WRAPPERS: [&str; 11] = [
    "exec",
    "nohup",
    "env",
    "time",
    "setsid",
    "stdbuf",
    "tini",
    "dumb-init",
    "catatonit",
    "setpriv",
    "command",
];

/// Those that want one word of their own before it.
const WRAPPERS_WITH_A_WORD: [&str; 9] = [
    "sudo", "gosu", "su-exec", "timeout", "chpst", "taskset", "nice", "ionice", "numactl",
];

/// Variables in which scripts keep the path of `java`.
const JAVA_VARIABLES: [&str; 7] = [
    "JAVA",
    "JAVACMD",
    "JAVA_CMD",
    "JAVA_BIN",
    "JAVA_EXE",
    "_RUNJAVA",
    "JAVA_COMMAND",
];

/// Whether a word is the program `java`.
pub(super) fn is_java(word: &str) -> bool {
    let bare = word
        .strip_prefix('$')
        .map(|name| name.trim_matches(['{', '}']));
    word == "java"
        || word.ends_with("/bin/java")
        || word == "java.exe"
        || bare.is_some_and(|name| JAVA_VARIABLES.contains(&name))
}

/// Where `java` stands among the words of a command, if the command starts it.
pub(super) fn position<'w>(words: impl Iterator<Item = &'w str> + Clone) -> Option<usize> {
    let at = words.clone().position(is_java)?;
    let mut before = words.take(at);
    let Some(first) = before.next() else {
        return Some(at);
    };
    let name = first.rsplit('/').next().unwrap_or(first);
    let own_words = before
        .filter(|word| !word.starts_with('-') && !word.contains('='))
        .count();
    let allowed = usize::from(WRAPPERS_WITH_A_WORD.contains(&name));
    let wraps = allowed == 1 || WRAPPERS.contains(&name);
    (wraps && own_words <= allowed && !(name == "sudo" && own_words == 1 && at < 3)).then_some(at)
}

/// A word after `java`, and what it stands for if that is not itself.
pub(super) struct Argument {
    pub(super) flag: Flag,
    pub(super) stands: Option<Stand>,
}

impl Argument {
    /// A word that stands for itself.
    pub(super) fn plain(flag: Flag) -> Self {
        Self { flag, stands: None }
    }
}

/// Reads the words after `java`, up to `-jar` and its file, or to the main class.
pub(super) fn launch(name_span: Span, span: Span, words: impl Iterator<Item = Argument>) -> Start {
    let mut start = Start {
        open: true,
        ..Start::default()
    };
    let string = |flags: Vec<Flag>, stands: Option<Stand>| OptionString {
        carrier: Carrier::CommandLine,
        name: "java".into(),
        name_span,
        flags,
        span,
        stands,
    };
    let mut current = Vec::new();
    let mut option: Option<Flag> = None;
    for Argument { flag, stands } in words {
        if let Some(option) = option.take() {
            // The next word is its value, unless it looks like an option.
            if !flag.text.starts_with('-') {
                continue;
            }
            current.push(option);
        }
        let file = flag
            .text
            .strip_prefix('@')
            .filter(|path| !path.is_empty() && !path.starts_with('@') && !flag.placeholder);
        let stands = stands.or_else(|| file.map(|path| Stand::File(path.into())));
        match &*flag.text {
            _ if stands.is_some() && !start.open => {}
            _ if stands.is_some() => {
                if !current.is_empty() {
                    start
                        .strings
                        .push(string(std::mem::take(&mut current), None));
                }
                start.strings.push(string(vec![flag], stands));
            }
            _ if !start.open => late(flag, &mut current),
            "-jar" | "-m" | "--module" => start.open = false,
            text if WITH_NEXT_WORD.contains(&text) => option = Some(flag),
            text if text.starts_with('-') || flag.placeholder => current.push(flag),
            text if text.starts_with('@') => current.push(flag),
            text => {
                start.open = false;
                if is_broken_option(text) {
                    current.push(flag);
                }
            }
        }
    }
    current.extend(option);
    if !current.is_empty() || start.strings.is_empty() {
        start.strings.push(string(current, None));
    }
    start
}

/// A word behind the program: it reaches only that, also where it was meant for the JVM.
fn late(mut flag: Flag, flags: &mut Vec<Flag>) {
    if (flag.text.starts_with("-X") || flag.text.starts_with("-D")) && !flag.placeholder {
        flag.when = When::Late;
        flags.push(flag);
    }
}

/// An option that is there whenever its string is.
pub(super) fn flag(
    text: &str,
    span: Span,
    map: tunelint_base::OffsetMap,
    placeholder: bool,
) -> Flag {
    Flag {
        text: text.into(),
        span,
        map,
        placeholder,
        when: When::Always,
    }
}
