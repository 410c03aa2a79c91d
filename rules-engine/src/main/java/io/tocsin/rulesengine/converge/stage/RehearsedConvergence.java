package io.tocsin.rulesengine.converge.stage;

import io.tocsin.contracts.Topics;
import io.tocsin.contracts.v1.AlertEvent;
import io.tocsin.contracts.v1.AlertTransition;
import io.tocsin.contracts.v1.IncidentSnapshot;
import io.tocsin.rulesengine.converge.ConvergePolicy;
import io.tocsin.rulesengine.converge.ConvergeState;
import io.tocsin.rulesengine.converge.Converger;
import io.tocsin.rulesengine.converge.Fact;
import io.tocsin.rulesengine.converge.Snapshot;
import io.tocsin.rulesengine.state.Step;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Convergence without a log: alerts go in, incidents come out, and ticks are whatever the caller says. For rehearsals of
 * what the engine would say; by the same decisions.
 */
public final class RehearsedConvergence {

    private final Converger converger;
    private final SortedMap<String, ConvergeState> states = new TreeMap<>();

    /** Nothing known yet. */
    public RehearsedConvergence(ConvergePolicy policy) {
        converger = new Converger(policy);
    }

    /**
     * One complete tick.
     *
     * @param transitions what was told since the tick before
     * @param tickMs Unix milliseconds, growing
     * @return incidents that changed
     * @throws IllegalArgumentException when a transition says what is not known here
     */
    public List<IncidentSnapshot> tick(Collection<AlertTransition> transitions, long tickMs) {
        SortedMap<String, List<Fact>> told = new TreeMap<>();
        for (AlertTransition transition : transitions) {
            if (read(transition) instanceof Message.Told(String environment, Fact fact)) {
                told.computeIfAbsent(environment, _ -> new ArrayList<>()).add(fact);
            }
        }
        TreeSet<String> environments = new TreeSet<>(states.keySet());
        environments.addAll(told.keySet());
        List<IncidentSnapshot> snapshots = new ArrayList<>();
        for (String environment : environments) {
            ConvergeState before = states.getOrDefault(environment, ConvergeState.empty(environment));
            Step<ConvergeState, Snapshot> step =
                    converger.next(before, told.getOrDefault(environment, List.of()), tickMs);
            states.put(environment, step.state());
            step.events().forEach(snapshot -> snapshots.add(Incidents.of(snapshot)));
        }
        return snapshots;
    }

    private static Message read(AlertTransition transition) {
        try {
            return Messages.read(
                    Topics.ALERTS.name(),
                    AlertEvent.newBuilder().setTransition(transition).build().toByteArray());
        } catch (UnreadableException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
