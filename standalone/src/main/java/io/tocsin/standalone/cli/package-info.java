/**
 * The subcommands that talk to a running instance or work on files.
 * Touches no topic. Shell.
 */
@NullMarked
package io.tocsin.standalone.cli;

import org.jspecify.annotations.NullMarked;
