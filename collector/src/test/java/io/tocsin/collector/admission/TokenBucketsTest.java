package io.tocsin.collector.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TokenBucketsTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    @Test
    void withoutARateEverythingPasses() {
        assertThat(new TokenBuckets(0, 0).take("a", Integer.MAX_VALUE, 0)).isEmpty();
    }

    @Test
    void aRequestAboveTheBucketPassesWhenItIsFullAndIsPaidBack() {
        TokenBuckets buckets = new TokenBuckets(10, 10);
        assertThat(buckets.take("a", 40, 0)).isEmpty();
        assertThat(buckets.take("a", 1, 0)).contains(Duration.ofMillis(3_100));
        assertThat(buckets.take("a", 1, 4 * SECOND)).isEmpty();
    }

    @Test
    void aFullTableForgetsTheIdleAndThenSharesOneBucket() {
        TokenBuckets buckets = new TokenBuckets(10, 10);
        for (int i = 0; i < TokenBuckets.MOST_CLIENTS; i++) {
            buckets.take("c" + i, 10, 0);
        }
        assertThat(buckets.take("late", 10, 0)).isEmpty();
        assertThat(buckets.take("later", 10, 0)).isPresent();
        assertThat(buckets.clients()).isEqualTo(TokenBuckets.MOST_CLIENTS + 1);
        assertThat(buckets.take("much later", 10, SECOND)).isEmpty();
        assertThat(buckets.clients()).isEqualTo(1);
    }

    @Property
    void overTimeNoMoreThanBurstAndRatePass(@ForAll @Size(max = 60) List<@IntRange(min = 0, max = 20) Integer> costs) {
        TokenBuckets buckets = new TokenBuckets(10, 30);
        long passed = 0;
        long now = 0;
        for (int cost : costs) {
            now += SECOND / 4;
            if (buckets.take("a", cost, now).isEmpty()) {
                passed += cost;
            }
        }
        assertThat(passed).isLessThanOrEqualTo(30 + 10 * (now / SECOND + 1));
    }
}
