//! Sources as people write them, and what is found in them.

use crate::{Const, Holder, JavaFacts, NativeKind, Receiver, StoreKind, TableConfig, read};

const TUNED: &str = r#"
package com.example.fraud;

import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.*;

public class Tuned implements RocksDBConfigSetter {
    private static final long MB = 1024 * 1024L;
    private static final int BUFFERS = 2 + 1;
    static final Cache SHARED = new LRUCache(512 * MB, -1, false, 0.1);
    static final WriteBufferManager MANAGER = new WriteBufferManager(128 * MB, SHARED);
    private final Filter filter = new BloomFilter(10);

    @Override
    public void setConfig(String name, Options options, Map<String, Object> configs) {
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(SHARED).setCacheIndexAndFilterBlocks(true);
        table.setBlockSize(16 * 1024);
        options.setWriteBufferManager(MANAGER);
        options.setWriteBufferSize(1 << 24).setMaxWriteBufferNumber(BUFFERS);
        if (name.startsWith("big")) {
            options.setMaxBackgroundJobs(4);
        }
        options.setMaxBytesForLevelBase(Long.parseLong("1"));
        options.setCompressionType(CompressionType.LZ4_COMPRESSION);
        options.setTableFormatConfig(table);
    }

    @Override
    public void close(String name, Options options) {
        filter.close();
    }
}
"#;

fn only(text: &str) -> crate::ConfigSetter {
    let facts = read(text);
    assert_eq!(facts.setters.len(), 1, "{facts:?}");
    facts.setters[0].clone()
}

fn value(setter: &crate::ConfigSetter, method: &str) -> Const {
    let call = setter.calls.iter().find(|call| call.method == method);
    call.map_or(Const::Unknown, |call| call.arguments[0].value.clone())
}

#[test]
fn a_setter_is_read() {
    let setter = only(TUNED);
    assert_eq!(setter.class, "com.example.fraud.Tuned");
    assert_eq!(setter.name.of(TUNED), "Tuned");
    assert_eq!(value(&setter, "setWriteBufferSize"), Const::Int(16 << 20));
    assert_eq!(value(&setter, "setMaxWriteBufferNumber"), Const::Int(3));
    assert_eq!(value(&setter, "setBlockSize"), Const::Int(16384));
    assert_eq!(
        value(&setter, "setCacheIndexAndFilterBlocks"),
        Const::Bool(true)
    );
    assert_eq!(value(&setter, "setMaxBytesForLevelBase"), Const::Unknown);
    assert_eq!(
        value(&setter, "setCompressionType"),
        Const::Name("LZ4_COMPRESSION".into())
    );
    let cache = setter
        .calls
        .iter()
        .find(|call| call.method == "setBlockCache");
    let cache = cache.expect("a cache");
    assert_eq!(cache.receiver, Receiver::Table);
    let native = &setter.natives[cache.arguments[0].native.expect("a native object")];
    assert_eq!(native.kind, NativeKind::Cache);
    assert!(native.is_shared());
    assert_eq!(native.arguments[0].value, Const::Int(512 << 20));
    let manager = setter
        .natives
        .iter()
        .find(|n| n.kind == NativeKind::WriteBufferManager);
    assert_eq!(manager.expect("a manager").arguments[1].native, Some(0));
    let filter = setter
        .natives
        .iter()
        .find(|n| n.kind == NativeKind::Filter)
        .expect("a filter");
    assert_eq!(
        (filter.holder.clone(), filter.closed),
        (Holder::Field("filter".into()), Some(true))
    );
    let jobs = setter
        .calls
        .iter()
        .find(|call| call.method == "setMaxBackgroundJobs");
    assert!(jobs.expect("jobs").conditional);
    let table = setter.table.as_ref().expect("a table");
    assert_eq!((table.config, table.conditional), (TableConfig::Own, false));
    assert!(!setter.hands_on);
}

#[test]
fn a_cache_made_for_each_store_is_seen() {
    let text = r#"
class Seed implements org.apache.kafka.streams.state.RocksDBConfigSetter {
  public void setConfig(String s, Options options, Map<String, Object> c) {
    BlockBasedTableConfig t = new BlockBasedTableConfig();
    t.setBlockCache(new LRUCache(128 * 1024 * 1024L));
    options.setWriteBufferSize(4 * 1024 * 1024 * 1024);
    options.setTableFormatConfig(t);
  }
  public void close(String s, Options options) { /* nothing */ }
}"#;
    let setter = only(text);
    assert!(matches!(
        setter.table.as_ref().map(|t| t.config),
        Some(TableConfig::New(_))
    ));
    let [cache] = setter.natives.as_slice() else {
        panic!("{:?}", setter.natives)
    };
    assert_eq!((cache.closed, cache.is_shared()), (Some(false), false));
    assert_eq!(cache.span.of(text), "new LRUCache(128 * 1024 * 1024L)");
    assert!(setter.close.as_ref().expect("close").is_empty);
    let size = &setter
        .calls
        .iter()
        .find(|c| c.method == "setWriteBufferSize")
        .expect("a size")
        .arguments[0];
    assert_eq!((size.value.clone(), size.overflows), (Const::Int(0), true));
    assert_eq!(size.span.of(text), "4 * 1024 * 1024 * 1024");
}

