//! Facts of a container.

use super::{Decl, decl, number, sized, text, truth};
use crate::jvm::{Carrier, OptionString};
use crate::kube::{Amount, Platform, Read, Resources, quantity_text};
use crate::model::Container;
use crate::value::{Fact, Type, Value};
use crate::view::View;
use tunelint_base::quantity::{kubernetes_bytes, kubernetes_millicores};
use tunelint_base::{Entity, Location, Unit};

const ON: Entity = Entity::Container;

pub(super) const FACTS: &[Decl] = &[
    sized(
        "container.cpu.limit",
        ON,
        Unit::Millicores,
        "`resources.limits.cpu`, `cpus` of Compose, `CPUQuota` of systemd",
        |view| amount(view, "the CPU limit", |r| &r.cpu_limit),
    ),
    sized(
        "container.cpu.request",
        ON,
        Unit::Millicores,
        "`resources.requests.cpu`; the limit where only that is set",
        |view| {
            or_limit(
                view,
                ["the CPU request", "the CPU limit"],
                |r| &r.cpu_request,
                |r| &r.cpu_limit,
            )
        },
    ),
    decl("container.image", ON, Type::Str, "The image", image),
    decl(
        "container.java_seen",
        ON,
        Type::Bool,
        "Whether its command is seen to start `java`",
        java_seen,
    ),
    sized(
        "container.memory.limit",
        ON,
        Unit::Bytes,
        "`resources.limits.memory`, `mem_limit` of Compose, `MemoryMax` of systemd",
        |view| amount(view, "the memory limit", |r| &r.memory_limit),
    ),
    sized(
        "container.memory.request",
        ON,
        Unit::Bytes,
        "`resources.requests.memory`; the limit where only that is set",
        request,
    ),
    decl(
        "container.name",
        ON,
        Type::Str,
        "What it is called in reports",
        name,
    ),
    decl(
        "container.platform",
        ON,
        Type::Str,
        "What runs it: kubernetes, an operator, compose, systemd, or image where nothing but its image is known",
        platform,
    ),
    decl(
        "container.processors",
        ON,
        Type::Int,
        "The processors that a JVM in it sees: the CPU limit, rounded up",
        processors,
    ),
    decl(
        "container.resources",
        ON,
        Type::Bool,
        "Whether `resources` is there",
        resources,
    ),
    decl(
        "container.runs_java",
        ON,
        Type::Bool,
        "Whether options or a command show that Java runs in it",
        runs_java,
    ),
    decl(
        "container.unread_options",
        ON,
        Type::Str,
        "The variable with JVM options that nothing seen reads",
        unread,
    ),
];

fn with<'m>(view: &View<'m>, then: impl FnOnce(&'m Container<'m>) -> Fact<'m>) -> Fact<'m> {
    view.container
        .map_or_else(|| Fact::unknown("the container"), then)
}

fn amount<'m>(
    view: &View<'m>,
    what: &'static str,
    get: fn(&Resources) -> &Option<Amount>,
) -> Fact<'m> {
    with(view, |container| {
        let resources = &container.facts.resources;
        match get(resources) {
            Some(amount) => {
                let location = Location::new(container.file, amount.text.span);
                let value = amount.value.map_or_else(
                    || Value::unknown(format!("{what}, `{}`", amount.text.text)),
                    Value::Int,
                );
                Fact::set(value, location)
            }
            None if resources.templated => Fact::unknown(format!("{what}, behind a template")),
            None if container.object.is_part() => Fact::unknown(format!("{what}, in a part")),
            // What runs an image sets its limits; a service is no container unless it has some.
            None if matches!(container.platform(), Platform::Image | Platform::Systemd) => {
                Fact::unknown(what)
            }
            None => absent(view, container, what),
        }
    })
}

/// What nobody wrote: the default of the namespace, else nothing, and where it could be written.
fn absent<'m>(view: &View<'m>, container: &'m Container<'m>, what: &'static str) -> Fact<'m> {
    let path: &[&str] = match what {
        "the memory limit" => &["resources", "limits", "memory"],
        "the memory request" => &["resources", "requests", "memory"],
        "the CPU limit" => &["resources", "limits", "cpu"],
        _ => &["resources", "requests", "cpu"],
    };
    let Some(at) = container.facts.at(container.object) else {
        return Fact::absent();
    };
    let default = namespace_default(view, container, path);
    let fact = default.unwrap_or_else(Fact::absent);
    fact.with_slot(at.slot(container.file, container.object_index, path))
}

