/**
 * From an existing Prometheus and Alertmanager to Tocsin: carries their files over, says what does not come along, and compares
 * what would be told with what is told. Sends nothing.
 * Touches no topic. Shell.
 */
@NullMarked
package io.tocsin.standalone.migrate;

import org.jspecify.annotations.NullMarked;
