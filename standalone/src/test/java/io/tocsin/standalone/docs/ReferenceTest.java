package io.tocsin.standalone.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The reference pages are what the sources say. With {@code -Dtocsin.update=true} they are written instead:
 * {@code ./mvnw -pl standalone -Dtest=ReferenceTest -Dtocsin.update=true test}.
 */
class ReferenceTest {

    private static final String HOW = "run this test with -Dtocsin.update=true and commit the page";

    @Test
    void everyMetricIsInItsReference() throws IOException {
        assertThat(Sources.metrics()).hasSizeGreaterThan(50);
        page(
                "metrics-reference.md",
                """
                # Metrics of Tocsin itself

                Each module shows its own at `/metrics` and, where `telemetry.endpoint` is set, sends them over OTLP: the dashboard
                "pipeline health" draws them. Made from the code by a test.

                | metric | kind | labels | what |
                |---|---|---|---|
                """
                        + Sources.metrics().values().stream()
                                .map(metric -> "| `" + metric.name() + "` | " + metric.kind() + " | " + metric.labels()
                                        + " | " + metric.help() + " (" + metric.module() + ") |\n")
                                .collect(Collectors.joining()));
    }

    @Test
    void everyConfigurationKeyIsInItsReference() throws IOException {
        assertThat(Sources.keys()).hasSizeGreaterThan(60);
        page(
                "configuration-reference.md",
                """
                # Configuration keys

                In `tocsin.yaml` without the leading `tocsin.`; in the environment in capitals with underscores
                (`tocsin.engine.retention` is `TOCSIN_ENGINE_RETENTION`), which wins over the file. In `./tocsin up` the ports, the addresses of
                Kafka, PostgreSQL and the other modules, and the places of the files are the instance's own. Made from the code by a test.

                | key | kind | default | what |
                |---|---|---|---|
                """
                        + Sources.keys().values().stream()
                                .map(key -> "| `" + key.name() + "` | " + key.type() + " | "
                                        + (key.preset().isEmpty() ? "" : "`" + key.preset() + "`") + " | " + key.help()
                                        + " |\n")
                                .collect(Collectors.joining()));
    }

    private static void page(String name, String text) throws IOException {
        Path file = Sources.REPOSITORY.resolve("docs").resolve(name);
        if (Boolean.getBoolean("tocsin.update")) {
            Files.writeString(file, text);
        }
        assertThat(file)
                .as("%s: %s", name.toUpperCase(Locale.ROOT), HOW)
                .content()
                .isEqualTo(text);
    }
}
