//! Facts of a container's probes and of its last hook.

use super::at::{Place, container};
use super::{Decl, decl, number, sized, text};
use crate::kube::{Check, IntOrText, Port, Probe, Read};
use crate::value::{Fact, Type, Value};
use crate::view::View;
use tunelint_base::{Entity, Unit};

const ON: Entity = Entity::Container;
const LIVENESS: &str = "livenessProbe";
const READINESS: &str = "readinessProbe";
const STARTUP: &str = "startupProbe";

pub(super) const FACTS: &[Decl] = &[
    decl(
        "container.liveness",
        ON,
        Type::Str,
        "What its liveness probe asks: `GET /live on 8080`",
        |view| shown(view, LIVENESS),
    ),
    decl(
        "container.liveness.dependency",
        ON,
        Type::Str,
        "How its liveness probe comes to depend on other services",
        dependency,
    ),
    decl(
        "container.liveness.kind",
        ON,
        Type::Str,
        "How its liveness probe asks: http, tcp, grpc or exec",
        |view| probe_fact(view, LIVENESS, |_, probe| text(kind(&probe.check))),
    ),
    decl(
        "container.liveness.path",
        ON,
        Type::Str,
        "The path that its liveness probe asks over HTTP",
        |view| {
            probe_fact(view, LIVENESS, |place, probe| match probe.check {
                Check::Http { path, .. } => {
                    Fact::set(Value::str(path), place.location(probe.check_span))
                }
                _ => Fact::absent(),
            })
        },
    ),
    sized(
        "container.liveness.timeout",
        ON,
        Unit::Millis,
        "`timeoutSeconds` of its liveness probe, 1 s by default",
        |view| timeout(view, LIVENESS, LIVENESS_TIMEOUT),
    ),
    sized(
        "container.liveness.window",
        ON,
        Unit::Millis,
        "How long its liveness probe may fail from the start before the container is killed",
        |view| window(view, LIVENESS),
    ),
    sized(
        "container.pre_stop",
        ON,
        Unit::Millis,
        "How long its `preStop` hook sleeps",
        pre_stop,
    ),
    decl(
        "container.probe_port_hidden",
        ON,
        Type::Int,
        "The port number of a probe that is not among the ports that the container declares",
        port_hidden,
    ),
    decl(
        "container.probe_port_missing",
        ON,
        Type::Str,
        "The port name of a probe that no port of the container has",
        port_missing,
    ),
    decl(
        "container.probe_port_missing_of",
        ON,
        Type::Str,
        "The probe that names it: livenessProbe, readinessProbe or startupProbe",
        |view| match declared(view).and_then(|ports| missing(view, &ports)) {
            Some((key, ..)) => text(key),
            None => Fact::absent(),
        },
    ),
    decl(
        "container.probe_starts_jvm",
        ON,
        Type::Str,
        "The command of a probe that starts a JVM each time",
        starts_jvm,
    ),
    decl(
        "container.probe_starts_jvm_timeout",
        ON,
        Type::Int,
        "The seconds after which that probe has failed",
        |view| find_jvm(view).map_or_else(Fact::absent, |(_, probe, _)| number(probe.timeout, [])),
    ),
    decl(
        "container.readiness",
        ON,
        Type::Str,
        "What its readiness probe asks",
        |view| shown(view, READINESS),
    ),
    sized(
        "container.readiness.timeout",
        ON,
        Unit::Millis,
        "`timeoutSeconds` of its readiness probe, 1 s by default",
        |view| timeout(view, READINESS, READINESS_TIMEOUT),
    ),
    decl(
        "container.startup",
        ON,
        Type::Str,
        "What its startup probe asks",
        |view| shown(view, STARTUP),
    ),
    sized(
        "container.startup.window",
        ON,
        Unit::Millis,
        "How long its startup probe may fail before the container is killed",
        |view| window(view, STARTUP),
    ),
];

const LIVENESS_TIMEOUT: &[&str] = &[LIVENESS, "timeoutSeconds"];
const READINESS_TIMEOUT: &[&str] = &[READINESS, "timeoutSeconds"];

fn probe_fact<'m>(
    view: &View<'m>,
    key: &str,
    then: impl FnOnce(Place<'m>, Probe<'m>) -> Fact<'m>,
) -> Fact<'m> {
    let Some(place) = container(view) else {
        return Fact::unknown("the container's probes");
    };
    match Probe::read(place.at, key) {
        Read::Known(probe, _) => then(place, probe),
        Read::Unknown => Fact::unknown("the container's probes"),
        Read::Absent => Fact::absent(),
    }
}

