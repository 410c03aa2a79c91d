package io.tocsin.rulesengine.state;

import java.util.Collection;
import java.util.Collections;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How far each of several sources has got, and how far all of them have, where a source can be left out until
 * it has caught up. Nothing but reports and {@link #without} moves it.
 *
 * @param marks per source the newest tick it reported, Unix milliseconds
 * @param excluded the sources that are left out
 */
public record Watermarks(SortedMap<String, Long> marks, SortedSet<String> excluded) {

    private static final int LAYOUT = 1;

    /** What "never reported" counts as. */
    public static final long NOTHING = Long.MIN_VALUE;

    /** How near the newest a source must come to be waited for again, milliseconds. */
    private static final long RETURN_MS = 5_000;

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

    /** A source reached a tick; one that was left out is waited for again once it is near the newest. */
    public Watermarks reached(String source, long tickMs) {
        TreeMap<String, Long> next = new TreeMap<>(marks);
        next.merge(source, tickMs, Math::max);
        long newest = Collections.max(next.values());
        TreeSet<String> out = new TreeSet<>(excluded);
        out.removeIf(name -> next.getOrDefault(name, NOTHING) >= newest - RETURN_MS);
        return new Watermarks(next, out);
    }

    /** Leaves these sources out, until they are near the others again. */
    public Watermarks without(Collection<String> sources) {
        TreeSet<String> out = new TreeSet<>(excluded);
        out.addAll(sources);
        return new Watermarks(marks, out);
    }

    /** The sources that hold the others up: the least of those that are not left out, where another one is further. */
    public SortedSet<String> behind() {
        TreeSet<String> behind = new TreeSet<>();
        long newest = newest();
        long least = reachedByAll().orElse(NOTHING);
        marks.forEach((name, mark) -> {
            if (!excluded.contains(name) && mark == least && mark < newest) {
                behind.add(name);
            }
        });
        return behind;
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
