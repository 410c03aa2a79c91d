/**
 * What past repairs say of their playbooks: how often and how fast they helped, which one must ask again, and what has none.
 * Touches no topic. Pure.
 */
@NullMarked
package io.tocsin.selfheal.statistics;

import org.jspecify.annotations.NullMarked;
