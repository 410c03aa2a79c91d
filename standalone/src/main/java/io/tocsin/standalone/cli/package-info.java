/**
 * The command line: decides nothing, calls the modules' own classes and prints what they say.
 * Touches no topics itself.
 * Shell: reads files and writes to the terminal.
 */
@NullMarked
package io.tocsin.standalone.cli;

import org.jspecify.annotations.NullMarked;
