package io.tocsin.rulesengine.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.rulesengine.detect.OutageDetector.Detection;
import io.tocsin.rulesengine.detect.OutageDetector.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** An evaluation every 5 seconds; "#" is one that returns the series, "." one that does not, "?" one that cannot say. */
class OutageDetectorTest {

    private static final long INTERVAL = 5_000;
    private static final long DAY = 24 * 3_600_000;

    private OutageDetector detector = missingFor(3, 0, 0);
    private Expectation state = detector.first(0);
    private long tick = 1_000_000;
    private final List<Verdict> verdicts = new ArrayList<>();

    private static OutageDetector missingFor(double intervals, long forMs, long zeroForMs) {
        return new OutageDetector(new OutagePolicy(intervals, forMs, zeroForMs, DAY, INTERVAL));
    }

    private Verdict see(String evaluations) {
        return see(evaluations, 1, 0);
    }

    private Verdict see(String evaluations, double value, long targetCadenceMs) {
        for (char seen : evaluations.toCharArray()) {
            tick += INTERVAL;
            Detection detection = switch (seen) {
                case '#' -> detector.present(state, value, tick);
                case '.' -> detector.absent(state, targetCadenceMs, tick);
                case '?' -> detector.unknown(state);
                default -> throw new IllegalArgumentException("" + seen);
            };
            state = Expectation.decode(detection.state().encode());
            verdicts.add(detection.verdict());
        }
        return verdicts.getLast();
    }

    @Test
    void aSeriesIsMissingAfterAsManyIntervalsAsItsRuleSays() {
        see("##########");
        assertThat(see("..")).isEqualTo(Verdict.FINE);
        assertThat(see(".")).isEqualTo(Verdict.OUTAGE);
        assertThat(see("....")).isEqualTo(Verdict.OUTAGE);
        assertThat(see("#")).isEqualTo(Verdict.FINE);
        assertThat(state.missing()).isFalse();
    }

    @Test
    void aDurationCountsTimeWhateverTheCadence() {
        detector = missingFor(0, 30_000, 0);
        see("##########");
        assertThat(see(".....")).isEqualTo(Verdict.FINE);
        assertThat(see(".")).isEqualTo(Verdict.OUTAGE);
    }

    @Test
    void aSeriesThatIsHereEveryOtherEvaluationIsLearnedAndNoOutage() {
        see("#.#.#.#.#.#.#.#.#.#.");
        assertThat(verdicts).doesNotContain(Verdict.OUTAGE, Verdict.FORGOTTEN);
        assertThat(state.cadenceMs()).isBetween(9_000L, 10_000L);
        assertThat(see("....")).isEqualTo(Verdict.FINE);
        assertThat(see("..")).isEqualTo(Verdict.OUTAGE);
    }

    @Test
    void gapsThatWereHarmlessAreToleratedForAWhileAlsoWhenTheyGrow() {
        see("##########..".repeat(2));
        see("##########....".repeat(5));
        assertThat(verdicts).doesNotContain(Verdict.OUTAGE);
    }

    @Test
    void aGapThatWasAnOutageTeachesNothing() {
        see("##########");
        see("....................");
        see("##########");
        assertThat(state.cadenceMs()).isEqualTo(INTERVAL);
        assertThat(see("...")).isEqualTo(Verdict.OUTAGE);
    }

    @Test
    void theCadenceComesDownAgainWhileTheSeriesIsThere() {
        see("##########..#");
        long learned = state.cadenceMs();
        assertThat(learned).isEqualTo(15_000);
        see("#".repeat(200));
        see(".");
        assertThat(state.cadenceMs()).isBetween(INTERVAL, INTERVAL + 500);
    }

    @Test
    void theCadenceOfItsTargetCounts() {
        see("##########");
        see(".".repeat(35), 1, 60_000);
        assertThat(verdicts).doesNotContain(Verdict.OUTAGE);
        assertThat(see(".", 1, 60_000)).isEqualTo(Verdict.OUTAGE);
    }

