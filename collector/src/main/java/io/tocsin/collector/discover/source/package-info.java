/**
 * Asks files, name servers, URLs, Kubernetes and container engines for targets.
 * Touches no topic. Shell.
 */
@NullMarked
package io.tocsin.collector.discover.source;

import org.jspecify.annotations.NullMarked;
