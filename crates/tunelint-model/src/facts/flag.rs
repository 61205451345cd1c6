//! Facts of one option of a JVM.

use super::{Decl, decl, option_place, text};
use crate::jvm::{Flag, Form, Jvm, OptionString, Taken, form};
use crate::value::{Fact, Type, Value};
use crate::view::View;
use tunelint_base::{Entity, Location};
use tunelint_catalog::jvm::{self, Status};

mod meaning;

const ON: Entity = Entity::Flag;

pub(super) const TABLES: [&[Decl]; 2] = [FACTS, meaning::FACTS];

const FACTS: &[Decl] = &[
    decl(
        "flag.broken",
        ON,
        Type::Str,
        "What is wrong with the words of the option, so that the JVM takes it for something else",
        |view| {
            refused(view, |taken| match taken {
                Taken::Broken(why) => Some(why),
                _ => None,
            })
        },
    ),
    decl(
        "flag.elsewhere",
        ON,
        Type::Bool,
        "Whether some other Java release takes the option",
        elsewhere,
    ),
    decl(
        "flag.log_fault",
        ON,
        Type::Str,
        "Why the JVM refuses an option `-Xlog`",
        |view| {
            refused(view, |taken| match taken {
                Taken::BadLog(why) => Some(why),
                _ => None,
            })
        },
    ),
    decl(
        "flag.missing_unlock",
        ON,
        Type::Str,
        "The option that unlocks this one and does not stand before it",
        lock,
    ),
    decl(
        "flag.name",
        ON,
        Type::Str,
        "The name of the option: `UseG1GC`, `-Xmx`",
        name,
    ),
    decl(
        "flag.near",
        ON,
        Type::Str,
        "The option that was probably meant",
        near,
    ),
    decl(
        "flag.property_fault",
        ON,
        Type::Str,
        "Why the JVM does not start with this property",
        |view| {
            refused(view, |taken| match taken {
                Taken::BadProperty(why) => Some(why),
                _ => None,
            })
        },
    ),
    decl(
        "flag.status",
        ON,
        Type::Str,
        "How the JVM takes the option: accepted, deprecated, obsolete, locked, debug-only, unrecognized, or refused for another reason",
        status,
    ),
    decl(
        "flag.text",
        ON,
        Type::Str,
        "The option as it is written",
        whole,
    ),
    decl(
        "flag.until",
        ON,
        Type::Int,
        "The release that first refused the option, if a table of the JVM says so",
        until,
    ),
    decl(
        "flag.wanted_shape",
        ON,
        Type::Str,
        "How the option must be written, where it is not",
        |view| {
            refused(view, |taken| match taken {
                Taken::Misshapen(wanted) => Some(wanted),
                _ => None,
            })
        },
    ),
    decl(
        "flag.wanted_value",
        ON,
        Type::Str,
        "What the value of the option must be, where it is refused",
        |view| {
            refused(view, |taken| match taken {
                Taken::BadValue(wanted) => Some(wanted),
                _ => None,
            })
        },
    ),
    decl(
        "flag.warning",
        ON,
        Type::Str,
        "What the JVM warns about when it starts with the option",
        |view| {
            refused(view, |taken| match taken {
                Taken::Warned(what) => Some(what),
                _ => None,
            })
        },
    ),
];

fn with<'m>(
    view: &View<'m>,
    then: impl FnOnce(&'m Jvm<'m>, Location, &'m OptionString, &'m Flag) -> Fact<'m>,
) -> Fact<'m> {
    match (view.jvm, view.flag) {
        (Some(jvm), Some(_)) if !jvm.hotspot => {
            Fact::unknown("what another JVM than HotSpot takes")
        }
        (Some(jvm), Some((_, _, flag))) if !jvm.is_certain(flag) => {
            Fact::unknown("whether the option is there")
        }
        (Some(jvm), Some((location, string, flag))) => then(jvm, location, string, flag),
        _ => Fact::unknown("the option"),
    }
}