    @Test
    void b21_incompleteDataDecidesNothing() {
        see("##########");
        assertThat(see("..")).isEqualTo(Verdict.FINE);
        assertThat(see("?".repeat(100))).isEqualTo(Verdict.FINE);
        // After so long a time of which nothing is known the count starts anew.
        assertThat(see("...")).isEqualTo(Verdict.FINE);
        assertThat(see(".")).isEqualTo(Verdict.OUTAGE);
        assertThat(see("?")).isEqualTo(Verdict.UNDECIDED);
        assertThat(see(".")).isEqualTo(Verdict.OUTAGE);
    }

    @Test
    void b9_aPipelineThatWasAwayForLongerThanForgetAfterForgetsNothing() {
        see("##########.");
        tick += 2 * DAY;
        assertThat(see(".")).isEqualTo(Verdict.FINE);
        assertThat(see("...")).isEqualTo(Verdict.OUTAGE);
    }

    @Test
    void anOutageIsForgottenInTheEnd() {
        see("##########");
        see(".".repeat((int) (DAY / INTERVAL)));
        assertThat(verdicts).doesNotContain(Verdict.FORGOTTEN);
        assertThat(see(".")).isEqualTo(Verdict.FORGOTTEN);
    }

    @Test
    void whatWasHardlySeenIsNotExpectedAndSoonForgotten() {
        see("##");
        see(".".repeat(10));
        assertThat(verdicts).doesNotContain(Verdict.OUTAGE, Verdict.FORGOTTEN);
        assertThat(see(".")).isEqualTo(Verdict.FORGOTTEN);
    }

    @Test
    void zeroIsAnOutageAfterItWasSomethingElse() {
        detector = missingFor(0, 0, 20_000);
        assertThat(see("#".repeat(20), 0, 0)).isEqualTo(Verdict.FINE);
        see("#", 7, 0);
        assertThat(see("####", 0, 0)).isEqualTo(Verdict.FINE);
        assertThat(see("#", 0, 0)).isEqualTo(Verdict.OUTAGE);
        assertThat(see("#", 7, 0)).isEqualTo(Verdict.FINE);
    }

    @Test
    void absenceDoesNotEndAnOutageOfZero() {
        detector = missingFor(0, 0, 20_000);
        see("####", 7, 0);
        assertThat(see("#####", 0, 0)).isEqualTo(Verdict.OUTAGE);
        assertThat(see("...")).isEqualTo(Verdict.UNDECIDED);
        assertThat(see("#", 0, 0)).isEqualTo(Verdict.OUTAGE);
        assertThat(see("#", 7, 0)).isEqualTo(Verdict.FINE);
    }

    @Test
    void absenceIsNoOutageWhereTheRuleWatchesForZeroOnly() {
        detector = missingFor(0, 0, 20_000);
        see("##########");
        assertThat(see(".".repeat(100))).isEqualTo(Verdict.FINE);
    }

    @Test
    void boundsAreChecked() {
        assertThatThrownBy(() -> new OutagePolicy(-1, 0, 0, 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new OutagePolicy(1, 0, 0, 0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new OutagePolicy(1, 0, 0, 1, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Whatever was before: a series that is gone is an outage in the end, and one that is back is none. */
    @Property(tries = 500)
    void everyOutageIsFoundAndEveryReturnToo(@ForAll long seed) {
        Random random = new Random(seed);
        detector = missingFor(1 + random.nextInt(4), 0, 0);
        state = detector.first(tick);
        see("###");
        for (int i = 0; i < 60; i++) {
            see(List.of("#", "##", ".", "..", "?").get(random.nextInt(5)));
        }
        see("#");
        assertThat(verdicts).doesNotContain(Verdict.FORGOTTEN).last().isEqualTo(Verdict.FINE);
        see(".".repeat(1000));
        assertThat(verdicts.getLast()).isEqualTo(Verdict.OUTAGE);
        assertThat(see("#")).isEqualTo(Verdict.FINE);
    }
}
