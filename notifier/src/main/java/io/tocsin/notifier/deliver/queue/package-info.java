/**
 * Tells queues and topics.
 * Touches the topic that a receiver names. Shell around pure messages.
 */
@NullMarked
package io.tocsin.notifier.deliver.queue;

import org.jspecify.annotations.NullMarked;
