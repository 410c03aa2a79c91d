package io.tocsin.benchmarks.detect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CalmSeriesTest {

    @Test
    void theSeedDecidesTheSeries() {
        CalmSeries one = new CalmSeries(3);
        CalmSeries same = new CalmSeries(3);
        CalmSeries other = new CalmSeries(4);
        boolean differs = false;
        for (int minute = 0; minute < 1000; minute++) {
            double value = one.next(minute);
            assertThat(same.next(minute)).isEqualTo(Double.valueOf(value));
            differs |= other.next(minute) != value;
        }
        assertThat(differs).isTrue();
    }
}
