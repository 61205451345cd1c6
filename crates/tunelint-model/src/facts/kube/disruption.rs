//! Facts of the budgets that limit how many of a workload's pods may be evicted at once.

use super::pod::with;
use super::{Decl, decl, number};
use crate::cluster::{ObjectEntry, PodEntry};
use crate::kube::{At, IntOrText, Read, Selector};
use crate::value::{Fact, Type, Value};
use crate::view::View;
use tunelint_base::origin::DefaultOf;
use tunelint_base::{Entity, Location, Origin};

const ON: Entity = Entity::Pod;
const KIND: &str = "PodDisruptionBudget";

pub(super) const FACTS: &[Decl] = &[
    decl(
        "pod.budget",
        ON,
        Type::Str,
        "The PodDisruptionBudget that selects it",
        |view| {
            of_budget(view, |_, entry| {
                Fact::derived(Value::str(entry.title()), vec![entry.anchor()])
            })
        },
    ),
    decl(
        "pod.budget.allowed",
        ON,
        Type::Int,
        "How many of its pods its budget lets go at once while all of them are healthy",
        allowed,
    ),
    decl(
        "pod.budget.bounds",
        ON,
        Type::Int,
        "How many of `minAvailable` and `maxUnavailable` its budget has",
        bounds,
    ),
    decl(
        "pod.budget.limit",
        ON,
        Type::Str,
        "What its budget says: `maxUnavailable: 1`",
        limit,
    ),
    decl(
        "pod.budget.second",
        ON,
        Type::Str,
        "Another PodDisruptionBudget beside the first that selects it too",
        second,
    ),
    decl(
        "pod.budget.unhealthy_policy",
        ON,
        Type::Str,
        "`unhealthyPodEvictionPolicy` of its budget, IfHealthyBudget by default",
        unhealthy,
    ),
];

/// The budgets that certainly select the pod, and whether another one might.
fn budgets<'m>(view: &View<'m>, pod: &'m PodEntry<'m>) -> (Vec<ObjectEntry<'m>>, bool) {
    let (labels, open) = pod.labels();
    let (mut found, mut doubt) = (Vec::new(), open);
    for entry in view.model.objects_of(KIND, pod.file) {
        let Some(root) = entry.object.root() else {
            continue;
        };
        if !entry.object.shares_namespace(pod.object) {
            continue;
        }
        // A selector that is not there selects nothing, an empty one everything (policy/v1).
        let selects = Selector::read(root, &["spec", "selector"])
            .map_or(Some(false), |selector| selector.selects(labels, open));
        match selects {
            Some(true) => found.push(entry),
            Some(false) => {}
            None => doubt = true,
        }
    }
    (found, doubt)
}

fn nearest<'m>(view: &View<'m>, pod: &'m PodEntry<'m>) -> Option<ObjectEntry<'m>> {
    let (found, _) = budgets(view, pod);
    view.model.nearest(pod.file, found.into_iter())
}

fn of_budget<'m>(
    view: &View<'m>,
    then: impl FnOnce(&'m PodEntry<'m>, ObjectEntry<'m>) -> Fact<'m>,
) -> Fact<'m> {
    with(view, |pod| {
        let (found, doubt) = budgets(view, pod);
        match view.model.nearest(pod.file, found.into_iter()) {
            Some(entry) => then(pod, entry),
            None if doubt || view.model.options.no_link => {
                Fact::unknown("the PodDisruptionBudget that selects it")
            }
            None => Fact::absent(),
        }
    })
}

fn bound<'m>(root: At<'m>, key: &str) -> Read<IntOrText<'m>> {
    root.int_or_text(&["spec", key])
}

fn bounds<'m>(view: &View<'m>) -> Fact<'m> {
    of_budget(view, |_, entry| {
        let Some(root) = entry.object.root() else {
            return Fact::unknown("the budget");
        };
        let all = ["minAvailable", "maxUnavailable"].map(|key| bound(root, key));
        if all.contains(&Read::Unknown) {
            return Fact::unknown("what the budget says");
        }
        let count = all.iter().filter(|read| **read != Read::Absent).count();
        number(i64::try_from(count).unwrap_or(0), [entry.anchor()])
    })
}

fn limit<'m>(view: &View<'m>) -> Fact<'m> {
    of_budget(view, |_, entry| {
        let root = entry.object.root();
        for key in ["minAvailable", "maxUnavailable"] {
            if let Some(Read::Known(text, span)) = root.map(|root| root.text(&["spec", key])) {
                let place = Location::new(entry.file, span);
                return Fact::set(Value::str(format!("{key}: {text}")), place);
            }
        }
        Fact::absent()
    })
}

