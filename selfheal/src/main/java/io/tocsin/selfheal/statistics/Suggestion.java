package io.tocsin.selfheal.statistics;

import io.tocsin.selfheal.incident.Alert;
import io.tocsin.selfheal.incident.Incident;
import io.tocsin.selfheal.playbook.Playbook;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A problem that comes back, and that no playbook is for.
 *
 * @param alertname of the alert at the likely cause
 * @param element the likely cause
 * @param incidents how many incidents it was
 * @param last when the newest of them was last heard of
 */
public record Suggestion(String alertname, String element, int incidents, Instant last) {

    /** From so many incidents on, a playbook may be worth its while. */
    public static final int RECURRING = 3;

    private record Problem(String alertname, String element) {}

    /** Of these incidents, those that recur without a playbook; most frequent first. */
    public static List<Suggestion> of(List<Incident> incidents, List<Playbook> playbooks) {
        Map<Problem, List<Incident>> problems = new LinkedHashMap<>();
        for (Incident incident : incidents) {
            cause(incident)
                    .filter(alert -> playbooks.stream()
                            .noneMatch(playbook -> playbook.match().matches(alert.element(), alert.labels())))
                    .ifPresent(alert -> problems.computeIfAbsent(
                                    new Problem(alert.name(), alert.element()), none -> new ArrayList<>())
                            .add(incident));
        }
        return problems.entrySet().stream()
                .filter(problem -> problem.getValue().size() >= RECURRING)
                .map(problem -> new Suggestion(
                        problem.getKey().alertname(),
                        problem.getKey().element(),
                        problem.getValue().size(),
                        problem.getValue().stream()
                                .map(Incident::at)
                                .max(Comparator.naturalOrder())
                                .orElseThrow()))
                .sorted(Comparator.comparingInt(Suggestion::incidents)
                        .reversed()
                        .thenComparing(Suggestion::alertname)
                        .thenComparing(Suggestion::element))
                .toList();
    }

    /** The oldest alert at the likely cause, also when it is over. What became part of another incident is counted there. */
    private static Optional<Alert> cause(Incident incident) {
        return incident.status() == Incident.Status.MERGED
                ? Optional.empty()
                : incident.alerts().stream()
                        .filter(alert -> incident.rootElement()
                                .filter(alert.element()::equals)
                                .isPresent())
                        .min(Comparator.comparing(Alert::since).thenComparing(Alert::fingerprint));
    }
}
