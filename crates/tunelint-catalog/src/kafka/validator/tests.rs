//! The validators that are not understood are these and no others.

use super::Validator;
use crate::kafka::{Scope, VERSIONS, keys};
use std::collections::BTreeSet;

#[test]
fn what_is_not_understood_is_a_closed_set() {
    let mut custom = BTreeSet::new();
    for key in Scope::ALL.iter().flat_map(|scope| keys(*scope)) {
        for version in VERSIONS {
            if let Validator::Custom(text) = key.valid(*version) {
                custom.insert(*text);
            }
        }
    }
    let expected = [
        "A concrete subclass of org.apache.kafka.connect.storage.Converter, A class with a public, no-argument constructor",
        "A concrete subclass of org.apache.kafka.connect.storage.HeaderConverter, A class with a public, no-argument constructor",
        "A host:port pair, protocol://host:port, or an empty string",
        "Any KeyGenerator algorithm supported by the worker JVM",
        "Any MAC algorithm supported by the worker JVM",
        "custom check in org.apache.kafka.common.config.ConfigDef$LambdaValidator",
        "custom check in org.apache.kafka.connect.runtime.ConnectorConfig$PluginVersionValidator",
        "custom check in org.apache.kafka.connect.runtime.WorkerConfig$ResponseHttpHeadersValidator",
        "custom check in org.apache.kafka.connect.runtime.rest.RestServerConfig$ResponseHttpHeadersValidator",
    ];
    assert_eq!(custom.into_iter().collect::<Vec<_>>(), expected);
}
