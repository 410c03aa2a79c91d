package io.tocsin.rulesengine.topology;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Pairs the two sides of calls and counts the calls of each edge in windows of stream time. Mutable and owned by one
 * thread; the shell mirrors every change to its stores and rebuilds this from them. A client whose server does not
 * answer is a call to the service that was last behind the same address, else to a virtual callee named by the address.
 */
public final class Pairing {

    /** What the shell must write to its stores. */
    public interface Mirror {
        void waits(HalfCall half);

        void nolongerWaits(HalfCall half);

        void counted(EdgeWindow window);

        void peer(String address, String service);

        void peerForgotten(String address);
    }

    private static final double NANOS = 1e9;

    private final PairPolicy policy;
    private final Mirror mirror;
    // In order of arrival, so that the first ones expire first.
    private final LinkedHashMap<String, HalfCall> waiting = new LinkedHashMap<>();
    private final SortedMap<Long, SortedMap<EdgeKey, EdgeWindow>> windows = new TreeMap<>();
    private final Map<String, String> peers;
    private long streamMs;
    private long evicted;

    public Pairing(PairPolicy policy, Mirror mirror) {
        this.policy = policy;
        this.mirror = mirror;
        this.peers = new LinkedHashMap<>(64, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
                boolean full = size() > policy.maxPeers();
                if (full) {
                    mirror.peerForgotten(eldest.getKey());
                }
                return full;
            }
        };
    }

    /** Takes back what was mirrored before a restart, and how far stream time was. */
    public void restore(
            Collection<HalfCall> halves, Collection<EdgeWindow> counted, Map<String, String> addresses, long nowMs) {
        halves.stream()
                .sorted((a, b) -> Long.compare(a.arrivalMs(), b.arrivalMs()))
                .forEach(half -> waiting.put(key(half.call(), half.client()), half));
        counted.forEach(this::put);
        peers.putAll(addresses);
        streamMs = nowMs;
    }

    /** Sides that gave way because too many were waiting. */
    public long evicted() {
        return evicted;
    }

    public int waiting() {
        return waiting.size();
    }

    /**
     * Takes one side of a call. It moves no time: the shard of the other side may be far behind, and only what all shards
     * have passed counts as waited for.
     */
    public void offer(HalfCall half) {
        HalfCall other = waiting.remove(key(half.call(), !half.client()));
        if (other == null) {
            await(half);
        } else {
            mirror.nolongerWaits(other);
            answered(half.client() ? half : other, half.client() ? other : half);
        }
    }

    /** Stream time goes on to {@code nowMs}: expires what waited too long; returns the windows that ended. */
    public List<EdgeWindow> advance(long nowMs) {
        streamMs = Math.max(streamMs, nowMs);
        Iterator<HalfCall> oldest = waiting.values().iterator();
        while (oldest.hasNext()) {
            HalfCall half = oldest.next();
            if (streamMs - half.arrivalMs() < policy.expiryMs()) {
                break;
            }
            oldest.remove();
            expire(half);
        }
        return endWindows();
    }

    private void await(HalfCall half) {
        HalfCall twin = waiting.putIfAbsent(key(half.call(), half.client()), half);
        if (twin != null) {
            return;
        }
        mirror.waits(half);
        if (waiting.size() > policy.maxWaiting()) {
            HalfCall oldest = waiting.sequencedValues().getFirst();
            waiting.remove(key(oldest.call(), oldest.client()));
            evicted++;
            expire(oldest);
        }
    }

    private void answered(HalfCall client, HalfCall server) {
        if (!client.peer().isEmpty() && !server.service().equals(peers.put(address(client), server.service()))) {
            mirror.peer(address(client), server.service());
        }
        EdgeKey edge = new EdgeKey(client.environment(), client.service(), server.service());
        count(new EdgeWindow(
                edge,
                windowEnd(Math.max(client.arrivalMs(), server.arrivalMs())),
                1,
                client.failed() ? 1 : 0,
                server.failed() ? 1 : 0,
                0,
                client.durationNs() / NANOS,
                server.durationNs() / NANOS,
                false));
    }

    private void expire(HalfCall half) {
        mirror.nolongerWaits(half);
        if (!half.client() || half.peer().isEmpty()) {
            // A server whose caller is not instrumented, or a client that does not say whom it called: no edge.
            return;
        }
        String known = peers.get(address(half));
        EdgeKey edge = new EdgeKey(half.environment(), half.service(), known == null ? half.peer() : known);
        count(new EdgeWindow(
                edge,
                windowEnd(half.arrivalMs()),
                1,
                half.failed() ? 1 : 0,
                0,
                1,
                half.durationNs() / NANOS,
                0,
                known == null));
    }

    private void count(EdgeWindow one) {
        mirror.counted(put(one));
    }

    private EdgeWindow put(EdgeWindow one) {
        return windows.computeIfAbsent(one.endMs(), end -> new TreeMap<>()).merge(one.edge(), one, EdgeWindow::plus);
    }

    /** A window that is still open: what arrived in one that has ended counts in the one after. */
    private long windowEnd(long arrivalMs) {
        return (Math.floorDiv(Math.max(streamMs, arrivalMs), policy.windowMs()) + 1) * policy.windowMs();
    }

    private List<EdgeWindow> endWindows() {
        List<EdgeWindow> ended = new ArrayList<>();
        while (!windows.isEmpty() && windows.firstKey() <= streamMs) {
            ended.addAll(
                    Objects.requireNonNull(windows.remove(windows.firstKey())).values());
        }
        return ended;
    }

    private static String key(String call, boolean client) {
        return (client ? "c" : "s") + call;
    }

    private static String address(HalfCall client) {
        return client.environment() + '\0' + client.peer();
    }
}
