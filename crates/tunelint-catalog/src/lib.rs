//! tunelint-catalog.
