/**
 * Shows alerts, groups, silences and receivers as Alertmanager's API v2 does, and beside it incidents, notices and
 * reasons. Decides nothing but what a silence may be. Touches no topic. Shell.
 */
@NullMarked
package io.tocsin.notifier.api;

import org.jspecify.annotations.NullMarked;
