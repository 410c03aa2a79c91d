package io.tocsin.collector.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collector.CollectorSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class AdmissionTest {

    private static final int LIMIT = 100;
    // Learning anew is at random.
    private static final int NEVER = 1_000_000;

    private final Admission admission = admission(0, 1_000, 1_000);

    private static Admission admission(long clientBytesPerSecond, int leastRequests, int mostRequests) {
        AdmissionSettings settings = new AdmissionSettings(clientBytesPerSecond, 0, leastRequests, mostRequests);
        return new Admission(
                new CollectorSettings("c", "127.0.0.1", 0, 10, LIMIT, Duration.ofSeconds(1)),
                settings,
                Admission.requestLimit(settings).probeMultiplier(NEVER).build());
    }

    private static Optional<Permit> admit(Admission admission, int bytes, String sender, long now) {
        return admit(admission, Priority.METRICS, bytes, sender, now);
    }

    private static Optional<Permit> admit(Admission admission, Priority priority, int bytes, String sender, long now) {
        return switch (admission.decide(new Admission.Request(priority, bytes, sender, sender), now)) {
            case Decision.Admitted admitted -> Optional.of(admitted.permit());
            case Decision.Refused _ -> Optional.empty();
        };
    }

    private static void end(Permit permit) {
        permit.settle(Permit.End.NOTHING_PUBLISHED, 0);
    }

    @Test
    void fillsToTheLimitAndRefusesTheNextByte() {
        assertThat(admit(admission, LIMIT, "a", 0)).isPresent();
        assertThat(admission.accepting()).isFalse();
        assertThat(admit(admission, 1, "a", 0)).isEmpty();
        assertThat(admission.inFlightBytes()).isEqualTo(LIMIT);
    }

    @Test
    void refusalsAreReportedOnce() {
        assertThat(admit(admission, LIMIT + 1, "a", 0)).isEmpty();
        assertThat(admission.takeRefused()).isEqualTo(1);
        assertThat(admission.takeRefused()).isZero();
    }

    @Test
    void aPermitGivenBackTwiceCountsOnce() {
        Permit permit = admit(admission, 40, "a", 0).orElseThrow();
        admit(admission, 30, "a", 0).orElseThrow();
        end(permit);
        end(permit);
        assertThat(admission.inFlightBytes()).isEqualTo(30);
    }

    @Test
    void theOldestIsTheOneThatBeganFirstAlsoWhenNanoTimeWraps() {
        assertThat(admission.oldestNanos(5)).isZero();
        Permit first = admit(admission, 1, "a", Long.MAX_VALUE).orElseThrow();
        admit(admission, 1, "a", Long.MIN_VALUE + 1).orElseThrow();
        assertThat(admission.oldestNanos(Long.MIN_VALUE + 4)).isEqualTo(5);
        end(first);
        assertThat(admission.oldestNanos(Long.MIN_VALUE + 4)).isEqualTo(3);
    }

    @Test
    void sendersAreForgottenAfterAMinute() {
        admit(admission, 1, "b", 0);
        admit(admission, 1, "a", 1);
        assertThat(admission.senders(TimeUnit.MINUTES.toNanos(1))).containsExactly("a", "b");
        assertThat(admission.senders(TimeUnit.MINUTES.toNanos(1) + 1)).containsExactly("a");
    }

    @Test
    void logsAreRefusedFirstThenTracesAndMetricsLast() {
        assertThat(admit(admission, Priority.LOGS, 60, "a", 0)).isPresent();
        assertThat(admit(admission, Priority.LOGS, 1, "a", 0)).isEmpty();
        assertThat(admit(admission, Priority.TRACES, 20, "a", 0)).isPresent();
        assertThat(admit(admission, Priority.TRACES, 1, "a", 0)).isEmpty();
        assertThat(admit(admission, Priority.METRICS, 20, "a", 0)).isPresent();
        assertThat(admit(admission, Priority.METRICS, 1, "a", 0)).isEmpty();
    }

    @Test
    void aRequestAloneMayFillTheLimitWhateverItsPriority() {
        Permit permit = admit(admission, Priority.LOGS, LIMIT, "a", 0).orElseThrow();
        assertThat(admit(admission, Priority.LOGS, 1, "a", 0)).isEmpty();
        end(permit);
        assertThat(admit(admission, Priority.LOGS, LIMIT + 1, "a", 0)).isEmpty();
    }

    @Test
    void theNumberOfRequestsIsBoundedByPriorityToo() {
        Admission own = admission(0, 10, 10);
        for (int i = 0; i < 6; i++) {
            assertThat(admit(own, Priority.LOGS, 1, "a", 0)).isPresent();
        }
        assertThat(own.decide(new Admission.Request(Priority.LOGS, 1, "a", "a"), 0))
                .isInstanceOfSatisfying(
                        Decision.Refused.class,
                        refused -> assertThat(refused.cause()).isEqualTo(Decision.Cause.REQUESTS_IN_FLIGHT));
        assertThat(admit(own, Priority.METRICS, 1, "a", 0)).isPresent();
    }

    @Test
    void theRequestLimitShrinksWhileAcknowledgementsTakeLongerThanBeforeAndGrowsAgain() {
        Admission own = admission(0, 8, 64);
        long now = load(own, 0, 200, TimeUnit.MILLISECONDS.toNanos(5));
        int usual = own.requestLimit();
        now = load(own, now, 3, TimeUnit.MILLISECONDS.toNanos(200));
        int slow = own.requestLimit();
        assertThat(slow).isLessThan(usual * 2 / 3).isGreaterThanOrEqualTo(8);
        load(own, now, 400, TimeUnit.MILLISECONDS.toNanos(5));
        assertThat(own.requestLimit()).isGreaterThan(slow);
    }

    /** Full of requests that are acknowledged after a time, {@code rounds} times. */
    private static long load(Admission admission, long begin, int rounds, long latency) {
        long now = begin;
        for (int round = 0; round < rounds; round++) {
            List<Permit> permits = new ArrayList<>();
            for (Optional<Permit> next = admit(admission, 0, "a", now);
                    next.isPresent();
                    next = admit(admission, 0, "a", now)) {
                permits.add(next.get());
            }
            now += latency;
            for (Permit permit : permits) {
                permit.settle(Permit.End.ACKNOWLEDGED, now);
            }
        }
        return now;
    }

    @Test
    void aClientAboveItsRateIsToldWhenToComeAgainAndOthersAreNot() {
        Admission own = admission(50, 10, 10);
        admit(own, 50, "fast", 0).ifPresent(AdmissionTest::end);
        assertThat(own.decide(new Admission.Request(Priority.METRICS, 25, "fast", "a"), 0))
                .isEqualTo(new Decision.Refused(Decision.Cause.CLIENT_OVER_RATE, Duration.ofMillis(500)));
        assertThat(own.inFlightBytes()).isZero();
        assertThat(admit(own, 25, "other", 0)).isPresent();
        assertThat(admit(own, 25, "fast", TimeUnit.MILLISECONDS.toNanos(500))).isPresent();
    }

    @Property
    void whatIsGivenBackIsFreeAgainAndTheLimitHolds(@ForAll List<@IntRange(min = 0, max = 150) Integer> sizes) {
        Admission own = admission(0, 1_000, 1_000);
        List<Permit> permits = new ArrayList<>();
        for (int size : sizes) {
            admit(own, size, "a", 0).ifPresent(permits::add);
            assertThat(own.inFlightBytes()).isBetween(0L, (long) LIMIT);
        }
        permits.forEach(AdmissionTest::end);
        assertThat(own.inFlightBytes()).isZero();
        assertThat(own.takeRefused()).isEqualTo(sizes.size() - permits.size());
    }
}
