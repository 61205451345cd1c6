//! What a JVM makes of one of its options, given those before it.

use super::log::{LogFault, Outputs, log_fault};
use super::{Carrier, Flag, Form, Jvm, OptionString, form, property, recording};
use tunelint_base::Location;
use tunelint_base::quantity::jvm_size;
use tunelint_catalog::jvm::{self, FlagType, Lock, Status, find_option};

mod value;

use value::{shape_fault, value_fault, word_fault};

/// What a JVM makes of an option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It takes it without a word.
    Accepted,
    /// Nobody can tell.
    Unclear,
    /// It takes it and warns that it will go.
    Deprecated,
    /// It ignores it and warns.
    Obsolete,
    /// It takes it and warns: of what.
    Warned(String),
    /// It does not know it, and refuses to start unless told to ignore such options.
    Unrecognized,
    /// It refuses to start, as it is no debug build, unless told to ignore such options.
    DebugOnly,
    /// It refuses to start unless another option stands before it.
    Locked(Lock),
    /// It refuses to start: how the option must be written.
    Misshapen(String),
    /// It refuses to start: what the value must be.
    BadValue(String),
    /// It refuses to start, as the words of an option are broken: how.
    Broken(String),
    /// It refuses to start over `-Xlog`: why.
    BadLog(String),
    /// It refuses to start over a property: why.
    BadProperty(String),
}

/// Options of the launcher whose value is the next word.
pub const WITH_NEXT_WORD: [&str; 16] = [
    "-cp",
    "-classpath",
    "--class-path",
    "-p",
    "--module-path",
    "--upgrade-module-path",
    "--add-modules",
    "--limit-modules",
    "--add-exports",
    "--add-opens",
    "--add-reads",
    "--patch-module",
    "--enable-native-access",
    "--describe-module",
    "-d",
    "--source",
];

impl Jvm<'_> {
    /// What the JVM makes of the option at that place.
    #[must_use]
    pub fn taken(&self, location: Location, string: &OptionString, flag: &Flag) -> Taken {
        if flag.placeholder || !self.hotspot || !self.is_certain(flag) {
            return Taken::Unclear;
        }
        match self.alone(location, string, flag) {
            Taken::Accepted => self
                .doubt_at(location)
                .map_or(Taken::Accepted, Taken::Warned),
            taken => taken,
        }
    }

    fn alone(&self, location: Location, string: &OptionString, flag: &Flag) -> Taken {
        match form(&flag.text) {
            Form::Switch(..) | Form::Assign(..) | Form::Bare(..) => self.xx(location, flag),
            Form::Size(letters, size) => size_taken(letters, size),
            Form::Property(name, value) => property::taken(name, value, self.java),
            Form::Other => self.other(location, string, flag),
        }
    }

    fn xx(&self, location: Location, flag: &Flag) -> Taken {
        let text = &flag.text["-XX:".len()..];
        if text.starts_with('#') {
            // HotSpot's way to comment a flag out.
            return Taken::Accepted;
        }
        let (sign, rest) = match text.strip_prefix(['+', '-']) {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let name = rest.split('=').next().unwrap_or(rest);
        let reset = name.strip_suffix(':');
        let is_reset = reset.is_some_and(|name| {
            jvm::find(name).is_some_and(|known| {
                !sign
                    && matches!(
                        known.ty(self.java),
                        Some(FlagType::Ccstr | FlagType::CcstrList)
                    )
            })
        });
        let name = if is_reset {
            reset.unwrap_or(name)
        } else {
            name
        };
        if let Some(alias) = jvm::log_alias(name, self.java) {
            return log_alias(alias, text, rest);
        }
        if name.starts_with("StartFlightRecording") && !sign && self.java.0 >= 11 {
            return recording::started(rest, self.java);
        }
        let Some(known) = jvm::find(name) else {
            return if has_joined_option(text) {
                let text = "several options stand in one argument";
                Taken::Broken(text.to_owned())
            } else {
                Taken::Unrecognized
            };
        };
        let status = known.status(self.java);
        match status {
            Status::Unrecognized => return Taken::Unrecognized,
            Status::DebugOnly => return Taken::DebugOnly,
            Status::Obsolete => return Taken::Obsolete,
            Status::Locked(lock) => match self.is_unlocked(known.name(), lock, location) {
                Some(true) => {}
                Some(false) => return Taken::Locked(lock),
                None => return Taken::Unclear,
            },
            _ => {}
        }
        if let Some(wanted) = shape_fault(known, self.java, sign, rest) {
            return Taken::Misshapen(wanted);
        }
        if let Some(wanted) = rest
            .split_once('=')
            .and_then(|(_, value)| value_fault(known, self.java, value))
        {
            return Taken::BadValue(wanted);
        }
        if name == "FlightRecorderOptions" {
            let value = rest.split_once('=').map_or("", |(_, value)| value);
            return recording::options(value, self.java);
        }
        if known.is_deprecated(self.java) {
            return Taken::Deprecated;
        }
        Taken::Accepted
    }

    /// Whether the key stands before it; `None` where something unseen may have brought it.
    fn is_unlocked(&self, name: &str, lock: Lock, location: Location) -> Option<bool> {
        // The keys are diagnostic options themselves, and unlock each other and themselves.
        if [Lock::Experimental.key(), Lock::Diagnostic.key()].contains(&name) {
            return Some(true);
        }
        let mut unlocked = Some(false);
        for (_, _, flag) in self.flags().take_while(|(place, ..)| *place != location) {
            match form(&flag.text) {
                Form::Switch(name, on) if name == lock.key() && self.is_certain(flag) => {
                    unlocked = Some(on)
                }
                _ if flag.placeholder || !self.is_certain(flag) => {
                    unlocked = unlocked.filter(|on| *on)
                }
                _ => {}
            }
        }
        unlocked.filter(|on| *on || !self.hidden)
    }

    fn other(&self, location: Location, string: &OptionString, flag: &Flag) -> Taken {
        let text: &str = &flag.text;
        if !text.starts_with('-') {
            return main_class(text, string.carrier);
        }
        if WITH_NEXT_WORD.contains(&text) {
            return next_word(location, string);
        }
        if let Some(rest) = text
            .strip_prefix("-Xlog")
            .filter(|_| !text.starts_with("-Xloggc:"))
        {
            if self.java.0 < 9 {
                return Taken::Unrecognized;
            }
            return match log_fault(rest, self.java, &mut self.outputs_before(location)) {
                None => Taken::Accepted,
                Some(LogFault::Refused(why)) => Taken::BadLog(why),
                Some(LogFault::Warned(what)) => Taken::Warned(what),
            };
        }
        let Some(option) = find_option(text) else {
            if text.starts_with("-XX") {
                return Taken::Broken("a colon must follow `-XX`".to_owned());
            }
            // A start script may have options of its own.
            let is_certain = text.starts_with("-X") || string.carrier != Carrier::Script;
            return if is_certain {
                Taken::Unrecognized
            } else {
                Taken::Unclear
            };
        };
        let rest = &text[option.name.len()..];
        match option.status(self.java) {
            None => return Taken::Unclear,
            Some(Status::Unrecognized | Status::DebugOnly) => return Taken::Unrecognized,
            Some(Status::Obsolete) => return Taken::Obsolete,
            Some(status) => {
                if let Some(wanted) = word_fault(option.name, rest) {
                    return Taken::BadValue(wanted);
                }
                if status == Status::Deprecated {
                    return Taken::Deprecated;
                }
            }
        }
        Taken::Accepted
    }

    fn outputs_before(&self, location: Location) -> Outputs {
        let mut outputs = Outputs::default();
        for (_, _, flag) in self.flags().take_while(|(place, ..)| *place != location) {
            if let Some(rest) = flag.text.strip_prefix("-Xlog:") {
                drop(log_fault(&format!(":{rest}"), self.java, &mut outputs));
            }
        }
        outputs
    }
}

