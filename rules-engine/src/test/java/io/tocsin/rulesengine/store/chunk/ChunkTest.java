package io.tocsin.rulesengine.store.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.promql.histogram.CounterResetHint;
import io.tocsin.promql.histogram.FloatHistogram;
import io.tocsin.promql.model.StaleNaN;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChunkTest {

    private static final long START = 1_700_000_000_000L;
    private static final int N = Chunk.MOST_SAMPLES;

    private static Columns columns(double[] values, @Nullable FloatHistogram @Nullable [] histograms) {
        Random random = new Random(7);
        long[] times = new long[values.length];
        for (int i = 0; i < times.length; i++) {
            times[i] = START + 15_000L * i + random.nextInt(4);
        }
        return new Columns(times, values, histograms, null, 0, values.length);
    }

    private static Columns readBack(Columns samples, int delayMs) {
        byte[] chunk = Chunk.of(samples, delayMs);
        assertThat(Chunk.count(chunk)).isEqualTo(samples.size());
        assertThat(Chunk.first(chunk)).isEqualTo(samples.times()[samples.from()]);
        assertThat(Chunk.last(chunk)).isEqualTo(samples.times()[samples.to() - 1]);
        assertThat(Chunk.delayMs(chunk)).isEqualTo(delayMs);
        assertThat(Chunk.of(samples, delayMs)).isEqualTo(chunk);
        ColumnsBuilder into = new ColumnsBuilder(samples.size());
        into.add(chunk);
        return into.all();
    }

    private static void same(Columns samples) {
        Columns read = readBack(samples, 17);
        assertThat(read.times()).isEqualTo(Arrays.copyOfRange(samples.times(), samples.from(), samples.to()));
        assertThat(Arrays.stream(read.values()).mapToLong(Double::doubleToRawLongBits))
                .containsExactly(Arrays.stream(samples.values(), samples.from(), samples.to())
                        .mapToLong(Double::doubleToRawLongBits)
                        .boxed()
                        .toArray(Long[]::new));
    }

    private static double bytesPerSample(double[] values) {
        Columns samples = columns(values, null);
        same(samples);
        return Chunk.of(samples, 0).length / (double) values.length;
    }

    @Property(tries = 500)
    void whatIsWrittenReadsBackBitByBit(@ForAll @Size(min = 1, max = 240) double[] values) {
        same(columns(values, null));
    }

    @Property(tries = 500)
    void startsAndAnyGapsReadBack(@ForAll @Size(min = 1, max = 240) int[] gaps, @ForAll long start) {
        long[] times = new long[gaps.length];
        long at = START;
        for (int i = 0; i < gaps.length; i++) {
            at += 1 + Math.floorMod(gaps[i], 1_000_000);
            times[i] = at;
        }
        long[] starts = new long[gaps.length];
        Arrays.setAll(starts, i -> i % 3 == 0 ? 0 : start + i / 7);
        Columns read = readBack(new Columns(times, new double[gaps.length], null, starts, 0, gaps.length), 0);
        assertThat(read.times()).isEqualTo(times);
        assertThat(read.starts()).isEqualTo(starts);
    }

    @Test
    void specialValuesReadBack() {
        same(columns(
                new double[] {0.0, -0.0, Double.NaN, StaleNaN.VALUE, Double.MIN_VALUE, Double.MAX_VALUE, 1e300, 0.1, -7
                },
                null));
        same(columns(
                new double[] {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1L << 53, (1L << 53) + 2.0}, null));
    }

    @Test
    void whatLooksLikeTelemetryTakesLessThanTwoBytes() {
        Random random = new Random(1);
        double[] counter = new double[N];
        double[] gauge = new double[N];
        double[] constant = new double[N];
        double count = 1e6;
        double level = 50;
        for (int i = 0; i < N; i++) {
            count += random.nextInt(200);
            level = Math.round((level + random.nextInt(-50, 51) / 100.0) * 100) / 100.0;
            counter[i] = count;
            gauge[i] = level;
            constant[i] = 1.0 / 3;
        }
        assertThat(bytesPerSample(counter)).isLessThan(2);
        assertThat(bytesPerSample(gauge)).isLessThan(2);
        assertThat(bytesPerSample(constant)).isLessThan(1);
    }

    @Test
    void nativeHistogramsReadBackWithFloatsAndOtherLayoutsInBetween() {
        Random random = new Random(3);
        double[] counts = new double[20];
        FloatHistogram[] histograms = new FloatHistogram[N];
        for (int i = 0; i < N; i++) {
            for (int b = 0; b < counts.length; b++) {
                counts[b] += random.nextInt(5);
            }
            int buckets = i < N / 2 ? 19 : 20;
            int[] index = new int[buckets];
            Arrays.setAll(index, b -> b - 4);
            double total = Arrays.stream(counts, 0, buckets).sum();
            histograms[i] = i % 50 == 49
                    ? null
                    : FloatHistogram.builder(3)
                            .hint(i == 0 ? CounterResetHint.UNKNOWN : CounterResetHint.NOT_RESET)
                            .zero(1e-9, 2)
                            .count(total + 2)
                            .sum(total / 7)
                            .positiveRow(index, Arrays.copyOf(counts, buckets))
                            .build();
        }
        Columns samples = columns(new double[N], histograms);
        assertThat(readBack(samples, 0).histograms()).isEqualTo(histograms);
        // 23 numbers a histogram.
        assertThat(Chunk.of(samples, 0).length / (double) N / 23).isLessThan(2);
    }

    @Test
    void whatIsNoChunkIsRefused() {
        assertThatThrownBy(() -> new ColumnsBuilder(1).add(new byte[30])).hasMessage("not a chunk of samples");
        assertThatThrownBy(() -> Chunk.of(new Columns(new long[0], new double[0], null, null, 0, 0), 0))
                .hasMessage("a chunk of 0 samples");
    }
}
