package io.tocsin.notifier.deliver;

import io.tocsin.notifier.store.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A notice that nobody's alert made: to see that a receiver is told, and what templates say. */
public final class SampleNotice {

    private static final Duration AGE = Duration.ofMinutes(5);
    private static final String NO_TIME = "0001-01-01T00:00:00Z";

    private SampleNotice() {}

    /**
     * A notice about one alert, which says itself that it is a test.
     *
     * @param receiver who is told
     * @param resolved whether the alert is over
     * @param externalUrl where people reach this system
     * @param memory what the service answered to the alarm
     */
    public static Notice of(
            String receiver, boolean resolved, String externalUrl, Instant now, Map<String, String> memory) {
        String status = resolved ? "resolved" : "firing";
        Map<String, String> group = Map.of("alertname", "TocsinTest");
        Map<String, String> labels = Map.of("alertname", "TocsinTest", "severity", "info", "service", "tocsin");
        Map<String, String> annotations =
                Map.of("summary", "This is a test of the receiver " + receiver + "; nothing is broken.");
        Map<String, Object> alert = new LinkedHashMap<>();
        alert.put("status", status);
        alert.put("labels", labels);
        alert.put("annotations", annotations);
        alert.put("startsAt", now.minus(AGE).toString());
        alert.put("endsAt", resolved ? now.toString() : NO_TIME);
        alert.put("generatorURL", externalUrl);
        alert.put("fingerprint", "0000000000000000");
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("receiver", receiver);
        document.put("status", status);
        document.put("alerts", List.of(alert));
        document.put("groupLabels", group);
        document.put("commonLabels", labels);
        document.put("commonAnnotations", annotations);
        document.put("externalURL", externalUrl);
        document.put("version", "4");
        document.put("groupKey", groupKey(receiver));
        document.put("truncatedAlerts", 0);
        String json = Json.write(document);
        String id = "msg_" + UUID.randomUUID().toString().replace("-", "");
        return new Notice(id, groupKey(receiver), now, json, NoticeDocument.read(json, "TEST"), memory);
    }

    private static String groupKey(String receiver) {
        return "{}/{test=\"" + receiver + "\"}:{alertname=\"TocsinTest\"}";
    }
}
