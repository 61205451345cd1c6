//! The model for people.

use super::data::{ClientText, Described, FactText, Jvm, OriginText, Place, SetterText, Workload};
use crate::render::wrap;
use crate::style::Paint;
use crate::table::{cell, columns, plural};

/// What was recognised, and how it belongs together. `all`: also defaults, unknown facts, and
/// files that are none of our business.
pub(super) fn show(described: &Described, width: usize, all: bool, paint: Paint) -> String {
    let page = Page {
        described,
        width,
        all,
        paint,
    };
    let mut text = page.files();
    for at in 0..described.workloads.len() {
        text.push_str(&page.workload(at));
    }
    let free = (0..described.clients.len()).filter(|at| described.clients[*at].part_of.is_none());
    let loose = free.filter(|at| {
        !described
            .workloads
            .iter()
            .any(|workload| workload.clients.contains(at))
    });
    for at in loose {
        text.push_str(&page.client(&described.clients[at], ""));
    }
    for (at, jvm) in described.jvms.iter().enumerate() {
        if !described
            .workloads
            .iter()
            .any(|workload| workload.jvm == Some(at))
        {
            text.push_str(&page.jvm(jvm, ""));
        }
    }
    for (at, setter) in described.setters.iter().enumerate() {
        if !described
            .workloads
            .iter()
            .any(|workload| workload.setter == Some(at))
        {
            text.push_str(&page.setter(setter, ""));
        }
    }
    let counts = [
        plural(described.workloads.len(), "workload"),
        plural(
            described
                .clients
                .iter()
                .filter(|client| client.part_of.is_none())
                .count(),
            "client",
        ),
        plural(described.jvms.len(), "JVM"),
        plural(described.containers.len(), "container"),
    ];
    text.push_str(&format!("{}\n", counts.join(", ")));
    text
}

struct Page<'a> {
    described: &'a Described,
    width: usize,
    all: bool,
    paint: Paint,
}

