package io.tocsin.runtime.telemetry;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where a module sends what it tells about itself.
 *
 * @param endpoint OTLP over HTTP, for example {@code http://127.0.0.1:4318}; without one, or with {@code none},
 *     nothing is sent. With it {@code ./tocsin up} sends the metrics of its machine too
 * @param interval how often metrics are sent
 * @param instance name of this process, stable over restarts; without one the host's name
 * @param token bearer token for the endpoint; never logged
 */
@ConfigurationProperties("tocsin.telemetry")
public record TelemetrySettings(
        @Nullable String endpoint,
        @Bindable(defaultValue = "15s") Duration interval,
        @Nullable String instance,
        @Nullable String token) {

    /** The endpoint that stands for none. */
    public static final String NONE = "none";

    // Written out, the constructor takes no annotations over from the components.
    public TelemetrySettings(
            @Nullable String endpoint,
            @Bindable(defaultValue = "15s") Duration interval,
            @Nullable String instance,
            @Nullable String token) {
        if (!interval.isPositive()) {
            throw new IllegalArgumentException("tocsin.telemetry.interval must be more than zero");
        }
        this.endpoint = endpoint;
        this.interval = interval;
        this.instance = instance;
        this.token = token;
    }

    /** Where to send, when anything is to be sent. */
    java.util.Optional<URI> target() {
        return endpoint == null || endpoint.isBlank() || endpoint.equals(NONE)
                ? java.util.Optional.empty()
                : java.util.Optional.of(URI.create(endpoint));
    }

    @Override
    public String toString() {
        return "TelemetrySettings[" + endpoint + ", every " + interval + "]";
    }
}
