package io.tocsin.promql.engine;

/**
 * Compensated sums over a window that slides forward, without subtraction (a queue of two stacks): behind a border, the
 * sums of all suffixes are kept; from the border on, one running sum. When the window has left the border behind, its
 * end becomes the next border. So each sample is added twice, whatever the window's length.
 */
final class WindowSum {

    /** From so many samples on this is faster than adding them all. */
    static final int WORTHWHILE = 64;

    private double[] suffixes = new double[0];
    private double[] suffixRests = suffixes;
    /** Where the suffixes start, and the border where they end. */
    private int first;

    private int border;
    private int next;
    private double sum;
    private double rest;

    void start() {
        first = 0;
        border = 0;
        next = 0;
    }

    double of(double[] v, int lo, int hi, Budget budget) {
        if (lo >= border || next > hi || lo < first) {
            turn(v, lo, hi, budget);
        }
        for (; next < hi; next++) {
            rest = GoMath.compensation(sum, rest, v[next]);
            sum += v[next];
        }
        budget.work(4);
        double suffix = suffixes[lo - first];
        double compensation = GoMath.compensation(suffix, suffixRests[lo - first] + rest, sum);
        return suffix + sum + compensation;
    }

    private void turn(double[] v, int lo, int hi, Budget budget) {
        int n = hi - lo;
        budget.work(n);
        if (suffixes.length < n) {
            suffixes = new double[n];
            suffixRests = new double[n];
        }
        double total = 0;
        double totalRest = 0;
        for (int i = n - 1; i >= 0; i--) {
            totalRest = GoMath.compensation(total, totalRest, v[lo + i]);
            total += v[lo + i];
            suffixes[i] = total;
            suffixRests[i] = totalRest;
        }
        first = lo;
        border = hi;
        next = hi;
        sum = 0;
        rest = 0;
    }
}
