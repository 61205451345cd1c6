package com.example.cards;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.CompressionType;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;

public class TunedRocksDb implements RocksDBConfigSetter {
    private static final long MIB = 1024 * 1024L;

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        BlockBasedTableConfig table = new BlockBasedTableConfig();
        table.setBlockCache(new LRUCache(128 * MIB));
        table.setBlockSize(16 * 1024);
        table.setCacheIndexAndFilterBlocks(true);
        table.setPinL0FilterAndIndexBlocksInCache(true);

        options.setWriteBufferSize(64 * MIB);
        options.setMaxWriteBufferNumber(3);
        options.setMinWriteBufferNumberToMerge(1);

        options.setMaxBackgroundJobs(4);
        options.setMaxBytesForLevelBase(256 * MIB);
        options.setCompressionType(CompressionType.LZ4_COMPRESSION);

        options.setTableFormatConfig(table);
    }

    @Override
    public void close(String storeName, Options options) {
        // nothing to close
    }
}
