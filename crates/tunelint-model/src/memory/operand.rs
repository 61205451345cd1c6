//! The numbers that a term of the budget is worked out from.

use tunelint_base::origin::DefaultOf;
use tunelint_base::{Location, Origin, Unit};

/// A number with its name and origin.
#[derive(Clone, Debug, PartialEq)]
pub struct Operand {
    /// What it is: `block cache`, `partitions`, `num.standby.replicas`.
    pub name: &'static str,
    /// What it is worth.
    pub value: i64,
    /// What it counts.
    pub unit: Option<Unit>,
    /// Where it comes from.
    pub origin: Origin,
}

impl Operand {
    /// The name of a switch: 1 or 0.
    pub(crate) const INDEX_IN_CACHE: &'static str = "index and filter in the cache";

    /// A number written at a place.
    #[must_use]
    pub fn set(name: &'static str, value: i64, at: Location) -> Self {
        Self::new(name, value, Origin::Set(at))
    }

    /// A default of that version of Kafka.
    #[must_use]
    pub fn default(name: &'static str, value: i64, kafka: tunelint_base::KafkaVersion) -> Self {
        Self::new(name, value, Origin::Default(DefaultOf::Kafka(kafka)))
    }

    /// A typical figure.
    #[must_use]
    pub fn estimate(name: &'static str, value: i64, source: &str) -> Self {
        Self::new(name, value, Origin::Estimate(source.to_owned()))
    }

    /// What the user asks about.
    #[must_use]
    pub fn what_if(name: &'static str, value: i64) -> Self {
        Self::new(name, value, Origin::Override("--what-if".to_owned()))
    }

    /// A number with its origin.
    #[must_use]
    pub fn new(name: &'static str, value: i64, origin: Origin) -> Self {
        Self {
            name,
            value,
            unit: None,
            origin,
        }
    }

    /// The same, counting bytes.
    #[must_use]
    pub fn bytes(mut self) -> Self {
        self.unit = Some(Unit::Bytes);
        self
    }

    /// Where somebody wrote it.
    #[must_use]
    pub fn place(&self) -> Option<Location> {
        self.origin.location()
    }

    /// Name and number: `partitions 6`, `4 stores`.
    #[must_use]
    pub fn told(&self) -> String {
        match (self.name, self.value) {
            ("stores", 1) => "1 store".to_owned(),
            ("stores", count) => format!("{count} stores"),
            (name, _) => format!("{name} {}", self.show()),
        }
    }

    /// The number as people read it.
    #[must_use]
    pub fn show(&self) -> String {
        match (self.unit, self.name, self.value) {
            (Some(unit), ..) => unit.show(self.value),
            (None, Self::INDEX_IN_CACHE, 0) => "no".to_owned(),
            (None, Self::INDEX_IN_CACHE, _) => "yes".to_owned(),
            (None, ..) => self.value.to_string(),
        }
    }
}
