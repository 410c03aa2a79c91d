package io.tocsin.collector.probe;

import java.util.Map;

/**
 * One target of a probe.
 *
 * @param address as the check wants it: a URL, a host, a host with port
 * @param labels that its series carry
 */
public record ProbeTarget(Probe probe, String address, Map<String, String> labels) {

    public ProbeTarget {
        labels = Map.copyOf(labels);
    }

    /** What tells it from all other targets of this prober. */
    public Key key() {
        return new Key(probe.name(), address);
    }

    /** A probe's name and an address. */
    public record Key(String probe, String address) {}
}
