import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Touches what a Kafka service of ordinary size touches: heap, classes, code, threads, buffers. */
public class Load {
    static final List<Object> KEPT = new ArrayList<>();

    public static void main(String[] args) throws Exception {
        int threads = Integer.parseInt(args[0]);
        int directMib = Integer.parseInt(args[1]);
        int metaspaceMib = Integer.parseInt(args[2]);
        int codeMib = Integer.parseInt(args[3]);
        int seconds = Integer.parseInt(args[4]);
        for (int i = 0; i < threads; i++) {
            Thread thread = new Thread(() -> recurse(400));
            thread.setDaemon(true);
            thread.start();
        }
        for (int i = 0; i < directMib; i++) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
            for (int at = 0; at < buffer.capacity(); at += 4096) {
                buffer.put(at, (byte) 1);
            }
            KEPT.add(buffer);
        }
        classes(metaspaceMib, codeMib);
        heap(seconds);
        System.out.println("ready " + committed("Metaspace") + " " + (committed("CodeCache") + committed("CodeHeap")));
        System.out.flush();
        Thread.sleep(Long.MAX_VALUE);
    }

    /** Touches some frames of the stack and waits. */
    static void recurse(int depth) {
        if (depth > 0) {
            recurse(depth - 1);
            return;
        }
        try {
            Thread.sleep(Long.MAX_VALUE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Defines copies of a class, and runs their methods until compiled, up to both sizes. */
    static void classes(int metaspaceMib, int codeMib) throws Exception {
        byte[] bytes;
        try (InputStream in = Load.class.getResourceAsStream("Load$Copy.class")) {
            bytes = in.readAllBytes();
        }
        long end = System.nanoTime() + 60_000_000_000L;
        while (System.nanoTime() < end) {
            boolean enoughClasses = used("Metaspace") >= (long) metaspaceMib << 20;
            boolean enoughCode = used("CodeCache") + used("CodeHeap") >= (long) codeMib << 20;
            if (enoughClasses) {
                if (enoughCode) {
                    return;
                }
                Thread.sleep(50);
            }
            if (!enoughClasses) {
                ClassLoader loader = new ClassLoader(null) {
                    @Override
                    protected Class<?> findClass(String name) {
                        return defineClass(name, bytes, 0, bytes.length);
                    }
                };
                Class<?> copy = loader.loadClass("Load$Copy");
                KEPT.add(copy);
                Object result = copy.getMethod("all", int.class).invoke(null, enoughCode ? 1 : 300);
                KEPT.add(result);
            } else {
                return;
            }
        }
    }

    static long committed(String pool) {
        long sum = 0;
        for (MemoryPoolMXBean bean : ManagementFactory.getMemoryPoolMXBeans()) {
            if (bean.getName().startsWith(pool)) {
                sum += bean.getUsage().getCommitted();
            }
        }
        return sum;
    }

    static long used(String pool) {
        long sum = 0;
        for (MemoryPoolMXBean bean : ManagementFactory.getMemoryPoolMXBeans()) {
            if (bean.getName().startsWith(pool)) {
                sum += bean.getUsage().getUsed();
            }
        }
        return sum;
    }

    /** Keeps half of the heap and makes garbage, so that every page of it is used. */
    static void heap(int seconds) {
        long most = Runtime.getRuntime().maxMemory();
        byte[][] kept = new byte[(int) (most / 2 / 4096)][];
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        java.util.Random random = new java.util.Random(42);
        while (System.nanoTime() < end) {
            for (int i = 0; i < 1000; i++) {
                kept[random.nextInt(kept.length)] = new byte[4000];
            }
        }
        KEPT.add(kept);
    }

    /** A class of ordinary size. */
    public static class Copy {
        public static Object all(int times) {
            long sum = 0;
            for (int i = 0; i < times; i++) {
                sum += one(i) + two(i) + three(i, "x" + i) + four(i);
            }
            return sum;
        }

        static long one(int i) {
            long a = i;
            for (int k = 0; k < 8; k++) {
                a = a * 31 + (a ^ k) - (a >>> 3);
            }
            return a;
        }

        static long two(int i) {
            StringBuilder text = new StringBuilder();
            text.append(i).append(':').append(i * 7L).append(';');
            return text.toString().hashCode();
        }

        static long three(int i, String s) {
            switch (i % 5) {
                case 0: return s.length();
                case 1: return s.indexOf('1');
                case 2: return s.charAt(0) + i;
                case 3: return s.concat("y").hashCode();
                default: return i;
            }
        }

        static long four(int i) {
            java.util.HashMap<Integer, Long> map = new java.util.HashMap<>();
            for (int k = 0; k < 4; k++) {
                map.merge(k & 1, (long) i, Long::sum);
            }
            return map.size();
        }
    }
}
