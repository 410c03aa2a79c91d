package io.tocsin.promql.histogram;

/**
 * A sum or difference of two histograms, and what had to be done for it.
 *
 * @param counterResetCollision one histogram was marked as after a reset, the other as not
 * @param boundsReconciled custom bounds differed and were reduced to the common ones
 */
public record Combined(FloatHistogram histogram, boolean counterResetCollision, boolean boundsReconciled) {}
