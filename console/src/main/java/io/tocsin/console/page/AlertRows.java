package io.tocsin.console.page;

import io.tocsin.console.alert.Alert;
import io.tocsin.console.alert.State;
import io.tocsin.console.engine.EngineAlert;
import io.tocsin.console.engine.QueryAnswer;
import io.tocsin.console.incident.Board;
import io.tocsin.console.incident.Incident;
import io.tocsin.console.incident.Member;
import io.tocsin.console.notice.NotedAlert;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts together what the log, the engine and the notifier say about the same alerts. */
final class AlertRows {

    private AlertRows() {}

    /** All of them, those that need a person most first. */
    static List<AlertRow> of(List<Alert> log, List<EngineAlert> engine, List<NotedAlert> noted, Board board) {
        Map<Map<String, String>, EngineAlert> now = new HashMap<>();
        engine.forEach(alert -> now.put(alert.labels(), alert));
        Map<String, String> held = new HashMap<>();
        noted.forEach(alert -> held.put(alert.fingerprint(), alert.held()));
        Map<String, String> incidents = incidents(board);
        Set<Map<String, String>> said = new HashSet<>();
        List<AlertRow> rows = new ArrayList<>();
        for (Alert alert : log) {
            EngineAlert current = now.get(alert.labels());
            if (alert.state() != State.INACTIVE) {
                said.add(alert.labels());
            }
            String fingerprint = alert.key().fingerprint();
            rows.add(AlertRow.of(
                    alert,
                    current == null ? "" : value(current),
                    incidents.getOrDefault(fingerprint, ""),
                    held.getOrDefault(fingerprint, "")));
        }
        engine.stream()
                .filter(alert -> !said.contains(alert.labels()))
                .forEach(alert -> rows.add(AlertRow.of(alert, value(alert))));
        return rows.stream().sorted(AlertRow.WORST_FIRST).toList();
    }

    private static String value(EngineAlert alert) {
        double value = QueryAnswer.number(alert.value());
        return Double.isNaN(value) ? "" : Words.number(value);
    }

    /** The open incident of each alert. */
    private static Map<String, String> incidents(Board board) {
        Map<String, String> incidents = new HashMap<>();
        for (Incident incident : board.open()) {
            for (Member member : incident.members()) {
                if (member.isActive()) {
                    incidents.put(member.fingerprint(), incident.id());
                }
            }
        }
        return incidents;
    }
}
