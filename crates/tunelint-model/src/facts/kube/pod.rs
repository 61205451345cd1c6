//! Facts of a pod: what makes it, how many of them, and how they start and stop.

use super::at::{Place, int_at, pod_spec, root, text_at};
use super::{Decl, decl, number, sized, text, truth};
use crate::cluster::{ObjectEntry, PodEntry};
use crate::kube::{IntOrText, Read, Selector};
use crate::value::{Fact, Type, Value};
use crate::view::View;
use tunelint_base::origin::DefaultOf;
use tunelint_base::{Entity, Location, Origin, Unit};

const ON: Entity = Entity::Pod;

pub(super) const FACTS: &[Decl] = &[
    decl(
        "pod.autoscaler",
        ON,
        Type::Str,
        "The HorizontalPodAutoscaler that decides how many there are",
        |view| autoscaler_fact(view, |_, entry, _| Value::str(entry.title())),
    ),
    decl(
        "pod.autoscaler.max",
        ON,
        Type::Int,
        "`maxReplicas` of its autoscaler",
        |view| of_autoscaler(view, &["spec", "maxReplicas"], None),
    ),
    decl(
        "pod.autoscaler.memory",
        ON,
        Type::Str,
        "The metric of its autoscaler that counts memory",
        memory_metric,
    ),
    decl(
        "pod.autoscaler.min",
        ON,
        Type::Int,
        "`minReplicas` of its autoscaler, 1 by default",
        |view| of_autoscaler(view, &["spec", "minReplicas"], Some(1)),
    ),
    decl(
        "pod.claim_retention",
        ON,
        Type::Str,
        "What its StatefulSet does with claims that are no longer needed: `whenScaled`",
        |view| {
            const PATH: &[&str] = &["spec", "persistentVolumeClaimRetentionPolicy", "whenScaled"];
            text_at(root(view), "persistentVolumeClaimRetentionPolicy", PATH)
        },
    ),
    decl(
        "pod.claim_templates",
        ON,
        Type::Bool,
        "Whether its StatefulSet makes persistent volume claims for it",
        |view| {
            let templates = |place: Place<'_>| place.at.key_span(&["spec", "volumeClaimTemplates"]);
            root(view).map_or_else(unknown, |place| truth(templates(place).is_some(), []))
        },
    ),
    decl(
        "pod.fs_group",
        ON,
        Type::Int,
        "`securityContext.fsGroup`",
        |view| {
            int_at(
                pod_spec(view),
                "fsGroup",
                &["securityContext", "fsGroup"],
                1,
            )
        },
    ),
    decl(
        "pod.fs_group_policy",
        ON,
        Type::Str,
        "`securityContext.fsGroupChangePolicy`, Always by default",
        |view| {
            const PATH: &[&str] = &["securityContext", "fsGroupChangePolicy"];
            or_default(
                text_at(pod_spec(view), "fsGroupChangePolicy", PATH),
                "Always",
            )
        },
    ),
    sized(
        "pod.grace",
        ON,
        Unit::Millis,
        "`terminationGracePeriodSeconds`, 30 s by default",
        grace,
    ),
    decl(
        "pod.grace_written",
        ON,
        Type::Bool,
        "Whether `terminationGracePeriodSeconds` is written",
        |view| {
            let fact = int_at(pod_spec(view), "terminationGracePeriodSeconds", GRACE, 1);
            match fact.value {
                Value::Unknown(_) => fact,
                found => truth(found.is_known(), []),
            }
        },
    ),
    decl(
        "pod.kind",
        ON,
        Type::Str,
        "The kind of object that makes it",
        kind,
    ),
    decl(
        "pod.management",
        ON,
        Type::Str,
        "`podManagementPolicy` of its StatefulSet, OrderedReady by default",
        |view| {
            let path = &["spec", "podManagementPolicy"];
            or_default(
                text_at(root(view), "podManagementPolicy", path),
                "OrderedReady",
            )
        },
    ),
    decl(
        "pod.max_surge",
        ON,
        Type::Int,
        "How many pods more than its replicas a rolling update of its Deployment may start",
        max_surge,
    ),
    decl(
        "pod.name",
        ON,
        Type::Str,
        "What it is called in reports",
        name,
    ),
    decl(
        "pod.own_replicas",
        ON,
        Type::Int,
        "`spec.replicas`, where it is written",
        own_replicas,
    ),
    decl(
        "pod.replicas",
        ON,
        Type::Int,
        "How many there are at least: `minReplicas` of its autoscaler, else `spec.replicas`, else 1",
        replicas,
    ),
    decl(
        "pod.replicas_max",
        ON,
        Type::Int,
        "How many there are at most: `maxReplicas` of its autoscaler, else `spec.replicas`, else 1",
        replicas_max,
    ),
    decl(
        "pod.runs_java",
        ON,
        Type::Bool,
        "Whether one of its containers is seen to run a JVM",
        runs_java,
    ),
    decl(
        "pod.scaled",
        ON,
        Type::Bool,
        "Whether a Deployment, StatefulSet or the like keeps a number of them running",
        |view| {
            view.pod()
                .map_or_else(unknown, |pod| truth(pod.object.is_scaled(), []))
        },
    ),
    decl(
        "pod.service",
        ON,
        Type::Str,
        "A Service that sends requests to it",
        service,
    ),
    decl(
        "pod.strategy",
        ON,
        Type::Str,
        "How its Deployment or StatefulSet replaces it: RollingUpdate, Recreate or OnDelete",
        strategy,
    ),
    decl(
        "pod.vertical",
        ON,
        Type::Str,
        "The mode in which a VerticalPodAutoscaler changes its memory: Auto, Recreate, Initial or InPlaceOrRecreate",
        vertical,
    ),
];

