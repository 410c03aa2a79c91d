package io.tocsin.standalone.up;

import io.tocsin.contracts.TopicCreation;
import io.tocsin.standalone.config.ConfigurationDirectory;
import io.tocsin.standalone.module.ModuleFiles;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What each module is told: the users' settings first, then what this instance decides (ports, addresses, directories). */
final class ModuleProperties {

    private static final String TELEMETRY = "tocsin.telemetry.endpoint";

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
        settings.putIfAbsent(TELEMETRY, System.getenv().getOrDefault("TOCSIN_TELEMETRY_ENDPOINT", "none"));
    }

    Map<String, Object> collector() {
        Map<String, Object> properties = module(ports.http());
        properties.put("tocsin.collector.grpc-port", ports.grpc());
        properties.putAll(ModuleFiles.collector(config));
        return properties;
    }

    Map<String, Object> rulesEngine() {
        Map<String, Object> properties = module(ports.query());
        properties.put("tocsin.engine.state-dir", state.resolve("engine").toString());
        properties.put("tocsin.engine.telemetry-partitions", TopicCreation.STANDALONE.telemetryPartitions());
        properties.put("tocsin.engine.evaluate-partitions", TopicCreation.STANDALONE.telemetryPartitions());
        properties.putAll(ModuleFiles.rulesEngine(config));
        return properties;
    }

    Map<String, Object> notifier() {
        Map<String, Object> properties = database(ports.alertmanager(), "notifier");
        properties.putAll(ModuleFiles.notifier(config));
        properties.put("tocsin.notifier.external-url", url(ports.console()));
        return properties;
    }

    Map<String, Object> selfheal() {
        Map<String, Object> properties = database(ports.heal(), "selfheal");
        properties.putAll(ModuleFiles.selfheal(config));
        properties.put("tocsin.selfheal.query-url", url(ports.query()));
        properties.put("tocsin.selfheal.notifier-url", url(ports.alertmanager()));
        return properties;
    }

    Map<String, Object> console() {
        Map<String, Object> properties = module(ports.console());
        properties.put("tocsin.console.query-url", url(ports.query()));
        properties.put("tocsin.console.notifier-url", url(ports.alertmanager()));
        properties.put("tocsin.console.selfheal-url", url(ports.heal()));
        properties.putAll(ModuleFiles.console(config));
        return properties;
    }

    /** Where the instance sends what it tells about itself and its machine. */
    Optional<URI> telemetry() {
        String endpoint = String.valueOf(settings.get(TELEMETRY));
        return endpoint.equals("none") ? Optional.empty() : Optional.of(URI.create(endpoint));
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
