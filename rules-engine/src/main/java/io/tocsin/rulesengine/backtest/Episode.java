package io.tocsin.rulesengine.backtest;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * From where an alert began to fire until it was over; data that went missing meanwhile, and crossings back and forth
 * while it recovered, are within.
 *
 * @param labels of the alert
 * @param fromMs Unix milliseconds
 * @param untilMs {@link Long#MAX_VALUE} while it is not over at the end of the log
 * @param began why it began, as transitions name it
 * @param ended why it was over, "" while it is not
 * @param value of the expression when it began
 */
public record Episode(
        SortedMap<String, String> labels, long fromMs, long untilMs, String began, String ended, double value) {

    public Episode {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }

    static Episode begun(Map<String, String> labels, long fromMs, String reason, double value) {
        return new Episode(new TreeMap<>(labels), fromMs, Long.MAX_VALUE, reason, "", value);
    }

    Episode over(long atMs, String reason) {
        return new Episode(labels, fromMs, atMs, began, reason, value);
    }

    /** Whether it is not over. */
    public boolean isOpen() {
        return untilMs == Long.MAX_VALUE;
    }

    /** How much of it lies in a span, milliseconds. */
    public long within(long spanFromMs, long spanToMs) {
        return Math.max(0, Math.min(untilMs, spanToMs) - Math.max(fromMs, spanFromMs));
    }
}
