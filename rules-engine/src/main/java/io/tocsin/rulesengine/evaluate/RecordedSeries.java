package io.tocsin.rulesengine.evaluate;

import io.tocsin.promql.engine.SeriesSlice;
import io.tocsin.promql.engine.SeriesSource;
import io.tocsin.promql.model.LabelMatcher;
import io.tocsin.promql.model.Labels;
import io.tocsin.promql.model.StaleNaN;
import io.tocsin.rulesengine.state.StateReader;
import io.tocsin.rulesengine.state.StateWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What recording rules recorded lately: visible to later rules of the same tick, and to all rules afterwards. Values
 * only; a native histogram as the result of a recording rule is refused where it is recorded.
 */
final class RecordedSeries implements SeriesSource {

    private static final int LAYOUT = 1;

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
    void record(String rule, Map<Labels, Double> result, long tickMs) {
        Set<Labels> before = newest.getOrDefault(rule, Set.of());
        result.forEach((labels, value) -> column(labels).add(tickMs, value, tickMs - retentionMs));
        before.stream()
                .filter(labels -> !result.containsKey(labels))
                .forEach(labels -> column(labels).add(tickMs, StaleNaN.VALUE, tickMs - retentionMs));
        newest.put(rule, new HashSet<>(result.keySet()));
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

    static byte[] encode(Map<Labels, Double> result) {
        StateWriter out = new StateWriter(LAYOUT);
        return out.each(new TreeMap<>(result).entrySet(), (to, entry) -> {
                    TreeMap<String, String> texts = new TreeMap<>();
                    entry.getKey().forEach(texts::put);
                    to.texts(texts).real(entry.getValue());
                })
                .toBytes();
    }

    static Map<Labels, Double> decode(byte[] bytes) {
        StateReader in = new StateReader(bytes, LAYOUT);
        Map<Labels, Double> result = new TreeMap<>();
        int size = in.count();
        for (int i = 0; i < size; i++) {
            Labels labels = Labels.of(in.texts());
            result.put(labels, in.real());
        }
        return result;
    }

    /** Times and values of one series; the expired ones in front are dropped when the columns are full. */
    private static final class Column {

        private long[] times = new long[16];
        private double[] values = new double[16];
        private int from;
        private int to;

        void add(long timeMs, double value, long expiredMs) {
            if (to > from && times[to - 1] >= timeMs) {
                if (times[to - 1] == timeMs) {
                    values[to - 1] = value;
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
            values[to++] = value;
        }

        private void makeRoom() {
            int kept = to - from;
            int size = kept > times.length / 2 ? times.length * 2 : times.length;
            long[] nextTimes = new long[size];
            double[] nextValues = new double[size];
            System.arraycopy(times, from, nextTimes, 0, kept);
            System.arraycopy(values, from, nextValues, 0, kept);
            times = nextTimes;
            values = nextValues;
            from = 0;
            to = kept;
        }

        long newest() {
            return to == from ? Long.MIN_VALUE : times[to - 1];
        }

        SeriesSlice slice(Labels labels) {
            return new SeriesSlice(labels, times, values, null, null, from, to);
        }
    }
}
