/**
 * The collector and the broker as processes of their own: what they cost is theirs alone, and they can be killed.
 * Shell.
 */
@NullMarked
package io.tocsin.benchmarks.ingest.process;

import org.jspecify.annotations.NullMarked;
