//! Facts of what containers ask for and may use: quantities that are slips, and the pod's class.

use super::at::{Place, container, pod_spec};
use super::{Decl, decl, sized, text, truth};
use crate::kube::{At, ContainerFacts, Read, quantity_text};
use crate::value::{Fact, Type, Value};
use crate::view::View;
use tunelint_base::quantity::{kubernetes_bytes, kubernetes_millicores, parse_kubernetes};
use tunelint_base::{Entity, Unit};

const ON: Entity = Entity::Container;

pub(super) const FACTS: &[Decl] = &[
    decl(
        "container.cpu.slip",
        ON,
        Type::Str,
        "A CPU quantity of a hundred whole cores or more: the `m` is probably missing",
        cpu_slip,
    ),
    decl(
        "container.cpu.slip_fixed",
        ON,
        Type::Str,
        "The same number of thousandths",
        |view| with_suffix(cpu_slip(view), "m"),
    ),
    decl(
        "container.memory.decimal",
        ON,
        Type::Str,
        "The memory limit, where its unit is a power of ten: `4G`",
        decimal,
    ),
    decl(
        "container.memory.decimal_fixed",
        ON,
        Type::Str,
        "The same number of the power of two: `4Gi`",
        |view| with_suffix(decimal(view), "i"),
    ),
    decl(
        "container.memory.milli",
        ON,
        Type::Str,
        "A memory quantity in thousandths of a byte: `400m`",
        milli,
    ),
    decl(
        "container.memory.milli_fixed",
        ON,
        Type::Str,
        "The same number of mebibytes: `400Mi`",
        milli_fixed,
    ),
    decl(
        "container.memory.tiny",
        ON,
        Type::Str,
        "A memory limit below 1 MiB, in which no process starts: `512`",
        tiny,
    ),
    sized(
        "container.ephemeral.limit",
        ON,
        Unit::Bytes,
        "`resources.limits.ephemeral-storage`",
        ephemeral,
    ),
    decl(
        "container.main",
        ON,
        Type::Bool,
        "Whether it is the first container of its pod",
        |view| match view.container {
            Some(container) => truth(container.index == 0, []),
            None => Fact::unknown("the container"),
        },
    ),
    decl(
        "container.processors_set",
        ON,
        Type::Bool,
        "Whether `-XX:ActiveProcessorCount` tells its JVM how many processors it has",
        |view| {
            truth(
                view.jvm
                    .is_some_and(|jvm| jvm.last("ActiveProcessorCount").is_some()),
                [],
            )
        },
    ),
    decl(
        "pod.qos",
        Entity::Pod,
        Type::Str,
        "Its quality of service class: Guaranteed, Burstable or BestEffort",
        |view| class(view).0,
    ),
    decl(
        "pod.qos_reason",
        Entity::Pod,
        Type::Str,
        "What keeps it from the class Guaranteed",
        |view| class(view).1,
    ),
    decl(
        "pod.quantity_refused",
        Entity::Pod,
        Type::Str,
        "A quantity in its containers' resources that the API server refuses",
        refused,
    ),
    decl(
        "pod.request_over_limit",
        Entity::Pod,
        Type::Str,
        "A request that is above its limit, which the API server refuses",
        over,
    ),
    decl(
        "pod.unbounded_sidecar",
        Entity::Pod,
        Type::Str,
        "A container beside the ones that are judged that has no memory limit",
        sidecar,
    ),
];

const SECTIONS: [&str; 2] = ["limits", "requests"];

/// A quantity as the API server gets it, with its place.
fn quantity(at: At<'_>, path: &[&str]) -> Read<String> {
    at.resolved(path)
        .map(|(text, resolved)| quantity_text(text, resolved))
}

/// The first quantity of a resource that a test takes, of limits and then of requests.
fn first<'m>(
    view: &View<'m>,
    resource: &str,
    sections: &[&str],
    test: impl Fn(&str) -> bool,
) -> Fact<'m> {
    let Some(place) = container(view) else {
        return Fact::unknown("the container's resources");
    };
    for section in sections {
        if let Read::Known(text, span) = quantity(place.at, &["resources", section, resource])
            && test(&text)
        {
            return Fact::set(Value::str(text), place.location(span));
        }
    }
    Fact::absent()
}

/// The text of another fact with a suffix.
fn with_suffix<'m>(fact: Fact<'m>, suffix: &str) -> Fact<'m> {
    match &fact.value {
        Value::Str(found) => text(format!("{found}{suffix}")),
        _ => fact,
    }
}

fn cpu_slip<'m>(view: &View<'m>) -> Fact<'m> {
    first(view, "cpu", &SECTIONS, |text| {
        let whole = text.bytes().all(|byte| byte.is_ascii_digit());
        whole && kubernetes_millicores(text).is_ok_and(|millicores| millicores >= 100_000)
    })
}

fn milli<'m>(view: &View<'m>) -> Fact<'m> {
    first(view, "memory", &SECTIONS, |text| {
        // Beyond a GiB it is what a conversion of a fraction gives, and what was meant.
        text.ends_with('m') && kubernetes_bytes(text).is_ok_and(|bytes| bytes < 1 << 20)
    })
}

fn milli_fixed<'m>(view: &View<'m>) -> Fact<'m> {
    let fact = milli(view);
    match &fact.value {
        Value::Str(found) => text(format!("{}Mi", found.trim_end_matches('m'))),
        _ => fact,
    }
}

fn tiny<'m>(view: &View<'m>) -> Fact<'m> {
    first(view, "memory", &["limits"], |text| {
        let small = kubernetes_bytes(text).is_ok_and(|bytes| (1..1 << 20).contains(&bytes));
        small && !text.ends_with('m')
    })
}

