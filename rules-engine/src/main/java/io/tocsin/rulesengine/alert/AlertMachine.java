package io.tocsin.rulesengine.alert;

import io.tocsin.rulesengine.state.Step;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Takes all instances of one rule through one evaluation.
 *
 * @param rule the rule's id, part of the ids of its transitions
 */
public record AlertMachine(String rule, AlertPolicy policy) {

    /** Two observations that end in one label set, as {@code labels:} can make of different series. */
    public static final class DuplicateLabelsException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        DuplicateLabelsException(Map<String, String> labels) {
            super("vector contains metrics with the same labelset after applying alert labels: " + labels);
        }
    }

    /**
     * One evaluation.
     *
     * @param absence what is known about an instance whose series was not returned
     * @throws DuplicateLabelsException when two observations that hold have the same labels
     */
    public Step<RuleState, Transition> next(
            RuleState state,
            Collection<Observation> found,
            Certainty certainty,
            Function<AlertInstance, Absence> absence,
            long tickMs) {
        if (certainty == Certainty.NOTHING) {
            return Step.quiet(state);
        }
        Map<String, Observation> holding = holding(found);
        Map<String, Observation> bySeries = new HashMap<>();
        found.forEach(seen -> bySeries.putIfAbsent(seen.series(), seen));
        Round round = new Round(tickMs);
        for (AlertInstance instance : state.instances().values()) {
            Observation seen = holding.remove(instance.fingerprint());
            if (instance.state() == AlertState.ERROR) {
                round.step(instance, Input.CLEAR);
            } else if (seen != null) {
                holds(round, instance.seen(seen.value(), false, tickMs));
            } else if (bySeries.containsKey(instance.series())) {
                present(round, instance, bySeries.get(instance.series()), certainty);
            } else {
                absent(round, instance, certainty, absence);
            }
        }
        int cut = admit(round, new TreeMap<>(holding));
        return round.end(cut);
    }

    /** The rule is gone: so are its alerts. */
    public Step<RuleState, Transition> removed(RuleState state, long tickMs) {
        Round round = new Round(tickMs);
        state.instances().values().forEach(instance -> round.step(instance, Input.REMOVED));
        return round.end(0);
    }

    /** The rule could not be evaluated: one instance of its own says so, the others stay as they are. */
    public Step<RuleState, Transition> failed(RuleState state, Observation failure, long tickMs) {
        String fingerprint = Fingerprint.of(failure.labels());
        Round round = new Round(tickMs);
        round.instances.putAll(state.instances());
        if (!round.instances.containsKey(fingerprint)) {
            round.step(AlertInstance.inactive(failure, tickMs), Input.FAILED);
        }
        return round.end(state.cut());
    }

    private static Map<String, Observation> holding(Collection<Observation> found) {
        Map<String, Observation> holding = new HashMap<>();
        for (Observation seen : found) {
            if (seen.finding() == Observation.Finding.HOLDS
                    && holding.put(Fingerprint.of(seen.labels()), seen) != null) {
                throw new DuplicateLabelsException(seen.labels());
            }
        }
        return holding;
    }

    private void holds(Round round, AlertInstance instance) {
        if (instance.state() != AlertState.PENDING) {
            round.step(instance, Input.HOLDS_LONG_ENOUGH);
            return;
        }
        AlertInstance held = instance.heldAgain(policy.intervalMs(), round.tickMs);
        boolean longEnough = round.tickMs - held.activeSinceMs() >= policy.forMs();
        round.step(held, longEnough ? Input.HOLDS_LONG_ENOUGH : Input.HOLDS);
    }

    private void present(Round round, AlertInstance instance, Observation seen, Certainty certainty) {
        boolean between = seen.finding() == Observation.Finding.BETWEEN;
        if (between) {
            round.step(instance.seen(seen.value(), false, round.tickMs), presence(certainty, Input.BETWEEN));
        } else if (certainty == Certainty.PRESENCE_ONLY) {
            round.step(instance, Input.UNKNOWN);
        } else {
            // The series is there but its alert is not: clear, also where its labels changed with the value.
            clear(round, instance.seen(seen.value(), true, round.tickMs));
        }
    }

    private static Input presence(Certainty certainty, Input input) {
        return certainty == Certainty.COMPLETE ? input : Input.UNKNOWN;
    }

    private void clear(Round round, AlertInstance instance) {
        boolean longEnough = round.tickMs - instance.clearSinceMs() >= policy.keepFiringForMs();
        round.step(instance, longEnough ? Input.CLEAR_LONG_ENOUGH : Input.CLEAR);
    }

    private void absent(
            Round round, AlertInstance instance, Certainty certainty, Function<AlertInstance, Absence> absence) {
        if (certainty != Certainty.COMPLETE) {
            round.step(instance, Input.UNKNOWN);
            return;
        }
        Absence known = absence.apply(instance);
        if (known == Absence.UNKNOWN) {
            round.step(instance, Input.UNKNOWN);
        } else if (known == Absence.FORGOTTEN) {
            // It is said once, so no timer may wait for it to be said again.
            round.step(instance, Input.FORGET);
        } else if (policy.whenMissing() == WhenMissing.RESOLVE) {
            clear(round, instance.seen(instance.value(), true, round.tickMs));
        } else {
            AlertInstance away = instance.absent(known == Absence.TARGET_REPORTS, round.tickMs);
            round.step(away, gone(away, known, round.tickMs));
        }
    }

    private Input gone(AlertInstance away, Absence known, long tickMs) {
        if (tickMs - away.absentSinceMs() >= policy.forgetAfterMs()) {
            return Input.FORGET;
        }
        if (policy.whenMissing() == WhenMissing.HOLD) {
            return Input.UNKNOWN;
        }
        if (known == Absence.TARGET_SILENT) {
            return Input.SILENT;
        }
        return away.absences() >= 2 ? Input.ENDED : Input.UNKNOWN;
    }

    private int admit(Round round, TreeMap<String, Observation> fresh) {
        int cut = 0;
        for (Observation seen : fresh.values()) {
            if (policy.limit() > 0 && round.instances.size() >= policy.limit()) {
                cut++;
            } else {
                round.step(
                        AlertInstance.inactive(seen, round.tickMs),
                        policy.forMs() == 0 ? Input.HOLDS_LONG_ENOUGH : Input.HOLDS);
            }
        }
        return cut;
    }

    /** The new instances and transitions of one evaluation, as they come together. */
    private final class Round {

        private final long tickMs;
        private final TreeMap<String, AlertInstance> instances = new TreeMap<>();
        private final TreeMap<String, Transition> transitions = new TreeMap<>();

        Round(long tickMs) {
            this.tickMs = tickMs;
        }

        void step(AlertInstance instance, Input input) {
            Optional<Transitions.Move> move = Transitions.from(instance.state(), input);
            if (move.isEmpty()) {
                keep(instance);
                return;
            }
            AlertInstance after = instance.in(move.get().to(), tickMs);
            Reason reason = policy.condition().word(move.get().reason());
            String id = Fingerprint.transition(rule, after.fingerprint(), tickMs, after.state());
            transitions.put(
                    after.fingerprint(), new Transition(id, instance.state(), after.state(), reason, tickMs, after));
            keep(after);
        }

        private void keep(AlertInstance instance) {
            if (instance.state() != AlertState.INACTIVE) {
                instances.put(instance.fingerprint(), instance);
            }
        }

        Step<RuleState, Transition> end(int cut) {
            return new Step<>(new RuleState(instances, cut), List.copyOf(transitions.values()));
        }
    }
}
