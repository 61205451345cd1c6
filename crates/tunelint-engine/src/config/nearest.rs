//! The name that was probably meant.

/// The one of `names` that is nearest to `wrong`: at most a third of its letters differ, or it
/// begins with `wrong`.
#[must_use]
pub fn nearest<'n>(wrong: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let plain = wrong.to_ascii_lowercase().replace('_', "-");
    let limit = (plain.chars().count() / 3).clamp(1, 4);
    let mut best: Option<(usize, &str)> = None;
    for name in names {
        let lower = name.to_ascii_lowercase();
        let is_beginning = plain.len() >= 4 && lower.starts_with(&plain);
        let distance = if is_beginning {
            limit
        } else {
            distance(&plain, &lower)
        };
        let is_better = best.is_none_or(|(least, known)| (distance, name) < (least, known));
        if distance <= limit && is_better {
            best = Some((distance, name));
        }
    }
    best.map(|(_, name)| name)
}

/// How many letters must be added, dropped or changed.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, left) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, right) in b.iter().enumerate() {
            let change = diagonal + usize::from(left != *right);
            diagonal = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn slips_and_beginnings_are_found() {
        let names = ["acks-not-all", "inline-comment-in-value", "durability"];
        assert_eq!(nearest("ack-not-all", names), Some("acks-not-all"));
        assert_eq!(nearest("acks_not_all", names), Some("acks-not-all"));
        assert_eq!(
            nearest("inline-comment", names),
            Some("inline-comment-in-value")
        );
        assert_eq!(nearest("durabilty", names), Some("durability"));
        assert_eq!(nearest("zzz", names), None);
    }
}
