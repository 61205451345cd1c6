//! Edits that spell a value so that Java reads what stands there.

use tunelint_base::{Edit, Location, Origin, Span};
use tunelint_model::View;
use tunelint_model::facts::find;

/// Doubles each backslash that would be lost.
pub(super) fn double_backslashes(view: &View<'_>) -> Option<(Vec<Edit>, String)> {
    let fact = (find("setting.lost_backslash")?.get)(view);
    let Origin::Derived(places) = fact.origin else {
        return None;
    };
    let double = |place: Location| Edit {
        location: Location::new(place.file, Span::empty(place.span.start as usize)),
        text: "\\".to_owned(),
    };
    let mut edits: Vec<Edit> = places.into_iter().map(double).collect();
    edits.sort_by_key(|edit| edit.location.span);
    Some((edits, "double each backslash".to_owned()))
}

/// Writes what lies beyond ASCII as `\uXXXX`, in UTF-16 as Java does.
pub(super) fn escape_characters(view: &View<'_>) -> Option<(Vec<Edit>, String)> {
    let entry = view.setting?;
    let span = entry.setting.span;
    let text = view.model.text_at(Location::new(entry.file, span));
    let escape = |(at, character): (usize, char)| {
        let start = span.start as usize + at;
        let mut units = [0; 2];
        let units = character.encode_utf16(&mut units).iter();
        Edit {
            location: Location::new(entry.file, Span::new(start, start + character.len_utf8())),
            text: units.map(|unit| format!("\\u{unit:04X}")).collect(),
        }
    };
    let edits = text
        .char_indices()
        .filter(|(_, character)| !character.is_ascii())
        .map(escape)
        .collect();
    Some((edits, "write the characters as `\\uXXXX`".to_owned()))
}
