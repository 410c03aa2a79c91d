/**
 * Runs the demo shop beside an instance and breaks it on request.
 * Touches no topic. Shell.
 */
@NullMarked
package io.tocsin.standalone.demo;

import org.jspecify.annotations.NullMarked;
