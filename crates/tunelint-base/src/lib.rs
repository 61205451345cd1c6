//! The words that every crate of tunelint shares: places in texts, quantities, versions, diagnostics.

pub mod card;
pub mod diagnostic;
pub mod entity;
pub mod level;
pub mod lines;
pub mod map;
pub mod origin;
pub mod quantity;
pub mod span;
pub mod text;
pub mod version;

pub use diagnostic::{Diagnostic, Edit, Fix, Related, Safety};
pub use entity::Entity;
pub use level::{Kind, Severity};
pub use lines::{LineColumn, LineIndex};
pub use map::OffsetMap;
pub use origin::Origin;
pub use quantity::Unit;
pub use span::{FileId, Location, Span};
pub use text::{Encoding, Text};
pub use version::{JavaVersion, KafkaVersion};