const GRACE: &[&str] = &["terminationGracePeriodSeconds"];

pub(super) fn unknown<'m>() -> Fact<'m> {
    Fact::unknown("the pod")
}

/// A fact of the view's pod.
pub(super) fn with<'m>(
    view: &View<'m>,
    then: impl FnOnce(&'m PodEntry<'m>) -> Fact<'m>,
) -> Fact<'m> {
    view.pod().map_or_else(unknown, then)
}

/// What holds where nobody wrote anything.
pub(super) fn or_default<'m>(fact: Fact<'m>, default: &'static str) -> Fact<'m> {
    if fact.value == Value::Absent {
        let mut filled = Fact::new(Value::str(default), Origin::Default(DefaultOf::Kubernetes));
        filled.slot = fact.slot;
        return filled;
    }
    fact
}

fn kind<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |pod| text(pod.object.kind.as_str()))
}

fn name<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |pod| {
        let name = pod.object.name.as_ref();
        text(name.map_or("pod", |name| &name.text))
    })
}

fn runs_java<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |pod| {
        truth(java_containers(view, pod).next().is_some(), [])
    })
}

/// The pod's containers in which a JVM is seen, by their index in the model.
pub(super) fn java_containers<'m>(
    view: &View<'m>,
    pod: &'m PodEntry<'m>,
) -> impl Iterator<Item = usize> + 'm {
    let containers = &view.model.containers;
    let all = pod.containers.iter().copied();
    all.filter(move |at| {
        let container = &containers[*at];
        container.jvm.is_some() || container.java.is_some()
    })
}

fn grace<'m>(view: &View<'m>) -> Fact<'m> {
    let fact = int_at(pod_spec(view), "terminationGracePeriodSeconds", GRACE, 1000);
    if fact.value == Value::Absent {
        let mut filled = Fact::new(Value::Int(30_000), Origin::Default(DefaultOf::Kubernetes));
        filled.slot = fact.slot;
        return filled;
    }
    fact
}

