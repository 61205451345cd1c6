//! The edits that pages ask for by name.

use tunelint_base::{Edit, Location, Span};
use tunelint_model::View;
use tunelint_model::facts::find;
use tunelint_model::setting::Style;

/// The edits of that name, and what they do.
pub(super) fn edits(name: &str, view: &View<'_>) -> Option<(Vec<Edit>, String)> {
    match name {
        "comment-above" => comment_above(view),
        "double-backslashes" => super::escapes::double_backslashes(view),
        "escape-characters" => super::escapes::escape_characters(view),
        "rename-key" => rename_key(view),
        "drop-partitioner" => drop_partitioner(view),
        "comments-out-of-command" => comments_out_of_command(view),
        _ => None,
    }
}

/// Moves the comment out of a value to a line of its own above.
fn comment_above(view: &View<'_>) -> Option<(Vec<Edit>, String)> {
    let entry = view.setting?;
    let setting = entry.setting;
    let lines = setting.lines?;
    let file = view.model.file(entry.file)?;
    let text = file.text.as_str();
    let at = setting.value.find(['#', '!'])?;
    let head = setting.value[..at].trim_end();
    let one_line = lines
        .of(text)
        .trim_end_matches(['\n', '\r'])
        .find('\n')
        .is_none();
    if setting.style != Style::Properties || head.is_empty() || !one_line {
        return None;
    }
    let line = lines.of(text);
    let indent = &line[..line.len() - line.trim_start().len()];
    let end = if line.ends_with("\r\n") { "\r\n" } else { "\n" };
    let comment = setting
        .part(Span::new(at, setting.value.len()))
        .of(text)
        .trim_end();
    let above = Edit {
        location: Location::new(entry.file, Span::empty(lines.start as usize)),
        text: format!("{indent}{comment}{end}"),
    };
    let tail = setting.part(Span::new(head.len(), setting.value.len()));
    let cut = Edit {
        location: Location::new(entry.file, tail),
        text: String::new(),
    };
    Some((
        vec![above, cut],
        "move the comment to a line of its own".to_owned(),
    ))
}

/// Whether the configuration has a key of that name already.
pub(super) fn is_taken(key: &str, view: &View<'_>) -> bool {
    view.client.is_some_and(|client| {
        let mut keys = client.settings.iter();
        keys.any(|entry| &*entry.setting.written == key)
    })
}

/// Writes the key that was probably meant.
fn rename_key(view: &View<'_>) -> Option<(Vec<Edit>, String)> {
    let entry = view.setting?;
    let near = (find("setting.near")?.get)(view);
    let tunelint_model::Value::Str(near) = near.value else {
        return None;
    };
    let location = Location::new(entry.file, entry.setting.key_span);
    // Only where the key stands as it is: a framework's spelling of it would be another one.
    let same = entry.setting.written == entry.setting.name;
    (same && !is_taken(&near, view)).then(|| {
        (
            vec![Edit {
                location,
                text: near.to_string(),
            }],
            format!("rename it to `{near}`"),
        )
    })
}

/// Puts the comments above the command and ends each line with its `\`.
fn comments_out_of_command(view: &View<'_>) -> Option<(Vec<Edit>, String)> {
    let (id, command) = view.command?;
    let text = view.model.file(id)?.text.as_str();
    let start = text
        .get(..command.command.start as usize)?
        .rfind('\n')
        .map_or(0, |at| at + 1);
    let line = text.get(start..)?;
    let indent = &line[..line.len() - line.trim_start_matches([' ', '\t']).len()];
    let mut comments = String::new();
    let mut edits = Vec::new();
    for span in &command.all {
        let broken = span.of(text);
        let comment = broken.find('#').map(|at| broken[at..].trim_end());
        if let Some(comment) = comment {
            comments.push_str(&format!("{indent}{comment}\n"));
        }
        // A line that is nothing but a comment or blank goes as a whole.
        let keeps = broken.starts_with('\\');
        let replacement = if keeps { "\\" } else { "" };
        edits.push(Edit {
            location: Location::new(id, *span),
            text: replacement.to_owned(),
        });
    }
    if !comments.is_empty() {
        edits.insert(
            0,
            Edit {
                location: Location::new(id, Span::empty(start)),
                text: comments,
            },
        );
    }
    Some((
        edits,
        "end each line with its `\\`, comments above the command".to_owned(),
    ))
}

/// Takes out a partitioner that Kafka no longer has. What `UniformStickyPartitioner` did beyond the
/// built-in one, `partitioner.ignore.keys` does.
fn drop_partitioner(view: &View<'_>) -> Option<(Vec<Edit>, String)> {
    const KEY: &str = "partitioner.class";
    let entry = view.client?.entry(KEY)?;
    let setting = entry.setting;
    if !setting.value.contains("UniformSticky") {
        let edit = Edit {
            location: Location::new(entry.file, setting.lines?),
            text: String::new(),
        };
        return Some((vec![edit], format!("remove `{}`", setting.written)));
    }
    let prefix = setting.written.strip_suffix(KEY)?;
    let key = Edit {
        location: Location::new(entry.file, setting.key_span),
        text: format!("{prefix}partitioner.ignore.keys"),
    };
    let value = Edit {
        location: Location::new(entry.file, setting.value_span),
        text: setting.spell("true")?,
    };
    let title = "set `partitioner.ignore.keys` instead".to_owned();
    Some((vec![key, value], title))
}
