package io.tocsin.console.incident;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Folds snapshots and repair events into a {@link Board}, in whatever order and however often they come: the highest
 * revision of an incident holds, and an event counts once. For one thread.
 */
public final class BoardFold {

    /** Repairs may come before their incident, from another topic: so many incidents' repairs wait for it. */
    private static final int MOST_AHEAD = 1_000;

    private static final int MOST_REPAIRS = 200;
    private static final int MOST_EVENTS = 500;

    private final int keepClosed;
    private final Map<String, Incident> incidents = new HashMap<>();
    /** By incident, then by run; an incident's place is that of its first event. */
    private final Map<String, Map<String, Repair>> repairs = new LinkedHashMap<>();

    /**
     * Starts empty.
     *
     * @param keepClosed ended incidents kept, those that ended last
     */
    public BoardFold(int keepClosed) {
        this.keepClosed = keepClosed;
    }

    /** Takes a snapshot; false when a later one is known. */
    public boolean apply(Incident incident) {
        Incident known = incidents.get(incident.id());
        if (known != null && known.revision() >= incident.revision()) {
            return false;
        }
        incidents.put(incident.id(), incident);
        forgetOldest();
        return true;
    }

    /** Takes a repair event; false when it is known already, or one of more than a page could show. */
    public boolean apply(String incidentId, String runId, String playbook, String target, Repair.Event event) {
        Map<String, Repair> runs = repairs.computeIfAbsent(incidentId, id -> new LinkedHashMap<>());
        Repair known = runs.get(runId);
        Repair next =
                known == null ? new Repair(runId, incidentId, playbook, target, List.of(event)) : known.with(event);
        if (next.equals(known) || next.events().size() > MOST_EVENTS) {
            return false;
        }
        if (known == null && runs.size() == MOST_REPAIRS) {
            runs.remove(runs.keySet().iterator().next());
        }
        runs.put(runId, next);
        forgetAhead();
        return true;
    }

    /** What is known now. */
    public Board board() {
        Map<String, List<Repair>> shown = new HashMap<>();
        repairs.forEach((incident, runs) -> {
            if (incidents.containsKey(incident)) {
                shown.put(
                        incident,
                        runs.values().stream()
                                .sorted(Comparator.comparing(Repair::startedAt)
                                        .reversed()
                                        .thenComparing(Repair::runId))
                                .toList());
            }
        });
        return new Board(List.copyOf(incidents.values()), shown);
    }

    private void forgetOldest() {
        if (incidents.size() <= keepClosed) {
            return;
        }
        List<Incident> ended = incidents.values().stream()
                .filter(incident -> !incident.isOpen())
                .sorted(Comparator.comparing(Incident::at).thenComparing(Incident::id))
                .toList();
        for (Incident oldest : ended.subList(0, Math.max(0, ended.size() - keepClosed))) {
            incidents.remove(oldest.id());
            repairs.remove(oldest.id());
        }
    }

    private void forgetAhead() {
        if (repairs.size() - incidents.size() <= MOST_AHEAD) {
            return;
        }
        Set<String> ahead = new HashSet<>(repairs.keySet());
        ahead.removeAll(incidents.keySet());
        int excess = ahead.size() - MOST_AHEAD;
        repairs.keySet().stream()
                .filter(ahead::contains)
                .limit(Math.max(0, excess))
                .toList()
                .forEach(repairs::remove);
    }
}
