package io.tocsin.promql.histogram;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The buckets of one side of a histogram as a sparse row: ascending bucket indexes with a count each, and, in a running
 * sum, the compensation of each count. Shared rows are never changed; a running sum changes only rows of its own.
 */
final class Row {
    static final Row EMPTY = new Row(new int[0], new double[0], null, 0);

    final int[] index;
    final double[] count;
    final double @Nullable [] compensation;
    final int size;

    Row(int[] index, double[] count, double @Nullable [] compensation, int size) {
        this.index = index;
        this.count = count;
        this.compensation = compensation;
        this.size = size;
    }

    static Row of(int[] index, double[] count) {
        return index.length == 0 ? EMPTY : new Row(index, count, null, index.length);
    }

    /** A copy that carries zero compensations and may be changed. */
    Row compensated() {
        return new Row(Arrays.copyOf(index, size), Arrays.copyOf(count, size), new double[size], size);
    }

    /** A copy whose counts and compensations may be changed. */
    Row copy() {
        return new Row(index, count.clone(), compensation == null ? null : compensation.clone(), size);
    }

    double compensationAt(int i) {
        return compensation == null ? 0 : compensation[i];
    }

    boolean sameLayout(Row other) {
        return size == other.size && Arrays.equals(index, 0, size, other.index, 0, size);
    }

    boolean sameBits(Row other) {
        if (!sameLayout(other)) {
            return false;
        }
        for (int i = 0; i < size; i++) {
            if (Double.doubleToRawLongBits(count[i]) != Double.doubleToRawLongBits(other.count[i])) {
                return false;
            }
        }
        return true;
    }

    Row scaled(double factor) {
        if (size == 0) {
            return this;
        }
        double[] result = new double[size];
        for (int i = 0; i < size; i++) {
            result[i] = count[i] * factor;
        }
        return new Row(index, result, scaledCompensation(factor, false), size);
    }

    Row dividedBy(double divisor) {
        if (size == 0) {
            return this;
        }
        double[] result = new double[size];
        for (int i = 0; i < size; i++) {
            result[i] = count[i] / divisor;
        }
        return new Row(index, result, scaledCompensation(divisor, true), size);
    }

    private double @Nullable [] scaledCompensation(double by, boolean divide) {
        if (compensation == null) {
            return null;
        }
        double[] result = new double[size];
        for (int i = 0; i < size; i++) {
            result[i] = divide ? compensation[i] / by : compensation[i] * by;
        }
        return result;
    }

    /** Without buckets whose count and compensation are zero. */
    Row compact() {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (isPopulated(i)) {
                kept++;
            }
        }
        if (kept == size) {
            return this;
        }
        int[] toIndex = new int[kept];
        double[] toCount = new double[kept];
        double @Nullable [] toCompensation = compensation == null ? null : new double[kept];
        for (int i = 0, to = 0; i < size; i++) {
            if (isPopulated(i)) {
                toIndex[to] = index[i];
                toCount[to] = count[i];
                if (toCompensation != null) {
                    toCompensation[to] = compensationAt(i);
                }
                to++;
            }
        }
        return new Row(toIndex, toCount, toCompensation, kept);
    }

    private boolean isPopulated(int i) {
        return count[i] != 0 || compensationAt(i) != 0;
    }

    /** The same observations in a coarser exponential schema. */
    Row coarser(int from, int to) {
        if (size == 0 || from == to) {
            return this;
        }
        int[] toIndex = new int[size];
        double[] toCount = new double[size];
        double @Nullable [] toCompensation = compensation == null ? null : new double[size];
        int last = -1;
        for (int i = 0; i < size; i++) {
            int target = Schemas.coarser(index[i], from, to);
            if (last >= 0 && toIndex[last] == target) {
                accumulate(toCount, toCompensation, last, count[i]);
                if (toCompensation != null) {
                    accumulate(toCount, toCompensation, last, compensationAt(i));
                }
            } else {
                last++;
                toIndex[last] = target;
                toCount[last] = count[i];
                if (toCompensation != null) {
                    toCompensation[last] = compensationAt(i);
                }
            }
        }
        return new Row(toIndex, toCount, toCompensation, last + 1);
    }

    private static void accumulate(double[] count, double @Nullable [] compensation, int at, double increment) {
        if (compensation != null) {
            compensation[at] = Neumaier.compensation(count[at], compensation[at], increment);
        }
        count[at] += increment;
    }

    /** This row plus {@code sign} times the other one from its bucket {@code from} on; plain floating-point addition. */
    Row plus(Row other, int from, double sign) {
        if (from >= other.size) {
            return this;
        }
        if (from == 0 && sameLayout(other)) {
            double[] sum = new double[size];
            for (int i = 0; i < size; i++) {
                sum[i] = count[i] + sign * other.count[i];
            }
            return new Row(index, sum, null, size);
        }
        int[] toIndex = new int[size + other.size - from];
        double[] toCount = new double[toIndex.length];
        int n = 0;
        int a = 0;
        int b = from;
        while (a < size || b < other.size) {
            if (b >= other.size || (a < size && index[a] < other.index[b])) {
                toIndex[n] = index[a];
                toCount[n++] = count[a++];
            } else if (a >= size || other.index[b] < index[a]) {
                toIndex[n] = other.index[b];
                toCount[n++] = sign * other.count[b++];
            } else {
                toIndex[n] = index[a];
                toCount[n++] = count[a++] + sign * other.count[b++];
            }
        }
        return new Row(toIndex, toCount, null, n);
    }

    /** Adds the other row to this compensated one from bucket {@code from} on; in place where the layouts agree. */
    Row accumulate(Row other, int from) {
        if (from >= other.size) {
            return this;
        }
        Row target = from == 0 && sameLayout(other) ? this : union(other, from);
        for (int i = from, at = 0; i < other.size; i++) {
            while (target.index[at] != other.index[i]) {
                at++;
            }
            accumulate(target.count, target.compensation, at, other.count[i]);
            double rest = other.compensationAt(i);
            if (rest != 0) {
                accumulate(target.count, target.compensation, at, rest);
            }
        }
        return target;
    }

    /** This row with empty buckets added for those that only the other one has. */
    private Row union(Row other, int from) {
        int[] toIndex = new int[size + other.size - from];
        double[] toCount = new double[toIndex.length];
        double[] toCompensation = new double[toIndex.length];
        int n = 0;
        int a = 0;
        int b = from;
        while (a < size || b < other.size) {
            boolean own = a < size && (b >= other.size || index[a] <= other.index[b]);
            if (own && b < other.size && index[a] == other.index[b]) {
                b++;
            }
            toIndex[n] = own ? index[a] : other.index[b++];
            if (own) {
                toCount[n] = count[a];
                toCompensation[n] = compensationAt(a++);
            }
            n++;
        }
        return new Row(toIndex, toCount, toCompensation, n);
    }

    /** The first bucket whose upper bound lies above the zero threshold of an exponential histogram. */
    int firstAbove(double threshold, int schema) {
        int i = 0;
        while (i < size && Schemas.bound(index[i], schema) <= threshold) {
            i++;
        }
        return i;
    }

    /** The row from bucket {@code from} on. */
    Row from(int from) {
        if (from == 0) {
            return this;
        }
        double @Nullable [] rest = compensation == null ? null : Arrays.copyOfRange(compensation, from, size);
        return new Row(Arrays.copyOfRange(index, from, size), Arrays.copyOfRange(count, from, size), rest, size - from);
    }

    boolean hasInfinite() {
        for (int i = 0; i < size; i++) {
            if (Double.isInfinite(count[i])) {
                return true;
            }
        }
        return false;
    }
}
