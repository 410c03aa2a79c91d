package io.tocsin.rulesengine.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.rulesengine.alert.Observation.Finding;
import io.tocsin.rulesengine.state.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** What holds of an alert whatever its rule finds, at evaluations a second apart or with gaps. */
class AlertMachineLawTest {

    private static final long INTERVAL_MS = 1000;

    /** One evaluation; {@code finding} null where the series is not returned. */
    record Look(long afterMs, Certainty certainty, Finding finding, Absence absence, boolean restart) {}

    record Policy(int forTicks, int keepTicks, WhenMissing missing) {
        AlertMachine machine() {
            AlertPolicy policy = new AlertPolicy(
                    Condition.THRESHOLD,
                    forTicks * INTERVAL_MS,
                    keepTicks * INTERVAL_MS,
                    missing,
                    20 * INTERVAL_MS,
                    0,
                    INTERVAL_MS);
            return new AlertMachine("rule", policy);
        }
    }

    @Provide
    Arbitrary<List<Look>> looks() {
        Arbitrary<Look> look = Combinators.combine(
                        Arbitraries.frequency(Tuple.of(9, INTERVAL_MS), Tuple.of(1, 7 * INTERVAL_MS)),
                        Arbitraries.frequency(
                                Tuple.of(8, Certainty.COMPLETE),
                                Tuple.of(1, Certainty.PRESENCE_ONLY),
                                Tuple.of(1, Certainty.NOTHING)),
                        Arbitraries.of(Finding.values()).injectNull(0.25),
                        Arbitraries.of(Absence.values()),
                        Arbitraries.of(true, false))
                .as(Look::new);
        return look.list().ofMinSize(1).ofMaxSize(60);
    }

    @Provide
    Arbitrary<Policy> policies() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 4),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.of(WhenMissing.values()))
                .as(Policy::new);
    }

    private static final class Run {
        final List<Transition> events = new ArrayList<>();
        RuleState state = RuleState.NONE;
        long tickMs = 1_000_000;

        void look(AlertMachine machine, Look look, boolean restarts) {
            tickMs += look.afterMs();
            List<Observation> found = look.finding() == null
                    ? List.of()
                    : List.of(
                            new Observation("a", new TreeMap<>(Map.of("alertname", "A")), tickMs % 7, look.finding()));
            Step<RuleState, Transition> step =
                    machine.next(state, found, look.certainty(), instance -> look.absence(), tickMs);
            state = restarts && look.restart() ? restarted(step.state()) : step.state();
            events.addAll(step.events());
        }

        private static RuleState restarted(RuleState state) {
            TreeMap<String, AlertInstance> instances = new TreeMap<>();
            state.instances().forEach((key, instance) -> instances.put(key, AlertInstance.decode(instance.encode())));
            return new RuleState(instances, state.cut());
        }
    }

    @Property(tries = 1000)
    void b13_aRestartBetweenAnyTwoEvaluationsChangesNothing(
            @ForAll("policies") Policy policy, @ForAll("looks") List<Look> looks) {
        Run straight = new Run();
        Run restarting = new Run();
        for (Look look : looks) {
            straight.look(policy.machine(), look, false);
            restarting.look(policy.machine(), look, true);
        }
        assertThat(restarting.events).isEqualTo(straight.events);
        assertThat(restarting.state).isEqualTo(straight.state);
    }

    @Property(tries = 1000)
    void transitionsOfAnAlertAreOneChainAndAreInTheTable(
            @ForAll("policies") Policy policy, @ForAll("looks") List<Look> looks) {
        Run run = new Run();
        looks.forEach(look -> run.look(policy.machine(), look, false));
        Map<String, AlertState> at = new HashMap<>();
        for (Transition event : run.events) {
            String alert = event.after().fingerprint();
            assertThat(event.from()).isEqualTo(at.getOrDefault(alert, AlertState.INACTIVE));
            boolean legal = java.util.Arrays.stream(Input.values())
                    .flatMap(input -> Transitions.from(event.from(), input).stream())
                    .anyMatch(move -> move.to() == event.to());
            assertThat(legal).isTrue();
            at.put(alert, event.to());
        }
        run.state
                .instances()
                .forEach((alert, instance) -> assertThat(instance.state()).isEqualTo(at.get(alert)));
        at.forEach((alert, state) ->
                assertThat(run.state.instances().containsKey(alert)).isEqualTo(state != AlertState.INACTIVE));
    }

    @Property(tries = 1000)
    void neverFiresBeforeForHasElapsedOnEvidence(@ForAll("policies") Policy policy, @ForAll("looks") List<Look> looks) {
        AlertMachine machine = policy.machine();
        Run run = new Run();
        long evidenceMs = -1;
        long lastMs = 0;
        for (Look look : looks) {
            run.look(machine, look, false);
            boolean pendingOrFirst = look.certainty() != Certainty.NOTHING && look.finding() == Finding.HOLDS;
            if (pendingOrFirst) {
                // A step between two sightings counts as one interval at most.
                evidenceMs = evidenceMs < 0 ? 0 : evidenceMs + Math.min(run.tickMs - lastMs, 2 * INTERVAL_MS);
                lastMs = run.tickMs;
            }
            for (Transition event : run.events) {
                if (event.atMs() == run.tickMs && event.to() == AlertState.FIRING) {
                    boolean again = event.from() != AlertState.PENDING && event.from() != AlertState.INACTIVE;
                    assertThat(again || evidenceMs >= policy.forTicks() * INTERVAL_MS)
                            .as("%s at %d with %d ms of evidence", event.reason(), event.atMs(), evidenceMs)
                            .isTrue();
                }
                if (event.atMs() == run.tickMs && event.to() == AlertState.INACTIVE) {
                    evidenceMs = -1;
                }
            }
        }
    }

    @Property(tries = 1000)
    void noRecoveryIsLost(@ForAll("policies") Policy policy, @ForAll("looks") List<Look> looks) {
        Run run = new Run();
        AlertMachine machine = policy.machine();
        looks.forEach(look -> run.look(machine, look, false));
        for (int i = 0; i <= policy.keepTicks() + 1; i++) {
            run.look(machine, new Look(INTERVAL_MS, Certainty.COMPLETE, Finding.CLEAR, Absence.UNKNOWN, false), false);
        }
        assertThat(run.state).isEqualTo(RuleState.NONE);
        long started = run.events.stream()
                .filter(event -> event.from() == AlertState.INACTIVE)
                .count();
        long ended = run.events.stream()
                .filter(event -> event.to() == AlertState.INACTIVE)
                .count();
        assertThat(ended).isEqualTo(started);
    }

    @Property(tries = 1000)
    void nothingResolvesWithoutCompleteData(@ForAll("policies") Policy policy, @ForAll("looks") List<Look> looks) {
        Run run = new Run();
        AlertMachine machine = policy.machine();
        for (Look look : looks) {
            int before = run.events.size();
            run.look(machine, look, false);
            if (look.certainty() != Certainty.COMPLETE) {
                assertThat(run.events.subList(before, run.events.size()))
                        .noneMatch(event -> event.to() == AlertState.INACTIVE
                                || event.to() == AlertState.NO_DATA
                                || event.to() == AlertState.RECOVERING);
            }
        }
    }
}
