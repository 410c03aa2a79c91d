package io.tocsin.promql.histogram;

import org.jspecify.annotations.Nullable;

/** Custom bucket bounds: when two histograms have different ones, both are mapped to the bounds they share. */
final class CustomBounds {
    private CustomBounds() {}

    /** Numeric equality, so that 0 and −0 are one bound. */
    static boolean same(double[] a, double[] b) {
        if (a.length != b.length) {
            return false;
        }
        for (int i = 0; i < a.length; i++) {
            if (a[i] != b[i]) {
                return false;
            }
        }
        return true;
    }

    static double[] intersection(double[] a, double[] b) {
        double[] shared = new double[Math.min(a.length, b.length)];
        int n = 0;
        for (int i = 0, j = 0; i < a.length && j < b.length; ) {
            if (a[i] == b[j]) {
                shared[n++] = a[i++];
                j++;
            } else if (a[i] < b[j]) {
                i++;
            } else {
                j++;
            }
        }
        return java.util.Arrays.copyOf(shared, n);
    }

    /** A dense row over {@code target} bounds, to which {@link #addMapped} adds and which {@link Row#compact} trims. */
    static Row dense(int bounds) {
        int[] index = new int[bounds + 1];
        for (int i = 0; i <= bounds; i++) {
            index[i] = i;
        }
        return new Row(index, new double[bounds + 1], new double[bounds + 1], bounds + 1);
    }

    /** Adds {@code sign} times a row over {@code bounds} to a dense row over a subset of these bounds. */
    static void addMapped(Row dense, double[] target, Row row, double[] bounds, double sign) {
        int at = 0;
        for (int i = 0; i < row.size; i++) {
            int source = row.index[i];
            if (source >= bounds.length) {
                at = target.length;
            } else {
                while (at < target.length && target[at] < bounds[source]) {
                    at++;
                }
            }
            add(dense.count, dense.compensation, at, sign * row.count[i]);
            double rest = row.compensationAt(i);
            if (rest != 0) {
                add(dense.count, dense.compensation, at, sign * rest);
            }
        }
    }

    private static void add(double[] count, double @Nullable [] compensation, int at, double value) {
        if (compensation != null) {
            compensation[at] = Neumaier.compensation(count[at], compensation[at], value);
        }
        count[at] += value;
    }
}
