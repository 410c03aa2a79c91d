/**
 * Reads probes.yaml.
 * Touches no topic. Pure.
 */
@NullMarked
package io.tocsin.collector.probe.file;

import org.jspecify.annotations.NullMarked;
