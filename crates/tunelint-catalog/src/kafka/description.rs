//! What Kafka's keys do.

use super::{Key, Scope};
use crate::description::Descriptions;

macro_rules! table {
    ($name:literal) => {
        Descriptions::new(include_str!(concat!(
            "../../data/kafka/descriptions/",
            $name,
            ".tsv"
        )))
    };
}

/// What all clients share.
static CLIENT: Descriptions = table!("client");
static PRODUCER: Descriptions = table!("producer");
static CONSUMER: Descriptions = table!("consumer");
static ADMIN: Descriptions = table!("admin");
static STREAMS: Descriptions = table!("streams");
static CONNECT: Descriptions = table!("connect");
static CONNECTOR: Descriptions = table!("connector");
static TOPIC: Descriptions = table!("topic");

/// The table for the keys of `scope`, and the wider one to look into next.
fn tables(scope: Scope) -> (Option<&'static Descriptions>, Option<&'static Descriptions>) {
    match scope {
        Scope::Producer => (Some(&PRODUCER), Some(&CLIENT)),
        Scope::Consumer => (Some(&CONSUMER), Some(&CLIENT)),
        Scope::Admin => (Some(&ADMIN), Some(&CLIENT)),
        Scope::Streams => (Some(&STREAMS), Some(&CLIENT)),
        Scope::ConnectDistributed | Scope::ConnectStandalone => (Some(&CONNECT), Some(&CLIENT)),
        Scope::ConnectSource | Scope::ConnectSink => (Some(&CONNECTOR), None),
        Scope::Topic => (Some(&TOPIC), None),
        Scope::MirrorMaker
        | Scope::MirrorSource
        | Scope::MirrorCheckpoint
        | Scope::MirrorHeartbeat
        | Scope::Broker => (None, None),
    }
}

impl Key {
    /// What the key does, in one to three sentences; `None` where its name says it all, and for
    /// the keys of brokers and MirrorMaker.
    #[must_use]
    pub fn description(&self) -> Option<&'static str> {
        let (own, wider) = tables(self.scope);
        let mut tables = own.into_iter().chain(wider);
        tables.find_map(|table| table.find(self.name()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::description::tests::check;
    use crate::kafka::find;

    #[test]
    fn what_is_described_is_known() {
        let of = |scopes: &'static [Scope]| {
            move |name: &str| scopes.iter().any(|scope| find(*scope, name).is_some())
        };
        let clients: &[Scope] = &[
            Scope::Producer,
            Scope::Consumer,
            Scope::Admin,
            Scope::Streams,
            Scope::ConnectDistributed,
            Scope::ConnectStandalone,
        ];
        check(&CLIENT, of(clients));
        check(&PRODUCER, of(&[Scope::Producer]));
        check(&CONSUMER, of(&[Scope::Consumer]));
        check(&ADMIN, of(&[Scope::Admin]));
        check(&STREAMS, of(&[Scope::Streams]));
        check(
            &CONNECT,
            of(&[Scope::ConnectDistributed, Scope::ConnectStandalone]),
        );
        check(&CONNECTOR, of(&[Scope::ConnectSource, Scope::ConnectSink]));
        check(&TOPIC, of(&[Scope::Topic]));
    }

    #[test]
    fn the_keys_of_clients_are_described() {
        for scope in [
            Scope::Producer,
            Scope::Consumer,
            Scope::Admin,
            Scope::Streams,
            Scope::Topic,
        ] {
            let keys = crate::kafka::keys(scope).iter().filter(|key| !key.internal);
            let (mut all, mut described) = (0, 0);
            for key in keys {
                all += 1;
                described += usize::from(key.description().is_some());
            }
            assert!(described * 10 >= all * 9, "{scope}: {described} of {all}");
        }
    }
}
