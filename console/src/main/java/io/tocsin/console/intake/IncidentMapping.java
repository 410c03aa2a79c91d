package io.tocsin.console.intake;

import io.tocsin.console.incident.Incident;
import io.tocsin.console.incident.Incident.Cause;
import io.tocsin.console.incident.Incident.Happening;
import io.tocsin.console.incident.Incident.Status;
import io.tocsin.console.incident.Member;
import io.tocsin.console.incident.Member.Disposition;
import io.tocsin.console.incident.Repair;
import io.tocsin.console.incident.Repair.Phase;
import io.tocsin.contracts.v1.IncidentSnapshot;
import io.tocsin.contracts.v1.RankedElement;
import io.tocsin.contracts.v1.RemediationEvent;
import java.time.Instant;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** From the contract's messages to the console's own records. What a newer version added is shown as not known. */
final class IncidentMapping {

    private IncidentMapping() {}

    /**
     * The incident of a snapshot.
     *
     * @throws IllegalArgumentException when it has no id or no status that this version knows
     */
    static Incident incident(IncidentSnapshot snapshot) {
        if (snapshot.getId().isEmpty()) {
            throw new IllegalArgumentException("incident without an id");
        }
        return new Incident(
                snapshot.getId(),
                snapshot.getEnvironment(),
                status(snapshot),
                snapshot.getRevision(),
                Instant.ofEpochMilli(snapshot.getOpenedAtMs()),
                time(snapshot.getClosedAtMs()),
                Instant.ofEpochMilli(snapshot.getAtMs()),
                snapshot.getTitle(),
                snapshot.getSeverity(),
                snapshot.getRootCausesList().stream()
                        .map(IncidentMapping::cause)
                        .toList(),
                snapshot.getMembersList().stream().map(IncidentMapping::member).toList(),
                snapshot.getTimelineList().stream()
                        .map(entry -> new Happening(Instant.ofEpochMilli(entry.getAtMs()), entry.getWhat()))
                        .toList(),
                snapshot.getMergedInto());
    }

    /** What a repair event says beside its incident, run, playbook and target. */
    static Repair.Event event(RemediationEvent event) {
        return new Repair.Event(
                event.getId(),
                phase(event.getPhase()),
                event.getReason(),
                event.getDetail(),
                Instant.ofEpochMilli(event.getAtMs()),
                event.getAttempt());
    }

    private static Status status(IncidentSnapshot snapshot) {
        return switch (snapshot.getStatus()) {
            case OPEN -> Status.OPEN;
            case CLOSED -> Status.CLOSED;
            case MERGED -> Status.MERGED;
            case INCIDENT_STATUS_UNSPECIFIED, UNRECOGNIZED ->
                throw new IllegalArgumentException("incident " + snapshot.getId() + " without a known status");
        };
    }

    private static Cause cause(RankedElement element) {
        return new Cause(element.getElement(), element.getScore(), element.getEvidenceList());
    }

    private static Member member(io.tocsin.contracts.v1.Member member) {
        return new Member(
                member.getFingerprint(),
                new TreeMap<>(member.getLabelsMap()),
                new TreeMap<>(member.getAnnotationsMap()),
                state(member),
                disposition(member),
                member.getBecause(),
                Instant.ofEpochMilli(member.getStartsAtMs()),
                time(member.getEndsAtMs()),
                Double.isFinite(member.getValue()) ? (Double) member.getValue() : null,
                member.getElement(),
                member.getRule(),
                quality(member));
    }

    private static String state(io.tocsin.contracts.v1.Member member) {
        return switch (member.getState()) {
            case INACTIVE -> "inactive";
            case PENDING -> "pending";
            case FIRING -> "firing";
            case RECOVERING -> "recovering";
            case NO_DATA -> "no data";
            case ERROR -> "error";
            case ALERT_STATE_UNSPECIFIED, UNRECOGNIZED -> "unknown";
        };
    }

    private static String quality(io.tocsin.contracts.v1.Member member) {
        return switch (member.getQuality().getCompleteness()) {
            case COMPLETE -> "complete data";
            case INCOMPLETE -> "incomplete data";
            case BLIND -> "no evidence: gap in the log";
            case COMPLETENESS_UNSPECIFIED, UNRECOGNIZED -> "";
        };
    }

    private static Disposition disposition(io.tocsin.contracts.v1.Member member) {
        return switch (member.getDisposition()) {
            case ROOT -> Disposition.ROOT;
            case SYMPTOM -> Disposition.SYMPTOM;
            case RELATED -> Disposition.RELATED;
            case FLAPPING -> Disposition.FLAPPING;
            case RECOVERED -> Disposition.RECOVERED;
            case ABSORBED_BY_STORM_LIMIT -> Disposition.ABSORBED;
            case DISPOSITION_UNSPECIFIED, UNRECOGNIZED -> Disposition.OTHER;
        };
    }

    private static Phase phase(RemediationEvent.Phase phase) {
        return switch (phase) {
            case WOULD_RUN -> Phase.WOULD_RUN;
            case REFUSED -> Phase.REFUSED;
            case WAITING -> Phase.WAITING;
            case APPROVAL_REQUESTED -> Phase.APPROVAL_REQUESTED;
            case STARTED -> Phase.STARTED;
            case STEP_SUCCEEDED -> Phase.STEP_SUCCEEDED;
            case STEP_FAILED -> Phase.STEP_FAILED;
            case VERIFIED -> Phase.VERIFIED;
            case VERIFICATION_FAILED -> Phase.VERIFICATION_FAILED;
            case ROLLED_BACK -> Phase.ROLLED_BACK;
            case ESCALATED -> Phase.ESCALATED;
            case PHASE_UNSPECIFIED, UNRECOGNIZED -> Phase.UNKNOWN;
        };
    }

    private static @Nullable Instant time(long millis) {
        return millis == 0 ? null : Instant.ofEpochMilli(millis);
    }
}
