package io.tocsin.collector.probe.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collector.probe.Verdict.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the documentation shows is what is read. */
class DocumentedExamplesTest {

    private static final Path REPOSITORY = Path.of(System.getProperty("tocsin.repository"));
    private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    private static String page() throws IOException {
        return Files.readString(REPOSITORY.resolve("docs/probe-a-target.md"));
    }

    @Test
    void everyExampleIsReadWithoutAProblem() throws IOException {
        List<String> examples = EXAMPLE.matcher(page())
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
        assertThat(examples).hasSizeGreaterThanOrEqualTo(5).allSatisfy(example -> {
            var reading = ProbeFileReader.read("example.yaml", example, Map.of("SHOP_KEY", "k"));
            assertThat(reading.problems()).isEmpty();
            assertThat(reading.file().probes().size() + reading.file().expected().size())
                    .isPositive();
        });
    }

    @Test
    void everyReasonIsNamed() throws IOException {
        String page = page();
        for (Reason reason : Reason.values()) {
            assertThat(page).contains("`" + reason.label() + "`");
        }
    }

    @Test
    void theStarterFileIsReadWithoutAProblem() throws IOException {
        String text = Files.readString(
                REPOSITORY.resolve("standalone/src/main/resources/config/starter/probes.yaml"));
        assertThat(ProbeFileReader.read("probes.yaml", text, Map.of()).problems()).isEmpty();
        // And what it shows as a comment.
        String shown = text.replace("probes: []\n", "probes:\n")
                .replace("expected: []\n", "expected:\n")
                .replaceAll("(?m)^#  ", "  ");
        var reading = ProbeFileReader.read("probes.yaml", shown, Map.of());
        assertThat(reading.problems()).isEmpty();
        assertThat(reading.file().probes()).hasSize(1);
        assertThat(reading.file().expected()).hasSize(1);
    }
}
