//! Values that Kafka takes and values that it refuses.

use super::*;
use crate::kafka::{Scope, find};
use Scope::{Admin, Broker, ConnectDistributed, ConnectSink, Consumer, Producer, Streams, Topic};

/// Whether `version` takes `raw`.
fn takes(scope: Scope, name: &str, version: &str, raw: &str) -> bool {
    let key = find(scope, name).unwrap_or_else(|| panic!("{scope} has {name}"));
    check(key, version.parse().expect("a version"), raw).is_ok()
}

#[test]
fn types_are_parsed_as_config_def_does() {
    let taken = [
        (Producer, "batch.size", "+5"),
        (Producer, "batch.size", " \u{1}7\t"),
        (Producer, "batch.size", "٤٢"),
        (Producer, "batch.size", "2147483647"),
        (Producer, "buffer.memory", "9999999999"),
        (Producer, "enable.idempotence", "TRUE"),
        (Producer, "enable.idempotence", " false "),
        (Producer, "client.id", ""),
        (Producer, "interceptor.classes", ""),
        (Producer, "key.serializer", "no.such.Class"),
        (Producer, "sasl.login.refresh.window.factor", "0.8d"),
        (Producer, "sasl.login.refresh.window.factor", "NaN"),
        (Producer, "sasl.login.refresh.window.factor", "0x1p-1"),
        (Producer, "sasl.login.refresh.window.factor", " 8e-1f "),
        (Producer, "sasl.login.refresh.window.factor", "1."),
        (Producer, "connections.max.idle.ms", "-5"),
        (Producer, "transaction.timeout.ms", "-1"),
        (Streams, "num.stream.threads", "0"),
        (Streams, "state.dir", ""),
    ];
    for (scope, name, raw) in taken {
        assert!(takes(scope, name, "4.3", raw), "{name}={raw:?}");
    }
    let refused = [
        (Producer, "batch.size", "16KB"),
        (Producer, "batch.size", "16_384"),
        (Producer, "batch.size", "1e3"),
        (Producer, "batch.size", "1.0"),
        (Producer, "batch.size", "0x10"),
        (Producer, "batch.size", "10L"),
        (Producer, "batch.size", "1,000"),
        (Producer, "batch.size", "+"),
        (Producer, "batch.size", "--1"),
        (Producer, "batch.size", "1 0"),
        (Producer, "batch.size", ""),
        (Producer, "batch.size", "\u{a0}1"),
        (Producer, "batch.size", "2147483648"),
        (Producer, "batch.size", "5 # small"),
        (Producer, "buffer.memory", "9223372036854775808"),
        (Producer, "enable.idempotence", "yes"),
        (Producer, "enable.idempotence", "1"),
        (Producer, "enable.idempotence", ""),
        (Producer, "key.serializer", " "),
        (Producer, "sasl.login.refresh.window.factor", "0,8"),
        (Producer, "sasl.login.refresh.window.factor", "inf"),
        (Producer, "sasl.login.refresh.window.factor", "+-1"),
        (Producer, "sasl.login.refresh.window.factor", "0x1"),
        (Producer, "sasl.login.refresh.window.factor", "nan"),
        (Producer, "sasl.login.refresh.window.factor", "."),
        (Producer, "sasl.login.refresh.window.factor", "1.1"),
        (Producer, "acks", "2"),
        (Producer, "acks", "ALL"),
        (Producer, "linger.ms", "-1"),
        (Producer, "transactional.id", ""),
        (Consumer, "isolation.level", "READ_COMMITTED"),
        (Consumer, "auto.offset.reset", "EARLIEST"),
        (Consumer, "auto.offset.reset", ""),
        (Consumer, "auto.offset.reset", "by_duration"),
        (Consumer, "auto.offset.reset", "by_duration:-PT1H"),
        (Consumer, "group.instance.id", "a b"),
        (Streams, "metrics.recording.level", "info"),
        (Streams, "default.dsl.store", "rocksdb"),
        (Streams, "rack.aware.assignment.tags", "a,b,c,d,e,f"),
        (
            Streams,
            "topology.optimization",
            "all,merge.repartition.topics",
        ),
        (Streams, "topology.optimization", ""),
        (Topic, "compression.type", "none"),
        (Topic, "cleanup.policy", "Compact"),
        (Topic, "retention.ms", "7d"),
        (ConnectSink, "transforms", "a,a"),
        (ConnectSink, "errors.tolerance", "ALL"),
    ];
    for (scope, name, raw) in refused {
        assert!(!takes(scope, name, "4.3", raw), "{name}={raw:?}");
    }
}

