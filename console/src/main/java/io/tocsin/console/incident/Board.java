package io.tocsin.console.incident;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that is known at one moment.
 *
 * @param incidents open ones first: the worst, then the latest; then the others, those that ended last first
 * @param repairs by incident, those that began last first
 */
public record Board(List<Incident> incidents, Map<String, List<Repair>> repairs) {

    private static final Comparator<Incident> WORST_FIRST = Comparator.comparing(Incident::rank)
            .thenComparing(Comparator.comparing(Incident::openedAt).reversed())
            .thenComparing(Incident::id);
    private static final Comparator<Incident> LATEST_FIRST =
            Comparator.comparing(Incident::at).reversed().thenComparing(Incident::id);
    private static final Comparator<Incident> OPEN_FIRST = Comparator.comparing(Incident::isOpen)
            .reversed()
            .thenComparing((a, b) -> a.isOpen() ? WORST_FIRST.compare(a, b) : LATEST_FIRST.compare(a, b));

    /** Nothing is known yet. Stands behind the orders that it is made with. */
    public static final Board EMPTY = new Board(List.of(), Map.of());

    public Board {
        incidents = incidents.stream().sorted(OPEN_FIRST).toList();
        repairs = Map.copyOf(repairs);
    }

    /** Incidents that go on. */
    public List<Incident> open() {
        return incidents.stream().filter(Incident::isOpen).toList();
    }

    /** Incidents that ended. */
    public List<Incident> ended() {
        return incidents.stream().filter(incident -> !incident.isOpen()).toList();
    }

    /** One incident. */
    public Optional<Incident> find(String id) {
        return incidents.stream().filter(incident -> incident.id().equals(id)).findFirst();
    }

    /** Its repairs. */
    public List<Repair> repairs(String incident) {
        return repairs.getOrDefault(incident, List.of());
    }
}
