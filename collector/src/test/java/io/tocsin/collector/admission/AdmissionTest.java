package io.tocsin.collector.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.collector.CollectorSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class AdmissionTest {

    private static final int LIMIT = 100;

    private final Admission admission =
            new Admission(new CollectorSettings("c", "127.0.0.1", 0, 10, LIMIT, Duration.ofSeconds(1)));

    @Test
    void fillsToTheLimitAndRefusesTheNextByte() {
        assertThat(admission.admit(LIMIT, "a", 0)).isPresent();
        assertThat(admission.accepting()).isFalse();
        assertThat(admission.admit(1, "a", 0)).isEmpty();
        assertThat(admission.inFlightBytes()).isEqualTo(LIMIT);
    }

    @Test
    void refusalsAreReportedOnce() {
        assertThat(admission.admit(LIMIT + 1, "a", 0)).isEmpty();
        assertThat(admission.takeRefused()).isEqualTo(1);
        assertThat(admission.takeRefused()).isZero();
    }

    @Test
    void aPermitGivenBackTwiceCountsOnce() {
        Permit permit = admission.admit(40, "a", 0).orElseThrow();
        admission.admit(30, "a", 0).orElseThrow();
        permit.close();
        permit.close();
        assertThat(admission.inFlightBytes()).isEqualTo(30);
    }

    @Test
    void theOldestIsTheOneThatBeganFirstAlsoWhenNanoTimeWraps() {
        assertThat(admission.oldestNanos(5)).isZero();
        Permit first = admission.admit(1, "a", Long.MAX_VALUE).orElseThrow();
        admission.admit(1, "a", Long.MIN_VALUE + 1).orElseThrow();
        assertThat(admission.oldestNanos(Long.MIN_VALUE + 4)).isEqualTo(5);
        first.close();
        assertThat(admission.oldestNanos(Long.MIN_VALUE + 4)).isEqualTo(3);
    }

    @Test
    void sendersAreForgottenAfterAMinute() {
        admission.admit(1, "b", 0);
        admission.admit(1, "a", 1);
        assertThat(admission.senders(TimeUnit.MINUTES.toNanos(1))).containsExactly("a", "b");
        assertThat(admission.senders(TimeUnit.MINUTES.toNanos(1) + 1)).containsExactly("a");
    }

    @Property
    void whatIsGivenBackIsFreeAgainAndTheLimitHolds(@ForAll List<@IntRange(min = 0, max = 150) Integer> sizes) {
        Admission own = new Admission(new CollectorSettings("c", "127.0.0.1", 0, 10, LIMIT, Duration.ofSeconds(1)));
        List<Permit> permits = new ArrayList<>();
        for (int size : sizes) {
            own.admit(size, "a", 0).ifPresent(permits::add);
            assertThat(own.inFlightBytes()).isBetween(0L, (long) LIMIT);
        }
        permits.forEach(Permit::close);
        assertThat(own.inFlightBytes()).isZero();
        assertThat(own.takeRefused()).isEqualTo(sizes.size() - permits.size());
    }
}
