/**
 * Changes objects of Kubernetes clusters, each with the fencing token written to it.
 * Touches no topic. Shell.
 */
@NullMarked
package io.tocsin.selfheal.action.kubernetes;

import org.jspecify.annotations.NullMarked;
