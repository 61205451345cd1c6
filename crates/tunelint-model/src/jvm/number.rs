//! The numbers of flags: how HotSpot reads them, and which one holds when all options are read.

use super::{Form, Jvm, Machine, form};
use tunelint_base::quantity::jvm_size;
use tunelint_base::{JavaVersion, Location};
use tunelint_catalog::jvm::{self, FlagType};

/// The release that first refuses a number that its type cannot hold; older ones cut it off.
const STRICT: u16 = 21;

/// A whole number as the value of a flag of that type. `None` where HotSpot reads none: a sign only
/// where the type has one, digits in decimal or after `0x`, and at most one of `k m g t`.
#[must_use]
pub(crate) fn whole(ty: FlagType, java: JavaVersion, text: &str) -> Option<i128> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    if negative && ty.is_unsigned() {
        return None;
    }
    let number = i128::from(jvm_size(digits)?);
    let number = if negative { -number } else { number };
    let (min, max) = bounds(ty);
    if (min..=max).contains(&number) {
        return Some(number);
    }
    (java.0 < STRICT).then(|| cut(ty, number))
}

fn bounds(ty: FlagType) -> (i128, i128) {
    match ty {
        FlagType::Int => (i128::from(i32::MIN), i128::from(i32::MAX)),
        FlagType::Uint => (0, i128::from(u32::MAX)),
        FlagType::Intx => (i128::from(i64::MIN), i128::from(i64::MAX)),
        _ => (0, i128::from(u64::MAX)),
    }
}

/// What is left of a number in a type that cannot hold it.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "it is cut off as HotSpot does"
)]
fn cut(ty: FlagType, number: i128) -> i128 {
    match ty {
        FlagType::Int => i128::from(number as i32),
        FlagType::Uint => i128::from(number as u32),
        FlagType::Intx => i128::from(number as i64),
        _ => i128::from(number as u64),
    }
}

/// A number with a fraction as the value of a flag: before 21 digits around a point, or a whole
/// number; on 8 only the former; from 21 on whatever C's `strtod` reads.
#[must_use]
pub(crate) fn real(java: JavaVersion, text: &str) -> Option<f64> {
    if java.0 < STRICT {
        if let Some((before, after)) = text.split_once('.') {
            let signed = |text: &str| {
                text.bytes()
                    .all(|b| b.is_ascii_digit() || b"+-eE".contains(&b))
            };
            let is_number =
                !before.is_empty() && !after.is_empty() && signed(before) && signed(after);
            return text
                .parse()
                .ok()
                .filter(|number: &f64| is_number && number.is_finite());
        }
        if java.0 <= 8 {
            return None;
        }
        return jvm_size(text).map(|number| number as f64);
    }
    if let Some(hex) = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        return u64::from_str_radix(hex, 16)
            .ok()
            .map(|number| number as f64);
    }
    let plain = text
        .bytes()
        .all(|b| b.is_ascii_digit() || b"+-.eE".contains(&b));
    text.parse()
        .ok()
        .filter(|number: &f64| plain && number.is_finite())
}

/// A number that holds, and where somebody wrote it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Number<T> {
    /// In the flag's own unit.
    pub value: T,
    /// Where it stands; `None` for a default.
    pub place: Option<Location>,
}

