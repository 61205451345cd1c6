//! Facts of objects that are about pods and find none, and of ports that nobody has.

use super::at::root;
use super::pod::with;
use super::{Decl, decl, text};
use crate::cluster::{ObjectEntry, PodEntry};
use crate::kube::{At, IntOrText, Labels, Read, Selector};
use crate::setting::is_placeholder;
use crate::value::{Fact, Type, Value};
use crate::view::View;
use tunelint_base::{Entity, Location};

pub(super) const FACTS: &[Decl] = &[
    decl(
        "object.monitored_port",
        Entity::Object,
        Type::Str,
        "The port that a ServiceMonitor or PodMonitor asks and none of the things that it selects has",
        monitored_port,
    ),
    decl(
        "object.selects_nothing",
        Entity::Object,
        Type::Str,
        "What its selector asks for and a pod beside it does not have, where it selects nothing at all",
        selects_nothing,
    ),
    decl(
        "object.targets_nothing",
        Entity::Object,
        Type::Str,
        "The workload that an autoscaler names and the files do not have, though they have one like it",
        targets_nothing,
    ),
    decl(
        "pod.governing_service",
        Entity::Pod,
        Type::Str,
        "Why the Service that its StatefulSet names gives its pods no names: missing, or not headless",
        governing,
    ),
    decl(
        "pod.selector_mismatch",
        Entity::Pod,
        Type::Str,
        "What the selector of the object that makes it asks for and its labels do not have",
        own_selector,
    ),
    decl(
        "pod.service_name",
        Entity::Pod,
        Type::Str,
        "`spec.serviceName` of its StatefulSet",
        |view| super::at::text_at(root(view), "serviceName", &["spec", "serviceName"]),
    ),
    decl(
        "pod.service_port_missing",
        Entity::Pod,
        Type::Str,
        "The port name to which a Service sends and that none of the pods has which it selects",
        service_port,
    ),
];

/// The selector of an object that is about pods.
fn selector_of<'m>(entry: ObjectEntry<'m>) -> Option<Selector> {
    let root = entry.object.root()?;
    match entry.object.kind.as_str() {
        "Service" => Some(Selector::labels(root, &["spec", "selector"])),
        "NetworkPolicy" => Selector::read(root, &["spec", "podSelector"]),
        "PodDisruptionBudget" | "PodMonitor" => Selector::read(root, &["spec", "selector"]),
        _ => None,
    }
}

fn selects_nothing<'m>(view: &View<'m>) -> Fact<'m> {
    let Some(entry) = view.object() else {
        return Fact::unknown("the object");
    };
    if view.model.options.no_link || entry.object.is_partial() {
        return Fact::unknown("what other files define");
    }
    let Some(selector) = selector_of(entry).filter(|selector| !selector.is_empty()) else {
        return Fact::absent();
    };
    let monitor = entry.object.kind == "PodMonitor";
    let mut near: Option<&PodEntry<'m>> = None;
    for other in view.model.objects_from(entry.file) {
        let Some(labels) = other.object.pod_labels() else {
            continue;
        };
        if !monitor && !other.object.shares_namespace(entry.object) {
            continue;
        }
        if selector.selects(labels, other.object.is_partial()) != Some(false) {
            return Fact::absent();
        }
        let beside = view.model.same_folder(other.file, entry.file);
        let pod = view.model.cluster.pod_of(other.file, other.index);
        let alike = selector.nearly_selects(labels) || same_name(entry, other);
        if beside && alike && near.is_none() {
            near = pod;
        }
    }
    let Some(pod) = near else {
        return Fact::absent();
    };
    let unmet = selector.unmet(&pod.pod.labels).unwrap_or_default();
    let span = entry.object.root().and_then(|root| {
        let keys: [&[&str]; 2] = [&["spec", "selector"], &["spec", "podSelector"]];
        keys.iter().find_map(|path| root.key_span(path))
    });
    let place = span.map_or_else(|| entry.anchor(), |span| Location::new(entry.file, span));
    let mut fact = Fact::set(Value::str(unmet), place);
    fact.parts = vec![(pod.anchor(), "its pods have no such label".to_owned())];
    fact
}

fn same_name(one: ObjectEntry<'_>, other: ObjectEntry<'_>) -> bool {
    match (&one.object.name, &other.object.name) {
        (Some(one), Some(other)) => one.text == other.text,
        _ => false,
    }
}

