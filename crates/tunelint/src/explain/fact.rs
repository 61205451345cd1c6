//! What a fact is that rules may name.

use crate::render::wrap;
use crate::style::Paint;
use tunelint_base::Unit;

/// The fact of that name.
pub(super) fn explain(name: &str, width: usize, paint: Paint) -> Option<String> {
    let fact = tunelint_model::declared()
        .iter()
        .find(|fact| fact.name == name)?;
    let unit = fact.unit.map(|unit| match unit {
        Unit::Bytes => ", in bytes",
        Unit::Millis => ", in milliseconds",
        Unit::Millicores => ", in thousandths of a CPU",
    });
    let title = paint.bold(fact.name);
    let mut text = format!(
        "{title}: fact of a {} that rules may name\n\n",
        fact.of.as_str()
    );
    text.push_str(&format!("{}\n\n", wrap(fact.doc, width, 0, 0)));
    text.push_str(&format!(
        "  type  {}{}\n",
        fact.ty.as_str(),
        unit.unwrap_or_default()
    ));
    let named = |rule: &&tunelint_page::Rule| {
        format!("{:?}", rule.when).contains(&format!("Fact(\"{name}\")"))
    };
    let rules: Vec<&str> = tunelint_rules::RULES
        .iter()
        .filter(named)
        .map(|rule| rule.name)
        .collect();
    if !rules.is_empty() {
        text.push_str(&format!(
            "  used  {}\n",
            wrap(&rules.join(", "), width, 8, 8)
        ));
    }
    Some(text)
}
