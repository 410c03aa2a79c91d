package io.tocsin.standalone.up;

import io.tocsin.contracts.TopicCreation;
import io.tocsin.standalone.config.ConfigurationDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What each module is told: the users' settings first, then what this instance decides (ports, addresses, directories). */
final class ModuleProperties {

    private final Ports ports;
    private final Path config;
    private final Path state;
    private final String kafka;
    private final String jdbcUrl;
    private final Map<String, Object> settings;

    ModuleProperties(Ports ports, Path config, Path state, String kafka, String jdbcUrl) {
        this.ports = ports;
        this.config = config;
        this.state = state;
        this.kafka = kafka;
        this.jdbcUrl = jdbcUrl;
        this.settings = ConfigurationDirectory.settings(config, System.getenv());
    }

    Map<String, Object> collector() {
        Map<String, Object> properties = module(ports.http());
        properties.put("tocsin.collector.grpc-port", ports.grpc());
        properties.put(
                "tocsin.collector.probes.file", config.resolve("probes.yaml").toString());
        return properties;
    }

    Map<String, Object> rulesEngine() {
        Map<String, Object> properties = module(ports.query());
        properties.put("tocsin.engine.state-dir", state.resolve("engine").toString());
        properties.put("tocsin.engine.telemetry-partitions", TopicCreation.STANDALONE.telemetryPartitions());
        properties.put("tocsin.engine.evaluate-partitions", TopicCreation.STANDALONE.telemetryPartitions());
        properties.put("tocsin.engine.rules-dir", config.resolve("rules").toString());
        properties.put(
                "tocsin.engine.dependencies-file",
                config.resolve("dependencies.yaml").toString());
        return properties;
    }

    Map<String, Object> notifier() {
        Map<String, Object> properties = database(ports.alertmanager(), "notifier");
        properties.put(
                "tocsin.notifier.config-file",
                config.resolve("alertmanager.yml").toString());
        properties.put("tocsin.notifier.external-url", url(ports.console()));
        return properties;
    }

    Map<String, Object> selfheal() {
        Map<String, Object> properties = database(ports.heal(), "selfheal");
        properties.put(
                "tocsin.selfheal.playbooks-dir", config.resolve("playbooks").toString());
        properties.put("tocsin.selfheal.targets-dir", config.resolve("targets").toString());
        properties.put(
                "tocsin.selfheal.limits-file", config.resolve("selfheal.yaml").toString());
        properties.put("tocsin.selfheal.query-url", url(ports.query()));
        properties.put("tocsin.selfheal.notifier-url", url(ports.alertmanager()));
        return properties;
    }

    Map<String, Object> console() {
        Map<String, Object> properties = module(ports.console());
        properties.put("tocsin.console.query-url", url(ports.query()));
        properties.put("tocsin.console.notifier-url", url(ports.alertmanager()));
        properties.put("tocsin.console.selfheal-url", url(ports.heal()));
        Path users = config.resolve("users");
        if (Files.exists(users)) {
            properties.put("tocsin.console.access.users-file", users.toString());
        }
        return properties;
    }

    private Map<String, Object> module(int port) {
        Map<String, Object> properties = new HashMap<>(settings);
        properties.put("micronaut.server.port", port);
        properties.put("tocsin.kafka.bootstrap-servers", kafka);
        return properties;
    }

    private Map<String, Object> database(int port, String schema) {
        Map<String, Object> properties = module(port);
        properties.put("tocsin.postgres.url", jdbcUrl);
        properties.put("tocsin.postgres.schema", schema);
        return properties;
    }

    private static String url(int port) {
        return "http://127.0.0.1:" + port;
    }
}
