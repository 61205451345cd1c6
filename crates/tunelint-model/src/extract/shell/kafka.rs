//! Kafka's own start scripts.

use super::assemble::inherit;
use super::replay::State;
use super::script_path;
use crate::fragment::Fragment;
use crate::jvm::{Carrier, OptionString, kafka_order};
use crate::start::Start;
use std::collections::BTreeSet;
use tunelint_syntax::shell::{Command, Word};

/// Kafka's own start scripts, which read the `KAFKA_…_OPTS`.
const KAFKA_SCRIPTS: [&str; 12] = [
    "kafka-server-start",
    "kafka-run-class",
    "connect-distributed",
    "connect-standalone",
    "connect-mirror-maker",
    "kafka-mirror-maker",
    "zookeeper-server-start",
    "kafka-console-consumer",
    "kafka-console-producer",
    "kafka-producer-perf-test",
    "kafka-consumer-perf-test",
    "kafka-streams-application-reset",
];

const KAFKA_VARIABLES: [&str; 5] = [
    "KAFKA_HEAP_OPTS",
    "KAFKA_JVM_PERFORMANCE_OPTS",
    "KAFKA_GC_LOG_OPTS",
    "KAFKA_JMX_OPTS",
    "KAFKA_OPTS",
];

/// Whether a program is one of them.
pub(super) fn is_kafka_script(program: &str) -> bool {
    let name = program.rsplit('/').next().unwrap_or(program);
    KAFKA_SCRIPTS.contains(&name.strip_suffix(".sh").unwrap_or(name))
}

/// `bin/kafka-server-start.sh`, which puts its variables on the command line in its own order.
pub(super) fn kafka(
    fragment: &Fragment<'_>,
    state: &mut State,
    command: &Command,
    program: &Word,
    used: &mut BTreeSet<String>,
) -> Option<Start> {
    let mut start = Start {
        unseen: true,
        ..Start::default()
    };
    for name in KAFKA_VARIABLES {
        let (Some(held), Some((_, span))) =
            (state.variables.get(name), state.option_variables.get(name))
        else {
            continue;
        };
        start.strings.push(OptionString {
            carrier: Carrier::Script,
            name: name.into(),
            name_span: *span,
            flags: held.words.clone(),
            span: *span,
            stands: None,
        });
        used.insert(name.to_owned());
    }
    inherit(fragment, state, command, &mut start, used);
    start
        .strings
        .sort_by_key(|string| kafka_order(&string.name));
    start.script = script_path(&[&program.text]);
    (!start.strings.is_empty()).then_some(start)
}
