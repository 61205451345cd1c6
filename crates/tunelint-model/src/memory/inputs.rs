//! What the budget asks the model, each number with its origin.

use super::{MIB, Operand, Sidecar, Term, WhatIf, streams_client};
use crate::client::Client;
use crate::jvm::Jvm;
use crate::model::{Container, Model, Setter, Workload, WorkloadSpec};
use tunelint_base::quantity::kubernetes_bytes;
use tunelint_base::{KafkaVersion, Location, Origin};

/// A workload with what belongs to it, under given circumstances.
#[derive(Debug)]
pub struct Inputs<'m> {
    /// The model.
    pub model: &'m Model<'m>,
    /// The workload.
    pub workload: &'m Workload,
    /// Its container.
    pub container: Option<&'m Container<'m>>,
    /// Its JVM.
    pub jvm: Option<&'m Jvm<'m>>,
    /// Its Streams application, and that one's index.
    pub streams: Option<(usize, &'m Client<'m>)>,
    /// What configures its RocksDB.
    pub setter: Option<&'m Setter<'m>>,
    /// What `tunelint.toml` states.
    pub spec: Option<&'m WorkloadSpec>,
    /// What is to be taken instead.
    pub what_if: &'m WhatIf,
}

impl<'m> Inputs<'m> {
    /// Of a workload; `None` where nothing shows that a JVM runs in it.
    #[must_use]
    pub fn new(model: &'m Model<'m>, workload: usize, what_if: &'m WhatIf) -> Option<Self> {
        let slot = model.workloads.get(workload)?;
        if slot.jvm.is_none() && slot.clients.is_empty() {
            return None;
        }
        let streams = streams_client(model, workload);
        Some(Self {
            model,
            workload: slot,
            container: slot.container.and_then(|at| model.containers.get(at)),
            jvm: slot.jvm.and_then(|at| model.jvms.get(at)),
            streams: streams.and_then(|at| Some((at, model.clients.get(at)?))),
            setter: slot.setter.and_then(|at| model.setters.get(at)),
            spec: slot.spec.and_then(|at| model.options.workloads.get(at)),
            what_if,
        })
    }

    /// The version of Kafka Streams.
    #[must_use]
    pub fn kafka(&self) -> KafkaVersion {
        let of_streams = self.streams.map(|(_, client)| client.kafka);
        let first = || {
            let at = self.workload.clients.first()?;
            Some(self.model.clients.get(*at)?.kafka)
        };
        of_streams
            .or_else(first)
            .unwrap_or_else(Model::default_kafka)
    }

    /// The container's memory limit.
    #[must_use]
    pub fn limit(&self) -> Option<Operand> {
        if let Some(limit) = self.what_if.limit {
            return Some(Operand::what_if("memory limit", limit).bytes());
        }
        let container = self.container?;
        let amount = container.facts.resources.memory_limit.as_ref()?;
        let place = Location::new(container.file, amount.text.span);
        Some(Operand::set("memory limit", amount.value?, place).bytes())
    }

    /// The processors that the JVM sees, if the CPU limit tells.
    #[must_use]
    pub fn processors(&self) -> Option<i64> {
        let limit = self.container?.facts.resources.cpu_limit.as_ref()?;
        Some((limit.value? + 999) / 1000)
    }

    /// A whole number of the Streams application's settings: what is written, else the default.
    /// `None` where it cannot be known.
    #[must_use]
    pub fn number(&self, key: &'static str, default: i64) -> Option<Operand> {
        let (_, client) = self.streams?;
        number_of(client, key, key, default)
    }

    /// `num.stream.threads`.
    #[must_use]
    pub fn threads(&self) -> Option<Operand> {
        let name = "num.stream.threads";
        match self.what_if.threads {
            Some(count) => Some(Operand::what_if(name, count)),
            None => self.number(name, 1),
        }
    }

    /// `num.standby.replicas`; a group that the brokers assign has its own setting for it.
    #[must_use]
    pub fn standbys(&self) -> Option<Operand> {
        let name = "num.standby.replicas";
        if let Some(count) = self.what_if.standby {
            return Some(Operand::what_if(name, count));
        }
        if self.is_assigned_by_brokers() {
            return Some(Operand::default(
                "standby replicas of the group",
                0,
                self.kafka(),
            ));
        }
        self.number(name, 0)
    }

    /// `max.warmup.replicas`, from 2.6 on.
    #[must_use]
    pub fn warmups(&self) -> Option<Operand> {
        let name = "max.warmup.replicas";
        if self.is_assigned_by_brokers() || self.kafka() < KafkaVersion::new(2, 6) {
            return Some(Operand::default(name, 0, self.kafka()));
        }
        self.number(name, 2)
    }

