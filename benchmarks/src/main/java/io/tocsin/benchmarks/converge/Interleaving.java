package io.tocsin.benchmarks.converge;

import io.tocsin.rulesengine.alert.AlertState;
import io.tocsin.rulesengine.alert.Fingerprint;
import io.tocsin.rulesengine.alert.Reason;
import io.tocsin.rulesengine.converge.ConvergePolicy;
import io.tocsin.rulesengine.converge.ConvergeState;
import io.tocsin.rulesengine.converge.Converger;
import io.tocsin.rulesengine.converge.Fact;
import io.tocsin.rulesengine.converge.Snapshot;
import io.tocsin.rulesengine.converge.StateParts;
import io.tocsin.rulesengine.state.Step;
import io.tocsin.rulesengine.topology.EdgeKey;
import io.tocsin.rulesengine.topology.EdgeWindow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One random history: alerts that change, calls, placements and repairs, each told when it happens or later, some twice,
 * in any order, to a convergence that restarts now and then. Throws an {@link AssertionError} at the first thing that is
 * not as it must be.
 */
final class Interleaving {

    /** Small bounds, so that everything happens within few ticks: also storms and lists that are full. */
    private static final ConvergePolicy POLICY =
            new ConvergePolicy(2_000, 6_000, 8_000, 3, 7_000, 3, 3, List.of(new ConvergePolicy.Dependency("s3", "s0")));

    private static final int ALERTS = 6;
    private static final int TICKS = 11;
    private static final int LATE_TICKS = 3;
    private static final int FIRST_SECOND = 1_000;
    private static final long SECOND_MS = 1_000;
    private static final String ENVIRONMENT = "e";
    private static final AlertState[] ACTIVE = {
        AlertState.FIRING, AlertState.RECOVERING, AlertState.NO_DATA, AlertState.ERROR
    };

    private final Random random;
    private final Converger converger = new Converger(POLICY);
    private final List<List<Fact>> toldAt = new ArrayList<>();
    private final AlertState[] now = new AlertState[ALERTS];
    private final Map<String, Fact.Change> truth = new HashMap<>();
    private final Referee referee = new Referee();
    private final Map<String, byte[]> store = new TreeMap<>();
    private ConvergeState straight = ConvergeState.empty(ENVIRONMENT);
    private ConvergeState restarting = ConvergeState.empty(ENVIRONMENT);
    private int restarts;

    private Interleaving(long seed) {
        this.random = new Random(seed);
        for (int i = 0; i <= TICKS + LATE_TICKS; i++) {
            toldAt.add(new ArrayList<>());
        }
        Arrays.fill(now, AlertState.INACTIVE);
    }

    /**
     * Runs one history.
     *
     * @return how often it was restarted
     */
    static int run(long seed) {
        try {
            Interleaving history = new Interleaving(seed);
            history.run();
            return history.restarts;
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("history " + seed + ": " + e.getMessage(), e);
        }
    }

    private void run() {
        for (int tick = 0; tick <= TICKS; tick++) {
            happen(tick);
        }
        for (int tick = 0; tick < toldAt.size(); tick++) {
            tick(tick, toldAt.get(tick));
        }
        everythingRecovers();
    }

    private void happen(int tick) {
        for (int alert = 0; alert < ALERTS; alert++) {
            if (random.nextInt(4) == 0) {
                tell(tick, change(alert, tick, another(now[alert])));
            }
        }
        if (random.nextInt(3) == 0) {
            tell(tick, called(tick));
        }
        if (random.nextInt(8) == 0) {
            String version = random.nextBoolean() ? "" : "1." + random.nextInt(2);
            tell(tick, new Fact.RunsOn("s" + random.nextInt(5), "n" + random.nextInt(2), version, at(tick)));
        }
        if (random.nextInt(10) == 0) {
            String incident = "inc-" + random.nextInt();
            tell(tick, new Fact.Repair("r" + tick, incident, "p", "t", "STARTED", "", "", at(tick)));
        }
    }

    private void tell(int tick, Fact fact) {
        int late = random.nextInt(3) == 0 ? random.nextInt(LATE_TICKS + 1) : 0;
        toldAt.get(tick + late).add(fact);
        if (random.nextInt(4) == 0) {
            toldAt.get(Math.min(toldAt.size() - 1, tick + late + random.nextInt(3)))
                    .add(fact);
        }
    }

    private AlertState another(AlertState state) {
        AlertState next =
                !state.active() || random.nextInt(3) == 0 ? ACTIVE[random.nextInt(ACTIVE.length)] : AlertState.INACTIVE;
        return next == state ? AlertState.INACTIVE : next;
    }

    private Fact.Change change(int alert, int tick, AlertState to) {
        now[alert] = to;
        Reason reason = random.nextInt(3) == 0 ? Reason.SERIES_MISSING : Reason.THRESHOLD_CROSSED;
        SortedMap<String, String> labels =
                new TreeMap<>(Map.of("alertname", "A" + alert, "service_name", "s" + alert % 5, "severity", "page"));
        String fingerprint = Fingerprint.of(labels);
        String rule = "f;g/A" + alert;
        return new Fact.Change(
                Fingerprint.transition(rule, fingerprint, at(tick), to),
                fingerprint,
                rule,
                labels,
                new TreeMap<>(),
                to,
                reason,
                at(tick),
                to.active() ? at(tick) : 0,
                1,
                new Fact.Quality(100, 1, 1, 0),
                "tocsin",
                "");
    }

    private Fact.Called called(int tick) {
        EdgeKey edge = new EdgeKey(ENVIRONMENT, "s" + random.nextInt(6), "s" + random.nextInt(6));
        int failed = random.nextInt(3) == 0 ? 5 : 0;
        return new Fact.Called(new EdgeWindow(edge, at(tick), 10, failed, 0, failed, 1, 1, false));
    }

    private void tick(int tick, List<Fact> facts) {
        Collections.shuffle(facts, random);
        Step<ConvergeState, Snapshot> step = converger.next(straight, facts, at(tick));
        Step<ConvergeState, Snapshot> other = converger.next(restarting, facts, at(tick));
        Referee.that(other.events().equals(step.events()), () -> "a restart changes what is said at " + tick);
        write(restarting, other.state());
        restarting = random.nextInt(3) == 0 ? restarted() : other.state();
        straight = step.state();
        facts.forEach(this::hear);
        step.events().forEach(referee::said);
        referee.check(truth);
    }

    private void write(ConvergeState before, ConvergeState after) {
        StateParts.Changes changes = StateParts.between(before, after);
        changes.removed().forEach(store::remove);
        store.putAll(changes.written());
    }

    private ConvergeState restarted() {
        restarts++;
        return StateParts.assemble(ENVIRONMENT, store);
    }

    private void hear(Fact fact) {
        if (fact instanceof Fact.Change change) {
            truth.merge(change.fingerprint(), change, (a, b) -> b.atMs() > a.atMs() ? b : a);
        }
    }

    private void everythingRecovers() {
        int tick = toldAt.size();
        List<Fact> last = new ArrayList<>();
        for (int alert = 0; alert < ALERTS; alert++) {
            last.add(change(alert, tick, AlertState.INACTIVE));
        }
        tick(tick, last);
        long end = POLICY.flapMs() + POLICY.holdDownMs();
        for (int later = tick + 1; at(later) <= at(tick) + end; later++) {
            tick(later, new ArrayList<>());
        }
        referee.checkAllOver();
    }

    private static long at(int tick) {
        return (FIRST_SECOND + tick) * SECOND_MS;
    }
}
