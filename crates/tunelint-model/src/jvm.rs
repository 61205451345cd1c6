//! The options of a Java virtual machine: one by one, and what they come to together.

use std::collections::HashMap;
use std::sync::OnceLock;
use tunelint_base::quantity::jvm_size;
use tunelint_base::{JavaVersion, Location, OffsetMap, Span};

pub mod bounds;
mod doubts;
mod heap;
mod jmx;
pub mod log;
mod machine;
mod number;
mod property;
mod recording;
mod taken;

pub use heap::{COLLECTORS, Collector};
pub use machine::Machine;
pub use number::Number;
pub(crate) use number::{real, whole};
pub use taken::{Taken, WITH_NEXT_WORD, is_broken_option};

/// Where an option string stands, in the order in which HotSpot takes them: a later one wins.
/// Measured on JDK 11–25: `JAVA_TOOL_OPTIONS` < `JDK_JAVA_OPTIONS` < command line < `_JAVA_OPTIONS`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Carrier {
    /// The variable `JAVA_TOOL_OPTIONS`, read by every JVM.
    ToolOptions,
    /// The variable `JDK_JAVA_OPTIONS`, read by the `java` launcher from 9 on.
    JdkJavaOptions,
    /// A variable that a start script may put on the command line, such as `JAVA_OPTS`.
    Script,
    /// The command line of `java`.
    CommandLine,
    /// The variable `_JAVA_OPTIONS`.
    UnderscoreJavaOptions,
}

/// The carrier that an environment variable of that name is, if it is one.
#[must_use]
pub fn carrier_of(variable: &str) -> Option<Carrier> {
    match variable {
        "JAVA_TOOL_OPTIONS" => Some(Carrier::ToolOptions),
        "JDK_JAVA_OPTIONS" => Some(Carrier::JdkJavaOptions),
        "_JAVA_OPTIONS" => Some(Carrier::UnderscoreJavaOptions),
        "JAVA_OPTS"
        | "JAVA_OPTIONS"
        | "JVM_OPTS"
        | "JAVA_ARGS"
        | "JAVA_OPTS_APPEND"
        | "KAFKA_HEAP_OPTS"
        | "KAFKA_JVM_PERFORMANCE_OPTS"
        | "KAFKA_OPTS"
        | "KAFKA_GC_LOG_OPTS"
        | "KAFKA_JMX_OPTS"
        | "KSQL_OPTS"
        | "KSQL_HEAP_OPTS"
        | "SCHEMA_REGISTRY_HEAP_OPTS"
        | "SCHEMA_REGISTRY_OPTS"
        | "KAFKAREST_HEAP_OPTS"
        | "CONTROL_CENTER_HEAP_OPTS"
        | "CONNECT_JVM_OPTS"
        | "CATALINA_OPTS"
        | "JAVA_HEAP_OPTS" => Some(Carrier::Script),
        _ => None,
    }
}

/// The place of a variable among those that Kafka's own start script puts on the command line:
/// heap, collector, its log, JMX, everything else (`kafka-run-class.sh`). A later one wins.
#[must_use]
pub fn kafka_order(variable: &str) -> usize {
    const ORDER: [&str; 5] = [
        "KAFKA_HEAP_OPTS",
        "KAFKA_JVM_PERFORMANCE_OPTS",
        "KAFKA_GC_LOG_OPTS",
        "KAFKA_JMX_OPTS",
        "KAFKA_OPTS",
    ];
    let found = ORDER.iter().position(|name| *name == variable);
    found.map_or(0, |at| at + 1)
}

/// When an option is there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum When {
    /// Whenever its string is.
    #[default]
    Always,
    /// Only for these Java releases, as `8-13:-XX:…` in a `jvm.options` file says.
    Java(u16, u16),
    /// A condition decides that cannot be known from the files, such as a branch of a script.
    Perhaps,
    /// Never: it stands behind the program, and reaches only that.
    Late,
}

/// One option as it reaches the JVM.
#[derive(Clone, Debug)]
pub struct Flag {
    /// The option: `-Xmx2g`, `-XX:+UseG1GC`.
    pub text: Box<str>,
    /// Where it stands in the file.
    pub span: Span,
    /// From offsets in `text` to the file.
    pub map: OffsetMap,
    /// Whether a variable or template stands in it.
    pub placeholder: bool,
    /// When it is there.
    pub when: When,
}

