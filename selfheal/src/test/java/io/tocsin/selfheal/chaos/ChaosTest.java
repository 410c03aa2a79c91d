package io.tocsin.selfheal.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ChaosTest {

    private static final int RUNS = 100;

    /** The short form of {@code tocsin chaos heal}. */
    @Test
    void whateverGoesWrongNothingHappensThatMustNot() {
        List<Outcome> outcomes =
                LongStream.range(1, 1 + RUNS).mapToObj(Chaos::run).toList();
        assertThat(outcomes.stream().filter(outcome -> !outcome.good()).map(Outcome::scenario))
                .isEmpty();
        assertThat(outcomes.stream().mapToInt(Outcome::actions).sum()).isGreaterThan(RUNS);
    }

    @Test
    void aSeedIsOneHistory() {
        assertThat(told(8)).isEqualTo(told(8)).hasSizeGreaterThan(10);
        assertThat(told(9)).isNotEqualTo(told(8));
    }

    private static List<String> told(long seed) {
        List<String> lines = new ArrayList<>();
        var _ = Chaos.run(Scenario.of(seed), line -> lines.add(line.get()));
        return lines;
    }

    /** Without the guards of later steps, a restart is tried again more often than allowed; few of all faults matter. */
    @Test
    void aViolationIsShrunkToTheFaultsThatLeadToIt() {
        EnumSet<Protection> protections = EnumSet.complementOf(EnumSet.of(Protection.STEP_GUARDS));
        Outcome bad = LongStream.range(0, 100)
                .mapToObj(seed -> Chaos.run(Scenario.of(seed), Core.REAL, protections, line -> {}))
                .filter(outcome -> !outcome.violations().isEmpty())
                .findFirst()
                .orElseThrow();
        Outcome small = Chaos.shrink(bad, Core.REAL, protections);
        assertThat(small.violations())
                .extracting(Violation::law)
                .contains(bad.violations().getFirst().law());
        assertThat(small.scenario().faults())
                .hasSizeLessThan(bad.scenario().faults().size())
                .hasSizeLessThanOrEqualTo(4);
        for (Fault fault : small.scenario().faults()) {
            List<Fault> fewer = new ArrayList<>(small.scenario().faults());
            fewer.remove(fault);
            assertThat(Chaos.run(bad.scenario().with(fewer), Core.REAL, protections, line -> {})
                            .violations())
                    .extracting(Violation::law)
                    .doesNotContain(bad.violations().getFirst().law());
        }
    }
}
