/**
 * Who may send what: TLS, client certificates, bearer tokens with scopes, and whether to listen without any of it.
 * Touches no topic. Shell around pure reading and checking of tokens.
 */
@NullMarked
package io.tocsin.collector.access;

import org.jspecify.annotations.NullMarked;
