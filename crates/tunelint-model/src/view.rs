//! One thing in the model with what belongs to it: where facts are asked.

use crate::client::{Client, Entry, Target};
use crate::cluster::{ObjectEntry, PodEntry};
use crate::file::BrokenCommand;
use crate::jvm::{Flag, Jvm, OptionString};
use crate::memory::{Budget, budget, streams_client};
use crate::model::{Container, EntityRef, Model, Setter, SourceFile, Workload};
use crate::validity::{Refusal, refusal};
use std::cell::OnceCell;
use tunelint_base::{FileId, Location};
use tunelint_java::OptionCall;

/// One thing in the model, and the things around it that are certain: the container of a JVM, the
/// client of a setting, the only Streams application of a workload.
#[derive(Debug)]
pub struct View<'m> {
    /// The model.
    pub model: &'m Model<'m>,
    /// The thing.
    pub entity: EntityRef,
    /// Its file.
    pub file: Option<(FileId, &'m SourceFile)>,
    /// Its client.
    pub client: Option<&'m Client<'m>>,
    /// Its setting.
    pub setting: Option<Entry<'m>>,
    /// Its JVM.
    pub jvm: Option<&'m Jvm<'m>>,
    /// Its option, with place and string.
    pub flag: Option<(Location, &'m OptionString, &'m Flag)>,
    /// Its container.
    pub container: Option<&'m Container<'m>>,
    /// Its workload, and the workload's index.
    pub workload: Option<(usize, &'m Workload)>,
    /// Its broken command.
    pub command: Option<(FileId, &'m BrokenCommand)>,
    /// Its class that configures RocksDB.
    pub setter: Option<&'m Setter<'m>>,
    /// Its call on RocksDB's options.
    pub option: Option<&'m OptionCall>,
    budget: OnceCell<Option<Budget>>,
    refusal: OnceCell<Option<Refusal>>,
    targets: OnceCell<Vec<Target<'m>>>,
}

impl<'m> View<'m> {
    /// The view of one thing.
    #[must_use]
    pub fn new(model: &'m Model<'m>, entity: EntityRef) -> Self {
        let mut view = Self {
            model,
            entity,
            file: None,
            client: None,
            setting: None,
            jvm: None,
            flag: None,
            container: None,
            workload: None,
            command: None,
            setter: None,
            option: None,
            budget: OnceCell::new(),
            refusal: OnceCell::new(),
            targets: OnceCell::new(),
        };
        match entity {
            EntityRef::File(at) => view.set_file(FileId(u32::try_from(at).unwrap_or(u32::MAX))),
            EntityRef::Setting(at, index) => {
                view.set_client(at);
                view.setting = view
                    .client
                    .and_then(|client| client.settings.get(index).copied());
                if let Some(entry) = view.setting {
                    view.set_file(entry.file);
                }
            }
            EntityRef::Client(at) => view.set_client(at),
            EntityRef::Jvm(at) => view.set_jvm(at),
            EntityRef::Flag(at, index) => {
                view.set_jvm(at);
                view.flag = view.jvm.and_then(|jvm| jvm.flags().nth(index));
                if let Some((location, ..)) = view.flag {
                    view.set_file(location.file);
                }
            }
            EntityRef::Container(at) => view.set_container(at),
            EntityRef::Pod(at) => {
                if let Some(pod) = model.cluster.pods.get(at) {
                    view.set_file(pod.file);
                }
            }
            EntityRef::Workload(at) => view.set_workload(at),
            EntityRef::ConfigSetter(at) => view.set_setter(at),
            EntityRef::RocksOption(at, index) => {
                view.set_setter(at);
                view.option = view.setter.and_then(|setter| setter.facts.calls.get(index));
            }
            EntityRef::Object(at) => {
                if let Some(entry) = model.cluster.objects.get(at) {
                    view.set_file(entry.file);
                }
            }
            EntityRef::Command(at) => {
                view.command = model.commands.get(at).copied();
                if let Some((file, _)) = view.command {
                    view.set_file(file);
                }
            }
        }
        view
    }

    fn set_file(&mut self, id: FileId) {
        self.file = self.model.file(id).map(|file| (id, file));
    }

    fn set_client(&mut self, at: usize) {
        let Some(client) = self.model.clients.get(at) else {
            return;
        };
        self.client = Some(client);
        if let Some(workload) = client.workload {
            self.set_workload(workload);
        }
        self.client = Some(client);
        self.set_file(client.file);
    }

    fn set_jvm(&mut self, at: usize) {
        let Some(jvm) = self.model.jvms.get(at) else {
            return;
        };
        if let Some(container) = jvm.container {
            self.set_container(container);
        }
        self.jvm = Some(jvm);
        if let Some(anchor) = jvm.anchor() {
            self.set_file(anchor.file);
        }
    }

    fn set_container(&mut self, at: usize) {
        let Some(container) = self.model.containers.get(at) else {
            return;
        };
        if let Some(workload) = container.workload {
            self.set_workload(workload);
        }
        self.container = Some(container);
        self.set_file(container.file);
    }

    fn set_setter(&mut self, at: usize) {
        let Some(setter) = self.model.setters.get(at) else {
            return;
        };
        if let Some(workload) = setter.workload {
            self.set_workload(workload);
        }
        self.setter = Some(setter);
        self.set_file(setter.file);
    }

    fn set_workload(&mut self, at: usize) {
        let model = self.model;
        let Some(workload) = model.workloads.get(at) else {
            return;
        };
        self.workload = Some((at, workload));
        self.container = workload.container.and_then(|at| model.containers.get(at));
        self.jvm = workload.jvm.and_then(|at| model.jvms.get(at));
        let only = match workload.clients.as_slice() {
            [one] => Some(*one),
            _ => streams_client(model, at),
        };
        self.client = only.and_then(|at| model.clients.get(at));
        self.setter = workload.setter.and_then(|at| model.setters.get(at));
        let file = self
            .container
            .map(|container| container.file)
            .or(self.client.map(|client| client.file));
        if let Some(file) = file {
            self.set_file(file);
        }
    }

    /// What the workload can use of memory; worked out once.
    pub fn budget(&self) -> Option<&Budget> {
        self.budget
            .get_or_init(|| self.workload.and_then(|(at, _)| budget(self.model, at)))
            .as_ref()
    }

    /// Why the setting's value is refused, if it is; found out once.
    pub fn refusal(&self) -> Option<Refusal> {
        let find = || {
            let client = self.client?;
            // A line that the same key further down makes void is never parsed.
            let void = match self.entity {
                EntityRef::Setting(_, index) => client.again.get(index).copied().flatten(),
                _ => None,
            };
            match void {
                Some(_) => None,
                None => refusal(client, &self.setting?, self.targets()),
            }
        };
        *self.refusal.get_or_init(find)
    }

    /// The ConfigDefs that read the setting; found out once.
    pub fn targets(&self) -> &[Target<'m>] {
        let find = || match (self.client, self.setting) {
            (Some(client), Some(entry)) => client.kind.targets(entry.name),
            _ => Vec::new(),
        };
        self.targets.get_or_init(find)
    }

    /// Its pod: the one that it is, or that its container runs in.
    #[must_use]
    pub fn pod(&self) -> Option<&'m PodEntry<'m>> {
        let cluster = &self.model.cluster;
        if let EntityRef::Pod(at) = self.entity {
            return cluster.pods.get(at);
        }
        let container = self.container?;
        cluster.pod_of(container.file, container.object_index)
    }

    /// The object that it is, or that makes its pod.
    #[must_use]
    pub fn object(&self) -> Option<ObjectEntry<'m>> {
        if let EntityRef::Object(at) = self.entity {
            return self.model.cluster.objects.get(at).copied();
        }
        self.pod().map(|pod| ObjectEntry {
            file: pod.file,
            index: pod.object_index,
            object: pod.object,
        })
    }

    /// What it is called in reports.
    #[must_use]
    pub fn name(&self) -> String {
        match self.entity {
            EntityRef::File(_) => self
                .file
                .map(|(_, file)| file.path.clone())
                .unwrap_or_default(),
            EntityRef::Setting(..) | EntityRef::Client(_) => {
                self.client.map(|c| c.name.clone()).unwrap_or_default()
            }
            EntityRef::Jvm(_) | EntityRef::Flag(..) => {
                self.jvm.map(|jvm| jvm.name.clone()).unwrap_or_default()
            }
            EntityRef::Container(_) => self.container.map(|c| c.name.clone()).unwrap_or_default(),
            EntityRef::Pod(_) => self.pod().map(PodEntry::title).unwrap_or_default(),
            EntityRef::Object(_) => self.object().map(|o| o.title()).unwrap_or_default(),
            EntityRef::Workload(_) => self
                .workload
                .map(|(_, w)| w.name.clone())
                .unwrap_or_default(),
            EntityRef::ConfigSetter(_) | EntityRef::RocksOption(..) => self
                .setter
                .map(|setter| setter.name().to_owned())
                .unwrap_or_default(),
            EntityRef::Command(_) => self
                .command
                .map(|(_, c)| c.program.clone())
                .unwrap_or_default(),
        }
    }

    /// Where to point when no fact has a place.
    #[must_use]
    pub fn anchor(&self) -> Option<Location> {
        match self.entity {
            EntityRef::File(_) => self.file.map(|(id, _)| Model::file_start(id)),
            EntityRef::Setting(..) => self
                .setting
                .map(|entry| Location::new(entry.file, entry.setting.span)),
            EntityRef::Client(_) => self.client.map(Client::anchor),
            EntityRef::Jvm(_) => self.jvm.and_then(Jvm::anchor),
            EntityRef::Flag(..) => self.flag.map(|(location, ..)| location),
            EntityRef::Container(_) => self.container.map(Container::anchor),
            EntityRef::Pod(_) => self.pod().map(PodEntry::anchor),
            EntityRef::Object(_) => self.object().map(|object| object.anchor()),
            EntityRef::Workload(_) => {
                let client = || self.client.map(Client::anchor);
                self.container.map(Container::anchor).or_else(client)
            }
            EntityRef::ConfigSetter(_) => self.setter.map(Setter::anchor),
            EntityRef::RocksOption(..) => self
                .setter
                .zip(self.option)
                .map(|(setter, option)| Location::new(setter.file, option.span)),
            EntityRef::Command(_) => self
                .command
                .map(|(file, command)| Location::new(file, command.first)),
        }
    }
}