/// A flag of older releases that is another spelling of `-Xlog`.
fn log_alias(alias: &jvm::LogAlias, text: &str, rest: &str) -> Taken {
    let is_switch = !rest.contains('=');
    let stays = alias.instead.starts_with("-Xlog:gc") && rest.starts_with("PrintGC");
    match (text.as_bytes().first(), is_switch) {
        (Some(b'+' | b'-'), false) => Taken::Unrecognized,
        (Some(b'+'), true) => Taken::Deprecated,
        (Some(b'-'), true) if stays => Taken::Accepted,
        (Some(b'-'), true) => Taken::Deprecated,
        _ if stays || is_switch => {
            let name = rest.split('=').next().unwrap_or(rest);
            Taken::Misshapen(format!("-XX:+{name} or -XX:-{name}"))
        }
        _ => Taken::Deprecated,
    }
}

/// Whether a second option stands in the same argument, behind a blank or a comma.
fn has_joined_option(text: &str) -> bool {
    [" -X", " -D", ",-X", ",-D", " --"]
        .iter()
        .any(|joint| text.contains(joint))
}

/// Dashes of other alphabets, which word processors put in the place of `-`.
const DASHES: [char; 7] = [
    '\u{2010}', '\u{2011}', '\u{2012}', '\u{2013}', '\u{2014}', '\u{2015}', '\u{2212}',
];

/// Whether a word was meant to be an option, but the launcher takes it for the main class.
#[must_use]
pub fn is_broken_option(word: &str) -> bool {
    let rest = word.trim_start_matches(DASHES);
    let is_option = ["XX:", "Xmx", "Xms", "Xss", "Xlog:", "D"]
        .iter()
        .any(|start| rest.starts_with(start));
    is_option && (rest.len() < word.len() || word.starts_with("XX:"))
}

/// A word without a dash is the name of the main class, or what a variable held for another option.
fn main_class(text: &str, carrier: Carrier) -> Taken {
    if carrier == Carrier::Script || !is_broken_option(text) {
        return Taken::Unclear;
    }
    let why = if text.starts_with(DASHES) {
        "its dash is no `-`"
    } else {
        "a `-` is missing before it"
    };
    Taken::Broken(why.to_owned())
}

/// An option of the launcher whose value is the next word, which must not look like an option.
fn next_word(location: Location, string: &OptionString) -> Taken {
    let reads_words = matches!(
        string.carrier,
        Carrier::CommandLine | Carrier::JdkJavaOptions
    );
    let mut rest = string
        .flags
        .iter()
        .skip_while(|flag| flag.span != location.span)
        .skip(1);
    match rest.next() {
        Some(next) if next.text.starts_with('-') => {
            Taken::Broken("a value must follow it".to_owned())
        }
        None if reads_words => Taken::Broken("a value must follow it".to_owned()),
        _ => Taken::Unclear,
    }
}

/// `-Xmx` and its like: digits and one of `k m g t`. The bounds were measured on JDK 11 to 25,
/// linux-x64: a heap of at least 2 MiB, a stack between 136 KiB and 1 GiB.
fn size_taken(letters: &str, size: &str) -> Taken {
    let Some(bytes) = jvm_size(size) else {
        return Taken::BadValue("digits and at most one of k, m, g, t".to_owned());
    };
    let wanted = match letters {
        "mx" | "mn" if bytes == 0 => "more than 0",
        "ss" if bytes > 1 << 30 => "at most 1g",
        _ => return Taken::Accepted,
    };
    Taken::BadValue(wanted.to_owned())
}
