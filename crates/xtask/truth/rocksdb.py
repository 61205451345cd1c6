"""Opens RocksDB as Kafka Streams does, writes and reads, and prints what it takes, in MiB.

Arguments: instances, block cache MiB, write buffer MiB, write buffers, shared (0 or 1), seconds.
Needs the package rocksdict.
"""
import os, random, shutil, sys, tempfile, threading, time
from rocksdict import BlockBasedOptions, Cache, DBCompactionStyle, DBCompressionType, Options, Rdict


def resident():
    with open("/proc/self/smaps_rollup") as rollup:
        return next(int(line.split()[1]) / 1024 for line in rollup if line.startswith("Pss:"))


def main():
    instances, cache, buffer, buffers, shared, seconds = map(int, sys.argv[1:7])
    folder = tempfile.mkdtemp(prefix="tunelint-truth-")
    one = Cache(cache << 20)
    before = resident()
    stores = []
    for number in range(instances):
        options = Options(raw_mode=True)
        options.create_if_missing(True)
        options.set_write_buffer_size(buffer << 20)
        options.set_max_write_buffer_number(buffers)
        options.set_compaction_style(DBCompactionStyle.universal())
        options.set_compression_type(DBCompressionType.none())
        table = BlockBasedOptions()
        table.set_block_size(4096)
        table.set_block_cache(one if shared else Cache(cache << 20))
        table.set_bloom_filter(10, False)
        options.set_block_based_table_factory(table)
        stores.append(Rdict(os.path.join(folder, str(number)), options=options))
    end = time.time() + seconds
    keys = [0] * instances
    peak = [0.0]

    def write(mine):
        value = os.urandom(512)
        while time.time() < end:
            for at in mine:
                for _ in range(200):
                    keys[at] += 1
                    stores[at][b"%016d" % random.randrange(300_000)] = value

    def read(mine):
        while time.time() < end:
            for at in mine:
                for _ in range(50):
                    stores[at].get(b"%016d" % random.randrange(300_000))

    def watch():
        while time.time() < end:
            peak[0] = max(peak[0], resident())
            time.sleep(0.2)

    jobs = [
        threading.Thread(target=job, args=(range(part, instances, 2),))
        for part in range(2)
        for job in (write, read)
    ]
    jobs.append(threading.Thread(target=watch))
    for job in jobs:
        job.start()
    for job in jobs:
        job.join()
    peak[0] = max(peak[0], resident())
    print(f"{peak[0] - before:.1f}")
    sys.stdout.flush()
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(0)


main()
