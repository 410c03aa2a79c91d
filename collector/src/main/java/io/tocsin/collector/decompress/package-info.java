/**
 * What a body is once its compression is undone; bounded, so that a small body cannot become a large one.
 * Touches no topic. Pure.
 */
@NullMarked
package io.tocsin.collector.decompress;

import org.jspecify.annotations.NullMarked;
