//! Writing changed files so that each is either as it was or as it should be.

use super::Outcome;
use crate::discover::Found;
use anyhow::{Context, bail};
use std::fs;
use std::io::Write;
use std::path::Path;
use tunelint_base::Text;

/// Writes the files that changed.
pub(crate) fn write(outcome: &Outcome, found: &Found) -> anyhow::Result<()> {
    for (id, before) in &outcome.before {
        let after = &outcome.report.files[id.0 as usize];
        let Some(disk) = found.disk.get(&after.path) else {
            bail!("`{}` is no file and cannot be fixed", after.path);
        };
        replace(disk, &before.text, &after.text)
            .with_context(|| format!("cannot write `{}`", after.path))?;
    }
    Ok(())
}

/// Puts `after` into the place of `before`, with the file's mode, through a file beside it that
/// takes its name at the end.
fn replace(path: &Path, before: &Text, after: &Text) -> anyhow::Result<()> {
    // A link stays a link: what it leads to is replaced.
    let path = fs::canonicalize(path)?;
    let bytes = |text: &Text| text.encode(text.as_str()).map(std::borrow::Cow::into_owned);
    let (Some(old), Some(new)) = (bytes(before), bytes(after)) else {
        bail!("its encoding has no such characters");
    };
    if fs::read(&path)? != old {
        bail!("it was changed in the meantime");
    }
    let permissions = fs::metadata(&path)?.permissions();
    if permissions.readonly() {
        bail!("it is read-only");
    }
    let folder = path.parent().context("it lies in no folder")?;
    let mut file = tempfile::Builder::new()
        .prefix(".tunelint-")
        .tempfile_in(folder)?;
    file.write_all(&new)?;
    file.as_file().set_permissions(permissions)?;
    file.as_file().sync_all()?;
    file.persist(&path)?;
    Ok(())
}
