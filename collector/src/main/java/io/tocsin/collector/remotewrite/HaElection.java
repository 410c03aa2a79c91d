package io.tocsin.collector.remotewrite;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which replica of a pair is heard. The first one heard is elected; another one takes over when nothing came from it for a time.
 * Times are System.nanoTime values. One collector knows only what it hears itself: both replicas must send to the same one.
 */
final class HaElection {

    static final int MOST_CLUSTERS = 10_000;

    private final long failoverNanos;
    private final Map<String, Elected> elected = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Elected> eldest) {
            return size() > MOST_CLUSTERS;
        }
    };

    private record Elected(String replica, long heard) {}

    HaElection(Duration failover) {
        this.failoverNanos = failover.toNanos();
    }

    /** Whether what this replica sends is taken; otherwise its pair has sent the same. */
    synchronized boolean hears(String cluster, String replica, long now) {
        Elected known = elected.get(cluster);
        boolean other = known != null && !known.replica().equals(replica) && now - known.heard() <= failoverNanos;
        if (!other) {
            elected.put(cluster, new Elected(replica, now));
        }
        return !other;
    }
}
