//! Whether a value is a secret, and whether it stands there in clear text.

use super::with;
use crate::client::Entry;
use crate::facts::truth;
use crate::setting::{is_placeholder, is_secret_name};
use crate::value::Fact;
use crate::view::View;

pub(in crate::facts) fn is_secret(entry: Entry<'_>) -> bool {
    let setting = entry.setting;
    is_secret_name(&setting.name)
        || is_secret_name(&setting.written)
        || crate::client_secret(entry.name)
}

pub(super) fn secret<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |_, entry| truth(is_secret(entry), []))
}

/// A JAAS configuration is a secret only where it spells a password; a key table is none. The
/// options `user_<name>` of a broker's PlainLoginModule are passwords.
pub(super) fn holds_secret<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |client, entry| {
        let value = entry.setting.value.trim();
        let jaas = entry.name.ends_with("jaas.config");
        let spelled = || match tunelint_syntax::jaas::parse(value) {
            Ok(modules) => {
                modules
                    .iter()
                    .flat_map(|module| &module.options)
                    .any(|(name, option)| {
                        (is_secret_name(name) || name.starts_with("user_"))
                            && !option.is_empty()
                            && !is_placeholder(option)
                    })
            }
            Err(_) => ["assword", "ecret"].iter().any(|word| value.contains(word)),
        };
        let whole = is_secret(entry)
            && !value.is_empty()
            && !client.hides(entry.setting)
            && (!jaas || spelled());
        truth(whole || in_address(value), [])
    })
}

/// Whether a password stands in an address: `scheme://user:password@host`, `jdbc:…?password=…`.
fn in_address(value: &str) -> bool {
    let is_open = |text: &str| !text.is_empty() && !is_placeholder(text);
    let Some((_, rest)) = value.split_once("://") else {
        return false;
    };
    let end = rest.find(['/', '?', ' ']).unwrap_or(rest.len());
    let login = rest[..end].rsplit_once('@').map_or("", |(login, _)| login);
    let in_login = login
        .split_once(':')
        .is_some_and(|(_, password)| is_open(password));
    let mut parameters = rest.split(['?', '&', ';']).skip(1);
    in_login
        || parameters.any(|parameter| {
            parameter
                .split_once('=')
                .is_some_and(|(name, text)| is_secret_name(name.trim()) && is_open(text.trim()))
        })
}
