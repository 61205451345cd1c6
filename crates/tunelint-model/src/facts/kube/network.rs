//! Facts of the network around a pod: where it may send, and who reaches its JMX port.

use super::pod::with;
use super::volume::property;
use super::{Decl, decl};
use crate::cluster::{ObjectEntry, PodEntry};
use crate::kube::{At, EnvValue, IntOrText, Read, Selector};
use crate::setting::is_placeholder;
use crate::value::{Fact, Type, Value};
use crate::view::View;
use tunelint_base::{Entity, Location};

pub(super) const FACTS: &[Decl] = &[
    decl(
        "container.jmx_exposed",
        Entity::Container,
        Type::Str,
        "What makes its JMX port reachable from elsewhere",
        |view| exposed(view).0,
    ),
    decl(
        "container.jmx_exposed_outside",
        Entity::Container,
        Type::Bool,
        "Whether that leads out of the cluster: a node's port or a load balancer",
        |view| exposed(view).1,
    ),
    decl(
        "container.jmx_port",
        Entity::Container,
        Type::Int,
        "The port on which its JVM answers JMX",
        jmx_port,
    ),
    decl(
        "pod.egress_open",
        Entity::Pod,
        Type::Str,
        "What a rule of its network policies lets out: everything, or every port of every address",
        open,
    ),
    decl(
        "pod.egress_policy",
        Entity::Pod,
        Type::Str,
        "The NetworkPolicy that limits where it may send",
        |view| {
            with(view, |pod| match policies(view, pod) {
                Some(found) => match found.first() {
                    Some(entry) => Fact::derived(Value::str(entry.title()), vec![entry.anchor()]),
                    None if view.model.options.no_link => Fact::unknown("its network policies"),
                    None => Fact::absent(),
                },
                None => Fact::unknown("its network policies"),
            })
        },
    ),
    decl(
        "workload.egress_missing",
        Entity::Workload,
        Type::Str,
        "What it needs and none of its network policies lets out: name resolution, or its brokers' port",
        missing,
    ),
];

/// The policies that limit what the pod may send; `None` where that cannot be known.
fn policies<'m>(view: &View<'m>, pod: &'m PodEntry<'m>) -> Option<Vec<ObjectEntry<'m>>> {
    let (labels, open) = pod.labels();
    let mut found = Vec::new();
    for entry in view.model.objects_of("NetworkPolicy", pod.file) {
        let Some(root) = entry.object.root() else {
            continue;
        };
        if !entry.object.shares_namespace(pod.object) || !limits_egress(root)? {
            continue;
        }
        // A selector that is not there selects all pods, as an empty one does.
        let selector = Selector::read(root, &["spec", "podSelector"]).unwrap_or_default();
        match selector.selects(labels, open) {
            Some(true) => found.push(entry),
            Some(false) => {}
            None => return None,
        }
    }
    found.sort_by_key(|entry| !view.model.same_folder(entry.file, pod.file));
    Some(found)
}

/// Without `policyTypes` a policy is about egress where it has rules for it.
fn limits_egress(root: At<'_>) -> Option<bool> {
    match root.find(&["spec", "policyTypes"]) {
        Read::Known(types, _) => {
            let mut types = types.node().items();
            Some(types.any(|name| name.as_str() == Some("Egress")))
        }
        Read::Absent => Some(root.node().at(&["spec", "egress"]).is_some()),
        Read::Unknown => None,
    }
}

fn rules<'m>(entry: ObjectEntry<'m>) -> Vec<At<'m>> {
    let root = entry.object.root();
    root.into_iter()
        .flat_map(|root| root.items(&["spec", "egress"]))
        .collect()
}

fn has_items(rule: At<'_>, key: &str) -> bool {
    rule.items(&[key]).next().is_some()
}

fn open<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |pod| {
        let Some(found) = policies(view, pod) else {
            return Fact::unknown("its network policies");
        };
        for entry in found {
            for rule in rules(entry) {
                let place = |span| Location::new(entry.file, span);
                let first = rule
                    .pairs(&[])
                    .next()
                    .map_or(rule.span(), |(_, key, _)| key);
                if !has_items(rule, "to") && !has_items(rule, "ports") {
                    return Fact::set(Value::str("everything"), place(first));
                }
                let all = rule.items(&["to"]).find_map(|peer| {
                    let Read::Known(cidr, span) = peer.text(&["ipBlock", "cidr"]) else {
                        return None;
                    };
                    let whole = matches!(cidr, "0.0.0.0/0" | "::/0");
                    (whole && peer.items(&["ipBlock", "except"]).next().is_none()).then_some(span)
                });
                if let Some(span) = all
                    && !has_items(rule, "ports")
                {
                    return Fact::set(Value::str("every port of every address"), place(span));
                }
            }
        }
        Fact::absent()
    })
}

/// Whether a rule lets packets of a protocol to a port out, to whatever address.
fn lets_out(rule: At<'_>, protocol: &str, port: i64) -> bool {
    if !has_items(rule, "ports") {
        return true;
    }
    rule.items(&["ports"]).any(|item| {
        let same = item
            .text(&["protocol"])
            .or("TCP")
            .is_none_or(|found| found == protocol);
        let inside = match item.int_or_text(&["port"]) {
            Read::Absent | Read::Unknown => true,
            Read::Known(IntOrText::Int(first), _) => {
                let last = item.int(&["endPort"]).or(first).unwrap_or(i64::MAX);
                (first..=last).contains(&port)
            }
            Read::Known(..) => true,
        };
        same && inside
    })
}

