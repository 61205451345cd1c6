//! Span-keeping, error-tolerant readers of the texts that are linted; they know no Kafka.
pub mod argfile;
pub mod dockerfile;
pub mod jaas;
pub mod jvm_options;
mod lines;
pub mod markdown;
pub mod properties;
pub mod shell;
pub mod unit;
pub mod yaml;
