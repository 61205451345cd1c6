//! The places that keys belong to.

use std::fmt;
use std::str::FromStr;

macro_rules! scopes {
    ($($variant:ident $name:literal $doc:literal),* $(,)?) => {
        /// A place that keys belong to: a client, a worker, a connector, a topic, the broker.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Scope {
            $(#[doc = $doc] $variant,)*
        }

        impl Scope {
            /// All of them.
            pub const ALL: [Self; 14] = [$(Self::$variant),*];

            /// The word for it.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }
        }
    };
}

scopes! {
    Producer "producer" "A producer.",
    Consumer "consumer" "A consumer, the share consumer included.",
    Admin "admin" "An admin client.",
    Streams "streams" "A Kafka Streams application.",
    ConnectDistributed "connect-distributed" "A Connect worker in distributed mode.",
    ConnectStandalone "connect-standalone" "A Connect worker in standalone mode.",
    ConnectSource "connect-source" "A source connector, as far as Connect itself reads it.",
    ConnectSink "connect-sink" "A sink connector, as far as Connect itself reads it.",
    MirrorMaker "mirror-maker" "The file of MirrorMaker 2.",
    MirrorSource "mirror-source" "MirrorMaker's source connector.",
    MirrorCheckpoint "mirror-checkpoint" "MirrorMaker's checkpoint connector.",
    MirrorHeartbeat "mirror-heartbeat" "MirrorMaker's heartbeat connector.",
    Topic "topic" "A topic.",
    Broker "broker" "A broker or controller.",
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Scope {
    type Err = String;

    fn from_str(s: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|scope| scope.as_str() == s)
            .ok_or_else(|| format!("`{s}` is no kind of Kafka configuration"))
    }
}