fn catalogued(flag: &Flag) -> Option<&'static jvm::Flag> {
    match form(&flag.text) {
        Form::Switch(name, _) | Form::Assign(name, _) | Form::Bare(name) => {
            jvm::find(name.trim_start_matches(['+', '-']))
        }
        _ => None,
    }
}

fn written_name(flag: &Flag) -> &str {
    match form(&flag.text) {
        Form::Switch(name, _) | Form::Assign(name, _) | Form::Bare(name) => {
            name.trim_start_matches(['+', '-'])
        }
        Form::Size(..) => &flag.text[..4],
        _ => flag.text.split(['=', ':']).next().unwrap_or(&flag.text),
    }
}

fn name<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |_, location, _, flag| {
        Fact::new(Value::str(written_name(flag)), option_place(location))
    })
}

fn whole<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |_, location, _, flag| {
        let shown = match form(&flag.text) {
            Form::Property(name, _) if crate::setting::is_secret_name(name) => {
                format!("-D{name}=[redacted]")
            }
            _ => flag.text.to_string(),
        };
        Fact::new(Value::str(shown), option_place(location))
    })
}

fn taken(view: &View<'_>) -> Option<(Location, Taken)> {
    let (jvm, (location, string, flag)) = (view.jvm?, view.flag?);
    Some((location, jvm.taken(location, string, flag)))
}

/// The words of a refusal or warning of the kind that `pick` takes.
fn refused<'m>(view: &View<'m>, pick: fn(Taken) -> Option<String>) -> Fact<'m> {
    match taken(view) {
        None => Fact::unknown("the option"),
        Some((_, Taken::Unclear)) => Fact::unknown("what the JVM makes of the option"),
        Some((location, taken)) => pick(taken).map_or_else(Fact::absent, |text| {
            Fact::new(Value::str(text), option_place(location))
        }),
    }
}

fn lock<'m>(view: &View<'m>) -> Fact<'m> {
    match taken(view) {
        None => Fact::unknown("the option"),
        Some((_, Taken::Unclear)) => Fact::unknown("what the JVM makes of the option"),
        Some((_, Taken::Locked(lock))) => text(lock.key()),
        Some(_) => Fact::absent(),
    }
}

fn status<'m>(view: &View<'m>) -> Fact<'m> {
    let Some((location, taken)) = taken(view) else {
        return Fact::unknown("the option");
    };
    let word = match taken {
        Taken::Unclear => return Fact::unknown("what the JVM makes of the option"),
        Taken::Accepted | Taken::Warned(_) => "accepted",
        Taken::Deprecated => "deprecated",
        Taken::Obsolete => "obsolete",
        Taken::Locked(_) => "locked",
        Taken::DebugOnly => "debug-only",
        Taken::Unrecognized => "unrecognized",
        Taken::Misshapen(_)
        | Taken::BadValue(_)
        | Taken::Broken(_)
        | Taken::BadLog(_)
        | Taken::BadProperty(_) => "refused",
    };
    Fact::new(Value::str(word), option_place(location))
}

fn elsewhere<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |_, location, _, flag| {
        let taken = |release: &u16| {
            let java = tunelint_base::JavaVersion(*release);
            let switch = catalogued(flag).map(|known| known.status(java));
            let option = || jvm::find_option(&flag.text).and_then(|option| option.status(java));
            switch
                .or_else(option)
                .is_some_and(|status| status != Status::Unrecognized)
        };
        Fact::new(
            Value::Bool(jvm::LTS.iter().any(taken)),
            option_place(location),
        )
    })
}

fn near<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |jvm, _, _, flag| match form(&flag.text) {
        Form::Switch(name, _) | Form::Assign(name, _) | Form::Bare(name) => {
            jvm::nearest(name, jvm.java).map_or_else(Fact::absent, text)
        }
        _ => Fact::absent(),
    })
}

fn until<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |_, _, _, flag| {
        let release = catalogued(flag).and_then(jvm::Flag::expired_in);
        release.map_or_else(Fact::absent, |release| {
            super::number(i64::from(release.0), [])
        })
    })
}
