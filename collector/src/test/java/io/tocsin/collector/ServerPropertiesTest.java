package io.tocsin.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.core.bind.annotation.Bindable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServerPropertiesTest {

    private static Map<String, Object> all(Map<String, Object> properties, Map<String, String> environment) {
        return new ServerProperties(properties, environment).all();
    }

    private static String defaultOf(String setting) {
        return Arrays.stream(CollectorSettings.class.getRecordComponents())
                .filter(component -> component.getName().equals(setting))
                .map(component -> component.getAccessor().getAnnotation(Bindable.class))
                .findFirst()
                .orElseThrow()
                .defaultValue();
    }

    @Test
    void thePortsAreOtlpsAndTheHostIsLoopback() {
        assertThat(all(Map.of(), Map.of()))
                .containsEntry("micronaut.server.port", 4318)
                .containsEntry("micronaut.server.host", "127.0.0.1");
        assertThat(defaultOf("grpcPort")).isEqualTo("4317");
        assertThat(defaultOf("host")).isEqualTo("127.0.0.1");
    }

    @Test
    void aRequestMayHave64MiB() {
        assertThat(all(Map.of(), Map.of()))
                .containsEntry("micronaut.server.max-request-size", Integer.toString(64 << 20));
        assertThat(defaultOf("maxRequestBytes")).isEqualTo(Integer.toString(64 << 20));
    }

    @Test
    void theLimitIsConfiguredForBothTransportsAtOnce() {
        assertThat(all(Map.of("tocsin.collector.max-request-bytes", 1000), Map.of()))
                .containsEntry("micronaut.server.max-request-size", "1000")
                .containsEntry("micronaut.server.max-request-buffer-size", "1000");
    }

    @Test
    void theEnvironmentSaysWhatPropertiesDoNot() {
        Map<String, String> environment =
                Map.of("TOCSIN_COLLECTOR_HOST", "127.0.0.2", "TOCSIN_COLLECTOR_MAX_REQUEST_BYTES", "5");
        assertThat(all(Map.of("tocsin.collector.max-request-bytes", 7), environment))
                .containsEntry("micronaut.server.host", "127.0.0.2")
                .containsEntry("micronaut.server.max-request-size", "7");
        assertThatThrownBy(() -> all(Map.of(), Map.of("TOCSIN_COLLECTOR_HOST", "0.0.0.0")))
                .hasMessageContaining("0.0.0.0");
    }

    @Test
    void browsersAreNamedByOrigin() {
        assertThat(all(Map.of(), Map.of())).doesNotContainKey("micronaut.server.cors.enabled");
        assertThat(all(Map.of("tocsin.collector.cors-origins", " https://a ,https://b"), Map.of()))
                .containsEntry("micronaut.server.cors.enabled", true)
                .containsEntry(
                        "micronaut.server.cors.configurations.otlp.allowed-origins", List.of("https://a", "https://b"));
    }

    @Test
    void tlsNeedsBothFilesAndClientsOneMore() {
        Map<String, Object> tls = all(
                Map.of(
                        "tocsin.collector.access.certificate", "/c",
                        "tocsin.collector.access.key", "/k",
                        "tocsin.collector.access.client-ca", "/ca"),
                Map.of());
        assertThat(tls)
                .containsEntry("micronaut.server.ssl.enabled", true)
                .containsEntry("micronaut.server.ssl.client-authentication", "NEED")
                .containsEntry("micronaut.certificate.file.ingest.certificate-path", "/c");
        assertThatThrownBy(() -> all(Map.of("tocsin.collector.access.certificate", "/c"), Map.of()))
                .hasMessageContaining("belong together");
    }
}
