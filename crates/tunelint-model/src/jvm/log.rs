//! What a JVM makes of an option `-Xlog`, as HotSpot's `LogConfiguration` does.

use tunelint_base::JavaVersion;
use tunelint_catalog::jvm::{has_log_tag, log_tag_sets, nearest_log_tag};

/// What is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LogFault {
    /// The JVM refuses to start: what is wrong.
    Refused(String),
    /// The JVM warns: what it does instead.
    Warned(String),
}

/// The outputs that the options so far opened, besides `stdout` and `stderr`.
#[derive(Clone, Debug, Default)]
pub struct Outputs(Vec<String>);

type Checked<T = ()> = Result<T, LogFault>;

const LEVELS: [&str; 6] = ["off", "trace", "debug", "info", "warning", "error"];

/// Names and abbreviations.
const DECORATORS: [&str; 24] = [
    "time",
    "t",
    "utctime",
    "utc",
    "uptime",
    "u",
    "timemillis",
    "tm",
    "uptimemillis",
    "um",
    "timenanos",
    "tn",
    "uptimenanos",
    "un",
    "hostname",
    "hn",
    "pid",
    "p",
    "tid",
    "ti",
    "level",
    "l",
    "tags",
    "tg",
];

/// What is wrong with an option whose text after `-Xlog` is `rest`, in a JVM of 9 or later.
/// Whether a log file can be opened is nobody's to know.
#[must_use]
pub fn log_fault(rest: &str, java: JavaVersion, outputs: &mut Outputs) -> Option<LogFault> {
    let Some(rest) = rest.strip_prefix(':') else {
        let refused = || refuse::<()>("a colon must follow -Xlog".to_owned()).err();
        return if rest.is_empty() { None } else { refused() };
    };
    if rest == "help" || rest == "disable" {
        return None;
    }
    if let Some(mode) = rest.strip_prefix("async") {
        let is_known = match mode {
            "" => java.0 >= 17,
            ":drop" | ":stall" => java.0 >= 25,
            _ => false,
        };
        if is_known {
            return None;
        }
    }
    whole(rest, java, outputs).err()
}

fn refuse<T>(text: String) -> Checked<T> {
    Err(LogFault::Refused(text))
}

fn whole(rest: &str, java: JavaVersion, outputs: &mut Outputs) -> Checked {
    let (parts, is_excess) = split(rest)?;
    let part = |at: usize| parts.get(at).copied().unwrap_or("");
    let selections = selections(part(0), java)?;
    decorators(part(2))?;
    let existing = output(part(1), part(3), java, outputs)?;
    if existing && !part(3).is_empty() {
        let text = "the options of an output that is open already are ignored".to_owned();
        return Err(LogFault::Warned(text));
    }
    for selection in &selections {
        let matches = log_tag_sets(java).any(|set| selection.matches(set));
        if !matches && !selection.tags.is_empty() {
            let tags = selection.tags.join("+");
            let text = format!("no message of Java {java} has the tags `{tags}`");
            return Err(LogFault::Warned(text));
        }
    }
    if is_excess && java.0 >= 17 {
        let text = "whatever follows the fourth part is ignored".to_owned();
        return Err(LogFault::Warned(text));
    }
    Ok(())
}

/// The four parts between colons, quotes keeping colons, and whether more follows.
fn split(rest: &str) -> Checked<(Vec<&str>, bool)> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut quoted = false;
    for (at, byte) in rest.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b':' if !quoted => {
                parts.push(&rest[start..at]);
                start = at + 1;
                if parts.len() == 4 {
                    return Ok((parts, true));
                }
            }
            _ => {}
        }
    }
    if quoted {
        return refuse("a quote is not closed".to_owned());
    }
    parts.push(&rest[start..]);
    Ok((parts, false))
}

/// Tags that a message must have, and whether it may have more.
struct Selection {
    tags: Vec<String>,
    wildcard: bool,
}

impl Selection {
    fn matches(&self, set: &str) -> bool {
        let has = |tag: &String| set.split('+').any(|own| own == tag);
        let count = set.split('+').count();
        self.tags.iter().all(has) && (self.wildcard || count == self.tags.len())
    }
}

fn selections(text: &str, java: JavaVersion) -> Checked<Vec<Selection>> {
    if text.is_empty() {
        return Ok(Vec::new());
    }
    text.split(',').map(|one| selection(one, java)).collect()
}

