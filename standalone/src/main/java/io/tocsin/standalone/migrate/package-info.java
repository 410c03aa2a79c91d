/**
 * Compares what Tocsin would tell with what an existing Alertmanager tells, and sends nothing.
 * Touches no topic. Shell.
 */
@NullMarked
package io.tocsin.standalone.migrate;

import org.jspecify.annotations.NullMarked;
