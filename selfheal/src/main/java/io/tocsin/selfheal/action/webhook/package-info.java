/**
 * Posts to switches of other systems, signed as Standard Webhooks says.
 * Touches no topic. Shell.
 */
@NullMarked
package io.tocsin.selfheal.action.webhook;

import org.jspecify.annotations.NullMarked;
