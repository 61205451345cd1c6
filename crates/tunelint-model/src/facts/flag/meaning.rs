//! What one option means: its value, whether it counts, and what it is for.

use super::{option_place, with};
use crate::facts::{Decl, decl, sized, text};
use crate::jvm::{Collector, Form, Jvm, form, setting_of};
use crate::value::{Fact, Type, Value};
use crate::view::View;
use tunelint_base::quantity::jvm_size;
use tunelint_base::{Entity, Location, Unit};
use tunelint_catalog::jvm::{self, Counts, FlagType};

const ON: Entity = Entity::Flag;

pub(super) const FACTS: &[Decl] = &[
    decl(
        "flag.value",
        ON,
        Type::Str,
        "The text of its value: what stands after `=`, or the size of `-Xmx` and its like",
        value,
    ),
    decl(
        "flag.number",
        ON,
        Type::Int,
        "Its value as a whole number, in its own unit",
        number,
    ),
    decl(
        "flag.percent",
        ON,
        Type::Double,
        "Its value as a number with a fraction",
        percent,
    ),
    sized(
        "flag.size",
        ON,
        Unit::Bytes,
        "Its value in bytes, where it counts bytes or KiB",
        size,
    ),
    decl(
        "flag.on",
        ON,
        Type::Bool,
        "Whether it is a switch that is switched on here",
        on,
    ),
    decl(
        "flag.counts",
        ON,
        Type::Bool,
        "Whether no later option sets the same",
        |view| {
            with(view, |jvm, place, _, flag| {
                let last = setting_of(&flag.text)
                    .is_none_or(|name| jvm.last(name).is_none_or(|(last, _)| last == place));
                Fact::new(Value::Bool(last), option_place(place))
            })
        },
    ),
    decl(
        "flag.overridden_by",
        ON,
        Type::Str,
        "A later option that sets the same to another value",
        overridden,
    ),
    decl(
        "flag.overridden_from",
        ON,
        Type::Str,
        "The variable or command that the later option stands in, where it is another one",
        overridden_from,
    ),
    decl(
        "flag.other_collector",
        ON,
        Type::Str,
        "The collector that it is for, where another one works",
        other_collector,
    ),
    decl(
        "flag.instead",
        ON,
        Type::Str,
        "What does the same in later releases",
        instead,
    ),
    decl(
        "flag.debugger",
        ON,
        Type::Str,
        "How the debugger's agent waits: open (to every address), local, or out (it calls the debugger)",
        debugger,
    ),
];

fn value<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |_, place, _, flag| {
        if flag.placeholder {
            return Fact::unknown("a value behind a placeholder");
        }
        let value = match form(&flag.text) {
            Form::Property(name, _) if crate::setting::is_secret_name(name) => {
                return Fact::unknown("a secret");
            }
            Form::Assign(_, value) | Form::Size(_, value) | Form::Property(_, value) => value,
            Form::Switch(..) | Form::Bare(_) => return Fact::absent(),
            Form::Other => match flag.text.split_once(['=', ':']) {
                Some((_, value)) => value,
                None => return Fact::absent(),
            },
        };
        Fact::set(Value::str(value.to_owned()), place)
    })
}

/// The number that is written here, whatever stands after it.
fn own_number(jvm: &Jvm<'_>, option: &str) -> Option<(i64, Counts)> {
    match form(option) {
        Form::Size(_, size) => Some((i64::try_from(jvm_size(size)?).ok()?, Counts::Bytes)),
        Form::Assign(name, value) => {
            let known = jvm::find(name)?;
            let ty = known.ty(jvm.java)?;
            let number = if ty.is_whole() {
                crate::jvm::whole(ty, jvm.java, value)?
            } else {
                return None;
            };
            Some((i64::try_from(number).ok()?, known.counts))
        }
        _ => None,
    }
}

fn number<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |jvm, place, _, flag| {
        own_number(jvm, &flag.text).map_or_else(Fact::absent, |(number, _)| {
            Fact::set(Value::Int(number), place)
        })
    })
}

fn size<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |jvm, place, _, flag| {
        let bytes = own_number(jvm, &flag.text).and_then(|(number, counts)| match counts {
            Counts::Bytes => Some(number),
            Counts::Kibibytes => number.checked_mul(1024),
            Counts::Things => None,
        });
        bytes.map_or_else(Fact::absent, |bytes| Fact::set(Value::Int(bytes), place))
    })
}

fn percent<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |jvm, place, _, flag| {
        let Form::Assign(name, value) = form(&flag.text) else {
            return Fact::absent();
        };
        let is_double =
            jvm::find(name).and_then(|known| known.ty(jvm.java)) == Some(FlagType::Double);
        let number = crate::jvm::real(jvm.java, value).filter(|_| is_double);
        number.map_or_else(Fact::absent, |number| {
            Fact::set(Value::Double(number), place)
        })
    })
}

