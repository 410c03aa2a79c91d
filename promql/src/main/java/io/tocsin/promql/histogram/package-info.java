/**
 * Native histograms: decides what adding, comparing, trimming and reading a histogram means.
 * Touches no topic.
 * Pure.
 */
@NullMarked
package io.tocsin.promql.histogram;

import org.jspecify.annotations.NullMarked;