fn kind(check: &Check<'_>) -> &'static str {
    match check {
        Check::Http { .. } => "http",
        Check::Tcp(_) => "tcp",
        Check::Grpc(_) => "grpc",
        Check::Exec(_) => "exec",
    }
}

fn port_text(port: IntOrText<'_>) -> String {
    match port {
        IntOrText::Int(number) => number.to_string(),
        IntOrText::Percent(number) => format!("{number}%"),
        IntOrText::Text(name) => name.to_owned(),
    }
}

fn shown<'m>(view: &View<'m>, key: &'static str) -> Fact<'m> {
    probe_fact(view, key, |place, probe| {
        let text = match &probe.check {
            Check::Http { path, port } => format!("GET {path} on {}", port_text(*port)),
            Check::Tcp(port) => format!("TCP on {}", port_text(*port)),
            Check::Grpc(port) => format!("gRPC on {}", port_text(*port)),
            Check::Exec(words) => words.join(" "),
        };
        let span = place.at.key_span(&[key]).unwrap_or(probe.check_span);
        Fact::set(Value::str(text), place.location(span))
    })
}

fn timeout<'m>(view: &View<'m>, key: &'static str, path: &'static [&'static str]) -> Fact<'m> {
    probe_fact(view, key, |place, probe| match place.at.int(path) {
        Read::Known(_, span) => Fact::set(Value::Int(probe.timeout * 1000), place.location(span)),
        _ => {
            let slot = place.at.slot(place.file, place.object, path);
            let span = place.at.key_span(&[key]).unwrap_or(probe.check_span);
            number(probe.timeout * 1000, [place.location(span)]).with_slot(slot)
        }
    })
}

fn window<'m>(view: &View<'m>, key: &'static str) -> Fact<'m> {
    probe_fact(view, key, |place, probe| {
        let seconds = probe
            .failures
            .saturating_mul(probe.period)
            .saturating_add(probe.delay);
        let span = place.at.key_span(&[key]).unwrap_or(probe.check_span);
        number(seconds.saturating_mul(1000), [place.location(span)])
    })
}

/// The probes of the container that can be read.
fn probes<'m>(view: &View<'m>) -> Vec<(&'static str, Place<'m>, Probe<'m>)> {
    let Some(place) = container(view) else {
        return Vec::new();
    };
    let all = [LIVENESS, READINESS, STARTUP].into_iter();
    all.filter_map(|key| Some((key, place, Probe::read(place.at, key).known()?)))
        .collect()
}

fn declared<'m>(view: &View<'m>) -> Option<Vec<Port>> {
    let container = view.container?;
    container.facts.ports(container.object)
}

/// The kubelet looks a name up among the container's own ports (`probe.ResolveContainerPort`).
fn port_missing<'m>(view: &View<'m>) -> Fact<'m> {
    let Some(ports) = declared(view) else {
        return Fact::unknown("the container's ports");
    };
    match missing(view, &ports) {
        Some((_, place, probe, name)) => {
            Fact::set(Value::str(name), place.location(probe.check_span))
        }
        None => Fact::absent(),
    }
}

/// A probe that fails for that never has a result; one for liveness has no say then, the others
/// hold the pod back.
fn missing<'m>(
    view: &View<'m>,
    ports: &[Port],
) -> Option<(&'static str, Place<'m>, Probe<'m>, &'m str)> {
    let mut found = probes(view).into_iter().filter_map(|(key, place, probe)| {
        let Some(IntOrText::Text(name)) = probe.port() else {
            return None;
        };
        let number = name.parse::<u16>().is_ok();
        let known = ports.iter().any(|port| port.name.as_deref() == Some(name));
        let filled = crate::setting::is_placeholder(name);
        (!known && !number && !filled).then_some((key, place, probe, name))
    });
    let first = found.next()?;
    if first.0 == LIVENESS {
        return found.next().or(Some(first));
    }
    Some(first)
}

/// The endpoints that ask whether requests can be served, and those that sum up everything.
fn dependency<'m>(view: &View<'m>) -> Fact<'m> {
    probe_fact(view, LIVENESS, |place, probe| {
        let Check::Http { path, port } = probe.check else {
            return Fact::absent();
        };
        let bare = path.split('?').next().unwrap_or(path).trim_end_matches('/');
        let last = bare.rsplit('/').next().unwrap_or("").to_ascii_lowercase();
        let readiness = Probe::read(place.at, READINESS).known();
        let same = readiness.is_some_and(|other| other.check == Check::Http { path, port });
        let words = ["ready", "readyz", "readiness", "readinessstate"];
        let how = if words.contains(&last.as_str()) {
            format!("it asks `{path}`, which tells whether requests can be served")
        } else if bare.ends_with("/actuator/health") || bare.ends_with("/q/health") {
            format!("it asks `{path}`, which sums up everything that the application depends on")
        } else if same && !bare.is_empty() {
            format!("it asks `{path}`, as the readiness probe does")
        } else {
            return Fact::absent();
        };
        let span = place.at.key_span(&[LIVENESS]).unwrap_or(probe.check_span);
        Fact::set(Value::str(how), place.location(span))
    })
}

