package io.tocsin.selfheal.machine;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The right to act, as one instance knows it. It ends by that instance's own monotonic clock, whatever else it can reach.
 *
 * @param token of the lease that is held; empty when none is
 * @param until nanosecond of the monotonic clock at which the right ends
 * @param frozen whether the kill switch was pulled when it was last read
 * @param readAt nanosecond at which reading the kill switch last began
 * @param time the database's time at {@code readAt}
 */
public record Right(Optional<Long> token, long until, boolean frozen, long readAt, Instant time) {

    /** The kill switch is effective within 5 s: who has not read it for this long behaves as if it were pulled. */
    public static final Duration SWITCH_KNOWN = Duration.ofSeconds(4);

    /** None, before anything was read. */
    public static Right none(long nanos, Instant time) {
        return new Right(Optional.empty(), nanos, true, nanos, time);
    }

    /**
     * After the lease was asked for. Of its length two thirds are usable, counted from when asking began: the rest is there
     * to kill what runs before anybody else can take over.
     *
     * @param held its token; empty when somebody else holds it
     * @param asked nanosecond at which asking began
     */
    public Right leased(Optional<Long> held, long asked, Duration length) {
        return new Right(held, asked + length.multipliedBy(2).dividedBy(3).toNanos(), frozen, readAt, time);
    }

    /**
     * After the kill switch was read.
     *
     * @param asked nanosecond at which reading began
     * @param at the database's time then
     */
    public Right read(boolean isFrozen, long asked, Instant at) {
        return new Right(token, until, isFrozen, asked, at);
    }

    /** The token, while the right lasts. */
    public Optional<Long> token(long nanos) {
        return token.filter(held -> nanos - until < 0);
    }

    /** Whether what runs under this token may go on running. */
    public boolean mayAct(long under, long nanos) {
        return !frozen
                && nanos - readAt < SWITCH_KNOWN.toNanos()
                && token(nanos).filter(held -> held == under).isPresent();
    }

    /** The time that all instances share: the database's, carried on by the monotonic clock. */
    public Instant now(long nanos) {
        return time.plusNanos(nanos - readAt);
    }
}