#[test]
fn what_is_allowed_changes_over_time() {
    let cases = [
        (Producer, "compression.type", "3.2", "GZIP", false),
        (Producer, "compression.type", "3.2", "zstd", true),
        (Producer, "security.protocol", "2.8", "sasl_ssl", true),
        (Producer, "security.protocol", "2.8", "TLS", false),
        (Producer, "security.protocol", "3.4", "sasl_ssl", false),
        (Producer, "security.protocol", "3.5.0", "sasl_ssl", false),
        (Producer, "security.protocol", "3.5.1", "sasl_ssl", true),
        (Producer, "security.protocol", "3.5", "sasl_ssl", true),
        (Producer, "bootstrap.servers", "3.9", "", false),
        (Producer, "bootstrap.servers", "3.9", "a:1,,b:2", true),
        (Producer, "bootstrap.servers", "4.2", "a:1,,b:2", false),
        (Producer, "compression.gzip.level", "3.7", "0", true),
        (Producer, "compression.gzip.level", "3.8", "0", false),
        (Producer, "compression.gzip.level", "3.8", "-1", true),
        (
            Consumer,
            "auto.offset.reset",
            "3.9",
            "by_duration:PT1H",
            false,
        ),
        (
            Consumer,
            "auto.offset.reset",
            "4.0",
            "by_duration:PT1H",
            true,
        ),
        (Consumer, "group.id", "3.9", "", true),
        (Consumer, "group.id", "4.0", "", false),
        (Consumer, "group.protocol", "3.7", "Consumer", true),
        (Consumer, "group.protocol", "3.7", "new", false),
        (Consumer, "group.protocol", "3.6", "new", true),
        (Consumer, "share.acquire.mode", "4.2", "record_LIMIT", true),
        (Admin, "client.dns.lookup", "2.8", "default", true),
        (Admin, "client.dns.lookup", "3.0", "default", false),
        (
            Streams,
            "processing.guarantee",
            "2.8",
            "exactly_once_v2",
            false,
        ),
        (
            Streams,
            "processing.guarantee",
            "3.0",
            "exactly_once_v2",
            true,
        ),
        (
            Streams,
            "processing.guarantee",
            "4.0",
            "exactly_once",
            false,
        ),
        (Streams, "upgrade.from", "4.2", "2.3", false),
        (Streams, "upgrade.from", "4.1", "2.3", true),
        (Streams, "upgrade.from", "4.1", "null", false),
        (
            Streams,
            "topology.optimization",
            "3.4",
            "merge.repartition.topics,",
            true,
        ),
        (Topic, "segment.bytes", "4.0", "1048575", true),
        (Topic, "segment.bytes", "4.1", "1048575", false),
        (Topic, "message.format.version", "3.9", "2.8", true),
        (Topic, "message.format.version", "3.9", "2.8-IV1", true),
        (Topic, "message.format.version", "3.9", "9.9", false),
        (Broker, "process.roles", "4.2", "", false),
        (
            ConnectDistributed,
            "connect.protocol",
            "3.9",
            "Sessioned",
            true,
        ),
        (ConnectDistributed, "plugin.path", "4.1", "", true),
        (ConnectDistributed, "plugin.path", "4.2", "", false),
        (ConnectDistributed, "listeners", "4.0", "", false),
    ];
    for (scope, name, version, raw, is_taken) in cases {
        let verdict = takes(scope, name, version, raw);
        assert_eq!(verdict, is_taken, "{scope} {version} {name}={raw:?}");
    }
}

#[test]
fn values_and_faults_are_told_apart() {
    let version = KafkaVersion::new(4, 3);
    let check = |scope, name, raw| {
        let key = find(scope, name).expect("a key");
        super::check(key, version, raw)
    };
    assert_eq!(
        check(Producer, "interceptor.classes", " a.B , c.D "),
        Ok(Parsed::List(vec!["a.B", "c.D"]))
    );
    assert_eq!(check(Producer, "linger.ms", "+05"), Ok(Parsed::Int(5)));
    let int = Type::Int;
    assert_eq!(
        check(Producer, "batch.size", "3000000000"),
        Err(Fault::TooBig { expected: int })
    );
    assert_eq!(
        check(Producer, "batch.size", "16k"),
        Err(Fault::WrongType { expected: int })
    );
    assert_eq!(check(Producer, "acks", ""), Err(Fault::Empty));
    let fault = check(Producer, "acks", "two").expect_err("refused");
    let text = "must be all, -1, 0 or 1, in exactly this spelling";
    assert_eq!(fault.to_string(), text);
    let fault = check(Producer, "linger.ms", "-1").expect_err("refused");
    assert_eq!(fault.to_string(), "must be at least 0");
}
