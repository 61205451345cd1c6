//! What `java.util.regex.Pattern.compile` refuses for certain.
//!
//! A text that passes may still be refused: only what every release from Java 8 on refuses counts.

use std::iter::Peekable;
use std::str::Chars;

/// Whether `Pattern.compile` throws a `PatternSyntaxException` for `pattern`.
pub(super) fn is_refused(pattern: &str) -> bool {
    Reader {
        rest: pattern.chars().peekable(),
    }
    .pattern()
    .is_none()
}

struct Reader<'p> {
    rest: Peekable<Chars<'p>>,
}

/// What stands before the place that is read: nothing that can be repeated, something, or
/// something that is repeated already.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    Nothing,
    Atom,
    Repeated,
}

impl Reader<'_> {
    /// `None` where the pattern is refused.
    fn pattern(&mut self) -> Option<()> {
        let mut depth = 0_usize;
        let mut before = Before::Nothing;
        while let Some(c) = self.rest.next() {
            before = match c {
                '\\' => self.escape()?,
                '[' => {
                    self.class()?;
                    Before::Atom
                }
                '(' => {
                    depth += 1;
                    self.group();
                    Before::Nothing
                }
                ')' => {
                    depth = depth.checked_sub(1)?;
                    Before::Atom
                }
                '|' => Before::Nothing,
                '*' | '+' | '?' => self.repetition(before)?,
                '{' => {
                    self.counts()?;
                    self.rest.next_if(|c| matches!(c, '+' | '?'));
                    Before::Repeated
                }
                _ => Before::Atom,
            };
        }
        (depth == 0).then_some(())
    }

    /// A dangling meta character is refused; `+` and `?` after a repetition belong to it.
    fn repetition(&mut self, before: Before) -> Option<Before> {
        if before != Before::Atom {
            return None;
        }
        self.rest.next_if(|c| matches!(c, '+' | '?'));
        Some(Before::Repeated)
    }

    /// What stands behind `{`: a number, perhaps a comma and a greater one, and `}`.
    fn counts(&mut self) -> Option<()> {
        let least = self.number()?;
        if self.rest.next_if_eq(&',').is_some()
            && let Some(most) = self.number()
            && most < least
        {
            return None;
        }
        self.rest.next_if_eq(&'}').map(|_| ())
    }

    fn number(&mut self) -> Option<u64> {
        let mut value = None;
        while let Some(digit) = self.rest.peek().and_then(|c| c.to_digit(10)) {
            self.rest.next();
            let so_far: u64 = value.unwrap_or(0);
            value = Some(so_far.saturating_mul(10).saturating_add(u64::from(digit)));
        }
        value
    }

    /// The head of a group, `?:`, `?=`, `?<name>` and the like, so that its `?` repeats nothing.
    fn group(&mut self) {
        if self.rest.next_if_eq(&'?').is_none() {
            return;
        }
        let is_head = |c: &char| c.is_ascii_alphabetic() || "<!=:>-".contains(*c);
        let mut ended = false;
        while !ended && let Some(c) = self.rest.next_if(is_head) {
            ended = matches!(c, ':' | '=' | '!' | '>');
        }
    }

    /// A backslash and what it escapes; `\Q` quotes up to `\E`.
    fn escape(&mut self) -> Option<Before> {
        let c = self.rest.next()?;
        if c == 'Q' {
            let mut last = ' ';
            for c in self.rest.by_ref() {
                if (last, c) == ('\\', 'E') {
                    break;
                }
                last = c;
            }
        }
        // Properties and code points in braces.
        if "pPxNb".contains(c) && self.rest.next_if_eq(&'{').is_some() {
            self.rest.by_ref().find(|c| *c == '}')?;
        }
        // Letters that stand for nothing in any release.
        let unknown = "gijlmoqyCEFIJKLMOTUY".contains(c);
        (!unknown).then_some(Before::Atom)
    }

    /// A character class, the `[` of which is taken already. A `]` that comes first stands for itself.
    fn class(&mut self) -> Option<()> {
        self.rest.next_if_eq(&'^');
        let mut is_first = true;
        let mut last: Option<char> = None;
        loop {
            let c = self.rest.next()?;
            match c {
                ']' if !is_first => return Some(()),
                '[' => {
                    self.class()?;
                    last = None;
                }
                '\\' => {
                    self.escape()?;
                    last = None;
                }
                '-' if last.is_some() => {
                    let end = self.rest.peek().copied();
                    let is_range = end.is_some_and(|end| !matches!(end, ']' | '[' | '\\' | '&'));
                    if is_range && end < last {
                        return None;
                    }
                    if is_range {
                        self.rest.next();
                    }
                    last = None;
                }
                // Intersections join classes.
                '&' => last = None,
                other => last = Some(other),
            }
            is_first = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_java_takes_passes() {
        for pattern in [
            "",
            "orders",
            "orders-.*",
            "(a|b)-x",
            "^a$",
            "a{2}",
            "a{2,}",
            "a{2,3}?",
            "[a-z]+",
            "[]a]",
            "[^]a-]",
            "[a[bc]]",
            "[a-z&&[^b]]",
            "a*+",
            "a+?",
            "(?i)a",
            "(?:a|b)?",
            "(?<n>a)",
            "(?!a).*",
            "(?<=a)b",
            "\\d+\\.x",
            "\\Q*(\\E",
            "\\p{L}",
            "\\x{41}*",
            "[\\p{Lu}]",
            "a|",
            "()",
            "(|a)",
            "]",
            "}",
            "[-a]",
            "[a-]",
            "[.*]",
            "[\\]]",
            "\\Qa",
            "a||b",
            "\\x41",
        ] {
            assert!(!is_refused(pattern), "{pattern}");
        }
    }

    #[test]
    fn what_java_refuses_does_not() {
        for pattern in [
            "*", "*.orders", "+a", "?", "a**", "a+*", "(", "(a", "a)", "[a", "[", "[]", "a|*",
            "(*a)", "{x}", "a{", "a{2", "a{3,2}", "a\\", "[z-a]", "\\y", "(?i", "a{x}",
        ] {
            assert!(is_refused(pattern), "{pattern}");
        }
    }
}