/// The autoscaler of a kind (`HorizontalPodAutoscaler`, `VerticalPodAutoscaler`) that names the
/// object of the pod.
pub(super) fn autoscaler_of<'m>(
    view: &View<'m>,
    pod: &'m PodEntry<'m>,
    kind: &str,
    reference: &'static str,
) -> Option<ObjectEntry<'m>> {
    let name = pod.object.name.as_ref()?;
    let all = view.model.objects_of(kind, pod.file).filter(|entry| {
        let Some(root) = entry.object.root() else {
            return false;
        };
        let text = |key| root.text(&["spec", reference, key]).known();
        text("kind") == Some(pod.object.kind.as_str())
            && text("name") == Some(&*name.text)
            && entry.object.shares_namespace(pod.object)
    });
    view.model.nearest(pod.file, all)
}

/// A fact of the autoscaler; where none is seen, absent, or unknown where one may be elsewhere.
fn autoscaler_fact<'m>(
    view: &View<'m>,
    value: impl FnOnce(&View<'m>, ObjectEntry<'m>, Location) -> Value<'m>,
) -> Fact<'m> {
    with(view, |pod| {
        let found = autoscaler_of(view, pod, "HorizontalPodAutoscaler", "scaleTargetRef");
        match found {
            Some(entry) => {
                let place = entry.anchor();
                Fact::derived(value(view, entry, place), vec![place])
            }
            None => Fact::absent(),
        }
    })
}

fn of_autoscaler<'m>(
    view: &View<'m>,
    path: &'static [&'static str],
    default: Option<i64>,
) -> Fact<'m> {
    with(view, |pod| {
        let found = autoscaler_of(view, pod, "HorizontalPodAutoscaler", "scaleTargetRef");
        let Some(entry) = found else {
            return Fact::absent();
        };
        match entry.object.root().map(|root| root.int(path)) {
            Some(Read::Known(value, span)) => {
                Fact::set(Value::Int(value), Location::new(entry.file, span))
            }
            Some(Read::Absent) => match default {
                Some(value) => Fact::new(Value::Int(value), Origin::Default(DefaultOf::Kubernetes)),
                None => Fact::absent(),
            },
            _ => Fact::unknown("the autoscaler's bounds"),
        }
    })
}

/// In what a cluster gives, the number may be the autoscaler's.
fn own_replicas<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |pod| {
        if pod.object.is_live() {
            return Fact::absent();
        }
        int_at(root(view), "spec.replicas", &["spec", "replicas"], 1)
    })
}

fn replicas<'m>(view: &View<'m>) -> Fact<'m> {
    bound(view, &["spec", "minReplicas"], Some(1))
}

/// How many there are at least, if that is known.
pub(super) fn least(view: &View<'_>) -> Option<i64> {
    replicas(view).int()
}

fn replicas_max<'m>(view: &View<'m>) -> Fact<'m> {
    bound(view, &["spec", "maxReplicas"], None)
}

fn bound<'m>(view: &View<'m>, path: &'static [&'static str], default: Option<i64>) -> Fact<'m> {
    with(view, |pod| {
        if !pod.object.is_scaled() {
            return Fact::absent();
        }
        let scaled = of_autoscaler(view, path, default);
        if scaled.value != Value::Absent {
            return scaled;
        }
        let own = int_at(root(view), "spec.replicas", &["spec", "replicas"], 1);
        if own.value == Value::Absent {
            let origin = Origin::Default(DefaultOf::Kubernetes);
            return Fact::new(Value::Int(1), origin);
        }
        own
    })
}

/// A metric on memory, in the shapes of `autoscaling/v2` and its betas; v1 only knows CPU.
fn memory_metric<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |pod| {
        let found = autoscaler_of(view, pod, "HorizontalPodAutoscaler", "scaleTargetRef");
        let Some(entry) = found else {
            return Fact::absent();
        };
        let Some(root) = entry.object.root() else {
            return Fact::absent();
        };
        for metric in root.items(&["spec", "metrics"]) {
            for part in ["resource", "containerResource"] {
                if let Read::Known("memory", span) = metric.text(&[part, "name"]) {
                    let mut fact = Fact::set(Value::str("memory"), Location::new(entry.file, span));
                    fact.parts =
                        vec![(pod.anchor(), format!("it scales this {}", pod.object.kind))];
                    return fact;
                }
            }
        }
        Fact::absent()
    })
}

