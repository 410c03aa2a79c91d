/**
 * The machine that an instance runs on, in the metrics of OpenTelemetry's system conventions.
 * Touches no topic. Shell.
 */
@NullMarked
package io.tocsin.standalone.host;

import org.jspecify.annotations.NullMarked;
