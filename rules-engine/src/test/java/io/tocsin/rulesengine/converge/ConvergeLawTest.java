package io.tocsin.rulesengine.converge;

import static io.tocsin.rulesengine.converge.Invariants.that;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.rulesengine.alert.AlertState;
import io.tocsin.rulesengine.alert.Reason;
import io.tocsin.rulesengine.converge.Snapshot.Status;
import io.tocsin.rulesengine.state.Step;
import io.tocsin.rulesengine.topology.EdgeKey;
import io.tocsin.rulesengine.topology.EdgeWindow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Random interleavings of what convergence is told, with repeats, lateness and restarts: no active alert without an
 * incident, no incident that outlives its members, no lost recovery. {@code -Dtocsin.converge.tries=1000000} makes it
 * long; {@code -Dtocsin.converge.seed} makes it another one.
 */
class ConvergeLawTest {

    private static final int TRIES = Integer.getInteger("tocsin.converge.tries", 10_000);
    private static final long SEED = Long.getLong("tocsin.converge.seed", 42);

    /** Small bounds, so that everything happens within few ticks. */
    private static final ConvergePolicy POLICY =
            new ConvergePolicy(2_000, 6_000, 8_000, 3, 7_000, 3, List.of(new ConvergePolicy.Dependency("s3", "s0")));

    private static final int ALERTS = 6;
    private static final int TICKS = 11;
    private static final int LATE_TICKS = 3;
    private static final AlertState[] ACTIVE = {
        AlertState.FIRING, AlertState.RECOVERING, AlertState.NO_DATA, AlertState.ERROR
    };

    @Test
    void noInterleavingLosesAnything() {
        for (int i = 0; i < TRIES; i++) {
            long seed = SEED * 1_000_003 + i;
            try {
                new Try(new Random(seed), i % 4 == 0).run();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("try " + i + " of seed " + SEED + ": " + e.getMessage(), e);
            }
        }
    }

    /** One history: facts have a tick at which they happen, and a later or equal one at which they are told. */
    private static final class Try {
        private final Random random;
        private final Converger converger = new Converger(POLICY);
        private final List<List<Fact>> toldAt = new ArrayList<>();
        private final AlertState[] now = new AlertState[ALERTS];
        private final List<Fact.Change> heard = new ArrayList<>();
        private final Map<String, Fact.Change> truth = new HashMap<>();
        private final Map<String, Snapshot> newest = new HashMap<>();
        private ConvergeState straight = ConvergeState.empty("e");
        private ConvergeState restarting = ConvergeState.empty("e");
        private final boolean restarts;

        Try(Random random, boolean restarts) {
            this.random = random;
            this.restarts = restarts;
            for (int i = 0; i <= TICKS + LATE_TICKS; i++) {
                toldAt.add(new ArrayList<>());
            }
            java.util.Arrays.fill(now, AlertState.INACTIVE);
        }

        void run() {
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
                tell(tick, new Fact.RunsOn("s" + random.nextInt(5), "n" + random.nextInt(2), at(tick)));
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
            AlertState next = !state.active() || random.nextInt(3) == 0
                    ? ACTIVE[random.nextInt(ACTIVE.length)]
                    : AlertState.INACTIVE;
            return next == state ? AlertState.INACTIVE : next;
        }

        private Fact.Change change(int alert, int tick, AlertState to) {
            now[alert] = to;
            Reason reason = random.nextInt(3) == 0 ? Reason.SERIES_MISSING : Reason.THRESHOLD_CROSSED;
            return World.change(World.labels("A" + alert, "s" + alert % 5, "page"), to, reason, second(tick));
        }

        private Fact.Called called(int tick) {
            EdgeKey edge = new EdgeKey("e", "s" + random.nextInt(6), "s" + random.nextInt(6));
            int failed = random.nextInt(3) == 0 ? 5 : 0;
            return new Fact.Called(new EdgeWindow(edge, at(tick), 10, failed, 0, failed, 1, 1, false));
        }

        private void tick(int tick, List<Fact> facts) {
            Collections.shuffle(facts, random);
            Step<ConvergeState, Snapshot> step = converger.next(straight, facts, at(tick));
            if (restarts) {
                Step<ConvergeState, Snapshot> other = converger.next(restarting, facts, at(tick));
                that(other.events().equals(step.events()), () -> "a restart changes what is said at " + tick);
                restarting = random.nextInt(3) == 0
                        ? ConvergeState.decode(other.state().encode())
                        : other.state();
            }
            straight = step.state();
            facts.forEach(this::hear);
            step.events().forEach(this::said);
            Invariants.check(straight);
            asTold();
        }

        private void hear(Fact fact) {
            if (fact instanceof Fact.Change change) {
                heard.add(change);
                truth.merge(change.fingerprint(), change, (a, b) -> b.atMs() > a.atMs() ? b : a);
            }
        }

        private void said(Snapshot snapshot) {
            Snapshot before = newest.put(snapshot.id(), snapshot);
            long revision = before == null ? 0 : before.revision();
            that(snapshot.revision() == revision + 1, () -> snapshot.id() + " skips a revision after " + revision);
            that(before == null || before.status() == Status.OPEN, () -> snapshot.id() + " goes on after its end");
        }

        /** What people see is what was told: each active alert is in one open incident, as active. */
        private void asTold() {
            Set<String> shown = new HashSet<>();
            for (Snapshot snapshot : newest.values()) {
                boolean open = snapshot.status() == Status.OPEN;
                that(
                        open == straight.incidents().containsKey(snapshot.id()),
                        () -> snapshot.id() + " is open: " + open);
                for (Snapshot.Part part : open ? snapshot.parts() : List.<Snapshot.Part>of()) {
                    Fact.Change newestChange = truth.get(part.alert().fingerprint());
                    that(part.alert().id().equals(newestChange.id()), () -> part + " is not as told: " + newestChange);
                    that(shown.add(part.alert().fingerprint()), () -> part + " is in two incidents");
                }
                boolean merged = snapshot.status() == Status.MERGED;
                that(
                        !merged || newest.containsKey(snapshot.mergedInto()),
                        () -> snapshot.id() + " is merged into nothing");
            }
            truth.forEach((fingerprint, change) ->
                    that(!change.to().active() || shown.contains(fingerprint), () -> "nobody sees that " + change));
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
            assertThat(straight.incidents()).isEmpty();
            assertThat(newest.values()).noneMatch(snapshot -> snapshot.status() == Status.OPEN);
            assertThat(straight.members().values()).noneMatch(Member::present);
            heard.forEach(change -> newest.values().stream()
                    .filter(snapshot -> snapshot.status() == Status.CLOSED)
                    .flatMap(snapshot -> snapshot.parts().stream())
                    .filter(part -> part.alert().fingerprint().equals(change.fingerprint()))
                    .forEach(part -> assertThat(part.endsAtMs())
                            .as("the end of %s", part)
                            .isPositive()));
        }

        private static long second(int tick) {
            return 1_000 + tick;
        }

        private static long at(int tick) {
            return second(tick) * 1000;
        }
    }
}
