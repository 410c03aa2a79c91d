/**
 * The words of a notice for one receiver: its texts rendered and cut to the service's limits, its secrets read.
 * Touches no topic. Pure, but for reading the files that secrets are kept in.
 */
@NullMarked
package io.tocsin.notifier.deliver.say;

import org.jspecify.annotations.NullMarked;
