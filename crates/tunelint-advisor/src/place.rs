//! Places and origins as a report names them.

use serde::Serialize;
use tunelint_base::origin::DefaultOf;
use tunelint_base::{Location, Origin};
use tunelint_model::Model;

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The path as the run shows it.
    pub path: String,
    /// From where to where.
    pub range: Range,
}

/// A range; its end is exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Range {
    /// Where it begins.
    pub start: Point,
    /// Where it ends.
    pub end: Point,
}

/// A point in a file; line and column count from 1, the offset from 0 in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Point {
    /// The line.
    pub line: u32,
    /// The column, in characters.
    pub column: u32,
    /// The offset.
    pub offset: u32,
}

impl Place {
    /// The place of a location.
    #[must_use]
    pub fn of(model: &Model<'_>, location: Location) -> Option<Self> {
        // In what a kustomization deploys: where it was written.
        let (location, _) = model.written_at(location);
        let file = model.file(location.file)?;
        let point = |offset: u32| {
            let at = file.lines.position(offset, file.text.as_str());
            Point {
                line: at.line,
                column: at.column,
                offset,
            }
        };
        Some(Self {
            path: file.path.clone(),
            range: Range {
                start: point(location.span.start),
                end: point(location.span.end),
            },
        })
    }

    /// `path:line`.
    #[must_use]
    pub fn line(&self) -> String {
        format!("{}:{}", self.path, self.range.start.line)
    }
}

/// Where a number comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OriginText {
    /// `set`, `default`, `override`, `estimate` or `derived`.
    pub kind: &'static str,
    /// Where it stands, if it stands somewhere.
    #[serde(flatten)]
    pub place: Option<Place>,
    /// Whose default, override or estimate it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

impl OriginText {
    /// The words for an origin.
    #[must_use]
    pub fn of(model: &Model<'_>, origin: &Origin) -> Self {
        let text = match origin {
            Origin::Default(DefaultOf::Kafka(version)) => Some(format!("Kafka {version}")),
            Origin::Default(DefaultOf::Java(release)) => Some(format!("JDK {release}")),
            Origin::Default(DefaultOf::Kubernetes) => Some("Kubernetes".to_owned()),
            Origin::Default(DefaultOf::Librdkafka) => Some("librdkafka".to_owned()),
            Origin::Override(by) => Some(by.clone()),
            Origin::Estimate(source) => Some(source.clone()),
            Origin::Set(_) | Origin::Derived(_) | Origin::Absent => None,
        };
        Self {
            kind: origin.word(),
            place: origin
                .location()
                .and_then(|location| Place::of(model, location)),
            text,
        }
    }

    /// In words: `set deployment.yaml:12`, `default of Kafka 4.3`, `estimate`.
    #[must_use]
    pub fn words(&self) -> String {
        match (&self.place, &self.text) {
            (Some(place), _) => format!("{} {}", self.kind, place.line()),
            (None, Some(text)) if self.kind == "default" => format!("default of {text}"),
            (None, Some(text)) if self.kind == "override" => text.clone(),
            (None, Some(text)) => format!("{}: {text}", self.kind),
            (None, None) => self.kind.to_owned(),
        }
    }
}
