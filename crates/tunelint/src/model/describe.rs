//! From the model to plain data without secrets.

use super::data::{
    ClientText, Container, Described, FactText, File, Image, Jvm, OriginText, Place, SetterText,
    Skipped, StoreText, Workload,
};
use crate::redact::{REDACTED, Redactor};
use tunelint_base::origin::DefaultOf;
use tunelint_base::{Entity, FileId, Location, Origin};
use tunelint_catalog::kafka::{Key, keys};
use tunelint_model::client::Entry;
use tunelint_model::facts::effective;
use tunelint_model::model::{Setter, StoreKind};
use tunelint_model::{Client, EntityRef, Language, Model, SourceFile, Type, View};

/// Describes everything in the model.
pub(super) fn describe(model: &Model<'_>, skipped: &[(String, String)]) -> Described {
    let teller = Teller {
        model,
        redactor: Redactor::new(model.files),
    };
    let clients = model
        .clients
        .iter()
        .enumerate()
        .map(|(at, client)| teller.client(at, client));
    let jvms = model.jvms.iter().enumerate().map(|(at, jvm)| Jvm {
        name: jvm.name.clone(),
        java: jvm.java.0,
        java_is_assumed: !jvm.java_known,
        java_from: jvm.java_from.as_ref().map(|(at, _)| teller.place(*at)),
        options: jvm
            .flags()
            .map(|(location, string, flag)| FactText {
                name: string.name.to_string(),
                value: teller.clean(&flag.text, location.file),
                origin: teller.origin(&Origin::Set(location)),
                perhaps: !jvm.is_certain(flag),
            })
            .collect(),
        facts: teller.facts(EntityRef::Jvm(at), Entity::Jvm),
    });
    let containers = model
        .containers
        .iter()
        .enumerate()
        .map(|(at, container)| Container {
            name: container.name.clone(),
            kind: container.object.kind.clone(),
            images: container
                .images
                .iter()
                .map(|image| Image {
                    at: teller.place(Location::new(image.file, image.container.span)),
                    base: image.facts.base.as_ref().map(|base| base.text.to_string()),
                })
                .collect(),
            at: teller.place(container.anchor()),
            facts: teller.facts(EntityRef::Container(at), Entity::Container),
        });
    let workloads = model
        .workloads
        .iter()
        .enumerate()
        .map(|(at, workload)| Workload {
            name: workload.name.clone(),
            reasons: workload.reasons.clone(),
            container: workload.container,
            jvm: workload.jvm,
            clients: workload.clients.clone(),
            setter: workload.setter,
            stores: teller.stores(workload),
            facts: teller.facts(EntityRef::Workload(at), Entity::Workload),
        });
    Described {
        version: 1,
        files: model.files.iter().map(file).collect(),
        clients: clients.collect(),
        jvms: jvms.collect(),
        containers: containers.collect(),
        workloads: workloads.collect(),
        setters: (0..model.setters.len())
            .map(|at| teller.setter(at, &model.setters[at]))
            .collect(),
        skipped: skipped
            .iter()
            .map(|(path, reason)| Skipped {
                path: path.clone(),
                reason: reason.clone(),
            })
            .collect(),
    }
}

fn file(file: &SourceFile) -> File {
    let clients = file.facts.clients.iter();
    File {
        path: file.path.clone(),
        language: language(file.facts.language),
        roles: file.facts.roles.clone(),
        reasons: clients
            .map(|client| format!("{}: {}", client.kind.as_str(), client.why))
            .collect(),
    }
}

fn language(language: Language) -> &'static str {
    match language {
        Language::Properties => "properties",
        Language::Yaml => "yaml",
        Language::Markdown => "markdown",
        Language::Shell => "shell",
        Language::Build => "build",
        Language::JvmOptions => "jvm-options",
        Language::Java => "java",
        Language::OptionWords => "jvm-option-words",
        Language::Dockerfile => "dockerfile",
        Language::Variables => "variables",
        Language::Unit => "systemd-unit",
        Language::Other => "other",
    }
}

/// Knows how to tell things of one model.
struct Teller<'m> {
    model: &'m Model<'m>,
    redactor: Redactor,
}

