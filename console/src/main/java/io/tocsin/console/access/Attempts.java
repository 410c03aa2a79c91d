package io.tocsin.console.access;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Slows down whoever guesses passwords: after some failures of one name or one address, each further try must wait. */
final class Attempts {

    private static final int FREE = 5;
    private static final Duration FIRST_WAIT = Duration.ofSeconds(5);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
    private static final int MOST = 10_000;

    private record Failures(int count, Instant last) {

        /** Doubles with each failure past those that are free. */
        Instant waitUntil() {
            if (count < FREE) {
                return Instant.MIN;
            }
            Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(count - FREE, 10));
            return last.plus(wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT);
        }
    }

    /** Those that failed longest ago first. */
    private final LinkedHashMap<String, Failures> failures = new LinkedHashMap<>();

    /** How long this one must wait; zero when it need not. */
    synchronized Duration wait(String who, Instant now) {
        Failures known = failures.get(who);
        return known == null || !known.waitUntil().isAfter(now)
                ? Duration.ZERO
                : Duration.between(now, known.waitUntil());
    }

    synchronized void failed(String who, Instant now) {
        Failures known = failures.remove(who);
        // Long ago is forgiven.
        int before =
                known == null || known.last().plus(LONGEST_WAIT.multipliedBy(2)).isBefore(now) ? 0 : known.count();
        failures.put(who, new Failures(before + 1, now));
        if (failures.size() > MOST) {
            Map.Entry<String, Failures> oldest = failures.firstEntry();
            failures.remove(oldest.getKey());
        }
    }

    synchronized void succeeded(String who) {
        failures.remove(who);
    }
}
