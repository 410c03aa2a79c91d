package io.tocsin.rulesengine.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.promql.engine.SeriesSlice;
import io.tocsin.promql.model.LabelMatcher;
import io.tocsin.promql.model.Labels;
import io.tocsin.rulesengine.store.SampleStore.Incoming;
import io.tocsin.rulesengine.store.chunk.Chunk;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What is restored from the log is what was there; what is decoded is what was encoded. */
class RestoreTest {

    private static final long START = 1_700_000_000_000L;
    private static final StoreLimits LIMITS = new StoreLimits(60_000, 10_000, 20_000, 30_000, 1_000, 4, 400);

    /** A record's samples and how long after the record before it came; every fourth record is followed by an eviction. */
    record Arrival(long afterMs, List<Incoming> samples) {}

    @Provide
    Arbitrary<List<Arrival>> log() {
        Arbitrary<Incoming> sample = Combinators.combine(
                        Arbitraries.integers().between(0, 5),
                        Arbitraries.longs().between(-80_000, 15_000),
                        Arbitraries.doubles(),
                        Arbitraries.of(0L, 0L, START - 5, START + 7))
                .as((series, offset, value, start) ->
                        new Incoming(Labels.of("__name__", "m", "s", "" + series), offset, value, null, start));
        return Combinators.combine(
                        Arbitraries.longs().between(0, 20_000), sample.list().ofMaxSize(6))
                .as(Arrival::new)
                .list()
                .ofMaxSize(40);
    }

    @Property(tries = 300)
    void restoresWhatWasThere(@ForAll("log") List<Arrival> log) {
        SampleStore original = new SampleStore(LIMITS);
        List<byte[]> blocks = new ArrayList<>();
        Map<Integer, byte[]> dictionary = new TreeMap<>();
        Map<Integer, TreeMap<Long, byte[]>> chunks = new TreeMap<>();
        long now = START;
        long horizon = 0;
        int n = 0;
        for (Arrival arrival : log) {
            now += arrival.afterMs();
            long at = now;
            List<Incoming> samples = arrival.samples().stream()
                    .map(s -> new Incoming(s.labels(), at + s.timestampMs(), s.value(), null, s.startMs()))
                    .toList();
            Intake intake = original.take(samples, now);
            blocks.add(BlockCodec.encode(intake.accepted()));
            intake.begun().forEach((id, labels) -> dictionary.put(id, LabelsCodec.encode(labels)));
            if (++n % 4 == 0) {
                original.seal(n / 4 % 2, 2, now)
                        .forEach(run -> chunks.computeIfAbsent(run.series(), id -> new TreeMap<>())
                                .put(Chunk.first(run.chunk()), run.chunk()));
                horizon = Math.max(horizon, original.horizonMs(now));
                original.evict(horizon).forEach(dictionary::remove);
            }
        }

        SampleStore restored = new SampleStore(LIMITS);
        restored.restoreNextId(original.nextId());
        dictionary.forEach((id, labels) -> restored.restoreSeries(id, LabelsCodec.decode(labels)));
        chunks.forEach((id, runs) -> runs.values().forEach(chunk -> restored.restoreChunk(id, chunk)));
        restored.chunksRestored();
        blocks.forEach(block -> restored.restore(BlockCodec.decode(block)));
        restored.evict(horizon);

        assertThat(contents(restored, now)).isEqualTo(contents(original, now));
        assertThat(restored.nextId()).isEqualTo(original.nextId());
        assertThat(restored.seriesCount()).isEqualTo(original.seriesCount());
    }

    private static Map<Labels, String> contents(SampleStore store, long now) {
        Map<Labels, String> contents = new TreeMap<>();
        List<LabelMatcher> all = List.of(LabelMatcher.equal("__name__", "m"));
        // Far after the newest sample, so that the learned cadence and delay show in the stale markers too.
        for (SeriesSlice slice : store.select(all, now - LIMITS.retentionMs(), now + 200_000)) {
            StringBuilder samples = new StringBuilder();
            for (int i = slice.from(); i < slice.to(); i++) {
                samples.append(slice.timestamps()[i])
                        .append('=')
                        .append(Double.doubleToRawLongBits(slice.values()[i]))
                        .append('/')
                        .append(slice.startTimestamps() == null ? 0 : slice.startTimestamps()[i])
                        .append(' ');
            }
            contents.put(slice.labels(), samples.toString());
        }
        return contents;
    }

    @Property
    void decodesWhatWasEncoded(
            @ForAll long arrival, @ForAll List<@net.jqwik.api.constraints.Positive Integer> ids, @ForAll long[] longs) {
        int n = Math.min(ids.size(), longs.length);
        int[] series = ids.stream().mapToInt(i -> i).limit(n).toArray();
        long[] times = Arrays.copyOf(longs, n);
        double[] values = Arrays.stream(longs)
                .limit(n)
                .mapToDouble(Double::longBitsToDouble)
                .toArray();
        SampleBlock block = new SampleBlock(arrival, series, times, values, null, n % 2 == 0 ? null : times.clone());

        SampleBlock read = BlockCodec.decode(BlockCodec.encode(block));

        assertThat(read.arrivalMs()).isEqualTo(arrival);
        assertThat(read.series()).isEqualTo(series);
        assertThat(read.timestamps()).isEqualTo(times);
        assertThat(read.starts()).isEqualTo(block.starts());
        assertThat(BlockCodec.encode(read)).isEqualTo(BlockCodec.encode(block));
    }
}
