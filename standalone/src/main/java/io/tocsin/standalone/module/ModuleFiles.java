package io.tocsin.standalone.module;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Which module reads which file of a configuration directory, as flat properties. */
public final class ModuleFiles {

    private ModuleFiles() {}

    /** The collector's. */
    public static Map<String, Object> collector(Path config) {
        return Map.of("tocsin.collector.probes.file", text(config, "probes.yaml"));
    }

    /** The rules engine's. */
    public static Map<String, Object> rulesEngine(Path config) {
        return Map.of(
                "tocsin.engine.rules-dir", text(config, "rules"),
                "tocsin.engine.dependencies-file", text(config, "dependencies.yaml"));
    }

    /** The notifier's. */
    public static Map<String, Object> notifier(Path config) {
        return Map.of("tocsin.notifier.config-file", text(config, "alertmanager.yml"));
    }

    /** Those of self-healing. */
    public static Map<String, Object> selfheal(Path config) {
        return Map.of(
                "tocsin.selfheal.playbooks-dir", text(config, "playbooks"),
                "tocsin.selfheal.targets-dir", text(config, "targets"),
                "tocsin.selfheal.limits-file", text(config, "selfheal.yaml"));
    }

    /** The console's; accounts count when there are any. */
    public static Map<String, Object> console(Path config) {
        Map<String, Object> properties = new HashMap<>();
        if (Files.exists(config.resolve("users"))) {
            properties.put("tocsin.console.access.users-file", text(config, "users"));
        }
        return properties;
    }

    private static String text(Path config, String name) {
        return config.resolve(name).toString();
    }
}
