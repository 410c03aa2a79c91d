/**
 * How large what is published may be.
 * Touches no topic. Pure.
 */
@NullMarked
package io.tocsin.collector.limits;

import org.jspecify.annotations.NullMarked;
