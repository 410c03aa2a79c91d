package io.tocsin.rulesengine.query;

import io.tocsin.promql.engine.SeriesSlice;
import io.tocsin.promql.histogram.FloatHistogram;
import io.tocsin.promql.model.StaleNaN;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Joins the two parts of a series that moved from one shard to another, as it does when partitions are added. */
final class Slices {

    private Slices() {}

    /**
     * The samples of both in order. Where both have one at the same time, a stale marker gives way, and then the second: a
     * marker says "not seen here any more", which another shard may know better.
     */
    static SeriesSlice join(SeriesSlice a, SeriesSlice b) {
        int most = a.to() - a.from() + b.to() - b.from();
        long[] times = new long[most];
        double[] values = new double[most];
        @Nullable FloatHistogram[] histograms = new FloatHistogram[most];
        long[] starts = new long[most];
        int i = a.from();
        int j = b.from();
        int n = 0;
        while (i < a.to() || j < b.to()) {
            boolean both = i < a.to() && j < b.to() && a.timestamps()[i] == b.timestamps()[j];
            boolean first = j == b.to() || (i < a.to() && a.timestamps()[i] <= b.timestamps()[j]);
            boolean takeFirst = first && !(both && isMarker(a, i));
            SeriesSlice taken = takeFirst ? a : b;
            int at = takeFirst ? i : j;
            i += both || takeFirst ? 1 : 0;
            j += both || !takeFirst ? 1 : 0;
            boolean last = i == a.to() && j == b.to();
            if (isMarker(taken, at) && !last) {
                continue;
            }
            times[n] = taken.timestamps()[at];
            values[n] = taken.values()[at];
            histograms[n] = taken.histograms() == null ? null : taken.histograms()[at];
            starts[n] = taken.startTimestamps() == null ? 0 : taken.startTimestamps()[at];
            n++;
        }
        return new SeriesSlice(
                a.labels(),
                Arrays.copyOf(times, n),
                Arrays.copyOf(values, n),
                a.histograms() == null && b.histograms() == null ? null : Arrays.copyOf(histograms, n),
                a.startTimestamps() == null && b.startTimestamps() == null ? null : Arrays.copyOf(starts, n),
                0,
                n);
    }

    private static boolean isMarker(SeriesSlice slice, int index) {
        boolean histogram = slice.histograms() != null && slice.histograms()[index] != null;
        return !histogram && StaleNaN.is(slice.values()[index]);
    }
}
