//! Which file says how a container's image is built.

use super::file_id;
use super::paths::{Paths, folder_of, joined, name_of};
use crate::image::{name_and_tag, short_name};
use crate::kube::Build;
use crate::model::{Container, Image, Model};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use tunelint_base::FileId;

/// The place of an image: its file, and the object in it.
type Place = (FileId, usize);

/// The images that files describe, by what they are called.
pub(super) struct Images<'a> {
    all: BTreeMap<Place, Image<'a>>,
    /// Full names that build commands and Compose files give, with tag and reason.
    given: HashMap<String, Vec<Given>>,
    /// The last part of names, which may be those of folders, with the reason.
    short: HashMap<String, Vec<(Place, String)>>,
    /// The images that take a file in.
    copying: HashMap<FileId, Vec<Place>>,
}

/// A name that somebody gives to an image.
struct Given {
    tag: Option<String>,
    place: Place,
    how: String,
}

/// Images that are not built here, whatever folders are called.
const PUBLIC: [&str; 20] = [
    "apache/",
    "bitnami/",
    "bitnamilegacy/",
    "bitnamisecure/",
    "confluentinc/",
    "debezium/",
    "docker.elastic.co/",
    "docker.redpanda.com/",
    "elastic/",
    "envoyproxy/",
    "fluent/",
    "grafana/",
    "landoop/",
    "lensesio/",
    "library/",
    "prom/",
    "provectuslabs/",
    "quay.io/strimzi/",
    "strimzi/",
    "wurstmeister/",
];

impl<'a> Images<'a> {
    pub(super) fn new(model: &Model<'a>, paths: &Paths<'a>) -> Self {
        let mut images = Self {
            all: BTreeMap::new(),
            given: HashMap::new(),
            short: HashMap::new(),
            copying: HashMap::new(),
        };
        for (number, file) in model.files.iter().enumerate() {
            for (at, object) in file.facts.objects.iter().enumerate() {
                let container = object.pod.as_ref().and_then(|pod| pod.containers.first());
                let (Some(facts), Some(container)) = (&object.image, container) else {
                    continue;
                };
                let place = (file_id(number), at);
                let image = Image {
                    file: place.0,
                    facts,
                    container,
                };
                images.all.insert(place, image);
                for file in copied(model, paths, &image).filter(|_| facts.is_last) {
                    images.copying.entry(file).or_default().push(place);
                }
                for name in facts.names.iter().filter(|_| facts.is_last) {
                    if name.name.contains('/') {
                        images.note_given(&name.name, place, name.how.clone());
                    } else {
                        images.note_short(&name.name, place, name.how.clone());
                    }
                }
            }
        }
        images.note_builds(model, paths);
        images
    }

    fn note_short(&mut self, name: &str, place: Place, how: String) {
        let known = self
            .short
            .entry(short_name(name).to_lowercase())
            .or_default();
        if known.iter().all(|(other, _)| *other != place) {
            known.push((place, how));
        }
    }

    /// `docker build -t …` in scripts, and `image` beside `build` in Compose files.
    fn note_builds(&mut self, model: &Model<'a>, paths: &Paths<'a>) {
        for (number, file) in model.files.iter().enumerate() {
            let folder = folder_of(&file.path);
            for command in &file.facts.builds {
                let context = command.context.as_deref().unwrap_or(".");
                // A script runs where it stands or at the top.
                let found = [folder, ""].into_iter().find_map(|from| {
                    let inside = joined(from, context)?;
                    let file = match &command.dockerfile {
                        Some(path) => paths.at(from, path)?,
                        None => paths.at(&inside, "Dockerfile")?,
                    };
                    self.stage(file, command.target.as_deref())
                });
                let Some(place) = found else { continue };
                for (name, _) in &command.names {
                    let how = format!("a build command in {} calls it so", file.path);
                    self.note_given(name, place, how);
                }
            }
            for object in &file.facts.objects {
                let container = object.pod.as_ref().and_then(|pod| pod.containers.first());
                let image = container.and_then(|container| container.image.as_ref());
                if let (Some(build), Some(image)) = (&object.build, image)
                    && let Some(place) = self.built_by(paths, file_id(number), model, build)
                {
                    let how = format!("{} calls it so", file.path);
                    self.note_given(&image.text, place, how);
                }
            }
        }
    }

    fn note_given(&mut self, name: &str, place: Place, how: String) {
        self.note_short(name, place, how.clone());
        let (name, tag) = name_and_tag(name);
        let given = Given {
            tag: tag.map(str::to_owned),
            place,
            how,
        };
        self.given.entry(name.to_owned()).or_default().push(given);
    }

