/**
 * What a configuration says of each way to tell somebody: one record for each kind, with every default filled in.
 * Touches no topic. Pure.
 */
@NullMarked
package io.tocsin.notifier.route.receiver;

import org.jspecify.annotations.NullMarked;