fn targets_nothing<'m>(view: &View<'m>) -> Fact<'m> {
    let Some(entry) = view.object() else {
        return Fact::unknown("the object");
    };
    let reference = match entry.object.kind.as_str() {
        "HorizontalPodAutoscaler" => "scaleTargetRef",
        "VerticalPodAutoscaler" => "targetRef",
        _ => return Fact::absent(),
    };
    if view.model.options.no_link || entry.object.is_partial() {
        return Fact::unknown("what other files define");
    }
    let Some(root) = entry.object.root() else {
        return Fact::absent();
    };
    let kind = root.text(&["spec", reference, "kind"]).known();
    let name = root.text(&["spec", reference, "name"]);
    let (Some(kind), Read::Known(name, span)) = (kind, name) else {
        return Fact::absent();
    };
    let mut near = None;
    for other in view.model.objects_from(entry.file) {
        let found = other.object.name.as_ref().map_or("", |name| &*name.text);
        if found == name && other.object.kind == kind || is_placeholder(found) {
            return Fact::absent();
        }
        let judged = view.model.cluster.pod_of(other.file, other.index).is_some();
        let beside = view.model.same_folder(other.file, entry.file);
        if judged && beside && (found == name || same_name(entry, other)) {
            near = Some(other);
        }
    }
    let Some(near) = near else {
        return Fact::absent();
    };
    let place = Location::new(entry.file, span);
    let mut fact = Fact::set(Value::str(format!("{kind} {name}")), place);
    fact.parts = vec![(near.anchor(), format!("there is {}", near.title()))];
    fact
}

/// The ports that the selected things have, by name and number; `None` where one cannot be known.
fn ports_of(entry: ObjectEntry<'_>, monitor: &str) -> Option<Vec<(Option<String>, i64)>> {
    if monitor == "PodMonitor" {
        let pod = entry.object.pod.as_ref()?;
        let mut all = Vec::new();
        for facts in pod.containers.iter().chain(&pod.init) {
            let ports = facts.ports(entry.object)?;
            all.extend(ports.into_iter().map(|port| (port.name, port.number)));
        }
        return Some(all);
    }
    let root = entry.object.root().filter(|root| !root.is_partial())?;
    let ports = root.items(&["spec", "ports"]);
    Some(
        ports
            .map(|port| {
                let name = port.text(&["name"]).known().map(str::to_owned);
                (name, port.int(&["port"]).known().unwrap_or(0))
            })
            .collect(),
    )
}

/// Prometheus' operator looks `port` up by name, and scrapes nothing where there is none.
fn monitored_port<'m>(view: &View<'m>) -> Fact<'m> {
    let Some(entry) = view.object() else {
        return Fact::unknown("the object");
    };
    let monitor = entry.object.kind.as_str();
    let (endpoints, labels): (&str, fn(ObjectEntry<'m>) -> Option<&'m Labels>) = match monitor {
        "ServiceMonitor" => ("endpoints", |other| {
            (other.object.kind == "Service").then_some(&other.object.labels)
        }),
        "PodMonitor" => ("podMetricsEndpoints", |other| other.object.pod_labels()),
        _ => return Fact::absent(),
    };
    let Some(root) = entry.object.root().filter(|root| !root.is_partial()) else {
        return Fact::unknown("the monitor");
    };
    let Some(selector) = Selector::read(root, &["spec", "selector"]) else {
        return Fact::absent();
    };
    let mut known = Vec::new();
    for other in view.model.objects_from(entry.file) {
        let Some(labels) = labels(other) else {
            continue;
        };
        match selector.selects(labels, other.object.is_partial()) {
            Some(true) => {}
            Some(false) => continue,
            None => return Fact::unknown("what the monitor selects"),
        }
        match ports_of(other, monitor) {
            Some(ports) => known.push((other, ports)),
            None => return Fact::unknown("the ports that the monitor selects"),
        }
    }
    let Some((first, _)) = known.first() else {
        return Fact::absent();
    };
    for endpoint in root.items(&["spec", endpoints]) {
        let Read::Known(port, span) = endpoint.text(&["port"]) else {
            continue;
        };
        let has = |ports: &[(Option<String>, i64)]| {
            ports.iter().any(|(name, _)| name.as_deref() == Some(port))
        };
        if !known.iter().any(|(_, ports)| has(ports)) {
            let place = Location::new(entry.file, span);
            let mut fact = Fact::set(Value::str(port), place);
            fact.parts = vec![(first.anchor(), "it has no port of that name".to_owned())];
            return fact;
        }
    }
    Fact::absent()
}

