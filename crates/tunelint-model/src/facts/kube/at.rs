//! Facts that are what stands at a path of a Kubernetes object.

use crate::kube::{At, Read};
use crate::value::{Fact, Value};
use crate::view::View;
use tunelint_base::{FileId, Location, Span};

/// The keys that lead to a value.
type Path = &'static [&'static str];

/// A node of an object, with its file and the object's index in it.
#[derive(Clone, Copy)]
pub(super) struct Place<'m> {
    pub(super) file: FileId,
    pub(super) object: usize,
    pub(super) at: At<'m>,
}

impl<'m> Place<'m> {
    /// A place in its file.
    pub(super) fn location(self, span: Span) -> Location {
        Location::new(self.file, span)
    }

    /// The fact that stands at a path; `what` is named where it cannot be known.
    pub(super) fn fact<T>(
        self,
        what: &'static str,
        path: &'static [&'static str],
        read: Read<T>,
        value: impl FnOnce(T) -> Value<'m>,
    ) -> Fact<'m> {
        match read {
            Read::Known(found, span) => Fact::set(value(found), self.location(span)),
            Read::Unknown => Fact::unknown(what),
            Read::Absent => Fact::absent().with_slot(self.at.slot(self.file, self.object, path)),
        }
    }
}

/// The spec of the view's pod.
pub(super) fn pod_spec<'m>(view: &View<'m>) -> Option<Place<'m>> {
    let pod = view.pod()?;
    Some(Place {
        file: pod.file,
        object: pod.object_index,
        at: pod.pod.at(pod.object)?,
    })
}

/// The view's object, or the one that makes its pod.
pub(super) fn root<'m>(view: &View<'m>) -> Option<Place<'m>> {
    let entry = view.object()?;
    Some(Place {
        file: entry.file,
        object: entry.index,
        at: entry.object.root()?,
    })
}

/// The view's container.
pub(super) fn container<'m>(view: &View<'m>) -> Option<Place<'m>> {
    let container = view.container?;
    Some(Place {
        file: container.file,
        object: container.object_index,
        at: container.facts.at(container.object)?,
    })
}

/// What `read` finds at a path, as the value that `value` makes of it.
fn read_at<'m, T>(
    place: Option<Place<'m>>,
    what: &'static str,
    path: Path,
    read: impl FnOnce(At<'m>, Path) -> Read<T>,
    value: impl FnOnce(T) -> Value<'m>,
) -> Fact<'m> {
    match place {
        Some(place) => place.fact(what, path, read(place.at, path), value),
        None => Fact::unknown(what),
    }
}

/// A truth value at a path.
pub(super) fn bool_at<'m>(place: Option<Place<'m>>, what: &'static str, path: Path) -> Fact<'m> {
    read_at(place, what, path, |at, path| at.bool(path), Value::Bool)
}

/// A text at a path.
pub(super) fn text_at<'m>(place: Option<Place<'m>>, what: &'static str, path: Path) -> Fact<'m> {
    read_at(place, what, path, |at, path| at.text(path), Value::str)
}

/// A whole number at a path, times `factor`.
pub(super) fn int_at<'m>(
    place: Option<Place<'m>>,
    what: &'static str,
    path: Path,
    factor: i64,
) -> Fact<'m> {
    let value = |found: i64| Value::Int(found.saturating_mul(factor));
    read_at(place, what, path, |at, path| at.int(path), value)
}