/// `getExpectedPodCount` of the disruption controller: with `maxUnavailable` so many, with
/// `minAvailable` the pods above it; both percentages are rounded up. Whatever the number of pods,
/// 0 and 100 % leave none.
fn allowed<'m>(view: &View<'m>) -> Fact<'m> {
    of_budget(view, |pod, entry| {
        let Some(root) = entry.object.root() else {
            return Fact::unknown("the budget");
        };
        let total = replicas(view, pod, entry);
        let (read, is_min) = match bound(root, "maxUnavailable") {
            Read::Absent => (bound(root, "minAvailable"), true),
            read => (read, false),
        };
        let Read::Known(value, span) = read else {
            return Fact::unknown("what the budget says");
        };
        let count = match (value, is_min, total) {
            (IntOrText::Int(0) | IntOrText::Percent(0), false, _)
            | (IntOrText::Percent(100), true, _) => Some(0),
            (value, true, Some(total)) => value.of(total).map(|min| total - min),
            (value, false, Some(total)) => value.of(total),
            (IntOrText::Int(count), false, None) => Some(count),
            _ => None,
        };
        match count {
            Some(count) => number(count, [Location::new(entry.file, span)]),
            None => Fact::unknown("how many pods the budget counts"),
        }
    })
}

/// The pods that the budget counts: those of every workload that it selects.
fn replicas<'m>(view: &View<'m>, pod: &'m PodEntry<'m>, budget: ObjectEntry<'m>) -> Option<i64> {
    let root = budget.object.root()?;
    let selector = Selector::read(root, &["spec", "selector"])?;
    let (mut total, mut names) = (0, Vec::new());
    for other in view.model.objects_from(pod.file) {
        let Some(labels) = other.object.pod_labels() else {
            continue;
        };
        let same = other.file == pod.file && other.index == pod.object_index;
        let near = view.model.same_folder(other.file, pod.file);
        if !near || !other.object.shares_namespace(pod.object) {
            continue;
        }
        match selector.selects(labels, other.object.is_partial()) {
            Some(true) => {}
            Some(false) => continue,
            None => return None,
        }
        // The same workload once more is another environment's, not more pods.
        let name = (
            other.object.kind.as_str(),
            other.object.name.as_ref().map(|n| &*n.text),
        );
        if !same && names.contains(&name) {
            return None;
        }
        names.push(name);
        total += count(view, &other)?;
    }
    Some(total)
}

fn count<'m>(view: &View<'m>, entry: &ObjectEntry<'m>) -> Option<i64> {
    if !entry.object.is_scaled() {
        return None;
    }
    let pods = &view.model.cluster;
    if let Some(pod) = pods.pod_of(entry.file, entry.index) {
        let found =
            super::pod::autoscaler_of(view, pod, "HorizontalPodAutoscaler", "scaleTargetRef");
        if let Some(scaler) = found {
            return scaler.object.root()?.int(&["spec", "minReplicas"]).or(1);
        }
    }
    entry.object.root()?.int(&["spec", "replicas"]).or(1)
}

/// Two budgets of different names in the same folder that both select the pod.
fn second<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |pod| {
        let Some(first) = nearest(view, pod) else {
            return Fact::absent();
        };
        let name = |entry: &ObjectEntry<'m>| entry.object.name.as_ref().map(|name| &name.text);
        let (found, _) = budgets(view, pod);
        let other = found.into_iter().find(|entry| {
            view.model.same_folder(entry.file, first.file) && name(entry) != name(&first)
        });
        match other {
            Some(entry) => {
                let mut fact = Fact::set(Value::str(entry.title()), entry.anchor());
                fact.parts = vec![(first.anchor(), "the other one".to_owned())];
                fact
            }
            None => Fact::absent(),
        }
    })
}

fn unhealthy<'m>(view: &View<'m>) -> Fact<'m> {
    const PATH: &[&str] = &["spec", "unhealthyPodEvictionPolicy"];
    of_budget(view, |_, entry| {
        let Some(root) = entry.object.root() else {
            return Fact::unknown("the budget");
        };
        match root.text(PATH) {
            Read::Known(policy, span) => {
                Fact::set(Value::str(policy), Location::new(entry.file, span))
            }
            Read::Unknown => Fact::unknown("unhealthyPodEvictionPolicy"),
            Read::Absent => {
                let origin = Origin::Default(DefaultOf::Kubernetes);
                let slot = root.slot(entry.file, entry.index, PATH);
                Fact::new(Value::str("IfHealthyBudget"), origin).with_slot(slot)
            }
        }
    })
}
