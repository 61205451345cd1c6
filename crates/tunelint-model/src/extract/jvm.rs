//! JVM options out of strings, word lists and option files.

use crate::file::FileFacts;
use crate::fragment::Fragment;
use crate::jvm::{Carrier, Flag, OptionString};
use crate::setting::is_placeholder;
use tunelint_base::{OffsetMap, Span};
use tunelint_syntax::{jvm_options, shell};

/// Splits a string of options as its reader does: the JVM's rules for `JAVA_TOOL_OPTIONS` and
/// `_JAVA_OPTIONS`, the launcher's for `JDK_JAVA_OPTIONS`, a shell's for what a script expands
/// without quotes: blanks separate, nothing quotes.
pub(super) fn split_string(carrier: Carrier, fragment: &Fragment<'_>) -> Vec<Flag> {
    let split = match carrier {
        Carrier::ToolOptions | Carrier::UnderscoreJavaOptions => {
            jvm_options::split_tool_options(&fragment.text)
        }
        Carrier::JdkJavaOptions => jvm_options::split_jdk_java_options(&fragment.text),
        Carrier::Script => return split_blanks(fragment),
        Carrier::CommandLine => return words(fragment),
    };
    let flags = split.options.into_iter().map(|option| Flag {
        placeholder: is_placeholder(&option.text),
        text: option.text.into(),
        span: fragment.span(option.span),
        map: fragment.through(&option.map),
    });
    flags.collect()
}

/// What an unquoted `$JAVA_OPTS` becomes: words between blanks, quotes and all.
fn split_blanks(fragment: &Fragment<'_>) -> Vec<Flag> {
    let mut flags = Vec::new();
    let mut at = 0;
    for word in fragment.text.split([' ', '\t', '\n', '\r']) {
        if !word.is_empty() {
            let span = Span::new(at, at + word.len());
            let map = fragment.through(&OffsetMap::verbatim(span));
            // A script may also `eval` the string, and then the quotes go.
            let text = word.trim_matches(['"', '\'']);
            flags.push(Flag {
                text: text.into(),
                span: fragment.span(span),
                map,
                placeholder: is_placeholder(word),
            });
        }
        at += word.len() + 1;
    }
    flags
}

fn words(fragment: &Fragment<'_>) -> Vec<Flag> {
    let words = shell::split_words(&fragment.text)
        .into_iter()
        .map(|word| Flag {
            placeholder: word.has_expansion || is_placeholder(&word.text),
            text: word.text.into(),
            span: fragment.span(word.span),
            map: fragment.through(&word.map),
        });
    options_from_words(words)
}

/// The options among the words after `java`: up to `-jar` and its file, or to the main class.
pub(super) fn options_from_words(words: impl Iterator<Item = Flag>) -> Vec<Flag> {
    let mut flags = Vec::new();
    let mut skip = false;
    for word in words {
        if std::mem::take(&mut skip) {
            continue;
        }
        match &*word.text {
            "-jar" | "-m" | "--module" => break,
            "-cp" | "-classpath" | "--class-path" | "-p" | "--module-path" | "--add-modules"
            | "--add-opens" | "--add-exports" | "--add-reads" => skip = true,
            text if text.starts_with('-') || text.starts_with('@') => flags.push(word),
            // A variable alone may hold more options; anything else is the main class.
            _ if word.placeholder => {}
            _ => break,
        }
    }
    flags
}

/// Whether a text is a string of JVM options, whatever variable holds it.
pub(super) fn looks_like_options(text: &str) -> bool {
    text.split_whitespace().any(|word| {
        word.starts_with("-XX:")
            || ["-Xmx", "-Xms"].iter().any(|p| {
                word.strip_prefix(p)
                    .is_some_and(|r| r.starts_with(|c: char| c.is_ascii_digit()))
            })
    }) && text.trim_start().starts_with('-')
}

/// The options of a string as given to `java` on a command line.
#[must_use]
pub fn options_from_line(text: &str) -> OptionString {
    let fragment = Fragment::whole(text);
    let flags = words(&fragment);
    command_line(flags, text.len())
}

/// The options of an argument vector, whose elements stand joined by one blank in `text`.
#[must_use]
pub fn options_from_arguments(arguments: &[String]) -> (String, OptionString) {
    let text = arguments.join(" ");
    let mut at = 0;
    let words = arguments.iter().map(|argument| {
        let span = Span::new(at, at + argument.len());
        at += argument.len() + 1;
        Flag {
            text: argument.as_str().into(),
            span,
            map: OffsetMap::verbatim(span),
            placeholder: false,
        }
    });
    let flags = options_from_words(words.collect::<Vec<_>>().into_iter());
    let string = command_line(flags, text.len());
    (text, string)
}

fn command_line(flags: Vec<Flag>, len: usize) -> OptionString {
    let span = Span::new(0, len);
    let name_span = flags.first().map_or(span, |flag| flag.span);
    OptionString {
        carrier: Carrier::CommandLine,
        name: "java".into(),
        name_span,
        flags,
        span,
    }
}

/// A `jvm.options` file: one option a line, `#` comments, and lines for some Java versions only
/// (`8-13:-XX:…`), which are left alone unless they hold for every version.
pub(super) fn extract_options_file(facts: &mut FileFacts, fragment: &Fragment<'_>) {
    let mut flags = Vec::new();
    let mut at = 0;
    for line in fragment.text.split_inclusive('\n') {
        let text = line.trim();
        let start = at + (line.len() - line.trim_start().len());
        at += line.len();
        if !text.starts_with('-') {
            continue;
        }
        let span = Span::new(start, start + text.len());
        let map = fragment.through(&OffsetMap::verbatim(span));
        flags.push(Flag {
            text: text.into(),
            span: fragment.span(span),
            map,
            placeholder: is_placeholder(text),
        });
    }
    let Some(first) = flags.first() else { return };
    let name_span = first.span;
    let span = fragment.span(Span::new(0, fragment.text.len()));
    facts.add_role("JVM options");
    facts.options.push(OptionString {
        carrier: Carrier::CommandLine,
        name: "java".into(),
        name_span,
        flags,
        span,
    });
}
