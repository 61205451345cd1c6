//! Tests of tunelint as a whole.
