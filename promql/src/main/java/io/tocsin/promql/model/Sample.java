package io.tocsin.promql.model;

import io.tocsin.promql.histogram.FloatHistogram;
import org.jspecify.annotations.Nullable;

/**
 * An element of an instant vector.
 *
 * @param timestampMs Unix time in milliseconds
 * @param value the value, without meaning where there is a histogram
 */
public record Sample(Labels labels, long timestampMs, double value, @Nullable FloatHistogram histogram) {}
