//! The probes of a container, with what the API server fills in.

use super::{At, IntOrText, Read};
use tunelint_base::Span;

/// What a probe does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Check<'a> {
    /// An HTTP request.
    Http {
        /// Its path.
        path: &'a str,
        /// Its port.
        port: IntOrText<'a>,
    },
    /// A TCP connection.
    Tcp(IntOrText<'a>),
    /// A gRPC health check.
    Grpc(IntOrText<'a>),
    /// A command.
    Exec(Vec<&'a str>),
}

/// A probe. Times are in seconds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Probe<'a> {
    /// What it does.
    pub check: Check<'a>,
    /// The place of its port, path or command.
    pub check_span: Span,
    /// `initialDelaySeconds`, 0 by default.
    pub delay: i64,
    /// `periodSeconds`, 10 by default.
    pub period: i64,
    /// `timeoutSeconds`, 1 by default.
    pub timeout: i64,
    /// `failureThreshold`, 3 by default.
    pub failures: i64,
}

impl<'a> Probe<'a> {
    /// Reads the probe under a key of a container: `livenessProbe`, `readinessProbe`,
    /// `startupProbe`.
    #[must_use]
    pub fn read(container: At<'a>, key: &str) -> Read<Self> {
        container.find(&[key]).map(probe)
    }

    /// The port that it asks, if it asks one.
    #[must_use]
    pub fn port(&self) -> Option<IntOrText<'a>> {
        match self.check {
            Check::Http { port, .. } | Check::Tcp(port) | Check::Grpc(port) => Some(port),
            Check::Exec(_) => None,
        }
    }
}

/// Defaults as of `SetDefaults_Probe` of Kubernetes.
fn probe(at: At<'_>) -> Option<Probe<'_>> {
    let (check, check_span) = check(at)?;
    // A zero is taken for nothing, and nothing gets the default.
    let number = |key: &str, default: i64| {
        let value = at.int(&[key]).or(default)?;
        Some(if value == 0 { default } else { value })
    };
    Some(Probe {
        check,
        check_span,
        delay: number("initialDelaySeconds", 0)?,
        period: number("periodSeconds", 10)?,
        timeout: number("timeoutSeconds", 1)?,
        failures: number("failureThreshold", 3)?,
    })
}

fn check(at: At<'_>) -> Option<(Check<'_>, Span)> {
    if let Read::Known(http, _) = at.find(&["httpGet"]) {
        let Read::Known(port, span) = http.int_or_text(&["port"]) else {
            return None;
        };
        let path = http.text(&["path"]).or("/")?;
        return Some((Check::Http { path, port }, span));
    }
    for (key, check) in [
        ("tcpSocket", Check::Tcp as fn(_) -> _),
        ("grpc", Check::Grpc as fn(_) -> _),
    ] {
        if let Read::Known(socket, _) = at.find(&[key]) {
            let Read::Known(port, span) = socket.int_or_text(&["port"]) else {
                return None;
            };
            return Some((check(port), span));
        }
    }
    let command = at.get(&["exec", "command"])?;
    let words = command.node().items();
    let words: Option<Vec<&str>> = words.map(|word| word.as_str()).collect();
    Some((Check::Exec(words?), command.span()))
}
