package io.tocsin.collector.answer;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.BadRequest;
import com.google.rpc.RetryInfo;
import java.time.Duration;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Which refusals a sender may repeat: OTLP names 429, 502, 503 and 504, and RetryInfo over gRPC. */
class RefusalTest {

    @ParameterizedTest
    @EnumSource(names = {"OVERLOADED", "CLIENT_OVER_RATE", "KAFKA_UNAVAILABLE", "STOPPING"})
    void aPassingStateInvitesARetry(Refusal.Reason reason) throws Exception {
        var details =
                new Refusal(reason, "later").status(Duration.ofMillis(1_500)).getDetailsList();
        assertThat(reason.httpStatus()).isIn(429, 503);
        assertThat(details).hasSize(1);
        assertThat(details.getFirst().unpack(RetryInfo.class).getRetryDelay())
                .isEqualTo(com.google.protobuf.Duration.newBuilder()
                        .setSeconds(1)
                        .setNanos(500_000_000)
                        .build());
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"OVERLOADED", "CLIENT_OVER_RATE", "KAFKA_UNAVAILABLE", "STOPPING"})
    void aFaultOfTheRequestDoesNot(Refusal.Reason reason) {
        assertThat(reason.httpStatus()).isNotIn(429, 502, 503, 504);
        assertThat(new Refusal(reason, "never").status(Duration.ofSeconds(1)).getDetailsList())
                .noneMatch(detail -> detail.is(RetryInfo.class));
    }

    @Test
    void badDataAreDescribedAsABadRequest() throws Exception {
        var status = new Refusal(Refusal.Reason.MALFORMED, "not protobuf").status(Duration.ofSeconds(1));
        assertThat(status.getDetails(0)
                        .unpack(BadRequest.class)
                        .getFieldViolations(0)
                        .getDescription())
                .isEqualTo("not protobuf");
    }

    @Property
    void theDelayIsSpreadBetweenOneAndTwoTimesWhatIsAsked(
            @ForAll @LongRange(min = 1, max = 3_600_000) long millis, @ForAll long seed) {
        Duration asked = Duration.ofMillis(millis);
        Duration delay = RetryDelay.jittered(asked, new Random(seed));
        assertThat(delay).isBetween(asked, asked.multipliedBy(2));
        assertThat(Long.parseLong(RetryDelay.header(delay)))
                .isGreaterThanOrEqualTo(1)
                .isGreaterThanOrEqualTo(delay.toSeconds());
    }

    @Test
    void twoRefusedAtOnceDoNotComeBackAtOnce() {
        Random random = new Random(1);
        assertThat(RetryDelay.jittered(Duration.ofSeconds(1), random))
                .isNotEqualTo(RetryDelay.jittered(Duration.ofSeconds(1), random));
    }
}
