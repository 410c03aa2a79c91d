/**
 * Conversations over HTTP: what is asked and what an answer means is decided by pure functions, asked by one shell.
 * Touches no topic. Shell around pure decisions.
 */
@NullMarked
package io.tocsin.notifier.deliver.http;

import org.jspecify.annotations.NullMarked;
