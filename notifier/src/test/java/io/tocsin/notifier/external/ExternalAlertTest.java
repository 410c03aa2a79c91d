package io.tocsin.notifier.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.notifier.external.ExternalAlert.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExternalAlertTest {

    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
    private static final Duration RESOLVE_TIMEOUT = Duration.ofMinutes(5);

    @Test
    void anAlertWithoutTimesBeginsNowAndLastsForTheResolveTimeout() {
        Posted posted = post(null, null, NOW);

        assertThat(posted.startsAt()).isEqualTo(NOW);
        assertThat(posted.endsAt()).isEqualTo(NOW.plus(RESOLVE_TIMEOUT));
        assertThat(posted.endAssumed()).isTrue();
    }

    @Test
    void anEndInThePastWithoutAStartIsBoth() {
        assertThat(post(null, NOW.minusSeconds(9), NOW).startsAt()).isEqualTo(NOW.minusSeconds(9));
        assertThat(post(null, NOW.plusSeconds(9), NOW).startsAt()).isEqualTo(NOW);
    }

    @Test
    void emptyLabelsDoNotCountAndNoLabelsAreRefused() {
        Posted posted =
                Posted.of("f", Map.of("a", "b", "c", ""), Map.of("note", ""), "", null, null, NOW, RESOLVE_TIMEOUT);

        assertThat(posted.labels()).containsOnlyKeys("a");
        assertThat(posted.annotations()).isEmpty();
        assertThatThrownBy(() -> Posted.of("f", Map.of("c", ""), Map.of(), "", null, null, NOW, RESOLVE_TIMEOUT))
                .hasMessageContaining("at least one label");
        assertThatThrownBy(() -> post(NOW, NOW.minusSeconds(1), NOW)).hasMessageContaining("end before it starts");
    }

    @Test
    void repeatsAreToldOnceAndOnlyMoveTheEnd() {
        ExternalAlert first = told(next(null, post(NOW, NOW.plusSeconds(240), NOW), NOW));
        Instant later = NOW.plusSeconds(60);
        Step repeat =
                next(first, post(NOW, later.plusSeconds(240), later), later).orElseThrow();

        assertThat(repeat.told()).isFalse();
        assertThat(repeat.alert().changedAt()).isEqualTo(NOW);
        assertThat(repeat.alert().posted().endsAt()).isEqualTo(NOW.plusSeconds(300));
        assertThat(first.lapsed(NOW.plusSeconds(240))).isPresent();
        assertThat(repeat.alert().lapsed(NOW.plusSeconds(240))).isEmpty();
    }

    @Test
    void otherTextsAreTold() {
        ExternalAlert first = told(next(null, post(NOW, null, NOW), NOW));
        Posted texts = Posted.of(
                "f", Map.of("alertname", "Down"), Map.of("summary", "worse"), "", NOW, null, NOW, RESOLVE_TIMEOUT);

        ExternalAlert second = told(next(first, texts, NOW));
        assertThat(second.burning()).isTrue();
        assertThat(second.changedAt()).isAfter(first.changedAt());
    }

    @Test
    void aPostedEndIsTheEnd() {
        ExternalAlert first = told(next(null, post(NOW, null, NOW), NOW));
        Instant end = NOW.plusSeconds(30);

        ExternalAlert over = told(next(first, post(NOW, end, NOW.plusSeconds(40)), NOW.plusSeconds(40)));
        assertThat(over.burning()).isFalse();
        assertThat(over.changedAt()).isEqualTo(end);
    }

    @Test
    void whatIsPostedNoMoreIsOverAtItsEnd() {
        ExternalAlert first = told(next(null, post(NOW, null, NOW), NOW));

        ExternalAlert over = first.lapsed(NOW.plus(RESOLVE_TIMEOUT)).orElseThrow();
        assertThat(over.burning()).isFalse();
        assertThat(over.changedAt()).isEqualTo(NOW.plus(RESOLVE_TIMEOUT));
        assertThat(over.lapsed(NOW.plus(RESOLVE_TIMEOUT))).isEmpty();
    }

    @Test
    void theEndOfWhatNeverBeganIsNothing() {
        assertThat(next(null, post(NOW.minusSeconds(9), NOW.minusSeconds(5), NOW), NOW))
                .isEmpty();
    }

    @Test
    void anEndThatAClientGaveOutlastsAnAssumedOne() {
        ExternalAlert explicit = told(next(null, post(NOW, NOW.plusSeconds(3600), NOW), NOW));
        Step assumed = next(explicit, post(NOW, null, NOW), NOW).orElseThrow();
        assertThat(assumed.alert().posted().endsAt()).isEqualTo(NOW.plusSeconds(3600));

        Step shorter = next(told(next(null, post(NOW, null, NOW), NOW)), post(NOW, NOW.plusSeconds(10), NOW), NOW)
                .orElseThrow();
        assertThat(shorter.alert().posted().endsAt()).isEqualTo(NOW.plusSeconds(10));
    }

    @Test
    void aNewEpisodeBeginsAfterTheOneBefore() {
        ExternalAlert first = told(next(null, post(NOW, NOW.plusSeconds(10), NOW), NOW));
        ExternalAlert over = first.lapsed(NOW.plusSeconds(10)).orElseThrow();
        Instant again = NOW.plusSeconds(20);

        ExternalAlert second = told(next(over, post(NOW, null, again), again));
        assertThat(second.burning()).isTrue();
        assertThat(second.posted().startsAt()).isEqualTo(NOW.plusSeconds(10));
        assertThat(second.changedAt()).isAfter(over.changedAt());
    }

    private static Posted post(@Nullable Instant startsAt, @Nullable Instant endsAt, Instant now) {
        return Posted.of(
                "f",
                Map.of("alertname", "Down"),
                Map.of("summary", "it is down"),
                "",
                startsAt,
                endsAt,
                now,
                RESOLVE_TIMEOUT);
    }

    private static Optional<Step> next(@Nullable ExternalAlert before, Posted posted, Instant now) {
        return ExternalAlert.next(before, posted, "prometheus", now);
    }

    private static ExternalAlert told(Optional<Step> step) {
        assertThat(step).hasValueSatisfying(taken -> assertThat(taken.told()).isTrue());
        return step.orElseThrow().alert();
    }
}
