//! Numbers that look like those of payment cards.

use std::ops::Range;

/// The places of runs of 13 to 19 digits, perhaps in groups, that begin and add up as card numbers
/// do.
#[must_use]
pub fn find(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let is_word = |at: usize| {
        bytes
            .get(at)
            .is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
    };
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let first = group_end(bytes, at);
        let card = (at == 0 || !is_word(at - 1))
            .then(|| card_at(bytes, at))
            .flatten();
        match card.filter(|end| !is_word(*end)) {
            Some(end) => {
                found.push(at..end);
                at = end;
            }
            None => at = first,
        }
    }
    found
}

/// Where the digits that begin at `at` end.
fn group_end(bytes: &[u8], at: usize) -> usize {
    let len = bytes[at..]
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    at + len
}

/// The end of the card number that begins at `at`: of one group of digits, or of several.
fn card_at(bytes: &[u8], at: usize) -> Option<usize> {
    let mut digits = Vec::new();
    let mut start = at;
    while digits.len() < 19 {
        let end = group_end(bytes, start);
        digits.extend(bytes[start..end].iter().map(|byte| byte - b'0'));
        if is_card(&digits) {
            return Some(end);
        }
        let is_grouped = matches!(bytes.get(end), Some(b' ' | b'-'))
            && bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
        if !is_grouped {
            return None;
        }
        start = end + 1;
    }
    None
}

/// Luhn's check; card numbers of people begin with 2 to 6, times and sizes mostly do not.
fn is_card(digits: &[u8]) -> bool {
    if !(13..=19).contains(&digits.len()) || !(2..=6).contains(&digits[0]) {
        return false;
    }
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| {
            let value = u32::from(*digit) * if place % 2 == 1 { 2 } else { 1 };
            if value > 9 { value - 9 } else { value }
        })
        .sum();
    sum.is_multiple_of(10)
}

/// Whether the number has the beginning and the length of one of the large networks' cards.
#[must_use]
pub fn is_issued(number: &str) -> bool {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let begin = |count: usize| {
        digits
            .get(..count)
            .and_then(|part| part.parse::<u32>().ok())
    };
    let (Some(two), Some(three), Some(four)) = (begin(2), begin(3), begin(4)) else {
        return false;
    };
    match digits.len() {
        // Diners Club, American Express.
        14 => matches!(two, 36 | 38) || (300..=305).contains(&three),
        15 => matches!(two, 34 | 37),
        // Visa, Mastercard, Discover, JCB, UnionPay.
        16 => {
            two / 10 == 4
                || (51..=55).contains(&two)
                || (2221..=2720).contains(&four)
                || four == 6011
                || two == 65
                || (3528..=3589).contains(&four)
                || two == 62
        }
        _ => false,
    }
}

/// Whether it is one of the numbers that payment providers publish for tests.
#[must_use]
pub fn is_published(number: &str) -> bool {
    const PUBLISHED: [&str; 22] = [
        "4111111111111111",
        "4012888888881881",
        "4242424242424242",
        "4000056655665556",
        "4000000000000002",
        "4000000000003220",
        "5555555555554444",
        "5105105105105100",
        "5200828282828210",
        "2223003122003222",
        "2223000048400011",
        "2222400070000005",
        "378282246310005",
        "371449635398431",
        "378734493671000",
        "6011111111111117",
        "6011000990139424",
        "3530111333300000",
        "3566002020360505",
        "30569309025904",
        "36227206271667",
        "6200000000000005",
    ];
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    PUBLISHED.contains(&digits.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_told_by_their_looks() {
        let text =
            "card=4111 1111 1111 1111, 4111111111111112, 9223372036854775807, x4111111111111111";
        let found = find(text);
        assert_eq!(found.len(), 1);
        let number = &text[found[0].clone()];
        assert_eq!(number, "4111 1111 1111 1111");
        assert!(is_issued(number) && is_published(number));
        assert!(is_issued("371449635398431") && !is_issued("5999999999999999999"));
        assert!(!is_published("4539578763621486"));
    }
}