fn selection(text: &str, java: JavaVersion) -> Checked<Selection> {
    let (tags, level) = match text.split_once('=') {
        Some((tags, level)) => (tags, Some(level)),
        None => (text, None),
    };
    if let Some(level) = level
        && !LEVELS.iter().any(|known| known.eq_ignore_ascii_case(level))
    {
        return refuse(format!("`{level}` is no level: {}", LEVELS.join(", ")));
    }
    let mut found = Selection {
        tags: Vec::new(),
        wildcard: tags.ends_with('*'),
    };
    if tags == "all" {
        return Ok(found);
    }
    let tags = tags.strip_suffix('*').unwrap_or(tags);
    for tag in tags.split('+') {
        if !has_log_tag(tag, java) {
            let near = nearest_log_tag(tag, java);
            let near = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
            return refuse(format!("Java {java} has no log tag `{tag}`{near}"));
        }
        let tag = tag.to_ascii_lowercase();
        if found.tags.contains(&tag) {
            return refuse(format!("the tag `{tag}` stands there twice"));
        }
        found.tags.push(tag);
        if found.tags.len() > 5 {
            return refuse("a selection may have five tags at most".to_owned());
        }
    }
    Ok(found)
}

fn decorators(text: &str) -> Checked {
    if text.is_empty() || text.eq_ignore_ascii_case("none") {
        return Ok(());
    }
    let is_known = |word: &str| {
        DECORATORS
            .iter()
            .any(|known| known.eq_ignore_ascii_case(word))
    };
    match text.split(',').find(|word| !is_known(word)) {
        None => Ok(()),
        Some(word) if word.starts_with("filecount=") || word.starts_with("filesize=") => {
            refuse(format!(
                "`{word}` stands where the decorations do: the options of a file are the fourth part"
            ))
        }
        Some(word) => refuse(format!("`{word}` is no decoration")),
    }
}

/// Whether the output is open already.
fn output(text: &str, options: &str, java: JavaVersion, outputs: &mut Outputs) -> Checked<bool> {
    let streams_have_options = java.0 >= 21;
    if let Some(number) = text.strip_prefix('#') {
        let digits: String = number.chars().take_while(char::is_ascii_digit).collect();
        let is_open = digits.parse().is_ok_and(|n: usize| n < outputs.0.len() + 2);
        return match (is_open, digits.as_str()) {
            (false, _) => refuse(format!("there is no output `{text}`")),
            (true, "0" | "1") if streams_have_options => {
                file_options(options, false, java).map(|()| false)
            }
            (true, _) => Ok(true),
        };
    }
    if text.is_empty() || text == "stdout" || text == "stderr" {
        return match streams_have_options {
            true => file_options(options, false, java).map(|()| false),
            false => Ok(true),
        };
    }
    let name = file_name(text)?;
    if outputs.0.contains(&name) {
        return Ok(true);
    }
    file_options(options, true, java)?;
    if name.is_empty() || name.ends_with('/') {
        return refuse("the log file has no name".to_owned());
    }
    outputs.0.push(name);
    Ok(false)
}

/// The name of the file, with or without `file=` and quotes.
fn file_name(text: &str) -> Checked<String> {
    let quote = text.find('"');
    let equals = text
        .find('=')
        .filter(|equals| quote.is_none_or(|quote| *equals < quote));
    let name = match equals {
        Some(at) if &text[..at] == "file" => &text[at + 1..],
        Some(_) => {
            return refuse(format!(
                "`{text}` is no output: stdout, stderr or file=<name>"
            ));
        }
        None => text,
    };
    if quote.is_none() {
        return Ok(name.to_owned());
    }
    let inner = name
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    match inner {
        Some(inner) if !inner.contains('"') => Ok(inner.to_owned()),
        _ => refuse("quotes must stand around the whole name of the file".to_owned()),
    }
}

fn file_options(text: &str, is_file: bool, java: JavaVersion) -> Checked {
    if text.is_empty() {
        return Ok(());
    }
    for option in text.split(',') {
        let (key, value) = option.split_once('=').unwrap_or((option, ""));
        let has_value = option.contains('=');
        match key {
            "filecount" if is_file && has_value => {
                let is_digits = !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit());
                if !is_digits
                    || value.parse::<u64>().is_ok_and(|count| count > 1000)
                    || value.len() > 18
                {
                    return refuse("filecount must be a number from 0 to 1000".to_owned());
                }
            }
            "filesize" if is_file && has_value => {
                if tunelint_base::quantity::jvm_size(value).is_none() {
                    let text = "filesize must be digits and at most one of k, m, g, t";
                    return refuse(text.to_owned());
                }
            }
            "foldmultilines" if java.0 >= 21 && has_value => {
                if value != "true" && value != "false" {
                    return refuse("foldmultilines must be true or false".to_owned());
                }
            }
            _ if is_file => {
                return refuse(format!(
                    "`{option}` is no option of a log file: filecount, filesize"
                ));
            }
            _ => return refuse(format!("`{option}` is no option of stdout and stderr")),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
