package io.tocsin.promql.histogram;

/** Compensated summation (Neumaier 1974): the lost low-order part of each addition is kept beside the sum. */
final class Neumaier {
    private Neumaier() {}

    /**
     * The compensation after adding {@code increment} to {@code sum}; the new sum is {@code sum + increment}. An
     * infinite sum has none, since Inf − Inf would turn it into NaN.
     */
    static double compensation(double sum, double compensation, double increment) {
        double total = sum + increment;
        if (Double.isInfinite(total)) {
            return 0;
        }
        double lost = Math.abs(sum) >= Math.abs(increment) ? (sum - total) + increment : (increment - total) + sum;
        return compensation + lost;
    }
}
