/**
 * Runs the spike detector over the rows of a file and draws what it made of them. Touches no topic. Shell.
 */
@NullMarked
package io.tocsin.standalone.detect;

import org.jspecify.annotations.NullMarked;
