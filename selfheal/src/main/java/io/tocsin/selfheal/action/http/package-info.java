/**
 * HTTP with what executors act on, over TCP and Unix sockets.
 * Touches no topic. Shell.
 */
@NullMarked
package io.tocsin.selfheal.action.http;

import org.jspecify.annotations.NullMarked;
