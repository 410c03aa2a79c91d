/**
 * Decides whether an {@code alertmanager.yml} is right, and says where it is not.
 * Touches no topic. Shell only in that it reads the files of templates.
 */
@NullMarked
package io.tocsin.notifier.route.file;

import org.jspecify.annotations.NullMarked;
