//! What an option must look like, where HotSpot knows it.

use crate::jvm::number::{real, whole};
use tunelint_base::JavaVersion;
use tunelint_base::quantity::jvm_size;
use tunelint_catalog::jvm::{self, FlagType, Range};

/// The flag that it is another name of, or itself.
fn meant(known: &'static jvm::Flag) -> &'static jvm::Flag {
    known.alias_of().and_then(jvm::find).unwrap_or(known)
}

/// How the flag must be written, where it is not.
pub(super) fn shape_fault(
    known: &'static jvm::Flag,
    java: JavaVersion,
    sign: bool,
    rest: &str,
) -> Option<String> {
    let name = known.name();
    let is_switch = meant(known).ty(java)? == FlagType::Bool;
    let has_value = rest.contains('=');
    match (is_switch, sign, has_value) {
        (true, true, false) | (false, false, true) => None,
        (true, ..) => Some(format!("-XX:+{name} or -XX:-{name}")),
        (false, ..) => Some(format!("-XX:{name}=<value>")),
    }
}

/// What the value of the flag must be, where it is not.
pub(super) fn value_fault(
    known: &'static jvm::Flag,
    java: JavaVersion,
    value: &str,
) -> Option<String> {
    let known = meant(known);
    let ty = known.ty(java)?;
    let range = known.range(java);
    if ty.is_whole() {
        let Some(number) = whole(ty, java, value) else {
            return Some("a whole number, with at most one of k, m, g, t behind it".to_owned());
        };
        return range.filter(|range| !range.contains(number)).map(say);
    }
    if ty == FlagType::Double {
        let Some(number) = real(java, value) else {
            return Some("a number".to_owned());
        };
        return range.filter(|range| !range.contains_real(number)).map(say);
    }
    None
}

fn say(range: Range) -> String {
    match range {
        Range::Whole { min, max } => format!("between {min} and {max}"),
        Range::Real { min, max } => format!("between {min} and {max}"),
    }
}

/// Options that take a few words only, or a number.
pub(super) fn word_fault(name: &str, rest: &str) -> Option<String> {
    let words: &[&str] = match name {
        "--illegal-access=" => &["permit", "warn", "debug", "deny"],
        "--finalization=" => &["enabled", "disabled"],
        "--sun-misc-unsafe-memory-access=" => &["allow", "warn", "debug", "deny"],
        "--illegal-native-access=" => &["allow", "warn", "deny"],
        "-Xmaxf" | "-Xminf" => {
            let number = rest.parse::<f64>().ok();
            let fits = number.is_some_and(|number| (0.0..=1.0).contains(&number));
            return (!fits).then(|| "a number from 0 to 1".to_owned());
        }
        "-Xmaxjitcodesize" | "-mx" | "-ms" | "-ss" => {
            let fits = jvm_size(rest).is_some();
            return (!fits).then(|| "digits and at most one of k, m, g, t".to_owned());
        }
        "-javaagent:" | "-agentlib:" | "-agentpath:" | "-Xrun" if rest.is_empty() => {
            return Some("the name of an agent".to_owned());
        }
        "--add-opens=" | "--add-exports=" | "--add-reads=" | "--patch-module=" => {
            return module_fault(name, rest);
        }
        "--add-modules=" | "--limit-modules=" | "--enable-native-access=" if rest.is_empty() => {
            return Some("the names of modules".to_owned());
        }
        _ => return None,
    };
    (!words.contains(&rest)).then(|| format!("one of {}", words.join(", ")))
}

/// `<module>/<package>=<module>`, or without a package.
fn module_fault(name: &str, rest: &str) -> Option<String> {
    let has_package = name == "--add-opens=" || name == "--add-exports=";
    let wanted = match name {
        "--patch-module=" => "<module>=<path>",
        _ if has_package => "<module>/<package>=<module>",
        _ => "<module>=<module>",
    };
    let fits = rest.split_once('=').is_some_and(|(left, right)| {
        let whole = match left.split_once('/') {
            Some((module, package)) if has_package => !module.is_empty() && !package.is_empty(),
            _ => !has_package && !left.is_empty(),
        };
        whole && !right.is_empty()
    });
    (!fits).then(|| wanted.to_owned())
}
