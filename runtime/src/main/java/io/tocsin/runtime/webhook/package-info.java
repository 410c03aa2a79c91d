/**
 * How webhooks that Tocsin sends are signed.
 * Touches no topic. Pure core.
 */
@NullMarked
package io.tocsin.runtime.webhook;

import org.jspecify.annotations.NullMarked;
