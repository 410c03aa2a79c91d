package io.tocsin.selfheal.intake;

import io.tocsin.contracts.v1.Completeness;
import io.tocsin.contracts.v1.Disposition;
import io.tocsin.contracts.v1.IncidentSnapshot;
import io.tocsin.contracts.v1.Member;
import io.tocsin.selfheal.incident.Alert;
import io.tocsin.selfheal.incident.Incident;
import io.tocsin.selfheal.incident.Quality;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** From the contract's messages to self-healing's own records. What is not known counts as no evidence. */
public final class IncidentMapping {

    private static final String OWN_SOURCE = "tocsin";

    private IncidentMapping() {}

    /**
     * The incident of a snapshot.
     *
     * @throws IllegalArgumentException when the snapshot has no id, or a status that this version does not know
     */
    public static Incident incident(IncidentSnapshot snapshot) {
        if (snapshot.getId().isEmpty()) {
            throw new IllegalArgumentException("incident without an id");
        }
        return new Incident(
                snapshot.getId(),
                snapshot.getEnvironment(),
                status(snapshot),
                snapshot.getRevision(),
                Instant.ofEpochMilli(snapshot.getAtMs()),
                snapshot.getTitle(),
                snapshot.getMergedInto(),
                snapshot.getRootCausesList().stream()
                        .map(cause -> cause.getElement())
                        .findFirst(),
                snapshot.getMembersList().stream().map(IncidentMapping::alert).toList());
    }

    private static Incident.Status status(IncidentSnapshot snapshot) {
        return switch (snapshot.getStatus()) {
            case OPEN -> Incident.Status.OPEN;
            case CLOSED -> Incident.Status.CLOSED;
            case MERGED -> Incident.Status.MERGED;
            case INCIDENT_STATUS_UNSPECIFIED, UNRECOGNIZED ->
                throw new IllegalArgumentException("incident without a known status");
        };
    }

    private static Alert alert(Member member) {
        return new Alert(
                member.getFingerprint(),
                member.getTransitionId(),
                member.getElement(),
                member.getLabelsMap(),
                state(member),
                member.getDisposition() == Disposition.ROOT,
                !member.getSource().equals(OWN_SOURCE),
                Instant.ofEpochMilli(member.getStartsAtMs()),
                quality(member));
    }

    private static Alert.State state(Member member) {
        return switch (member.getState()) {
            case FIRING -> Alert.State.FIRING;
            case RECOVERING -> Alert.State.RECOVERING;
            case INACTIVE -> Alert.State.RECOVERED;
            case PENDING, NO_DATA, ERROR, ALERT_STATE_UNSPECIFIED, UNRECOGNIZED -> Alert.State.UNKNOWN;
        };
    }

    private static Quality quality(Member member) {
        long age = member.getQuality().getNewestSampleAgeMs();
        return new Quality(
                member.getQuality().getCompleteness() == Completeness.COMPLETE,
                age < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(age)));
    }
}
