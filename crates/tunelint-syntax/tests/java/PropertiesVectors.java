// Records what java.util.Properties.load(Reader) makes of random nasty inputs, one case a line:
//   [input, thrown (0 or 1), keys and values with a lone surrogate, key, value, key, value, ...]
// Lone surrogates are written as U+FFFD. The same seed gives the same lines.
//
//   java PropertiesVectors.java 1 12000 > ../vectors/properties.jsonl
//
// To compare many more cases than are kept, record another seed and run
//   PROPERTIES_VECTORS=/path/of/it cargo test -p tunelint-syntax --test properties_vectors

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Random;

public class PropertiesVectors {
    static final String[] UNITS = {
        "a", "k", "key", "1", "x.y", "=", "=", ":", " ", " ", "\t", "\f", "#", "!", "\\", "\\", "\\\\",
        "\n", "\n", "\r", "\r\n", "\\\n", "\\\r", "\\\r\n", "\\\n  ", "\\\n#", "\n\n", "\\t", "\\n", "\\r",
        "\\f", "\\u", "\\u0041", "\\u00e9", "\\u00", "\\u12G4", "\\ud83d", "\\ude00", "\\uD83D\\uDE00",
        "\\u0000", "\\u000a", "\\u005c", "\\ ", "\\=", "\\:", "\\q", "\\\u00e9", "u", "0", "\u00e9", "\u20ac", "\u2028",
        "\u0085", "\u00a0", "\ufeff", "\u000b", "\ud83d\ude00", "\"", "'", "n", "+1", "\u0001", "\ufffd",
    };

    // Plain lines, so that not every long input is refused for a malformed escape.
    static final String[] PLAIN = {
        "acks=all\n", "linger.ms = 5\n", "  group.id: g\r\n", "# note\n", "! note\\\n", "client.id x y \n", "\n", " \t\n",
        "a=b\\\n  c\\\n\td\n", "sasl.jaas.config=x required \\\n  user=\"u\";\n",
    };

    static final class Recorder extends Properties {
        final List<String> puts = new ArrayList<>();

        @Override
        public synchronized Object put(Object key, Object value) {
            puts.add((String) key);
            puts.add((String) value);
            return null;
        }
    }

    static String input(Random random) {
        StringBuilder out = new StringBuilder();
        int units = 1 + random.nextInt(random.nextInt(3) == 0 ? 24 : 9);
        boolean escapes = random.nextInt(3) != 0;
        for (int i = 0; i < units; i++) {
            if (random.nextInt(6) == 0) {
                out.append(PLAIN[random.nextInt(PLAIN.length)]);
                continue;
            }
            String unit = UNITS[random.nextInt(UNITS.length)];
            boolean refused = unit.equals("\\u") || unit.equals("\\u00") || unit.equals("\\u12G4");
            if (refused && (!escapes || random.nextInt(3) != 0)) {
                unit = "\\\n";
            }
            out.append(unit);
        }
        return out.toString();
    }

    static int lone;

    static void string(StringBuilder out, String text, boolean decoded) {
        out.append('"');
        boolean found = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                out.append(c).append(text.charAt(++i));
            } else if (Character.isSurrogate(c)) {
                found = true;
                out.append('\ufffd');
            } else if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c == '\n' || c == '\r' || c == '\t' || c == '\f') {
                out.append('\\').append("nrtf".charAt("\n\r\t\f".indexOf(c)));
            } else if (c < ' ' || c == '\u2028' || c == '\u0085' || c == '\ufeff') {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
        if (decoded && found) {
            lone++;
        }
    }

    public static void main(String[] args) throws IOException {
        Random random = new Random(Long.parseLong(args[0]));
        int count = Integer.parseInt(args[1]);
        BufferedWriter writer = new BufferedWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8));
        for (int i = 0; i < count; i++) {
            String input = input(random);
            Recorder recorder = new Recorder();
            int thrown = 0;
            try {
                recorder.load(new StringReader(input));
            } catch (IllegalArgumentException e) {
                thrown = 1;
            }
            lone = 0;
            StringBuilder puts = new StringBuilder();
            for (String put : recorder.puts) {
                puts.append(',');
                string(puts, put, true);
            }
            StringBuilder line = new StringBuilder("[");
            string(line, input, false);
            line.append(',').append(thrown).append(',').append(lone).append(puts).append("]\n");
            writer.write(line.toString());
        }
        writer.flush();
    }
}
