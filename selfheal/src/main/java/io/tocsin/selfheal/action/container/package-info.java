/**
 * Has Docker or Podman restart, start, stop, pause and unpause containers, by the Docker Engine API.
 * Touches no topic. Shell.
 */
@NullMarked
package io.tocsin.selfheal.action.container;

import org.jspecify.annotations.NullMarked;
