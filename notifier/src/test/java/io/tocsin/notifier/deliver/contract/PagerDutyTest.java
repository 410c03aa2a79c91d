package io.tocsin.notifier.deliver.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.notifier.deliver.contract.StrictService.Answer;
import io.tocsin.notifier.deliver.contract.StrictService.Demands;
import io.tocsin.notifier.route.receiver.ReceiverOptions;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

class PagerDutyTest extends HttpContract {

    private static final Set<String> RESOLVE = Set.of("routing_key", "event_action", "dedup_key");
    private static final Set<String> TRIGGER =
            Set.of("routing_key", "event_action", "dedup_key", "payload", "images", "links", "client", "client_url");

    @Override
    ReceiverOptions options() {
        return Configured.way("""
                pagerduty_configs:
                - url: %sv2/enqueue
                  routing_key: %s
                  severity: '{{ .CommonLabels.severity }}'
                """.formatted(service.base(), SECRET));
    }

    @Override
    Answer answer(Request request, Demands demands) {
        JsonNode event = request.json();
        boolean trigger = text(event, "/event_action").equals("trigger");
        demands.equal(request.path(), "/v2/enqueue", "path");
        demands.equal(text(event, "/routing_key"), SECRET, "routing_key");
        demands.that(text(event, "/dedup_key").matches("[0-9a-f]{64}"), "dedup_key");
        demands.that(trigger || text(event, "/event_action").equals("resolve"), "event_action");
        Set<String> keys = new TreeSet<>(event.propertyNames());
        keys.removeAll(trigger ? TRIGGER : RESOLVE);
        demands.that(keys.isEmpty(), "unknown " + keys);
        demands.bytesAtMost(request.body(), 512_000, "event");
        if (trigger) {
            demands.that(!text(event, "/payload/summary").isEmpty(), "no summary");
            demands.atMost(text(event, "/payload/summary"), 1024, "summary");
            demands.that(!text(event, "/payload/source").isEmpty(), "no source");
            demands.that(
                    Set.of("critical", "error", "warning", "info").contains(text(event, "/payload/severity")),
                    "severity " + text(event, "/payload/severity"));
        }
        return Answer.json(202, "{\"status\":\"success\",\"dedup_key\":\"x\"}");
    }

    @Override
    void toldOfTheAlarm() {
        assertThat(text(first(), "/payload/severity")).isEqualTo("critical");
        assertThat(text(first(), "/payload/summary")).startsWith("[FIRING 1] cart");
    }

    @Override
    void toldOfTheUpdate() {
        assertThat(text(last(), "/event_action")).isEqualTo("trigger");
        assertThat(text(last(), "/dedup_key")).isEqualTo(text(first(), "/dedup_key"));
    }

    @Override
    void toldOfTheRecovery() {
        assertThat(text(last(), "/event_action")).isEqualTo("resolve");
        assertThat(text(last(), "/dedup_key")).isEqualTo(text(first(), "/dedup_key"));
    }
}
