package io.tocsin.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TocsinCommandTest {

    @ParameterizedTest
    @ValueSource(strings = {"--help", "--version", "version"})
    void informationExitsWithZero(String argument) {
        assertThat(TocsinCommand.run(argument)).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "up",
                "demo",
                "status",
                "rules",
                "record",
                "promql",
                "alerts",
                "incidents",
                "silences",
                "notify",
                "send",
                "heal",
                "chaos",
                "init",
                "version"
            })
    void everyCommandHasHelp(String command) {
        assertThat(TocsinCommand.run(command, "--help")).isZero();
    }

    @Test
    void anUnknownCommandIsAUsageError() {
        assertThat(TocsinCommand.run("upp")).isEqualTo(TocsinCommand.EXIT_INPUT);
    }

    @Test
    void nothingListeningIsAnInputErrorWithoutAStackTrace() {
        assertThat(TocsinCommand.run("incidents", "--port-offset", "40000")).isEqualTo(TocsinCommand.EXIT_INPUT);
    }
}
