//! What keys tell, where librdkafka and the Java clients share some of them.

use super::recognise;
use crate::ClientKind;

fn kind(keys: &str) -> Option<ClientKind> {
    recognise(keys.split(' '), "kafka.properties").map(|found| found.kind)
}

#[test]
fn librdkafka_is_told_from_java() {
    let librdkafka = [
        "bootstrap.servers security.protocol sasl.mechanisms sasl.username sasl.password",
        "bootstrap.servers group.id auto.offset.reset enable.auto.offset.store",
        "metadata.broker.list queue.buffering.max.messages",
        "bootstrap.servers sasl.mechanisms sasl.username sasl.jaas.config",
        "bootstrap.servers schema.registry.url ssl.ca.location",
    ];
    for keys in librdkafka {
        assert_eq!(kind(keys), Some(ClientKind::Librdkafka), "{keys}");
    }
    let others = [
        "bootstrap.servers key.serializer sasl.username sasl.password",
        "bootstrap.servers sasl.jaas.config ssl.truststore.location sasl.username",
        "bootstrap.servers application.id num.stream.threads processing.guarantee ssl.ca.location",
        "metadata.broker.list producer.type serializer.class request.required.acks",
        "bootstrap.servers linger.ms compression.codec socket.timeout.ms",
    ];
    for keys in others {
        assert_ne!(kind(keys), Some(ClientKind::Librdkafka), "{keys}");
    }
    assert_eq!(kind("sasl.username db.url"), None);
    assert_eq!(kind("debug retries topic"), None);
}