/// Something that stands for further options.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stand {
    /// A variable: `$JAVA_OPTS`.
    Variable(Box<str>),
    /// A file of options: `@/app/jvm.args`.
    File(Box<str>),
}

/// A string or list of options in one place.
#[derive(Clone, Debug)]
pub struct OptionString {
    /// What carries it.
    pub carrier: Carrier,
    /// The variable's name, or `java`.
    pub name: Box<str>,
    /// The name or the command, to point at.
    pub name_span: Span,
    /// The options, in order.
    pub flags: Vec<Flag>,
    /// The whole string or command.
    pub span: Span,
    /// What its only word stands for, where it stands for options that are written elsewhere.
    pub stands: Option<Stand>,
}

/// What kind of option a text is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Form<'t> {
    /// `-XX:+Name`, `-XX:-Name`.
    Switch(&'t str, bool),
    /// `-XX:Name=value`.
    Assign(&'t str, &'t str),
    /// `-XX:Name`.
    Bare(&'t str),
    /// `-Xmx…`, `-Xms…`, `-Xmn…`, `-Xss…`: the letters after `-X`, and the size.
    Size(&'t str, &'t str),
    /// `-Dname=value`.
    Property(&'t str, &'t str),
    /// Anything else.
    Other,
}

/// Takes an option apart.
#[must_use]
pub fn form(text: &str) -> Form<'_> {
    if let Some(rest) = text.strip_prefix("-XX:") {
        return match rest.as_bytes().first() {
            Some(b'+') if !rest.contains('=') => Form::Switch(&rest[1..], true),
            Some(b'-') if !rest.contains('=') => Form::Switch(&rest[1..], false),
            _ => rest
                .split_once('=')
                .map_or(Form::Bare(rest), |(name, value)| Form::Assign(name, value)),
        };
    }
    for letters in ["mx", "ms", "mn", "ss"] {
        if let Some(size) = text
            .strip_prefix("-X")
            .and_then(|rest| rest.strip_prefix(letters))
        {
            return Form::Size(letters, size);
        }
    }
    match text.strip_prefix("-D") {
        Some(rest) => {
            let (name, value) = rest.split_once('=').unwrap_or((rest, ""));
            Form::Property(name, value)
        }
        None => Form::Other,
    }
}

/// The name that two options share when the later one overrides the earlier one:
/// `-Xmx2g` and `-XX:MaxHeapSize=1g` both set `MaxHeapSize`.
#[must_use]
pub fn setting_of(text: &str) -> Option<&str> {
    Some(match form(text) {
        Form::Switch(name, _) | Form::Assign(name, _) | Form::Bare(name) => name,
        Form::Size("mx", _) => "MaxHeapSize",
        Form::Size("ms", _) => "InitialHeapSize",
        Form::Size("mn", _) => "NewSize",
        Form::Size(_, _) => "ThreadStackSize",
        Form::Property(..) | Form::Other => return None,
    })
}

/// A JVM: every option string that reaches it, in the order in which it takes them.
#[derive(Clone, Debug)]
pub struct Jvm<'a> {
    /// What it is called in reports.
    pub name: String,
    /// The strings with the index of their file, weakest first.
    pub strings: Vec<(tunelint_base::FileId, &'a OptionString)>,
    /// Its feature release.
    pub java: JavaVersion,
    /// Whether the release was chosen or seen, rather than assumed.
    pub java_known: bool,
    /// Where the release was seen, and what is to be seen there.
    pub java_from: Option<(Location, String)>,
    /// Whether it is HotSpot as far as is known; OpenJ9 has options of its own.
    pub hotspot: bool,
    /// Whether more options may reach it from where nobody can look.
    pub hidden: bool,
    /// The container that it runs in.
    pub container: Option<usize>,
    /// What it sees of processors and memory.
    pub machine: Machine,
    /// For each name the number of the last option that sets it; found out when first asked for.
    pub(crate) last: OnceLock<HashMap<Box<str>, usize>>,
}

/// An option with its place and the string that it stands in.
type Located<'a> = (Location, &'a OptionString, &'a Flag);

