package io.tocsin.collector;

import io.tocsin.collector.access.AccessSettings;
import io.tocsin.collector.access.CertificateReload;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The collector's settings that the HTTP server must know before it starts, in the server's own words. */
final class ServerProperties {

    private static final long DEFAULT_MAX_REQUEST_BYTES = 64L << 20;
    private static final String DEFAULT_HOST = "127.0.0.1";
    private static final String DEFAULT_IDLE = "10m";
    private static final int DEFAULT_PORT = 4318;
    private static final String CORS = "micronaut.server.cors.";
    private static final String PREFLIGHT_LASTS = "1h";

    private final Map<String, Object> properties;
    private final Map<String, String> environment;

    ServerProperties(Map<String, Object> properties, Map<String, String> environment) {
        this.properties = properties;
        this.environment = environment;
    }

    /**
     * All properties together; what the caller says of the server wins.
     *
     * @throws IllegalArgumentException when the collector would take telemetry from anybody beyond this machine
     */
    Map<String, Object> all() {
        AccessSettings access = new AccessSettings(
                path("tocsin.collector.access.tokens-file"),
                path("tocsin.collector.access.certificate"),
                path("tocsin.collector.access.key"),
                path("tocsin.collector.access.client-ca"),
                Boolean.parseBoolean(text("tocsin.collector.access.allow-unauthenticated", "false")));
        String host = text("tocsin.collector.host", DEFAULT_HOST);
        String httpHost = text("micronaut.server.host", host);
        access.requireForHost(host);
        access.requireForHost(httpHost);

        String limit = text("tocsin.collector.max-request-bytes", Long.toString(DEFAULT_MAX_REQUEST_BYTES));
        Map<String, Object> all = new HashMap<>();
        all.put("micronaut.server.host", httpHost);
        all.put("micronaut.server.port", DEFAULT_PORT);
        all.put("micronaut.server.max-request-size", limit);
        all.put("micronaut.server.max-request-buffer-size", limit);
        all.put("micronaut.server.idle-timeout", text("tocsin.collector.connections.idle", DEFAULT_IDLE));
        // Bodies are decompressed here, with a bound, and remote write's snappy is not the server's.
        all.put("micronaut.server.netty.request-decompression-enabled", false);
        all.putAll(CertificateReload.httpProperties(access));
        all.putAll(cors());
        all.putAll(properties);
        return all;
    }

    /** Browsers may send from these origins and no other; from none by default. */
    private Map<String, Object> cors() {
        List<String> origins = Arrays.stream(
                        text("tocsin.collector.cors-origins", "").split(","))
                .map(String::trim)
                .filter(origin -> !origin.isEmpty())
                .toList();
        Map<String, Object> cors = new HashMap<>();
        if (!origins.isEmpty()) {
            cors.put(CORS + "enabled", true);
            cors.put(CORS + "configurations.otlp.allowed-origins", origins);
            cors.put(CORS + "configurations.otlp.allowed-methods", List.of("POST"));
            cors.put(
                    CORS + "configurations.otlp.allowed-headers",
                    List.of("content-type", "content-encoding", "authorization"));
            cors.put(CORS + "configurations.otlp.exposed-headers", List.of("retry-after"));
            cors.put(CORS + "configurations.otlp.allow-credentials", false);
            cors.put(CORS + "configurations.otlp.max-age", PREFLIGHT_LASTS);
        }
        return cors;
    }

    private @Nullable Path path(String key) {
        String text = text(key, "");
        return text.isEmpty() ? null : Path.of(text);
    }

    private String text(String key, String otherwise) {
        Object value = properties.get(key);
        return value != null ? value.toString() : environment.getOrDefault(variable(key), otherwise);
    }

    private static String variable(String key) {
        return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }
}