/// `ValidatePodTemplateSpecForObject`: the API server compares the selector with the labels.
fn own_selector<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |pod| {
        let kinds = ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"];
        if !kinds.contains(&pod.object.kind.as_str()) || pod.object.is_partial() {
            return Fact::absent();
        }
        let Some(root) = pod.object.root() else {
            return Fact::absent();
        };
        let Some(selector) = Selector::read(root, &["spec", "selector"]) else {
            return Fact::absent();
        };
        match (
            selector.selects(&pod.pod.labels, false),
            selector.unmet(&pod.pod.labels),
        ) {
            (Some(false), Some(unmet)) => {
                let span = root.key_span(&["spec", "selector"]);
                let place = span.map_or_else(|| pod.anchor(), |s| Location::new(pod.file, s));
                Fact::set(Value::str(unmet), place)
            }
            _ => Fact::absent(),
        }
    })
}

/// The Services that select a pod.
fn services<'m>(view: &View<'m>, pod: &'m PodEntry<'m>) -> Vec<(ObjectEntry<'m>, At<'m>)> {
    let all = view.model.objects_of("Service", pod.file);
    let mut found = Vec::new();
    for entry in all {
        let Some(root) = entry.object.root() else {
            continue;
        };
        let selector = Selector::labels(root, &["spec", "selector"]);
        let selects = selector.selects(&pod.pod.labels, false) == Some(true);
        if selects && !selector.is_empty() && entry.object.shares_namespace(pod.object) {
            found.push((entry, root));
        }
    }
    found
}

fn is_headless(root: At<'_>) -> bool {
    root.text(&["spec", "clusterIP"]).known() == Some("None")
}

/// Only where the files have a Service for these pods: another one may lie elsewhere.
fn governing<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |pod| {
        if pod.object.kind != "StatefulSet" || view.model.options.no_link {
            return Fact::absent();
        }
        let Some(Read::Known(name, _)) =
            pod.object.root().map(|r| r.text(&["spec", "serviceName"]))
        else {
            return Fact::absent();
        };
        let named = view.model.objects_of("Service", pod.file).find(|entry| {
            let found = entry.object.name.as_ref().map(|found| &*found.text);
            found == Some(name) && entry.object.shares_namespace(pod.object)
        });
        if let Some(entry) = named {
            let headless =
                entry.object.is_partial() || entry.object.root().is_some_and(is_headless);
            return if headless {
                Fact::absent()
            } else {
                text("not headless")
            };
        }
        let own = services(view, pod);
        let headless = own.iter().find(|(entry, root)| {
            is_headless(*root) && view.model.same_folder(entry.file, pod.file)
        });
        match headless {
            Some((entry, _)) => {
                let mut fact = text("missing");
                fact.parts = vec![(entry.anchor(), "this one selects these pods".to_owned())];
                fact
            }
            None => Fact::absent(),
        }
    })
}

fn service_port<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |pod| {
        if pod.object.is_partial() {
            return Fact::unknown("the ports of the pod");
        }
        for (entry, root) in services(view, pod) {
            let selector = Selector::labels(root, &["spec", "selector"]);
            for port in root.items(&["spec", "ports"]) {
                let Read::Known(IntOrText::Text(name), span) = port.int_or_text(&["targetPort"])
                else {
                    continue;
                };
                if name.parse::<u16>().is_ok() {
                    continue;
                }
                let mut selected = view.model.objects_from(pod.file).filter(|other| {
                    let labels = other.object.pod_labels();
                    labels.is_some_and(|labels| selector.selects(labels, true) != Some(false))
                });
                // A template may bring the port; one pod that has it is enough for the Service.
                let has = selected.any(|other| match ports_of(other, "PodMonitor") {
                    Some(ports) => ports
                        .iter()
                        .any(|(found, _)| found.as_deref() == Some(name)),
                    None => true,
                });
                if !has {
                    let place = Location::new(entry.file, span);
                    let mut fact = Fact::set(Value::str(name), place);
                    fact.parts = vec![(pod.anchor(), "its pods have no port of that name".into())];
                    return fact;
                }
            }
        }
        Fact::absent()
    })
}