/// Policies add up: what one of them lets out is let out.
fn missing<'m>(view: &View<'m>) -> Fact<'m> {
    let Some(pod) = view.pod() else {
        return Fact::unknown("the pod");
    };
    let Some(found) = policies(view, pod) else {
        return Fact::unknown("its network policies");
    };
    let (Some(first), Some(client)) = (found.first(), view.client) else {
        return Fact::absent();
    };
    let Some(servers) = client.written("bootstrap.servers") else {
        return Fact::unknown("the addresses of the brokers");
    };
    let all: Vec<At<'m>> = found.iter().flat_map(|entry| rules(*entry)).collect();
    let place = first.anchor();
    let may = |protocol, port| all.iter().any(|rule| lets_out(*rule, protocol, port));
    let addresses = servers
        .split(',')
        .map(str::trim)
        .filter(|text| !is_placeholder(text));
    for address in addresses {
        let Some((host, port)) = address.rsplit_once(':') else {
            continue;
        };
        let is_name = host.contains(|c: char| c.is_ascii_alphabetic()) && !host.contains(':');
        let is_local = host == "localhost" || host.starts_with("127.");
        if is_name && !is_local && !may("UDP", 53) && !may("UDP", 5353) {
            let what = format!("name resolution (UDP port 53), which `{host}` needs");
            return Fact::set(Value::str(what), place);
        }
        if let Ok(number) = port.parse::<u16>()
            && !is_local
            && !may("TCP", i64::from(number))
        {
            let what = format!("TCP port {number} of the brokers ({address})");
            return Fact::set(Value::str(what), place);
        }
    }
    Fact::absent()
}

/// The property of the JVM, or the variable that Kafka's start scripts turn into it.
fn jmx_port<'m>(view: &View<'m>) -> Fact<'m> {
    if let Some((place, port)) = property(view, "com.sun.management.jmxremote.port") {
        return match port.parse() {
            Ok(port) => Fact::set(Value::Int(port), place),
            Err(_) => Fact::unknown("the JMX port"),
        };
    }
    let Some(container) = view.container else {
        return Fact::unknown("the container");
    };
    let variable = container
        .facts
        .env
        .iter()
        .find(|variable| matches!(&*variable.name.text, "JMX_PORT" | "KAFKA_JMX_PORT"));
    match variable.map(|variable| (variable, &variable.value)) {
        Some((variable, EnvValue::Literal(value))) => match value.text.parse() {
            Ok(port) => {
                let place = Location::new(container.file, variable.name.span.cover(value.span));
                Fact::set(Value::Int(port), place)
            }
            Err(_) => Fact::unknown("the JMX port"),
        },
        Some(_) => Fact::unknown("the JMX port"),
        None => Fact::absent(),
    }
}

fn exposed<'m>(view: &View<'m>) -> (Fact<'m>, Fact<'m>) {
    let nothing = || (Fact::absent(), super::truth(false, []));
    let (Some(port), Some(pod), Some(container)) =
        (jmx_port(view).int(), view.pod(), view.container)
    else {
        return nothing();
    };
    let answer = |what: String, place, outside| {
        (
            Fact::set(Value::str(what), place),
            super::truth(outside, []),
        )
    };
    let declared = container.facts.ports(container.object).unwrap_or_default();
    let own = declared.iter().find(|declared| declared.number == port);
    if let Some((host, span)) = own.and_then(|own| own.host) {
        let place = Location::new(container.file, span);
        return answer(format!("the node's port {host}"), place, true);
    }
    let (labels, open) = pod.labels();
    for entry in view.model.objects_of("Service", pod.file) {
        let Some(root) = entry.object.root() else {
            continue;
        };
        let selector = Selector::labels(root, &["spec", "selector"]);
        let selects = selector.selects(labels, open) == Some(true) && !selector.is_empty();
        if !selects || !entry.object.shares_namespace(pod.object) {
            continue;
        }
        for item in root.items(&["spec", "ports"]) {
            let target = match item.int_or_text(&["targetPort"]) {
                Read::Absent => item.int_or_text(&["port"]),
                read => read,
            };
            let hit = match target {
                Read::Known(IntOrText::Int(number), _) => number == port,
                Read::Known(IntOrText::Text(name), _) => {
                    own.is_some_and(|own| own.name.as_deref() == Some(name))
                }
                _ => false,
            };
            if hit {
                let kind = root
                    .text(&["spec", "type"])
                    .or("ClusterIP")
                    .unwrap_or("ClusterIP");
                let outside = matches!(kind, "NodePort" | "LoadBalancer");
                let first = item
                    .pairs(&[])
                    .next()
                    .map_or(item.span(), |(_, _, value)| value.span());
                let place = Location::new(entry.file, first);
                return answer(entry.title(), place, outside);
            }
        }
    }
    nothing()
}
