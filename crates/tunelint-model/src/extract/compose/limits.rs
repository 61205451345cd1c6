//! The limits of a service.

use super::text::interpolated;
use crate::fragment::Fragment;
use crate::kube::{Amount, Resources};
use tunelint_syntax::yaml::Node;

/// Memory and processors, as `deploy` or the older keys say.
pub(super) fn resources(fragment: &Fragment<'_>, node: Node<'_>) -> Resources {
    let limits = ["deploy", "resources", "limits"];
    let amount = |paths: [&[&str]; 2], read: fn(&str) -> Option<i64>| {
        let scalar = paths.into_iter().find_map(|path| node.at(path)?.scalar())?;
        let text = interpolated(fragment.sourced(scalar));
        let value = read(&text.text).filter(|_| !text.placeholder);
        Some(Amount { text, value })
    };
    let memory_limit = amount(
        [&[limits[0], limits[1], limits[2], "memory"], &["mem_limit"]],
        bytes,
    );
    let cpu_limit = amount(
        [&[limits[0], limits[1], limits[2], "cpus"], &["cpus"]],
        millicores,
    );
    let key = memory_limit.as_ref().or(cpu_limit.as_ref());
    Resources {
        key: key.map(|amount| amount.text.span),
        memory_limit,
        cpu_limit,
        ..Resources::default()
    }
}

/// A size as Docker reads it: `512m`, `1gb`, `2GiB`, all by 1024.
fn bytes(text: &str) -> Option<i64> {
    let lower = text.trim().to_ascii_lowercase();
    let end = lower
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(lower.len());
    let (number, suffix) = lower.split_at(end);
    let unit = suffix.trim();
    let unit = unit.strip_suffix('b').unwrap_or(unit);
    let shift = match unit.strip_suffix('i').unwrap_or(unit) {
        "" => 0,
        "k" => 10,
        "m" => 20,
        "g" => 30,
        "t" => 40,
        _ => return None,
    };
    let bytes = number.parse::<f64>().ok()? * f64::from(1_u32 << 10).powi(shift / 10);
    (bytes.is_finite() && bytes < 9e18).then_some(bytes as i64)
}

fn millicores(text: &str) -> Option<i64> {
    let cpus: f64 = text.trim().parse().ok()?;
    (cpus.is_finite() && (0.0..1e6).contains(&cpus)).then_some((cpus * 1000.0).round() as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_docker_s() {
        for (text, expected) in [
            ("512m", Some(512 << 20)),
            ("1gb", Some(1 << 30)),
            ("1.5GiB", Some(3 << 29)),
            ("100", Some(100)),
            ("2 g", Some(2 << 30)),
            ("x", None),
            ("1q", None),
        ] {
            assert_eq!(bytes(text), expected, "{text}");
        }
        assert_eq!(millicores("0.5"), Some(500));
    }
}