fn decimal<'m>(view: &View<'m>) -> Fact<'m> {
    first(view, "memory", &["limits"], |text| {
        text.ends_with(['k', 'M', 'G', 'T']) && kubernetes_bytes(text).is_ok()
    })
}

fn ephemeral<'m>(view: &View<'m>) -> Fact<'m> {
    const PATH: &[&str] = &["resources", "limits", "ephemeral-storage"];
    const WHAT: &str = "the limit of ephemeral storage";
    container(view).map_or_else(
        || Fact::unknown(WHAT),
        |place| {
            let read = quantity(place.at, PATH).map(|text| kubernetes_bytes(&text).ok());
            place.fact(WHAT, PATH, read, Value::Int)
        },
    )
}

/// The containers of the view's pod with their nodes: those that run, then those that go before.
fn containers<'m>(view: &View<'m>) -> Option<(Place<'m>, Vec<(&'m ContainerFacts, At<'m>)>)> {
    let pod = view.pod()?;
    let spec = pod_spec(view)?;
    let all = pod.pod.containers.iter().chain(&pod.pod.init);
    let all: Option<Vec<_>> = all
        .map(|facts| Some((facts, facts.at(pod.object)?)))
        .collect();
    Some((spec, all?))
}

fn name(facts: &ContainerFacts) -> &str {
    facts.name.as_ref().map_or("", |name| &*name.text)
}

/// `ValidateResourceRequirements`: every quantity is parsed, whatever it is of.
fn refused<'m>(view: &View<'m>) -> Fact<'m> {
    let Some((spec, all)) = containers(view) else {
        return Fact::unknown("the containers' resources");
    };
    for (_, at) in all {
        for section in SECTIONS {
            for (key, _, _) in at.pairs(&["resources", section]) {
                let path = ["resources", section, key];
                if let Read::Known(text, span) = quantity(at, &path)
                    && parse_kubernetes(&text).is_err()
                {
                    return Fact::set(Value::str(text), spec.location(span));
                }
            }
        }
    }
    Fact::absent()
}

fn over<'m>(view: &View<'m>) -> Fact<'m> {
    let Some((spec, all)) = containers(view) else {
        return Fact::unknown("the containers' resources");
    };
    for (facts, at) in all {
        for (key, _, _) in at.pairs(&["resources", "requests"]) {
            let read = |section| quantity(at, &["resources", section, key]);
            let (Read::Known(request, span), Read::Known(limit, limit_span)) =
                (read("requests"), read("limits"))
            else {
                continue;
            };
            let values = (parse_kubernetes(&request), parse_kubernetes(&limit));
            if let (Ok(asked), Ok(allowed)) = values
                && asked > allowed
            {
                let message = format!(
                    "the container `{}` requests {request} of {key} with a limit of {limit}",
                    name(facts)
                );
                let mut fact = Fact::set(Value::str(message), spec.location(span));
                fact.parts = vec![(spec.location(limit_span), "the limit".to_owned())];
                return fact;
            }
        }
    }
    Fact::absent()
}

/// The class and what keeps the pod from `Guaranteed`, as `ComputePodQOS`: every container, init
/// containers as well, has limits of CPU and memory, and requests that equal them.
fn class<'m>(view: &View<'m>) -> (Fact<'m>, Fact<'m>) {
    let unknown = || Fact::unknown("the containers' resources");
    let Some((spec, all)) = containers(view) else {
        return (unknown(), unknown());
    };
    if spec.at.is_partial() || !matches!(spec.at.find(&["resources"]), Read::Absent) {
        return (unknown(), unknown());
    }
    let (mut reason, mut asks) = (None, false);
    for (facts, at) in all {
        for resource in ["cpu", "memory"] {
            let read = |section| {
                let text = quantity(at, &["resources", section, resource]);
                text.map(|text| parse_kubernetes(&text).ok())
            };
            let (limit, request) = (read("limits"), read("requests"));
            asks |= limit != Read::Absent || request != Read::Absent;
            let equal = match (&limit, &request) {
                (Read::Unknown, _) | (_, Read::Unknown) => return (unknown(), unknown()),
                (Read::Absent, _) => Err("has no limit of"),
                (Read::Known(..), Read::Absent) => Ok(()),
                (Read::Known(limit, _), Read::Known(request, _)) if limit == request => Ok(()),
                _ => Err("requests less than its limit of"),
            };
            if let Err(how) = equal
                && reason.is_none()
            {
                let what = if resource == "cpu" { "CPU" } else { "memory" };
                reason = Some(format!("the container `{}` {how} {what}", name(facts)));
            }
        }
    }
    match reason {
        None => (text("Guaranteed"), Fact::absent()),
        Some(reason) if asks => (text("Burstable"), text(reason)),
        Some(reason) => (text("BestEffort"), text(reason)),
    }
}

fn sidecar<'m>(view: &View<'m>) -> Fact<'m> {
    let (Some(pod), Some(spec)) = (view.pod(), pod_spec(view)) else {
        return Fact::unknown("the pod");
    };
    if spec.at.is_partial() {
        return Fact::unknown("the containers' resources");
    }
    let judged = |index: usize| {
        let mut containers = pod.containers.iter();
        containers.any(|at| view.model.containers[*at].index == index)
    };
    let mut all = pod.pod.containers.iter().enumerate();
    let found = all.find(|(index, facts)| {
        let limit = facts.resources.memory_limit.is_none() && !facts.resources.templated;
        limit && !judged(*index)
    });
    match found.and_then(|(_, facts)| facts.name.as_ref()) {
        Some(name) => Fact::set(Value::str(&*name.text), spec.location(name.span)),
        None => Fact::absent(),
    }
}
