//! The ports that a container declares.

use super::{At, ContainerFacts, Object};
use tunelint_base::Span;

/// One of a container's `ports`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Port {
    /// `name`.
    pub name: Option<String>,
    /// `containerPort`; 0 where it cannot be read.
    pub number: i64,
    /// `hostPort`, where it is set and not 0.
    pub host: Option<(i64, Span)>,
    /// Its place.
    pub span: Span,
}

impl ContainerFacts {
    /// Its place in its object's body.
    #[must_use]
    pub fn at<'a>(&self, object: &'a Object) -> Option<At<'a>> {
        object.body.as_ref()?.at(self.node?)
    }

    /// The ports that it declares; `None` where that cannot be known.
    #[must_use]
    pub fn ports(&self, object: &Object) -> Option<Vec<Port>> {
        let at = self.at(object)?;
        let mut ports = Vec::new();
        for item in at.items(&["ports"]) {
            let number = item.int(&["containerPort"]);
            ports.push(Port {
                name: item.text(&["name"]).known().map(str::to_owned),
                number: number.known()?,
                host: match item.int(&["hostPort"]) {
                    super::Read::Known(port, span) if port != 0 => Some((port, span)),
                    _ => None,
                },
                span: item.span(),
            });
        }
        (!at.is_partial() || !ports.is_empty()).then_some(ports)
    }
}
