package io.tocsin.promql.plan;

import io.tocsin.promql.engine.PromqlException;
import io.tocsin.promql.engine.SeriesSlice;
import io.tocsin.promql.engine.SeriesSource;
import io.tocsin.promql.histogram.FloatHistogram;
import io.tocsin.promql.model.LabelMatcher;
import io.tocsin.promql.model.Labels;
import io.tocsin.promql.model.RangeSeries;
import io.tocsin.promql.model.Sample;
import io.tocsin.promql.model.StaleNaN;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The series that the rest of a query reads: the merged leaves under their placeholders, the info series under their own
 * names, and recorded series from where they are kept.
 */
final class MergedSource implements SeriesSource {
    private final Map<Integer, List<SeriesSlice>> leaves;
    private final Set<Integer> info;
    private final SeriesSource recorded;

    MergedSource(Map<Integer, List<SeriesSlice>> leaves, Set<Integer> info, SeriesSource recorded) {
        this.leaves = leaves;
        this.info = info;
        this.recorded = recorded;
    }

    @Override
    public List<SeriesSlice> select(List<LabelMatcher> matchers, long fromMs, long toMs) {
        OptionalInt leaf = Placeholders.leaf(matchers);
        if (leaf.isPresent()) {
            return leaves.getOrDefault(leaf.getAsInt(), List.of());
        }
        List<SeriesSlice> all = new ArrayList<>(recorded.select(matchers, fromMs, toMs));
        for (int id : info) {
            for (SeriesSlice slice : leaves.getOrDefault(id, List.of())) {
                if (matchers.stream().allMatch(m -> m.matches(slice.labels()))) {
                    all.add(slice);
                }
            }
        }
        return all;
    }

    /** Collects what all shards sent for one leaf; elements of one series and time from two shards are an error. */
    static final class Builder {
        private record Point(double value, @Nullable FloatHistogram histogram) {}

        private final Map<Labels, TreeMap<Long, Point>> series = new LinkedHashMap<>();
        private final Set<Long> times = new TreeSet<>();
        private final boolean steps;

        /** @param steps whether the samples are those of a subquery's steps, where a missing one means "nothing" */
        Builder(boolean steps) {
            this.steps = steps;
        }

        void add(Collection<Sample> samples) {
            for (Sample sample : samples) {
                add(sample.labels(), sample.timestampMs(), sample.value(), sample.histogram());
            }
        }

        void add(RangeSeries added, Labels labels) {
            for (int i = 0; i < added.size(); i++) {
                add(labels, added.timestampsMs()[i], added.values()[i], added.histogram(i));
            }
        }

        void add(Labels labels, long timeMs, double value, @Nullable FloatHistogram histogram) {
            times.add(timeMs);
            Point before = series.computeIfAbsent(labels, k -> new TreeMap<>())
                    .put(timeMs, new Point(value, histogram));
            if (before != null) {
                throw new PromqlException(
                        PromqlException.Kind.EXECUTION, "vector cannot contain metrics with the same labelset");
            }
        }

        /** The series, sorted by labels, so that the result does not depend on which shard has which. */
        List<SeriesSlice> build() {
            List<SeriesSlice> slices = new ArrayList<>(series.size());
            new TreeMap<>(series).forEach((labels, points) -> slices.add(slice(labels, points)));
            return slices;
        }

        private SeriesSlice slice(Labels labels, SortedMap<Long, Point> points) {
            Columns columns = new Columns();
            boolean ended = true;
            for (long time : steps ? times : points.keySet()) {
                Point point = points.get(time);
                if (point != null) {
                    columns.add(time, point.value, point.histogram);
                } else if (!ended) {
                    // A selector looks back, so a step without a value has to be said.
                    columns.add(time, StaleNaN.VALUE, null);
                }
                ended = point == null;
            }
            return columns.slice(labels);
        }
    }
}
