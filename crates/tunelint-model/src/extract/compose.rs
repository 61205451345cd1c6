//! Compose files: services with their image, environment, command and limits.

use super::command;
use super::environment;
use super::pod::{arguments, variable};
use crate::file::FileFacts;
use crate::fragment::Fragment;
use crate::kube::{
    Amount, Build, ContainerFacts, EnvFrom, EnvValue, EnvVar, Object, Platform, Pod, Resources,
    Sourced,
};
use crate::setting::{Style, is_placeholder, is_secret_name};
use tunelint_base::{OffsetMap, Span};
use tunelint_syntax::shell::split_words;
use tunelint_syntax::yaml::{Node, Pair, Resolved, Schema};

/// Reads a document, if it is a Compose file: `services:`, of which each has an image or is built.
pub(super) fn extract(facts: &mut FileFacts, fragment: &Fragment<'_>, root: Node<'_>) -> bool {
    let Some(services) = root.get("services").filter(|node| node.is_mapping()) else {
        return false;
    };
    let all: Vec<Pair<'_>> = services
        .pairs()
        .filter(|pair| pair.value.is_mapping())
        .collect();
    let is_service = |node: Node<'_>| {
        ["image", "build", "extends"]
            .iter()
            .any(|key| node.get(key).is_some())
    };
    if all.is_empty() || !all.iter().any(|pair| is_service(pair.value)) {
        return false;
    }
    let before = facts.objects.len();
    for pair in all {
        if let Some(name) = pair.key.scalar() {
            service(facts, fragment, fragment.sourced(name), pair.value);
        }
    }
    let ours = facts.objects[before..].iter().any(|object| {
        let containers = object.pod.iter().flat_map(|pod| &pod.containers);
        containers
            .into_iter()
            .any(|one| !one.options.is_empty() || one.start.java.is_some())
    });
    if ours {
        facts.add_role("Compose services with a JVM");
    }
    true
}

fn service(facts: &mut FileFacts, fragment: &Fragment<'_>, name: Sourced, node: Node<'_>) {
    let env = environment_of(fragment, node);
    for variable in &env {
        if let EnvValue::Literal(value) = &variable.value
            && is_secret_name(&variable.name.text)
        {
            facts.secrets.push(value.span);
        }
    }
    let options = env.iter().filter_map(|var| match &var.value {
        EnvValue::Literal(value) => variable(fragment, &var.name, value),
        _ => None,
    });
    let options = options.collect();
    let words = |key: &str| {
        node.get(key)
            .map_or(Vec::new(), |node| words(fragment, node))
    };
    let (entrypoint, command) = (words("entrypoint"), words("command"));
    let index = facts.objects.len();
    let replicas = node
        .at(&["deploy", "replicas"])
        .or_else(|| node.get("scale"))
        .and_then(|node| match node.resolve(Schema::Yaml12)? {
            Resolved::Int(count) => Some((i64::try_from(count).ok()?, fragment.span(node.span()))),
            _ => None,
        });
    let container = ContainerFacts {
        name: Some(name.clone()),
        image: node
            .get("image")
            .and_then(Node::scalar)
            .map(|s| interpolated(fragment.sourced(s))),
        start: command::read(fragment, &entrypoint, &command),
        arguments: arguments(&command),
        command: entrypoint,
        args: command,
        env,
        env_from: env_files(node),
        options,
        resources: resources(fragment, node),
        mounts: mounts(node),
        span: fragment.span(node.span()),
        unseen: node.get("extends").is_some(),
        node: None,
        sidecar: false,
    };
    let pod = Pod {
        containers: vec![container],
        ..Pod::default()
    };
    environment::clients(facts, &pod, index);
    facts.objects.push(Object {
        platform: Platform::Compose,
        kind: "Compose service".to_owned(),
        name: Some(name),
        span: fragment.span(node.span()),
        replicas,
        pod: Some(pod),
        build: node.get("build").map(build),
        ..Object::default()
    });
}

fn build(node: Node<'_>) -> Build {
    let text = |key: &str| node.get(key).and_then(Node::as_str).map(str::to_owned);
    match node.as_str() {
        Some(context) => Build {
            context: context.to_owned(),
            ..Build::default()
        },
        None => Build {
            context: text("context").unwrap_or_else(|| ".".to_owned()),
            dockerfile: text("dockerfile"),
            target: text("target"),
        },
    }
}

/// `A: b` or `- A=b`; without a value it comes from where Compose is run.
fn environment_of(fragment: &Fragment<'_>, node: Node<'_>) -> Vec<EnvVar> {
    let Some(node) = node.get("environment") else {
        return Vec::new();
    };
    if node.is_sequence() {
        let items = node.items().filter_map(Node::scalar);
        return items
            .map(|scalar| item(&fragment.sourced(scalar)))
            .collect();
    }
    let entries = node.entries().filter_map(|pair| {
        let value = match pair.value.scalar().filter(|_| !pair.value.is_null()) {
            Some(scalar) => EnvValue::Literal(interpolated(fragment.sourced(scalar))),
            None => EnvValue::Other,
        };
        Some(EnvVar {
            name: fragment.sourced(pair.key.scalar()?),
            value,
        })
    });
    entries.collect()
}

fn item(text: &Sourced) -> EnvVar {
    let part = |range: Span| {
        let map = OffsetMap::verbatim(range).through(&text.map);
        let part = range.of(&text.text);
        Sourced {
            text: part.into(),
            span: map.to_source(Span::new(0, part.len())),
            map,
            style: Style::Fixed,
            placeholder: is_placeholder(part),
        }
    };
    match text.text.find('=') {
        Some(at) => EnvVar {
            name: part(Span::new(0, at)),
            value: EnvValue::Literal(interpolated(part(Span::new(at + 1, text.text.len())))),
        },
        None => EnvVar {
            name: text.clone(),
            value: EnvValue::Other,
        },
    }
}