/// What a `LimitRange` of the container's namespace fills in.
fn namespace_default<'m>(
    view: &View<'m>,
    container: &'m Container<'m>,
    path: &[&str],
) -> Option<Fact<'m>> {
    let ranges = view.model.objects_of("LimitRange", container.file);
    let ranges = ranges.filter(|range| {
        let named = range.object.namespace.is_some()
            && range.object.namespace == container.object.namespace;
        let near = view.model.same_folder(range.file, container.file);
        named || (near && range.object.shares_namespace(container.object))
    });
    let range = view.model.nearest(container.file, ranges)?;
    let mut limits = range.object.root()?.items(&["spec", "limits"]);
    let limit = limits.find(|item| item.text(&["type"]).known() == Some("Container"))?;
    let [_, section, name] = path else {
        return None;
    };
    // A request that is not there becomes the default request, else the default limit.
    let sections: &[&str] = match *section {
        "requests" => &["defaultRequest", "default"],
        _ => &["default"],
    };
    let mut found = sections.iter().map(|key| limit.resolved(&[key, name]));
    let Read::Known((text, resolved), span) = found.find(|read| *read != Read::Absent)? else {
        return Some(Fact::unknown("the default of the namespace"));
    };
    let quantity = quantity_text(text, resolved)?;
    let value = match *name {
        "cpu" => kubernetes_millicores(&quantity),
        _ => kubernetes_bytes(&quantity),
    };
    Some(number(value.ok()?, [Location::new(range.file, span)]))
}

/// The API server copies a limit into the request that is not there, before the namespace's
/// defaults come in.
fn request<'m>(view: &View<'m>) -> Fact<'m> {
    let asks = |container: &Container<'_>| {
        matches!(
            container.platform(),
            Platform::Kubernetes | Platform::Operator
        )
    };
    if view.container.is_some_and(|container| !asks(container)) {
        return Fact::absent();
    }
    or_limit(
        view,
        ["the memory request", "the memory limit"],
        |r| &r.memory_request,
        |r| &r.memory_limit,
    )
}

fn or_limit<'m>(
    view: &View<'m>,
    [request, limit]: [&'static str; 2],
    of_request: fn(&Resources) -> &Option<Amount>,
    of_limit: fn(&Resources) -> &Option<Amount>,
) -> Fact<'m> {
    let written = view.container.is_some_and(|container| {
        let resources = &container.facts.resources;
        of_request(resources).is_none() && of_limit(resources).is_some()
    });
    if written {
        amount(view, limit, of_limit)
    } else {
        amount(view, request, of_request)
    }
}

fn image<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |container| {
        container
            .facts
            .image
            .as_ref()
            .map_or_else(Fact::absent, |image| {
                Fact::set(
                    Value::str(&*image.text),
                    Location::new(container.file, image.span),
                )
            })
    })
}

fn java_seen<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |container| match container.java {
        Some(place) => Fact::set(Value::Bool(true), place),
        None => truth(false, []),
    })
}

fn name<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |container| text(container.name.as_str()))
}

fn platform<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |container| text(container.platform().as_str()))
}

/// `os::active_processor_count`: quota over period, rounded up.
fn processors<'m>(view: &View<'m>) -> Fact<'m> {
    let limit = amount(view, "the CPU limit", |r| &r.cpu_limit);
    match limit.value {
        Value::Int(millicores) => number((millicores + 999) / 1000, limit.origin.location()),
        Value::Absent => Fact::unknown("the CPU limit"),
        _ => limit,
    }
}

fn resources<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |container| match container.facts.resources.key {
        Some(span) => Fact::set(Value::Bool(true), Location::new(container.file, span)),
        None => truth(false, []),
    })
}

fn runs_java<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |container| {
        truth(container.java.is_some() || container.jvm.is_some(), [])
    })
}

/// A variable that only a start script could read, where the command does not name it.
fn unread<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |container| {
        let mut strings = container.environment.iter();
        let unread = strings.find(|(_, string)| is_unread(view, container, string));
        unread.map_or_else(Fact::absent, |(file, string)| {
            Fact::set(
                Value::str(&*string.name),
                Location::new(*file, string.name_span),
            )
        })
    })
}

fn is_unread(view: &View<'_>, container: &Container<'_>, string: &OptionString) -> bool {
    let name = &*string.name;
    if string.carrier != Carrier::Script || container.expands.contains(&name) {
        return false;
    }
    let script = container.script.and_then(|file| view.model.file(file));
    if script.is_some_and(|file| file.text.as_str().contains(name)) {
        return false;
    }
    let facts = container.facts;
    let words = facts.command.iter().chain(&facts.args);
    if words.into_iter().any(|word| word.text.contains(name)) {
        return false;
    }
    if container.java.is_some() {
        return true;
    }
    // The image's own script may read it: known ones do, and any script that is started may. An
    // image that a template fills in can be any.
    let image = facts.image.as_ref();
    let open = image.is_some_and(|image| image.placeholder)
        || !container.images.is_empty()
        || container.platform() == Platform::Systemd;
    let image = image.map_or("", |image| &image.text);
    !open && facts.command.is_empty() && name.starts_with("JAVA_") && !reads_java_opts(image)
}

/// Images whose start script puts `JAVA_OPTS` on the command line.
fn reads_java_opts(image: &str) -> bool {
    let known = [
        "kafka",
        "tomcat",
        "wildfly",
        "jboss",
        "keycloak",
        "debezium",
        "akhq",
        "kafdrop",
        "openjdk-",
        "java-11-openjdk",
        "java-17-openjdk",
        "pinot",
        "ubi8/openjdk",
        "ubi9/openjdk",
        "run-java",
        "schema-registry",
        "ksqldb",
        "connect",
        "zookeeper",
        "elasticsearch",
        "logstash",
        "flink",
        "spark",
        "jenkins",
        "activemq",
        "nifi",
        "druid",
        "strimzi",
    ];
    known.iter().any(|word| image.contains(word))
}
