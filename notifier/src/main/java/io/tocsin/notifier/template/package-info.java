/**
 * What a notice says: Go templates over Alertmanager's data, with default texts and the user's own beside them.
 * Touches no topic. Pure, but for reading template files at the start.
 */
@NullMarked
package io.tocsin.notifier.template;

import org.jspecify.annotations.NullMarked;