fn on<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |_, place, _, flag| {
        let is_on = matches!(form(&flag.text), Form::Switch(_, true));
        Fact::set(Value::Bool(is_on), place)
    })
}

/// Options that add up, or whose repetition is another rule's.
fn adds_up(name: &str) -> bool {
    [
        "OnOutOfMemoryError",
        "OnError",
        "CompileCommand",
        "StartFlightRecording",
        "AOTLibrary",
    ]
    .contains(&name)
        || name.starts_with("Unlock")
        || crate::jvm::COLLECTORS
            .iter()
            .any(|(collector, _)| *collector == name)
}

/// The option that overrides this one, with its place and the name of what it stands in.
fn later<'m>(
    jvm: &Jvm<'m>,
    place: Location,
    name: &str,
    text: &str,
) -> Option<(Location, &'m str, &'m str)> {
    if adds_up(name) {
        return None;
    }
    let (_, string, flag) = jvm.last_option(name).filter(|(last, ..)| *last != place)?;
    let same = flag.text.eq_ignore_ascii_case(text)
        || (own_number(jvm, &flag.text).is_some()
            && own_number(jvm, &flag.text) == own_number(jvm, text));
    (!same && !flag.placeholder && jvm.is_certain(flag)).then_some((
        place,
        &*flag.text,
        &*string.name,
    ))
}

fn overridden<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |jvm, place, _, flag| {
        let found = setting_of(&flag.text).and_then(|name| later(jvm, place, name, &flag.text));
        found.map_or_else(Fact::absent, |(_, by, _)| {
            Fact::set(Value::str(by.to_owned()), place)
        })
    })
}

fn overridden_from<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |jvm, place, string, flag| {
        let found = setting_of(&flag.text).and_then(|name| later(jvm, place, name, &flag.text));
        match found {
            Some((_, _, from)) if *from != *string.name => text(from.to_owned()),
            _ => Fact::absent(),
        }
    })
}

/// The collectors that a flag is for, by its name.
fn collectors_of(name: &str) -> Option<&'static [Collector]> {
    Some(match name {
        "InitiatingHeapOccupancyPercent" | "GCPauseIntervalMillis" => &[Collector::G1],
        "MaxGCPauseMillis" => &[Collector::G1, Collector::Parallel],
        _ if name.starts_with("G1") => &[Collector::G1],
        _ if name.starts_with("CMS") => &[Collector::Cms],
        _ if name.starts_with("Shenandoah") => &[Collector::Shenandoah],
        _ if name.starts_with('Z')
            && name.as_bytes().get(1).is_some_and(u8::is_ascii_uppercase) =>
        {
            &[Collector::Z]
        }
        _ => return None,
    })
}

fn other_collector<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |jvm, place, _, flag| {
        let (Form::Assign(name, _) | Form::Switch(name, _)) = form(&flag.text) else {
            return Fact::absent();
        };
        let Some(wanted) = jvm::find(name).and(collectors_of(name)) else {
            return Fact::absent();
        };
        if jvm.collectors().is_empty() && jvm.has_hidden_options() {
            return Fact::unknown("options that cannot be seen");
        }
        match jvm.collector() {
            None => Fact::unknown("the collector"),
            Some(works) if wanted.contains(&works) => Fact::absent(),
            Some(_) => {
                let names: Vec<&str> = wanted.iter().map(|collector| collector.as_str()).collect();
                Fact::set(Value::str(names.join(" and ")), place)
            }
        }
    })
}

fn instead<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |jvm, _, _, flag| {
        let name = match form(&flag.text) {
            Form::Switch(name, _) | Form::Assign(name, _) | Form::Bare(name) => name,
            _ => flag.text.split([':', '=']).next().unwrap_or(&flag.text),
        };
        jvm::instead_of(name, jvm.java).map_or_else(Fact::absent, text)
    })
}

/// `-agentlib:jdwp=…` or `-Xrunjdwp:…`. Before 9 an address without a host means every address.
fn debugger<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |jvm, place, _, flag| {
        let options = ["-agentlib:jdwp=", "-Xrunjdwp:"];
        let Some(rest) = options
            .iter()
            .find_map(|start| flag.text.strip_prefix(start))
        else {
            return Fact::absent();
        };
        let get = |key: &str| {
            rest.split(',')
                .filter_map(|option| option.split_once('='))
                .find(|(name, _)| *name == key)
                .map(|(_, value)| value)
        };
        let host = get("address")
            .and_then(|address| address.rsplit_once(':'))
            .map(|(host, _)| host);
        let how = match (get("server"), host) {
            (Some("n") | None, _) => "out",
            (_, Some("localhost" | "127.0.0.1" | "[::1]")) => "local",
            (_, None) if jvm.java.0 >= 9 && jvm.java_known => "local",
            (_, None) if jvm.java.0 >= 9 => "local",
            _ => "open",
        };
        Fact::set(Value::str(how), place)
    })
}
