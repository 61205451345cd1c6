//! Facts of a container.

use super::{Decl, decl, number, sized, text, truth};
use crate::jvm::{Carrier, OptionString};
use crate::kube::{Amount, Platform, Resources};
use crate::model::Container;
use crate::value::{Fact, Type, Value};
use crate::view::View;
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
        "`resources.requests.cpu`",
        |view| amount(view, "the CPU request", |r| &r.cpu_request),
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
        "What runs it: kubernetes, compose, systemd, or image where nothing but a Dockerfile is known",
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
            // What runs an image sets its limits; a service is no container unless it has some.
            None if matches!(container.platform(), Platform::Image | Platform::Systemd) => {
                Fact::unknown(what)
            }
            None => Fact::absent(),
        }
    })
}

/// The API server copies a limit into the request that is not there.
fn request<'m>(view: &View<'m>) -> Fact<'m> {
    let request = amount(view, "the memory request", |r| &r.memory_request);
    if request.value == Value::Absent {
        amount(view, "the memory limit", |r| &r.memory_limit)
    } else {
        request
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
