package io.tocsin.notifier.deliver.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.notifier.deliver.Outcome;
import io.tocsin.notifier.deliver.contract.StrictService.Answer;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SlackUpdatingTest extends SlackApplicationTest {

    @Override
    boolean updates() {
        return true;
    }

    @Override
    void toldOfTheUpdate() {
        assertThat(taken().getLast().path()).isEqualTo("/api/chat.update");
    }

    @Override
    void toldOfTheRecovery() {
        assertThat(taken().getLast().path()).isEqualTo("/api/chat.update");
        assertThat(text(last(), "/attachments/0/color")).isEqualTo("good");
    }

    @Test
    void aMessageThatIsGoneIsWrittenAnew() throws InterruptedException {
        service.close();
        restart();
        Outcome outcome = tell(Notices.update(Map.of("ts", "1.2", "channel", "C042")));
        assertThat(outcome).isInstanceOf(Outcome.Accepted.class);
        assertThat(taken()).hasSize(2);
        assertThat(taken().getLast().path()).isEqualTo("/api/chat.postMessage");
    }

    private void restart() {
        try {
            service = new StrictService((request, _) -> request.path().endsWith("update")
                    ? Answer.json(200, "{\"ok\":false,\"error\":\"message_not_found\"}")
                    : Answer.json(200, "{\"ok\":true,\"channel\":\"C042\",\"ts\":\"9.9\"}"));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
