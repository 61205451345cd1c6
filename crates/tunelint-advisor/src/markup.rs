//! Text as HTML and SVG take it, and templates with named gaps.

/// `text` with what means something in markup replaced.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c if c.is_control() && c != '\n' && c != '\t' => escaped.push('\u{fffd}'),
            c => escaped.push(c),
        }
    }
    escaped
}

/// `template` with each `{{name}}` replaced. What is filled in is markup; escape text before.
pub(crate) fn fill(template: &str, gaps: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(template.len());
    let mut rest = template;
    while let Some(start) = rest.find("{{") {
        let (before, after) = rest.split_at(start);
        filled.push_str(before);
        let Some(end) = after.find("}}") else {
            rest = after;
            break;
        };
        let name = after[2..end].trim();
        let value = gaps
            .iter()
            .find(|(gap, _)| *gap == name)
            .map_or("", |(_, value)| value);
        filled.push_str(value);
        rest = &after[end + 2..];
    }
    filled.push_str(rest);
    filled
}

/// Names of the gaps of a template.
#[cfg(test)]
pub(crate) fn gaps(template: &str) -> Vec<&str> {
    let parts = template.split("{{").skip(1);
    parts
        .filter_map(|part| Some(part.split_once("}}")?.0.trim()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_become_markup() {
        assert_eq!(
            escape("<b a='\"'>&\u{7}"),
            "&lt;b a=&#39;&quot;&#39;&gt;&amp;\u{fffd}"
        );
    }

    #[test]
    fn gaps_are_filled() {
        assert_eq!(
            fill("a {{x}} b {{ y }}{{z}}", &[("x", "1"), ("y", "{{x}}")]),
            "a 1 b {{x}}"
        );
        assert_eq!(fill("a {{x", &[("x", "1")]), "a {{x");
        assert_eq!(gaps("a {{x}} b {{ y }}"), ["x", "y"]);
    }
}
