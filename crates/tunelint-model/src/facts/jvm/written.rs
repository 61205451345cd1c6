//! Which options are there at all, and what stands where no JVM reads it.

use super::with;
use crate::facts::{Decl, decl, truth};
use crate::jvm::{Form, Jvm, form, setting_of};
use crate::value::{Fact, Type, Value};
use crate::view::View;
use tunelint_base::Entity;

const ON: Entity = Entity::Jvm;

pub(super) const FACTS: &[Decl] = &[
    decl(
        "jvm.written",
        ON,
        Type::Strings,
        "The flags and properties that somebody wrote: `MaxHeapSize` also for `-Xmx`, `-Dname` for a property; for `in`",
        |view| {
            list(view, |jvm| {
                let flags = jvm.flags().map(|(_, _, flag)| match form(&flag.text) {
                    Form::Property(name, _) => format!("-D{name}"),
                    _ => setting_of(&flag.text).unwrap_or(&flag.text).to_owned(),
                });
                flags.collect()
            })
        },
    ),
    decl(
        "jvm.on",
        ON,
        Type::Strings,
        "The switches that are on when all options are read, as far as somebody wrote them; for `in`",
        |view| list(view, |jvm| switches(jvm, true)),
    ),
    decl(
        "jvm.off",
        ON,
        Type::Strings,
        "The switches that somebody switched off; for `in`",
        |view| list(view, |jvm| switches(jvm, false)),
    ),
    decl(
        "jvm.logs_gc",
        ON,
        Type::Bool,
        "Whether the collector's work is logged: `-Xlog:gc…`, `-Xloggc`, `PrintGC`, `-verbose:gc`",
        logs_gc,
    ),
    decl(
        "jvm.has_metrics",
        ON,
        Type::Bool,
        "Whether an agent, a JMX port or a Flight Recorder tells of the JVM",
        has_metrics,
    ),
    decl(
        "jvm.late_option",
        ON,
        Type::Str,
        "An option that stands behind the program, so that only the program sees it",
        late,
    ),
    decl(
        "jvm.late_property",
        ON,
        Type::Bool,
        "Whether it is a `-D` property",
        |view| {
            with(view, |jvm| {
                truth(
                    jvm.late()
                        .next()
                        .is_some_and(|(_, flag)| flag.text.starts_with("-D")),
                    [],
                )
            })
        },
    ),
    decl(
        "jvm.jmx_open",
        ON,
        Type::Bool,
        "Whether the JMX port asks nobody who he is, and is not bound to the loopback address",
        jmx_open,
    ),
];

fn list<'m>(view: &View<'m>, get: fn(&Jvm<'m>) -> Vec<String>) -> Fact<'m> {
    with(view, |jvm| {
        let names = get(jvm).into_iter().map(Value::str).collect();
        Fact::derived(Value::List(names), Vec::new())
    })
}

fn switches(jvm: &Jvm<'_>, wanted: bool) -> Vec<String> {
    let names = jvm
        .flags()
        .filter_map(|(_, _, flag)| match form(&flag.text) {
            Form::Switch(name, _) => Some(name.to_owned()),
            _ => None,
        });
    let mut names: Vec<String> = names.collect();
    names.sort();
    names.dedup();
    names.retain(|name| jvm.switch(name).is_some_and(|(_, on)| on == wanted));
    names
}

fn logs_gc<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |jvm| {
        let is_log = |text: &str| {
            let what = text
                .strip_prefix("-Xlog:")
                .and_then(|rest| rest.split(':').next());
            what.is_some_and(|what| {
                what.is_empty()
                    || what.starts_with("gc")
                    || what.contains(",gc")
                    || what.starts_with("all")
            }) || text.starts_with("-Xloggc:")
                || text == "-verbose:gc"
                || text == "-Xlog"
                || text == "-XX:+PrintGC"
                || text == "-XX:+PrintGCDetails"
        };
        truth(jvm.flags().any(|(_, _, flag)| is_log(&flag.text)), [])
    })
}

fn has_metrics<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |jvm| {
        let tells = |text: &str| {
            text.starts_with("-javaagent:")
                || text.starts_with("-agentpath:")
                || text.starts_with("-XX:StartFlightRecording")
                || text.starts_with("-Dcom.sun.management.jmxremote.port=")
        };
        truth(jvm.flags().any(|(_, _, flag)| tells(&flag.text)), [])
    })
}

fn late<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |jvm| {
        // A size or flag is surer than a property, which some programs read themselves.
        let sure = jvm.late().find(|(_, flag)| flag.text.starts_with("-X"));
        sure.or_else(|| jvm.late().next())
            .map_or_else(Fact::absent, |(place, flag)| {
                let shown = match form(&flag.text) {
                    Form::Property(name, _) => format!("-D{name}"),
                    _ => flag.text.to_string(),
                };
                Fact::set(Value::str(shown), place)
            })
    })
}

fn jmx_open<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |jvm| {
        let Some((place, _)) = jvm.jmx("port") else {
            return truth(false, []);
        };
        let host = jvm.jmx("host").map(|(_, host)| host);
        let is_local = host
            .is_some_and(|host| host == "localhost" || host.starts_with("127.") || host == "::1");
        if jvm.has_hidden_options() && jvm.jmx_authenticates() {
            return Fact::unknown("options that cannot be seen");
        }
        Fact::set(Value::Bool(!is_local && !jvm.jmx_authenticates()), place)
    })
}
