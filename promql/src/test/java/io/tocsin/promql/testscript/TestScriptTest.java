package io.tocsin.promql.testscript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tocsin.promql.parse.ParserOptions;
import io.tocsin.promql.parse.PromqlFormatter;
import io.tocsin.promql.parse.PromqlParseException;
import io.tocsin.promql.parse.PromqlParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class TestScriptTest {

    /** Where files lie that are shared between projects and not part of this one. */
    private static Path shared() {
        String configured = System.getProperty("TOCSIN_SHARED", System.getenv("TOCSIN_SHARED"));
        if (configured != null) {
            return Path.of(configured);
        }
        Path root = Path.of("").toAbsolutePath();
        while (root != null && !Files.exists(root.resolve("mvnw"))) {
            root = root.getParent();
        }
        return root == null ? Path.of("shared") : root.resolveSibling("shared");
    }

    private static Outcome run(String script, ByteArrayOutputStream printed) {
        return TestScript.run("inline.test", script, new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    private static void assertPasses(Path file) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try {
            Outcome outcome = TestScript.run(file, new PrintStream(printed, true, StandardCharsets.UTF_8));
            assertThat(outcome.failed())
                    .as("%s: %s%n%s", file, outcome, printed.toString(StandardCharsets.UTF_8))
                    .isZero();
            assertThat(outcome.passed()).isPositive();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> scripts(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.test")) {
            found.forEach(files::add);
        }
        files.sort(null);
        return files;
    }

    @TestFactory
    List<DynamicTest> everySharedScriptPasses() throws IOException {
        Path folder = shared().resolve("testdata/promql");
        if (!Files.isDirectory(folder)) {
            return List.of(DynamicTest.dynamicTest(
                    "shared scripts", () -> assumeTrue(false, "skipped: there is no folder " + folder)));
        }
        return scripts(folder).stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> assertPasses(file)))
                .toList();
    }

    @TestFactory
    List<DynamicTest> everyOwnScriptPasses() throws IOException {
        return scripts(Path.of("src/test/resources/scripts")).stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> assertPasses(file)))
                .toList();
    }

    @Test
    void everyDashboardExpressionIsReadAndReadBackFromItsPrintedForm() throws IOException, PromqlParseException {
        Path file = shared().resolve("testdata/promql/dashboard-expressions.txt");
        assumeTrue(Files.exists(file), "skipped: there is no file " + file);
        int read = 0;
        for (String line : Files.readAllLines(file)) {
            if (!line.isBlank()) {
                var expr = PromqlParser.parse(line, ParserOptions.ALL);
                assertThat(PromqlParser.parse(PromqlFormatter.format(expr), ParserOptions.ALL))
                        .as(line)
                        .isEqualTo(expr);
                read++;
            }
        }
        assertThat(read).isGreaterThan(1000);
    }

    @Test
    void failuresNameFileLineExpectedAndGot() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        Outcome outcome = run(
                """
                load 1m
                  a 1 2 3

                eval instant at 1m a
                  a 5

                eval instant at 1m a
                  a 2

                eval instant at 1m b
                  b 2

                eval instant at 1m a +
                  a 2
                """,
                printed);
        assertThat(outcome).isEqualTo(new Outcome(1, 3));
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("inline.test:4: a\n    expected {__name__=\"a\"} 5, got 2")
                .contains("inline.test:10: b\n    expected {__name__=\"b\"} 2, got no such series")
                .contains("inline.test:13: a +\n    expected a result, got the error: ");
    }

    @Test
    void everyKindOfWrongExpectationFails() {
        String load = "load 1m\n  a{x=\"1\"} 1 2 3\n  a{x=\"2\"} 4 5 6\n  h {{count:1 sum:1 buckets:[1]}}x5\n\n";
        for (String eval : List.of(
                "eval instant at 1m a\n  a{x=\"1\"} 2\n",
                "eval instant at 1m a\n  expect ordered\n  a{x=\"2\"} 5\n  a{x=\"1\"} 2\n",
                "eval instant at 1m a\n  expect warn\n  a{x=\"1\"} 2\n  a{x=\"2\"} 5\n",
                "eval instant at 1m a\n  expect fail\n",
                "eval instant at 1m a + on () a\n  expect fail msg: something else\n",
                "eval instant at 1m 1\n  2\n",
                "eval instant at 1m \"x\"\n  expect string \"y\"\n",
                "eval instant at 1m h\n  h {{count:2 sum:1 buckets:[1]}}\n",
                "eval instant at 1m h\n  h {{count:1 sum:1 buckets:[1] counter_reset_hint:gauge}}\n",
                "eval instant at 1m h\n  h 1\n",
                "eval range from 0 to 2m step 1m a{x=\"1\"}\n  a{x=\"1\"} 1 2 4\n",
                "eval range from 0 to 2m step 1m a{x=\"1\"}\n  a{x=\"1\"} 1 2 3 4\n",
                "eval range from 0 to 2m step 1m a{x=\"1\"}\n  a{x=\"1\"} 1 _ 3\n",
                "eval instant at 2m a{x=\"1\"}[2m]\n  expect range vector from 1m to 2m step 1m\n  a{x=\"1\"} 2 4\n")) {
            assertThat(run(load + eval, new ByteArrayOutputStream())).as(eval).isEqualTo(new Outcome(0, 1));
        }
    }

    @Test
    void samplesThatAStoreWouldRefuseFail() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        assertThat(run("load 1m\n  a 1 2\n\nload 1m\n  a 3\n\nload 1m\n  b {{count:1 buckets:[-1]}}\n", printed))
                .isEqualTo(new Outcome(0, 2));
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("inline.test:5: out of order sample")
                .contains("inline.test:8: ");
    }
}
