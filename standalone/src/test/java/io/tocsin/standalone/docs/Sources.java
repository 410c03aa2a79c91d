package io.tocsin.standalone.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the sources say about metrics and configuration keys, so that the reference pages say the same. */
final class Sources {

    static final Path REPOSITORY = Path.of(System.getProperty("tocsin.repository"));

    private static final List<String> MODULES =
            List.of("runtime", "collector", "rules-engine", "notifier", "selfheal", "console");
    private static final Pattern METRIC = Pattern.compile(
            "(Counter|Gauge|GaugeWithCallback|CounterWithCallback|Histogram|counter|gauge|histogram)(?:\\.builder\\(\\))?[\\s\\w.,(]{0,60}?"
                    + "\"(tocsin_[a-z0-9_]+[a-z0-9])\"\\)?,?\\s*(?:\\.help\\()?\\s*\"((?:[^\"\\\\]|\\\\.)*)\"(?:\\s*\\+\\s*\"((?:[^\"\\\\]|\\\\.)*)\")?");
    private static final Pattern LABELS = Pattern.compile("\\A[^;]*?labelNames\\(([^)]*)\\)");
    private static final Pattern PREFIX = Pattern.compile("@ConfigurationProperties\\(\"([^\"]+)\"\\)");
    private static final Pattern PARAM = Pattern.compile("@param (\\w+) ((?:.|\\n)*?)(?=\\n \\* @|\\n \\*/)");
    private static final Pattern COMPONENT = Pattern.compile(
            "(?:@Bindable\\(defaultValue = \"([^\"]*)\"\\)\\s*)?(?:@Nullable\\s+)?([\\w.<>,? ]+?)\\s+(\\w+)\\s*(?:,|\\Z)");

    private Sources() {}

    /** A metric: its module, kind, help and labels, as far as its text says them. */
    record Metric(String name, String module, String kind, String help, String labels) {}

    /** A key: its type, its default, and what it is for. */
    record Key(String name, String type, String preset, String help) {}

    static SortedMap<String, Metric> metrics() {
        SortedMap<String, Metric> metrics = new TreeMap<>();
        sources((module, text) -> {
            Matcher found = METRIC.matcher(text);
            while (found.find()) {
                String kind = found.group(1).replace("WithCallback", "").toLowerCase(java.util.Locale.ROOT);
                String name = kind.equals("counter") && !found.group(2).endsWith("_total")
                        ? found.group(2) + "_total"
                        : found.group(2);
                Matcher labels = LABELS.matcher(text.substring(found.end()));
                String names = labels.find() ? labels.group(1).replace("\"", "`") : "";
                String help = found.group(3) + (found.group(4) == null ? "" : found.group(4));
                metrics.put(name, new Metric(name, module, kind, help.replaceAll("\\.$", ""), names));
            }
        });
        return metrics;
    }

    static SortedMap<String, Key> keys() {
        SortedMap<String, Key> keys = new TreeMap<>();
        sources((module, text) -> {
            Matcher prefix = PREFIX.matcher(text);
            if (!prefix.find()) {
                return;
            }
            String javadoc = text.substring(0, prefix.start());
            Map<String, String> help = new LinkedHashMap<>();
            Matcher param = PARAM.matcher(javadoc.substring(Math.max(0, javadoc.lastIndexOf("/**"))));
            while (param.find()) {
                help.put(
                        param.group(1),
                        param.group(2).replaceAll("\\s*\\n \\*\\s*", " ").replaceAll("\\{@\\w+ ([^}]*)}", "$1"));
            }
            int open = text.indexOf('(', text.indexOf("record ", prefix.end()));
            String header = text.substring(open + 1, closing(text, open));
            Matcher component = COMPONENT.matcher(header.replaceAll("(?<!:)//[^\\n]*", "")
                    .replaceAll("\\s+", " ")
                    .strip());
            while (component.find()) {
                String name = prefix.group(1) + "." + kebab(component.group(3));
                keys.put(
                        name,
                        new Key(
                                name,
                                type(component.group(2)),
                                component.group(1) == null ? "" : component.group(1),
                                help.getOrDefault(component.group(3), "")));
            }
        });
        return keys;
    }

    private static String type(String java) {
        String simple = java.strip().replaceAll("^.*\\.", "");
        return switch (simple) {
            case "String" -> "text";
            case "int", "long", "Integer", "Long" -> "number";
            case "boolean", "Boolean" -> "true or false";
            case "Duration" -> "duration";
            case "URI" -> "address";
            case "Path" -> "path";
            default -> simple.startsWith("Map") ? "map" : simple.startsWith("List") ? "list" : "text";
        };
    }

    private static String kebab(String camel) {
        return camel.replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
    }

    private static int closing(String text, int open) {
        int depth = 0;
        boolean quoted = false;
        for (int i = open; i < text.length(); i++) {
            char c = text.charAt(i);
            quoted ^= c == '"';
            depth += quoted ? 0 : c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        throw new IllegalArgumentException("a record's header does not end");
    }

    private interface Reader {
        void read(String module, String text);
    }

    private static void sources(Reader reader) {
        for (String module : MODULES) {
            try (Stream<Path> files = Files.walk(REPOSITORY.resolve(module).resolve("src/main/java"))) {
                List<Path> sorted =
                        new ArrayList<>(files.filter(file -> file.toString().endsWith(".java"))
                                .sorted()
                                .toList());
                for (Path file : sorted) {
                    reader.read(module, Files.readString(file));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
