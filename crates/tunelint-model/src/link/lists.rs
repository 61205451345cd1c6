//! Files of options, and the words `@file` that name them.

use super::paths::{Paths, folder_of, name_of};
use super::process::Placed;
use crate::file::Language;
use crate::jvm::OptionString;
use crate::model::{Image, Model};
use tunelint_base::FileId;

/// The options of a file that is a list of them.
pub(super) fn list_of<'a>(model: &Model<'a>, file: FileId) -> Option<&'a OptionString> {
    let facts = &model.file(file)?.facts;
    let is_list = matches!(facts.language, Language::OptionWords | Language::JvmOptions);
    facts.options.first().filter(|_| is_list)
}

/// The file that `@path` names: one that the image takes in, or the nearest of its name.
pub(super) fn named<'a>(
    model: &Model<'a>,
    paths: &Paths<'a>,
    images: &[Image<'a>],
    from: FileId,
    path: &str,
) -> Option<Placed<'a>> {
    let name = name_of(path);
    let is_list = |file: FileId| list_of(model, file).is_some();
    let copied = images.iter().find_map(|image| {
        let folder = folder_of(&model.file(image.file)?.path);
        let sources = image
            .facts
            .copies
            .iter()
            .filter(|(source, target)| name_of(target) == name || name_of(source) == name);
        sources
            .filter_map(|(source, _)| paths.at(folder, source.trim_start_matches('/')))
            .find(|file| is_list(*file))
    });
    let file = copied.or_else(|| paths.nearest(model, from, name, is_list))?;
    Some((file, list_of(model, file)?))
}
