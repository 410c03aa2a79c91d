/**
 * YAML that people write: every mistake with its place and the nearest valid name.
 * Touches no topic. Pure.
 */
@NullMarked
package io.tocsin.collector.config;

import org.jspecify.annotations.NullMarked;
