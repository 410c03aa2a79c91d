package io.tocsin.notifier.reload;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.tocsin.notifier.route.Routing;
import io.tocsin.notifier.route.file.AlertmanagerFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationWatcherTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path folder;

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final AtomicInteger changes = new AtomicInteger();
    private Path file = Path.of("");
    private CurrentRouting current = new CurrentRouting(routing("first"));
    private ConfigurationWatcher watcher = watcher();

    @BeforeEach
    void begin() throws IOException {
        file = folder.resolve("alertmanager.yml");
        write("first");
        current = new CurrentRouting(
                AlertmanagerFile.read(file, Files.readString(file)).routing().orElseThrow());
        current.onChange(changes::incrementAndGet);
        registry.clear();
        watcher = watcher();
        watcher.start();
    }

    @AfterEach
    void close() {
        watcher.close();
    }

    @Test
    void whatDidNotChangeIsNotPutInForceAgain() {
        watcher.look();
        watcher.look();

        assertThat(changes).hasValue(0);
        assertThat(successful()).isEqualTo(1);
    }

    @Test
    void aChangeCountsWhenTwoLooksFindTheSame() throws IOException {
        write("second");
        watcher.look();
        assertThat(receiver()).isEqualTo("first");
        watcher.look();

        assertThat(receiver()).isEqualTo("second");
        assertThat(changes).hasValue(1);
        assertThat(reloads("applied")).isEqualTo(1);
    }

    @Test
    void aFileWithAProblemChangesNothingUntilItIsMended() throws IOException {
        Files.writeString(file, "route: {receiver: nobody}\n");
        watcher.look();
        watcher.look();
        watcher.look();

        assertThat(receiver()).isEqualTo("first");
        assertThat(successful()).isZero();
        assertThat(reloads("refused")).isEqualTo(1);

        write("second");
        watcher.look();
        watcher.look();
        assertThat(receiver()).isEqualTo("second");
        assertThat(successful()).isEqualTo(1);
    }

    @Test
    void aFileThatIsGoneChangesNothing() throws IOException {
        Files.delete(file);
        watcher.look();
        watcher.look();

        assertThat(receiver()).isEqualTo("first");
    }

    @Test
    void aFileOfTemplatesCountsToo() throws IOException {
        Path template = Files.writeString(folder.resolve("a.tmpl"), "{{ define \"x\" }}one{{ end }}");
        Files.writeString(file, Files.readString(file) + "templates: ['*.tmpl']\n");
        assertThat(watcher.reload()).isEmpty();
        assertThat(current.get().templates()).hasSize(1);

        Files.writeString(template, "{{ define \"x\" }}two{{ end }}");
        watcher.look();
        watcher.look();
        assertThat(current.get().templates().getFirst().text()).contains("two");

        Files.writeString(template, "{{ define \"x\" }}\n{{ nothing }}{{ end }}");
        assertThat(watcher.reload()).singleElement().asString().startsWith(template + ":2:1: not a template");
        assertThat(current.get().templates().getFirst().text()).contains("two");
    }

    @Test
    void onDemandItIsPutInForceAtOnce() throws IOException {
        write("second");
        assertThat(watcher.reload()).isEmpty();
        assertThat(receiver()).isEqualTo("second");

        Files.writeString(file, "route: {receiver: nobody}\n");
        assertThat(watcher.reload()).singleElement().isEqualTo(file + ":1:19: receiver \"nobody\" is not defined");
        assertThat(receiver()).isEqualTo("second");
    }

    private void write(String receiver) throws IOException {
        Files.writeString(file, text(receiver));
    }

    private static String text(String receiver) {
        return "route: {receiver: " + receiver + "}\nreceivers: [{name: " + receiver + "}]\n";
    }

    private static Routing routing(String receiver) {
        return AlertmanagerFile.read(Path.of("alertmanager.yml"), text(receiver))
                .routing()
                .orElseThrow();
    }

    private ConfigurationWatcher watcher() {
        // Longer than the test, which looks by itself.
        return new ConfigurationWatcher(file, current, Duration.ofHours(1), () -> NOW, new ReloadMetrics(registry));
    }

    private String receiver() {
        return current.get().root().options().receiver();
    }

    private double successful() {
        return ((GaugeSnapshot) metric("tocsin_notifier_config_last_reload_successful"))
                .getDataPoints()
                .getFirst()
                .getValue();
    }

    private double reloads(String outcome) {
        return ((CounterSnapshot) metric("tocsin_notifier_config_reloads"))
                .getDataPoints().stream()
                        .filter(point -> outcome.equals(point.getLabels().get("outcome")))
                        .mapToDouble(CounterSnapshot.CounterDataPointSnapshot::getValue)
                        .sum();
    }

    private MetricSnapshot metric(String name) {
        return registry.scrape(name::equals).stream().findFirst().orElseThrow();
    }
}
