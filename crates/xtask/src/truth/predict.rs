//! What the budget says of a process, by the same code that judges manifests.

use super::Stores;

use tunelint_base::{FileId, JavaVersion, KafkaVersion, Text};
use tunelint_model::link::link;
use tunelint_model::memory::{Budget, budget};
use tunelint_model::model::{StatedTerm, StoreKind, StoreSpec};
use tunelint_model::{Options, SourceFile, WorkloadSpec, extract};

fn file(path: &str, text: String) -> SourceFile {
    let facts = extract(path, &text);
    SourceFile::new(path.to_owned(), Text::utf8(text), facts)
}

fn deployment(flags: &str) -> SourceFile {
    let text = format!(
        "apiVersion: apps/v1
kind: Deployment
metadata:
  name: load
spec:
  template:
    spec:
      containers:
        - name: load
          image: registry.example/load:1
          env:
            - name: JAVA_TOOL_OPTIONS
              value: {flags}
          resources:
            limits:
              cpu: \"2\"
              memory: 8Gi
"
    );
    file("deployment.yaml", text)
}

fn first(files: &[SourceFile], options: &Options) -> Option<Budget> {
    let model = link(files, options);
    (0..model.workloads.len()).find_map(|at| budget(&model, at))
}

/// Expected and worst memory of a JVM in bytes, with the classes and the code that it has.
pub(super) fn jvm(flags: &str, release: u16, metaspace: i64, code: i64) -> Option<(f64, f64)> {
    let stated = |term, bytes| StatedTerm {
        term,
        bytes,
        location: None,
    };
    let spec = WorkloadSpec {
        name: "load".to_owned(),
        manifests: vec![FileId(0)],
        memory: vec![stated("metaspace", metaspace), stated("code-cache", code)],
        ..WorkloadSpec::default()
    };
    let options = Options {
        java: Some(JavaVersion(release)),
        workloads: vec![spec],
        ..Options::default()
    };
    let found = first(&[deployment(flags)], &options)?;
    Some((found.expected() as f64, found.worst() as f64))
}

/// Expected and worst memory of RocksDB in bytes, with what the allocator keeps of it.
pub(super) fn stores(stores: Stores) -> Option<(f64, f64)> {
    let Stores {
        instances,
        cache,
        buffer,
        buffers,
        shared,
    } = stores;
    let modifier = if shared { "static " } else { "" };
    let setter = format!(
        "class Setter implements RocksDBConfigSetter {{
  private {modifier}final Cache cache = new LRUCache({cache} * 1024 * 1024L);
  public void setConfig(String s, Options options, Map<String, Object> c) {{
    BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
    table.setBlockCache(cache);
    options.setTableFormatConfig(table);
    options.setWriteBufferSize({buffer} * 1024 * 1024L);
    options.setMaxWriteBufferNumber({buffers});
  }}
  public void close(String s, Options options) {{ }}
}}
"
    );
    let settings = "application.id=load\nbootstrap.servers=b:9092\nnum.stream.threads=2\n\
                    rocksdb.config.setter=Setter\n";
    let files = [
        file("Setter.java", setter),
        deployment("-Xms64m -Xmx64m"),
        file("streams.properties", settings.to_owned()),
    ];
    let store = StoreSpec {
        name: "store".to_owned(),
        kind: StoreKind::KeyValue,
        retention: None,
        keys: Some(300_000 * instances),
        value_bytes: Some(512),
        location: None,
    };
    let spec = WorkloadSpec {
        name: "load".to_owned(),
        config: vec![FileId(2)],
        manifests: vec![FileId(1)],
        java: vec![FileId(0)],
        partitions: Some(instances),
        stores: vec![store],
        ..WorkloadSpec::default()
    };
    let options = Options {
        kafka: Some(KafkaVersion::new(4, 1)),
        workloads: vec![spec],
        ..Options::default()
    };
    let found = first(&files, &options)?;
    let own = found
        .terms
        .iter()
        .filter(|term| term.is_rocksdb() || term.name == "malloc");
    let (mut expected, mut worst) = (0, 0);
    for term in own {
        expected += term.expected;
        worst += term.worst;
    }
    // The JVM's part of what malloc keeps is not there.
    Some(((expected - (20 << 20)) as f64, (worst - (32 << 20)) as f64))
}
