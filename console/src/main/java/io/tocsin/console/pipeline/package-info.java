/**
 * How far each part of the pipeline is, and what it says of itself.
 * Touches no topic. Shell.
 */
@NullMarked
package io.tocsin.console.pipeline;

import org.jspecify.annotations.NullMarked;
