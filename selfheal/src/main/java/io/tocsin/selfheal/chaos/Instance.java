package io.tocsin.selfheal.chaos;

import io.tocsin.selfheal.chaos.Fault.Kind;
import io.tocsin.selfheal.chaos.Ledger.Gone;
import io.tocsin.selfheal.machine.Right;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One instance of self-healing: it renews its lease each second and looks for something to do, while it lives. What it
 * knows of its right to act is {@link Right}.
 */
final class Instance {

    private static final long RENEW_EVERY = 1_000;
    private static final long LOOK_EVERY = 2_000;
    private static final long READ_EVERY = 1_000;
    private static final long CURRENT = 15_000;
    private static final long LONGEST_READING = 60_000;

    private final Simulation simulation;
    private final String name;
    private final long clockOffset;
    private final Doctor doctor;
    private final Nurse nurse;
    private Right right;
    private boolean alive;
    private boolean looking;
    private long life;
    private long token;
    private boolean caughtUp;
    private long readsFrom;
    private long readAt;
    private long stillUntil;

    Instance(Simulation simulation, String name) {
        this.simulation = simulation;
        this.name = name;
        this.clockOffset = simulation.dice().of("clock", name).between(0, Simulation.DAY);
        this.nurse = new Nurse(simulation, this);
        this.doctor = new Doctor(simulation, this);
        this.right = Right.none(nanos(), wallClock());
    }

    String name() {
        return name;
    }

    /** The instance's process starts. */
    void start() {
        alive = true;
        life++;
        long now = life;
        caughtUp = false;
        readsFrom = simulation.agenda().now()
                + simulation.dice().of("reading", name, life).between(0, LONGEST_READING);
        right = Right.none(nanos(), wallClock());
        token = 0;
        simulation.agenda().in(phase("renew"), () -> renew(now));
        simulation.agenda().in(phase("read"), () -> read(now));
        simulation.agenda().in(phase("look"), () -> look(now));
    }

    private long phase(String what) {
        return simulation.dice().of(what, name, life).between(0, RENEW_EVERY);
    }

    /** The process dies with its commands. */
    void kill() {
        alive = false;
        life++;
        nurse.dies();
    }

    /** The process and its commands stand still until then. */
    void stand(long until) {
        stillUntil = Math.max(stillUntil, until);
    }

    boolean standsStill() {
        return simulation.agenda().now() < stillUntil;
    }

    long resumes() {
        return stillUntil;
    }

    boolean holds(Kind kind) {
        return simulation.faults().holds(kind, name, simulation.agenda().now());
    }

    private boolean reachesDatabase() {
        return !holds(Kind.CUT_FROM_DATABASE)
                && !simulation
                        .faults()
                        .holds(Kind.DATABASE_DOWN, "", simulation.agenda().now());
    }

    /** @throws Gone when the database is out of reach */
    void requireDatabase() throws Gone {
        if (!reachesDatabase()) {
            throw new Gone("the database is out of reach");
        }
    }

    /**
     * Waits for something; other things happen meanwhile.
     *
     * @throws Gone when this process did not live to see the end
     */
    void await(long millis) throws Gone {
        long born = life;
        simulation.agenda().pass(millis);
        while (standsStill() && life == born) {
            simulation.agenda().pass(stillUntil - simulation.agenda().now());
        }
        if (life != born) {
            throw new Gone("it died");
        }
    }

    /** The monotonic clock, in nanoseconds. */
    private long nanos() {
        return Duration.ofMillis(simulation.agenda().now() + clockOffset).toNanos();
    }

    private Instant wallClock() {
        long wrong = holds(Kind.CLOCK_WRONG)
                ? simulation.faults().until(Kind.CLOCK_WRONG, name)
                        - simulation.agenda().now()
                : 0;
        return simulation.agenda().instant().plusMillis(wrong);
    }

    /** The time as this instance knows it. */
    Instant now() {
        return simulation.has(Protection.SHARED_TIME) ? right.now(nanos()) : wallClock();
    }

    /** Whether what runs under this token may go on. */
    boolean mayAct(long under) {
        if (!alive) {
            return false;
        }
        Right mine = simulation.has(Protection.SWITCH_STOPS) ? right : right.read(false, nanos(), right.now(nanos()));
        return simulation.has(Protection.TERM) ? mine.mayAct(under, nanos()) : !mine.frozen();
    }

    long token() {
        return token;
    }

    boolean caughtUp() {
        return caughtUp;
    }

    /** Whether it knows everything in the log, as of a moment ago. */
    boolean current() {
        return caughtUp && (simulation.agenda().now() - readAt < CURRENT || !simulation.has(Protection.CURRENT_LOG));
    }

    private void renew(long born) {
        if (life != born) {
            return;
        }
        if (standsStill()) {
            simulation.agenda().at(stillUntil, () -> renew(born));
            return;
        }
        if (reachesDatabase()) {
            right = right.leased(simulation.ledger().hold(name), nanos(), Duration.ofMillis(Ledger.LEASE))
                    .read(
                            simulation.ledger().frozen(),
                            nanos(),
                            simulation.agenda().instant());
        }
        simulation.agenda().in(RENEW_EVERY, () -> renew(born));
    }

    /** The log is read beside everything else, however slow that is. */
    private void read(long born) {
        if (life != born) {
            return;
        }
        if (standsStill()) {
            simulation.agenda().at(stillUntil, () -> read(born));
            return;
        }
        if (reachesDatabase()
                && !holds(Kind.CUT_FROM_LOG)
                && simulation.agenda().now() >= readsFrom) {
            simulation.ledger().read(simulation.newsroom());
            caughtUp = true;
            readAt = simulation.agenda().now();
        }
        simulation.agenda().in(READ_EVERY, () -> read(born));
    }

    private void look(long born) {
        if (life != born) {
            return;
        }
        if (standsStill()) {
            simulation.agenda().at(stillUntil, () -> look(born));
            return;
        }
        if (!looking) {
            looking = true;
            try {
                look();
            } catch (Gone gone) {
                // Nothing was done that is not written down; the next look begins anew.
                nurse.interrupted(gone);
            } finally {
                looking = false;
            }
        }
        if (life == born) {
            simulation.agenda().in(LOOK_EVERY, () -> look(born));
        }
    }

    private void look() throws Gone {
        Optional<Long> held = simulation.has(Protection.TERM) ? right.token(nanos()) : right.token();
        if (held.isEmpty() || held.get() != token) {
            nurse.abandon();
        }
        token = held.orElse(0L);
        if (held.isPresent()) {
            requireDatabase();
            attend();
            if (doctor.decide()) {
                attend();
            }
        }
    }

    private void attend() throws Gone {
        if (caughtUp) {
            nurse.attend();
        }
    }
}
