/**
 * What the template functions of Prometheus and Alertmanager share: numbers and words for people, replacements.
 * Touches no topics.
 * Pure.
 */
@NullMarked
package io.tocsin.gotemplate.prometheus;

import org.jspecify.annotations.NullMarked;
