/**
 * Tells by HTTP: Alertmanager's webhook format, signed as Standard Webhooks says.
 * Touches no topic. Shell; the payload and the signature are pure.
 */
@NullMarked
package io.tocsin.notifier.deliver.webhook;

import org.jspecify.annotations.NullMarked;
