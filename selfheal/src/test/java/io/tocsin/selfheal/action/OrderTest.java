package io.tocsin.selfheal.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class OrderTest {

    private static final Instant BEGUN = Instant.parse("2026-03-01T00:00:00Z");

    private final Order again =
            Order.of("repair/0", 1, BEGUN, BEGUN.plusSeconds(60), true, Duration.ofSeconds(1), () -> true);

    @Test
    void whatIsYoungerThanTheStepMayBeItsEffectAndWhatIsOlderNot() {
        assertThat(again.mayHaveMade(Duration.ofSeconds(59))).isTrue();
        assertThat(again.mayHaveMade(Duration.ofSeconds(120))).isFalse();
    }

    @Test
    void atItsFirstTryAStepHasHadNoEffect() {
        Order first = Order.of("repair/0", 1, BEGUN, BEGUN.plusSeconds(60), false, Duration.ofSeconds(1), () -> true);
        assertThat(first.mayHaveMade(Duration.ofSeconds(59))).isFalse();
        assertThat(first.begun().mayHaveMade(Duration.ofSeconds(59))).isTrue();
    }

    @Test
    void withoutTheRightToActNothingIsChanged() {
        Order stopped = Order.of("repair/0", 1, BEGUN, BEGUN, false, Duration.ofSeconds(1), () -> false);
        assertThatThrownBy(stopped::require)
                .isInstanceOfSatisfying(Trouble.class, e -> assertThat(e.end()).isEqualTo(Outcome.End.STOPPED));
    }
}
