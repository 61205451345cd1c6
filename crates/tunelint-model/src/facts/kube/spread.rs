//! Facts of how a workload's pods are spread over nodes and zones.

use super::at::pod_spec;
use super::pod::with;
use super::{Decl, decl};
use crate::cluster::PodEntry;
use crate::kube::{At, Read, Selector};
use crate::value::{Fact, Type, Value};
use crate::view::View;
use tunelint_base::{Entity, Location, Origin, Span};

const ON: Entity = Entity::Pod;

pub(super) const FACTS: &[Decl] = &[
    decl(
        "pod.spread_fault",
        ON,
        Type::Str,
        "Why the API server refuses one of its topology spread constraints",
        fault,
    ),
    decl(
        "pod.spread_mismatch",
        ON,
        Type::Str,
        "What the selector of a topology spread constraint asks for and the pod's own labels do not have",
        mismatch,
    ),
    decl(
        "pod.spread_old_pods",
        ON,
        Type::Str,
        "A strict topology spread constraint that counts the pods of the revision before",
        old_pods,
    ),
    decl(
        "pod.spread_keys",
        ON,
        Type::Strings,
        "`matchLabelKeys` of that constraint",
        |view| {
            with(view, |pod| match counts_old(view, pod) {
                Some(at) => {
                    let slot = at.slot(pod.file, pod.object_index, &["matchLabelKeys"]);
                    Fact::absent().with_slot(slot)
                }
                None => Fact::absent(),
            })
        },
    ),
    decl(
        "pod.topologies",
        ON,
        Type::Strings,
        "The node labels over which its pods are kept apart, by spread constraints or anti-affinity",
        topologies,
    ),
];

fn constraints<'m>(view: &View<'m>) -> Option<Vec<At<'m>>> {
    let spec = pod_spec(view)?;
    Some(spec.at.items(&["topologySpreadConstraints"]).collect())
}

/// A selector that is not there selects nothing.
fn counts_itself(at: At<'_>, pod: &PodEntry<'_>) -> Option<bool> {
    let (labels, open) = pod.labels();
    Selector::read(at, &["labelSelector"]).map_or(Some(false), |s| s.selects(labels, open))
}

/// The terms of its anti-affinity: required ones, then preferred ones.
fn anti_affinity<'m>(spec: At<'m>) -> Vec<At<'m>> {
    const REQUIRED: &[&str] = &[
        "affinity",
        "podAntiAffinity",
        "requiredDuringSchedulingIgnoredDuringExecution",
    ];
    const PREFERRED: &[&str] = &[
        "affinity",
        "podAntiAffinity",
        "preferredDuringSchedulingIgnoredDuringExecution",
    ];
    let preferred = spec.items(PREFERRED);
    let preferred = preferred.filter_map(|item| item.get(&["podAffinityTerm"]));
    spec.items(REQUIRED).chain(preferred).collect()
}

/// Only what counts the workload's own pods keeps them apart.
fn topologies<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |pod| {
        let Some(spec) = pod_spec(view) else {
            return Fact::unknown("the pod");
        };
        let (mut keys, mut places) = (Vec::new(), Vec::new());
        let mut all = spec
            .at
            .items(&["topologySpreadConstraints"])
            .collect::<Vec<_>>();
        all.extend(anti_affinity(spec.at));
        for at in all {
            // What cannot be known is taken for spreading: nothing is missing then.
            if counts_itself(at, pod) == Some(false) {
                continue;
            }
            if let Read::Known(key, span) = at.text(&["topologyKey"]) {
                keys.push(Value::str(key));
                places.push(spec.location(span));
            }
        }
        if keys.is_empty() && spec.at.is_partial() {
            return Fact::unknown("how its pods are spread");
        }
        Fact::new(Value::List(keys), Origin::Derived(places))
    })
}

fn mismatch<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |pod| {
        let (labels, open) = pod.labels();
        for at in constraints(view).unwrap_or_default() {
            let Some(selector) = Selector::read(at, &["labelSelector"]) else {
                let place = Location::new(pod.file, first_line(at));
                return Fact::set(Value::str("no labelSelector"), place);
            };
            if selector.selects(labels, open) == Some(false) {
                let unmet = selector.unmet(labels).unwrap_or_default();
                let span = at.get(&["labelSelector"]).map_or(at.span(), first_line);
                return Fact::set(Value::str(unmet), Location::new(pod.file, span));
            }
        }
        Fact::absent()
    })
}

/// The key that a mapping begins with: a place that is one line.
fn first_line(at: At<'_>) -> Span {
    at.pairs(&[]).next().map_or(at.span(), |(_, key, _)| key)
}

/// `validateTopologySpreadConstraints`.
fn fault<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |pod| {
        let mut seen: Vec<(&str, &str)> = Vec::new();
        for at in constraints(view).unwrap_or_default() {
            let found = |message: String, span| {
                Fact::set(Value::str(message), Location::new(pod.file, span))
            };
            match at.int(&["maxSkew"]) {
                Read::Known(skew, span) if skew <= 0 => {
                    return found(format!("`maxSkew` is {skew}, not a number above 0"), span);
                }
                Read::Absent => return found("`maxSkew` is missing".into(), first_line(at)),
                _ => {}
            }
            match at.text(&["topologyKey"]) {
                Read::Known("", span) => return found("`topologyKey` is empty".into(), span),
                Read::Absent => return found("`topologyKey` is missing".into(), first_line(at)),
                _ => {}
            }
            let when = at.text(&["whenUnsatisfiable"]);
            match when {
                Read::Known("DoNotSchedule" | "ScheduleAnyway", _) => {}
                Read::Known(other, span) => {
                    let message = format!(
                        "`whenUnsatisfiable` is `{other}`, not DoNotSchedule or ScheduleAnyway"
                    );
                    return found(message, span);
                }
                Read::Absent => {
                    return found("`whenUnsatisfiable` is missing".into(), first_line(at));
                }
                Read::Unknown => {}
            }
            if let (Read::Known(_, span), Read::Known("ScheduleAnyway", _)) =
                (at.int(&["minDomains"]), &when)
            {
                let message = "`minDomains` goes only with DoNotSchedule".to_owned();
                return found(message, span);
            }
            if let (Read::Known(key, span), Read::Known(when, _)) =
                (at.text(&["topologyKey"]), when)
            {
                if seen.contains(&(key, when)) {
                    let message = format!("a constraint for `{key}` with {when} is there already");
                    return found(message, span);
                }
                seen.push((key, when));
            }
        }
        Fact::absent()
    })
}

/// A Deployment's new ReplicaSet and the old one share the labels that most selectors ask for.
fn counts_old<'m>(view: &View<'m>, pod: &PodEntry<'m>) -> Option<At<'m>> {
    constraints(view)?.into_iter().find(|at| {
        let strict = at.text(&["whenUnsatisfiable"]).known() == Some("DoNotSchedule");
        let keys = at.get(&["matchLabelKeys"]);
        let told = keys.is_some_and(|keys| {
            let mut all = keys.node().items();
            all.any(|key| key.as_str() == Some("pod-template-hash"))
        });
        strict && !told && counts_itself(*at, pod) == Some(true) && !at.is_partial()
    })
}

fn old_pods<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |pod| {
        counts_old(view, pod).map_or_else(Fact::absent, |at| {
            let key = at.text(&["topologyKey"]).known().unwrap_or("");
            let place = Location::new(pod.file, first_line(at));
            Fact::set(Value::str(key), place)
        })
    })
}
