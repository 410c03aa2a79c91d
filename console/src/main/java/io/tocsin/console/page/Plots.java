package io.tocsin.console.page;

import io.tocsin.console.alert.Alert;
import io.tocsin.console.incident.Incident;
import io.tocsin.console.incident.Member;
import io.tocsin.console.query.Watched;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is drawn on an incident's page.
 *
 * @param watched by the name of the alert: what the rules of its members watch, those of the cause first
 * @param range key of the shortest range that shows the whole incident
 * @param until end of the drawing, seconds since 1970; empty while the incident goes on
 */
public record Plots(Map<String, Watched> watched, String range, String until) {

    private static final int MOST = 4;
    private static final Duration AROUND = Duration.ofMinutes(10);

    /** Of an incident, whose members' rules stand in the alerts. */
    static Plots of(Incident incident, List<Alert> alerts, Instant now) {
        Map<String, Watched> watched = new LinkedHashMap<>();
        incident.members().stream()
                .sorted(Comparator.comparing(Member::disposition).thenComparing(Member::startsAt))
                .forEach(member -> alerts.stream()
                        .filter(alert -> alert.key().fingerprint().equals(member.fingerprint()))
                        .map(alert -> Watched.of(alert.expr()))
                        .filter(one -> !one.expr().isEmpty() && !watched.containsValue(one) && watched.size() < MOST)
                        .findFirst()
                        .ifPresent(one -> watched.putIfAbsent(member.name(), one)));
        Instant closed = incident.closedAt();
        Instant end = closed == null ? now : closed.plus(AROUND);
        String range = io.tocsin.console.query.Span.showing(
                Duration.between(incident.openedAt().minus(AROUND), end));
        return new Plots(watched, range, closed == null || end.isAfter(now) ? "" : Long.toString(end.getEpochSecond()));
    }
}
