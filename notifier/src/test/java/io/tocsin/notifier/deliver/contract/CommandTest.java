package io.tocsin.notifier.deliver.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.notifier.route.receiver.ReceiverOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class CommandTest extends ReceiverContract {

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path directory;

    @BeforeEach
    void start() throws IOException {
        script("cat >> " + directory + "/told; echo \" $TOCSIN_STATUS\" >> " + directory + "/told");
    }

    @Override
    ReceiverOptions options() {
        return Configured.way("""
                command_configs:
                - command: [%s/tell, '{{ .GroupLabels.service }}']
                """.formatted(directory));
    }

    private void script(String text) throws IOException {
        Path script = directory.resolve("tell");
        Files.writeString(script, "#!/bin/sh\n" + text + "\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }

    @Override
    void happens(Mishap mishap) {
        try {
            script(
                    switch (mishap) {
                        case BUSY, BROKEN -> "exit 75";
                        case SILENT -> "sleep 60";
                        case CREDENTIALS -> "echo refused; exit 77";
                    });
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    Optional<java.time.Duration> rest() {
        return Optional.empty();
    }

    @Override
    List<String> violations() {
        return List.of();
    }

    private List<String> told() {
        try {
            return Files.readAllLines(directory.resolve("told"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    void toldOfTheAlarm() {
        assertThat(told())
                .singleElement()
                .asString()
                .startsWith("{\"receiver\":\"team\"")
                .endsWith("} firing");
    }

    @Override
    void toldOfTheUpdate() {
        assertThat(told()).hasSize(2);
    }

    @Override
    void toldOfTheRecovery() {
        assertThat(told().getLast()).endsWith("} resolved");
    }
}