    /// The stage of a file that is built; the last where none is named.
    fn stage(&self, file: FileId, target: Option<&str>) -> Option<Place> {
        let mut of_file = self.all.range((file, 0)..=(file, usize::MAX));
        let fits = |image: &Image<'_>| match target {
            Some(target) => image.facts.stage.as_deref() == Some(target),
            None => image.facts.is_last,
        };
        of_file
            .find(|(_, image)| fits(image))
            .map(|(place, _)| *place)
    }

    /// The image that `build` of a Compose service builds.
    fn built_by(
        &self,
        paths: &Paths<'a>,
        compose: FileId,
        model: &Model<'a>,
        build: &Build,
    ) -> Option<Place> {
        let folder = folder_of(&model.file(compose)?.path);
        let context = joined(folder, &build.context)?;
        let dockerfile = build.dockerfile.as_deref().unwrap_or("Dockerfile");
        let file = paths.at(&context, dockerfile)?;
        self.stage(file, build.target.as_deref())
    }

    /// The image of a container, and what shows that it is.
    pub(super) fn of(
        &self,
        model: &Model<'a>,
        paths: &Paths<'a>,
        container: &Container<'a>,
    ) -> Option<(Place, String)> {
        let path = |place: Place| model.file(place.0).map_or("", |file| file.path.as_str());
        if let Some(build) = &container.object.build {
            let place = self.built_by(paths, container.file, model, build)?;
            let reason = format!("it is built by `{}`", path(place));
            return Some((place, reason));
        }
        let image = container.facts.image.as_ref()?;
        let (name, tag) = name_and_tag(&image.text);
        let given = self.given.get(name).map_or(&[][..], Vec::as_slice);
        let named = |given: &[&'_ Given]| -> Vec<(Place, String)> {
            let named = given.iter().map(|one| (one.place, one.how.clone()));
            named.collect()
        };
        let mut found = named(&given.iter().collect::<Vec<_>>());
        if distinct(&found) > 1 {
            // The tag tells, where the name alone does not.
            let tagged = given.iter().filter(|one| one.tag.as_deref() == tag);
            found = named(&tagged.collect::<Vec<_>>());
        }
        if found.is_empty() && given.is_empty() && !is_public(name) {
            let short = self.short.get(&short_name(name).to_lowercase());
            found = short.cloned().unwrap_or_default();
            if distinct(&found) > 1 {
                found = self.plain(model, found);
            }
        }
        let (place, how) = found.first().filter(|_| distinct(&found) == 1)?;
        let place = *place;
        let reason = format!("`{}` builds its image `{name}`: {how}", path(place));
        Some((place, reason))
    }

    /// Of several files in one folder, that which is just called `Dockerfile`.
    fn plain(&self, model: &Model<'a>, found: Vec<(Place, String)>) -> Vec<(Place, String)> {
        let path = |place: &Place| model.file(place.0).map_or("", |file| file.path.as_str());
        let folders: BTreeSet<&str> = found
            .iter()
            .map(|(place, _)| folder_of(path(place)))
            .collect();
        if folders.len() > 1 {
            return found;
        }
        let is_plain = |name: &str| matches!(name, "Dockerfile" | "Containerfile");
        found
            .into_iter()
            .filter(|(place, _)| is_plain(name_of(path(place))))
            .collect()
    }

    /// The image and those that it is built on, as far as they are described here.
    pub(super) fn chain(&self, place: Place) -> Vec<Image<'a>> {
        const LONGEST: usize = 4;
        let mut chain: Vec<Image<'a>> = Vec::new();
        let mut next = Some(place);
        let mut seen = BTreeSet::new();
        while let Some(place) = next.filter(|place| seen.insert(*place)) {
            let Some(image) = self.all.get(&place) else {
                break;
            };
            chain.push(*image);
            if chain.len() == LONGEST {
                break;
            }
            next = image.facts.base.as_ref().and_then(|base| {
                let (name, _) = name_and_tag(&base.text);
                let given = self.given.get(name)?;
                let all: BTreeSet<Place> = given.iter().map(|one| one.place).collect();
                all.first().copied().filter(|_| all.len() == 1)
            });
        }
        chain
    }

    /// The images that nothing here runs, if they are what their file builds.
    pub(super) fn others(&self, used: &BTreeSet<Place>) -> Vec<Place> {
        let last = self.all.iter().filter(|(_, image)| image.facts.is_last);
        last.map(|(place, _)| *place)
            .filter(|place| !used.contains(place))
            .collect()
    }

    /// The only image of the files, where just one runs Java.
    pub(super) fn only(&self) -> Option<Place> {
        let mut java = self.all.iter().filter(|(_, image)| {
            let container = image.container;
            image.facts.is_last && (image.facts.java.is_some() || container.start.java.is_some())
        });
        match (java.next(), java.next()) {
            (Some((place, _)), None) => Some(*place),
            _ => None,
        }
    }

    /// The image that a file is copied into, where just one is.
    pub(super) fn copying(&self, file: FileId) -> Option<Image<'a>> {
        match self.copying.get(&file)?.as_slice() {
            [place] => self.all.get(place).copied(),
            _ => None,
        }
    }
}

/// The files that an image takes in, from its own folder, else from the top.
pub(super) fn copied<'m>(
    model: &'m Model<'_>,
    paths: &'m Paths<'_>,
    image: &'m Image<'_>,
) -> impl Iterator<Item = FileId> + 'm {
    let folder = model
        .file(image.file)
        .map_or("", |file| folder_of(&file.path));
    image.facts.copies.iter().filter_map(move |(source, _)| {
        let source = source.trim_start_matches('/');
        paths.at(folder, source).or_else(|| paths.at("", source))
    })
}

fn distinct(found: &[(Place, String)]) -> usize {
    found
        .iter()
        .map(|(place, _)| place)
        .collect::<BTreeSet<_>>()
        .len()
}

/// Whether an image comes from one of the well-known publishers.
pub(super) fn is_public(name: &str) -> bool {
    let name = name.strip_prefix("docker.io/").unwrap_or(name);
    PUBLIC.iter().any(|head| name.starts_with(head))
}
