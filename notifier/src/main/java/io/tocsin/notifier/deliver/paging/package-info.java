/**
 * Tells those who are woken: services that keep an incident open until it is resolved.
 * Touches no topic. Pure.
 */
@NullMarked
package io.tocsin.notifier.deliver.paging;

import org.jspecify.annotations.NullMarked;
