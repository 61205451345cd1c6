//! Names for findings that stay when other lines of the file change.

use tunelint_base::Location;
use tunelint_model::Model;

/// Sixteen hexadecimal digits of the rule, the file's path, the entity and the line's own text.
pub(crate) fn fingerprint(
    rule: &str,
    entity: &str,
    model: &Model<'_>,
    location: Location,
) -> String {
    let (path, line) = model.file(location.file).map_or(("", ""), |file| {
        let text = file.text.as_str();
        let line = file.lines.line_of(location.span.start);
        (
            file.path.as_str(),
            file.lines.span_of(line, text).of(text).trim(),
        )
    });
    let mut hash = Fnv::default();
    for part in [rule, path, entity, line] {
        hash.write(part.as_bytes());
        hash.write(&[0]);
    }
    format!("{:016x}", hash.0)
}

/// FNV-1a with 64 bits: the same on every machine and in every release.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
}
