package io.tocsin.notifier.deliver.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.notifier.deliver.contract.StrictService.Answer;
import io.tocsin.notifier.deliver.contract.StrictService.Demands;
import io.tocsin.notifier.route.receiver.ReceiverOptions;

class IncidentIoTest extends HttpContract {

    @Override
    ReceiverOptions options() {
        return Configured.way("""
                incidentio_configs:
                - url: %sv2/alert_events/alertmanager/1
                  alert_source_token: %s
                """.formatted(service.base(), SECRET));
    }

    @Override
    Answer answer(Request request, Demands demands) {
        demands.equal(request.headers().get("authorization"), "Bearer " + SECRET, "authorization");
        demands.equal(text(request.json(), "/version"), "1", "version");
        demands.bytesAtMost(request.body(), 512 * 1024, "body");
        demands.that(!request.json().path("alerts").isEmpty(), "no alerts");
        return Answer.json(202, "{\"status\":\"success\"}");
    }

    @Override
    void toldOfTheAlarm() {
        assertThat(text(first(), "/status")).isEqualTo("firing");
    }

    @Override
    void toldOfTheUpdate() {
        assertThat(last().path("alerts").size()).isEqualTo(2);
    }

    @Override
    void toldOfTheRecovery() {
        assertThat(text(last(), "/status")).isEqualTo("resolved");
        assertThat(text(last(), "/groupKey")).isEqualTo(text(first(), "/groupKey"));
    }
}
