/**
 * What a playbook and an inventory say: which incident, which target, which steps, how to know that it worked.
 * Touches no topic. Pure.
 */
@NullMarked
package io.tocsin.selfheal.playbook;

import org.jspecify.annotations.NullMarked;
