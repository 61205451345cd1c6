//! The name that was probably meant: spelled alike, or at most two slips of the keyboard away.

/// The name among `names` that is nearest to `wrong`, and never `wrong` itself.
///
/// Letter case, `_` and `-` for `.`, and camel case for dots are no slip at all. Ties go to the
/// name whose letters differ less, then to the first in alphabetical order.
pub(crate) fn nearest(
    wrong: &str,
    names: impl Iterator<Item = &'static str>,
    dotted: bool,
) -> Option<&'static str> {
    let plain = spell(wrong, dotted);
    let mut limit = match plain.len() {
        0..=2 => 0,
        // Of a short name two slips leave too little: `fetch.size` is no `batch.size`.
        3..=10 => 1,
        _ => 2,
    };
    let mut best: Option<(usize, usize, &'static str)> = None;
    let mut rows = Rows::default();
    for name in names.filter(|name| *name != wrong) {
        let Some(distance) = rows.distance(&plain, name.as_bytes(), limit) else {
            continue;
        };
        let differing = name.bytes().zip(wrong.bytes()).filter(|(a, b)| a != b);
        let found = (distance, differing.count(), name);
        if best.is_none_or(|best| found < best) {
            limit = distance;
            best = Some(found);
        }
    }
    best.map(|(_, _, name)| name)
}

/// `wrong` in lower case with dots between its words.
fn spell(wrong: &str, dotted: bool) -> Vec<u8> {
    let mut plain = Vec::with_capacity(wrong.len() + 4);
    let mut before = b'.';
    for byte in wrong.bytes() {
        if dotted && byte.is_ascii_uppercase() && before.is_ascii_lowercase() {
            plain.push(b'.');
        }
        plain.push(fold(byte));
        before = byte;
    }
    plain
}

fn fold(byte: u8) -> u8 {
    match byte {
        b'_' | b'-' => b'.',
        other => other.to_ascii_lowercase(),
    }
}

/// The rows of the distance table, kept from one name to the next.
#[derive(Default)]
struct Rows {
    before: Vec<usize>,
    last: Vec<usize>,
    now: Vec<usize>,
}

impl Rows {
    /// How many insertions, deletions, changes and swaps of neighbours part `a` from `b`, if at
    /// most `limit` do.
    fn distance(&mut self, a: &[u8], b: &[u8], limit: usize) -> Option<usize> {
        if a.len().abs_diff(b.len()) > limit {
            return None;
        }
        self.last.clear();
        self.last.extend(0..=b.len());
        self.before.clone_from(&self.last);
        for i in 1..=a.len() {
            self.now.clear();
            self.now.push(i);
            let mut least = i;
            for j in 1..=b.len() {
                let (left, right) = (a[i - 1], fold(b[j - 1]));
                let mut cost = (self.last[j] + 1)
                    .min(self.now[j - 1] + 1)
                    .min(self.last[j - 1] + usize::from(left != right));
                if i > 1 && j > 1 && left == fold(b[j - 2]) && a[i - 2] == right {
                    cost = cost.min(self.before[j - 2] + 1);
                }
                least = least.min(cost);
                self.now.push(cost);
            }
            if least > limit {
                return None;
            }
            std::mem::swap(&mut self.before, &mut self.last);
            std::mem::swap(&mut self.last, &mut self.now);
        }
        self.last.last().copied().filter(|cost| *cost <= limit)
    }
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn slips_are_found_and_the_same_name_is_not() {
        let names = ["acks", "batch.size", "linger.ms", "max.poll.records"];
        let find = |wrong| nearest(wrong, names.into_iter(), true);
        assert_eq!(find("linger_ms"), Some("linger.ms"));
        assert_eq!(find("lingerMs"), Some("linger.ms"));
        assert_eq!(find("linegr.ms"), Some("linger.ms"));
        assert_eq!(find("maxPollRecord"), Some("max.poll.records"));
        assert_eq!(find("ack"), Some("acks"));
        assert_eq!(find("acks"), None);
        assert_eq!(find("batch.sizes.x"), None);
        assert_eq!(find(""), None);
    }
}
