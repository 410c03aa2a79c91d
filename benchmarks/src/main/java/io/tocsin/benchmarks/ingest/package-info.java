/**
 * {@code tocsin bench ingest}: what a data point and a span cost the collector.
 * Shell.
 */
@NullMarked
package io.tocsin.benchmarks.ingest;

import org.jspecify.annotations.NullMarked;
