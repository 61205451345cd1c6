//! `tunelint.toml`.
