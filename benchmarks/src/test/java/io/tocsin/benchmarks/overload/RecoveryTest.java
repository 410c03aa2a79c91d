package io.tocsin.benchmarks.overload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RecoveryTest {

    private static final double CAPACITY = 10;
    private static final double P99_MS = 50;

    /** {@code perSecond[i]} requests in second i, each taking as many milliseconds as {@code millis[i]}. */
    private static Answers answers(int[] perSecond, int[] millis) {
        List<Answers.Accepted> accepted = new ArrayList<>();
        for (int second = 0; second < perSecond.length; second++) {
            for (int i = 0; i < perSecond[second]; i++) {
                accepted.add(new Answers.Accepted(
                        TimeUnit.SECONDS.toNanos(second) + i, TimeUnit.MILLISECONDS.toNanos(millis[second])));
            }
        }
        return new Answers(accepted, 0, 0, perSecond.length);
    }

    @Test
    void isTheFirstSecondThatIsAsUsual() {
        Answers slowThenFew = answers(new int[] {10, 5, 10, 10}, new int[] {500, 50, 50, 50});
        assertThat(Recovery.seconds(slowThenFew, 0, CAPACITY, P99_MS)).isEqualTo(2);
    }

    @Test
    void isMoreThanWasWatchedWhenNoSecondIs() {
        assertThat(Recovery.seconds(answers(new int[] {1, 1}, new int[] {50, 50}), 0, CAPACITY, P99_MS))
                .isEqualTo(3);
    }
}
