package io.tocsin.selfheal.trial;

import io.tocsin.selfheal.guardrail.Decision;
import io.tocsin.selfheal.guardrail.Fleet.Health;
import io.tocsin.selfheal.guardrail.History;
import io.tocsin.selfheal.guardrail.PastRun;
import io.tocsin.selfheal.guardrail.Surroundings.Silence;
import io.tocsin.selfheal.incident.Alert;
import io.tocsin.selfheal.incident.Incident;
import io.tocsin.selfheal.playbook.Effect;
import io.tocsin.selfheal.playbook.Inventory;
import io.tocsin.selfheal.playbook.Limits;
import io.tocsin.selfheal.playbook.Mode;
import io.tocsin.selfheal.playbook.Playbook;
import io.tocsin.selfheal.playbook.Target;
import io.tocsin.selfheal.trial.World.Decided;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What playbooks would have done in incidents that were recorded. It is assumed that the pipeline was well, that no silence
 * held, that the first replica of what an incident names as its cause was down and confirmed so, that everything else served, and that a repair
 * took until the incident was closed, or verification's deadline. Every playbook is taken as if it acted on its own.
 */
public final class Rehearsal {

    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

    private final List<Playbook> playbooks;
    private final Inventory inventory;
    private final Limits limits;
    private final Map<String, Incident> known = new LinkedHashMap<>();
    private final Map<String, String> told = new HashMap<>();
    private final List<PastRun> runs = new ArrayList<>();
    private final List<Line> lines = new ArrayList<>();

    private Rehearsal(List<Playbook> playbooks, Inventory inventory, Limits limits) {
        this.playbooks = playbooks.stream().map(each -> each.in(Mode.AUTO)).toList();
        this.inventory = inventory;
        this.limits = limits;
    }

    /**
     * Something that would have been decided, when it was another decision than before.
     *
     * @param decided empty when no playbook is for it, or the inventory has nothing that could be repaired
     */
    public record Line(Instant at, Incident incident, Optional<Decided> decided, String what) {}

    /**
     * Goes through recorded incidents.
     *
     * @param recorded snapshots in any order; of several with one tick, the highest revision counts
     */
    public static List<Line> of(List<Incident> recorded, List<Playbook> playbooks, Inventory inventory, Limits limits) {
        Rehearsal rehearsal = new Rehearsal(playbooks, inventory, limits);
        List<Incident> inOrder = recorded.stream()
                .sorted(Comparator.comparing(Incident::at).thenComparingLong(Incident::revision))
                .toList();
        for (int i = 0; i < inOrder.size(); i++) {
            rehearsal.hear(inOrder.get(i));
            Instant until = i + 1 < inOrder.size()
                    ? inOrder.get(i + 1).at()
                    : inOrder.get(i).at().plus(limits.oldestAlert());
            rehearsal.lookUntil(inOrder.get(i).at(), until);
        }
        return rehearsal.lines;
    }

    private void hear(Incident incident) {
        known.merge(incident.id(), incident, (before, newer) -> before.revision() > newer.revision() ? before : newer);
        if (incident.status() != Incident.Status.OPEN) {
            runs.replaceAll(run -> run.incident().equals(incident.id()) ? ended(run, PastRun.Outcome.VERIFIED) : run);
        }
    }

    private void lookUntil(Instant from, Instant until) {
        // Nothing is decided about an alert that nobody began to repair in its first minutes, so a long quiet is passed
        // over.
        Instant end = until.isBefore(from.plus(limits.oldestAlert().multipliedBy(3)))
                ? until
                : from.plus(limits.oldestAlert().multipliedBy(3));
        Instant now = from;
        do {
            look(now);
            now = now.plus(LOOK_EVERY);
        } while (now.isBefore(end) && !open().isEmpty());
    }

    private List<Incident> open() {
        return known.values().stream()
                .filter(incident -> incident.status() == Incident.Status.OPEN)
                .toList();
    }

