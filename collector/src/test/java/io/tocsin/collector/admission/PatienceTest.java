package io.tocsin.collector.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PatienceTest {

    @Test
    void aBurstWaitsAndAQueueThatStandsDoesNot() {
        long burst = Patience.nanos(TimeUnit.MILLISECONDS.toNanos(100));
        long standing = Patience.nanos(TimeUnit.SECONDS.toNanos(2));
        assertThat(burst).isEqualTo(TimeUnit.MILLISECONDS.toNanos(500));
        assertThat(standing).isEqualTo(TimeUnit.MILLISECONDS.toNanos(10));
    }
}
