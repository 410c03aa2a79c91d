package io.tocsin.standalone.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class TestCommandTest {

    private static final Path EXAMPLE =
            Path.of(System.getProperty("tocsin.repository", "..")).resolve("docs/examples/scenario/scenario.yaml");

    @TempDir
    private Path directory;

    private record Outcome(int code, String text) {}

    @Test
    void theExampleOfTheDocumentationPasses() {
        Outcome outcome = run(EXAMPLE);

        assertThat(outcome.text()).isEqualToIgnoringNewLines("2 passed, 0 failed");
        assertThat(outcome.code()).isZero();
    }

    @Test
    void whatIsOtherwiseIsSaidWithItsPlace() throws IOException {
        Outcome outcome = run(changed("resolved: [LedgerDown]", "resolved: [CheckoutErrors]"));

        assertThat(outcome.text())
                .contains("scenario.yaml:9:5: the ledger is down, and the checkout fails with it: notices")
                .contains("got: {at: ")
                .contains("1 passed, 1 failed");
        assertThat(outcome.code()).isEqualTo(1);
    }

    @Test
    void aFileThatCannotBeReadIsRefusedWithItsPlace() throws IOException {
        Outcome outcome = run(changed("decision: run", "decision: runn"));

        assertThat(outcome.text())
                .containsPattern("scenario.yaml:\\d+:\\d+: .*did you mean 'run'")
                .contains("0 passed, 1 failed");
        assertThat(outcome.code()).isEqualTo(1);
    }

    @Test
    void whatHappenedIsShown() {
        assertThat(run(EXAMPLE, "--show").text())
                .contains("    - {at: 1m40s, receiver: team, firing: [LedgerDown], resolved: []}")
                .contains("    - {status: closed, root: ledger, alerts: [CheckoutErrors, LedgerDown]}");
    }

    private Path changed(String from, String to) throws IOException {
        Path folder = EXAMPLE.getParent();
        for (String name : new String[] {"rules.yaml", "alertmanager.yml", "targets.yaml", "playbooks/restart.yaml"}) {
            Path copy = directory.resolve(name);
            Files.createDirectories(copy.getParent());
            Files.copy(folder.resolve(name), copy);
        }
        String text = Files.readString(EXAMPLE);
        assertThat(text).contains(from);
        return Files.writeString(directory.resolve("scenario.yaml"), text.replace(from, to));
    }

    private static Outcome run(Path file, String... options) {
        StringWriter text = new StringWriter();
        String[] arguments = java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(options), java.util.stream.Stream.of(file.toString()))
                .toArray(String[]::new);
        int code =
                new CommandLine(new TestCommand()).setOut(new PrintWriter(text)).execute(arguments);
        return new Outcome(code, text.toString());
    }
}
