//! Facts of the addresses that a client first asks, and of where it runs.

use super::{Decl, decl, truth};
use crate::client::{Client, Entry, Place};
use crate::value::{Fact, Type, Value};
use crate::view::View;
use tunelint_base::{Entity, Location, Span};

const ON: Entity = Entity::Client;

pub(super) const FACTS: &[Decl] = &[
    decl(
        "client.alone_in_pod",
        ON,
        Type::Bool,
        "Whether it runs in a pod with no other container, so that `localhost` is only itself",
        alone_in_pod,
    ),
    decl(
        "client.for_development",
        ON,
        Type::Bool,
        "Whether its file's path says that it is for development, a test or an example",
        for_development,
    ),
    decl(
        "client.for_production",
        ON,
        Type::Bool,
        "Whether its file's path says that it is for production",
        for_production,
    ),
    decl(
        "client.local_address",
        ON,
        Type::Str,
        "An address in `bootstrap.servers` that is the machine itself",
        local_address,
    ),
    decl(
        "client.lone_address",
        ON,
        Type::Str,
        "The only address in `bootstrap.servers`, where it is probably one broker's",
        lone_address,
    ),
];

/// The addresses of `bootstrap.servers` with their places in the value.
fn addresses<'m>(client: &'m Client<'m>) -> Option<(Entry<'m>, Vec<(Span, &'m str)>)> {
    let entry = client.entry("bootstrap.servers")?;
    if client.parent.is_some() || client.hides(entry.setting) {
        return None;
    }
    let value: &'m str = &entry.setting.value;
    let mut found = Vec::new();
    let mut at = 0;
    for part in value.split(',') {
        let address = part.trim();
        let start = at + (part.len() - part.trim_start().len());
        if !address.is_empty() {
            found.push((Span::new(start, start + address.len()), address));
        }
        at += part.len() + 1;
    }
    Some((entry, found))
}

/// The host of `host:port` or `SCHEME://host:port`, without brackets.
fn host(address: &str) -> &str {
    let address = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host = address.rsplit_once(':').map_or(address, |(host, _)| host);
    host.trim_matches(['[', ']'])
}

fn is_local(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost") || host.starts_with("127.") || host == "::1"
}

fn local_address<'m>(view: &View<'m>) -> Fact<'m> {
    let Some(client) = view.client else {
        return Fact::unknown("the client");
    };
    let Some((entry, all)) = addresses(client) else {
        return Fact::absent();
    };
    let mut local = all
        .into_iter()
        .filter(|(_, address)| is_local(host(address)));
    local.next().map_or_else(Fact::absent, |(span, address)| {
        Fact::set(
            Value::str(address),
            Location::new(entry.file, entry.setting.part(span)),
        )
    })
}

fn lone_address<'m>(view: &View<'m>) -> Fact<'m> {
    let Some(client) = view.client else {
        return Fact::unknown("the client");
    };
    match addresses(client) {
        Some((entry, all)) => match all.as_slice() {
            [(span, address)] if is_one_broker(view, host(address)) => Fact::set(
                Value::str(*address),
                Location::new(entry.file, entry.setting.part(*span)),
            ),
            _ => Fact::absent(),
        },
        None => Fact::absent(),
    }
}

/// Whether a name is likely that of one broker: not the machine itself, no managed service's entry,
/// no load balancer's, no Kubernetes Service's. A number at the end of its first word tells a broker.
fn is_one_broker(view: &View<'_>, host: &str) -> bool {
    const SERVICES: [&str; 6] = [
        ".confluent.cloud",
        ".servicebus.windows.net",
        ".aivencloud.com",
        ".upstash.io",
        ".redpanda.com",
        ".devshift.org",
    ];
    const WORDS: [&str; 8] = [
        "bootstrap",
        "boot",
        "lb",
        "nlb",
        "elb",
        "vip",
        "gateway",
        "proxy",
    ];
    let host = host.to_ascii_lowercase();
    let first = host.split('.').next().unwrap_or(&host);
    let known = SERVICES.iter().any(|service| host.ends_with(service))
        || host.contains("loadbalancer")
        || host.split(['.', '-']).any(|word| WORDS.contains(&word));
    // Anything else between the commas is for somebody to fill in.
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ':');
    if host.is_empty() || !host.chars().all(is_name) || is_local(&host) || known {
        return false;
    }
    let numbered = first.ends_with(|c: char| c.is_ascii_digit());
    let service = host.contains(".svc") || !host.contains('.') && in_kubernetes(view);
    numbered || !service
}

fn in_kubernetes(view: &View<'_>) -> bool {
    let around = view
        .file
        .is_some_and(|(_, file)| !file.facts.objects.is_empty());
    around || view.container.is_some()
}

fn alone_in_pod<'m>(view: &View<'m>) -> Fact<'m> {
    let Some(client) = view.client else {
        return Fact::unknown("the client");
    };
    let container = view.container.or_else(|| {
        let Place::Environment(object, index) = client.facts.place else {
            return None;
        };
        view.model.containers.iter().find(|container| {
            (container.file, container.object_index, container.index)
                == (client.file, object, index)
        })
    });
    let pod = container.and_then(|container| container.object.pod.as_ref());
    truth(pod.is_some_and(|pod| pod.containers.len() == 1), [])
}

/// `application-prod.yml`, `overlays/production/…`: the word stands by itself.
fn for_production<'m>(view: &View<'m>) -> Fact<'m> {
    says(view, &["prod", "production", "prd"])
}

fn for_development<'m>(view: &View<'m>) -> Fact<'m> {
    const WORDS: [&str; 12] = [
        "dev",
        "development",
        "local",
        "test",
        "tests",
        "testing",
        "demo",
        "sandbox",
        "sample",
        "samples",
        "example",
        "examples",
    ];
    says(view, &WORDS)
}

/// Whether one of the words stands in the file's path.
fn says<'m>(view: &View<'m>, wanted: &[&str]) -> Fact<'m> {
    let Some((_, file)) = view.file else {
        return Fact::unknown("the file");
    };
    truth(path_says(&file.path, wanted), [])
}

fn path_says(path: &str, wanted: &[&str]) -> bool {
    let path = path.to_ascii_lowercase();
    let words: Vec<&str> = path.split(|c: char| !c.is_ascii_alphanumeric()).collect();
    // `pre-prod` and `non-prod` are something else.
    let negated = |at: usize| at > 0 && matches!(words[at - 1], "non" | "pre" | "not" | "no");
    words
        .iter()
        .enumerate()
        .any(|(at, word)| wanted.contains(word) && !negated(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_and_words_are_cut_out() {
        for (address, expected) in [
            ("a:9092", "a"),
            ("SSL://a.b:9093", "a.b"),
            ("[::1]:9092", "::1"),
            ("a", "a"),
        ] {
            assert_eq!(host(address), expected);
        }
        for (path, expected) in [
            ("config/prod/a.properties", true),
            ("application-production.yml", true),
            ("non-prod/a.yml", false),
            ("product/a.yml", false),
        ] {
            assert_eq!(path_says(path, &["prod", "production"]), expected, "{path}");
        }
        assert!(is_local("127.0.0.1") && is_local("Localhost") && !is_local("local"));
    }
}
