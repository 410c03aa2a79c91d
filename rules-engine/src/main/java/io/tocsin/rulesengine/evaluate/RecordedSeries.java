package io.tocsin.rulesengine.evaluate;

import io.tocsin.promql.engine.SeriesSlice;
import io.tocsin.promql.engine.SeriesSource;
import io.tocsin.promql.histogram.FloatHistogram;
import io.tocsin.promql.model.LabelMatcher;
import io.tocsin.promql.model.Labels;
import io.tocsin.promql.model.StaleNaN;
import io.tocsin.rulesengine.state.StateReader;
import io.tocsin.rulesengine.state.StateWriter;
import io.tocsin.rulesengine.store.chunk.Chunk;
import io.tocsin.rulesengine.store.chunk.Columns;
import io.tocsin.rulesengine.store.chunk.ColumnsBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What recording rules recorded lately: visible to later rules of the same tick, and to all rules afterwards.
 */
final class RecordedSeries implements SeriesSource {

    /** Of results that are all numbers: the layout that there was before histograms were recorded. */
    private static final int NUMBERS = 1;

    private static final int HISTOGRAMS = 2;

    private final long retentionMs;
    private final Map<String, Map<Labels, Column>> byName = new HashMap<>();
    private final Map<String, Set<Labels>> newest = new HashMap<>();

    /** @param retentionMs how long values are kept, milliseconds */
    RecordedSeries(long retentionMs) {
        this.retentionMs = retentionMs;
    }

    long retentionMs() {
        return retentionMs;
    }

    /** Takes the result of a rule at a tick; series that it gave before and gives no more end here. */
    void record(String rule, Map<Labels, Recorded> result, long tickMs) {
        Set<Labels> before = newest.getOrDefault(rule, Set.of());
        result.forEach((labels, given) -> column(labels).add(tickMs, given, tickMs - retentionMs));
        before.stream()
                .filter(labels -> !result.containsKey(labels))
                .forEach(labels -> column(labels).add(tickMs, Recorded.of(StaleNaN.VALUE), tickMs - retentionMs));
        newest.put(rule, new HashSet<>(result.keySet()));
    }

    /** The rules whose series have not ended. */
    Set<String> rules() {
        Set<String> rules = new TreeSet<>();
        newest.forEach((rule, series) -> {
            if (!series.isEmpty()) {
                rules.add(rule);
            }
        });
        return rules;
    }

    /** The series that a rule gave last. */
    Set<Labels> last(String rule) {
        return newest.getOrDefault(rule, Set.of());
    }

    /** Forgets series of which everything is older than the retention. */
    void expire(long tickMs) {
        byName.values().forEach(series -> series.values().removeIf(column -> column.newest() < tickMs - retentionMs));
        byName.values().removeIf(Map::isEmpty);
    }

    private Column column(Labels labels) {
        return byName.computeIfAbsent(labels.metricName(), name -> new TreeMap<>())
                .computeIfAbsent(labels, key -> new Column());
    }

    @Override
    public List<SeriesSlice> select(List<LabelMatcher> matchers, long fromMs, long toMs) {
        List<SeriesSlice> found = new ArrayList<>();
        for (Map<Labels, Column> series : candidates(matchers)) {
            series.forEach((labels, column) -> {
                if (matchers.stream().allMatch(matcher -> matcher.matches(labels.get(matcher.name())))) {
                    found.add(column.slice(labels));
                }
            });
        }
        return found;
    }

    private Iterable<Map<Labels, Column>> candidates(List<LabelMatcher> matchers) {
        for (LabelMatcher matcher : matchers) {
            if (matcher.type() == LabelMatcher.Type.EQ && matcher.name().equals(Labels.METRIC_NAME)) {
                return List.of(byName.getOrDefault(matcher.value(), Map.of()));
            }
        }
        return byName.values();
    }

    static byte[] encode(Map<Labels, Recorded> result) {
        boolean histograms = result.values().stream().anyMatch(given -> given.histogram() != null);
        StateWriter out = new StateWriter(histograms ? HISTOGRAMS : NUMBERS);
        return out.each(new TreeMap<>(result).entrySet(), (to, entry) -> {
                    TreeMap<String, String> texts = new TreeMap<>();
                    entry.getKey().forEach(texts::put);
                    to.texts(texts).real(entry.getValue().value());
                    if (histograms) {
                        to.bytes(encode(entry.getValue().histogram()));
                    }
                })
                .toBytes();
    }

    static Map<Labels, Recorded> decode(byte[] bytes) {
        boolean histograms = bytes.length > 0 && bytes[0] == HISTOGRAMS;
        StateReader in = new StateReader(bytes, histograms ? HISTOGRAMS : NUMBERS);
        Map<Labels, Recorded> result = new TreeMap<>();
        int size = in.count();
        for (int i = 0; i < size; i++) {
            Labels labels = Labels.of(in.texts());
            double value = in.real();
            result.put(labels, new Recorded(value, histograms ? histogram(in.bytes()) : null));
        }
        return result;
    }

    /** A chunk of one sample, nothing for a number. */
    private static byte[] encode(@Nullable FloatHistogram histogram) {
        return histogram == null
                ? new byte[0]
                : Chunk.of(new Columns(new long[1], new double[1], new FloatHistogram[] {histogram}, null, 0, 1), 0);
    }

    private static @Nullable FloatHistogram histogram(byte[] chunk) {
        if (chunk.length == 0) {
            return null;
        }
        ColumnsBuilder one = new ColumnsBuilder(1);
        one.add(chunk);
        return Objects.requireNonNull(one.all().histograms())[0];
    }

    /** Times and values of one series; the expired ones in front are dropped when the columns are full. */
    private static final class Column {

        private long[] times = new long[16];
        private double[] values = new double[16];
        private @Nullable FloatHistogram @Nullable [] histograms;
        private int from;
        private int to;

        void add(long timeMs, Recorded given, long expiredMs) {
            if (to > from && times[to - 1] >= timeMs) {
                if (times[to - 1] == timeMs) {
                    set(to - 1, given);
                }
                return;
            }
            while (from < to && times[from] < expiredMs) {
                from++;
            }
            if (to == times.length) {
                makeRoom();
            }
            times[to] = timeMs;
            set(to++, given);
        }

        private void set(int at, Recorded given) {
            values[at] = given.value();
            if (given.histogram() != null && histograms == null) {
                histograms = new FloatHistogram[times.length];
            }
            if (histograms != null) {
                histograms[at] = given.histogram();
            }
        }

        private void makeRoom() {
            int kept = to - from;
            int size = kept > times.length / 2 ? times.length * 2 : times.length;
            long[] nextTimes = new long[size];
            double[] nextValues = new double[size];
            System.arraycopy(times, from, nextTimes, 0, kept);
            System.arraycopy(values, from, nextValues, 0, kept);
            if (histograms != null) {
                @Nullable FloatHistogram[] nextHistograms = new FloatHistogram[size];
                System.arraycopy(histograms, from, nextHistograms, 0, kept);
                histograms = nextHistograms;
            }
            times = nextTimes;
            values = nextValues;
            from = 0;
            to = kept;
        }

        long newest() {
            return to == from ? Long.MIN_VALUE : times[to - 1];
        }

        SeriesSlice slice(Labels labels) {
            return new SeriesSlice(labels, times, values, histograms, null, from, to);
        }
    }
}