    private void look(Instant now) {
        giveUp(now);
        for (Incident incident : open()) {
            World world = world(now, incident);
            List<Decided> decided = world.decide(playbooks, inventory, limits);
            if (decided.isEmpty() && !incident.rootAlerts().isEmpty()) {
                tell(now, incident, Optional.empty(), "NONE", withoutPlaybook(incident));
            }
            for (Decided each : decided) {
                if (world.health().containsKey(each.target().name()) && !running(incident, each.target())) {
                    decide(now, incident, each);
                }
            }
        }
    }

    private String withoutPlaybook(Incident incident) {
        Alert alert = incident.rootAlerts().getFirst();
        boolean matched =
                playbooks.stream().anyMatch(playbook -> playbook.match().matches(alert.element(), alert.labels()));
        return matched
                ? "the inventory has no target that is " + alert.element()
                : "no playbook is for " + alert.name() + " of " + alert.element();
    }

    private boolean running(Incident incident, Target target) {
        return runs.stream()
                .anyMatch(run -> run.incident().equals(incident.id())
                        && run.target().equals(target.name())
                        && run.outcome() == PastRun.Outcome.RUNNING);
    }

    private void decide(Instant now, Incident incident, Decided decided) {
        switch (decided.decision()) {
            case Decision.Run run -> {
                Target target = decided.target();
                runs.add(new PastRun(
                        incident.id(),
                        decided.playbook().name(),
                        target.name(),
                        target.service(),
                        target.domain(),
                        incident.rootAlerts().getFirst().name(),
                        decided.playbook().has(Effect.RESTART) ? 1 : 0,
                        now,
                        PastRun.Outcome.RUNNING));
                String attempt = "RUN" + runs.size();
                tell(now, incident, Optional.of(decided), attempt, String.join("; ", decided.steps()));
            }
            case Decision.Wait wait ->
                tell(now, incident, Optional.of(decided), wait.reason().name(), wait.detail());
            case Decision.Refuse refuse ->
                tell(now, incident, Optional.of(decided), refuse.reason().name(), refuse.detail());
        }
    }

    /** A repair that did not close its incident by its deadline failed. */
    private void giveUp(Instant now) {
        runs.replaceAll(run -> {
            Duration within = playbooks.stream()
                    .filter(playbook -> playbook.name().equals(run.playbook()))
                    .map(playbook -> playbook.verify().within())
                    .findFirst()
                    .orElse(Duration.ZERO);
            boolean late = run.outcome() == PastRun.Outcome.RUNNING
                    && !now.isBefore(run.startedAt().plus(within));
            return late ? ended(run, PastRun.Outcome.FAILED) : run;
        });
    }

    private static PastRun ended(PastRun run, PastRun.Outcome outcome) {
        return run.outcome() != PastRun.Outcome.RUNNING
                ? run
                : new PastRun(
                        run.incident(),
                        run.playbook(),
                        run.target(),
                        run.service(),
                        run.domain(),
                        run.cause(),
                        run.restarts(),
                        run.startedAt(),
                        outcome);
    }

    private void tell(Instant now, Incident incident, Optional<Decided> decided, String kind, String what) {
        String key =
                incident.id() + '\0' + decided.map(each -> each.target().name()).orElse("");
        if (!kind.equals(told.put(key, kind))) {
            lines.add(new Line(now, incident, decided, what));
        }
    }

    private World world(Instant now, Incident incident) {
        Map<String, Health> down = incident.rootElement().stream()
                .flatMap(element -> inventory.at(element).stream().limit(1))
                .collect(Collectors.toMap(Target::name, target -> Health.DOWN));
        return new World(
                now,
                incident,
                down,
                Optional.empty(),
                true,
                Optional.empty(),
                new Silence.None(),
                true,
                runs,
                Set.of(),
                Map.of(),
                History.Approval.APPROVED);
    }
}
