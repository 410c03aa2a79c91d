/**
 * Tells trackers: one issue for a group, followed through its life.
 * Touches no topic. Pure.
 */
@NullMarked
package io.tocsin.notifier.deliver.issue;

import org.jspecify.annotations.NullMarked;
