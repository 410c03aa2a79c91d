package io.tocsin.notifier.intake;

import io.tocsin.contracts.v1.IncidentSnapshot;
import io.tocsin.contracts.v1.RankedElement;
import io.tocsin.notifier.incident.Incident;
import io.tocsin.notifier.incident.Incident.Cause;
import io.tocsin.notifier.incident.Incident.Happening;
import io.tocsin.notifier.incident.Incident.Status;
import io.tocsin.notifier.incident.Member;
import io.tocsin.notifier.incident.Member.Disposition;
import io.tocsin.notifier.incident.Member.State;
import java.time.Instant;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** From the contract's messages to the notifier's own records. */
public final class IncidentMapping {

    private IncidentMapping() {}

    /**
     * The incident of a snapshot.
     *
     * @throws IllegalArgumentException when the snapshot says too little to act on, or more than this version knows
     */
    public static Incident incident(IncidentSnapshot snapshot) {
        return new Incident(
                snapshot.getId(),
                snapshot.getEnvironment(),
                status(snapshot),
                snapshot.getRevision(),
                Instant.ofEpochMilli(snapshot.getOpenedAtMs()),
                time(snapshot.getClosedAtMs()),
                Instant.ofEpochMilli(snapshot.getAtMs()),
                snapshot.getTitle(),
                snapshot.getRootCausesList().stream()
                        .map(IncidentMapping::cause)
                        .toList(),
                snapshot.getMembersList().stream().map(IncidentMapping::member).toList(),
                snapshot.getTimelineList().stream()
                        .map(entry -> new Happening(Instant.ofEpochMilli(entry.getAtMs()), entry.getWhat()))
                        .toList(),
                snapshot.getMergedInto(),
                snapshot.getSeverity());
    }

    private static Status status(IncidentSnapshot snapshot) {
        return switch (snapshot.getStatus()) {
            case OPEN -> Status.OPEN;
            case CLOSED -> Status.CLOSED;
            case MERGED -> Status.MERGED;
            case INCIDENT_STATUS_UNSPECIFIED, UNRECOGNIZED ->
                throw new IllegalArgumentException("incident without a known status");
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
                member.getQuality().getCompleteness().name(),
                member.getGeneratorUrl(),
                member.getSource());
    }

    private static State state(io.tocsin.contracts.v1.Member member) {
        return switch (member.getState()) {
            case INACTIVE -> State.INACTIVE;
            case PENDING -> State.PENDING;
            case FIRING -> State.FIRING;
            case RECOVERING -> State.RECOVERING;
            case NO_DATA -> State.NO_DATA;
            case ERROR -> State.ERROR;
            case ALERT_STATE_UNSPECIFIED, UNRECOGNIZED ->
                throw new IllegalArgumentException("alert " + member.getFingerprint() + " without a known state");
        };
    }

    private static Disposition disposition(io.tocsin.contracts.v1.Member member) {
        return switch (member.getDisposition()) {
            case ROOT -> Disposition.ROOT;
            case SYMPTOM -> Disposition.SYMPTOM;
            case RELATED -> Disposition.RELATED;
            case FLAPPING -> Disposition.FLAPPING;
            case RECOVERED -> Disposition.RECOVERED;
            case ABSORBED_BY_STORM_LIMIT -> Disposition.ABSORBED_BY_STORM_LIMIT;
            // Fails open: what is not known holds nothing back.
            case DISPOSITION_UNSPECIFIED, UNRECOGNIZED -> Disposition.NONE;
        };
    }

    private static @Nullable Instant time(long millis) {
        return millis == 0 ? null : Instant.ofEpochMilli(millis);
    }
}
