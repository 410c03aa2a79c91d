package io.tocsin.promql.plan;

import io.tocsin.promql.histogram.FloatHistogram;
import io.tocsin.promql.histogram.HistogramCodec;
import io.tocsin.promql.histogram.HistogramMean;
import io.tocsin.promql.histogram.HistogramSum;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Sum or mean of the histograms of one kind in a group. */
final class HistogramState {
    private final boolean mean;
    private @Nullable HistogramSum sum;
    private @Nullable HistogramMean average;
    private @Nullable FloatHistogram merged;
    private long number;

    HistogramState(boolean mean) {
        this.mean = mean;
    }

    void add(FloatHistogram histogram, long weight) {
        number += weight;
        if (mean) {
            if (average == null) {
                average = new HistogramMean(histogram);
            } else {
                average.add(histogram);
            }
        } else if (sum == null) {
            sum = new HistogramSum(histogram);
        } else {
            sum.add(histogram);
        }
    }

    boolean isEmpty() {
        return number == 0;
    }

    void merge(HistogramState next) {
        FloatHistogram other = next.result();
        if (other == null) {
            return;
        }
        FloatHistogram own = result();
        long n = number + next.number;
        if (own == null) {
            merged = other;
        } else if (mean) {
            double weight = (double) next.number / n;
            merged = own.mul(1 - weight).add(other.mul(weight)).histogram();
        } else {
            merged = own.add(other).histogram();
        }
        number = n;
        sum = null;
        average = null;
    }

    /** The sum or mean so far, null if there is none. */
    @Nullable FloatHistogram result() {
        if (sum != null) {
            return sum.total();
        }
        return average != null ? average.mean() : merged;
    }

    void write(DataOutput out) throws IOException {
        FloatHistogram result = result();
        if (result != null) {
            out.writeLong(number);
            HistogramCodec.write(result, out);
        }
    }

    void read(DataInput in) throws IOException {
        number = in.readLong();
        merged = HistogramCodec.read(in);
    }
}
