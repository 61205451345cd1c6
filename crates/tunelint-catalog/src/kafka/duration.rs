//! Durations as `java.time.Duration.parse` reads them.

/// The milliseconds of an ISO-8601 duration of days to seconds (`P1DT2H`, `PT0.5S`).
pub(super) fn parse(text: &str) -> Option<i128> {
    let upper = text.to_ascii_uppercase();
    let (negative, rest) = match upper.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, upper.strip_prefix('+').unwrap_or(&upper)),
    };
    let rest = rest.strip_prefix('P')?;
    let (days, time) = match rest.split_once('T') {
        Some((_, "")) => return None,
        Some((days, time)) => (days, time),
        None if rest.is_empty() => return None,
        None => (rest, ""),
    };
    let mut millis = 0;
    let mut rest = days;
    take(&mut rest, 'D', 86_400_000, &mut millis)?;
    if !rest.is_empty() {
        return None;
    }
    rest = time;
    take(&mut rest, 'H', 3_600_000, &mut millis)?;
    take(&mut rest, 'M', 60_000, &mut millis)?;
    if let Some(seconds) = rest.strip_suffix('S') {
        let (whole, fraction) = seconds.split_once(['.', ',']).unwrap_or((seconds, ""));
        if fraction.len() > 9 || !fraction.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let nanos: i128 = format!("{fraction:0<9}").parse().ok()?;
        let sign = if whole.starts_with('-') { -1 } else { 1 };
        millis += number(whole)? * 1000 + sign * nanos / 1_000_000;
        rest = "";
    }
    let seconds = millis / 1000;
    if !rest.is_empty() || i64::try_from(seconds).is_err() {
        return None;
    }
    Some(if negative { -millis } else { millis })
}

/// Takes a number and its `unit` off the front, if they stand there.
fn take(rest: &mut &str, unit: char, factor: i128, millis: &mut i128) -> Option<()> {
    if let Some((digits, after)) = rest.split_once(unit) {
        *millis += number(digits)? * factor;
        *rest = after;
    }
    Some(())
}

fn number(text: &str) -> Option<i128> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || digits.len() > 19 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn durations_are_read_as_java_reads_them() {
        let cases = [
            ("PT1H", Some(3_600_000)),
            ("P1D", Some(86_400_000)),
            ("p1dt2h3m4.5s", Some(93_784_500)),
            ("-PT1S", Some(-1000)),
            ("PT-1S", Some(-1000)),
            ("PT", None),
            ("P", None),
            ("P1", None),
            ("1h", None),
            ("P1DT", None),
            ("P1Y", None),
            ("PT1H1H", None),
            ("", None),
        ];
        for (text, millis) in cases {
            assert_eq!(parse(text), millis, "{text}");
        }
    }
}
