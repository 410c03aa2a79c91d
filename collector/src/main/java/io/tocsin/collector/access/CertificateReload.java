package io.tocsin.collector.access;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The HTTP server's TLS as properties of Micronaut, which reads the files again by itself. */
public final class CertificateReload {

    /** How often files are looked at. */
    public static final int EVERY_SECONDS = 5;

    private static final String SERVER = "ingest";
    private static final String CLIENTS = "ingest-clients";

    private CertificateReload() {}

    /** What turns TLS on; empty where there is no certificate. */
    public static Map<String, Object> httpProperties(AccessSettings settings) {
        Map<String, Object> properties = new HashMap<>();
        if (settings.certificate() == null || settings.key() == null) {
            return properties;
        }
        properties.put("micronaut.server.ssl.enabled", true);
        properties.put("micronaut.server.ssl.key-name", SERVER);
        file(properties, SERVER, settings.key(), settings.certificate());
        if (settings.clientCa() != null) {
            properties.put("micronaut.server.ssl.trust-name", CLIENTS);
            properties.put("micronaut.server.ssl.client-authentication", "NEED");
            file(properties, CLIENTS, settings.clientCa(), null);
        }
        return properties;
    }

    private static void file(Map<String, Object> properties, String name, Path path, @Nullable Path certificate) {
        String prefix = "micronaut.certificate.file." + name + ".";
        properties.put(prefix + "path", path.toString());
        properties.put(prefix + "format", "PEM");
        properties.put(prefix + "refresh-mode", "SCHEDULER");
        properties.put(prefix + "refresh-interval", EVERY_SECONDS + "s");
        if (certificate != null) {
            properties.put(prefix + "certificate-path", certificate.toString());
        }
    }
}
