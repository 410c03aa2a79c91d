package io.tocsin.rulesengine.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.promql.engine.SeriesSlice;
import io.tocsin.promql.model.LabelMatcher;
import io.tocsin.promql.model.Labels;
import io.tocsin.promql.model.StaleNaN;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SampleStoreTest {

    private static final long MINUTE = 60_000;
    private static final long NOW = 1_700_000_000_000L;
    private static final Labels UP = Labels.of("__name__", "up", "job", "a");
    private static final List<LabelMatcher> SELECT_UP = List.of(LabelMatcher.equal("__name__", "up"));

    private final SampleStore store = new SampleStore(StoreLimits.DEFAULT.withRetention(60 * MINUTE, 1 << 20));

    private static SampleStore.Incoming sample(Labels labels, long timeMs, double value) {
        return new SampleStore.Incoming(labels, timeMs, value, null, 0);
    }

    private SampleFate fate(long timeMs, long arrivalMs) {
        Fates fates = store.take(List.of(sample(UP, timeMs, timeMs)), arrivalMs).fates();
        assertThat(fates.counts()).hasSize(1);
        return fates.counts().keySet().iterator().next();
    }

    private long[] times() {
        List<SeriesSlice> slices = store.select(SELECT_UP, Long.MIN_VALUE + 1, NOW);
        return slices.isEmpty()
                ? new long[0]
                : Arrays.copyOfRange(
                        slices.getFirst().timestamps(),
                        slices.getFirst().from(),
                        slices.getFirst().to());
    }

    @Test
    void tellsWhatBecameOfEachSample() {
        assertThat(fate(NOW, NOW)).isEqualTo(SampleFate.ACCEPTED);
        assertThat(fate(NOW, NOW)).isEqualTo(SampleFate.DUPLICATE);
        assertThat(fate(NOW - 5 * MINUTE, NOW)).isEqualTo(SampleFate.MERGED);
        assertThat(fate(NOW - 5 * MINUTE, NOW)).isEqualTo(SampleFate.DUPLICATE);
        assertThat(fate(NOW - 5 * MINUTE - 1, NOW)).isEqualTo(SampleFate.TOO_OLD);
        assertThat(fate(NOW + 10 * MINUTE + 1, NOW)).isEqualTo(SampleFate.FROM_THE_FUTURE);
        assertThat(fate(NOW + 10 * MINUTE, NOW)).isEqualTo(SampleFate.ACCEPTED);
        assertThat(times()).containsExactly(NOW - 5 * MINUTE, NOW);
    }

    @Test
    void refusesWhatIsOlderThanTheRetentionAtItsArrival() {
        assertThat(fate(NOW - 60 * MINUTE - 1, NOW)).isEqualTo(SampleFate.TOO_OLD);
        assertThat(store.seriesCount()).isZero();
        assertThat(fate(NOW - 60 * MINUTE, NOW)).isEqualTo(SampleFate.ACCEPTED);
    }

    @Test
    void refusesSeriesBeyondTheLimitAndGoesOnWithThoseItHas() {
        SampleStore small =
                new SampleStore(new StoreLimits(60 * MINUTE, MINUTE, MINUTE, 5 * MINUTE, 3_000, 1, 1 << 20));
        small.take(List.of(sample(UP, NOW, 1)), NOW);
        Intake more =
                small.take(List.of(sample(Labels.of("__name__", "other"), NOW, 1), sample(UP, NOW + 1, 1)), NOW + 1);

        assertThat(more.fates().of(SampleFate.SERIES_LIMIT)).isEqualTo(1);
        assertThat(more.fates().of(SampleFate.ACCEPTED)).isEqualTo(1);
        assertThat(more.begun()).isEmpty();
    }

    private List<Integer> evict(long nowMs) {
        return store.evict(store.horizonMs(nowMs));
    }

    @Test
    void theOldestChunksGoWhenAllTakeTooMuch() {
        SampleStore small = new SampleStore(StoreLimits.DEFAULT.withRetention(300 * MINUTE, 1_000));
        for (int i = 0; i < 200; i++) {
            double noise = Math.sin(i) * 1e9;
            small.take(List.of(sample(UP, NOW + i * MINUTE, noise)), NOW + i * MINUTE);
        }
        long now = NOW + 200 * MINUTE;
        small.seal(0, 1, now);
        assertThat(small.horizonMs(now)).isGreaterThan(now - 300 * MINUTE).isLessThan(now - 20 * MINUTE);

        small.evict(small.horizonMs(now));

        assertThat(small.size().samples()).isBetween(20L, 199L);
        assertThat(small.horizonMs(now)).as("the rest fits").isEqualTo(now - 300 * MINUTE);
        SeriesSlice newest = small.select(List.of(LabelMatcher.equal("__name__", "up")), now - 30 * MINUTE, now)
                .getFirst();
        assertThat(newest.timestamps()[newest.to() - 1]).isGreaterThanOrEqualTo(NOW + 199 * MINUTE);
    }

    @Test
    void whatIsCompressedIsFoundAsBefore() {
        for (int i = 0; i < 50; i++) {
            store.take(List.of(sample(UP, NOW + i * MINUTE, i)), NOW + i * MINUTE);
        }
        assertThat(store.seal(0, 1, NOW + 50 * MINUTE)).isNotEmpty();
        assertThat(store.size().samples()).isEqualTo(50);
        for (int from = -1; from < 52; from++) {
            for (int length = 0; length < 3; length++) {
                long begin = NOW + from * MINUTE + 1;
                long end = begin + length * MINUTE - 1;
                boolean there = store.select(SELECT_UP, begin, end).stream()
                        .anyMatch(slice -> slice.timestamps()[slice.from()] <= NOW + 49 * MINUTE);
                assertThat(!store.series(SELECT_UP, begin, end).isEmpty())
                        .as("%d minutes from %d", length, from)
                        .isEqualTo(there);
            }
        }
    }

    @Test
    void logsOnlyWhatItKept() {
        Intake intake = store.take(List.of(sample(UP, NOW, 1), sample(UP, NOW, 2), sample(UP, NOW + 1, 3)), NOW);

        assertThat(intake.begun()).containsExactly(java.util.Map.entry(0, UP));
        assertThat(intake.accepted().timestamps()).containsExactly(NOW, NOW + 1);
        assertThat(intake.accepted().values()).containsExactly(1, 3);
    }

    @Test
    void forgetsOldSamplesAndEmptySeriesAndNeverGivesAnIdTwice() {
        fate(NOW - 50 * MINUTE, NOW);
        fate(NOW, NOW);

        assertThat(evict(NOW + 20 * MINUTE)).isEmpty();
        assertThat(times()).containsExactly(NOW);
        assertThat(evict(NOW + 61 * MINUTE)).containsExactly(0);
        assertThat(store.seriesCount()).isZero();
        assertThat(store.labelNames()).isEmpty();
        Intake again = store.take(List.of(sample(UP, NOW + 62 * MINUTE, 1)), NOW + 62 * MINUTE);
        assertThat(again.begun().firstKey()).isEqualTo(1);
    }

    @Test
    void aSliceStaysAsItWasWhileTheSeriesChanges() {
        for (int i = 0; i < 20; i++) {
            fate(NOW - 200_000 + i * 10_000L, NOW);
        }
        SeriesSlice slice = store.select(SELECT_UP, NOW - 200_000, NOW - 50_000).getFirst();
        long[] before = Arrays.copyOfRange(slice.timestamps(), slice.from(), slice.to());
        fate(NOW - 195_000, NOW);
        for (int i = 0; i < 100; i++) {
            fate(NOW + i, NOW);
        }
        evict(NOW + 60 * MINUTE - 100_000);

        assertThat(Arrays.copyOfRange(slice.timestamps(), slice.from(), slice.to()))
                .isEqualTo(before);
        for (int i = slice.from(); i < slice.to(); i++) {
            assertThat(slice.values()[i]).isEqualTo(slice.timestamps()[i]);
        }
    }

    @Test
    void endsASeriesThatWentQuiet() {
        for (int i = 0; i < 10; i++) {
            fate(NOW - 190_000 + i * 10_000L, NOW - 190_000 + i * 10_000L);
        }
        long last = NOW - 100_000;

        SeriesSlice current =
                store.select(SELECT_UP, last - 30_000, last + 24_999).getFirst();
        assertThat(current.timestamps()[current.to() - 1]).isEqualTo(last);
        SeriesSlice quiet =
                store.select(SELECT_UP, last - 30_000, last + 25_000).getFirst();
        assertThat(quiet.timestamps()[quiet.to() - 1]).isEqualTo(last + 25_000);
        assertThat(StaleNaN.is(quiet.values()[quiet.to() - 1])).isTrue();
    }

    @Test
    void findsSeriesByEveryKindOfMatcherAndForgetsWhatItRememberedWhenSeriesComeAndGo() {
        store.take(List.of(sample(UP, NOW, 1), sample(Labels.of("__name__", "up", "job", "b"), NOW, 1)), NOW);
        assertThat(store.select(SELECT_UP, NOW, NOW)).hasSize(2);
        store.take(List.of(sample(Labels.of("__name__", "up"), NOW, 1)), NOW);

        assertThat(store.select(SELECT_UP, NOW, NOW)).hasSize(3);
        assertThat(store.selectOnce(SELECT_UP, NOW, NOW)).hasSize(3);
        assertThat(found(LabelMatcher.Type.EQ, "")).isEqualTo(1);
        assertThat(found(LabelMatcher.Type.NEQ, "a")).isEqualTo(2);
        assertThat(found(LabelMatcher.Type.RE, "a|b")).isEqualTo(2);
        assertThat(found(LabelMatcher.Type.RE, ".*")).isEqualTo(3);
        assertThat(found(LabelMatcher.Type.NRE, "a|")).isEqualTo(1);
        assertThat(store.labelValues("job")).containsExactly("a", "b");
    }

    private int found(LabelMatcher.Type type, String value) {
        return store.series(List.of(new LabelMatcher(type, "job", value)), NOW, NOW)
                .size();
    }
}