    fn is_assigned_by_brokers(&self) -> bool {
        self.streams
            .and_then(|(_, client)| client.written("group.protocol"))
            .is_some_and(|protocol| protocol.eq_ignore_ascii_case("streams"))
    }

    /// `spec.replicas`, if it is written.
    #[must_use]
    pub fn replicas(&self) -> Option<Operand> {
        if let Some(count) = self.what_if.replicas {
            return Some(Operand::what_if("replicas", count));
        }
        let container = self.container?;
        let (count, span) = container.object.replicas?;
        Some(Operand::set(
            "replicas",
            count.max(1),
            Location::new(container.file, span),
        ))
    }

    /// The partitions of the source topics, if they are stated.
    #[must_use]
    pub fn partitions(&self) -> Option<Operand> {
        if let Some(count) = self.what_if.partitions {
            return Some(Operand::what_if("partitions", count));
        }
        let spec = self.spec?;
        Some(stated(
            "partitions",
            spec.partitions?,
            spec.partitions_at.or(spec.location),
        ))
    }

    /// The other containers of the pod.
    #[must_use]
    pub fn sidecars(&self) -> Vec<Sidecar> {
        let Some(container) = self.container else {
            return Vec::new();
        };
        let all = container.object.pod.iter().flat_map(|pod| &pod.containers);
        let others = all.enumerate().filter(|(at, _)| *at != container.index);
        others
            .map(|(_, facts)| {
                let name = facts.name.as_ref();
                Sidecar {
                    name: name.map_or_else(|| "unnamed".to_owned(), |name| name.text.to_string()),
                    limit: facts
                        .resources
                        .memory_limit
                        .as_ref()
                        .and_then(|amount| amount.value),
                    place: Location::new(container.file, name.map_or(facts.span, |name| name.span)),
                }
            })
            .collect()
    }

    /// Files in memory count towards the limit: `emptyDir` with `medium: Memory`.
    #[must_use]
    pub fn memory_volumes(&self) -> Option<Term> {
        let container = self.container?;
        let volumes = container.object.pod.iter().flat_map(|pod| &pod.volumes);
        let mounted = volumes.filter(|volume| {
            let names = container.facts.mounts.iter().map(|(name, _)| name);
            names.into_iter().any(|name| *name == volume.name)
        });
        let mut operands = Vec::new();
        for memory in mounted.filter_map(|volume| volume.memory.as_ref()) {
            let place = Location::new(container.file, memory.span);
            // Without a bound of its own it may grow to the container's limit.
            let size = memory.size_limit.as_ref().map_or_else(
                || self.limit().map(|limit| limit.value),
                |text| kubernetes_bytes(text).ok(),
            )?;
            operands.push(Operand::set("emptyDir in memory", size, place).bytes());
        }
        let sum: i64 = operands.iter().map(|operand| operand.value).sum();
        (sum > 0).then(|| Term {
            name: "memory-volumes",
            expected: sum / 2,
            worst: sum,
            certain: 0,
            origin: Origin::Derived(operands.iter().filter_map(Operand::place).collect()),
            operands,
            why: "files in memory, half full and full".to_owned(),
        })
    }

    /// Puts what `tunelint.toml` measured or knows in the place of an estimate.
    pub fn override_term(&self, term: &mut Term) {
        let Some(spec) = self.spec else { return };
        let stated = spec.memory.iter().find(|stated| stated.term == term.name);
        if let Some(stated) = stated {
            term.expected = stated.bytes;
            term.worst = stated.bytes;
            term.certain = term.certain.min(stated.bytes);
            term.origin = stated
                .location
                .map_or_else(|| Origin::Override("tunelint.toml".to_owned()), Origin::Set);
            term.operands.clear();
            term.why = "stated in tunelint.toml".to_owned();
        }
    }
}

/// A whole number of a client's settings: what is written, else the default.
pub(super) fn number_of(
    client: &Client<'_>,
    key: &str,
    name: &'static str,
    default: i64,
) -> Option<Operand> {
    match client.entry(key) {
        None => Some(Operand::default(name, default, client.kafka)),
        Some(entry) => {
            let value = client.written(key)?.parse().ok()?;
            let place = Location::new(entry.file, entry.setting.span);
            Some(Operand::set(name, value, place))
        }
    }
}

/// A number of `tunelint.toml`.
pub(super) fn stated(name: &'static str, value: i64, at: Option<Location>) -> Operand {
    let origin = at.map_or_else(|| Origin::Override("tunelint.toml".to_owned()), Origin::Set);
    Operand::new(name, value, origin)
}

/// Bytes as whole MiB where they are such; for formulas in words.
pub(super) fn mib(bytes: i64) -> String {
    if bytes % MIB == 0 && bytes < 10_240 * MIB {
        format!("{} MiB", bytes / MIB)
    } else {
        tunelint_base::quantity::show_bytes(bytes)
    }
}
