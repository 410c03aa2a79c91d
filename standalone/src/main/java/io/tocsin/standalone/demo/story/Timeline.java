package io.tocsin.standalone.demo.story;

import io.tocsin.contracts.v1.AlertState;
import io.tocsin.contracts.v1.AlertTransition;
import io.tocsin.contracts.v1.Disposition;
import io.tocsin.contracts.v1.IncidentSnapshot;
import io.tocsin.contracts.v1.IncidentStatus;
import io.tocsin.contracts.v1.RemediationEvent;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** When each stage was first seen. Pure: what it is told carries its time. */
final class Timeline {

    /**
     * A stage that was seen.
     *
     * @param stage which
     * @param at when it was seen
     * @param detail what exactly was seen
     */
    record Seen(Stage stage, Instant at, String detail) {}

    private final String broken;
    private final Map<Stage, Seen> seen = new EnumMap<>(Stage.class);
    private final Set<String> incidents = new LinkedHashSet<>();
    private int firingNotices;
    private int resolvedNotices;

    Timeline(String broken, Instant brokenAt) {
        this.broken = broken;
        mark(Stage.BROKEN, brokenAt, broken);
    }

    void alert(AlertTransition transition, Instant at) {
        if (transition.getTo() == AlertState.FIRING && names(transition.getLabelsMap())) {
            mark(Stage.DETECTED, at, transition.getLabelsOrDefault("alertname", "") + ", " + transition.getReason());
        }
    }

    void incident(IncidentSnapshot snapshot, Instant at) {
        if (snapshot.getStatus() == IncidentStatus.MERGED) {
            incidents.remove(snapshot.getId());
            return;
        }
        incidents.add(snapshot.getId());
        boolean rightCause = snapshot.getRootCausesCount() > 0
                && snapshot.getRootCauses(0).getElement().contains(broken);
        if (rightCause) {
            mark(Stage.INCIDENT, at, snapshot.getTitle());
            symptoms(snapshot).ifPresent(names -> mark(Stage.SYMPTOMS, at, names));
        }
        if (snapshot.getStatus() == IncidentStatus.CLOSED) {
            mark(Stage.CLOSED, at, snapshot.getId());
        }
    }

    private Optional<String> symptoms(IncidentSnapshot snapshot) {
        List<String> names = snapshot.getMembersList().stream()
                .filter(member -> member.getDisposition() == Disposition.SYMPTOM)
                .filter(member -> !names(member.getLabelsMap()))
                .map(member -> member.getElement())
                .distinct()
                .sorted()
                .toList();
        return names.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", names));
    }

    void notice(String status, String title, Instant at) {
        if (status.equals("firing")) {
            firingNotices++;
            mark(Stage.TOLD, at, title);
        } else {
            resolvedNotices++;
            mark(Stage.TOLD_OVER, at, title);
        }
    }

    void remediation(RemediationEvent event, Instant at) {
        switch (event.getPhase()) {
            case STARTED -> mark(Stage.REPAIR_STARTED, at, event.getPlaybook() + " on " + event.getTarget());
            case STEP_SUCCEEDED -> mark(Stage.REPAIRED, at, event.getDetail());
            case VERIFIED -> mark(Stage.VERIFIED, at, event.getDetail());
            case PHASE_UNSPECIFIED,
                    WOULD_RUN,
                    REFUSED,
                    WAITING,
                    APPROVAL_REQUESTED,
                    STEP_FAILED,
                    VERIFICATION_FAILED,
                    ROLLED_BACK,
                    ESCALATED,
                    UNRECOGNIZED -> {
                // Not a stage of the story when all goes well; a missing stage is what fails it.
            }
        }
    }

    private boolean names(Map<String, String> labels) {
        return broken.equals(labels.get("service_name")) || broken.equals(labels.get("job"));
    }

    private void mark(Stage stage, Instant at, String detail) {
        seen.putIfAbsent(stage, new Seen(stage, at, detail));
    }

    boolean complete() {
        return seen.size() == Stage.values().length;
    }

    /** The stages that were seen, in the order of the story. */
    List<Seen> stages() {
        return List.copyOf(seen.values());
    }

    /** Everything that is not as it must be, in words. */
    List<String> problems() {
        List<String> problems = new java.util.ArrayList<>();
        Seen before = null;
        for (Stage stage : Stage.values()) {
            Seen now = seen.get(stage);
            if (now == null) {
                problems.add("never happened: " + stage.meaning());
            } else if (before != null && now.at().isBefore(before.at())) {
                problems.add(stage + " came before " + before.stage());
            }
            before = now == null ? before : now;
        }
        expectOne("incident", incidents.size(), problems);
        expectOne("alarm notice", firingNotices, problems);
        expectOne("recovery notice", resolvedNotices, problems);
        return problems;
    }

    private static void expectOne(String what, int count, List<String> problems) {
        if (count > 1) {
            problems.add("there should be one " + what + ", there were " + count);
        }
    }
}
