package io.tocsin.promql.engine;

import java.util.Arrays;

/** Quantiles of plain values, interpolated between neighbours; NaN sorts below all numbers. */
final class Quantiles {

    private Quantiles() {}

    /** The φ-quantile of the first n values, which it sorts: NaN for none or φ = NaN, infinite for φ beyond 0 and 1. */
    static double of(double phi, double[] values, int n) {
        if (n == 0 || Double.isNaN(phi)) {
            return Double.NaN;
        }
        if (phi < 0) {
            return Double.NEGATIVE_INFINITY;
        }
        if (phi > 1) {
            return Double.POSITIVE_INFINITY;
        }
        int numbers = nanFirst(values, n);
        Arrays.sort(values, n - numbers, n);
        double rank = phi * (n - 1);
        int lower = (int) Math.max(0, Math.floor(rank));
        int upper = Math.min(n - 1, lower + 1);
        double weight = rank - Math.floor(rank);
        return values[lower] * (1 - weight) + values[upper] * weight;
    }

    /** Moves NaNs to the front and counts the rest. */
    private static int nanFirst(double[] values, int n) {
        int write = n - 1;
        for (int i = n - 1; i >= 0; i--) {
            if (!Double.isNaN(values[i])) {
                values[write--] = values[i];
            }
        }
        Arrays.fill(values, 0, write + 1, Double.NaN);
        return n - 1 - write;
    }
}
