//! The rule pages.