#[test]
fn what_is_not_plain_stays_unknown() {
    let text = r#"
class A extends Base implements RocksDBConfigSetter {
  private static Cache cache;
  private final Map<String, Cache> all = new HashMap<>();
  public void setConfig(String s, Options options, Map<String, Object> configs) {
    if (cache == null) { cache = new LRUCache((long) configs.get("size")); }
    Cache own = new LRUCache(1024);
    all.put(s, own);
    Tuning.apply(options);
    tune(options);
  }
  private void tune(Options o) { o.setMaxOpenFiles(-1); }
  public void close(String s, Options options) { all.remove(s).close(); }
}"#;
    let setter = only(text);
    assert!(setter.hands_on);
    assert_eq!(value(&setter, "setMaxOpenFiles"), Const::Int(-1));
    assert!(!setter.calls[0].conditional);
    assert!(setter.natives[0].is_shared());
    assert_eq!(setter.natives[0].arguments[0].value, Const::Unknown);
    assert_eq!(setter.natives[1].closed, None);
}

#[test]
fn what_others_do_with_the_options_is_unknown() {
    let text = "class A implements RocksDBConfigSetter { public void setConfig(String s, Options options, Map<String, Object> c) { config.style().ifPresent(options::setCompactionStyle); } }";
    assert!(only(text).hands_on);
    let text = "class A extends B implements RocksDBConfigSetter { public void setConfig(String s, Options o, Map<String, Object> c) { super.setConfig(s, o, c); } }";
    assert!(only(text).hands_on);
    let text = "class A implements RocksDBConfigSetter { public void setConfig(String s, Options o, Map<String, Object> c) { LOG.info(\"for {}\", s); o.setMaxOpenFiles(100); } }";
    assert!(!only(text).hands_on);
}

fn stores(body: &str) -> JavaFacts {
    let text = format!(
        "class T {{ static final Duration W = null; void build(StreamsBuilder builder, KStream<A, B> s) {{ {body} }} }}"
    );
    read(&text)
}

#[test]
fn stores_of_a_topology_are_read() {
    let kinds = |body: &str| {
        let facts = stores(body);
        facts
            .stores
            .iter()
            .map(|s| (s.kind, s.retention, s.in_memory))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        kinds(
            "s.groupByKey().windowedBy(TimeWindows.ofSizeAndGrace(Duration.ofMinutes(5), Duration.ofMinutes(1))).count();"
        ),
        [(StoreKind::Window, Some(360_000), false)]
    );
    assert_eq!(
        kinds("s.groupByKey().windowedBy(TimeWindows.of(Duration.ofHours(1))).count();"),
        [(StoreKind::Window, Some(86_400_000), false)]
    );
    assert_eq!(
        kinds(
            "s.groupBy(f).windowedBy(SessionWindows.ofInactivityGapWithNoGrace(Duration.ofSeconds(30))).reduce(r, Materialized.<K, V, SessionStore<Bytes, byte[]>>as(\"x\").withRetention(Duration.ofDays(1)));"
        ),
        [(StoreKind::Session, Some(86_400_000), false)]
    );
    assert_eq!(
        kinds("s.groupByKey().count(Materialized.as(Stores.inMemoryKeyValueStore(\"c\")));"),
        [(StoreKind::KeyValue, None, true)]
    );
    assert_eq!(
        kinds("s.leftJoin(o, j, JoinWindows.ofTimeDifferenceWithNoGrace(Duration.ofMinutes(5)));"),
        [
            (StoreKind::Window, Some(600_000), false),
            (StoreKind::Window, Some(600_000), false),
            (StoreKind::KeyValue, None, false),
        ]
    );
    assert_eq!(
        kinds(
            "builder.addStateStore(Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(\"kv\"), a, b)); builder.globalTable(\"t\");"
        ),
        [
            (StoreKind::KeyValue, None, false),
            (StoreKind::Global, None, false)
        ]
    );
    assert_eq!(
        kinds("list.stream().map(f).reduce(0, Integer::sum); list.stream().count();"),
        []
    );
    let named = stores("builder.table(\"in\", Materialized.as(\"cards\"));");
    assert_eq!(named.stores.len(), 1);
    assert_eq!(named.stores[0].name.as_deref(), Some("cards"));
    let suppress = stores("s.suppress(Suppressed.untilWindowCloses(BufferConfig.unbounded()));");
    assert!(suppress.suppresses[0].unbounded);
}

#[test]
fn registrations_are_read() {
    let text = "class A { void f(Properties p) { p.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, a.b.Bounded.class); p.put(\"rocksdb.config.setter\", \"c.D\"); p.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, E.class.getName()); } }";
    let classes: Vec<String> = read(text)
        .registrations
        .into_iter()
        .map(|r| r.class)
        .collect();
    assert_eq!(classes, ["a.b.Bounded", "c.D", "E"]);
}

#[test]
fn nothing_makes_it_stumble() {
    for end in (0..TUNED.len()).step_by(7) {
        if let Some(part) = TUNED.get(..end) {
            let _ = read(part);
        }
    }
    let deep = format!(
        "class A implements RocksDBConfigSetter {{ int x = {}1{}; }}",
        "(".repeat(20_000),
        ")".repeat(20_000)
    );
    let _ = read(&deep);
    let nested = format!(
        "class KafkaStreams {{ void f() {{ {} }} }}",
        "{".repeat(20_000)
    );
    let _ = read(&nested);
    let chain = format!(
        "class KafkaStreams {{ void f() {{ a{}; }} }}",
        ".b()".repeat(20_000)
    );
    let _ = read(&chain);
}
