package io.tocsin.rulesengine.detect.spike;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.rulesengine.detect.spike.SpikeVerdict.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SpikeStateTest {

    private static final long MINUTE = 60_000;

    private static SpikeDetector detector() {
        return new SpikeDetector(SpikePolicy.of(0.1).learnMs(300 * MINUTE));
    }

    /** Noise with a day in it, spikes, steps and gaps. */
    private static double[] wild(long seed, int values) {
        Random random = new Random(seed);
        double level = Math.pow(10, random.nextInt(12) - 3);
        double[] wild = new double[values];
        for (int i = 0; i < values; i++) {
            level *= random.nextInt(500) == 0 ? 3 : 1;
            double spike = random.nextInt(200) == 0 ? 10 : 1;
            double value = level * spike * (2 + Math.sin(i / 229.0) + 0.1 * random.nextGaussian());
            wild[i] = random.nextInt(50) == 0 ? Double.NaN : value;
        }
        return wild;
    }

    private static List<SpikeVerdict> run(SpikeState state, double[] values, int from, int to, double scale) {
        List<SpikeVerdict> verdicts = new ArrayList<>();
        for (int i = from; i < to; i++) {
            verdicts.add(detector().step(state, i * MINUTE, values[i] * scale).verdict());
        }
        return verdicts;
    }

    @Property(tries = 50)
    void whatIsWrittenIsReadAgainAndGoesOnTheSame(@ForAll long seed, @ForAll @IntRange(min = 0, max = 2000) int cut) {
        double[] values = wild(seed, 3000);
        SpikeState state = new SpikeState();
        run(state, values, 0, cut, 1);
        SpikeState read = SpikeState.decode(state.encode(), state.encodeSeasons());
        assertThat(read.encode()).isEqualTo(state.encode());
        assertThat(read.encodeSeasons()).isEqualTo(state.encodeSeasons());
        assertThat(run(read, values, cut, 3000, 1)).isEqualTo(run(state, values, cut, 3000, 1));
        assertThat(read.encode()).isEqualTo(state.encode());
    }

    @Property(tries = 50)
    void theStateStaysSmall(@ForAll long seed) {
        SpikeState state = new SpikeState();
        double[] values = wild(seed, 5000);
        for (int i = 0; i < values.length; i++) {
            detector().step(state, 1_790_000_000_000L + i * MINUTE, values[i]);
            if (i % 50 == 0 || state.firing()) {
                assertThat(state.encode()).hasSizeLessThanOrEqualTo(512);
            }
        }
        assertThat(state.encodeSeasons()).hasSizeLessThanOrEqualTo(1536);
    }

    @Property(tries = 30)
    void theUnitOfTheValuesDoesNotMatter(@ForAll long seed, @ForAll @IntRange(min = -8, max = 8) int power) {
        double[] values = wild(seed, 3000);
        List<SpikeVerdict> one = run(new SpikeState(), values, 0, 3000, 1);
        List<SpikeVerdict> other = run(new SpikeState(), values, 0, 3000, Math.scalb(1.0, 3 * power));
        assertThat(phases(other)).isEqualTo(phases(one));
    }

    @Property(tries = 20)
    void theSameValuesAlwaysGiveTheSame(@ForAll long seed) {
        double[] values = wild(seed, 2000);
        SpikeState one = new SpikeState();
        SpikeState other = new SpikeState();
        assertThat(run(one, values, 0, 2000, 1)).isEqualTo(run(other, values, 0, 2000, 1));
        assertThat(one.encode()).isEqualTo(other.encode());
    }

    @Property(tries = 50)
    void noValueHoweverLargeBreaksIt(@ForAll double value, @ForAll double another) {
        SpikeState state = new SpikeState();
        double[] values = wild(1, 1000);
        run(state, values, 0, 1000, 1);
        SpikeDetector detector = detector();
        for (int i = 0; i < 200; i++) {
            double next = i % 2 == 0 ? value : another;
            SpikeVerdict verdict =
                    detector.step(state, (1000 + i) * MINUTE, next).verdict();
            assertThat(verdict.why()).isNotEmpty();
        }
        assertThat(SpikeState.decode(state.encode(), state.encodeSeasons()).encode())
                .isEqualTo(state.encode());
    }

    private static List<Phase> phases(List<SpikeVerdict> verdicts) {
        return verdicts.stream().map(SpikeVerdict::phase).toList();
    }

    @Test
    void anotherLayoutIsRefused() {
        byte[] bytes = new SpikeState().encode();
        bytes[0] = 99;
        assertThatThrownBy(() -> SpikeState.decode(bytes, new SpikeState().encodeSeasons()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("version 99");
    }
}
