//! tunelint-engine.
