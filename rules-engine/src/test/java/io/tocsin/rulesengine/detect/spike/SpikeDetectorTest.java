package io.tocsin.rulesengine.detect.spike;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.rulesengine.detect.spike.SpikeVerdict.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** A value every five minutes, around 100 with some noise, unless a test says otherwise. */
class SpikeDetectorTest {

    private static final long INTERVAL = 5 * 60_000;
    private static final int DAY = 288;
    private static final long START = 1_760_000_000_000L - 1_760_000_000_000L % (7L * DAY * INTERVAL);

    private final Random random = new Random(7);
    private final SpikePolicy policy = SpikePolicy.of(0.3);
    private SpikeDetector detector = new SpikeDetector(policy);
    private SpikeState state = new SpikeState();
    private int row;

    private SpikeVerdict see(double value) {
        return detector.step(state, START + row++ * INTERVAL, value).verdict();
    }

    private List<Phase> see(int values, IntToDoubleFunction value) {
        List<Phase> phases = new ArrayList<>();
        for (int i = 0; i < values; i++) {
            phases.add(see(value.applyAsDouble(row)).phase());
        }
        return phases;
    }

    private double around(double level) {
        return level + 2 * random.nextGaussian();
    }

    private void learnCalm() {
        assertThat(see(3 * DAY, i -> around(100))).doesNotContain(Phase.STARTED);
    }

    @Test
    void saysWhatWasSeenAndWhatIsExpected() {
        learnCalm();
        SpikeVerdict verdict = see(150);
        assertThat(verdict.phase()).isEqualTo(Phase.STARTED);
        assertThat(verdict.seen()).isEqualTo(150);
        assertThat(verdict.expectedHigh()).isBetween(102.0, 115.0);
        assertThat(verdict.why())
                .startsWith("150 is higher than anything seen, expected ")
                .contains(" to 1");
    }

    @Test
    void tellsNothingWhileItLearns() {
        assertThat(see(DAY, i -> i % 50 == 49 ? 1e6 : around(100))).containsOnly(Phase.LEARNING);
    }

    @Test
    void anEventIsToldOnceAndItsEndOnce() {
        learnCalm();
        List<Phase> phases = see(20, i -> around(150));
        phases.addAll(see(30, i -> around(100)));
        assertThat(phases).containsOnlyOnce(Phase.STARTED, Phase.RECOVERED);
        assertThat(phases.subList(1, 20)).containsOnly(Phase.FIRING);
        assertThat(phases.getLast()).isEqualTo(Phase.NORMAL);
    }

    @Test
    void nothingIsLearnedFromAnEvent() {
        learnCalm();
        assertThat(see(150).phase()).isEqualTo(Phase.STARTED);
        byte[] seasons = state.encodeSeasons();
        double slow = state.slow;
        double level = state.level;
        double high = state.envelope(Aspect.VALUE).high();
        assertThat(see(20, i -> 150)).containsOnly(Phase.FIRING);
        assertThat(state.encodeSeasons()).isEqualTo(seasons);
        assertThat(List.of(state.slow, state.level, state.envelope(Aspect.VALUE).high()))
                .containsExactly(slow, level, high);
    }

    @Test
    void whatGetsFarWorseIsToldAgain() {
        learnCalm();
        assertThat(see(120).phase()).isEqualTo(Phase.STARTED);
        assertThat(see(121).phase()).isEqualTo(Phase.FIRING);
        assertThat(see(2000).phase()).isEqualTo(Phase.WORSENED);
    }

    @Test
    void aLevelThatStaysIsToldOnceAndAbsorbedOnce() {
        learnCalm();
        List<Phase> phases = see(2 * DAY, i -> around(400));
        assertThat(phases).containsOnlyOnce(Phase.STARTED, Phase.BASELINE_CHANGED);
        assertThat(phases).doesNotContain(Phase.RECOVERED);
        assertThat(phases.subList(60, phases.size())).containsOnly(Phase.NORMAL);
    }

    @Test
    void aMissingValueIsNotAZero() {
        learnCalm();
        byte[] before = state.encode();
        SpikeVerdict verdict = see(Double.NaN);
        assertThat(verdict.phase()).isEqualTo(Phase.NORMAL);
        assertThat(verdict.why()).isEqualTo("no value");
        assertThat(state.encode()).isEqualTo(before);
        row += 40;
        assertThat(see(around(100)).phase()).isEqualTo(Phase.NORMAL);
        assertThat(see(0).phase()).isEqualTo(Phase.STARTED);
    }

