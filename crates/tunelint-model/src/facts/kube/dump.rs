//! Facts of where a JVM writes logs and dumps, and of the port of its exporter.

use super::at::pod_spec;
use super::volume::{mounts, on_volume};
use super::{Decl, decl, sized, truth};
use crate::kube::{Read, mount_of, quantity_text};
use crate::setting::is_placeholder;
use crate::value::{Fact, Type, Value};
use crate::view::View;
use tunelint_base::quantity::kubernetes_bytes;
use tunelint_base::{Entity, Location, Unit};

const ON: Entity = Entity::Jvm;

pub(super) const FACTS: &[Decl] = &[
    decl(
        "jvm.dump_path",
        ON,
        Type::Str,
        "Where it puts a heap dump: `-XX:HeapDumpPath`, where dumps are on",
        dump_path,
    ),
    decl(
        "jvm.dump_volume",
        ON,
        Type::Str,
        "What is mounted there: claim, empty-dir, memory, host-path, other, read-only or none",
        |view| on_volume(view, &dump_path(view)),
    ),
    sized(
        "jvm.dump_volume_limit",
        ON,
        Unit::Bytes,
        "`sizeLimit` of the `emptyDir` that is mounted there",
        dump_volume_limit,
    ),
    decl(
        "jvm.log_path",
        ON,
        Type::Str,
        "The file to which it logs: `-Xlog:…:file=` or `-Xloggc:`",
        log_path,
    ),
    decl(
        "jvm.log_volume",
        ON,
        Type::Str,
        "What is mounted there: claim, empty-dir, memory, host-path, other, read-only or none",
        |view| on_volume(view, &log_path(view)),
    ),
    decl(
        "jvm.exporter_port",
        ON,
        Type::Int,
        "The port on which an exporter in it (`-javaagent:…=PORT:…`) answers Prometheus",
        exporter_port,
    ),
    decl(
        "jvm.exporter_port_declared",
        ON,
        Type::Bool,
        "Whether the container declares that port",
        |view| {
            let ports = view.container.and_then(|c| c.facts.ports(c.object));
            match (exporter_port(view).int(), ports) {
                (Some(port), Some(ports)) => {
                    truth(ports.iter().any(|declared| declared.number == port), [])
                }
                _ => Fact::unknown("the container's ports"),
            }
        },
    ),
    decl(
        "pod.scrape_port",
        Entity::Pod,
        Type::Int,
        "The port that its annotation `prometheus.io/port` names, where `prometheus.io/scrape` is on",
        scrape_port,
    ),
];

/// A path as the JVM gets it, if it is one that can be looked up among the mounts.
fn path<'m>(found: Option<(Location, &'m str)>, what: &'static str) -> Fact<'m> {
    match found {
        Some((_, path)) if is_placeholder(path) => Fact::unknown(what),
        Some((location, path)) => Fact::set(Value::str(path), location),
        None => Fact::absent(),
    }
}

/// Also without the switch the path serves `jcmd` and the diagnostic command, but nobody waits for it.
fn dump_path<'m>(view: &View<'m>) -> Fact<'m> {
    let Some(jvm) = view.jvm else {
        return Fact::unknown("the JVM");
    };
    let is_on = jvm
        .switch("HeapDumpOnOutOfMemoryError")
        .is_some_and(|(_, on)| on);
    if !is_on {
        return Fact::absent();
    }
    path(jvm.last("HeapDumpPath"), "HeapDumpPath")
}

fn log_path<'m>(view: &View<'m>) -> Fact<'m> {
    let Some(jvm) = view.jvm else {
        return Fact::unknown("the JVM");
    };
    let found = jvm.flags().rev().find_map(|(location, _, flag)| {
        if let Some(path) = flag.text.strip_prefix("-Xloggc:") {
            return Some((location, path));
        }
        let output = flag.text.strip_prefix("-Xlog:")?.split_once("file=")?.1;
        // Decorators and options follow a colon; quotes may keep one in the path.
        let end = output.strip_prefix('"').map_or_else(
            || output.split(':').next(),
            |quoted| quoted.split('"').next(),
        );
        Some((location, end?))
    });
    path(found, "the log file of the JVM")
}

fn dump_volume_limit<'m>(view: &View<'m>) -> Fact<'m> {
    let found = dump_path(view);
    let (Value::Str(path), Some((container, mounts)), Some(spec)) =
        (&found.value, mounts(view), pod_spec(view))
    else {
        return Fact::unknown("the volume of the heap dump");
    };
    let Some(mount) = mount_of(&mounts, path) else {
        return Fact::absent();
    };
    let mut volumes = spec.at.items(&["volumes"]);
    let volume = volumes.find(|item| item.text(&["name"]).known() == Some(mount.volume.as_str()));
    let limit = volume.map(|volume| volume.resolved(&["emptyDir", "sizeLimit"]));
    match limit {
        Some(Read::Known((text, resolved), span)) => {
            let bytes = quantity_text(text, resolved).and_then(|text| kubernetes_bytes(&text).ok());
            match bytes {
                Some(bytes) => Fact::set(Value::Int(bytes), Location::new(container.file, span)),
                None => Fact::unknown("sizeLimit"),
            }
        }
        Some(Read::Unknown) => Fact::unknown("sizeLimit"),
        _ => Fact::absent(),
    }
}

/// `-javaagent:/opt/jmx_prometheus_javaagent.jar=9404:/etc/config.yml`, also `=HOST:9404:…`.
fn exporter_port<'m>(view: &View<'m>) -> Fact<'m> {
    let Some(jvm) = view.jvm else {
        return Fact::unknown("the JVM");
    };
    for (location, _, flag) in jvm.flags() {
        let Some((jar, options)) = flag
            .text
            .strip_prefix("-javaagent:")
            .and_then(|rest| rest.split_once('='))
        else {
            continue;
        };
        let is_exporter = jar.contains("jmx_prometheus") || jar.contains("jmx-exporter");
        let mut words = options.split(':').take(2);
        if let Some(port) = words.find_map(|word| word.parse::<u16>().ok())
            && is_exporter
        {
            return Fact::set(Value::Int(i64::from(port)), location);
        }
    }
    Fact::absent()
}

fn scrape_port<'m>(view: &View<'m>) -> Fact<'m> {
    let (Some(pod), Some(root)) = (view.pod(), super::at::root(view)) else {
        return Fact::unknown("the pod");
    };
    let annotations: &[&str] = match pod.object.kind.as_str() {
        "Pod" => &["metadata", "annotations"],
        "CronJob" => &[
            "spec",
            "jobTemplate",
            "spec",
            "template",
            "metadata",
            "annotations",
        ],
        _ => &["spec", "template", "metadata", "annotations"],
    };
    let Some(annotations) = root.at.get(annotations) else {
        return Fact::absent();
    };
    if annotations.text(&["prometheus.io/scrape"]).known() != Some("true") {
        return Fact::absent();
    }
    match annotations.text(&["prometheus.io/port"]) {
        Read::Known(port, span) => match port.parse() {
            Ok(port) => Fact::set(Value::Int(port), root.location(span)),
            Err(_) => Fact::unknown("prometheus.io/port"),
        },
        Read::Unknown => Fact::unknown("prometheus.io/port"),
        Read::Absent => Fact::absent(),
    }
}
