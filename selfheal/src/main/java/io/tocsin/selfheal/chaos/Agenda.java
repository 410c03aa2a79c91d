package io.tocsin.selfheal.chaos;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;

/** What happens when: events in the order of their time, and of their making. Time passes only here. */
final class Agenda implements InstantSource {

    static final Instant START = Instant.parse("2026-03-02T00:00:00Z");

    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
    private final Runnable afterEach;
    private long now;
    private long made;

    /** @param afterEach done after every event */
    Agenda(Runnable afterEach) {
        this.afterEach = afterEach;
    }

    private record Event(long at, long order, Runnable what) {}

    /** Milliseconds after the start. */
    long now() {
        return now;
    }

    @Override
    public Instant instant() {
        return START.plusMillis(now);
    }

    void at(long when, Runnable what) {
        events.add(new Event(Math.max(when, now), made++, what));
    }

    void in(long millis, Runnable what) {
        at(now + millis, what);
    }

    /** Lets this time pass, with all that happens in it. */
    void pass(long millis) {
        long until = now + millis;
        while (!events.isEmpty() && events.peek().at() <= until) {
            Event event = events.remove();
            now = Math.max(now, event.at());
            event.what().run();
            afterEach.run();
        }
        now = Math.max(now, until);
    }
}
