package io.tocsin.rulesengine.evaluate;

import io.tocsin.rulesengine.state.StateReader;
import io.tocsin.rulesengine.state.StateWriter;
import io.tocsin.rulesengine.state.Watermarks;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Puts the reports of all shards together, tick by tick. A tick is ready when every shard has reached it that was
 * not left out. Owned by one thread; the shell keeps the waiting reports and {@link #position} in its stores, and leaves
 * shards out.
 */
public final class TickAssembly {

    private static final int LAYOUT = 2;

    private final SortedMap<Long, SortedMap<String, ShardReport>> waiting = new TreeMap<>();
    private final Map<Long, Set<String>> recorded;
    private Watermarks marks;
    private long doneMs = Watermarks.NOTHING;

    /** @param shards every shard that there is */
    public TickAssembly(Collection<String> shards) {
        this(shards, Map.of());
    }

    /**
     * Goes over a log again.
     *
     * @param recorded per tick the shards that it went on without the first time
     */
    public TickAssembly(Collection<String> shards, Map<Long, Set<String>> recorded) {
        this.marks = Watermarks.expecting(shards);
        this.recorded = Map.copyOf(recorded);
    }

    /** Goes on where another instance stopped; reports of ticks that are over may be among those that it left. */
    public void restore(byte[] position, Collection<ShardReport> reports) {
        StateReader in = new StateReader(position, LAYOUT);
        doneMs = in.number();
        marks = marks.restored(Watermarks.decode(in.bytes()));
        reports.stream().filter(report -> !tooLate(report)).forEach(this::put);
    }

    /** How far the assembly is, for {@link #restore}. */
    public byte[] position() {
        return new StateWriter(LAYOUT).number(doneMs).bytes(marks.encode()).toBytes();
    }

    /** Whether a report is of a tick that is over, so that it only says how far its shard is. */
    public boolean tooLate(ShardReport report) {
        return report.tickMs() <= doneMs;
    }

    /** Takes a report; returns the ticks that are ready by it, in order. */
    public List<AssembledTick> offer(ShardReport report) {
        marks = marks.reached(report.shard(), report.tickMs());
        if (!tooLate(report)) {
            put(report);
        }
        return ready();
    }

    /** How far each shard is. */
    public Watermarks marks() {
        return marks;
    }

    /** Goes on without these shards, until they have caught up; returns the ticks that are ready by it, in order. */
    public List<AssembledTick> exclude(Collection<String> shards) {
        marks = marks.without(shards);
        return ready();
    }

    private List<AssembledTick> ready() {
        List<AssembledTick> ready = new ArrayList<>();
        while (!waiting.isEmpty() && isReady(waiting.firstKey())) {
            ready.add(assemble(waiting.firstKey()));
        }
        return ready;
    }

    private boolean isReady(long tickMs) {
        OptionalLong reached =
                marks.without(recorded.getOrDefault(tickMs, Set.of())).reachedByAll();
        return reached.isPresent() && tickMs <= reached.getAsLong();
    }

    private void put(ShardReport report) {
        waiting.computeIfAbsent(report.tickMs(), tick -> new TreeMap<>()).put(report.shard(), report);
    }

    private AssembledTick assemble(long tickMs) {
        SortedMap<String, ShardReport> reports = Objects.requireNonNull(waiting.remove(tickMs));
        doneMs = tickMs;
        Set<String> before = recorded.getOrDefault(tickMs, Set.of());
        reports.keySet().removeAll(before);
        TreeSet<String> excluded = new TreeSet<>(marks.excluded());
        excluded.addAll(before);
        excluded.removeAll(reports.keySet());
        TreeSet<String> unknowing = new TreeSet<>(marks.marks().keySet());
        unknowing.removeAll(reports.keySet());
        unknowing.removeAll(excluded);
        return new AssembledTick(tickMs, reports, excluded, unknowing);
    }
}
