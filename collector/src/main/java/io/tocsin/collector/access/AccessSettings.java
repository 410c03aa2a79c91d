package io.tocsin.collector.access;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Who may send.
 *
 * @param tokensFile hashes of the bearer tokens; read again when it changes
 * @param certificate this server's certificate chain in PEM, read again when it changes; null for no TLS
 * @param key its private key in PEM
 * @param clientCa authorities in PEM, one of which must have signed the sender's certificate; null for no such demand
 * @param allowUnauthenticated listen beyond loopback although nobody is asked who he is
 */
@ConfigurationProperties("tocsin.collector.access")
public record AccessSettings(
        @Nullable Path tokensFile,
        @Nullable Path certificate,
        @Nullable Path key,
        @Nullable Path clientCa,
        @Bindable(defaultValue = "false") boolean allowUnauthenticated) {

    public AccessSettings(
            @Nullable Path tokensFile,
            @Nullable Path certificate,
            @Nullable Path key,
            @Nullable Path clientCa,
            @Bindable(defaultValue = "false") boolean allowUnauthenticated) {
        if ((certificate == null) != (key == null)) {
            throw new IllegalArgumentException("certificate and key belong together");
        }
        if (clientCa != null && certificate == null) {
            throw new IllegalArgumentException("client-ca needs certificate and key");
        }
        this.tokensFile = tokensFile;
        this.certificate = certificate;
        this.key = key;
        this.clientCa = clientCa;
        this.allowUnauthenticated = allowUnauthenticated;
    }

    /** Whether a sender must say who it is. */
    boolean authenticates() {
        return tokensFile != null || clientCa != null;
    }

    /**
     * Refuses to open the door to everybody by oversight.
     *
     * @throws IllegalArgumentException when {@code host} is not loopback and nothing authenticates
     */
    public void requireForHost(String host) {
        if (!authenticates() && !allowUnauthenticated && !Loopback.is(host)) {
            throw new IllegalArgumentException("the collector would listen on " + host
                    + " and take telemetry from anybody: set tocsin.collector.access.tokens-file or client-ca, or"
                    + " allow-unauthenticated where the network is trusted");
        }
    }
}
