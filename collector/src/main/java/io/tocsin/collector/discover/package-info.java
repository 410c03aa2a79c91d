/**
 * Which targets there are: what sources say, and what is made of it.
 * Touches no topic. Pure.
 */
@NullMarked
package io.tocsin.collector.discover;

import org.jspecify.annotations.NullMarked;
