/**
 * Reads playbook and inventory files; every problem carries its position and the nearest valid name.
 * Touches no topic. Pure, on top of a YAML parser.
 */
@NullMarked
package io.tocsin.selfheal.playbook.read;

import org.jspecify.annotations.NullMarked;
