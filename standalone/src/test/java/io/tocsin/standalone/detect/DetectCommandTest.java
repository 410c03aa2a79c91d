package io.tocsin.standalone.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.standalone.cli.UserError;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DetectCommandTest {

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();

    private int run(String... arguments) {
        return new CommandLine(new DetectCommand())
                .setOut(new PrintWriter(out))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments);
    }

    /** Five days of a value every five minutes, one of which is far too high on the fourth. */
    private Path spiky() throws IOException {
        Random random = new Random(1);
        StringBuilder text = new StringBuilder("timestamp,value\n");
        LocalDateTime time = LocalDateTime.parse("2026-03-01T00:00:00");
        for (int i = 0; i < 5 * 288; i++) {
            double value = i == 1000 ? 90 : 20 + random.nextGaussian();
            text.append(time.plusMinutes(5L * i).toString().replace('T', ' '));
            text.append(":00,").append(value).append('\n');
        }
        return Files.writeString(folder.resolve("cpu.csv"), text);
    }

    @Test
    void listsTheEventsAndDrawsThem() throws IOException {
        Path svg = folder.resolve("cpu.svg");
        assertThat(run(spiky().toString(), "--min-change", "10", "--plot", svg.toString()))
                .isZero();
        assertThat(out.toString().lines().toList())
                .satisfiesExactly(
                        event -> assertThat(event)
                                .startsWith("2026-03-04 11:20:00  90 is higher than anything seen, expected ")
                                .contains("; until 2026-03-04 1"),
                        summary -> assertThat(summary).startsWith("1440 values, 1 events, no season; drawn in "));
        // Letters are drawn as outlines; the line of the values is one path of many points.
        assertThat(Files.readString(svg)).contains("<svg").containsPattern("<path d=\"M[^\"]{10000,}\"");
    }

    @Test
    void drawsAPngAsWell() throws IOException {
        Path png = folder.resolve("cpu.png");
        assertThat(run(spiky().toString(), "--plot", png.toString())).isZero();
        assertThat(Files.readAllBytes(png)).startsWith(0x89, 'P', 'N', 'G');
    }

    @Test
    void theOtherDirectionIsNotTold() throws IOException {
        Path svg = folder.resolve("cpu.svg");
        assertThat(run(spiky().toString(), "--direction", "down", "--min-change", "10", "--plot", svg.toString()))
                .isZero();
        assertThat(out.toString()).startsWith("1440 values, 0 events");
    }

    @Test
    void saysWhereALineIsNoTimeAndValue() throws IOException {
        Path file = Files.writeString(
                folder.resolve("bad.csv"), "timestamp,value\n2026-03-01 00:00:00,1\n2026-03-01 00:05:00,x\n");
        assertThatThrownBy(() -> TimedValues.read(file))
                .isInstanceOf(UserError.class)
                .hasMessage(file + ":3:21: expected a number, found 'x'");
        Files.writeString(file, "yesterday,1\n1772323200,2\n1st,3\n");
        assertThatThrownBy(() -> TimedValues.read(file)).hasMessageContaining(file + ":3:1: expected a time such as");
        Files.writeString(file, "1772323200;2\n");
        assertThatThrownBy(() -> TimedValues.read(file)).hasMessageContaining(file + ":1:1: expected TIME,VALUE");
    }

    @Test
    void readsTheUsualKindsOfTimes() throws IOException {
        Path file = Files.writeString(
                folder.resolve("times.csv"),
                "2026-03-01 00:00:00,1\n2026-03-01T00:01:00Z,2\n2026-03-01T01:02:00+01:00,3\n1772323380,4\n1772323440000,\n");
        TimedValues read = TimedValues.read(file);
        assertThat(read.timesMs())
                .containsExactly(1772323200000L, 1772323260000L, 1772323320000L, 1772323380000L, 1772323440000L);
        assertThat(read.values()).containsExactly(1, 2, 3, 4, Double.NaN);
    }
}
