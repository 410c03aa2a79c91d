package io.tocsin.collector.discover;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A target as a source knows it.
 *
 * @param address a URL, a host, a host with port; what the source has
 * @param labels those that begin with two underscores are for templates and filters only, as in Prometheus
 */
public record Discovered(String address, NavigableMap<String, String> labels) {

    /** The name under which templates have the address. */
    public static final String ADDRESS = "__address__";

    private static final String HIDDEN = "__";

    public Discovered {
        labels = new TreeMap<>(labels);
    }

    public static Discovered of(String address, Map<String, String> labels) {
        return new Discovered(address, new TreeMap<>(labels));
    }

    /** What templates and filters may use. */
    NavigableMap<String, String> values() {
        NavigableMap<String, String> values = new TreeMap<>(labels);
        values.put(ADDRESS, address);
        return values;
    }

    /** The labels that series carry. */
    NavigableMap<String, String> visible() {
        NavigableMap<String, String> visible = new TreeMap<>(labels);
        visible.keySet().removeIf(name -> name.startsWith(HIDDEN));
        return visible;
    }
}
