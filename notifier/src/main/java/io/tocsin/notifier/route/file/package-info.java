/**
 * Decides whether an {@code alertmanager.yml} is right, and says where it is not.
 * Touches no topic. Pure, but for the YAML parser.
 */
@NullMarked
package io.tocsin.notifier.route.file;

import org.jspecify.annotations.NullMarked;
