package io.tocsin.notifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.notifier.route.file.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotifierConfigurationCheckTest {

    @TempDir
    Path directory;

    @Test
    void countsWhatPassesAndNamesTheProblemsOfTheRest() throws IOException {
        Path good = file("good.yml", "route: {receiver: everybody}\nreceivers: [{name: everybody}]\n");
        Path bad = file("bad.yml", "route: {receiver: evrybody}\nreceivers: [{name: everybody}]\n");
        Path missing = directory.resolve("missing.yml");
        Path binary = Files.write(directory.resolve("binary.yml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});

        NotifierConfigurationCheck check = NotifierConfigurationCheck.of(List.of(good, bad, missing, binary));

        assertThat(check.summary()).isEqualTo("1 passed, 3 failed");
        assertThat(check.checked().get(0).passed()).isTrue();
        assertThat(check.checked().get(1).problems())
                .extracting(Problem::toString)
                .containsExactly(bad + ":1:19: receiver \"evrybody\" is not defined; did you mean \"everybody\"?");
        assertThat(check.checked().get(2).problems())
                .extracting(Problem::toString)
                .containsExactly(missing + ":1:1: there is no such file");
        assertThat(check.checked().get(3).problems())
                .extracting(Problem::toString)
                .containsExactly(binary + ":1:1: the file is not UTF-8");
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }
}
