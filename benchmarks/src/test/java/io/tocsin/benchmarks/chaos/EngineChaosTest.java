package io.tocsin.benchmarks.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The short form of what {@code ./tocsin chaos engine} and {@code chaos healthy} do at length. */
class EngineChaosTest {

    @Test
    void afterKillsTheLogSaysWhatItSaysWithoutThem() {
        int exit = new CommandLine(new EngineChaosCommand()).execute("--kills", "3", "--seed", "7", "--targets", "20");

        assertThat(exit).isZero();
    }

    @Test
    void aPipelineThatIsDisturbedAccusesNobody() {
        int exit = new CommandLine(new HealthyChaosCommand())
                .execute("--seconds", "6", "--settle", "11", "--targets", "20");

        assertThat(exit).isZero();
    }
}
