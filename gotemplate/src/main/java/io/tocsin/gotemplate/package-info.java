/**
 * The template language of Go's {@code text/template}: decides what a template means, byte for byte as Go does.
 * Touches no topics.
 * Pure: needs only the JDK; the clock of a time limit is handed in.
 */
@NullMarked
package io.tocsin.gotemplate;

import org.jspecify.annotations.NullMarked;
