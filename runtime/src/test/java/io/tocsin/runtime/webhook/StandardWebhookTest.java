package io.tocsin.runtime.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StandardWebhookTest {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    @Test
    void signsAsTheSpecificationsExample() {
        assertThat(StandardWebhook.signature(
                        List.of(SECRET),
                        "msg_p5jXN8AQM9LWM0D4loKWxJek",
                        Instant.ofEpochSecond(1614265330),
                        "{\"test\": 2432232314}"))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void signsWithEverySecretWhileOneIsRotated() {
        String signature =
                StandardWebhook.signature(List.of(SECRET, "another"), "msg_1", Instant.ofEpochSecond(1), "{}");

        assertThat(signature.split(" ")).hasSize(2).allMatch(part -> part.startsWith("v1,"));
    }
}
