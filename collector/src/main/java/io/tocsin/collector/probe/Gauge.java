package io.tocsin.collector.probe;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** One value of a gauge, with Prometheus' own name. */
public record Gauge(String name, NavigableMap<String, String> labels, double value) {

    public Gauge {
        labels = new TreeMap<>(labels);
    }

    static Gauge of(String name, double value) {
        return new Gauge(name, new TreeMap<>(), value);
    }

    /** A count, or a time in seconds; far below what a double holds exactly. */
    static Gauge of(String name, long value) {
        return of(name, (double) value);
    }

    static Gauge of(String name, boolean value) {
        return of(name, value ? 1L : 0L);
    }

    static Gauge of(String name, String label, String labelValue, double value) {
        return new Gauge(name, new TreeMap<>(Map.of(label, labelValue)), value);
    }
}
