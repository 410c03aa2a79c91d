package io.tocsin.collector.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.RetryInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Which refusals a sender may repeat: OTLP names 429, 502, 503 and 504, and RetryInfo over gRPC. */
class RefusalTest {

    @ParameterizedTest
    @EnumSource(names = {"OVERLOADED", "KAFKA_UNAVAILABLE", "STOPPING"})
    void aPassingStateInvitesARetry(Refusal.Reason reason) throws Exception {
        var details = new Refusal(reason, "later").status().getDetailsList();
        assertThat(reason.httpStatus()).isIn(429, 503);
        assertThat(details).hasSize(1);
        assertThat(details.getFirst().unpack(RetryInfo.class).getRetryDelay().getSeconds())
                .isPositive();
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"OVERLOADED", "KAFKA_UNAVAILABLE", "STOPPING"})
    void aFaultOfTheRequestDoesNot(Refusal.Reason reason) {
        assertThat(reason.httpStatus()).isBetween(400, 499).isNotEqualTo(429);
        assertThat(new Refusal(reason, "never").status().getDetailsList()).isEmpty();
    }
}
