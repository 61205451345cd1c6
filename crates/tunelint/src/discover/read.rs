//! Reading one file.

use std::fs;
use std::path::Path;
use tunelint_base::Text;
use tunelint_model::SourceFile;

/// Greater files are no configuration.
const MAX_SIZE: u64 = 10 * 1024 * 1024;

/// Why a file was not read.
#[derive(Debug)]
pub(crate) enum Unread {
    /// It is none of our business.
    Skipped(String),
    /// It should have been read.
    Failed(String),
}

/// Reads a file and what it says. What was asked for by name is read whatever it is.
pub(crate) fn read_file(path: String, disk: &Path, by_name: bool) -> Result<SourceFile, Unread> {
    let failed = |error: std::io::Error| Unread::Failed(reason(&error));
    if !by_name {
        let size = fs::metadata(disk).map_err(failed)?.len();
        if size > MAX_SIZE {
            return Err(Unread::Skipped(format!(
                "it is greater than {} MiB",
                MAX_SIZE >> 20
            )));
        }
    }
    let bytes = fs::read(disk).map_err(failed)?;
    match Text::decode(bytes) {
        Some(text) => Ok(tunelint_engine::read(path, text)),
        None if by_name => Err(Unread::Failed(
            "it is no text: it holds a NUL byte".to_owned(),
        )),
        None => Err(Unread::Skipped("it is no text".to_owned())),
    }
}

/// What went wrong, without the number that the operating system has for it.
fn reason(error: &std::io::Error) -> String {
    let text = error.to_string();
    let plain = text.split(" (os error").next().unwrap_or(&text).to_owned();
    let mut letters = plain.chars();
    letters.next().map_or(plain.clone(), |first| {
        first.to_lowercase().chain(letters).collect()
    })
}
