/**
 * What a probe is, when it is due, what its findings mean and which metrics they become.
 * Touches no topic. Pure.
 */
@NullMarked
package io.tocsin.collector.probe;

import org.jspecify.annotations.NullMarked;
