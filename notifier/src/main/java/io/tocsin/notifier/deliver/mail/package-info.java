/**
 * Tells by e-mail: a message with HTML and plain text, in its group's thread, sent over SMTP.
 * Touches no topic. Shell around a pure message.
 */
@NullMarked
package io.tocsin.notifier.deliver.mail;

import org.jspecify.annotations.NullMarked;
