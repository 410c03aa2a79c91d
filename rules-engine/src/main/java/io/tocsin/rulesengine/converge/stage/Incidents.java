package io.tocsin.rulesengine.converge.stage;

import io.tocsin.contracts.v1.AlertState;
import io.tocsin.contracts.v1.DataQuality;
import io.tocsin.contracts.v1.Disposition;
import io.tocsin.contracts.v1.IncidentSnapshot;
import io.tocsin.contracts.v1.IncidentStatus;
import io.tocsin.contracts.v1.Member;
import io.tocsin.contracts.v1.RankedElement;
import io.tocsin.contracts.v1.TimelineEntry;
import io.tocsin.rulesengine.converge.Fact;
import io.tocsin.rulesengine.converge.Snapshot;

/** Incidents as the contract writes them. */
final class Incidents {

    private Incidents() {}

    static IncidentSnapshot of(Snapshot snapshot) {
        IncidentSnapshot.Builder incident = IncidentSnapshot.newBuilder()
                .setId(snapshot.id())
                .setEnvironment(snapshot.environment())
                .setStatus(IncidentStatus.valueOf(snapshot.status().name()))
                .setRevision(snapshot.revision())
                .setOpenedAtMs(snapshot.openedAtMs())
                .setClosedAtMs(snapshot.closedAtMs())
                .setAtMs(snapshot.atMs())
                .setTitle(snapshot.title())
                .setMergedInto(snapshot.mergedInto())
                .setSeverity(snapshot.severity())
                .setAlerts(snapshot.alerts())
                .setActive(snapshot.active());
        snapshot.causes()
                .forEach(cause -> incident.addRootCauses(RankedElement.newBuilder()
                        .setElement(cause.element())
                        .setScore(cause.score())
                        .addAllEvidence(cause.evidence().stream()
                                .map(Snapshot.Evidence::words)
                                .toList())
                        .addAllQueries(cause.evidence().stream()
                                .map(Snapshot.Evidence::query)
                                .toList())));
        snapshot.parts().forEach(part -> incident.addMembers(member(part)));
        snapshot.timeline()
                .forEach(entry -> incident.addTimeline(
                        TimelineEntry.newBuilder().setAtMs(entry.atMs()).setWhat(entry.what())));
        return incident.build();
    }

    private static Member member(Snapshot.Part part) {
        Fact.Change alert = part.alert();
        return Member.newBuilder()
                .setFingerprint(alert.fingerprint())
                .putAllLabels(alert.labels())
                .putAllAnnotations(alert.annotations())
                .setState(AlertState.valueOf(alert.to().name()))
                .setDisposition(Disposition.valueOf(part.disposition().name()))
                .setBecause(part.because())
                .setStartsAtMs(part.startsAtMs())
                .setEndsAtMs(part.endsAtMs())
                .setValue(alert.value())
                .setElement(part.element())
                .setRule(alert.rule())
                .setQuality(quality(alert.quality()))
                .setGeneratorUrl(alert.generatorUrl())
                .setSource(alert.source())
                .setTransitionId(alert.id())
                .build();
    }

    private static DataQuality quality(Fact.Quality quality) {
        return DataQuality.newBuilder()
                .setCompletenessValue(quality.completeness())
                .setShardsReported(quality.shardsReported())
                .setShardsExpected(quality.shardsExpected())
                .setNewestSampleAgeMs(quality.newestSampleAgeMs())
                .build();
    }
}