impl<'a> Jvm<'a> {
    /// All options with their places, weakest first. Those for other Java releases are left out.
    pub fn flags(&self) -> impl DoubleEndedIterator<Item = Located<'a>> + '_ {
        let all = self.strings.iter().flat_map(|(file, string)| {
            string
                .flags
                .iter()
                .map(move |flag| (Location::new(*file, flag.span), *string, flag))
        });
        all.filter(|(_, _, flag)| match flag.when {
            When::Java(from, to) => !self.java_known || (from..=to).contains(&self.java.0),
            When::Always | When::Perhaps => true,
            When::Late => false,
        })
    }

    /// The options that stand behind the program, and so reach no JVM.
    pub fn late(&self) -> impl Iterator<Item = (Location, &'a Flag)> + '_ {
        self.strings.iter().flat_map(|(file, string)| {
            let late = string.flags.iter().filter(|flag| flag.when == When::Late);
            late.map(move |flag| (Location::new(*file, flag.span), flag))
        })
    }

    /// Whether an option is certainly there, and not only under a condition.
    #[must_use]
    pub fn is_certain(&self, flag: &Flag) -> bool {
        match flag.when {
            When::Always => true,
            When::Java(..) => self.java_known,
            When::Perhaps | When::Late => false,
        }
    }

    /// Whether more options may reach it than can be seen.
    #[must_use]
    pub fn has_hidden_options(&self) -> bool {
        let unseen =
            |flag: &Flag| flag.placeholder || flag.text.starts_with('@') || !self.is_certain(flag);
        self.hidden || self.flags().any(|(_, _, flag)| unseen(flag))
    }

    /// The last option that sets `name`.
    #[must_use]
    pub(crate) fn last_option(&self, name: &str) -> Option<Located<'a>> {
        let last = self.last.get_or_init(|| {
            let all = self.flags().enumerate();
            all.filter_map(|(at, (_, _, flag))| Some((setting_of(&flag.text)?.into(), at)))
                .collect()
        });
        self.flags().nth(*last.get(name)?)
    }

    /// The last option that sets `name`, and its value text: the number of a size, `+` or `-` of a
    /// switch, and a text that is no value where it is only perhaps there.
    #[must_use]
    pub fn last(&self, name: &str) -> Option<(Location, &'a str)> {
        let (location, _, flag) = self.last_option(name)?;
        let value = match form(&flag.text) {
            _ if !self.is_certain(flag) => "?",
            Form::Switch(_, true) => "+",
            Form::Switch(_, false) => "-",
            Form::Assign(_, value) | Form::Size(_, value) => value,
            _ => "",
        };
        Some((location, value))
    }

    /// The size that `name` is set to, in bytes, with its place; `Err` where a placeholder or a
    /// text that is no size stands there.
    pub fn size(&self, name: &str) -> Option<Result<(Location, i64), Location>> {
        let (location, text) = self.last(name)?;
        let bytes = jvm_size(text).and_then(|bytes| i64::try_from(bytes).ok());
        Some(bytes.map(|bytes| (location, bytes)).ok_or(location))
    }

    /// Whether the switch `name` is on or off, where it is set at all.
    #[must_use]
    pub fn switch(&self, name: &str) -> Option<(Location, bool)> {
        match self.last(name)? {
            (location, "+") => Some((location, true)),
            (location, "-") => Some((location, false)),
            _ => None,
        }
    }

    /// The place of its first option string.
    #[must_use]
    pub fn anchor(&self) -> Option<Location> {
        self.strings
            .last()
            .map(|(file, string)| Location::new(*file, string.name_span))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_taken_apart() {
        assert_eq!(form("-XX:+UseG1GC"), Form::Switch("UseG1GC", true));
        assert_eq!(
            form("-XX:MaxHeapSize=1g"),
            Form::Assign("MaxHeapSize", "1g")
        );
        assert_eq!(form("-Xmx1g"), Form::Size("mx", "1g"));
        assert_eq!(form("-Da=b=c"), Form::Property("a", "b=c"));
        assert_eq!(form("-XX:+A=b"), Form::Assign("+A", "b"));
        assert_eq!(setting_of("-Xmx1g"), setting_of("-XX:MaxHeapSize=2g"));
    }
}
