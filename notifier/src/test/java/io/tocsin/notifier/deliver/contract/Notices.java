package io.tocsin.notifier.deliver.contract;

import io.tocsin.notifier.deliver.Notice;
import io.tocsin.notifier.deliver.NoticeDocument;
import io.tocsin.notifier.store.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/** Notices of one group. */
final class Notices {

    static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
    static final String GROUP = "{}:{service=\"cart\"}";

    private Notices() {}

    static Notice alarm() {
        return notice("msg_1", "firing", 1, "Checkout fails", Map.of());
    }

    static Notice update(Map<String, String> memory) {
        return notice("msg_2", "firing", 2, "Checkout fails", memory);
    }

    static Notice recovery(Map<String, String> memory) {
        return notice("msg_3", "resolved", 2, "Checkout works", memory);
    }

    /** Longer than any service takes. */
    static Notice oversize() {
        return notice("msg_4", "firing", 60, "Zu groß: 😀 \"&<> ".repeat(400), Map.of());
    }

    private static Notice notice(String id, String status, int alerts, String summary, Map<String, String> memory) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("receiver", "team");
        document.put("status", status);
        document.put(
                "alerts",
                IntStream.range(0, alerts)
                        .mapToObj(i -> alert(status, i, summary))
                        .toList());
        document.put("groupLabels", Map.of("service", "cart"));
        document.put("commonLabels", Map.of("service", "cart"));
        document.put("commonAnnotations", Map.of("summary", summary));
        document.put("externalURL", "http://tocsin.example:9090");
        document.put("version", "4");
        document.put("groupKey", GROUP);
        document.put("truncatedAlerts", 0);
        String json = Json.write(document);
        return new Notice(id, GROUP, NOW, json, NoticeDocument.read(json, "FIRST_FIRING"), memory);
    }

    private static Map<String, Object> alert(String status, int number, String summary) {
        Map<String, Object> alert = new LinkedHashMap<>();
        alert.put("status", status);
        alert.put("labels", Map.of("alertname", "Down" + number, "service", "cart", "severity", "critical"));
        alert.put("annotations", Map.of("summary", summary, "incident_id", "inc-7"));
        alert.put("startsAt", "2026-11-24T09:58:00Z");
        alert.put("endsAt", status.equals("firing") ? "0001-01-01T00:00:00Z" : "2026-11-24T09:59:00Z");
        alert.put("generatorURL", "http://engine.example/graph");
        alert.put("fingerprint", String.format("%016x", number));
        return alert;
    }
}
