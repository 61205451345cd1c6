//! tunelint-syntax.
