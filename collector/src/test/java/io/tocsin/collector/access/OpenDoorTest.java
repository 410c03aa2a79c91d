package io.tocsin.collector.access;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.collector.CollectorApplication;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Beyond this machine the collector listens only for senders that say who they are, or when it is told to. */
class OpenDoorTest {

    private static final AccessSettings NOBODY = new AccessSettings(null, null, null, null, false);

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.3.4.5", "localhost", "::1"})
    void loopbackNeedsNothing(String host) {
        assertThatCode(() -> NOBODY.requireForHost(host)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
    void anythingElseNeedsTokensOrClientCertificatesOrTheFlag(String host) {
        assertThatThrownBy(() -> NOBODY.requireForHost(host))
                .hasMessageContaining(host)
                .hasMessageContaining("allow-unauthenticated");
        Path file = Path.of("x");
        for (AccessSettings enough : new AccessSettings[] {
            new AccessSettings(file, null, null, null, false),
            new AccessSettings(null, file, file, file, false),
            new AccessSettings(null, null, null, null, true)
        }) {
            assertThatCode(() -> enough.requireForHost(host)).doesNotThrowAnyException();
        }
        assertThatThrownBy(() -> new AccessSettings(null, file, file, null, false).requireForHost(host))
                .hasMessageContaining("from anybody");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tocsin.collector.host", "micronaut.server.host"})
    void theCollectorDoesNotStartOpen(String property) {
        assertThatThrownBy(() -> CollectorApplication.start(Map.of(property, "0.0.0.0")))
                .hasMessageContaining("allow-unauthenticated");
    }

    @Test
    void halfACertificateIsNamed() {
        Path file = Path.of("x");
        assertThatThrownBy(() -> new AccessSettings(null, file, null, null, false))
                .hasMessageContaining("key");
        assertThatThrownBy(() -> new AccessSettings(null, null, null, file, false))
                .hasMessageContaining("client-ca");
    }
}
