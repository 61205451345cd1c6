//! tunelint-page.
