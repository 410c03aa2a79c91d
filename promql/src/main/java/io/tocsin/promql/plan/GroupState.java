package io.tocsin.promql.plan;

import io.tocsin.promql.histogram.FloatHistogram;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What a group of an aggregation has seen so far: the floats as a state of the aggregation, the histograms as their sum or
 * mean. Exponential and custom histograms are kept apart: that both occurred is found by the engine at the end, and so is
 * a mix of floats and histograms.
 */
final class GroupState {
    /** Compensated sum in SUM and AVG; mean in AVG after an overflow, and in VARIANCE. */
    private double value;
    /** Compensation in SUM and AVG; sum of squared differences in VARIANCE. */
    private double rest;

    private long floats;
    private boolean incremental;
    private final HistogramState exponential;
    private final HistogramState custom;
    private final Kind kind;

    /** What is computed. */
    enum Kind {
        SUM(0),
        AVG(1),
        VARIANCE(2);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        static Kind of(int code) throws IOException {
            for (Kind kind : values()) {
                if (kind.code == code) {
                    return kind;
                }
            }
            throw new IOException("unknown state " + code);
        }
    }

    GroupState(Kind kind) {
        this.kind = kind;
        this.exponential = new HistogramState(kind == Kind.AVG);
        this.custom = new HistogramState(kind == Kind.AVG);
    }

    /** The number that stands for the kind in encoded partials; never changes. */
    int code() {
        return kind.code;
    }

    /** An empty state of the same kind. */
    GroupState fresh() {
        return new GroupState(kind);
    }

    void add(double x, @Nullable FloatHistogram histogram) {
        if (histogram != null) {
            if (kind != Kind.VARIANCE) {
                (histogram.usesCustomBuckets() ? custom : exponential).add(histogram, 1);
            }
            return;
        }
        floats++;
        switch (kind) {
            case SUM -> addFloat(x);
            case AVG -> addToMean(x);
            case VARIANCE -> {
                double delta = x - value;
                value += delta / floats;
                rest += delta * (x - value);
            }
        }
    }

    private void addFloat(double x) {
        double sum = value + x;
        if (Double.isInfinite(sum)) {
            rest = 0;
        } else {
            rest += Math.abs(value) >= Math.abs(x) ? (value - sum) + x : (x - sum) + value;
        }
        value = sum;
    }

    private void addToMean(double x) {
        if (floats == 1) {
            value = x;
            return;
        }
        if (!incremental && !Double.isInfinite(value + x)) {
            addFloat(x);
            return;
        }
        if (!incremental) {
            toIncremental(floats - 1);
        }
        addToIncremental(x, 1, floats);
    }

    private void toIncremental(long n) {
        incremental = true;
        value /= n;
        rest /= n;
    }

    /** Takes in a mean of {@code weight} values, after which there are {@code n}. */
    private void addToIncremental(double mean, long weight, long n) {
        double keep = (double) (n - weight) / n;
        value *= keep;
        rest *= keep;
        addFloat(mean * ((double) weight / n));
    }

    /** Takes in the state of the next shard. */
    void merge(GroupState next) {
        exponential.merge(next.exponential);
        custom.merge(next.custom);
        if (next.floats == 0) {
            return;
        }
        if (floats == 0) {
            copyFloats(next);
            return;
        }
        long n = floats + next.floats;
        switch (kind) {
            case SUM -> {
                addFloat(next.value);
                addFloat(next.rest);
            }
            case AVG -> mergeMean(next, n);
            case VARIANCE -> {
                double delta = next.value - value;
                rest += next.rest + delta * delta * ((double) floats * next.floats / n);
                value += delta * ((double) next.floats / n);
            }
        }
        floats = n;
    }

    private void copyFloats(GroupState from) {
        value = from.value;
        rest = from.rest;
        floats = from.floats;
        incremental = from.incremental;
    }

    private void mergeMean(GroupState next, long n) {
        if (!incremental && !next.incremental && !Double.isInfinite(value + next.value)) {
            addFloat(next.value);
            addFloat(next.rest);
            return;
        }
        if (!incremental) {
            toIncremental(floats);
        }
        double mean = next.incremental ? next.value + next.rest : next.value / next.floats + next.rest / next.floats;
        addToIncremental(mean, next.floats, n);
    }

    boolean hasFloats() {
        return floats > 0;
    }

    /** The result for the floats. */
    double result(boolean squareRoot) {
        return switch (kind) {
            case SUM -> Double.isInfinite(value) ? value : value + rest;
            case AVG -> incremental ? value + rest : value / floats + rest / floats;
            case VARIANCE -> squareRoot ? Math.sqrt(rest / floats) : rest / floats;
        };
    }

    @Nullable FloatHistogram exponential() {
        return exponential.result();
    }

    @Nullable FloatHistogram custom() {
        return custom.result();
    }

    void write(DataOutput out) throws IOException {
        out.writeByte((incremental ? 1 : 0) | (exponential.isEmpty() ? 0 : 2) | (custom.isEmpty() ? 0 : 4));
        out.writeLong(floats);
        if (floats > 0) {
            out.writeDouble(value);
            out.writeDouble(rest);
        }
        exponential.write(out);
        custom.write(out);
    }

    static GroupState read(Kind kind, DataInput in) throws IOException {
        GroupState state = new GroupState(kind);
        int flags = in.readUnsignedByte();
        state.incremental = (flags & 1) != 0;
        state.floats = in.readLong();
        if (state.floats > 0) {
            state.value = in.readDouble();
            state.rest = in.readDouble();
        }
        if ((flags & 2) != 0) {
            state.exponential.read(in);
        }
        if ((flags & 4) != 0) {
            state.custom.read(in);
        }
        return state;
    }
}