impl Teller<'_> {
    fn client(&self, at: usize, client: &Client<'_>) -> ClientText {
        let mut settings: Vec<FactText> = client
            .settings
            .iter()
            .map(|entry| self.setting(entry))
            .collect();
        let view = View::new(self.model, EntityRef::Client(at));
        let unset = keys_of(client).filter(|key| client.entry(key.name()).is_none());
        settings.extend(unset.map(|key| {
            let fact = effective(&view, key.name());
            FactText {
                name: key.name().to_owned(),
                value: if key.is_secret() {
                    "not set".to_owned()
                } else {
                    fact.value.show(None)
                },
                origin: self.origin(&fact.origin),
                perhaps: false,
            }
        }));
        ClientText {
            name: client.name.clone(),
            kind: client.kind.as_str(),
            at: self.place(client.anchor()),
            why: client.facts.why.clone(),
            kafka: client.kafka.to_string(),
            part_of: client.parent,
            settings,
            facts: self.facts(EntityRef::Client(at), Entity::Client),
        }
    }

    fn setting(&self, entry: &Entry<'_>) -> FactText {
        let file = self.model.file(entry.file);
        let is_secret = file.is_some_and(|file| {
            file.facts
                .secrets
                .iter()
                .any(|secret| secret.overlaps(entry.setting.value_span))
        });
        let value = if is_secret {
            REDACTED.to_owned()
        } else {
            self.clean(&entry.setting.value, entry.file)
        };
        FactText {
            name: entry.name.to_owned(),
            value,
            origin: self.origin(&Origin::Set(Location::new(
                entry.file,
                entry.setting.key_span,
            ))),
            perhaps: false,
        }
    }

    fn setter(&self, at: usize, setter: &Setter<'_>) -> SetterText {
        let text = |span| {
            self.clean(
                self.model.text_at(Location::new(setter.file, span)),
                setter.file,
            )
        };
        let options = setter.facts.calls.iter().map(|call| FactText {
            name: call.method.clone(),
            value: call
                .arguments
                .iter()
                .map(|argument| match argument.value.int() {
                    Some(value) => value.to_string(),
                    None => text(argument.span),
                })
                .collect::<Vec<_>>()
                .join(", "),
            origin: self.origin(&Origin::Set(Location::new(setter.file, call.name))),
            perhaps: false,
        });
        SetterText {
            class: setter.facts.class.clone(),
            at: self.place(setter.anchor()),
            kafka: setter.kafka.to_string(),
            registered: setter.uses.iter().map(|place| self.place(*place)).collect(),
            options: options.collect(),
            facts: self.facts(EntityRef::ConfigSetter(at), Entity::ConfigSetter),
        }
    }

    fn stores(&self, workload: &tunelint_model::Workload) -> Vec<StoreText> {
        let stores = self.model.stores_of(workload);
        stores
            .map(|(file, store)| StoreText {
                name: store.name.clone(),
                kind: StoreKind::of(store.kind).as_str(),
                in_memory: store.in_memory,
                retention: store.retention,
                at: self.place(Location::new(file, store.span)),
            })
            .collect()
    }

    /// The facts of a thing that are known or known to be missing.
    fn facts(&self, thing: EntityRef, of: Entity) -> Vec<FactText> {
        let view = View::new(self.model, thing);
        let own = tunelint_model::declared()
            .iter()
            .filter(|fact| fact.of == of);
        let told = own.map(|decl| {
            let fact = (decl.get)(&view);
            let value = match (decl.ty, fact.int()) {
                (Type::Version, Some(ordinal)) => version(ordinal),
                _ => fact.value.show(decl.unit),
            };
            let value = view
                .file
                .map_or(value.clone(), |(id, _)| self.clean(&value, id));
            FactText {
                name: decl.name.to_owned(),
                value,
                origin: self.origin(&fact.origin),
                perhaps: false,
            }
        });
        told.collect()
    }

    fn clean(&self, text: &str, file: FileId) -> String {
        self.redactor.message(text, [file])
    }

    fn origin(&self, origin: &Origin) -> OriginText {
        let text = match origin {
            Origin::Default(DefaultOf::Kafka(version)) => Some(format!("Kafka {version}")),
            Origin::Default(DefaultOf::Java(release)) => Some(format!("JDK {release}")),
            Origin::Default(DefaultOf::Librdkafka) => Some(format!(
                "librdkafka {}",
                tunelint_catalog::librdkafka::VERSION
            )),
            Origin::Default(DefaultOf::Kubernetes) => Some("Kubernetes".to_owned()),
            Origin::Override(by) => Some(by.clone()),
            Origin::Estimate(source) => Some(source.clone()),
            Origin::Set(_) | Origin::Derived(_) | Origin::Absent => None,
        };
        OriginText {
            kind: origin.word(),
            at: origin.location().map(|location| self.place(location)),
            text,
        }
    }

    fn place(&self, location: Location) -> Place {
        let (location, _) = self.model.written_at(location);
        let Some(file) = self.model.file(location.file) else {
            return Place {
                path: String::new(),
                line: 1,
                column: 1,
            };
        };
        let at = file.lines.position(location.span.start, file.text.as_str());
        Place {
            path: file.path.clone(),
            line: at.line,
            column: at.column,
        }
    }
}

/// The keys that a client of that kind and version reads by itself.
fn keys_of(client: &Client<'_>) -> impl Iterator<Item = &'static Key> {
    let version = client.kafka;
    let own = client
        .kind
        .scopes()
        .first()
        .into_iter()
        .flat_map(|scope| keys(*scope));
    own.filter(move |key| !key.internal && key.exists_in(version))
}

/// The version that an ordinal stands for.
fn version(ordinal: i64) -> String {
    let (major, minor, patch) = (
        ordinal / 1_000_000,
        ordinal / 1_000 % 1_000,
        ordinal % 1_000,
    );
    if patch == 999 {
        format!("{major}.{minor}")
    } else {
        format!("{major}.{minor}.{patch}")
    }
}
