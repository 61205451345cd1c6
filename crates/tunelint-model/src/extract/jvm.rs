//! JVM options out of strings, word lists and option files.

use super::launch::{Argument, flag, launch};
use super::variables::blank_separated;
use crate::file::FileFacts;
use crate::fragment::Fragment;
use crate::jvm::{Carrier, Flag, OptionString, When};
use crate::setting::is_placeholder;
use crate::start::Start;
use tunelint_base::{OffsetMap, Span};
use tunelint_syntax::jvm_options::{self, Split};
use tunelint_syntax::{argfile, shell};

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
        Carrier::CommandLine => return flags_of(&words(fragment)),
    };
    flags(fragment, split)
}

/// The options of a split text.
fn flags(fragment: &Fragment<'_>, split: Split) -> Vec<Flag> {
    let flags = split.options.into_iter().map(|option| {
        flag(
            &option.text,
            fragment.span(option.span),
            fragment.through(&option.map),
            is_placeholder(&option.text),
        )
    });
    flags.collect()
}

/// What an unquoted `$JAVA_OPTS` becomes: words between blanks, quotes and all.
pub(super) fn split_blanks(fragment: &Fragment<'_>) -> Vec<Flag> {
    let words = blank_separated(&fragment.text).into_iter().map(|span| {
        let word = span.of(&fragment.text);
        let map = fragment.through(&OffsetMap::verbatim(span));
        // A script may also `eval` the string, and then the quotes go.
        let text = word.trim_matches(['"', '\'']);
        flag(text, fragment.span(span), map, is_placeholder(word))
    });
    words.collect()
}

/// The command line of `java` in a text, without the word `java`.
fn words(fragment: &Fragment<'_>) -> Start {
    let words = shell::split_words(&fragment.text).into_iter().map(|word| {
        let placeholder = word.has_expansion || is_placeholder(&word.text);
        Argument::plain(flag(
            &word.text,
            fragment.span(word.span),
            fragment.through(&word.map),
            placeholder,
        ))
    });
    let span = fragment.span(Span::new(0, fragment.text.len()));
    launch(span, span, words)
}

fn flags_of(start: &Start) -> Vec<Flag> {
    let strings = start.strings.iter();
    strings.flat_map(|string| string.flags.clone()).collect()
}

/// Whether a text is a string of JVM options, whatever variable holds it.
pub(super) fn looks_like_options(text: &str) -> bool {
    text.split_whitespace().any(|word| {
        word.starts_with("-XX:")
            || ["-Xmx", "-Xms"].iter().any(|p| {
                word.strip_prefix(p)
                    .is_some_and(|r| r.starts_with(|c: char| c.is_ascii_digit()))
            })
    }) && text
        .trim_start()
        .strip_prefix('-')
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '-'))
}

/// The options of a string as given to `java` on a command line.
#[must_use]
pub fn options_from_line(text: &str) -> OptionString {
    let start = words(&Fragment::whole(text));
    command_line(flags_of(&start), text.len())
}

/// The options of an argument vector, whose elements stand joined by one blank in `text`.
#[must_use]
pub fn options_from_arguments(arguments: &[String]) -> (String, OptionString) {
    let text = arguments.join(" ");
    let mut at = 0;
    let words = arguments.iter().map(|argument| {
        let span = Span::new(at, at + argument.len());
        at += argument.len() + 1;
        Argument::plain(flag(argument, span, OffsetMap::verbatim(span), false))
    });
    let words: Vec<Argument> = words.collect();
    let span = Span::new(0, text.len());
    let start = launch(span, span, words.into_iter());
    let string = command_line(flags_of(&start), text.len());
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
        stands: None,
    }
}

/// A `jvm.options` file: one option a line, `#` comments, and lines for some Java releases only
/// (`8:-X…`, `8-:-X…`, `8-13:-X…`).
pub(super) fn extract_options_file(facts: &mut FileFacts, fragment: &Fragment<'_>) {
    let mut flags = Vec::new();
    let mut at = 0;
    for line in fragment.text.split_inclusive('\n') {
        let text = line.trim();
        let start = at + (line.len() - line.trim_start().len());
        at += line.len();
        let Some((when, skipped)) = releases(text) else {
            continue;
        };
        let span = Span::new(start + skipped, start + text.len());
        let map = fragment.through(&OffsetMap::verbatim(span));
        let option = &text[skipped..];
        let mut found = flag(option, fragment.span(span), map, is_placeholder(option));
        found.when = when;
        flags.push(found);
    }
    add_file(facts, fragment, flags);
}

/// For which releases a line holds, and where its option begins; `None` where it has no option.
fn releases(line: &str) -> Option<(When, usize)> {
    if line.starts_with('-') {
        return Some((When::Always, 0));
    }
    let (range, option) = line.split_once(':')?;
    let number = |text: &str| text.parse::<u16>().ok();
    let when = match range.split_once('-') {
        None => {
            let only = number(range)?;
            When::Java(only, only)
        }
        Some((from, "")) => When::Java(number(from)?, u16::MAX),
        Some((from, to)) => When::Java(number(from)?, number(to)?),
    };
    option
        .starts_with('-')
        .then_some((when, line.len() - option.len()))
}

/// An `@argfile`, by the launcher's rules; a `.jvmopts` or `jvm.config`, whose words the tool's
/// script puts on a command line.
pub(super) fn extract_words_file(facts: &mut FileFacts, fragment: &Fragment<'_>, path: &str) {
    let name = path.rsplit('/').next().unwrap_or(path);
    let by_script = name.ends_with("jvmopts") || name == "jvm.config";
    let mut found = if by_script {
        let mut kept = Vec::new();
        let mut at = 0;
        for line in fragment.text.split_inclusive('\n') {
            if !line.trim_start().starts_with('#') {
                let span = Span::new(at, at + line.len());
                let inner = fragment.inner(line, &OffsetMap::verbatim(span));
                kept.extend(split_blanks(&inner));
            }
            at += line.len();
        }
        kept
    } else {
        flags(fragment, argfile::parse_argfile(&fragment.text))
    };
    let begins = found
        .first()
        .is_some_and(|first| first.text.starts_with('-'));
    if begins && found.iter().any(|flag| is_java_only(&flag.text)) {
        found.truncate(MOST_WORDS);
        add_file(facts, fragment, found);
    }
}

/// Whether only `java` has an option that begins so: other programs have lists of words as well.
fn is_java_only(option: &str) -> bool {
    let heads = [
        "-XX:",
        "-Xm",
        "-Xs",
        "-Xlog",
        "-Xshare",
        "-D",
        "-javaagent:",
        "-agent",
        "--add-opens",
        "--enable-native-access",
        "--enable-preview",
        "-server",
    ];
    heads.iter().any(|head| option.starts_with(head))
}

/// More words than these are no options.
const MOST_WORDS: usize = 2000;

fn add_file(facts: &mut FileFacts, fragment: &Fragment<'_>, flags: Vec<Flag>) {
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
        stands: None,
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_hold_for_releases() {
        assert_eq!(releases("-Xmx1g"), Some((When::Always, 0)));
        assert_eq!(releases("8:-Xa"), Some((When::Java(8, 8), 2)));
        assert_eq!(releases("11-:-Xa"), Some((When::Java(11, u16::MAX), 4)));
        assert_eq!(releases("8-13:-Xa"), Some((When::Java(8, 13), 5)));
        assert_eq!(releases("# -Xa"), None);
        assert_eq!(releases("x:-Xa"), None);
    }
}
