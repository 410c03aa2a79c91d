package io.tocsin.standalone.cli;

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

/** The command {@code notify}: what it prints, and its exit codes. */
class NotifyCommandTest {
    private static final String ROUTES = """
            route:
              receiver: default
              routes:
                - match: {test: 2}
                  receiver: second
                  continue: true
                - match_re: {test: '^[12]$'}
                  receiver: first
            receivers: [{name: default}, {name: first}, {name: second}]
            """;

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private String config = "";

    @BeforeEach
    void write() throws IOException {
        config = Files.writeString(folder.resolve("alertmanager.yml"), ROUTES).toString();
    }

    private int notify(String... arguments) {
        return new CommandLine(new NotifyCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .setExecutionExceptionHandler((error, line, _) -> {
                    line.getErr().println(error.getMessage());
                    return TocsinCommand.EXIT_INPUT;
                })
                .execute(arguments);
    }

    @Test
    void checksFilesAndCountsThem() throws IOException {
        Path wrong = Files.writeString(folder.resolve("wrong.yml"), "route: {reciever: a}\nreceivers: [{name: a}]\n");

        assertThat(notify("check", config, wrong.toString())).isEqualTo(1);
        assertThat(out.toString().lines())
                .containsExactly(
                        config + ": SUCCESS",
                        wrong + ":1:8: the root route must name a default receiver",
                        wrong + ":1:9: \"reciever\" is not a key of the root route; did you mean \"receiver\"?",
                        wrong + ": FAILED",
                        "1 passed, 1 failed");
    }

    @Test
    void saysWhatHasNoEffectAndPasses() throws IOException {
        Path traced = Files.writeString(folder.resolve("traced.yml"), ROUTES + "tracing: {endpoint: 'x:4317'}\n");

        assertThat(notify("check", traced.toString())).isZero();
        assertThat(out.toString())
                .contains("warning: " + traced + ":10:1: tracing has no effect here")
                .endsWith("1 passed, 0 failed" + System.lineSeparator());
    }

    @Test
    void checksAsJson() throws IOException {
        Path wrong = Files.writeString(folder.resolve("wrong.yml"), "BAD\n");

        assertThat(notify("check", "-o", "json", wrong.toString())).isEqualTo(1);
        assertThat(out.toString()).contains("\"line\" : 1").contains("\"failed\" : 1");
    }

    @Test
    void drawsTheTree() {
        assertThat(notify("route", "show", "--config", config)).isZero();
        assertThat(out.toString().lines())
                .containsExactly(
                        "Routing tree:",
                        ".",
                        "└── default-route  receiver: default",
                        "    ├── {test=\"2\"}  continue: true  receiver: second",
                        "    └── {test=~\"^[12]$\"}  receiver: first");
    }

    @Test
    void showsWhereAnAlertGoes() {
        assertThat(notify("route", "test", "--config", config, "test=2")).isZero();
        assertThat(out.toString().lines())
                .containsExactly(
                        "Matching routes:",
                        ".",
                        "└── default-route",
                        "    ├── {test=\"2\"}  receiver: second",
                        "    └── {test=~\"^[12]$\"}  receiver: first",
                        "",
                        "second,first");
    }

    @Test
    void whatNoRouteTakesGoesToTheDefaultReceiver() {
        assertThat(notify("route", "test", "--config", config, "--verify-receivers", "default"))
                .isZero();
        assertThat(out.toString()).contains("└── default-route  receiver: default");
        assertThat(notify("route", "test", "--config", config, "--verify-receivers", "default", "test=1"))
                .isEqualTo(1);
        assertThat(out.toString()).contains("expected the receivers default");
    }

    @Test
    void labelsAndConfigurationMustBeRight() {
        assertThat(notify("route", "test", "--config", config, "test!=2")).isEqualTo(2);
        assertThat(err.toString()).contains("expected name=value");
        assertThat(notify(
                        "route", "show", "--config", folder.resolve("none.yml").toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("cannot read");
    }
}
