package io.tocsin.standalone.config;

import io.tocsin.standalone.cli.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** One configuration directory: the same files serve one process tree and separate processes. */
public final class ConfigurationDirectory {

    /** File of the settings, relative to the directory. */
    public static final String SETTINGS_FILE = "tocsin.yaml";

    private ConfigurationDirectory() {}

    /** A set of files that can be written out: the class path folder that they are in. */
    public enum Template {
        /** What {@code tocsin init} writes. */
        STARTER(
                "starter",
                List.of(SETTINGS_FILE, "rules/starter.yaml", "rules/expected.yaml", "alertmanager.yml", "probes.yaml")),
        /** What the demo runs with. */
        DEMO(
                "demo",
                List.of(
                        SETTINGS_FILE,
                        "rules/shop.yaml",
                        "alertmanager.yml",
                        "playbooks/restart-service.yaml",
                        "targets/shop.yaml"));

        private final String folder;

        @SuppressWarnings("ImmutableEnumChecker") // List.of() is.
        private final List<String> files;

        Template(String folder, List<String> files) {
            this.folder = folder;
            this.files = files;
        }
    }

    /**
     * Writes a template's files; those that exist are left alone.
     *
     * @param values what stands for {@code @name@} in the files
     * @return the files that were written, relative to {@code directory}
     */
    public static List<String> write(Template template, Path directory, Map<String, String> values) {
        return template.files.stream()
                .filter(file -> writeFile(template, file, directory.resolve(file), values))
                .toList();
    }

    private static boolean writeFile(Template template, String file, Path target, Map<String, String> values) {
        if (Files.exists(target)) {
            return false;
        }
        String resource = "/config/" + template.folder + "/" + file;
        try (InputStream in = ConfigurationDirectory.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("resource " + resource + " is missing");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (Map.Entry<String, String> value : values.entrySet()) {
                text = text.replace("@" + value.getKey() + "@", value.getValue());
            }
            Files.createDirectories(target.getParent());
            Files.writeString(target, text);
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + target, e);
        }
    }

    /**
     * The settings of tocsin.yaml as flat keys under {@code tocsin.}, each overridden by the environment variable of its
     * name in capitals with underscores ({@code collector.grpc-port}: {@code TOCSIN_COLLECTOR_GRPC_PORT}).
     *
     * @throws UserError with file:line:column when the file is not valid
     */
    public static Map<String, Object> settings(Path directory, Map<String, String> environment) {
        Path file = directory.resolve(SETTINGS_FILE);
        Map<String, Object> flat = new TreeMap<>();
        if (Files.exists(file)) {
            flatten("tocsin", read(file), flat);
        }
        flat.replaceAll((key, value) -> environment.getOrDefault(variable(key), String.valueOf(value)));
        return flat;
    }

    static String variable(String key) {
        return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    private static @Nullable Object read(Path file) {
        try {
            LoadSettings settings =
                    LoadSettings.builder().setLabel(file.toString()).build();
            return new Load(settings).loadFromString(Files.readString(file));
        } catch (MarkedYamlEngineException e) {
            String position = e.getProblemMark()
                    .map(mark -> ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1))
                    .orElse("");
            throw new UserError(file + position + ": " + e.getProblem());
        } catch (IOException e) {
            throw new UserError("cannot read " + file + ": " + e.getMessage());
        }
    }

    private static void flatten(String prefix, @Nullable Object value, Map<String, Object> flat) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, child) -> flatten(prefix + "." + key, child, flat));
        } else if (value != null) {
            flat.put(prefix, value);
        }
    }
}
