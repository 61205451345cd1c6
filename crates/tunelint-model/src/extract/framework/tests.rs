//! What the clients of frameworks' files are set to.

use crate::extract::extract;
use expect_test::{Expect, expect};
use std::fmt::Write;

/// Each client and its settings, as the file `path` says them.
fn check(path: &str, text: &str, expected: &Expect) {
    let facts = extract(path, text);
    let mut seen = String::new();
    for client in &facts.clients {
        let _ = writeln!(seen, "{}: {}", client.kind.as_str(), client.why);
        for setting in &client.settings {
            let hidden = if setting.placeholder {
                " (unknown)"
            } else {
                ""
            };
            let text = setting.value_span.of(text);
            let _ = writeln!(
                seen,
                "  {}={}{hidden} from {text:?}",
                setting.name, setting.value
            );
        }
    }
    expected.assert_eq(&seen);
}

#[test]
fn spring_boot_in_yaml() {
    let text = r#"
spring.kafka:
  bootstrap-servers: [a:9092, "b:9092"]
  properties:
    "[security.protocol]": SASL_SSL
    max.block.ms: 5000
  ssl:
    trust-store-location: classpath:trust.jks
    keyStoreLocation: file:/keys/k.jks
  producer: {batchSize: 16KB, transaction_id_prefix: tx-}
  consumer: {group-id: pay, heartbeat-interval: 5s}
"#;
    check(
        "application.yml",
        text,
        &expect![[r#"
        consumer: it is the section `spring.kafka.consumer`
          bootstrap.servers=a:9092,b:9092 from "a:9092, \"b:9092"
          security.protocol=SASL_SSL from "SASL_SSL"
          max.block.ms=5000 from "5000"
          ssl.truststore.location=classpath:trust.jks (unknown) from "classpath:trust.jks"
          ssl.keystore.location=/keys/k.jks from "file:/keys/k.jks"
          group.id=pay from "pay"
          heartbeat.interval.ms=5000 from "5s"
        producer: it is the section `spring.kafka.producer`
          bootstrap.servers=a:9092,b:9092 from "a:9092, \"b:9092"
          security.protocol=SASL_SSL from "SASL_SSL"
          max.block.ms=5000 from "5000"
          ssl.truststore.location=classpath:trust.jks (unknown) from "classpath:trust.jks"
          ssl.keystore.location=/keys/k.jks from "file:/keys/k.jks"
          batch.size=16384 from "16KB"
          transactional.id=tx- from "tx-"
    "#]],
    );
}

#[test]
fn spring_profiles() {
    let yaml = "
spring: {kafka: {producer: {acks: all}}}
---
spring:
  config.activate.on-profile: dev
  kafka.producer: {acks: 1, retries: 3}
";
    check(
        "application.yaml",
        yaml,
        &expect![[r#"
        producer: it is the section `spring.kafka.producer`
          acks=all from "all"
          retries=3 (unknown) from "3"
        producer: it is the section `spring.kafka.producer` in the profile `dev`
          acks=1 from "1"
          retries=3 from "3"
    "#]],
    );
    let properties = "spring.kafka.producer.acks=all
#---
spring.config.activate.on-profile=dev
spring.kafka.producer.acks=0
";
    check(
        "application.properties",
        properties,
        &expect![[r#"
        producer: it is the section `spring.kafka.producer`
          acks=all from "all"
        producer: it is the section `spring.kafka.producer` in the profile `dev`
          acks=0 from "0"
    "#]],
    );
}

#[test]
fn spring_cloud_stream() {
    let text = "\
spring.cloud.stream.kafka.binder.brokers=a:9092
spring.cloud.stream.kafka.binder.requiredAcks=all
spring.cloud.stream.kafka.binder.configuration.security.protocol=SSL
spring.cloud.stream.kafka.bindings.out-0.producer.configuration.linger.ms=10
spring.cloud.stream.kafka.bindings.in-0.consumer.start-offset=earliest
spring.cloud.stream.kafka.streams.binder.functions.f.applicationId=app
spring.cloud.stream.binders.b.environment.spring.cloud.stream.kafka.binder.brokers=c:9092
";
    check(
        "application.properties",
        text,
        &expect![[r#"
        producer: it is the section `spring.cloud.stream.kafka.binder.producer`
          bootstrap.servers=a:9092 from "a:9092"
          security.protocol=SSL from "SSL"
          acks=all from "all"
        consumer: it is the section `spring.cloud.stream.kafka.bindings.in-0.consumer`
          bootstrap.servers=a:9092 from "a:9092"
          security.protocol=SSL from "SSL"
          auto.offset.reset=earliest from "earliest"
        producer: it is the section `spring.cloud.stream.kafka.bindings.out-0.producer`
          bootstrap.servers=a:9092 from "a:9092"
          security.protocol=SSL from "SSL"
          acks=all from "all"
          linger.ms=10 from "10"
        streams: it is the section `spring.cloud.stream.kafka.streams.binder.functions.f`
          application.id=app from "app"
    "#]],
    );
}

#[test]
fn microprofile_and_quarkus() {
    let text = "\
kafka.bootstrap.servers=a:9092
mp.messaging.incoming.in.connector=smallrye-kafka
mp.messaging.incoming.in.group.id=g
mp.messaging.incoming.in.failure-strategy=ignore
mp.messaging.connector.smallrye-kafka.security.protocol=SSL
%{prod,stage}.mp.messaging.incoming.in.session.timeout.ms=45000
quarkus.kafka-streams.application-id=app
";
    check(
        "application.properties",
        text,
        &expect![[r#"
        streams: it is the section `kafka-streams`
          bootstrap.servers=a:9092 from "a:9092"
          application.id=app from "app"
        consumer: it is the section `mp.messaging.incoming.in`
          bootstrap.servers=a:9092 from "a:9092"
          security.protocol=SSL from "SSL"
          group.id=g from "g"
          session.timeout.ms=45000 (unknown) from "45000"
        streams: it is the section `kafka-streams` in the profile `prod,stage`
          bootstrap.servers=a:9092 from "a:9092"
          application.id=app from "app"
        consumer: it is the section `mp.messaging.incoming.in` in the profile `prod,stage`
          bootstrap.servers=a:9092 from "a:9092"
          security.protocol=SSL from "SSL"
          group.id=g from "g"
          session.timeout.ms=45000 from "45000"
    "#]],
    );
}
