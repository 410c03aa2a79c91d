package io.tocsin.selfheal.action;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/**
 * One step's order to act, as its executor needs to know it.
 *
 * @param id of repair and step: the same at every try, so that targets which hold it can tell a repetition
 * @param token of the lease; a target that has seen a newer one refuses
 * @param begunAt when the step was first begun
 * @param begunNanos the same moment by this machine's {@link System#nanoTime}
 * @param repeated whether an earlier try may have had its effect already
 * @param timeout how long it may take
 * @param allowed asked again and again: whether it may go on
 */
public record Order(
        String id,
        long token,
        Instant begunAt,
        long begunNanos,
        boolean repeated,
        Duration timeout,
        BooleanSupplier allowed) {

    /**
     * An order.
     *
     * @param now in the time of {@code begunAt}
     */
    public static Order of(
            String id,
            long token,
            Instant begunAt,
            Instant now,
            boolean repeated,
            Duration timeout,
            BooleanSupplier allowed) {
        long age = Math.max(0, Duration.between(begunAt, now).toNanos());
        return new Order(id, token, begunAt, System.nanoTime() - age, repeated, timeout, allowed);
    }

    /** The same, when something was done. */
    Order begun() {
        return new Order(id, token, begunAt, begunNanos, true, timeout, allowed);
    }

    /** How long ago the step was first begun. */
    public Duration age() {
        return Duration.ofNanos(System.nanoTime() - begunNanos);
    }

    /** Whether something that is at least this old can be the effect of an earlier try. */
    public boolean mayHaveMade(Duration ageAtLeast) {
        return repeated && ageAtLeast.compareTo(age()) < 0;
    }

    /**
     * To be asked right before anything is changed.
     *
     * @throws Trouble when it is no longer allowed
     */
    public void require() throws Trouble {
        if (!allowed.getAsBoolean()) {
            throw new Trouble(Outcome.End.STOPPED, "nothing more was done: it is no longer allowed to run");
        }
    }
}
