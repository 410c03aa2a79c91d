/**
 * What is known of incidents and their repairs: folds the log into a bounded picture that pages show.
 * Touches no topic. Pure.
 */
@NullMarked
package io.tocsin.console.incident;

import org.jspecify.annotations.NullMarked;
