/**
 * Decides which series and samples the metrics of one OTLP resource are: names, labels, values, start times.
 * Reads what lies on the metrics topic. Pure; the generated OTLP types stop here.
 */
@NullMarked
package io.tocsin.rulesengine.otlp;

import org.jspecify.annotations.NullMarked;
