//! What holds in which versions, said shortly.

/// Joins neighbouring versions with the same value: `0 (2.4 to 3.9), 5 (from 4.0)`; just the value
/// where it is the same in all.
pub(super) fn say<V: Copy>(values: &[(V, String)], show: impl Fn(V) -> String) -> String {
    let runs: Vec<&[(V, String)]> = values.chunk_by(|a, b| a.1 == b.1).collect();
    if let [run] = runs.as_slice() {
        return run
            .first()
            .map_or_else(String::new, |(_, value)| value.clone());
    }
    let count = runs.len();
    let said = runs.iter().enumerate().filter_map(|(at, run)| {
        let ((first, value), (last, _)) = (run.first()?, run.last()?);
        let (from, to) = (show(*first), show(*last));
        Some(if at + 1 == count {
            format!("{value} (from {from})")
        } else if from == to {
            format!("{value} ({from})")
        } else {
            format!("{value} ({from} to {to})")
        })
    });
    said.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::say;

    #[test]
    fn equal_neighbours_are_joined() {
        let values = |all: &[&str]| {
            say(
                &all.iter()
                    .enumerate()
                    .map(|(at, v)| (at, (*v).to_owned()))
                    .collect::<Vec<_>>(),
                |at| at.to_string(),
            )
        };
        assert_eq!(values(&["a", "a"]), "a");
        assert_eq!(
            values(&["a", "a", "b", "c"]),
            "a (0 to 1), b (2), c (from 3)"
        );
    }
}