/// Only where the container tells its ports at all: a list of ports is documentation, and one
/// that leaves out the probed port is either old or the probe is wrong.
fn port_hidden<'m>(view: &View<'m>) -> Fact<'m> {
    let Some(ports) = declared(view).filter(|ports| !ports.is_empty()) else {
        return Fact::absent();
    };
    // Another container of the pod may listen there.
    let others = view
        .container
        .and_then(|container| container.object.pod.as_ref());
    let alone = others.is_some_and(|pod| pod.containers.len() == 1);
    for (_, place, probe) in probes(view) {
        if let Some(IntOrText::Int(number)) = probe.port()
            && alone
            && ports.iter().all(|port| port.number != number)
        {
            return Fact::set(Value::Int(number), place.location(probe.check_span));
        }
    }
    Fact::absent()
}

/// The first probe whose command runs `java` or one of Kafka's command line tools.
fn find_jvm<'m>(view: &View<'m>) -> Option<(Place<'m>, Probe<'m>, String)> {
    probes(view).into_iter().find_map(|(_, place, probe)| {
        let Check::Exec(words) = &probe.check else {
            return None;
        };
        let tokens = words
            .iter()
            .flat_map(|word| word.split(|c: char| c.is_whitespace() || ";|&()`\"'".contains(c)));
        let program = tokens.map(|word| word.rsplit('/').next().unwrap_or(word));
        let found = program
            .filter(|name| is_jvm_tool(name))
            .map(str::to_owned)
            .next()?;
        Some((place, probe, found))
    })
}

fn is_jvm_tool(name: &str) -> bool {
    let tools = [
        "java",
        "jcmd",
        "jps",
        "jstat",
        "zookeeper-shell",
        "kafka-topics",
        "kafka-configs",
        "kafka-acls",
        "kafka-run-class",
        "kafka-metadata-quorum",
        "kafka-broker-api-versions",
        "kafka-console-consumer",
        "kafka-console-producer",
        "kafka-consumer-groups",
        "kafka-cluster",
        "kafka-log-dirs",
        "kafka-get-offsets",
        "kafka-features",
    ];
    tools.contains(&name.strip_suffix(".sh").unwrap_or(name))
}

fn starts_jvm<'m>(view: &View<'m>) -> Fact<'m> {
    find_jvm(view).map_or_else(Fact::absent, |(place, probe, program)| {
        Fact::set(Value::str(program), place.location(probe.check_span))
    })
}

/// `sleep: { seconds: N }`, or a command that sleeps.
fn pre_stop<'m>(view: &View<'m>) -> Fact<'m> {
    const SLEEP: &[&str] = &["lifecycle", "preStop", "sleep", "seconds"];
    let Some(place) = container(view) else {
        return Fact::unknown("the container's hooks");
    };
    if let Read::Known(seconds, span) = place.at.int(SLEEP) {
        return Fact::set(
            Value::Int(seconds.saturating_mul(1000)),
            place.location(span),
        );
    }
    let Some(command) = place.at.get(&["lifecycle", "preStop", "exec", "command"]) else {
        return Fact::absent();
    };
    let words = command.node().items().filter_map(|word| word.as_str());
    let all = words.collect::<Vec<_>>().join(" ");
    match slept(&all) {
        Some(seconds) => Fact::set(
            Value::Int(seconds.saturating_mul(1000)),
            place.location(command.span()),
        ),
        None => Fact::unknown("how long the preStop hook takes"),
    }
}

/// The seconds of the only `sleep` of a command that is nothing but that, or ends in it.
fn slept(command: &str) -> Option<i64> {
    let words: Vec<&str> = command
        .split(|c: char| c.is_whitespace() || ";&\"'".contains(c))
        .filter(|word| !word.is_empty())
        .collect();
    if words
        .iter()
        .any(|word| ["while", "until", "for"].contains(word))
    {
        return None;
    }
    let mut sleeps = words
        .windows(2)
        .filter(|pair| pair[0] == "sleep" || pair[0].ends_with("/sleep"));
    let number = sleeps.next()?[1];
    let number = number.strip_suffix('s').unwrap_or(number);
    number.parse().ok().filter(|_| sleeps.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sleeps_are_read() {
        assert_eq!(slept("sh -c sleep 20"), Some(20));
        assert_eq!(slept("/bin/sleep 5s"), Some(5));
        assert_eq!(slept("sh -c sleep 5; kill 1; sleep 5"), None);
        assert_eq!(slept("sh -c kill 1"), None);
        assert_eq!(slept("sh -c while kill -0 1; do sleep 1; done"), None);
    }
}
