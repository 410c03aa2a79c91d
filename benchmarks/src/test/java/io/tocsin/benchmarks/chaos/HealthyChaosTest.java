package io.tocsin.benchmarks.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The short form of what {@code ./tocsin chaos healthy} does at length. */
class HealthyChaosTest {

    @Test
    void aPipelineThatIsDisturbedAccusesNobody() {
        int exit = new CommandLine(new HealthyChaosCommand())
                .execute("--seconds", "6", "--settle", "11", "--targets", "20");

        assertThat(exit).isZero();
    }
}