    @Test
    void aMissingValueDoesNotEndAnEvent() {
        learnCalm();
        see(150);
        assertThat(see(30, i -> Double.NaN)).containsOnly(Phase.FIRING);
    }

    @Test
    void aRepeatedTimeChangesNothing() {
        learnCalm();
        byte[] before = state.encode();
        detector.step(state, START + (row - 1) * INTERVAL, 1e9);
        assertThat(state.encode()).isEqualTo(before);
    }

    @Test
    void onlyTheDirectionThatIsAskedForIsTold() {
        detector = new SpikeDetector(policy.direction(Direction.DOWN));
        learnCalm();
        assertThat(see(150).phase()).isEqualTo(Phase.NORMAL);
        assertThat(see(50).phase()).isEqualTo(Phase.STARTED);

        detector = new SpikeDetector(policy.direction(Direction.UP));
        state = new SpikeState();
        learnCalm();
        assertThat(see(50).phase()).isEqualTo(Phase.NORMAL);
        assertThat(see(150).phase()).isEqualTo(Phase.STARTED);
    }

    @Test
    void lessThanTheLeastChangeIsNotTold() {
        detector = new SpikeDetector(policy.minChange(60, 0));
        learnCalm();
        assertThat(see(150).phase()).isEqualTo(Phase.NORMAL);
        assertThat(see(300).phase()).isEqualTo(Phase.STARTED);

        detector = new SpikeDetector(policy.minChange(0, 0.6));
        state = new SpikeState();
        learnCalm();
        assertThat(see(150).phase()).isEqualTo(Phase.NORMAL);
        assertThat(see(300).phase()).isEqualTo(Phase.STARTED);
    }

    @Test
    void theDayIsLearned() {
        IntToDoubleFunction daily = i -> 100 + 50 * Math.sin(2 * Math.PI * i / DAY) + random.nextGaussian();
        assertThat(see(8 * DAY, daily)).doesNotContain(Phase.STARTED);
        assertThat(state.seasons()).contains("day");
        see(3 * DAY / 4, daily);
        SpikeVerdict noonsValueAtNight = see(130);
        assertThat(noonsValueAtNight.phase()).isEqualTo(Phase.STARTED);
        assertThat(noonsValueAtNight.expectedHigh()).isLessThan(100);
    }

    @Test
    void aSeasonThatIsNotAskedForIsNotCompared() {
        detector = new SpikeDetector(policy.seasons(Seasons.NONE));
        IntToDoubleFunction daily = i -> 100 + 50 * Math.sin(2 * Math.PI * i / DAY) + random.nextGaussian();
        see(8 * DAY + 3 * DAY / 4, daily);
        assertThat(see(130).regard()).doesNotContain("time of day");
    }

    @Test
    void noSeasonIsSeenInNoise() {
        see(15 * DAY, i -> around(100));
        assertThat(state.seasons()).isEmpty();
    }

    @Test
    void growthAndSlowDriftAreNotTold() {
        assertThat(see(60 * DAY, i -> around(100 + i * 0.5 / DAY))).doesNotContain(Phase.STARTED);
    }

    @Test
    void aCounterIsWatchedByItsIncreaseAndARestartIsNone() {
        detector = new SpikeDetector(policy.kind(Kind.COUNTER));
        double[] total = {0};
        IntToDoubleFunction growing = i -> total[0] += around(100);
        assertThat(see(3 * DAY, growing)).doesNotContain(Phase.STARTED);
        total[0] = 0;
        assertThat(see(5, growing)).containsOnly(Phase.NORMAL);
        total[0] += 10_000;
        assertThat(see(total[0]).phase()).isEqualTo(Phase.STARTED);
    }

    @Test
    void whatIsExpectedOfARatioIsARatio() {
        detector = new SpikeDetector(policy.kind(Kind.RATIO));
        see(3 * DAY, i -> Math.clamp(0.995 + 0.003 * random.nextGaussian(), 0, 1));
        SpikeVerdict verdict = see(0.5);
        assertThat(verdict.phase()).isEqualTo(Phase.STARTED);
        assertThat(verdict.expectedHigh()).isLessThanOrEqualTo(1);
    }

    @Test
    void burstsThatComeAgainAndAgainAreNormal() {
        IntToDoubleFunction sparse = i -> random.nextInt(40) == 0 ? 1 + random.nextInt(9) : 0;
        assertThat(see(3 * DAY, sparse)).isNotEmpty();
        assertThat(see(10 * DAY, sparse)).containsOnly(Phase.NORMAL);
        assertThat(see(500).phase()).isEqualTo(Phase.STARTED);
    }
}
