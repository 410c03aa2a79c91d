package io.tocsin.standalone.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ImportCommandTest {

    @TempDir
    private Path directory;

    private final StringWriter said = new StringWriter();

    @BeforeEach
    void oldOnes() throws IOException {
        Files.writeString(directory.resolve("prometheus.yml"), """
                global: {scrape_interval: 15s, evaluation_interval: 30s}
                rule_files: ['rules.d/*.rules']
                scrape_configs:
                  - job_name: node
                    static_configs: [{targets: ['db1:9100']}]
                    relabel_configs: [{source_labels: [__address__], replacement: '$1', target_label: host}]
                """);
        Files.createDirectories(directory.resolve("rules.d"));
        Files.writeString(
                directory.resolve("rules.d/node.rules"),
                "groups: [{name: node, rules: [{alert: Down, expr: up == 0}, {alert: Full, expr: 'disk > 0.9'}]}]");
        Files.writeString(
                directory.resolve("alertmanager.yml"), "route: {receiver: team}\nreceivers: [{name: team}]\n");
    }

    @Test
    void rulesRoutesAndScrapesComeAlong() throws IOException {
        assertThat(run()).isZero();
        Path config = directory.resolve("config");
        assertThat(config.resolve("rules/node.rules")).hasSameTextualContentAs(directory.resolve("rules.d/node.rules"));
        assertThat(config.resolve("alertmanager.yml")).hasSameTextualContentAs(directory.resolve("alertmanager.yml"));
        assertThat(config.resolve("otel-collector.yaml"))
                .content()
                .contains("db1:9100", "scrape_interval: 15s", "$$1", "http://127.0.0.1:4318")
                .doesNotContain("evaluation_interval");
        assertThat(config.resolve("tocsin.yaml")).exists();
        assertThat(config.resolve("rules/starter.yaml")).exists();
        assertThat(said.toString())
                .contains("2 rules in 1 file", "engine.evaluation-interval: 30s", "everything came along");
    }

    @Test
    void whatDoesNotComeAlongIsSaid() throws IOException {
        Files.writeString(
                directory.resolve("prometheus.yml"),
                "rule_files: [rules.d/node.rules]\nremote_read: [{url: 'http://old/read'}]\n");
        Files.writeString(
                directory.resolve("rules.d/node.rules"),
                "groups: [{name: node, rules: [{alert: Down, expr: 'up == '}]}]");
        assertThat(run()).isEqualTo(1);
        assertThat(said.toString())
                .contains("remote_read does not come along", "node.rules:1:", "2 for you to look at");
        assertThat(run()).isEqualTo(1);
        assertThat(said.toString()).contains("exists and was left alone");
    }

    private int run() {
        CommandLine line = new CommandLine(new ImportCommand());
        line.setOut(new PrintWriter(said, true));
        return line.execute(
                "--prometheus", directory.resolve("prometheus.yml").toString(),
                "--alertmanager", directory.resolve("alertmanager.yml").toString(),
                "--config", directory.resolve("config").toString());
    }
}