/// A VerticalPodAutoscaler changes nothing in the mode `Off`, nor what its policy leaves out.
fn vertical<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |pod| {
        let Some(entry) = autoscaler_of(view, pod, "VerticalPodAutoscaler", "targetRef") else {
            return Fact::absent();
        };
        let Some(root) = entry.object.root() else {
            return Fact::absent();
        };
        let (mode, span) = match root.text(&["spec", "updatePolicy", "updateMode"]) {
            Read::Known("Off", _) => return Fact::absent(),
            Read::Known(mode, span) => (mode, span),
            Read::Absent => ("Auto", entry.anchor().span),
            Read::Unknown => return Fact::unknown("updateMode"),
        };
        let leaves_memory = |policy: crate::kube::At<'m>| {
            let resources = policy.get(&["controlledResources"]);
            let listed = resources.map(|list| list.node().items());
            let without = listed.is_some_and(|mut all| !all.any(|r| r.as_str() == Some("memory")));
            policy.text(&["mode"]).known() == Some("Off") || without
        };
        let mut policies = root.items(&["spec", "resourcePolicy", "containerPolicies"]);
        if policies.any(leaves_memory) {
            return Fact::absent();
        }
        Fact::set(Value::str(mode), Location::new(entry.file, span))
    })
}

fn strategy<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |pod| {
        let path: &[&str] = match pod.object.kind.as_str() {
            "Deployment" => &["spec", "strategy", "type"],
            "StatefulSet" => &["spec", "updateStrategy", "type"],
            _ => return Fact::absent(),
        };
        or_default(
            text_at(root(view), "the update strategy", path),
            "RollingUpdate",
        )
    })
}

/// `ResolveFenceposts`: a percentage of the replicas, rounded up; 25 % by default.
fn max_surge<'m>(view: &View<'m>) -> Fact<'m> {
    const PATH: &[&str] = &["spec", "strategy", "rollingUpdate", "maxSurge"];
    let Some(place) = root(view) else {
        return unknown();
    };
    let total = replicas(view).int();
    let of = |surge: IntOrText<'_>| total.and_then(|total| surge.of(total));
    match place.at.int_or_text(PATH) {
        Read::Known(surge, span) => match of(surge) {
            Some(count) => Fact::set(Value::Int(count), place.location(span)),
            None => Fact::unknown("maxSurge"),
        },
        Read::Absent => match of(IntOrText::Percent(25)) {
            Some(count) => {
                number(count, []).with_slot(place.at.slot(place.file, place.object, PATH))
            }
            None => Fact::unknown("maxSurge"),
        },
        Read::Unknown => Fact::unknown("maxSurge"),
    }
}

/// A Service whose selector selects the pod. A headless one that only gives names counts as well:
/// clients find the pods that are ready through it.
fn service<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |pod| {
        let (labels, open) = pod.labels();
        let all = view.model.objects_of("Service", pod.file).filter(|entry| {
            let Some(root) = entry.object.root() else {
                return false;
            };
            let selector = Selector::labels(root, &["spec", "selector"]);
            entry.object.shares_namespace(pod.object)
                && !selector.is_empty()
                && selector.selects(labels, open) == Some(true)
        });
        match view.model.nearest(pod.file, all) {
            Some(entry) => {
                let mut fact = Fact::derived(Value::str(entry.title()), vec![entry.anchor()]);
                fact.parts = vec![(entry.anchor(), "it selects these pods".to_owned())];
                fact
            }
            None if open => Fact::unknown("the Services that select it"),
            None => Fact::absent(),
        }
    })
}