/// `$$` stands for `$`; `$NAME` and `${NAME}` come from where Compose is run.
fn interpolated(text: Sourced) -> Sourced {
    if !text.text.contains('$') {
        return text;
    }
    let placeholder = is_placeholder(&text.text.replace("$$", ""));
    if !text.text.contains("$$") {
        return Sourced {
            placeholder,
            ..text
        };
    }
    let mut decoded = String::new();
    let mut map = OffsetMap::starting_at(0);
    let mut at = 0;
    for piece in text.text.split_inclusive("$$") {
        let kept = piece
            .strip_suffix("$$")
            .map_or(piece, |_| &piece[..piece.len() - 1]);
        decoded.push_str(kept);
        map.push_verbatim(at, kept.len());
        at += piece.len();
    }
    map.end_at(at);
    Sourced {
        map: map.through(&text.map),
        text: decoded.into(),
        style: Style::Fixed,
        placeholder,
        ..text
    }
}

/// The words of `command` or `entrypoint`: a list, or a line that is split as by a shell but runs
/// without one.
fn words(fragment: &Fragment<'_>, node: Node<'_>) -> Vec<Sourced> {
    if node.is_sequence() {
        let items = node.items().filter_map(Node::scalar);
        return items
            .map(|scalar| interpolated(fragment.sourced(scalar)))
            .collect();
    }
    let Some(scalar) = node.scalar().filter(|_| !node.is_null()) else {
        return Vec::new();
    };
    let line = interpolated(fragment.sourced(scalar));
    let words = split_words(&line.text).into_iter().map(|word| {
        let map = word.map.through(&line.map);
        Sourced {
            span: map.to_source(Span::new(0, word.text.len())),
            map,
            style: Style::Fixed,
            placeholder: line.placeholder && word.text.contains('$'),
            text: word.text.into(),
        }
    });
    words.collect()
}

fn env_files(node: Node<'_>) -> Vec<EnvFrom> {
    let Some(node) = node.get("env_file") else {
        return Vec::new();
    };
    let one = node.as_str().into_iter();
    let many = node
        .items()
        .filter_map(|item| item.as_str().or_else(|| item.get("path")?.as_str()));
    let files = one.chain(many).map(|path| EnvFrom {
        config_map: None,
        file: Some(path.to_owned()),
        prefix: String::new(),
    });
    files.collect()
}

/// The files of the project that are mounted: source and target.
fn mounts(node: Node<'_>) -> Vec<(String, String)> {
    let items = node.get("volumes").into_iter().flat_map(Node::items);
    let mounts = items.filter_map(|item| match item.as_str() {
        Some(text) => {
            let (source, target) = text.split_once(':')?;
            Some((source.to_owned(), target.to_owned()))
        }
        None => Some((
            item.get("source")?.as_str()?.to_owned(),
            item.get("target")?.as_str()?.to_owned(),
        )),
    });
    mounts.collect()
}

fn resources(fragment: &Fragment<'_>, node: Node<'_>) -> Resources {
    let limits = ["deploy", "resources", "limits"];
    let amount = |paths: [&[&str]; 2], read: fn(&str) -> Option<i64>| {
        let scalar = paths.into_iter().find_map(|path| node.at(path)?.scalar())?;
        let text = interpolated(fragment.sourced(scalar));
        let value = read(&text.text).filter(|_| !text.placeholder);
        Some(Amount { text, value })
    };
    let memory_limit = amount(
        [&[limits[0], limits[1], limits[2], "memory"], &["mem_limit"]],
        bytes,
    );
    let cpu_limit = amount(
        [&[limits[0], limits[1], limits[2], "cpus"], &["cpus"]],
        millicores,
    );
    let key = memory_limit.as_ref().or(cpu_limit.as_ref());
    Resources {
        key: key.map(|amount| amount.text.span),
        memory_limit,
        cpu_limit,
        ..Resources::default()
    }
}

/// A size as Docker reads it: `512m`, `1gb`, `2GiB`, all by 1024.
fn bytes(text: &str) -> Option<i64> {
    let lower = text.trim().to_ascii_lowercase();
    let end = lower
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(lower.len());
    let (number, suffix) = lower.split_at(end);
    let unit = suffix.trim();
    let unit = unit.strip_suffix('b').unwrap_or(unit);
    let shift = match unit.strip_suffix('i').unwrap_or(unit) {
        "" => 0,
        "k" => 10,
        "m" => 20,
        "g" => 30,
        "t" => 40,
        _ => return None,
    };
    let bytes = number.parse::<f64>().ok()? * f64::from(1_u32 << 10).powi(shift / 10);
    (bytes.is_finite() && bytes < 9e18).then_some(bytes as i64)
}

fn millicores(text: &str) -> Option<i64> {
    let cpus: f64 = text.trim().parse().ok()?;
    (cpus.is_finite() && (0.0..1e6).contains(&cpus)).then_some((cpus * 1000.0).round() as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_docker_s() {
        for (text, expected) in [
            ("512m", Some(512 << 20)),
            ("1gb", Some(1 << 30)),
            ("1.5GiB", Some(3 << 29)),
            ("100", Some(100)),
            ("2 g", Some(2 << 30)),
            ("x", None),
            ("1q", None),
        ] {
            assert_eq!(bytes(text), expected, "{text}");
        }
        assert_eq!(millicores("0.5"), Some(500));
    }
}
