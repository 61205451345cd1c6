//! tunelint.
