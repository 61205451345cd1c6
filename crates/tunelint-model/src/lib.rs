//! tunelint-model.