impl Jvm<'_> {
    /// The whole number that holds for a flag: the last one written, else the default before the
    /// JVM looks at the machine. `None` where the text is none, or this release has no such flag.
    #[must_use]
    pub fn number(&self, name: &str) -> Option<Number<i128>> {
        let flag = jvm::find(name)?;
        let ty = flag.ty(self.java)?;
        match self.written(name) {
            Some((place, text, unit)) => {
                let value = match unit {
                    Scale::Own => whole(ty, self.java, text)?,
                    Scale::Bytes => i128::from(jvm_size(text)?),
                    Scale::Kibibytes => i128::from(jvm_size(text)?.div_ceil(1024)),
                };
                let place = Some(place);
                Some(Number { value, place })
            }
            None => {
                let value = flag.default(self.java)?.parse().ok()?;
                Some(Number { value, place: None })
            }
        }
    }

    /// The same of a flag whose number has a fraction.
    #[must_use]
    pub fn real(&self, name: &str) -> Option<Number<f64>> {
        match self.last(name) {
            Some((place, text)) => Some(Number {
                value: real(self.java, text)?,
                place: Some(place),
            }),
            None => Some(Number {
                value: jvm::find(name)?.default(self.java)?.parse().ok()?,
                place: None,
            }),
        }
    }

    /// Whether somebody wrote the flag.
    #[must_use]
    pub fn wrote(&self, name: &str) -> Option<Location> {
        self.written(name).map(|(place, ..)| place)
    }

    /// The last text that sets the flag, by its own name or by an option such as `-Xmn`.
    fn written(&self, name: &str) -> Option<(Location, &str, Scale)> {
        let names = |own: &str| {
            own == name || jvm::find(own).is_some_and(|flag| flag.alias_of() == Some(name))
        };
        self.flags().rev().find_map(|(place, _, flag)| {
            let (text, unit) = match form(&flag.text) {
                Form::Assign(own, value) if names(own) => (value, Scale::Own),
                Form::Size("mx", size) if name == "MaxHeapSize" => (size, Scale::Bytes),
                Form::Size("ms", size) if name == "InitialHeapSize" || name == "MinHeapSize" => {
                    (size, Scale::Bytes)
                }
                Form::Size("mn", size) if name == "NewSize" || name == "MaxNewSize" => {
                    (size, Scale::Bytes)
                }
                Form::Size("ss", size) if name == "ThreadStackSize" => (size, Scale::Kibibytes),
                _ => return None,
            };
            // A text that is no number stands for what is only perhaps there.
            let text = if self.is_certain(flag) { text } else { "?" };
            Some((place, text, unit))
        })
    }

    /// The processors that the JVM counts: `ActiveProcessorCount`, else those of the machine.
    #[must_use]
    pub fn processors(&self) -> Option<i64> {
        self.processors_of(self.machine)
    }

    pub(super) fn processors_of(&self, machine: Machine) -> Option<i64> {
        let stated = self.number("ActiveProcessorCount");
        match stated.and_then(|number| i64::try_from(number.value).ok()) {
            Some(count) if count > 0 => Some(count),
            _ => machine.processors,
        }
    }
}

/// What a text counts where it sets a flag.
#[derive(Clone, Copy)]
enum Scale {
    /// What the flag counts.
    Own,
    /// Bytes, as the flag.
    Bytes,
    /// Bytes, where the flag counts KiB.
    Kibibytes,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_the_release_does() {
        let read = |ty, java, text| whole(ty, JavaVersion(java), text);
        assert_eq!(read(FlagType::Uintx, 17, "4k"), Some(4096));
        assert_eq!(read(FlagType::Uintx, 17, "-1"), None);
        assert_eq!(read(FlagType::Intx, 17, "-1k"), Some(-1024));
        assert_eq!(read(FlagType::Int, 17, "4294967296"), Some(0));
        assert_eq!(read(FlagType::Int, 21, "4294967296"), None);
        assert_eq!(read(FlagType::Intx, 11, "200ms"), None);
        let read = |java, text| real(JavaVersion(java), text);
        assert_eq!(read(17, "75"), Some(75.0));
        assert_eq!(read(8, "75"), None);
        assert_eq!(read(8, "75.0"), Some(75.0));
        assert_eq!(read(17, "1e2"), None);
        assert_eq!(read(21, "1e2"), Some(100.0));
        assert_eq!(read(17, "1k"), Some(1024.0));
        assert_eq!(read(25, "1k"), None);
        assert_eq!(read(25, "75%"), None);
    }
}
