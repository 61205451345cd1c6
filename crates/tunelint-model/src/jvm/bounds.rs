//! What flags must be to each other and to the machine, so that a JVM starts: HotSpot's constraint
//! functions, and what its collectors and its code cache ask for.
//!
//! Measured on JDK 11, 17, 21 and 25, linux-x64.

use super::Jvm;
use tunelint_base::Location;

mod compiler;
mod heap;
mod single;
mod threads;

/// Why the JVM does not start, and the flag to look at.
pub type Refusal = (Location, String);

type Check = fn(&Jvm<'_>) -> Option<Refusal>;

const CHECKS: [&[Check]; 4] = [
    heap::CHECKS,
    threads::CHECKS,
    compiler::CHECKS,
    single::CHECKS,
];

impl Jvm<'_> {
    /// Why the JVM does not start although each flag is fine by itself.
    #[must_use]
    pub fn refusal(&self) -> Option<Refusal> {
        if self.has_hidden_options() {
            // What cannot be seen may be what is missing.
            return None;
        }
        CHECKS
            .iter()
            .copied()
            .flatten()
            .find_map(|check| check(self))
    }

    /// Refuses where `low` is above `high`, and one of them is written.
    fn ordered(&self, low: &str, high: &str) -> Option<Refusal> {
        let (small, great) = (self.number(low)?, self.number(high)?);
        let place = small.place.or(great.place)?;
        (small.value > great.value).then(|| {
            let text = format!(
                "{low} ({}) must not be above {high} ({})",
                small.value, great.value
            );
            (place, text)
        })
    }

    /// Refuses where a written number fails the test.
    fn written_number(
        &self,
        name: &str,
        wanted: &str,
        fits: impl Fn(i128) -> bool,
    ) -> Option<Refusal> {
        let number = self.number(name)?;
        let place = number.place?;
        (!fits(number.value)).then(|| (place, format!("{name} must be {wanted}")))
    }
}