impl Page<'_> {
    fn files(&self) -> String {
        let mut rows = Vec::new();
        for file in &self.described.files {
            if file.roles.is_empty() && !self.all {
                continue;
            }
            let what = if file.roles.is_empty() {
                "nothing of ours".to_owned()
            } else {
                file.roles.join(", ")
            };
            rows.push(vec![
                cell(format!("  {}", file.path)),
                cell(what),
                cell(file.reasons.join("; ")),
            ]);
        }
        if self.all {
            rows.extend(self.described.skipped.iter().map(|file| {
                vec![
                    cell(format!("  {}", file.path)),
                    cell("skipped"),
                    cell(&*file.reason),
                ]
            }));
        }
        format!("{}\n{}\n", self.paint.bold("Files"), columns(&rows, &[]))
    }

    fn workload(&self, at: usize) -> String {
        let workload = &self.described.workloads[at];
        let mut text = format!(
            "{}\n",
            self.paint.bold(format!("Workload {}", workload.name))
        );
        for reason in &workload.reasons {
            text.push_str(&format!(
                "  {}\n",
                wrap(&format!("because {reason}"), self.width, 2, 4)
            ));
        }
        text.push_str(&self.facts(&workload.facts, "  "));
        if let Some(container) = workload
            .container
            .and_then(|at| self.described.containers.get(at))
        {
            let title = self.paint.help(format!("Container {}", container.name));
            let kind = match container.kind.as_str() {
                "" => String::new(),
                kind => format!(" ({kind})"),
            };
            text.push_str(&format!("  {title}{kind} at {}\n", place(&container.at)));
            for image in &container.images {
                let base = image.base.as_deref().unwrap_or("an unknown image");
                text.push_str(&format!(
                    "    image built at {} on {base}\n",
                    place(&image.at)
                ));
            }
            text.push_str(&self.facts(&container.facts, "    "));
        }
        if let Some(jvm) = workload.jvm.and_then(|at| self.described.jvms.get(at)) {
            text.push_str(&self.jvm(jvm, "  "));
        }
        for client in workload
            .clients
            .iter()
            .filter_map(|at| self.described.clients.get(*at))
        {
            text.push_str(&self.client(client, "  "));
        }
        if let Some(setter) = workload
            .setter
            .and_then(|at| self.described.setters.get(at))
        {
            text.push_str(&self.setter(setter, "  "));
        }
        text.push_str(&self.stores(workload));
        text.push('\n');
        text
    }

    fn stores(&self, workload: &Workload) -> String {
        if workload.stores.is_empty() {
            return String::new();
        }
        let rows: Vec<_> = workload
            .stores
            .iter()
            .map(|store| {
                let name = store.name.as_deref().unwrap_or("unnamed");
                let memory = if store.in_memory { ", on the heap" } else { "" };
                let kept = store.retention.map_or(String::new(), |millis| {
                    format!(", kept {}", tunelint_base::quantity::show_millis(millis))
                });
                vec![
                    cell(format!("    {name}")),
                    cell(format!("{}{kept}{memory}", store.kind)),
                    cell(format!("set {}", place(&store.at))),
                ]
            })
            .collect();
        format!(
            "  {}\n{}",
            self.paint.help("State stores"),
            columns(&rows, &[])
        )
    }

    fn setter(&self, setter: &SetterText, indent: &str) -> String {
        let title = self
            .paint
            .help(format!("RocksDB config setter {}", setter.class));
        let mut text = format!(
            "{indent}{title} at {}, Kafka {}\n",
            place(&setter.at),
            setter.kafka
        );
        for at in &setter.registered {
            text.push_str(&format!("{indent}  registered at {}\n", place(at)));
        }
        let inner = format!("{indent}  ");
        text.push_str(&self.table(&setter.options.iter().collect::<Vec<_>>(), &inner));
        text.push_str(&self.facts(&setter.facts, &inner));
        if indent.is_empty() {
            text.push('\n');
        }
        text
    }

    fn client(&self, client: &ClientText, indent: &str) -> String {
        let title = self.paint.help(format!("Client {}", client.name));
        let library = match client.kind {
            "librdkafka" => format!("librdkafka {}", tunelint_catalog::librdkafka::VERSION),
            _ => format!("Kafka {}", client.kafka),
        };
        let mut text = format!(
            "{indent}{title} at {}, {library}: {}\n",
            place(&client.at),
            client.why
        );
        let inner = format!("{indent}  ");
        text.push_str(&self.rows(&client.settings, &inner));
        text.push_str(&self.facts(&client.facts, &inner));
        if indent.is_empty() {
            text.push('\n');
        }
        text
    }

    fn jvm(&self, jvm: &Jvm, indent: &str) -> String {
        let assumed = match &jvm.java_from {
            _ if jvm.java_is_assumed => " (assumed)".to_owned(),
            Some(at) => format!(" (from {})", place(at)),
            None => String::new(),
        };
        let title = self.paint.help(format!("JVM {}", jvm.name));
        let mut text = format!("{indent}{title}, JDK {}{assumed}\n", jvm.java);
        let rows: Vec<_> = jvm
            .options
            .iter()
            .map(|option| {
                vec![
                    cell(format!("{indent}  {}", option.value)),
                    cell(match option.perhaps {
                        true => format!("perhaps {}", origin(&option.origin)),
                        false => origin(&option.origin),
                    }),
                ]
            })
            .collect();
        text.push_str(&columns(&rows, &[]));
        text.push_str(&self.facts(&jvm.facts, &format!("{indent}  ")));
        if indent.is_empty() {
            text.push('\n');
        }
        text
    }

    /// A value that leaves room for its name and origin; JSON has the whole.
    fn short(&self, value: &str) -> String {
        let room = (self.width / 2).max(24);
        if self.all || value.chars().count() <= room {
            return value.to_owned();
        }
        let kept: String = value.chars().take(room - 1).collect();
        format!("{kept}…")
    }

    /// Facts that are known; the others only where all is wanted.
    fn facts(&self, facts: &[FactText], indent: &str) -> String {
        let known: Vec<&FactText> = facts
            .iter()
            .filter(|fact| self.all || !matches!(fact.value.as_str(), "unknown" | "not set"))
            .collect();
        self.table(&known, indent)
    }

    /// Settings that somebody wrote; the others only where all is wanted.
    fn rows(&self, settings: &[FactText], indent: &str) -> String {
        let written: Vec<&FactText> = settings
            .iter()
            .filter(|setting| self.all || setting.origin.kind == "set")
            .collect();
        self.table(&written, indent)
    }

    fn table(&self, facts: &[&FactText], indent: &str) -> String {
        let rows: Vec<_> = facts
            .iter()
            .map(|fact| {
                let value = self.short(&fact.value.replace('\n', " "));
                vec![
                    cell(format!("{indent}{}", fact.name)),
                    cell(value),
                    cell(origin(&fact.origin)),
                ]
            })
            .collect();
        columns(&rows, &[])
    }
}

fn place(place: &Place) -> String {
    format!("{}:{}:{}", place.path, place.line, place.column)
}

fn origin(origin: &OriginText) -> String {
    match (&origin.at, &origin.text) {
        (Some(at), _) => format!("{} {}", origin.kind, place(at)),
        (None, Some(text)) if origin.kind == "default" => format!("default of {text}"),
        (None, Some(text)) => format!("{}: {text}", origin.kind),
        (None, None) => origin.kind.to_owned(),
    }
}
