//! A config setter that bounds RocksDB's memory, as text to be taken over.

/// The class: one cache for all stores, charged with their write buffers, a quarter of it at most.
pub(super) fn bounded(class: &str, package: &str, cache_mib: i64) -> String {
    let head = if package.is_empty() {
        String::new()
    } else {
        format!("package {package};\n\n")
    };
    let buffers = (cache_mib / 4).max(16);
    format!(
        "{head}import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.*;

public class {class} implements RocksDBConfigSetter {{
    // One cache for all stores of the process, charged with their write buffers.
    private static final Cache CACHE = new LRUCache({cache_mib} * 1024 * 1024L, -1, false, 0.1);
    private static final WriteBufferManager BUFFERS =
        new WriteBufferManager({buffers} * 1024 * 1024L, CACHE);

    @Override
    public void setConfig(String store, Options options, Map<String, Object> configs) {{
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(CACHE);
        table.setCacheIndexAndFilterBlocks(true);
        table.setCacheIndexAndFilterBlocksWithHighPriority(true);
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(BUFFERS);
    }}

    @Override
    public void close(String store, Options options) {{
        // what all stores share stays open
    }}
}}
"
    )
}
