package io.tocsin.rulesengine.state;

import java.util.Collection;
import java.util.Collections;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How far each of several sources has got, and how far all of them have, where a source that lags too far behind the
 * others is left out until it has caught up. Only reports move it, so the same reports in the same order always give
 * the same answer.
 *
 * @param marks per source the newest tick it reported, Unix milliseconds
 * @param excluded the sources that are left out
 */
public record Watermarks(SortedMap<String, Long> marks, SortedSet<String> excluded) {

    private static final int LAYOUT = 1;

    /** What "never reported" counts as. */
    public static final long NOTHING = Long.MIN_VALUE;

    public Watermarks {
        marks = Collections.unmodifiableSortedMap(new TreeMap<>(marks));
        excluded = Collections.unmodifiableSortedSet(new TreeSet<>(excluded));
    }

    /** Nothing is known of any source yet; more are learned as they report. */
    public static Watermarks none() {
        return new Watermarks(new TreeMap<>(), new TreeSet<>());
    }

    /** These sources are expected, and none has reported. */
    public static Watermarks expecting(Collection<String> sources) {
        TreeMap<String, Long> marks = new TreeMap<>();
        sources.forEach(source -> marks.put(source, NOTHING));
        return new Watermarks(marks, new TreeSet<>());
    }

    /** The newest tick of any source, or {@link #NOTHING}. */
    public long newest() {
        return marks.values().stream().mapToLong(Long::longValue).max().orElse(NOTHING);
    }

    /** The tick that every source has reached which is not left out; empty while one has reported nothing. */
    public OptionalLong reachedByAll() {
        OptionalLong least = marks.entrySet().stream()
                .filter(mark -> !excluded.contains(mark.getKey()))
                .mapToLong(mark -> mark.getValue())
                .min();
        return least.isPresent() && least.getAsLong() == NOTHING ? OptionalLong.empty() : least;
    }

    /**
     * A source reached a tick.
     *
     * @param sinceMs what a source that never reported is measured from: the first tick that any source reported
     * @param patienceMs how far a source may lag behind the newest before it is left out
     * @param returnMs how near it must come again to be waited for
     */
    public Watermarks reached(String source, long tickMs, long sinceMs, long patienceMs, long returnMs) {
        TreeMap<String, Long> next = new TreeMap<>(marks);
        next.merge(source, tickMs, Math::max);
        long newest = Collections.max(next.values());
        TreeSet<String> out = new TreeSet<>();
        next.forEach((name, mark) -> {
            long lag = newest - (mark == NOTHING ? sinceMs : mark);
            if (lag > (excluded.contains(name) ? returnMs : patienceMs)) {
                out.add(name);
            }
        });
        return new Watermarks(next, out);
    }

    /** What was stored of these sources; those that it does not know have not reported. */
    public Watermarks restored(Watermarks stored) {
        TreeMap<String, Long> known = new TreeMap<>(marks);
        known.putAll(stored.marks());
        return new Watermarks(known, stored.excluded());
    }

    public byte[] encode() {
        StateWriter out = new StateWriter(LAYOUT);
        out.each(marks.entrySet(), (to, mark) -> to.text(mark.getKey()).number(mark.getValue()));
        return out.each(excluded, StateWriter::text).toBytes();
    }

    public static Watermarks decode(byte[] bytes) {
        StateReader in = new StateReader(bytes, LAYOUT);
        TreeMap<String, Long> marks = new TreeMap<>();
        int size = in.count();
        for (int i = 0; i < size; i++) {
            String source = in.text();
            marks.put(source, in.number());
        }
        return new Watermarks(marks, new TreeSet<>(in.each(StateReader::text)));
    }
}
