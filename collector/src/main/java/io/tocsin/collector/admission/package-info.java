/**
 * Whether there is room for a request, and which ones are under way.
 * Touches no topic. Pure but for its counters.
 */
@NullMarked
package io.tocsin.collector.admission;

import org.jspecify.annotations.NullMarked;
