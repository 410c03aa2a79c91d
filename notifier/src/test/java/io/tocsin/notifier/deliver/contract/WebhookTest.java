package io.tocsin.notifier.deliver.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.notifier.deliver.contract.StrictService.Answer;
import io.tocsin.notifier.deliver.contract.StrictService.Demands;
import io.tocsin.notifier.route.receiver.ReceiverOptions;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

class WebhookTest extends HttpContract {

    private static final String KEY = "signing-key-signing-key";

    @Override
    ReceiverOptions options() {
        return Configured.way("""
                webhook_configs:
                - url: %shook/%s
                  signing_secrets: [%s]
                """.formatted(service.base(), SECRET, KEY));
    }

    @Override
    Answer answer(Request request, Demands demands) {
        String id = request.headers().getOrDefault("webhook-id", "");
        String at = request.headers().getOrDefault("webhook-timestamp", "");
        demands.equal(
                request.headers().get("webhook-signature"),
                "v1," + hmac(id + "." + at + "." + request.body()),
                "webhook-signature");
        demands.equal(at, "1795514400", "webhook-timestamp");
        demands.equal(text(request.json(), "/version"), "4", "version");
        return Answer.text(200, "");
    }

    private static String hmac(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(KEY.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    void toldOfTheAlarm() {
        assertThat(text(first(), "/alerts/0/labels/alertname")).isEqualTo("Down0");
    }

    @Override
    void toldOfTheUpdate() {
        assertThat(taken().getLast().headers().get("webhook-id")).isEqualTo("msg_2");
    }

    @Override
    void toldOfTheRecovery() {
        assertThat(text(last(), "/status")).isEqualTo("resolved");
    }
}
