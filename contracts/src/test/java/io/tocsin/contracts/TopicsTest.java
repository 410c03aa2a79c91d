package io.tocsin.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class TopicsTest {

    @Test
    void theTableInTheReadmeIsTheContract() throws IOException {
        List<String> documented = Files.readAllLines(Path.of("README.md")).stream()
                .filter(line -> line.startsWith("| `"))
                .toList();
        assertThat(documented)
                .containsExactlyElementsOf(
                        Topics.ALL.stream().map(TopicsTest::row).toList());
    }

    private static String row(Topic topic) {
        return "| `%s` | %s | %s | %s | %s | %s | %s |"
                .formatted(
                        topic.name(),
                        topic.key(),
                        topic.value(),
                        topic.partitions().name().toLowerCase(Locale.ROOT),
                        topic.cleanup().name().toLowerCase(Locale.ROOT),
                        topic.retention().isZero() ? "-" : topic.retention().toDays() + " d",
                        topic.arrivalTime() ? "arrival" : "producer");
    }
}
