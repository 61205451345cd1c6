//! Properties with which a JVM does not start, or warns.

use super::taken::Taken;
use tunelint_base::JavaVersion;

/// What the JVM makes of `-Dname=value`, looked at alone.
#[must_use]
pub(crate) fn taken(name: &str, value: &str, java: JavaVersion) -> Taken {
    match name {
        "java.security.manager" => manager(value, java),
        "java.endorsed.dirs" | "java.ext.dirs" if java.0 >= 9 => {
            Taken::BadProperty("extensions are modules since Java 9".to_owned())
        }
        "java.compiler" if java.0 >= 21 => Taken::Warned(
            "the property has no effect any more; -Xint switches the compilers off".to_owned(),
        ),
        _ if name.starts_with("jdk.module.") && java.0 >= 9 && is_reserved(name) => {
            Taken::Warned("the property is reserved for the JVM itself, and ignored".to_owned())
        }
        _ => Taken::Accepted,
    }
}

fn is_reserved(name: &str) -> bool {
    let rest = name.trim_start_matches("jdk.module.");
    [
        "addexports",
        "addopens",
        "addreads",
        "patch",
        "limitmods",
        "upgrade.path",
        "addmods",
        "enable.native.access",
        "illegal.native.access",
    ]
    .iter()
    .any(|word| {
        rest == *word
            || rest
                .strip_prefix(word)
                .is_some_and(|after| after.starts_with('.'))
    })
}

/// JEP 411 and 486: deprecated from 17 on, gone from 24 on. Before 12 the words `allow` and
/// `disallow` were taken as the names of classes.
fn manager(value: &str, java: JavaVersion) -> Taken {
    match (java.0, value) {
        (24.., "disallow") | (12..=23, "allow" | "disallow") => Taken::Accepted,
        (24.., _) => Taken::BadProperty("there is no security manager any more".to_owned()),
        (17..=23, _) => Taken::Warned("the security manager is deprecated and will go".to_owned()),
        (..=11, "allow" | "disallow") => {
            Taken::BadProperty(format!("`{value}` is taken as the name of a class"))
        }
        _ => Taken::Accepted,
    }
}
