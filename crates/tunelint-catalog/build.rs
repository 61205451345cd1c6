//! Turns the tables under `data/` into static Rust tables.

#[path = "build/jvm.rs"]
mod jvm;
#[path = "build/kafka.rs"]
mod kafka;
#[path = "build/librdkafka.rs"]
mod librdkafka;
#[path = "build/strings.rs"]
mod strings;
#[path = "build/successors.rs"]
mod successors;
#[path = "build/table.rs"]
mod table;
#[path = "build/validator.rs"]
mod validator;

use std::path::Path;

fn main() {
    println!("cargo::rerun-if-changed=data");
    println!("cargo::rerun-if-changed=build");
    let out = std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR");
    let out = Path::new(&out);
    for (name, text) in [
        ("kafka.rs", kafka::generate()),
        ("librdkafka.rs", librdkafka::generate()),
        ("successors.rs", successors::generate()),
        ("jvm.rs", jvm::generate()),
    ] {
        std::fs::write(out.join(name), text).expect("OUT_DIR can be written");
    }
}
