/**
 * Starts and stops everything in one process tree, on ports and in directories of its own.
 * Creates every topic. Shell.
 */
@NullMarked
package io.tocsin.standalone.up;

import org.jspecify.annotations.NullMarked;
