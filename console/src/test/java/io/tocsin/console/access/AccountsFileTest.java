package io.tocsin.console.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountsFileTest {

    private static final String HASH =
            "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";

    @TempDir
    private Path directory;

    @Test
    void followsTheFileAndKeepsWhatWasValid() throws IOException {
        Path file = write("ada admin " + HASH, 1);
        AccountsFile accounts = new AccountsFile(Optional.of(file));
        assertThat(accounts.current().find("ada").orElseThrow().role()).isEqualTo(Role.ADMIN);

        write("ada viewer " + HASH, 2);
        assertThat(accounts.current().find("ada").orElseThrow().role()).isEqualTo(Role.VIEWER);
        write("ada nonsense", 3);
        assertThat(accounts.current().find("ada").orElseThrow().role()).isEqualTo(Role.VIEWER);
        write("bob viewer " + HASH, 4);
        assertThat(accounts.current().find("ada")).isEmpty();
    }

    @Test
    void aMistakeOrNoFileStopsTheStart() throws IOException {
        Path file = write("ada root " + HASH, 1);
        assertThatThrownBy(() -> new AccountsFile(Optional.of(file))).hasMessageContaining(":1:5: found role root");
        assertThatThrownBy(() -> new AccountsFile(Optional.of(directory.resolve("none"))))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(new AccountsFile(Optional.empty()).isThere()).isFalse();
    }

    private Path write(String line, int second) throws IOException {
        Path file = Files.writeString(directory.resolve("users"), line + "\n");
        return Files.setLastModifiedTime(file, FileTime.fromMillis(second * 1_000L));
    }
}
