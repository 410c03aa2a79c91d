package io.tocsin.standalone.module;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/**
 * Asks a module of this container whether it is ready, where nothing but Java is there to ask with. Needs the JDK alone.
 * The port is {@code HEALTH_PORT}; exits with 0 when it is ready.
 */
public final class HealthProbe {

    private static final int TIMEOUT_MILLIS = 3_000;

    private HealthProbe() {}

    /** Exits with 0 when the module is ready, with 1 when it is not or does not answer. */
    public static void main(String[] arguments) {
        System.exit(ready(System.getenv().getOrDefault("HEALTH_PORT", "4318")) ? 0 : 1);
    }

    static boolean ready(String port) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create("http://127.0.0.1:" + port + "/health/readiness")
                            .toURL()
                            .openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException e) {
            System.err.println("not ready: " + e.getMessage());
            return false;
        }
    }
}
