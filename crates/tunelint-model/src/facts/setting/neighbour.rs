//! What a setting has to do with another name, or with another line.

use super::{shown, value_place, with};
use crate::client::ClientKind;
use crate::facts::text;
use crate::librdkafka;
use crate::model::EntityRef;
use crate::value::Fact;
use crate::view::View;
use tunelint_base::Location;
use tunelint_catalog::kafka;

pub(super) fn near<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |client, entry| {
        if client.kind == ClientKind::Librdkafka {
            return librdkafka::near(&entry).map_or_else(Fact::absent, text);
        }
        let targets = view.targets();
        // What a name of another client says is no slip, and in no version is what another has.
        let elsewhere = kafka::scopes_of(entry.name).next().is_some()
            || targets.iter().any(|target| target.key.is_some());
        if elsewhere || targets.is_empty() {
            return Fact::absent();
        }
        let scopes: Vec<_> = targets.iter().map(|target| target.scope).collect();
        let bare = targets[0].name;
        let prefix = entry.name.strip_suffix(bare).unwrap_or("");
        let near = kafka::nearest(&scopes, bare, client.kafka);
        let near = near.map(|near| format!("{prefix}{near}"));
        // `groupId` beside `group.id` is an application's own.
        let own = |near: &String| !bare.contains('.') && client.entry(near).is_some();
        near.filter(|near| !own(near))
            .map_or_else(Fact::absent, text)
    })
}

pub(super) fn overwritten<'m>(view: &View<'m>) -> Fact<'m> {
    with(view, |client, _| {
        let later = match view.entity {
            EntityRef::Setting(_, index) => client.again.get(index).copied().flatten(),
            _ => None,
        };
        let later = later.and_then(|at| client.settings.get(at).copied());
        later.map_or_else(Fact::absent, |later| {
            let mut fact = Fact::set(shown(later), value_place(later));
            fact.parts = vec![(
                Location::new(later.file, later.setting.span),
                "this one counts".to_owned(),
            )];
            fact
        })
    })
}
