//! Writes the generated files of tunelint.

fn main() {}
