package io.tocsin.standalone.migrate;

import io.tocsin.standalone.cli.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** What matters of a {@code prometheus.yml}. */
final class PrometheusConfig {

    private final Path file;
    private final Map<?, ?> root;

    private PrometheusConfig(Path file, Map<?, ?> root) {
        this.file = file;
        this.root = root;
    }

    /**
     * Reads a file.
     *
     * @throws UserError when it cannot be read, or is no YAML map
     */
    static PrometheusConfig read(Path file) {
        try {
            Object read = new Load(
                            LoadSettings.builder().setLabel(file.toString()).build())
                    .loadFromString(Files.readString(file));
            if (read instanceof Map<?, ?> map) {
                return new PrometheusConfig(file, map);
            }
            throw new UserError(file + ": expected a map with scrape_configs, rule_files, …");
        } catch (IOException e) {
            throw new UserError("cannot read " + file + ": " + e.getMessage());
        } catch (YamlEngineException e) {
            throw new UserError(file + ": " + e.getMessage());
        }
    }

    /** The files that its rule_files name, patterns in the last part of a path included. */
    List<Path> ruleFiles() {
        Path directory = file.toAbsolutePath().getParent();
        return list("rule_files").stream()
                .map(String::valueOf)
                .flatMap(pattern -> matching(directory == null ? Path.of("/") : directory, pattern))
                .toList();
    }

    private static Stream<Path> matching(Path directory, String pattern) {
        int slash = pattern.lastIndexOf('/');
        Path folder = directory.resolve(pattern.substring(0, slash + 1));
        try (Stream<Path> files = Files.list(folder)) {
            var matcher = folder.getFileSystem().getPathMatcher("glob:" + pattern.substring(slash + 1));
            return files.filter(one -> matcher.matches(one.getFileName())).sorted().toList().stream();
        } catch (IOException e) {
            throw new UserError("rule_files name " + folder + ", which cannot be read: " + e.getMessage());
        }
    }

    /** How many things are scraped. */
    int scrapes() {
        return list("scrape_configs").size();
    }

    /** Keys of the file that mean something to Prometheus and nothing here. */
    List<String> leftBehind() {
        return Stream.of("remote_read", "remote_write", "storage", "tracing", "runtime", "otlp", "scrape_config_files")
                .filter(root::containsKey)
                .toList();
    }

    /** The global evaluation interval, as it is written; {@code 1m}, Prometheus' own, where it is not. */
    String evaluationInterval() {
        Object global = root.get("global");
        Object interval = global instanceof Map<?, ?> map ? map.get("evaluation_interval") : null;
        return interval == null ? "1m" : interval.toString();
    }

    /** A configuration of an OpenTelemetry Collector that scrapes the same, and sends it to {@code otlp}. */
    String collector(String otlp) {
        Map<String, Object> scrape = new LinkedHashMap<>();
        if (global() != null) {
            scrape.put("global", global());
        }
        scrape.put("scrape_configs", list("scrape_configs"));
        Map<String, Object> collector = new LinkedHashMap<>();
        collector.put("receivers", Map.of("prometheus", Map.of("config", scrape)));
        collector.put("processors", Map.of("batch", Map.of("timeout", "1s")));
        collector.put("exporters", Map.of("otlp_http", Map.of("endpoint", otlp, "compression", "gzip")));
        collector.put(
                "service",
                Map.of(
                        "pipelines",
                        Map.of(
                                "metrics",
                                Map.of(
                                        "receivers", List.of("prometheus"),
                                        "processors", List.of("batch"),
                                        "exporters", List.of("otlp_http")))));
        return new Dump(DumpSettings.builder()
                        .setDefaultFlowStyle(FlowStyle.BLOCK)
                        .setDereferenceAliases(true)
                        .build())
                .dumpToString(collector)
                // The Collector reads $ as the begin of a variable.
                .replace("$", "$$");
    }

    private @Nullable Object global() {
        if (root.get("global") instanceof Map<?, ?> map) {
            Map<Object, Object> kept = new LinkedHashMap<>(map);
            List.of("evaluation_interval", "rule_query_offset", "query_log_file")
                    .forEach(kept::remove);
            return kept;
        }
        return null;
    }

    private List<?> list(String key) {
        return root.get(key) instanceof List<?> list ? list : List.of();
    }
}
