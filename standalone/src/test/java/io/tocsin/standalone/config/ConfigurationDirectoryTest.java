package io.tocsin.standalone.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.standalone.cli.UserError;
import io.tocsin.standalone.config.ConfigurationDirectory.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationDirectoryTest {

    @TempDir
    private Path directory;

    @Test
    void nestedKeysBecomeFlatAndTheEnvironmentWins() throws IOException {
        Files.writeString(directory.resolve("tocsin.yaml"), "collector:\n  grpc-port: 1\n  id: a\n");
        assertThat(ConfigurationDirectory.settings(directory, Map.of("TOCSIN_COLLECTOR_GRPC_PORT", "2")))
                .containsOnly(Map.entry("tocsin.collector.grpc-port", "2"), Map.entry("tocsin.collector.id", "a"));
    }

    @Test
    void aMistakeIsRefusedWithItsPosition() throws IOException {
        Files.writeString(directory.resolve("tocsin.yaml"), "collector:\n  id: [\n");
        assertThatThrownBy(() -> ConfigurationDirectory.settings(directory, Map.of()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("tocsin.yaml:3:1");
    }

    @Test
    void everyTemplateFileIsWrittenOnceAndKeptWhenItExists() throws IOException {
        for (Template template : Template.values()) {
            Path target = directory.resolve(template.name());
            assertThat(ConfigurationDirectory.write(template, target, Map.of())).contains("alertmanager.yml");
            Files.writeString(target.resolve("alertmanager.yml"), "mine");
            assertThat(ConfigurationDirectory.write(template, target, Map.of())).isEmpty();
            assertThat(target.resolve("alertmanager.yml")).hasContent("mine");
        }
    }
}
