//! Whether the JMX agent of a JVM starts, and how open it is.

use super::{Form, Jvm, form};
use tunelint_base::Location;

const PREFIX: &str = "com.sun.management.jmxremote.";

impl<'a> Jvm<'a> {
    /// The last value of a property and its place.
    #[must_use]
    pub fn property(&self, name: &str) -> Option<(Location, &'a str)> {
        self.flags()
            .rev()
            .find_map(|(place, _, flag)| match form(&flag.text) {
                Form::Property(own, value) if own == name => Some((place, value)),
                _ => None,
            })
    }

    /// The last value of a property of the JMX agent.
    #[must_use]
    pub fn jmx(&self, name: &str) -> Option<(Location, &'a str)> {
        self.property(&format!("{PREFIX}{name}"))
    }

    /// Whether the remote agent asks who it is; a Boolean of Java, so that only `true` is true.
    #[must_use]
    pub fn jmx_authenticates(&self) -> bool {
        self.jmx("authenticate")
            .is_none_or(|(_, value)| value.eq_ignore_ascii_case("true"))
    }

    /// Why the JMX agent stops the JVM at its start, with the place of the property.
    #[must_use]
    pub fn jmx_refusal(&self) -> Option<(Location, String)> {
        let (place, port) = self.jmx("port")?;
        let is_hidden = |name: &str| {
            self.flags()
                .any(|(_, _, flag)| flag.placeholder && flag.text.contains(name))
        };
        for (place, port, name) in [
            Some((place, port, "port")),
            self.jmx("rmi.port")
                .map(|(place, port)| (place, port, "rmi.port")),
        ]
        .into_iter()
        .flatten()
        {
            if !is_hidden(name) && port.parse::<u16>().is_err() {
                let text = format!("`{port}` is no port: a number from 0 to 65535");
                return Some((place, text));
            }
        }
        let settled = ["password.file", "login.config"];
        let has_file = settled.iter().any(|name| self.jmx(name).is_some());
        let elsewhere =
            self.property("com.sun.management.config.file").is_some() || self.has_hidden_options();
        if !self.jmx_authenticates() || has_file || elsewhere {
            return None;
        }
        let text = "the JMX port asks for a password, and no password file is named".to_owned();
        Some((place, text))
    }
}
