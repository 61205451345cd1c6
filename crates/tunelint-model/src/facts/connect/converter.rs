//! Facts of converters, which workers and connectors name.

use crate::client::{Client, ClientKind, Entry};
use crate::facts::setting::{value_place, with};
use crate::facts::{Decl, decl, truth};
use crate::value::{Fact, Type, Value};
use crate::view::View;
use tunelint_base::Entity;

const ON: Entity = Entity::Setting;

pub(super) const FACTS: &[Decl] = &[
    decl(
        "setting.converter_needs",
        ON,
        Type::Str,
        "The key with the schema registry's address that the converter needs, where it is not there",
        |view| of_converter(view, needs),
    ),
    decl(
        "setting.converter_wraps",
        ON,
        Type::Bool,
        "Whether it is a JsonConverter that nobody told whether records carry their schema",
        |view| of_converter(view, wraps),
    ),
];

fn of_converter<'m>(
    view: &View<'m>,
    then: impl FnOnce(&'m Client<'m>, Entry<'m>, &'m str) -> Fact<'m>,
) -> Fact<'m> {
    with(view, |client, entry| {
        let is_connect = matches!(
            client.kind,
            ClientKind::ConnectWorker | ClientKind::Connector
        );
        if is_connect
            && matches!(entry.name, "key.converter" | "value.converter")
            && !client.hides(entry.setting)
        {
            then(client, entry, entry.setting.value.trim())
        } else {
            Fact::absent()
        }
    })
}

/// What a connector says of a converter counts alone: nothing of the worker's is added.
fn needs<'m>(client: &'m Client<'m>, entry: Entry<'m>, class: &str) -> Fact<'m> {
    let classes = [
        "io.confluent.connect.avro.AvroConverter",
        "io.confluent.connect.protobuf.ProtobufConverter",
        "io.confluent.connect.json.JsonSchemaConverter",
    ];
    let key = format!("{}.schema.registry.url", entry.name);
    if classes.contains(&class) && client.entry(&key).is_none() {
        Fact::set(Value::str(key), value_place(entry))
    } else {
        Fact::absent()
    }
}

fn wraps<'m>(client: &'m Client<'m>, entry: Entry<'m>, class: &str) -> Fact<'m> {
    let is_json = matches!(
        class,
        "org.apache.kafka.connect.json.JsonConverter" | "JsonConverter"
    );
    let told = client.entry(&format!("{}.schemas.enable", entry.name));
    truth(is_json && told.is_none(), [])
}
